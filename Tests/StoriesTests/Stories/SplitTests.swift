import ExtractionCore
import Testing

@testable import Stories

/// Two invented events that share nothing, and round-ups that tell of both.
private enum Events {
    static let ferry = [
        (
            "Ferry Morning Star burns off Velmora",
            "A fire broke out aboard the ferry Morning Star off Velmora, and the coast guard took passengers to Tesk. Smoke had filled the car deck of the Morning Star before fishing boats from Tesk arrived."
        ),
        (
            "Morning Star ferry passengers tell of smoke",
            "Passengers of the ferry Morning Star told in Velmora how smoke came from the car deck. Fishing boats brought them to Tesk, where the coast guard counted the passengers of the burning ferry."
        ),
        (
            "Coast guard opens inquiry into Morning Star fire",
            "The coast guard at Velmora began an inquiry into the fire on the ferry Morning Star. Divers looked at the car deck; the ferry now lies at Tesk and smoke still rises from it."
        ),
        (
            "Owner of Morning Star takes ferries out of service",
            "The owner of the ferry Morning Star kept two sister ships in Velmora after the fire. The coast guard found doors of the car deck locked, passengers in Tesk said of the smoke."
        ),
    ]
    static let mine = [
        (
            "Coal mine at Drumlin collapses",
            "A gallery of the Oskar coal mine at Drumlin gave way, and miners were trapped in the shaft behind fallen rock. Engineers of Halden Mining lowered a camera into the Oskar shaft at Drumlin."
        ),
        (
            "Trapped miners of Drumlin heard knocking",
            "Rescuers at the Oskar coal mine in Drumlin heard miners knocking on pipes behind fallen rock. Halden Mining drilled from the old shaft towards the gallery of the trapped miners."
        ),
        (
            "Halden Mining drills towards Drumlin shaft",
            "Halden Mining brought a second drill to the Oskar coal mine. The gallery where the miners are trapped lies under Drumlin, and rock keeps falling into the shaft, engineers said."
        ),
        (
            "Drumlin miners freed from Oskar gallery",
            "All trapped miners left the gallery of the Oskar coal mine at Drumlin through a hole that Halden Mining drilled. Engineers had propped up the rock above the shaft."
        ),
    ]
    static let roundup = (
        "Ferry Morning Star burns off Velmora, coal mine at Drumlin collapses",
        """
        Passengers of the burning ferry Morning Star reached Tesk on boats of the coast guard, which saw smoke on the car \
        deck from Velmora.

        Falling rock shut miners of the Oskar coal mine into a gallery at Drumlin, and engineers of Halden Mining looked down \
        the shaft.
        """
    )
}

@Suite struct SplitTests {
    private func room() -> Newsroom {
        var room = Newsroom()
        for number in 0..<30 { room.file(Copy.filler(number), headline: "Council news k\(number)") }
        return room
    }

    private func file(_ article: (String, String), _ room: inout Newsroom, hour: Int) -> Filing {
        room.file(article.1, headline: article.0, site: "site\(hour).example", hour: hour)
    }

    @Test func `a round-up does not chain two stories`() throws {
        var room = room()
        let ferry = file(Events.ferry[0], &room, hour: 1).story
        let mine = file(Events.mine[0], &room, hour: 1).story
        #expect(ferry != mine)
        _ = file(Events.roundup, &room, hour: 2)
        for number in 1...3 {
            #expect(file(Events.ferry[number], &room, hour: 2 + number).story == ferry)
            #expect(file(Events.mine[number], &room, hour: 2 + number).story == mine)
        }
        #expect(room.book.story(ferry)?.splits == [] && room.book.story(mine)?.splits == [])
    }

    @Test func `a story that a round-up opened is split when its parts show, and both record it`() throws {
        var room = room()
        let opened = file(Events.roundup, &room, hour: 1)
        var splits: [(old: StoryID, new: StoryID)] = []
        var stories: [[StoryID]] = [[], []]
        for number in 0...3 {
            for (event, article) in [Events.ferry[number], Events.mine[number]].enumerated() {
                let filing = file(article, &room, hour: 2 + number)
                stories[event].append(filing.story)
                if let old = filing.split { splits.append((old, filing.story)) }
            }
        }
        try #require(splits.count == 1)
        let (old, new) = splits[0]
        #expect(old == opened.story && new != old)
        #expect(room.book.story(old)?.splits == [new] && room.book.story(new)?.splitFrom == old)
        // From the split on each event has its own story; before it, the ids stand as they were given.
        #expect(Set([stories[0].last, stories[1].last]) == [old, new])
        let (first, second) = try (#require(room.book.story(old)), #require(room.book.story(new)))
        #expect(first.articles + second.articles == 9 && second.articles == 4, "\(second.articles) \(stories)")
        #expect(second.headline.contains("Drumlin") || second.headline.contains("Morning Star"))

        var restored = StoryBook()
        for memory in room.memories { restored.restore(try #require(StoryBook.Memory(bytes: memory.bytes()))) }
        #expect(restored.allStories == room.book.allStories)
        var again = room
        again.book = restored
        for article in [Events.ferry[1], Events.mine[1]] {
            let copy = article.1 + " Read more."
            let filing = again.file(copy, hour: 9)
            #expect(filing == room.file(copy, hour: 9) && filing.kind == .duplicate)
        }
    }

    @Test func `copies and updates of a moved text go with it, and its tolls too`() throws {
        var room = room()
        _ = file(Events.roundup, &room, hour: 1)
        _ = file(Events.ferry[0], &room, hour: 2)
        let text = "At least 14 people are missing. " + Events.mine[0].1
        let before = room.file(text, headline: Events.mine[0].0, hour: 2) {
            tolls([("14 people", .missing, 14, "Halden Mining")], in: $0)
        }
        var new: StoryID?
        for number in 1...3 where new == nil {
            _ = file(Events.ferry[number], &room, hour: 2 + number)
            let filing = file(Events.mine[number], &room, hour: 2 + number)
            if filing.split != nil { new = filing.story }
        }
        let split = try #require(new)
        #expect(before.story != split)
        let update = room.file(text.replacing("14 people", with: "17 people"), headline: Events.mine[0].0, hour: 8) {
            tolls([("17 people", .missing, 17, "Halden Mining")], in: $0)
        }
        #expect(update.kind == .update && update.story == split)
        #expect(update.changes.first?.from?.low == 14 && update.changes.first?.supersedes == before.tolls[0].id)
        #expect(room.book.story(before.story)?.tolls.isEmpty == true)
    }

    @Test func `records, digests and the stream's answers name a split`() throws {
        var stream = StoryStream { _ in Analysis() }
        var chain = DigestChain(day: "2017-07-14", previousHash: "ab")
        var room = room()
        var day: [UInt8] = []
        var answers: [JSONValue] = []
        let articles = [Events.roundup] + zip(Events.ferry, Events.mine).flatMap { [$0, $1] }
        for (number, article) in articles.enumerated() {
            var line = JSONWriter()
            line.object { json in
                json.member("id", "a\(number)")
                json.member("title", article.0)
                json.member("text", article.1)
                json.member("date", "2017-07-14")
            }
            answers.append(try #require(JSONValue(parsing: stream.line(line.bytes))))
            let filing = file(article, &room, hour: number)
            let body = Text(article.1)
            let composer = RecordComposer(
                filing: filing,
                article: Article(
                    id: ArticleID(of: body.bytes), origin: .standardInput, headline: article.0, text: body,
                    blocks: [Block(range: body.range, kind: .paragraph)]), analysis: Analysis(),
                story: room.book.story(filing.story))
            day += chain.line(composer.type, at: "2017-07-14T10:00:00Z") { composer.write(to: &$0) }
        }
        let split = answers.compactMap { $0["split_from"]?.string }
        #expect(split.count == 1 && split.first == answers[0]["story"]?.string)
        let old = try #require(room.memories.compactMap(\.split).first).from.value
        let markdown = String(decoding: MarkdownDigest.page(of: day), as: UTF8.self)
        #expect(markdown.contains("another event than story " + old))
        let html = String(decoding: HTMLDigest.page(of: day), as: UTF8.self)
        #expect(html.contains("another event than story " + old))
    }

    @Test func `a story whose reports share their names is never split`() {
        for texts in [Events.ferry, Events.mine] {
            var room = room()
            let stories = Set(texts.enumerated().map { file($0.element, &room, hour: $0.offset).story })
            #expect(stories.count == 1)
        }
    }

    @Test func `a split names its texts in one order, whatever the process`() {
        var members = StoryMembers()
        func vector(_ event: UInt32) -> TermVector {
            TermVector((1...8).map { Term(hash: event * 100 + $0, count: 1) }) { _ in 1 }
        }
        for lineage in 1...15 as ClosedRange<UInt32> { members.add(lineage, vector(lineage <= 9 ? 1 : 2)) }
        let going = members.parting(with: vector(2))?.going ?? []
        #expect(Set(going) == Set(10...15))
        #expect(going == going.sorted())
    }
}
