public import ExtractionCore

/// Which hosts asked for a rest, answer nobody, or want their requests further apart.
///
/// A plain value: whoever runs the fetcher keeps it across restarts, so that a restart is no way around a server's wish.
public struct HostLimits: Hashable, Sendable {
    public struct Limit: Hashable, Sendable {
        /// Nothing is sent to the host before.
        public var notBefore: Instant
        /// How often in a row it said "too many".
        public var strikes: Int
        /// How often in a row there was no connection to it.
        public var faults: Int
        /// Seconds between two requests, learnt from a host that said "too many" without saying for how long.
        public var learntSpacing: Int?
        /// When that was learnt; it is forgotten after a week of peace.
        public var learntAt: Instant?
        /// The same as its robots.txt asks for.
        public var crawlDelay: Int?
        /// When a host with a spacing may be asked again.
        public var nextFree: Instant?

        public init(
            notBefore: Instant, strikes: Int = 0, faults: Int = 0, learntSpacing: Int? = nil, learntAt: Instant? = nil,
            crawlDelay: Int? = nil, nextFree: Instant? = nil
        ) {
            self.notBefore = notBefore
            self.strikes = strikes
            self.faults = faults
            self.learntSpacing = learntSpacing
            self.learntAt = learntAt
            self.crawlDelay = crawlDelay
            self.nextFree = nextFree
        }

        /// Whether it matters after a restart: a first fault or two do not, and in an outage every host has them.
        public var isWorthKeeping: Bool {
            faults == 0 || faults >= HostLimits.patience || strikes > 0 || learntSpacing != nil || crawlDelay != nil
        }

        /// What may be forgotten is, so that a long run does not collect every host it ever saw.
        fileprivate func isIdle(at now: Instant) -> Bool {
            strikes == 0 && faults == 0 && notBefore <= now && spacing(at: now) == nil
        }

        fileprivate func spacing(at now: Instant) -> Int? {
            var spacing = crawlDelay
            if let learntSpacing, let learntAt, now < learntAt.adding(seconds: HostLimits.memory) {
                spacing = max(spacing ?? 0, learntSpacing)
            }
            return spacing
        }
    }

    /// By host, lower case.
    public private(set) var limits: [String: Limit]

    public init(_ limits: [String: Limit] = [:]) { self.limits = limits }

    /// The end of the host's rest, when it is still to come.
    ///
    /// A rest that ends later than any we grant comes from a clock that was set back, and is over.
    public func notBefore(_ host: String, at now: Instant) -> Instant? {
        guard let limit = limits[host] else { return nil }
        return HostLimits.ahead(limit.notBefore, of: now, atMost: HostLimits.longest)
    }

    /// Whether the host rests because there was no connection to it, not because it asked.
    public func isDown(_ host: String) -> Bool { (limits[host]?.faults ?? 0) >= HostLimits.patience }

    /// When the host's spacing allows the next request, if not yet.
    public func nextFree(_ host: String, at now: Instant) -> Instant? {
        guard let limit = limits[host], limit.spacing(at: now) != nil, let next = limit.nextFree else { return nil }
        return HostLimits.ahead(next, of: now, atMost: HostLimits.longestSpacing)
    }

    /// Seconds that the host wants between two requests; nil when it never said.
    public func spacing(_ host: String, at now: Instant) -> Int? { limits[host]?.spacing(at: now) }

    /// Notes that a request is sent.
    public mutating func take(_ host: String, at now: Instant) {
        guard let limit = limits[host], let spacing = limit.spacing(at: now) else { return }
        let next = max(now.adding(seconds: Int64(spacing)), nextFree(host, at: now) ?? now)
        limits[host]?.nextFree = next
    }

    /// The limits as a new run takes them over: the last request of the run before may have been a moment ago, and is not
    /// in what was kept when that run was killed.
    func takenOver(at now: Instant) -> HostLimits {
        var limits = self
        for host in limits.limits.keys { limits.take(host, at: now) }
        return limits
    }

    /// Notes that the host answered 429, or 503 with a time; gives the end of the rest.
    ///
    /// Without a time from the server it is a minute and a second, then twice that, up to an hour; and from then on its
    /// requests are kept that far apart.
    @discardableResult
    public mutating func close(_ host: String, retryAfter: Int?, at now: Instant) -> Instant {
        var limit = limits[host] ?? Limit(notBefore: now)
        limit.strikes += 1
        limit.faults = 0
        var seconds = min(max(0, retryAfter ?? 0), HostLimits.longest)
        if retryAfter == nil {
            let known = limit.spacing(at: now).map { $0 * 2 } ?? HostLimits.firstGuess
            seconds = min(max(known, HostLimits.firstGuess << min(limit.strikes - 1, 6)), HostLimits.longestSpacing)
            limit.learntSpacing = seconds
            limit.learntAt = now
        }
        limit.notBefore = now.adding(seconds: Int64(seconds))
        limit.nextFree = limit.notBefore
        limits[host] = limit
        return limit.notBefore
    }

    /// Notes that the host served us its last request for `seconds`, as its headers say.
    public mutating func rest(_ host: String, seconds: Int, at now: Instant) {
        guard seconds > 0 else { return }
        let end = now.adding(seconds: Int64(min(seconds, HostLimits.longestSpacing)))
        limits[host, default: Limit(notBefore: end)].notBefore = end
    }

    /// Notes that there was no connection; after several in a row the host is left alone for a while.
    public mutating func fail(_ host: String, at now: Instant) {
        var limit = limits[host] ?? Limit(notBefore: now)
        limit.faults += 1
        if limit.faults >= HostLimits.patience {
            let seconds = min(300 << min(limit.faults - HostLimits.patience, 7), 6 * 3600)
            limit.notBefore = now.adding(seconds: Int64(seconds))
        }
        limits[host] = limit
    }

    /// Notes that the host served us; what was learnt of its pace stays.
    public mutating func open(_ host: String, at now: Instant) {
        guard var limit = limits[host] else { return }
        limit.strikes = 0
        limit.faults = 0
        limit.notBefore = min(limit.notBefore, now)
        limits[host] = limit.isIdle(at: now) ? nil : limit
    }

    /// Notes that the host answered, though not as wanted.
    public mutating func reach(_ host: String, at now: Instant) {
        guard let limit = limits[host], limit.faults > 0 else { return }
        limits[host]?.faults = 0
        if limit.strikes == 0 { limits[host]?.notBefore = min(limit.notBefore, now) }
    }

    /// Takes over what robots.txt asks for.
    public mutating func setCrawlDelay(_ seconds: Int?, of host: String, at now: Instant) {
        if seconds == nil, limits[host]?.crawlDelay == nil { return }
        var limit = limits[host] ?? Limit(notBefore: now)
        limit.crawlDelay = seconds
        if seconds != nil, limit.nextFree == nil { limit.nextFree = now.adding(seconds: Int64(seconds ?? 0)) }
        limits[host] = limit.isIdle(at: now) ? nil : limit
    }

    private static func ahead(_ time: Instant, of now: Instant, atMost longest: Int) -> Instant? {
        time > now && time <= now.adding(seconds: Int64(longest) + 60) ? time : nil
    }

    /// Feed hosts that say no more were found to serve again after a minute.
    static let firstGuess = 61
    /// The longest rest that is granted: a week, in seconds.
    static let longest = 7 * 86_400
    static let longestSpacing = 3600
    /// Faults in a row, of whatever feed, before a host counts as down.
    static let patience = 5
    private static let memory: Int64 = 7 * 86_400
}
