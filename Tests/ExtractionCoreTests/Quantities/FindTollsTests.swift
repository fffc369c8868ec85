import Testing

@testable import ExtractionCore

@Suite struct FindTollsTests {
    private func tolls(_ text: String) -> [String] {
        factAnalysis(text).facts.tolls.map {
            "\($0.outcome.rawValue) \($0.low)-\($0.high == Int.max ? "" : String($0.high)) \($0.precision.rawValue)"
        }
    }

    @Test func `a toll is read from verb, noun and voice`() {
        let cases: [(String, [String])] = [
            ("The blast killed 17, including women and children.", ["killed 17-17 exact"]),
            ("Some 40 villagers were killed in the flood.", ["killed 40-40 about"]),
            ("At least 33 people were wounded in clashes.", ["wounded 33- at_least"]),
            ("The storm has displaced tens of thousands of residents.", ["displaced 20000-99999 vague"]),
            ("The death toll rose to 58 on Monday.", ["killed 58-58 exact"]),
            ("The quake left nine dead and 45 injured.", ["killed 9-9 exact", "wounded 45-45 exact"]),
            ("A truck hit a crowd, killing at least four.", ["killed 4- at_least"]),
            ("Dozens of students were arrested.", ["detained 24-99 vague"]),
            ("Gunmen kidnapped 14 miners near the border.", ["abducted 14-14 exact"]),
            ("Up to 30 sailors are missing after the storm.", ["missing 0-30 at_most"]),
            ("Two children died in the fire.", ["killed 2-2 exact"]),
            ("The crash killed three people and injured 12 others.", ["killed 3-3 exact", "wounded 12-12 exact"]),
            ("Between 50 and 60 people drowned.", ["killed 50-60 exact"]),
            ("About 1,200 people fled the town.", ["displaced 1200-1200 about"]),
            ("In all, 26 passengers, including 5 children, were killed.", ["killed 26-26 exact"]),
        ]
        for (text, expected) in cases { #expect(tolls(text) == expected, "\(text)") }
    }

    @Test func `a count of victims has its figure behind a verb of counting`() {
        let cases: [(String, [String])] = [
            ("The number of people killed when a bus left the road near Orvel rose to nine.", ["killed 9-9 exact"]),
            ("The number of people killed in the fire rose from three to at least 11.", ["killed 11- at_least"]),
            ("Officials put the number of dead workers at 11.", ["killed 11-11 exact"]),
            ("The number of injured has climbed to 40.", ["wounded 40-40 exact"]),
            ("The ministry put the dead at nine.", ["killed 9-9 exact"]),
            ("The number of those missing was 17.", ["missing 17-17 exact"]),
        ]
        for (text, expected) in cases { #expect(tolls(text) == expected, "\(text)") }
        for text in [
            "The number of people killed on the roads rose by 12.", "The number of dead seals rose to 300.",
            "The number of cattle killed has reached 40.",
            "The number of people killed is not known; the bus went to 12 towns.",
        ] { #expect(tolls(text) == [], "\(text)") }
    }

    @Test func `what is no toll gives none`() {
        let cases = [
            "No one was killed in the fire.", "The wolf killed 12 sheep.", "He was detained for 12 hours.",
            "Maria, 34, was killed on the road.", "The police did not arrest 20 people.", "She scored 12 points.",
            "The road toll is 12 euros.",
        ]
        for text in cases { #expect(tolls(text) == [], "\(text)") }
    }

    @Test func `rival sources keep rival tolls`() throws {
        let text = """
            Shells hit the harbour of Odesa on Monday (8 March).
            State news agency TAVO reported that the shelling by the northern army killed 8, including two nurses. \
            The Marlow Institute said 15 people were killed in the shelling. It said it was probably carried out by rebels.
            """
        let (article, facts) = factAnalysis(text, published: nil)
        #expect(facts.tolls.map(\.low) == [8, 15])
        let first = try #require(facts.tolls.first)
        #expect(first.cause == "shelling")
        #expect(first.attribution?.stance == .reports)
        #expect(first.attribution?.kind == "state news agency")
        #expect(first.attribution?.name.hasSuffix("TAVO") ?? false)
        #expect(first.blamed?.contains("army") ?? false)
        #expect(article.text.string(first.range) == "killed 8, including two nurses")
        let second = try #require(facts.tolls.last)
        #expect(second.attribution?.name.contains("Marlow") ?? false)
        #expect(second.attribution?.stance == .says)
        #expect(second.victims == "people")
        #expect(second.blamed == nil)
        let claim = try #require(facts.claims.last)
        #expect(claim.hedge == "probably")
        #expect(claim.attribution?.name == second.attribution?.name)
    }

    @Test func `an open span counts to the reference day`() throws {
        let (_, facts) = factAnalysis("Drought in the valley since late 2018 has displaced thousands of families.")
        let toll = try #require(facts.tolls.first)
        #expect(toll.time == "2018/2021-03-10")
        #expect(toll.timeBasis == "since late 2018")
    }

    @Test func `the time of the sentence before is told as such`() throws {
        let (_, facts) = factAnalysis("The mill burned on Monday. The fire killed six workers. It wounded 11 people.")
        #expect(facts.tolls.map(\.time) == ["2021-03-08", "2021-03-08"])
        #expect(facts.tolls.map(\.timeBasis) == ["sentence before", "paragraph"])
    }
}
