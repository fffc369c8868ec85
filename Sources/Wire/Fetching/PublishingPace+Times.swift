import ExtractionCore

extension PublishingPace {
    /// Seconds for which the feed says that nothing new is to be expected.
    var interval: Int { max(timeToLive ?? 0, updateInterval ?? 0) }

    /// Whether the feed may be asked at this time; one that skips every hour or every day is not believed.
    func allows(_ instant: Instant) -> Bool {
        let hour = Int(((instant.seconds % 86_400) + 86_400) % 86_400) / 3600
        let everyHour: UInt32 = 0xFF_FFFF
        if skippedHours & everyHour != everyHour, skippedHours & (1 << UInt32(hour)) != 0 { return false }
        let weekday = CivilDate(instant, offsetMinutes: 0).weekday
        return skippedDays & 0xFE == 0xFE || skippedDays & (1 << UInt8(weekday)) == 0
    }

    /// The time itself, or the beginning of the first hour after it that the feed does not skip.
    func nextAllowed(from instant: Instant) -> Instant {
        if allows(instant) { return instant }
        var hour = instant.seconds - ((instant.seconds % 3600) + 3600) % 3600
        for _ in 0..<(8 * 24) {
            hour += 3600
            if allows(Instant(seconds: hour)) { return Instant(seconds: hour) }
        }
        return instant
    }
}
