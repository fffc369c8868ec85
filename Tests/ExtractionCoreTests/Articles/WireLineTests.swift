import Testing

@testable import ExtractionCore

@Suite struct WireLineTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let story = [
        "Officials in Port Alder closed the harbour bridge on Monday after engineers found cracks in two piers.",
        "The repairs will take eight months, Mayor Ana Ruiz told residents at a meeting in the town hall.",
    ]

    private func article(head: [String], between: String? = nil, tail: [String] = []) throws -> Article {
        let lines = head + [story[0]] + [between].compactMap { $0 } + [story[1]] + tail
        return try reader.article(text: Array(lines.joined(separator: "\n\n").utf8))
    }

    private func running(_ article: Article) -> [String] {
        article.blocks.filter(\.isRunningText).map { article.text.string($0.range) }
    }

    private func blocks(_ article: Article) -> [String] { article.blocks.map { article.text.string($0.range) } }

    @Test func `marks around a story are no blocks`() throws {
        for mark in [
            "ENDS", "- ENDS -", "-ENDS-", "(MORE)", "MORE", "-more-", "###", "# # #", "-0-", "-30-", "NNNN", "___",
            "(END)", "* * *",
        ] {
            let article = try article(head: ["Harbour bridge closed"], between: mark, tail: [mark])
            #expect(blocks(article) == ["Harbour bridge closed"] + story, "\(mark)")
            #expect(article.text.string.contains(mark), "\(mark)")
        }
    }

    @Test func `slugs and notices stand above the headline`() throws {
        for line in [
            "BC-NL--Bridge Closed,1st Ld-Writethru,310", "BRIDGE (350 words)", "NOR-transport-bridge",
            "Unfälle/Verkehr/",
            "bdt0234 3 pl 210 dpa 0456", "ZCZC PAL0123", "BRIDGE 2 LAST", "EMBARGOED UNTIL 00:01 GMT, 7 JUNE 2017",
            "FOR IMMEDIATE RELEASE", "PRESS RELEASE", "Eds: Adds quote. With AP Photos.", "(Adds quote, background)",
            "ATTENTION - ADDS details ///", "AP Photo PAL101", "Share",
        ] {
            let article = try article(head: [line, "Harbour bridge closed"])
            #expect(article.headline == "Harbour bridge closed", "\(line)")
            #expect(blocks(article) == ["Harbour bridge closed"] + story, "\(line)")
        }
    }

    @Test func `headlines are no slugs`() throws {
        for headline in [
            "BRIDGE TOLL RISES TO 12", "12 hurt on bridge in Port Alder", "More than 12 hurt",
            "War-torn city-state votes",
            "Three 3 in 5 see 2 bridges", "Title: none", "Bridge shut: 12,000 cars a day must go round",
        ] {
            #expect(try article(head: [headline]).headline == headline, "\(headline)")
        }
    }

    @Test func `the end of a story is no story`() throws {
        for line in [
            "(Reporting by Jane Doe; Editing by Tom Ray)", "jd/tr/ar", "dpa jd yy n1 tr", "061210 Jun 17",
            "EN-06-06-17 1210GMT",
            "Example Press writer Tom Ray in Eastford contributed to this report.",
        ] {
            #expect(running(try article(head: ["Harbour bridge closed"], tail: [line])) == story, "\(line)")
        }
        // Rows of a table are text.
        #expect(
            try article(head: [], tail: ["Port Alder 58 1 49 .542 6", "7-0-32-0, Ray 2-0-22-0."]).blocks.count == 4)
        // A short last sentence is one.
        #expect(running(try article(head: [], tail: ["It was 12 on 6/6/17."])).count == 3)
    }

    @Test func `labels give the fields`() throws {
        let article = try article(
            head: [
                "Slug: BRIDGE-CLOSED\nDate: 6 June 2017\nByline: Jane Doe and Tom Ray\nHeadline: Harbour bridge closed\nWords: 240"
            ])
        #expect(article.headline == "Harbour bridge closed")
        #expect(article.bylines == ["Jane Doe", "Tom Ray"])
        #expect(article.contentDate?.iso8601 == "2017-06-06")
        #expect(running(article) == story)
    }

    @Test func `contacts of a press office are no headline`() throws {
        let article = try article(
            head: [
                "FOR IMMEDIATE RELEASE\nJune 6, 2017", "CONTACT:\nTom Ray\nHarbour Trust\n(555) 555-0101",
                "Harbour Bridge Closed",
            ])
        #expect(article.headline == "Harbour Bridge Closed")
    }

    @Test func `versions are no part of a headline`() throws {
        #expect(
            try article(head: ["UPDATE 2-Port Alder shuts harbour bridge"]).headline
                == "Port Alder shuts harbour bridge")
        #expect(
            try article(head: ["RPT-Port Alder shuts harbour bridge"]).headline == "Port Alder shuts harbour bridge")
        #expect(try article(head: ["Anti-bridge march held"]).headline == "Anti-bridge march held")
    }

    @Test func `old wires mark their lines`() throws {
        let text =
            "^Bridge closed after cracks are found<\n^By JANE DOE=\n   PORT ALDER, Norland (EX) _ " + story[0] + "\n   "
            + story[1] + "\n-0-\n"
        let article = try reader.article(text: Array(text.utf8))
        #expect(article.headline == "Bridge closed after cracks are found")
        #expect(article.bylines == ["Jane Doe"])
        #expect(article.dateline?.place == "PORT ALDER, Norland")
        #expect(article.dateline?.agency == "EX")
    }

    @Test func `a dateline may stand on a line of its own`() throws {
        let text =
            "Bridge closed in Port Alder\n\nPort Alder, Norland, June 6, 2017 (EX) -\n" + story[0] + "\n\n" + story[1]
        let article = try reader.article(text: Array(text.utf8))
        #expect(article.dateline?.place == "Port Alder, Norland")
        #expect(article.dateline?.date?.iso8601 == "2017-06-06")
    }

    @Test func `a text of marks alone keeps them`() throws {
        #expect(try reader.article(text: Array("MORE\n\nENDS".utf8)).blocks.count == 2)
    }
}
