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
    /// `url` is a page, and named `address` as its feed.
    public var isDiscovered: Bool
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
    /// A permanent redirect that is not believed yet, since when, and how often it was seen.
    public var movedTo: String?
    public var movedSince: Instant?
    public var moveSightings: Int
    /// How many polls in a row had to leave entries for later.
    public var deferrals: Int
    /// The `Date` of the last body, as it came: where there are no validators it is one.
    public var servedAt: String?
    /// When the whole feed was last asked for without condition.
    public var lastWhole: Instant?
    /// How often the feed wants to be asked, as it last said.
    public var pace: PublishingPace
    /// When it posts.
    public var rhythm: PostingRhythm
    /// What names its entries; nil until it was read.
    public var identity: EntryIdentity?
    /// When the trouble began, whatever its kind; nil while all is well.
    public var troubledSince: Instant?
    /// The status that readers were last told of; nil for none, or when they know that all is well again.
    public var told: Status?

    /// A feed that has never been asked.
    public init(url: String, at now: Instant) {
        self.url = url
        address = url
        isDiscovered = false
        status = .pending
        since = now
        nextTry = now
        failures = 0
        entriesSeen = 0
        moveSightings = 0
        deferrals = 0
        pace = PublishingPace()
        rhythm = PostingRhythm()
    }

    /// Whether it is asked at all.
    public var isPolled: Bool { status != .gone && status != .muted }

    /// Whether its time has come.
    public func isDue(at now: Instant) -> Bool { isPolled && dueTime(at: now) <= now }

    /// When it is to be asked next: not in hours that the feed wants to be skipped.
    ///
    /// A next try that is further away than any this code sets comes from a clock that was wrong, and does not count.
    func dueTime(at now: Instant) -> Instant {
        if nextTry > now.adding(seconds: FeedState.longestWait) { return now }
        return pace.nextAllowed(from: max(nextTry, now))
    }

    /// The validators to send now; none when they are older than eight days.
    ///
    /// Where the server gave none, the date of its last answer is sent: a whole feed is then asked for in vain only
    /// where the server cannot tell.
    public func validators(at now: Instant) -> (etag: String?, lastModified: String?) {
        guard let validatorsSince, now >= validatorsSince,
            now < validatorsSince.adding(seconds: FeedState.validatorLife)
        else { return (nil, nil) }
        return (etag, etag == nil ? lastModified ?? servedAt : lastModified)
    }

    func hasValidators(at now: Instant) -> Bool {
        let validators = validators(at: now)
        return validators.etag != nil || validators.lastModified != nil
    }

    static let day: Int64 = 86_400
    static let validatorLife = 8 * day
    static let patienceWithMissing = 14 * day
    static let longestWait = 9 * day
    static let longestInOutage = 2 * 3600
}

extension FeedState.Status {
    /// Nothing a reader should worry about.
    public var isInOrder: Bool {
        switch self {
        case .ok, .unchanged, .pending, .late: true
        case .throttled, .blocked, .broken, .gone, .muted: false
        }
    }
}
