import Testing

@testable import ExtractionCore

@Suite struct NameTaggerTests {
    private func kinds(_ text: String) throws -> [String: Entity.Kind] {
        let reader = NewsReader(lexicon: .embedded())
        let article = try reader.article(text: Array(text.utf8), url: nil, title: nil, published: nil)
        let facts = reader.analysis(of: article)
        return Dictionary(facts.entities.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of a line whose tokens from one on are labelled as a single organisation.
    private func names(_ line: String, from first: Int) throws -> [String] {
        let lexicon = Lexicon.embedded()
        let reader = NewsReader(lexicon: lexicon)
        let article = try reader.article(text: Array(line.utf8), url: nil, title: nil, published: nil)
        let reading = Reading(tokenize(article, lexicon: lexicon), lexicon)
        let labels = reading.text.tokens.indices.map { token in
            token < first ? NameLabel.outside : NameLabel(.organisation, isFirst: token == first) ?? .outside
        }
        let ruled = NameScanner(reading).names
        return TaggedNames(reading: reading, ruled: ruled, labels: labels).all.map(\.key)
    }

    @Test func `known names in a row are several names`() throws {
        #expect(try names("Strikes in Mosul Iraq Islamic State", from: 2) == ["mosul", "iraq", "islamic state"])
        #expect(try names("Shares in China Mobile Group Fall", from: 2).count == 1)
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
