import Testing

@testable import ExtractionCore

@Suite struct NameTaggerTests {
    private func kinds(_ text: String) throws -> [String: Entity.Kind] {
        let reader = NewsReader(lexicon: .embedded())
        let article = try reader.article(text: Array(text.utf8), url: nil, title: nil, published: nil)
        let facts = reader.analysis(of: article)
        return Dictionary(facts.entities.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of a line whose tokens from one on are labelled as a single name.
    private func names(
        _ line: String, from first: Int, as kind: Entity.Kind = .organisation
    ) throws -> [String] {
        let lexicon = Lexicon.embedded()
        let reader = NewsReader(lexicon: lexicon)
        let article = try reader.article(text: Array(line.utf8), url: nil, title: nil, published: nil)
        let reading = Reading(tokenize(article, lexicon: lexicon), lexicon)
        let labels = reading.text.tokens.indices.map { token in
            token < first ? NameLabel.outside : NameLabel(kind, isFirst: token == first) ?? .outside
        }
        let ruled = NameScanner(reading).names
        return TaggedNames(reading: reading, ruled: ruled, labels: labels).all.map(\.key)
    }

    @Test func `known names in a row are several names`() throws {
        #expect(try names("Strikes in Mosul Iraq Islamic State", from: 2) == ["mosul", "iraq", "islamic state"])
        #expect(try names("Shares in China Mobile Group Fall", from: 2).count == 1)
    }

    @Test func `titles of many languages, letters behind a name and a role that begins a sentence are no part of it`()
        throws
    {
        #expect(try names("They met Alhaji Bello Danjuma", from: 2, as: .person) == ["bello danjuma"])
        #expect(try names("They met Tan Sri Aminah Hassan", from: 2, as: .person) == ["aminah hassan"])
        #expect(try names("They met Imelda Hargreave KC", from: 2, as: .person) == ["imelda hargreave"])
        #expect(try names("Fisherman Joao Tavira", from: 0, as: .person) == ["joao tavira"])
        #expect(try names("They met Dean Ashworth", from: 2, as: .person) == ["dean ashworth"])
        #expect(try names("Baker Mayhew", from: 0, as: .person) == ["baker mayhew"])
    }

    @Test func `an agency whose letters are a town's name is no place`() throws {
        let found = try kinds("The convoy left at dawn. State news agency SANA reported that it had arrived.")
        #expect(found["SANA"] == .organisation)
    }

    @Test func `a name that an acronym spells out is whole everywhere`() throws {
        let found = try kinds(
            """
            The US-backed, Syrian Democratic Forces (SDF) said the offensive had started on Monday.

            A member of the US-backed Syrian Democratic Forces stands in the village of Hazima on 6 June 2017
            """)
        #expect(found["Syrian Democratic Forces"] == .organisation)
        #expect(found["Democratic Forces"] == nil)
    }

    @Test func `titles are no part of names`() throws {
        let found = try kinds("Prime Minister Ilse Verhaegen met Mr Okonkwo on Friday, her office said.")
        #expect(found["Ilse Verhaegen"] == .person)
        #expect(found["Okonkwo"] == .person)
    }

    @Test func `the likeliest labels are found`() {
        let labels = NameDecoder.labels(
            scores: [0, 9, 0, 0, 0, 0, 0] + [0, 0, 9, 0, 0, 0, 0] + [5, 0, 4, 0, 0, 0, 0],
            transitions: [Int32](repeating: 0, count: 49))
        #expect(labels.map(\.rawValue) == [1, 2, 0])
    }

    @Test func `a name never begins with a label of its inside`() {
        let labels = NameDecoder.labels(
            scores: [0, 1, 90, 0, 0, 0, 0] + [0, 0, 0, 0, 90, 0, 0],
            transitions: [Int32](repeating: 0, count: 49))
        #expect(labels[0].rawValue != 2)
        #expect(labels[1].follows(labels[0]))
    }

    @Test func `learning is the same every time and learns`() throws {
        let lexicon = Lexicon.embedded()
        let reader = NewsReader(lexicon: lexicon)
        var options = NameTrainer.Options()
        options.parts = 2
        let text = "The Zorbat council met. Zorbat fined Lomek Quill on Monday. Quill said Zorbat was wrong."
        let article = try reader.article(text: Array(text.utf8), url: nil, title: nil, published: nil)
        var trainer = NameTrainer(lexicon: lexicon, options: options)
        for _ in 0..<4 {
            trainer.add(
                article, names: [.init(range: TextRange(4, 10), kind: .organisation)], isNews: true)
        }
        let weights = trainer.weights()
        #expect(weights == trainer.weights())
        #expect(NameModel.models(in: weights).count == 2)
        var learnt = lexicon
        let isTaken = learnt.setNameWeights(weights)
        #expect(isTaken)
        let found = NewsReader(lexicon: learnt).analysis(of: article)
        #expect(found.entities.first?.kind == .organisation)
    }

    @Test func `damaged weights are refused`() throws {
        let whole = NameModel.file([
            NameModel.encoded(
                templates: 1, eagerness: 0, features: [(hash: 7 << 32 | 3, weights: [1, 2, 3, 4, 5, 6, 7])],
                transitions: [Int16](repeating: 0, count: 49))
        ])
        #expect(NameModel.models(in: whole).count == 1)
        for offset in whole.indices {
            var bytes = whole
            bytes[offset] ^= 0x55
            #expect(NameModel.models(in: bytes).isEmpty, "\(offset)")
        }
        for length in whole.indices { #expect(NameModel.models(in: Array(whole[..<length])).isEmpty) }
    }

    @Test func `given and family names of the world are known as words`() {
        func kinds(_ word: String) -> UInt8 { NameWords.embedded.kinds(FNV.hash(word, from: FNV.start)) }
        #expect(kinds("amina") & 1 == 1)
        #expect(kinds("okonkwo") & 2 == 2)
        #expect(kinds("of") == 0)
    }
}

@Suite struct TagTraitsTests {
    private func traits(_ text: String) throws -> TokenTraits {
        let lexicon = Lexicon.embedded()
        let article = try NewsReader(lexicon: lexicon).article(
            text: Array(text.utf8), url: nil, title: nil, published: nil)
        return TokenTraits(Reading(tokenize(article, lexicon: lexicon), lexicon), names: [])
    }

    private func token(_ word: String, in traits: TokenTraits) throws -> Int {
        try #require(traits.reading.words.firstIndex(of: word))
    }

    @Test func `a chain of words knows its head, its links and where a company's name ends`() throws {
        let board = try traits("They asked the Board of Control for Cricket in India on Monday.")
        let india = board.chains[try token("india", in: board)]
        #expect(india.isChain && india.links == 3 && !india.isEnded)
        #expect(india.head == board.all[try token("board", in: board)].word)
        let firm = try traits("They asked Brauer Ltd of Leeds on Monday.")
        #expect(firm.chains[try token("leeds", in: firm)].isEnded)
        let list = try traits("It was read by Brook, Stone & Lake LLP in May.")
        #expect(list.chains[try token("lake", in: list)].links == 2)
        let lone = try traits("They asked Leeds again.")
        #expect(!lone.chains[try token("leeds", in: lone)].isChain)
    }

    @Test func `what stands beside a word anywhere counts everywhere`() throws {
        let text = try traits("Corvane grows\n\nThe insurer, Corvane, was pleased. Corvane's chairman spoke of shares.")
        let context = try #require(text.contexts.all[text.all[try token("corvane", in: text)].word])
        let other = try #require(text.contexts.all.isEmpty ? nil : text.contexts.all[text.all[0].word])
        #expect(context.farCues == other.farCues && context.farCues >> 16 != 0)
        #expect(context.followers.contains(.roles))
    }

    @Test func `scores and words of sport make a report, one goal in a court does not`() throws {
        #expect(try traits("Arlen beat Torva 2-1. The striker scored both goals before half-time.").sport == 2)
        let court = "The court in Arlen heard the case on Monday. The goal of the firm was to buy the land, it said. "
        #expect(try traits(court + court).sport == 0)
    }
}
