public import ExtractionCore

/// Which hosts asked for a rest, and until when.
///
/// A plain value: whoever runs the fetcher keeps it across restarts, so that a restart is no way around a server's wish.
public struct HostLimits: Hashable, Sendable {
    public struct Limit: Hashable, Sendable {
        /// Nothing is sent to the host before.
        public var notBefore: Instant
        /// How often in a row it asked.
        public var strikes: Int

        public init(notBefore: Instant, strikes: Int = 1) {
            self.notBefore = notBefore
            self.strikes = strikes
        }
    }

    /// By host, lower case.
    public private(set) var limits: [String: Limit]

    public init(_ limits: [String: Limit] = [:]) { self.limits = limits }

    /// The end of the host's rest, when it is still to come.
    ///
    /// A rest that ends later than any we grant comes from a clock that was set back, and is over.
    public func notBefore(_ host: String, at now: Instant) -> Instant? {
        guard let limit = limits[host], limit.notBefore > now,
            limit.notBefore <= now.adding(seconds: Int64(HostLimits.longest) + 60)
        else { return nil }
        return limit.notBefore
    }

    /// Notes that the host answered 429, or 503 with a time; gives the end of the rest.
    ///
    /// Without a time from the server it is a minute and a second, then twice that, up to an hour.
    @discardableResult
    public mutating func close(_ host: String, retryAfter: Int?, at now: Instant) -> Instant {
        let strikes = (limits[host]?.strikes ?? 0) + 1
        let guess = min(61 << min(strikes - 1, 6), 3600)
        let end = now.adding(seconds: Int64(min(max(0, retryAfter ?? guess), HostLimits.longest)))
        limits[host] = Limit(notBefore: end, strikes: strikes)
        return end
    }

    /// Notes that the host served us.
    public mutating func open(_ host: String) { limits[host] = nil }

    /// The longest rest that is granted: a week, in seconds.
    static let longest = 7 * 86_400
}
