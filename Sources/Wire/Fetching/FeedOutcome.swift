/// What one poll of a feed came to.
public enum FeedOutcome: Hashable, Sendable {
    /// A feed was read, however many entries it had.
    case read(FeedReading)
    /// The server says that nothing changed, or sent the same bytes again.
    case unchanged(FeedReading)
    case failed(FetchError)
    /// Bytes came, but no feed; the words say what came instead.
    case unreadable(String)
}

/// What a good answer says about the feed.
public struct FeedReading: Hashable, Sendable {
    public var title: String?
    public var etag: String?
    public var lastModified: String?
    public var movedTo: String?
    /// Seconds, from the HTTP header.
    public var maxAge: Int?
    /// Seconds, from the feed itself.
    public var ttl: Int?
    /// A hash of the bytes.
    public var bodyHash: String?
    /// Entries in the document.
    public var entries: Int
    /// Those among them that were not known.
    public var newEntries: Int

    public init(
        title: String? = nil, etag: String? = nil, lastModified: String? = nil, movedTo: String? = nil,
        maxAge: Int? = nil, ttl: Int? = nil, bodyHash: String? = nil, entries: Int = 0, newEntries: Int = 0
    ) {
        self.title = title
        self.etag = etag
        self.lastModified = lastModified
        self.movedTo = movedTo
        self.maxAge = maxAge
        self.ttl = ttl
        self.bodyHash = bodyHash
        self.entries = entries
        self.newEntries = newEntries
    }
}
