public import ExtractionCore

/// A feed as the configuration names it.
public struct FeedSource: Hashable, Sendable {
    public var url: String
    /// Used until the feed itself names one.
    public var title: String?
    public var intervalSeconds: Int
    /// How seldom it may be asked where it seldom posts; 0 for the interval, always.
    public var slowestSeconds: Int
    /// Fetches the page of each new entry that the feed does not carry in full.
    public var fetchArticlePages: Bool
    public var headers: [FetchRequest.Header]
    public var access: FetchRequest.Access
    public var http1Only: Bool
    public var isMuted: Bool
    /// The encoding of its bytes, whatever it says itself.
    public var encoding: String?
    /// What names its entries; nil for what tells them apart when it is first read.
    public var identity: EntryIdentity?
    /// An entry must match one of these, if there are any …
    public var keep: [EntryRule]
    /// … and none of these.
    public var drop: [EntryRule]

    public init(
        url: String, title: String? = nil, intervalSeconds: Int = 1800, slowestSeconds: Int = 0,
        fetchArticlePages: Bool = false, headers: [FetchRequest.Header] = [], access: FetchRequest.Access = .init(),
        http1Only: Bool = false, isMuted: Bool = false, encoding: String? = nil, identity: EntryIdentity? = nil,
        keep: [EntryRule] = [], drop: [EntryRule] = []
    ) {
        self.url = url
        self.title = title
        self.intervalSeconds = intervalSeconds
        self.slowestSeconds = slowestSeconds
        self.fetchArticlePages = fetchArticlePages
        self.headers = headers
        self.access = access
        self.http1Only = http1Only
        self.isMuted = isMuted
        self.encoding = encoding
        self.identity = identity
        self.keep = keep
        self.drop = drop
    }
}

extension FeedSource {
    /// An answer as a document, with a byte order mark where the user sets the encoding: nothing in it has more weight.
    public func document(of response: FetchResponse, receivedAt: Instant) -> Document {
        var document = response.document(origin: .page, receivedAt: receivedAt)
        if let encoding, let text = Transcoder.utf8(response.body, from: encoding) {
            document.bytes = [0xEF, 0xBB, 0xBF] + text
            document.charset = "utf-8"
        }
        return document
    }
}

/// An entry with the bytes to read its article from.
public struct PolledEntry: Hashable, Sendable {
    /// Its name within the feed.
    public var key: String
    public var entry: Entry
    public var document: Document
    /// Its date lies ahead and says nothing of when it was published; it stays in `entry`, which is known by it.
    public var isMisdated = false

    public init(key: String, entry: Entry, document: Document) {
        self.key = key
        self.entry = entry
        self.document = document
    }
}

/// Entries that a rule keeps out.
public struct DroppedEntries: Hashable, Sendable {
    /// `drop title: horoscope`
    public var reason: String
    public var count: Int

    public init(reason: String, count: Int) {
        self.reason = reason
        self.count = count
    }
}

/// Everything that one poll of a feed brought, to be kept as a whole or not at all.
public struct FeedPoll: Hashable, Sendable {
    public var source: FeedSource
    /// After the poll.
    public var state: FeedState
    /// New and edited ones, in the feed's order.
    public var entries: [PolledEntry]
    /// Fingerprints to be kept by name though nothing is to be read: of dropped entries, and of known ones whose name
    /// is new.
    public var settled: [String: String]
    public var dropped: [DroppedEntries]
    /// What readers are to be told; the state has it noted as told.
    public var news: FeedNews?
    public var hostLimits: HostLimits
    /// Pages that could not be fetched, and why; what the feed says stands in for them or they are tried again.
    public var notes: [String]

    public init(
        source: FeedSource, state: FeedState, entries: [PolledEntry] = [], settled: [String: String] = [:],
        dropped: [DroppedEntries] = [], news: FeedNews? = nil, hostLimits: HostLimits = .init(), notes: [String] = []
    ) {
        self.source = source
        self.state = state
        self.entries = entries
        self.settled = settled
        self.dropped = dropped
        self.news = news
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
    /// The fingerprints, in hexadecimal digits, of those entries of a feed that are recorded, by name.
    func fingerprints(of keys: [String], in feed: String) async throws -> [String: String]
    func record(_ poll: FeedPoll) async throws
}
