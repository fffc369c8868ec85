import Testing

@testable import ExtractionCore

@Suite struct PlainTextTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let story = [
        "The council has closed the old bridge over the river after engineers found cracks in two of its piers on Monday morning.",
        "Drivers will have to use the northern crossing until repairs are done, which may take as long as eight months, officials said.",
        "\"Nobody will be put at risk,\" the mayor told residents at a meeting in the town hall, adding that buses would run free of charge.",
    ]

    private func article(_ paragraphs: [String]) throws -> Article {
        try reader.article(text: Array(paragraphs.joined(separator: "\n\n").utf8))
    }

    private func kinds(_ article: Article) -> [Block.Kind] { article.blocks.map(\.kind) }

    @Test func `captions with credits are no running text`() throws {
        let captions = [
            "Workers inspect the bridge in Millford on 4 May 2019 Ana Ruiz/EPA",
            "Workers inspect the bridge in Millford. Ana Ruiz/Reuters",
            "Workers inspect the bridge in Millford, Ohio, May 4, 2019. (AP Photo/Ana Ruiz)",
            "The closed bridge seen from above. Photo: Ana Ruiz",
            "The closed bridge at dawn (Ana Ruiz/Getty Images)", "Cracks in the pier. © Ana Ruiz",
            "FILE PHOTO: The bridge is seen in Millford, January 3, 2018",
            "In this photo taken on Sunday, workers inspect the bridge in Millford.",
            "The bridge at Millford (file photo)", "The old bridge. Photograph: Ana Ruiz/The Courier",
            "Workers inspect the bridge. AFP/Getty Images",
            "The bridge as it was before it was closed to all traffic and to people on foot REUTERS/Ana Ruiz",
        ]
        for caption in captions {
            for position in 0...story.count {
                var paragraphs = story
                paragraphs.insert(caption, at: position)
                let article = try article(paragraphs)
                #expect(article.captions == [caption], "\(caption) at \(position)")
                #expect(
                    article.blocks.filter { $0.kind == .paragraph }.count == story.count, "\(caption) at \(position)")
            }
        }
    }

    @Test func `alternative text above a caption belongs to it`() throws {
        let article = try article([
            story[0],
            "Millford bridge closed cracks river\nAn engineer looks at a pier of the bridge on 4 May 2019 Ana Ruiz/EPA",
            story[1], story[2],
        ])
        #expect(kinds(article) == [.paragraph, .caption, .caption, .paragraph, .paragraph])
        #expect(article.captions.count == 2)
        #expect(article.contentDate?.iso8601 == "2019-05-04")
        #expect(article.contentDateBasis == "caption")
    }

    @Test func `running text is no caption`() throws {
        let texts = [
            "The ratio of and/or clauses in the contract was never explained to the council.",
            "He declined to comment. (Reuters)",
            "The photo showed a crack in the pier, the engineer said.",
            "Officials in Millford/Easton said the work would go on.",
            "She works for the AP in London.", "The group published an image of the bridge on Sunday.",
        ]
        for text in texts {
            let article = try article([story[0], text, story[1]])
            #expect(kinds(article) == [.paragraph, .paragraph, .paragraph], "\(text)")
        }
    }

    @Test func `headline, byline and headings are found`() throws {
        let article = try article([
            "Millford closes its old bridge", "By Ana Ruiz and Tom Le Roy", story[0], "What happens now", story[1],
            story[2],
        ])
        #expect(article.headline == "Millford closes its old bridge")
        #expect(article.bylines == ["Ana Ruiz", "Tom Le Roy"])
        #expect(kinds(article) == [.heading, .heading, .paragraph, .heading, .paragraph, .paragraph])
    }

    @Test func `a slug stands above the headline`() throws {
        let article = try article([
            "BRIDGE-MILLFORD", "Millford closes its old bridge", "Tom Ray, Courier correspondent", story[0], story[1],
        ])
        #expect(article.headline == "Millford closes its old bridge")
        #expect(article.bylines == ["Tom Ray"])
    }

    @Test func `bylines give names`() {
        let cases: [(String, [String]?)] = [
            ("By Jane Doe", ["Jane Doe"]), ("BY JANE DOE", ["Jane Doe"]), ("By Jane Doe, Example Press", ["Jane Doe"]),
            ("By Jane Doe, John Roe and Kim van Dyk", ["Jane Doe", "John Roe", "Kim van Dyk"]),
            ("By Jane Doe and John Roe, Example News", ["Jane Doe", "John Roe"]),
            ("Jane Doe, Example correspondent", ["Jane Doe"]), ("By the river", nil), ("by 2020", nil),
            ("Jane Doe", nil), ("By Jane Doe in Cairo", ["Jane Doe"]),
        ]
        for (line, names) in cases {
            let bytes = Array(line.utf8)
            #expect(Byline.names(in: bytes, 0..<bytes.count, allowsBareName: true) == names, "\(line)")
        }
    }

    @Test func `datelines give place, day and agency`() {
        let cases: [(String, String?, String?, String?)] = [
            ("CAIRO, June 5 (Example) - Talks began.", "CAIRO", "2019-06-05", "Example"),
            ("GENEVA (AP) — Talks began.", "GENEVA", nil, "AP"),
            ("KYIV, Ukraine — Talks began.", "KYIV, Ukraine", nil, nil),
            ("SAN JUAN, Puerto Rico (AP) -- Talks began.", "SAN JUAN, Puerto Rico", nil, "AP"),
            ("Berlin (dpa) - Talks began.", "Berlin", nil, "dpa"), ("(Reuters) - Talks began.", nil, nil, "Reuters"),
            ("LONDON, 12 March 2020 – Talks began.", "LONDON", "2020-03-12", nil),
            ("NEW DELHI, May 3 (PTI): Talks began.", "NEW DELHI", "2019-05-03", "PTI"),
        ]
        let reference = CivilDate(year: 2019, month: 6, day: 6)
        for (line, place, date, agency) in cases {
            let bytes = Array(line.utf8)
            let dateline = DatelineReader.dateline(in: bytes, 0..<bytes.count, near: reference)
            #expect(dateline?.place == place, "\(line)")
            #expect(dateline?.date?.iso8601 == date, "\(line)")
            #expect(dateline?.agency == agency, "\(line)")
            #expect(dateline.map { Text(line).string($0.range).hasSuffix("Talks") } == false, "\(line)")
        }
        for line in [
            "Silence — that was all.", "BREAKING - A fire.", "The talks, which began on June 5 - late - ended.",
            "A US-led force moved.", "He said - well - no.",
        ] {
            let bytes = Array(line.utf8)
            #expect(DatelineReader.dateline(in: bytes, 0..<bytes.count, near: reference) == nil, "\(line)")
        }
    }

    @Test func `doubled words are mended, meant ones stay`() {
        let cases: [(String, [String])] = [
            ("The The council", ["The"]), ("one of of them", ["of"]), ("The the man", ["The"]), ("to\nto go", ["to"]),
            ("the the the", ["the"]),
            ("had had enough", []), ("that that is", []), ("very very cold", []), ("no no no", []),
            ("Duran Duran played", []), ("12 12", []),
            ("the, the", []), ("of. Of course", []), ("in in the night", []), ("bathe the", []), ("and and-then", []),
        ]
        for (text, words) in cases {
            let bytes = Array(text.utf8)
            let repairs = DoubledWords.repairs(in: bytes, 0..<bytes.count)
            #expect(repairs.map(\.replacement) == words, "\(text)")
        }
        #expect(DoubledWords.repairs(in: Array("x The The y".utf8), 0..<11).first?.range == TextRange(2, 9))
    }

    @Test func `wrapped lines are one paragraph`() throws {
        let wrapped = """
            The council has closed the old bridge over the river after engineers
            found cracks in two of its piers on Monday morning, and drivers will
            have to use the northern crossing until the repairs are done.

            "Nobody will be put at risk," the mayor told residents at a meeting
            in the town hall, adding that buses would run free of charge for as
            long as it takes.
            """
        #expect(try reader.article(text: Array(wrapped.utf8)).blocks.count == 2)
    }

    @Test func `a paragraph a line needs no blank lines`() throws {
        #expect(try reader.article(text: Array(story.joined(separator: "\n").utf8)).blocks.count == 3)
    }

    @Test func `languages are told by their small words`() {
        #expect(LanguageGuess.language(of: Array(story.joined().utf8)) == "en")
        #expect(
            LanguageGuess.language(
                of: Array("Der Rat hat die alte Brücke über den Fluss gesperrt, und das ist nicht gut.".utf8)) == "de")
        #expect(
            LanguageGuess.language(
                of: Array("Le conseil a fermé le vieux pont et la mairie est dans une situation difficile.".utf8))
                == "fr")
        #expect(LanguageGuess.language(of: Array("Совет закрыл старый мост через реку".utf8)) == "ru")
        #expect(LanguageGuess.language(of: Array("xx 12".utf8)) == nil)
    }
}
