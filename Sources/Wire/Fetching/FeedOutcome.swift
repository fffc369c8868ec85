public import ExtractionCore

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
    /// What the feed itself says; nil when it was not read.
    public var pace: PublishingPace?
    /// The `Date` header.
    public var servedAt: String?
    /// It was asked for without condition, and came.
    public var isWhole: Bool
    /// Entries were left for later: the validators of before must stay, so that they come again.
    public var keepsValidators: Bool
    /// A hash of the bytes.
    public var bodyHash: String?
    /// Entries in the document.
    public var entries: Int
    /// Those among them that were not known.
    public var newEntries: Int
    /// When the new ones were published.
    public var newsTimes: [Instant]
    public var identity: EntryIdentity?

    public init(
        title: String? = nil, etag: String? = nil, lastModified: String? = nil, movedTo: String? = nil,
        maxAge: Int? = nil, pace: PublishingPace? = nil, servedAt: String? = nil, isWhole: Bool = false,
        keepsValidators: Bool = false, bodyHash: String? = nil, entries: Int = 0, newEntries: Int = 0,
        newsTimes: [Instant] = [], identity: EntryIdentity? = nil
    ) {
        self.title = title
        self.etag = etag
        self.lastModified = lastModified
        self.movedTo = movedTo
        self.maxAge = maxAge
        self.pace = pace
        self.servedAt = servedAt
        self.isWhole = isWhole
        self.keepsValidators = keepsValidators
        self.bodyHash = bodyHash
        self.entries = entries
        self.newEntries = newEntries
        self.newsTimes = newsTimes
        self.identity = identity
    }
}
