/// What a page gives beyond its text and first fields; all of it may be unknown.
public struct ArticleDetails: Hashable, Sendable {
    /// When it says it was changed last.
    public var modified: ZonedTime?
    /// The part of the publication, such as `World`.
    public var section: String?
    /// Whether the text is only what stands before a paywall; nil when nothing says so either way.
    public var isPaywalled: Bool?
    /// The entries of a live blog, in text order.
    public var liveEntries: [LiveEntry] = []
    /// How sure the choice of the text is, 0 to 1: measured on open pages, the share of the text that is right.
    public var confidence: Double?
    /// Where fields come from, by the fields' names.
    public var sources: [FieldSource] = []

    public init() {}

    /// Where a field comes from.
    public struct FieldSource: Hashable, Sendable {
        public let field: String
        public let source: Provenance

        public init(_ field: String, _ source: Provenance) {
            self.field = field
            self.source = source
        }
    }

    /// Structured data, a meta element, an element of the page, its visible text, its address, a script, a feed.
    public enum Provenance: String, Sendable {
        case jsonLD = "json-ld"
        case meta, dom, text, url, script, feed
    }

    /// An entry of a live blog.
    public struct LiveEntry: Hashable, Sendable {
        /// As it is written, such as `14:05`, or in ISO 8601 where the page's structured data gives it.
        public let time: String
        public let heading: String?
        public let range: TextRange
    }
}
