/// A word, number or mark.
public struct Token: Hashable, Sendable {
    public enum Kind: UInt8, Sendable { case word, number, punctuation, symbol }

    public let range: TextRange
    public let kind: Kind
    /// A fixed hash of the token with ASCII letters lower-cased; equal words have equal hashes on every machine.
    public let hash: UInt64

    public init(range: TextRange, kind: Kind, hash: UInt64) {
        self.range = range
        self.kind = kind
        self.hash = hash
    }
}

/// A sentence: its range without outer white space, its tokens, and the block it stands in.
public struct Sentence: Hashable, Sendable {
    public let range: TextRange
    /// Indices into the article's tokens.
    public let tokens: Range<Int>
    /// Index into `Article.blocks`.
    public let block: Int

    public init(range: TextRange, tokens: Range<Int>, block: Int) {
        self.range = range
        self.tokens = tokens
        self.block = block
    }
}
