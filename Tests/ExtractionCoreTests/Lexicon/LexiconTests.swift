import ExtractionCore
import Testing

@Suite struct LexiconTests {
    @Test func `a word tells every list it stands in`() {
        let lists = sampleLexicon.lists(of: "general")
        #expect(lists.contains(.titles) && lists.contains(.roles))
        #expect(!lists.contains(.demonyms))
        #expect(sampleLexicon.lists(of: "").isEmpty)
    }

    @Test func `a value is the line's second column`() {
        #expect(sampleLexicon.value("norwegian", in: .demonyms) == "NO")
        #expect(sampleLexicon.value("lt", in: .abbreviations) == "title")
        #expect(sampleLexicon.value("lt.", in: .abbreviations) == "title")
        #expect(sampleLexicon.value("norwegians", in: .titles) == nil)
    }

    @Test func `the longest phrase wins`() throws {
        let words = ["deputy", "foreign", "minister", "ito"]
        let found = try #require(sampleLexicon.longestPhrase(at: 0, in: words, list: .titles))
        #expect(found.count == 3)
        #expect(sampleLexicon.longestPhrase(at: 3, in: words, list: .titles) == nil)
        #expect(sampleLexicon.longestPhrase(at: 0, in: [], list: .titles) == nil)
        let short = try #require(sampleLexicon.longestPhrase(at: 0, in: ["lt.", "gen.", "ito"], list: .titles))
        #expect(short.count == 2)
    }

    @Test func `an empty lexicon knows nothing and traps nowhere`() {
        let lexicon = Lexicon()
        #expect(lexicon.lists(of: "general").isEmpty)
        #expect(lexicon.gazetteer.entries(named: "Oslo").isEmpty)
        let text = tokenize(sampleArticle("Mr. Okoro of Oslo spoke. Then he left."), lexicon: lexicon)
        #expect(!findEntities(in: text, lexicon: lexicon).mentions.isEmpty)
    }

    @Test(arguments: [("Oslo", "NO"), ("Raqqa", "SY"), ("Hargeisa", "SO"), ("Kyiv", "UA"), ("Kiev", "UA")])
    func `the gazetteer knows cities`(_ name: String, _ country: String) {
        #expect(sampleLexicon.gazetteer.entries(named: name).contains { $0.country == country && $0.kind == .city })
    }

    @Test func `the gazetteer knows countries, seas and states`() throws {
        let norway = try #require(sampleLexicon.gazetteer.entries(named: "Norway").first)
        #expect(norway.kind == .country && norway.country == "NO" && abs(norway.latitude - 64) < 3)
        #expect(sampleLexicon.gazetteer.entries(named: "Red Sea").first?.country == "")
        #expect(sampleLexicon.gazetteer.entries(named: "Ohio").contains { $0.kind == .region && $0.country == "US" })
        #expect(sampleLexicon.gazetteer.country("SO")?.name == "Somalia")
        #expect(sampleLexicon.gazetteer.country("?") == nil)
    }
}
