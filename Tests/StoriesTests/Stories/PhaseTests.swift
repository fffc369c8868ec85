import ExtractionCore
import Testing

@testable import Stories

@Suite struct PhaseTests {
    private func moment(_ hour: Int) -> Instant { Instant(seconds: 1_500_000_000 + Int64(hour) * 3600) }

    @Test func `a phase follows from the times of the records`() throws {
        var room = Newsroom()
        let first = room.file(Copy.ferry)
        func phase(_ hour: Int) throws -> Story.Status {
            try #require(room.book.story(first.story)).phase(at: moment(hour))
        }
        #expect(try phase(0) == .new && phase(23) == .new && phase(24) == .quiet && phase(7 * 24) == .closed)
        room.file(Copy.ferry.replacing("12", with: "21"), hour: 10)
        #expect(try phase(10) == .updated && phase(34) == .quiet)
        room.file(Copy.ferry.replacing("12", with: "21"), site: "beta.example", hour: 40)
        #expect(try phase(41) == .quiet)
        room.file(Copy.ferry.replacing("12", with: "25"), hour: 50)
        #expect(try phase(50) == .newPhase && phase(74) == .quiet && phase(50 + 7 * 24) == .closed)
        room.file(Self.longer, hour: 50 + 8 * 24)
        #expect(try phase(50 + 8 * 24) == .newPhase)
    }

    private static let longer =
        Copy.ferry + "\n\nTwo engineers of the ship were questioned by the coast guard on Tuesday morning."

    private static let other = """
        A blaze on the passenger ferry Morning Star killed a dozen people near Velmora, rescuers said on Monday. \
        Passengers from Tesk jumped into the sea as smoke filled the car deck, and fishing boats pulled them out. The \
        coast guard has opened an inquiry into the fire.
        """

    @Test func `a closed story is not joined by likeness, only by its own text`() {
        for (hour, joins) in [(30, true), (8 * 24, false)] {
            var room = Newsroom()
            for number in 0..<30 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
            let first = room.file(Copy.ferry, headline: "Ferry fire off Velmora kills 12")
            let second = room.file(
                Self.other, headline: "Passengers jump from burning ferry near Velmora", site: "gamma.example",
                hour: hour)
            #expect((second.story == first.story) == joins, "\(hour)")
            let update = room.file(Self.longer, hour: hour + 1)
            #expect(update.kind == .update && update.story == first.story)
        }
    }

    @Test func `growth compares a day with the day before`() throws {
        var room = Newsroom()
        // Hour 0 is 02:40 in UTC.
        let first = room.file(Copy.ferry)
        let story = { try #require(room.book.story(first.story)) }
        for hour in 1...3 { room.file(Copy.ferry.replacing("12", with: "2\(hour)"), hour: 20 + hour) }
        #expect(
            try story().growth(at: moment(20)) == Growth(articles: 2, articlesBefore: 0, sources: 1, sourcesBefore: 0))
        #expect(
            try story().growth(at: moment(24)) == Growth(articles: 2, articlesBefore: 2, sources: 1, sourcesBefore: 1))
        #expect(try !story().growth(at: moment(24)).isRising)
        room.file(Copy.ferry.replacing("12", with: "31"), hour: 25)
        #expect(try story().growth(at: moment(25)).isRising)
        #expect(
            try story().growth(at: moment(80)) == Growth(articles: 0, articlesBefore: 0, sources: 0, sourcesBefore: 0))
    }
}
