import ExtractionCore
import Testing

@testable import Stories

@Suite struct TimelineTests {
    /// An analysis with events at the given words: (words, type, day).
    private func events(_ told: [(words: String, type: String, time: String?)]) -> (Text) -> Analysis {
        { text in
            var analysis = Analysis()
            for event in told {
                let bytes = Array(event.words.utf8)
                let start = text.bytes.indices.first { text.bytes[$0...].starts(with: bytes) } ?? 0
                let range = TextRange(start, start + bytes.count)
                analysis.events.append(Event(range: range, trigger: range, type: event.type, time: event.time))
            }
            return analysis
        }
    }

    // Hour 0 is 14 July 2017, 02:40 UTC.
    private static let updated =
        Copy.ferry + "\n\nThe coast guard searched the offices of the operator on Friday and arrested two men."

    @Test func `a timeline tells the opening, changed figures, new events and corrections, by the day they happened`()
        throws
    {
        var room = Newsroom()
        let first = room.file(
            Copy.ferry, headline: "Ferry fire", analysis: events([("a ferry caught fire", "accident", "2017-07-10")]))
        let story = { try #require(room.book.story(first.story)) }
        #expect(try story().timeline.map(\.kind) == [.event, .opened])
        #expect(try story().shownTimeline(limit: 8).isEmpty)
        room.file(Copy.ferry.replacing("12 people", with: "21 people"), hour: 3) {
            tolls([("21 people", .killed, 21, "coast guard")], in: $0)
        }
        room.file(
            Self.updated, hour: 9,
            analysis: events([("arrested two men", "arrest", "2017-07-14"), ("a ferry caught fire", "accident", nil)]))
        room.file(Self.updated + "\n\nThis article was corrected: the ship came from Tesk.", hour: 12)
        let timeline = try story().shownTimeline(limit: 8)
        #expect(timeline.map(\.kind) == [.event, .opened, .figure, .event, .correction])
        #expect(timeline[2].words.contains("21") && timeline[3].words == "arrested two men")
        #expect(timeline.map(\.article) == [0, 0, 1, 2, 3].map { room.memories[$0].article })
        #expect(timeline[0].day.iso8601 == "2017-07-10" && timeline[1].day.iso8601 == "2017-07-14")
        let sentence = try #require(timeline[3].sentence)
        let shown = String(decoding: Array(Self.updated.utf8)[sentence.lower..<sentence.upper], as: UTF8.self)
        #expect(shown.hasPrefix("The coast guard searched") && shown.hasSuffix("men."))
    }

    @Test func `an event that the story knows, one that was denied and one of long ago add nothing`() throws {
        var room = Newsroom()
        let first = room.file(Copy.ferry, analysis: events([("a ferry caught fire", "accident", "2017-07-14")]))
        room.file(
            Self.updated, hour: 9,
            analysis: events([
                ("a ferry caught fire", "accident", nil), ("arrested two men", "arrest", "2011-03-02"),
                ("arrested two men", "arrest", "2017-05"),
            ]))
        #expect(try #require(room.book.story(first.story)).shownTimeline(limit: 8).isEmpty)
    }

    @Test func `a timeline is bounded and keeps its opening`() throws {
        var room = Newsroom()
        let first = room.file(Copy.ferry, headline: "Ferry fire")
        for number in 0..<40 {
            room.file(
                Copy.ferry.replacing("12 people", with: "\(30 + number) people"), hour: number + 1)
        }
        let story = try #require(room.book.story(first.story))
        #expect(story.timeline.count == Story.mostHappenings + 1 && story.timeline.first?.kind == .opened)
        let shown = story.shownTimeline(limit: 6)
        #expect(shown.count == 6 && shown.first?.kind == .opened && shown.last?.words.contains("69") == true)
    }

    @Test func `a timeline survives a restart`() throws {
        var room = Newsroom()
        let first = room.file(
            Copy.ferry, headline: "Ferry fire", analysis: events([("a ferry caught fire", "accident", nil)]))
        room.file(Self.updated, hour: 9, analysis: events([("arrested two men", "arrest", "2017-07-14")]))
        var restored = StoryBook()
        for memory in room.memories { restored.restore(try #require(StoryBook.Memory(bytes: memory.bytes()))) }
        #expect(restored.story(first.story)?.timeline == room.book.story(first.story)?.timeline)
        #expect(restored.story(first.story)?.timeline.count == 3)
    }

    @Test func `digests show the timeline of a story that more than one article tells`() throws {
        var room = Newsroom()
        var chain = DigestChain(day: "2017-07-14", previousHash: "ab")
        var day: [UInt8] = []
        for (hour, text) in [(0, Copy.ferry), (3, Copy.ferry.replacing("12 people", with: "21 people"))] {
            let body = Text(text)
            let analysis = tolls([(hour == 0 ? "12 people" : "21 people", .killed, hour == 0 ? 12 : 21, nil)], in: body)
            let filing = room.file(text, headline: "Ferry fire", hour: hour) { _ in analysis }
            let article = Article(
                id: ArticleID(of: body.bytes), origin: .standardInput, headline: "Ferry fire", text: body,
                blocks: [Block(range: body.range, kind: .paragraph)])
            let composer = RecordComposer(
                filing: filing, article: article, analysis: analysis, story: room.book.story(filing.story))
            day += chain.line(composer.type, at: "2017-07-14T0\(hour):40:00Z") { composer.write(to: &$0) }
        }
        let lines = day.split(separator: 0x0A).map { Array($0) }
        #expect(JSONValue(parsing: lines[0])?["timeline"] == nil)
        let timeline = try #require(JSONValue(parsing: lines[1])?["timeline"]?.array)
        #expect(timeline.map { $0["kind"]?.string } == ["opened", "figure"])
        #expect(timeline[1]["article"]?.string == room.memories[1].article.hex && timeline[1]["start"]?.int == 0)
        let markdown = String(decoding: MarkdownDigest.page(of: day), as: UTF8.self)
        #expect(markdown.contains("Timeline:\n\n- 14 July 2017: first reported: Ferry fire (article "))
        #expect(markdown.contains("- 14 July 2017: killed: was 12, now 21 [1]"))
        let html = String(decoding: HTMLDigest.page(of: day), as: UTF8.self)
        #expect(html.contains("<h4>Timeline</h4>") && html.contains("killed: was 12, now 21 <a class=\"mark\""))
    }
}
