import ExtractionCore
import Testing

private func find(_ string: String) -> (
    mentions: [Mention], entities: [Entity], places: [PlaceMention], notes: [Note]
) {
    findEntities(in: tokenize(sampleArticle(string), lexicon: sampleLexicon), lexicon: sampleLexicon)
}

private func entity(_ name: String, in string: String) -> Entity? {
    find(string).entities.first { $0.name == name }
}

@Suite struct EntityTests {
    @Test(arguments: [
        ("The Lake Chad Recovery Forces (LCRF) said on Friday it had won.", "Lake Chad Recovery Forces", "LCRF"),
        ("Officials of the NMA (National Meteorological Agency) disagreed.", "National Meteorological Agency", "NMA"),
        ("The Harbour Workers Union closed. HWU members marched.", "Harbour Workers Union", "HWU"),
    ])
    func `an acronym is an alias of its name`(_ string: String, _ name: String, _ acronym: String) throws {
        let found = try #require(entity(name, in: string))
        #expect(found.kind == .organisation)
        #expect(found.aliases.contains(acronym))
    }

    @Test(arguments: [
        ("Joana Okoro, a spokeswoman for the HWU, told reporters so.", "Joana Okoro", "spokeswoman for the HWU"),
        ("HWU spokesman Peter Lindqvist said no.", "Peter Lindqvist", "HWU spokesman"),
        (
            "Maj Gen Peter Lindqvist, the mission's deputy commander, agreed.", "Peter Lindqvist",
            "mission's deputy commander"
        ),
        ("They met Foreign Minister Amina Diallo in Oslo.", "Amina Diallo", "Foreign Minister"),
        ("Norwegian Prime Minister Kari Vance resigned.", "Kari Vance", "Norwegian Prime Minister"),
    ])
    func `a role is what the text says beside the name`(_ string: String, _ name: String, _ role: String) throws {
        let found = try #require(entity(name, in: string))
        #expect(found.kind == .person)
        #expect(found.role == role)
    }

    @Test func `a surname and a misspelt surname are the same person`() throws {
        let found = find(
            "Tomas Mullin, a spokesman for the union, spoke. Mullin said so. Mulin added that it was over.")
        let person = try #require(found.entities.first { $0.kind == .person })
        #expect(person.name == "Tomas Mullin")
        #expect(person.aliases == ["Mullin", "Mulin"])
        #expect(person.mentions == 3)
        #expect(found.notes.map(\.text) == ["name spelt Mulin once, Mullin elsewhere"])
    }

    @Test func `different surnames stay different persons`() {
        let found = find("Anna Berg met Carl Bergman. Berg smiled. Bergman did not.")
        #expect(found.entities.filter { $0.kind == .person }.map(\.mentions) == [2, 2])
        #expect(found.notes.isEmpty)
    }

    @Test func `a body without a name is named by its modifier`() throws {
        let found = find("The French-led coalition struck. The coalition says it was careful.")
        let body = try #require(found.entities.first { $0.name == "French-led coalition" })
        #expect(body.kind == .organisation)
        #expect(found.mentions.filter { $0.entity == body.id }.map(\.form) == [.name, .description])
    }

    @Test func `a hyphenated modifier is no name but holds one`() throws {
        let text = "The Norway-based Fjord Monitor for Sea Safety said so."
        let found = find(text)
        #expect(found.entities.contains { $0.name == "Norway" && $0.kind == .place })
        let monitor = try #require(found.entities.first { $0.kind == .organisation })
        #expect(monitor.role == nil)
    }

    @Test func `an agency's description is its role`() throws {
        let found = try #require(entity("NTB", in: "State news agency NTB reported that it rained."))
        #expect(found.role == "state news agency")
        #expect(found.kind == .organisation)
    }

    @Test(arguments: [
        ("Fighting went on in Mosul, Iraq.", "Mosul", "IQ"),
        ("A ship sank near Hodeidah in Yemen.", "Hodeidah", "YE"),
        ("The march ended in Manchester, New Hampshire.", "Manchester", "US"),
        ("The march ended in Manchester, England.", "Manchester", "GB"),
        ("Shops closed in London, Ontario.", "London", "CA"),
    ])
    func `a place is the one that the text means`(_ string: String, _ name: String, _ country: String) throws {
        let place = try #require(entity(name, in: string)?.place)
        #expect(place.country == country)
        #expect(place.countryName != nil)
    }

    @Test func `a village that no list knows is a place by its noun`() {
        #expect(entity("Ulvadal", in: "They reached the village of Ulvadal on Monday.")?.kind == .place)
    }

    @Test func `a person who shares a place's name has no place`() throws {
        let found = find("Paris Jackson sang. Mr Lincoln clapped.")
        #expect(found.entities.allSatisfy { $0.kind == .person && $0.place == nil })
        #expect(found.entities.count == 2)
    }

    @Test func `a pronoun is the nearest fitting person`() throws {
        let found = find("Anna Berg met Mr Carl Holm in Oslo. She smiled. He said that it was late.")
        let anna = try #require(found.entities.first { $0.name == "Anna Berg" })
        let carl = try #require(found.entities.first { $0.name == "Carl Holm" })
        #expect(found.mentions.filter { $0.form == .pronoun }.map(\.entity) == [anna.id, carl.id])
    }

    @Test func `everyday words at a sentence's start are no names`() {
        #expect(
            find("Officials said so. Yesterday it rained. Fishing stopped. Meanwhile nothing moved.").entities.isEmpty)
    }

    @Test func `nationalities are groups`() {
        let found = find("Norwegian and Swedish boats met.")
        #expect(found.entities.map(\.kind) == [.group, .group])
        #expect(found.mentions.map(\.form) == [.demonym, .demonym])
    }

    @Test func `well-known other names are one organisation`() throws {
        let found = find("Isis lost ground. Islamic State said nothing.")
        #expect(found.entities.count == 1)
        #expect(found.entities.first?.name == "Islamic State")
    }

    @Test func `ids count from one by first mention, and mentions do not overlap`() {
        let found = find(
            "Oslo greeted Anna Berg of the Harbour Workers Union (HWU). The HWU thanked Oslo. She left Norway.")
        #expect(found.entities.map(\.id) == Array(1...found.entities.count))
        var seen = 0
        var end: Int32 = 0
        for mention in found.mentions {
            #expect(mention.entity <= seen + 1)
            seen = max(seen, mention.entity)
            #expect(mention.range.start >= end)
            end = mention.range.end
        }
        for entity in found.entities {
            #expect(found.mentions.filter { $0.entity == entity.id }.count == entity.mentions)
        }
    }

    @Test func `mangled text never traps`() {
        let source = Array(
            "Lt. Gen. J. Okoro (UN), a spokesman for the US-led Harbour-X's \u{201C}Union\u{201D} \u{2014} 3,000-4,000; al-Hadi's, in Oslo, Norway. The The SDF said: he..."
                .utf8)
        var state: UInt64 = 42
        for _ in 0..<400 {
            var bytes = source
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let place = Int(state >> 33) % bytes.count
                switch state >> 61 {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(UInt8(truncatingIfNeeded: state >> 20), at: place)
                case 2: bytes.swapAt(place, 0)
                case 3: bytes.insert(0x0A, at: place)
                case 4: bytes[place] = 0x2D
                default: bytes[place] = bytes[Int(state >> 13 & 0xFFFF) % bytes.count]
                }
            }
            let article = sampleArticle(Text(repairing: bytes).string)
            let text = tokenize(article, lexicon: sampleLexicon)
            let found = findEntities(in: text, lexicon: sampleLexicon)
            #expect(
                found.mentions.allSatisfy {
                    article.text.range.contains($0.range) && $0.sentence < text.sentences.count
                })
            #expect(summarise(text).allSatisfy { article.text.range.contains($0) })
        }
    }
}
