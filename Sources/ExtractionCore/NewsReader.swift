// The table of contents: bytes → document → article → analysis, a stage a line.

/// Reads news: bytes in, facts out. Immutable, so one value serves every thread.
public struct NewsReader: Sendable {
    public let lexicon: Lexicon
    public let options: Options

    public struct Options: Hashable, Sendable {
        /// An article longer than this is refused.
        public var articleLimit = 4 << 20
        /// A page longer than this is refused.
        public var pageLimit = 16 << 20
        public init() {}
    }

    public init(lexicon: Lexicon, options: Options = .init()) {
        self.lexicon = lexicon
        self.options = options
    }
}
