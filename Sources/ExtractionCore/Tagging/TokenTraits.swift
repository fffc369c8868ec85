// What the tagger sees of each token, worked out once an article: everything is a small integer or a hash.

/// The traits of an article's tokens.
struct TokenTraits {
    /// One token's traits.
    struct Trait {
        /// The word in small letters, and as written.
        var word: UInt64 = 0
        var exact: UInt64 = 0
        /// Its letters as `X`, `x`, `d` and marks: runs squeezed ("Xx-Xx"), and in full.
        var shape: UInt64 = 0
        var form: UInt64 = 0
        var lists = WordLists()
        /// Whether it is a person's given or family name; see `NameWords`.
        var nameWord: UInt8 = 0
        /// What the gazetteer has by that name.
        var gazetteer = Places()
        /// The label that the rules gave, groups counted too; 0 for none.
        var rule: UInt8 = 0
        /// Index into the rules' names; -1 for none.
        var name: Int32 = -1
        var document = Document()
        /// Index into `runs`; -1 for none.
        var run: Int32 = -1
        /// Where it stands: bits for first of a sentence, a sentence in capitals, a place where a capital says nothing.
        var place: UInt8 = 0
        /// Whether it, or a word next to it, has a capital or is in a rules' name; true all over a sentence without any,
        /// and all over a sloppy article.
        var isNear = false
    }

    /// Sizes of places that have a name.
    struct Places: OptionSet {
        var rawValue: UInt16
        static let country = Places(rawValue: 1)
        static let region = Places(rawValue: 2)
        static let metropolis = Places(rawValue: 4)
        static let city = Places(rawValue: 8)
        static let town = Places(rawValue: 16)
        /// The token opens or continues a name of several words that is a place's.
        static let opens = Places(rawValue: 32)
        static let continues = Places(rawValue: 64)
    }

    /// How the article uses a word elsewhere.
    struct Document: OptionSet {
        var rawValue: UInt8
        static let isSmall = Document(rawValue: 1)
        static let isInside = Document(rawValue: 2)
        static let isOften = Document(rawValue: 4)
    }

    /// A run of capitalised words, the longest that holds a word.
    struct Run {
        var first: UInt64
        var last: UInt64
        var length: Int
    }

    let reading: Reading
    let names: [RuledName]
    private(set) var all: [Trait]
    private(set) var runs: [Run] = []
    /// What stands beside each capitalised word, anywhere in the article.
    private(set) var contexts: WordContexts
    /// The chain that each token stands in.
    let chains: [ChainPlace]
    /// 0 for no sport to 2; see `SportSigns`.
    let sport: UInt8
    /// Which sentences are rows of a table.
    private(set) var isRow: [Bool] = []
    /// Whether the article leaves capitals out at the beginning of sentences, as posts do: there names may, too.
    private(set) var isSloppy = false

    /// A name as the rules see it.
    struct RuledName {
        let first: Int
        let last: Int
        let kind: Entity.Kind
        /// How sure the rules are of the kind: 0 to 5, and how much speaks for it: 0 to 5.
        let margin: UInt8
        let strength: UInt8
    }

    init(_ reading: Reading, names: [RuledName]) {
        self.reading = reading
        self.names = names
        chains = NameChains(reading).places
        sport = SportSigns(reading).level
        contexts = WordContexts(isSport: sport > 0)
        isRow = reading.text.sentences.map { SportSigns.isRow($0, in: reading) }
        all = [Trait](repeating: Trait(), count: reading.text.tokens.count)
        for token in all.indices { setForm(token) }
        setRules()
        setPlaces()
        setRuns()
        isSloppy = TokenTraits.isSloppy(reading)
        for index in reading.text.sentences.indices { setStands(reading.text.sentences[index], index) }
    }

    private static func isSloppy(_ reading: Reading) -> Bool {
        var starts = 0
        var small = 0
        for sentence in reading.text.sentences where sentence.tokens.count > 2 {
            guard reading.text.tokens[sentence.tokens.lowerBound].kind == .word else { continue }
            starts += 1
            if !reading.isCapital[sentence.tokens.lowerBound] { small += 1 }
        }
        return small * 6 > starts
    }

    private mutating func setStands(_ sentence: Sentence, _ index: Int) {
        let hasCapitals = sentence.tokens.dropFirst().contains { reading.isCapital[$0] }
        for token in sentence.tokens {
            var place: UInt8 = token == sentence.tokens.lowerBound ? 1 : 0
            if reading.isShouted[index] { place |= 2 }
            if reading.isCapital[token], reading.startsSentence(token, of: sentence) { place |= 4 }
            all[token].place = place
            let isNamed = reading.isCapital[token] || all[token].rule != 0
            guard isNamed || !hasCapitals || isSloppy else { continue }
            let near = max(token - 1, sentence.tokens.lowerBound)...min(token + 1, sentence.tokens.upperBound - 1)
            for other in near { all[other].isNear = true }
        }
    }

    private mutating func setForm(_ token: Int) {
        let range = reading.text.tokens[token].range
        var exact = FNV.start
        var form = FNV.start
        var shape = FNV.start
        var last: UInt8 = 0
        for offset in range.lower..<range.upper {
            let byte = reading.text.text[offset]
            exact = FNV.next(exact, byte)
            let kind = TokenTraits.kind(byte)
            if kind == 0 { continue }
            form = FNV.next(form, kind)
            if kind != last { shape = FNV.next(shape, kind) }
            last = kind
        }
        all[token].word = reading.text.tokens[token].hash
        all[token].exact = exact
        all[token].form = form
        all[token].shape = shape
        all[token].lists = reading.lists[token]
        if reading.isCapital[token] {
            all[token].nameWord = NameWords.embedded.kinds(reading.text.tokens[token].hash)
        }
    }

    /// `X`, `x`, `d`, or the mark itself; 0 for the further bytes of a scalar.
    private static func kind(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5A: 0x58
        case 0x61...0x7A: 0x78
        case 0x30...0x39: 0x64
        case 0x80..<0xC0: 0
        case 0xC0...: 0x78
        default: byte
        }
    }

    private mutating func setRules() {
        for (index, name) in names.enumerated() {
            let kind: UInt8 =
                switch name.kind {
                case .person: 0
                case .organisation: 1
                case .place: 2
                case .group: 3
                }
            for token in name.first...name.last where all[token].rule == 0 {
                all[token].rule = 1 + 2 * kind + (token == name.first ? 0 : 1)
                all[token].name = Int32(index)
            }
        }
    }

    /// Looks every capitalised word up, and every two and three in a row.
    private mutating func setPlaces() {
        var known: [UInt64: Places] = [:]
        func places(_ first: Int, _ last: Int) -> Places {
            var key = all[first].exact
            for token in (first + 1)..<(last + 1) { key = mix(key, all[token].exact) }
            if let found = known[key] { return found }
            let surface = reading.surface(first, last)
            let found = sizes(of: reading.isAcronym(first) && surface.utf8.count > 3 ? titled(surface) : surface)
            known[key] = found
            return found
        }
        for sentence in reading.text.sentences {
            for token in sentence.tokens where reading.isCapital[token] {
                all[token].gazetteer.formUnion(places(token, token))
                for last in (token + 1)..<(token + 3) {
                    guard last < sentence.tokens.upperBound, reading.isCapital[last] else { break }
                    let found = places(token, last)
                    guard !found.isEmpty else { continue }
                    all[token].gazetteer.formUnion(found.union(.opens))
                    for inner in (token + 1)...last { all[inner].gazetteer.formUnion(found.union(.continues)) }
                }
            }
        }
    }

    private func sizes(of name: String) -> Places {
        var found = Places()
        for entry in reading.lexicon.gazetteer.entries(named: name) {
            switch entry.kind {
            case .country: found.insert(.country)
            case .region: found.insert(.region)
            case .city: found.insert(entry.thousands >= 1000 ? .metropolis : entry.thousands >= 150 ? .city : .town)
            }
        }
        return found
    }

    /// What the article as a whole says of its words.
    private mutating func setRuns() {
        var longest: [UInt64: Int32] = [:]
        var counts: [UInt64: Int] = [:]
        for (index, sentence) in reading.text.sentences.enumerated() where !reading.isShouted[index] {
            var token = sentence.tokens.lowerBound
            while token < sentence.tokens.upperBound {
                guard reading.isCapital[token] else {
                    token += 1
                    continue
                }
                var last = token
                while last + 1 < sentence.tokens.upperBound, reading.isCapital[last + 1] { last += 1 }
                let run = Run(first: all[token].word, last: all[last].word, length: last - token + 1)
                runs.append(run)
                contexts.add(token...last, of: sentence, in: reading)
                for inner in token...last {
                    if !reading.startsSentence(inner, of: sentence) { counts[all[inner].word, default: 0] += 1 }
                    if let other = longest[all[inner].word], runs[Int(other)].length >= run.length { continue }
                    longest[all[inner].word] = Int32(runs.count - 1)
                }
                token = last + 1
            }
        }
        for token in all.indices where reading.isCapital[token] {
            all[token].run = longest[all[token].word] ?? -1
            if reading.small.contains(all[token].word) { all[token].document.insert(.isSmall) }
            if reading.inside.contains(all[token].word) { all[token].document.insert(.isInside) }
            if counts[all[token].word, default: 0] > 2 { all[token].document.insert(.isOften) }
        }
    }
}

/// A hash of two hashes, in their order.
@inline(__always) func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ (right &* 0x9E37_79B9_7F4A_7C15)) &* 0xBF58_476D_1CE4_E5B9
    return product ^ (product >> 29)
}
