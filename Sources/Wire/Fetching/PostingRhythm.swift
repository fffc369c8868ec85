public import ExtractionCore

/// When a feed posts: its new entries by hour of the day (UTC), workdays and weekends apart.
///
/// 48 counters do here what 168 would: a newsroom's day shows, and is known after a week. Old weeks fade.
public struct PostingRhythm: Hashable, Sendable {
    /// 24 hours of workdays, then 24 of weekends.
    public var counts: [Int]
    /// When counting began; nil before the first note.
    public var since: Instant?

    public init(counts: [Int] = [], since: Instant? = nil) {
        self.counts = counts.count == 48 ? counts : [Int](repeating: 0, count: 48)
        self.since = since
    }

    /// Notes entries by when they were published; without a believable time, by when they were found.
    ///
    /// The first note only begins the count: what a feed holds when it is first read may be years.
    public mutating func note(_ times: [Instant], at now: Instant) {
        guard let since, since <= now else {
            since = now
            return
        }
        for time in times {
            let isRecent = time <= now && time > now.adding(seconds: -PostingRhythm.week)
            counts[PostingRhythm.slot(of: isRecent ? time : now)] += 1
        }
        if now.seconds - since.seconds > 8 * PostingRhythm.week {
            counts = counts.map { $0 / 2 }
            self.since = now.adding(seconds: (since.seconds - now.seconds) / 2)
        }
    }

    /// Seconds until it is as likely as not that something is new, within bounds; the lower one until a week is known.
    public func wait(from now: Instant, within bounds: ClosedRange<Int>) -> Int {
        guard let since, now.seconds - since.seconds >= PostingRhythm.week else { return bounds.lowerBound }
        let weeks = Double(now.seconds - since.seconds) / Double(PostingRhythm.week)
        var expected = 0.0
        var wait = 0
        while wait < bounds.upperBound, expected < 0.5 {
            let slot = PostingRhythm.slot(of: now.adding(seconds: Int64(wait)))
            let hoursAWeek = slot < 24 ? 5.0 : 2.0
            expected += Double(counts[slot]) / (weeks * hoursAWeek) / 4
            wait += 900
        }
        return min(max(wait, bounds.lowerBound), bounds.upperBound)
    }

    private static func slot(of instant: Instant) -> Int {
        let hour = Int(((instant.seconds % 86_400) + 86_400) % 86_400) / 3600
        return hour + (CivilDate(instant, offsetMinutes: 0).weekday >= 6 ? 24 : 0)
    }

    private static let week: Int64 = 7 * 86_400
}
