import ExtractionCore
import Stories
import Testing

@Suite struct StoryBookTests {
    @Test func `the first article opens a story and the same words repeat it`() {
        var room = Newsroom()
        let first = room.file(Copy.ferry, headline: "Ferry fire kills 12")
        #expect(first.kind == .opened)
        let again = room.file(Copy.ferry.uppercased(), headline: "Other headline", site: "beta.example")
        #expect(again.kind == .duplicate && again.isExact && again.story == first.story)
        #expect(room.book.story(first.story)?.duplicates == 1)
        #expect(room.book.story(first.story)?.sites == ["alpha.example"])
    }

    @Test func `light edits are duplicates`() {
        let edits: [(String) -> String] = [
            { "VELMORA (Harbour News) - " + $0 },
            { "By Jane Roe, Velmora\n\n" + $0 + "\n\nRead the full story" },
            { String($0.prefix(520)) },
            { $0.replacing("passengers", with: "pasengers").replacing("harbour", with: "harbor") },
            { $0.replacing("180", with: "one hundred and eighty").replacing("one hundred and eighty", with: "180") },
            { $0.replacing("nine", with: "9") },
            { $0.replacing("according to", with: "said") },
            { text in text.split(separator: "\n\n").filter { !$0.hasPrefix("Survivors") }.joined(separator: "\n\n") },
            { text in text.split(separator: "\n\n").reversed().joined(separator: "\n\n") },
        ]
        for (number, edit) in edits.enumerated() {
            var room = Newsroom()
            let first = room.file(Copy.ferry)
            let second = room.file(edit(Copy.ferry), site: "beta.example", hour: 1)
            #expect(second.kind == .duplicate && second.story == first.story, "edit \(number): \(second.changes)")
        }
    }

    @Test func `furniture is learned from the stream`() {
        let furniture = """


            Our readers pay for these pages with small gifts, and every gift helps to keep the presses warm. Choose a \
            plan that suits your household, and cancel whenever you like from the account screen.
            """
        var room = Newsroom()
        for number in 0..<6 { room.file(Copy.filler(number) + furniture, hour: number) }
        room.file(Copy.ferry, hour: 7)
        #expect(room.file(Copy.ferry + furniture, site: "beta.example", hour: 8).kind == .duplicate)
    }

    @Test func `news in a known text is an update that names it`() {
        let cases: [(edit: (String) -> String, word: String)] = [
            ({ $0.replacing("12 people", with: "21 people") }, "21"),
            ({ $0.replacing("did not open", with: "did open") }, "negation"),
            ({ $0.replacing("had taken two", with: "had not taken two") }, "not"),
            ({ $0.replacing("Monday", with: "Sunday") }, "Sunday"),
            ({ $0.replacing("killed", with: "injured") }, "injured"),
            ({ $0.replacing("Morning Star", with: "Evening Star") }, "Evening"),
            (
                { $0 + "\n\nTwo engineers of the ship were questioned by the coast guard on Tuesday morning." },
                "engineers"
            ),
            ({ $0 + "\n\nThis article was corrected: the ship came from Tesk." }, "orrect"),
        ]
        for (edit, word) in cases {
            var room = Newsroom()
            let first = room.file(Copy.ferry)
            let second = room.file(edit(Copy.ferry), hour: 3)
            #expect(second.kind == .update && second.of == room.memories[0].article, "\(word)")
            #expect(second.story == first.story)
            #expect(second.changes.contains { $0.summary.contains(word) }, "\(word): \(second.changes.map(\.summary))")
        }
    }

    @Test func `a late copy of the first version repeats the first version`() {
        var room = Newsroom()
        room.file(Copy.ferry)
        let original = room.memories[0].article
        #expect(room.file(Copy.ferry.replacing("12", with: "21"), hour: 3).kind == .update)
        let late = room.file("TESK (Other Wire) - " + Copy.ferry, site: "beta.example", hour: 4)
        #expect(late.kind == .duplicate && late.of == original)
    }

    @Test func `the next item of a series is another article`() {
        func rates(_ day: String, _ values: [String]) -> String {
            """
            The central bank of Orland lent \(values[0]) million crowns to commercial banks on \(day) at its daily \
            tender. Bids came to \(values[1]) million crowns, the average rate was \(values[2]) percent and the lowest \
            accepted rate \(values[3]) percent. Money dealers said overnight funds traded at \(values[4]) percent.
            """
        }
        var room = Newsroom()
        room.file(rates("Monday", ["310", "540", "4.25", "4.10", "4.3"]))
        let next = room.file(rates("Tuesday", ["275", "610", "4.31", "4.18", "4.4"]), hour: 25)
        #expect(next.kind == .joined || next.kind == .opened)
        #expect(next.changes.isEmpty)
    }

    @Test func `the same form about another place updates nothing and opens a story of its own`() {
        func fire(_ number: Int, _ dock: Int, _ town: String) -> String {
            """
            Fire \(number) at dock \(dock) of \(town) was put out on Monday by the harbour brigade after crews had \
            pumped water from two boats for most of the night. Nobody was hurt, the duty officer said, and the quay \
            opened again before the first ferry. Damage to the sheds will be counted by the insurers this week.
            """
        }
        for (dock, town) in [(7, "Lenne"), (7, "Harrow Quay"), (0, "Lenne")] {
            var room = Newsroom()
            let first = room.file(fire(0, 0, "Harrow Quay"), headline: "Fire 0 at dock 0")
            let other = room.file(fire(1, dock, town), headline: "Fire 1 at dock \(dock)", hour: 1)
            #expect(other.kind == .opened && other.story != first.story, "\(dock) \(town): \(other)")
        }
    }

    @Test func `another outlet's report on the event joins the story and other news does not`() {
        var room = Newsroom()
        for number in 0..<30 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
        let first = room.file(Copy.ferry, headline: "Ferry fire off Velmora kills 12")
        let other = """
            A blaze on the passenger ferry Morning Star killed a dozen people near Velmora, rescuers said on Monday. \
            Passengers from Tesk jumped into the sea as smoke filled the car deck, and fishing boats pulled them out. The \
            coast guard has opened an inquiry into the fire.
            """
        let second = room.file(
            other, headline: "Passengers jump from burning ferry near Velmora", site: "gamma.example", hour: 2)
        #expect(second.kind == .joined && second.story == first.story)
        let third = room.file(Copy.strike, headline: "Karrow dockers walk out", site: "gamma.example", hour: 2)
        #expect(third.kind == .opened && third.story != first.story)
        #expect(room.book.story(first.story)?.sites == ["alpha.example", "gamma.example"])
    }

    @Test func `a headline that belongs to two stories makes them one, and the ids stay valid`() throws {
        var room = Newsroom()
        for number in 0..<10 { room.file("", headline: "Council of Norrby ward k\(number) votes on street lamps") }
        let first = room.file("", headline: "Orlando Vesk resigns as Tarnow governor")
        let second = room.file("", headline: "Pipeline scandal shakes Grauholm ministry")
        #expect(first.story != second.story)
        let bridge = room.file("", headline: "Orlando Vesk resigns over Pipeline scandal in Grauholm ministry")
        for number in 0..<3 {
            room.file(
                "", headline: "Orlando Vesk, Tarnow governor, and the Pipeline scandal of Grauholm ministry \(number)")
        }
        let story = try #require(room.book.story(first.story))
        #expect(story == room.book.story(second.story) && story == room.book.story(bridge.story))
        #expect(story.merged.count == 1 && story.articles == 6)
        #expect(room.memories.contains { $0.merged == story.merged })
        var restored = StoryBook()
        for memory in room.memories { restored.restore(try #require(StoryBook.Memory(bytes: memory.bytes()))) }
        #expect(restored.allStories == room.book.allStories)
        #expect(room.book.retire(before: Instant(seconds: 1_600_000_000)).contains { $0.id == story.id })
        #expect(room.book.story(first.story) == nil && room.book.story(second.story) == nil)
    }

    @Test func `news after a quiet day begins a new phase`() {
        for (hour, status) in [(20, Story.Status.updated), (30, .newPhase)] {
            var room = Newsroom()
            let first = room.file(Copy.ferry)
            room.file(Copy.ferry.replacing("12", with: "21"), hour: hour)
            #expect(room.book.story(first.story)?.status == status, "\(hour)")
            room.file(Copy.ferry.replacing("12", with: "21"), site: "beta.example", hour: hour + 40)
            #expect(room.book.story(first.story)?.status == status)
        }
    }

    @Test func `a story closes when nothing came`() {
        var room = Newsroom()
        let first = room.file(Copy.ferry)
        let second = room.file(Copy.strike, hour: 100)
        let closed = room.book.retire(before: Instant(seconds: 1_500_000_000 + 50 * 3600))
        #expect(closed.map(\.id) == [first.story] && closed.first?.status == .closed)
        #expect(room.book.story(first.story) == nil && room.book.story(second.story) != nil)
        #expect(room.book.candidates(for: fingerprint(of: Text(Copy.ferry))).isEmpty)
        #expect(room.file(Copy.ferry, hour: 101).kind == .opened)
    }

    @Test func `the texts of a closed story are known for longer than the story`() {
        var room = Newsroom()
        let first = room.file(Copy.ferry, headline: "Ferry fire")
        let later = Instant(seconds: 1_500_000_000 + 200 * 3600)
        #expect(room.book.retire(before: later, textsBefore: Instant(seconds: 0)).map(\.id) == [first.story])
        #expect(room.book.story(first.story) == nil && room.book.textCount == 1)
        let copy = room.file(Copy.ferry, site: "beta.example", hour: 210)
        #expect(copy.kind == .duplicate && copy.story == first.story)
        #expect(room.book.retire(before: later.adding(seconds: 864_000), textsBefore: Instant(seconds: 0)).count == 1)
        let update = room.file(Copy.ferry.replacing("12", with: "21"), hour: 60)
        #expect(update.kind == .update && update.story == first.story)
        #expect(room.book.story(first.story)?.articles == 1)
        let end = later.adding(seconds: 8_640_000)
        #expect(room.book.retire(before: end, textsBefore: end).count == 1 && room.book.textCount == 0)
    }

    @Test func `odd texts are filed quickly`() {
        var room = Newsroom()
        let odd = [
            "", "word", "\u{1F600}", String(repeating: "same ", count: 1_000_000),
            String(repeating: "\u{1F600} ", count: 9999),
            String(repeating: "x", count: 300_000), "1 2 3 4 5 6 7 8 9 10 11 12 13", "\n\n\n", "'''", "- : |",
        ]
        for text in odd { room.file(text, headline: text.isEmpty ? nil : "Odd") }
        for text in odd where text.count > 3 && text.count < 30 { room.file(text + " more", headline: "") }
        let numbers = (0..<60_000).map { String($0 * 7919 % 1000) }.joined(separator: " ")
        room.file(numbers)
        let filing = room.file(numbers + " and one more sentence that was added here.")
        #expect(filing.kind != .duplicate)
    }
}
