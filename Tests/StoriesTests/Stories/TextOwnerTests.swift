import ExtractionCore
import Testing

@testable import Stories

@Suite struct TextOwnerTests {
    private func agency(_ text: String, bylines: [String] = []) -> String? {
        let body = Text(text)
        return AgencyCredit.agency(
            of: Article(
                id: ArticleID(of: body.bytes), origin: .standardInput, bylines: bylines, text: body,
                blocks: [Block(range: body.range, kind: .paragraph)]))
    }

    @Test func `an agency is credited in the dateline, a byline or a credit line`() {
        #expect(agency("VELMORA (Harbour News) - A ferry burned.") == "Harbour News")
        #expect(agency("KARROW, Orland (AP) — A ferry burned.") == "AP")
        #expect(agency("(AFP) - A ferry burned.") == "AFP")
        #expect(agency("A ferry burned.", bylines: ["Jane Roe, Associated Press"]) == "AP")
        #expect(agency("A ferry burned.", bylines: ["Reuters"]) == "Reuters")
        #expect(agency("By Jane Roe, Reuters\n\nA ferry burned.") == "Reuters")
        #expect(agency("A ferry burned off Velmora.\n\nSource: Xinhua") == "Xinhua")
        #expect(agency("A ferry burned off Velmora.\n\n© 2031 Agence France-Presse") == "AFP")
    }

    @Test func `a person, a passing mention or a bracket in a sentence credits nobody`() {
        for text in [
            "The guard (a man of 40) - a sailor - ran.", "A ferry burned off Velmora.\n\nOfficials told Reuters so.",
            "The (AP) - style ferry burned.", "Short", "", "(", "(AFP", "(AFP)", "Mr Pap slept.\n\nBy Petra Smith",
        ] { #expect(agency(text) == nil, "\(text)") }
        for byline in ["Sana Khan", "Petra Lusa", "Jane Roe"] { #expect(agency("A ferry.", bylines: [byline]) == nil) }
    }

    @Test func `ten copies of a wire text are one source and two sites with texts of their own are two`() throws {
        var room = Newsroom()
        for number in 0..<30 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
        let first = room.file(
            "VELMORA (Harbour News) - " + Copy.ferry, headline: "Ferry fire off Velmora kills 12", site: "s0.example")
        for number in 1..<10 {
            room.file(Copy.ferry, headline: "Ferry fire \(number)", site: "s\(number).example", hour: 1)
        }
        let sources = { try #require(room.book.story(first.story)).sources }
        #expect(try sources() == 1)
        // Another site prints the agency's text with one figure changed: still the agency's.
        let changed = room.file(Copy.ferry.replacing("12", with: "13"), site: "s4.example", hour: 2)
        #expect(try changed.kind == .update && changed.owner == "Harbour News" && sources() == 1)
        let other = """
            A blaze on the passenger ferry Morning Star killed a dozen people near Velmora, rescuers said on Monday. \
            Passengers from Tesk jumped into the sea as smoke filled the car deck, and fishing boats pulled them out. The \
            coast guard has opened an inquiry into the fire.
            """
        let second = room.file(
            other, headline: "Passengers jump from burning ferry near Velmora", site: "gamma.example", hour: 2)
        #expect(try second.story == first.story && second.owner == "gamma.example" && sources() == 2)
        var restored = StoryBook()
        for memory in room.memories { restored.restore(try #require(StoryBook.Memory(bytes: memory.bytes()))) }
        #expect(restored.story(first.story) == room.book.story(first.story))
    }

    @Test func `a second report by one agency is no second source`() throws {
        var room = Newsroom()
        for number in 0..<30 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
        let first = room.file(
            "VELMORA (Harbour News) - " + Copy.ferry, headline: "Ferry fire off Velmora kills 12", site: "s0.example")
        let second = room.file(
            """
            TESK (HARBOUR NEWS) - A blaze on the passenger ferry Morning Star killed a dozen people near Velmora, rescuers \
            said on Monday. Passengers from Tesk jumped into the sea as smoke filled the car deck, and fishing boats pulled \
            them out. The coast guard has opened an inquiry into the fire.
            """, headline: "Passengers jump from burning ferry near Velmora", site: "gamma.example", hour: 2)
        let story = try #require(room.book.story(first.story))
        #expect(second.story == first.story && story.sources == 1 && story.sites.count == 2)
    }
}
