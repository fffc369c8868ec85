internal import ExtractionCore
internal import Foundation

/// The zone whose calendar days the digests have.
struct DigestZone {
    private let zone: TimeZone

    /// The system's zone when there is no name; UTC when nobody knows the name.
    init(name: String?) {
        zone = name.map { TimeZone(identifier: $0) ?? .gmt } ?? .current
    }

    var name: String { ["GMT", "Etc/UTC", "Etc/GMT"].contains(zone.identifier) ? "UTC" : zone.identifier }

    func offsetMinutes(at instant: Instant) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)) / 60
    }

    func day(of instant: Instant) -> CivilDate { CivilDate(instant, offsetMinutes: offsetMinutes(at: instant)) }

    /// ISO 8601 with this zone's offset.
    func iso8601(_ instant: Instant) -> String {
        ZonedTime(instant, offsetMinutes: offsetMinutes(at: instant)).iso8601
    }

    /// The first moment of a day, by the zone's rules: not every day begins 24 hours after the one before.
    func start(of day: CivilDate) -> Instant {
        let midnight = Instant(seconds: Int64(day.dayNumber) * 86_400)
        let guesses = [-86_400, 0, 86_400].map { shift in
            midnight.adding(seconds: -Int64(offsetMinutes(at: midnight.adding(seconds: Int64(shift)))) * 60)
        }
        let starts = guesses.filter { self.day(of: $0) == day }
        guard let start = starts.min() else { return midnight }
        // Where the clock jumps over midnight, the day begins at the jump, up to an hour after the guess before.
        var early = start
        while self.day(of: early.adding(seconds: -900)) == day { early = early.adding(seconds: -900) }
        return early
    }
}
