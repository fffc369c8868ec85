public import ExtractionCore

/// A feed as the configuration names it.
public struct FeedSource: Hashable, Sendable {
    public var url: String
    /// Used until the feed itself names one.
    public var title: String?
    public var intervalSeconds: Int
    /// Fetches the page of each new entry instead of reading what the feed says of it.
    public var fetchArticlePages: Bool
    public var headers: [FetchRequest.Header]
    public var http1Only: Bool
    public var isMuted: Bool

    public init(
        url: String, title: String? = nil, intervalSeconds: Int = 1800, fetchArticlePages: Bool = false,
        headers: [FetchRequest.Header] = [], http1Only: Bool = false, isMuted: Bool = false
    ) {
        self.url = url
        self.title = title
        self.intervalSeconds = intervalSeconds
        self.fetchArticlePages = fetchArticlePages
        self.headers = headers
        self.http1Only = http1Only
        self.isMuted = isMuted
    }
}

/// An entry with the bytes to read its article from.
public struct PolledEntry: Hashable, Sendable {
    public var entry: Entry
    public var document: Document

    public init(entry: Entry, document: Document) {
        self.entry = entry
        self.document = document
    }
}

/// Everything that one poll of a feed brought, to be kept as a whole or not at all.
public struct FeedPoll: Hashable, Sendable {
    public var source: FeedSource
    /// After the poll.
    public var state: FeedState
    /// New and edited ones, in the feed's order.
    public var entries: [PolledEntry]
    public var hostLimits: HostLimits
    /// Pages that could not be fetched, and why; what the feed says stands in for them or they are tried again.
    public var notes: [String]

    public init(
        source: FeedSource, state: FeedState, entries: [PolledEntry] = [], hostLimits: HostLimits = .init(),
        notes: [String] = []
    ) {
        self.source = source
        self.state = state
        self.entries = entries
        self.hostLimits = hostLimits
        self.notes = notes
    }
}

/// Where polls are kept.
///
/// `record` commits entries and state in one transaction: validators that are kept without the entries they came with
/// would make the server answer "not modified" about entries that nobody has.
public protocol FeedLedger: Sendable {
    func states() async throws -> [FeedState]
    /// Those that are not recorded in this form: new by `key(of:)`, or edited by `fingerprint(of:)`. Order is kept.
    func unknown(_ entries: [Entry], of feed: String) async throws -> [Entry]
    func record(_ poll: FeedPoll) async throws
}
