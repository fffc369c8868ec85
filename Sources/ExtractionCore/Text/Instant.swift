/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Sendable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }
    public init(seconds: Int64) { milliseconds = seconds * 1000 }

    public var seconds: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }

    public func adding(seconds: Int64) -> Instant { Instant(milliseconds: milliseconds + seconds * 1000) }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }
}

/// A moment with the offset of the zone it was written in.
public struct ZonedTime: Hashable, Sendable {
    public let instant: Instant
    /// Minutes east of UTC.
    public let offsetMinutes: Int
    /// False when the source gave only a day.
    public let hasTime: Bool

    public init(_ instant: Instant, offsetMinutes: Int = 0, hasTime: Bool = true) {
        self.instant = instant
        self.offsetMinutes = offsetMinutes
        self.hasTime = hasTime
    }

    /// The calendar day where it was written.
    public var day: CivilDate { CivilDate(instant, offsetMinutes: offsetMinutes) }

    /// `2017-06-06T09:12:00+01:00`, or the day alone when that is all that is known.
    public var iso8601: String {
        guard hasTime else { return day.iso8601 }
        let local = instant.seconds + Int64(offsetMinutes) * 60
        let ofDay = Int(((local % 86_400) + 86_400) % 86_400)
        let sign = offsetMinutes < 0 ? "-" : "+"
        let offset = abs(offsetMinutes)
        return day.iso8601 + "T" + twoDigits(ofDay / 3600) + ":" + twoDigits(ofDay / 60 % 60) + ":"
            + twoDigits(ofDay % 60) + sign + twoDigits(offset / 60) + ":" + twoDigits(offset % 60)
    }
}

func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
