import ExtractionCore
import Testing

@testable import Desk

@Suite struct DigestZoneTests {
    private func hours(_ zone: String, _ year: Int, _ month: Int, _ day: Int) throws -> Double {
        let zone = DigestZone(name: zone)
        let date = try #require(CivilDate(year: year, month: month, day: day))
        let from = zone.start(of: date)
        let to = zone.start(of: date.adding(days: 1))
        #expect(zone.day(of: from) == date)
        #expect(zone.day(of: Instant(milliseconds: from.milliseconds - 1)) == date.adding(days: -1))
        return Double(to.milliseconds - from.milliseconds) / 3_600_000
    }

    @Test func `days have the hours that their zone gives them`() throws {
        #expect(try hours("Europe/London", 2026, 3, 29) == 23)
        #expect(try hours("Europe/London", 2026, 10, 25) == 25)
        #expect(try hours("Europe/London", 2026, 6, 1) == 24)
        #expect(try hours("America/New_York", 2026, 3, 8) == 23)
        #expect(try hours("Asia/Kolkata", 2026, 1, 1) == 24)
        #expect(try hours("Australia/Lord_Howe", 2026, 4, 5) == 24.5)
        #expect(try hours("UTC", 2024, 2, 29) == 24)
    }

    @Test func `a day that has no midnight begins where the clock jumps to`() throws {
        // Cairo's clocks go from 00:00 to 01:00 on the last Friday of April.
        #expect(try hours("Africa/Cairo", 2026, 4, 24) == 23)
    }

    @Test func `times carry the offset of their moment`() {
        let zone = DigestZone(name: "Europe/London")
        #expect(zone.iso8601(Instant(seconds: 1_496_743_200)) == "2017-06-06T11:00:00+01:00")
        #expect(zone.iso8601(Instant(seconds: 1_485_000_000)) == "2017-01-21T12:00:00+00:00")
    }
}
