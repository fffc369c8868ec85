import ExtractionCore
import Testing

@testable import Stories

@Suite struct StoryTollTests {
    private let first = "The coast guard said 12 people were killed in the ferry fire off Velmora on Monday night."

    @Test func `the same source's new figure revises the old one and names it`() {
        var room = Newsroom()
        room.file(Copy.ferry, headline: "Velmora ferry fire") {
            tolls([("12 people were killed", .killed, 12, "coast guard")], in: $0)
        }
        let update = room.file(Copy.ferry.replacing("12", with: "21"), headline: "Velmora ferry fire", hour: 2) {
            tolls([("21 people were killed", .killed, 21, "coast guard")], in: $0)
        }
        #expect(update.kind == .update)
        #expect(update.changes.map(\.summary) == ["killed: was 12, now 21 (coast guard)"])
        #expect(update.changes.first?.supersedes == room.book.story(update.story)?.tolls.first?.id)
        #expect(room.book.story(update.story)?.currentTolls.map(\.low) == [21])
        #expect(room.book.story(update.story)?.status == .updated)
    }

    @Test func `a toll of a day is revised by one of its afternoon, and one of the morning is not`() {
        func toll(_ time: String?, _ low: Int) -> StoryToll {
            StoryToll(
                id: "t-\(low)", outcome: .killed, low: low, high: low, precision: .exact, source: "coast guard",
                time: time, isCumulative: false, place: nil, cause: nil, article: ArticleID(of: []), site: nil,
                read: Instant(seconds: 0))
        }
        let day = toll("2031-03-08", 9)
        #expect(toll("2031-03-08TAF", 12).isComparable(with: day) && day.isComparable(with: toll("2031-03-08T14", 12)))
        for other in ["2031-03-09TAF", "2031-03", "2031-03-0", "P2D"] {
            #expect(!toll(other, 12).isComparable(with: day))
        }
        #expect(!toll("2031-03-08TMO", 3).isComparable(with: toll("2031-03-08TAF", 5)))
    }

    @Test func `a figure that stands twice in a text is told once, though one of them says at least`() {
        var room = Newsroom()
        func atLeast(_ words: String, _ low: Int, in text: Text) -> Analysis {
            var analysis = tolls([(words, .killed, low, "coast guard")], in: text)
            let toll = analysis.tolls[0]
            analysis.tolls[0] = Toll(
                range: toll.range, outcome: toll.outcome, low: low, high: .max, precision: .atLeast,
                attribution: toll.attribution)
            return analysis
        }
        let old = "Ferry fire off Velmora kills 12\n\n" + Copy.ferry
        room.file(old) { atLeast("12 people were killed", 12, in: $0) }
        let new = "Ferry fire off Velmora kills 21\n\n" + Copy.ferry.replacing("12", with: "21")
        let update = room.file(new, hour: 2) { atLeast("21 people were killed", 21, in: $0) }
        #expect(update.changes.filter { $0.to?.low == 21 }.count == 1)
    }

    private func report(_ toll: Int, by source: String) -> String {
        """
        \(source) said \(toll) people died in the fire on the ferry Morning Star near Velmora. Passengers from Tesk \
        jumped into the sea as smoke filled the car deck, and fishing boats took them to the mainland.
        """
    }

    private func room(thenReport toll: Int, by source: String) -> (Newsroom, Filing) {
        var room = Newsroom()
        for number in 0..<30 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
        room.file(Copy.ferry, headline: "Ferry Morning Star burns near Velmora") {
            tolls([("12 people were killed", .killed, 12, "coast guard")], in: $0)
        }
        let filing = room.file(
            report(toll, by: source), headline: "Ferry Morning Star fire near Velmora", site: "beta.example", hour: 3
        ) { tolls([("\(toll) people died", .killed, toll, source)], in: $0) }
        return (room, filing)
    }

    @Test func `another outlet that quotes the same source's new figure is an update`() {
        let (room, filing) = room(thenReport: 21, by: "The Coast Guard")
        #expect(filing.kind == .update && filing.of == room.memories[30].article)
        #expect(filing.changes.contains { $0.from?.low == 12 && $0.to?.low == 21 })
    }

    @Test func `another source's figure is a rival, not an update`() {
        let (room, filing) = room(thenReport: 21, by: "Red Cross")
        #expect(filing.kind == .joined)
        #expect(filing.rivals.count == 1 && filing.rivals.first?.count == 2)
        #expect(room.book.story(filing.story)?.currentTolls.map(\.low) == [12, 21])
    }

    @Test func `another source with the same figure confirms it`() {
        let (room, filing) = room(thenReport: 12, by: "Red Cross")
        #expect(filing.kind == .joined && filing.rivals.isEmpty)
        #expect(filing.confirms == [room.memories[30].tolls[0].id])
    }

    /// Two outlets with texts of their own revise the same toll, one after the other.
    private func revisedTwice(_ source: String?) -> (Filing, Filing) {
        var (room, _) = room(thenReport: 12, by: source ?? "Reports")
        let first = room.file(Copy.ferry.replacing("12", with: "21"), headline: "Velmora ferry fire", hour: 4) {
            tolls([("21 people were killed", .killed, 21, source)], in: $0)
        }
        let second = room.file(
            report(21, by: source ?? "Reports"), headline: "Velmora ferry fire", site: "beta.example", hour: 5
        ) { tolls([("21 people died", .killed, 21, source)], in: $0) }
        return (first, second)
    }

    @Test func `a revision is told once, though two outlets bring it`() {
        for source in ["coast guard", nil] {
            let (first, second) = revisedTwice(source)
            #expect(first.changes.contains { $0.kind == .toll && $0.to?.low == 21 }, "\(source ?? "nobody")")
            #expect(second.kind == .update && second.confirms.count == 1)
            #expect(!second.changes.contains { $0.kind == .toll || $0.kind == .figure }, "\(second.changes)")
        }
    }

    @Test func `two sources in one text are rivals and no revision`() {
        var room = Newsroom()
        let filing = room.file(Copy.ferry) {
            tolls([("12 people", .killed, 12, "coast guard"), ("180 passengers", .killed, 30, "Red Cross")], in: $0)
        }
        #expect(filing.kind == .opened && filing.changes.isEmpty)
        #expect(filing.rivals == [filing.tolls.map(\.id)])
    }
}
