/// How often a feed says that it wants to be asked; everything in it is a wish and may be absurd.
public struct PublishingPace: Hashable, Sendable {
    /// RSS `ttl`, in seconds.
    public var timeToLive: Int?
    /// RDF `sy:updatePeriod` divided by `sy:updateFrequency`, in seconds.
    public var updateInterval: Int?
    /// RSS `skipHours`: hours of the day in UTC, 0 to 23, bit by bit.
    public var skippedHours: UInt32
    /// RSS `skipDays`: days of the week in UTC, bit 1 Monday to bit 7 Sunday, as `CivilDate.weekday` counts them.
    public var skippedDays: UInt8

    public init(
        timeToLive: Int? = nil, updateInterval: Int? = nil, skippedHours: UInt32 = 0, skippedDays: UInt8 = 0
    ) {
        self.timeToLive = timeToLive
        self.updateInterval = updateInterval
        self.skippedHours = skippedHours
        self.skippedDays = skippedDays
    }
}

extension PublishingPace {
    /// RSS `ttl`, in minutes; what is no number, or none of minutes, says nothing.
    mutating func readTimeToLive(_ text: String) {
        guard let minutes = PublishingPace.number(text), minutes > 0 else { return }
        timeToLive = min(minutes, PublishingPace.longestMinutes) * 60
    }

    /// An hour of `skipHours`; 24 is midnight as well.
    mutating func readSkippedHour(_ text: String) {
        guard let hour = PublishingPace.number(text), hour <= 24 else { return }
        skippedHours |= 1 << UInt32(hour % 24)
    }

    /// A day of `skipDays`, by its English name, whole or cut to three letters or more.
    mutating func readSkippedDay(_ text: String) {
        let name = ASCII.lowered(ASCII.trimmed(text).utf8)
        guard name.utf8.count >= 3, let day = PublishingPace.days.firstIndex(where: { $0.hasPrefix(name) }) else {
            return
        }
        skippedDays |= 1 << UInt8(day + 1)
    }

    /// `sy:updatePeriod` and `sy:updateFrequency`; the specification's defaults are daily and once.
    mutating func readUpdates(period: String?, frequency: String?) {
        guard period != nil || frequency != nil else { return }
        let seconds: Int? =
            switch period.map({ ASCII.lowered(ASCII.trimmed($0).utf8) }) {
            case "hourly": 3600
            case nil, "daily": 86_400
            case "weekly": 7 * 86_400
            case "monthly": 30 * 86_400
            case "yearly": 365 * 86_400
            default: nil
            }
        let times = max(1, frequency.flatMap(PublishingPace.number) ?? 1)
        updateInterval = seconds.map { max(1, $0 / times) }
    }

    /// A feed that skips every hour or every day contradicts itself: it is asked as if it had not said so.
    mutating func dropContradictions() {
        if skippedHours == PublishingPace.allHours { skippedHours = 0 }
        if skippedDays == PublishingPace.allDays { skippedDays = 0 }
    }

    private static let longestMinutes = 366 * 1440
    private static let allHours: UInt32 = 1 << 24 - 1
    private static let allDays: UInt8 = 0b1111_1110
    private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// The whole number at the start of a text, "60" of " 60 min" and "60.0"; nil when none stands there.
    private static func number(_ text: String) -> Int? {
        let digits = ASCII.trimmed(text).utf8.prefix { ASCII.isDigit($0) }
        guard !digits.isEmpty else { return nil }
        return Int(Substring(digits)) ?? Int.max / 120
    }
}
