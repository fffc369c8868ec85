import ExtractionCore

/// Spreads the requests to each host: a burst is fine, then one a second.
///
/// A token bucket in its shortest form (GCRA): all that is kept of a host is when its bucket would be full again.
struct HostBuckets: Sendable {
    /// Requests that may follow each other without a pause.
    var burst = 20
    /// Between two requests from then on.
    var milliseconds: Int64 = 1000
    private var full: [String: Instant] = [:]

    /// When the next request may be sent, if not yet.
    func nextFree(_ host: String, at now: Instant) -> Instant? {
        guard let full = full[host] else { return nil }
        let debt = full.milliseconds - now.milliseconds
        // Deeper in debt than it can get, so the clock was set back.
        guard debt <= Int64(burst) * milliseconds else { return nil }
        let next = Instant(milliseconds: full.milliseconds - Int64(burst - 1) * milliseconds)
        return next > now ? next : nil
    }

    mutating func take(_ host: String, at now: Instant) {
        if full.count >= 4096 { full = full.filter { $0.value > now } }
        let limit = now.milliseconds + Int64(burst - 1) * milliseconds
        let start = max(now.milliseconds, min(full[host]?.milliseconds ?? 0, limit))
        full[host] = Instant(milliseconds: start + milliseconds)
    }
}
