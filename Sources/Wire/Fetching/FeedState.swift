// A feed is always in exactly one named state with a reason, the time since when, and the time of the next try: no feed
// dies silently. The whole schedule is in `after(_:at:interval:)`, a pure function.

public import ExtractionCore

/// What is known about a feed between two polls.
public struct FeedState: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, CaseIterable {
        /// Never asked.
        case pending
        case ok
        /// Nothing new; as good as `ok`.
        case unchanged
        /// Answers, but has been without news for much longer than is its habit.
        case late
        /// Its host asked for a rest.
        case throttled
        /// The server, or our own rules, keep us out.
        case blocked
        case broken
        /// The server says: gone for good. It is not asked again.
        case gone
        /// Not asked again because nothing was there for two weeks, or because the user says so.
        case muted
    }

    /// As configured; the feed's identity.
    public let url: String
    /// Where it is fetched: `url`, or where that moved for good.
    public var address: String
    public var title: String?
    public var etag: String?
    public var lastModified: String?
    /// When the validators came with a body. Some servers answer 304 for ever, so old ones are not used.
    public var validatorsSince: Instant?
    /// Of the last body.
    public var bodyHash: String?
    public var status: Status
    /// In plain words; nil when all is well.
    public var reason: String?
    /// When the status began.
    public var since: Instant
    public var lastSuccess: Instant?
    public var lastCheck: Instant?
    public var nextTry: Instant
    /// In a row.
    public var failures: Int
    /// New entries, in all.
    public var entriesSeen: Int
    /// When an entry was last new.
    public var lastNews: Instant?
    /// Its habit: the usual time between news, in seconds; nil until it is known.
    public var usualGap: Int?
    /// When 404 was first answered, if it still is.
    public var missingSince: Instant?
    /// A permanent redirect that has been seen once.
    public var movedTo: String?
    /// How many polls in a row had to leave entries for later.
    public var deferrals: Int

    /// A feed that has never been asked.
    public init(url: String, at now: Instant) {
        self.url = url
        address = url
        status = .pending
        since = now
        nextTry = now
        failures = 0
        entriesSeen = 0
        deferrals = 0
    }

    /// Everything, as a store gives it back.
    public init(
        url: String, address: String, title: String?, etag: String?, lastModified: String?, validatorsSince: Instant?,
        bodyHash: String?, status: Status, reason: String?, since: Instant, lastSuccess: Instant?, lastCheck: Instant?,
        nextTry: Instant, failures: Int, entriesSeen: Int, lastNews: Instant?, usualGap: Int?, missingSince: Instant?,
        movedTo: String?, deferrals: Int
    ) {
        self.url = url
        self.address = address
        self.title = title
        self.etag = etag
        self.lastModified = lastModified
        self.validatorsSince = validatorsSince
        self.bodyHash = bodyHash
        self.status = status
        self.reason = reason
        self.since = since
        self.lastSuccess = lastSuccess
        self.lastCheck = lastCheck
        self.nextTry = nextTry
        self.failures = failures
        self.entriesSeen = entriesSeen
        self.lastNews = lastNews
        self.usualGap = usualGap
        self.missingSince = missingSince
        self.movedTo = movedTo
        self.deferrals = deferrals
    }

    /// Whether it is asked at all.
    public var isPolled: Bool { status != .gone && status != .muted }

    /// Whether its time has come.
    ///
    /// A next try that is further away than any this code sets comes from a clock that was wrong, and does not count.
    public func isDue(at now: Instant) -> Bool {
        isPolled && (nextTry <= now || nextTry > now.adding(seconds: FeedState.longestWait))
    }

    /// The validators to send now; none when they are older than eight days.
    public func validators(at now: Instant) -> (etag: String?, lastModified: String?) {
        guard let validatorsSince, now >= validatorsSince,
            now < validatorsSince.adding(seconds: FeedState.validatorLife)
        else { return (nil, nil) }
        return (etag, lastModified)
    }

    static let day: Int64 = 86_400
    static let validatorLife = 8 * day
    static let patienceWithMissing = 14 * day
    static let longestWait = 9 * day
}
