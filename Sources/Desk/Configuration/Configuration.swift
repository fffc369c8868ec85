public import Stories
public import Wire

/// Every setting, with its default. `Config/copytaster.yaml` explains each.
public struct Configuration: Hashable, Sendable {
    /// Where files are dropped.
    public var drop = "drop"
    public var digests = "digests"
    public var state = "state"
    /// IANA name of the zone whose calendar days the digests have; nil for the system's.
    public var zone: String?
    public var stableMilliseconds: Int64 = 1000
    public var rescanMilliseconds: Int64 = 5000
    public var fileLimit = 64 << 20
    /// For files that hold many articles, which are read one by one.
    public var containerLimit = 4 << 30
    /// A commit takes at most so many articles.
    public var commitArticles = 128
    /// Threads that read articles; 0 for one a core.
    public var jobs = 0
    /// How long an article is remembered for repeats, updates and stories.
    public var memoryDays = 14
    /// After so many articles an image of what is remembered is written.
    public var imageArticles = 16_384
    public var pageMilliseconds: Int64 = 60_000
    public var alerts: [AlertRule] = [.rivals(ratio: 1.5, difference: 5, .medium)]
    /// The same alert is not given again for so long.
    public var alertQuietSeconds: Int64 = 6 * 3600
    public var feeds: [FeedSetting] = []
    public var opml: [String] = []
    public var fetch = FetchSettings()
    /// Entries older than this are counted but not shown when a feed is read for the first time.
    public var firstRunSeconds: Int64 = 24 * 3600
    public var logLevel = "info"

    public struct FeedSetting: Hashable, Sendable {
        public var url: String
        public var title: String?
        /// Nil for `fetch.interval`.
        public var intervalSeconds: Int64?
        /// Fetch each entry's page where the feed does not carry the article.
        public var fullText = false
        public var headers: [String: String] = [:]
        /// Instead of ours.
        public var userAgent: String?
        /// A file of cookies, as browsers export it.
        public var cookies: String?
        /// The name of a file in `$CREDENTIALS_DIRECTORY`: `user:password`, or a token.
        public var credentials: String?
        /// Instead of `fetch.proxy`.
        public var proxy: String?
        /// Of its bytes, whatever it says itself.
        public var encoding: String?
        /// What names its entries; nil for whatever tells them apart.
        public var identity: EntryIdentity?
        public var isMuted = false
        /// For servers that go wrong with HTTP/2.
        public var http1 = false
        public var keep: [EntryRule] = []
        public var drop: [EntryRule] = []
        public init(url: String) { self.url = url }
    }

    public struct FetchSettings: Hashable, Sendable {
        public var intervalSeconds: Int64 = 1800
        /// A feed that seldom posts is asked at least so often.
        public var slowestSeconds: Int64 = 4 * 3600
        /// A feed's trouble is told when it lasted so long.
        public var graceSeconds: Int64 = 2 * 3600
        /// Stands in the user agent, so that a site can reach whoever runs this.
        public var contact: String?
        public var timeoutSeconds: Int64 = 60
        public var bodyLimit = 16 << 20
        public var allowPrivate: [String] = []
        public var proxy: String?
        public var concurrency = 16
        /// A dropped list of addresses, and what it leads to, brings so many at most.
        public var listLimit = 5000
    }

    public init() {}
}
