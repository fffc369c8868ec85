// Names of bodies go on over small words: "Board of Control for Cricket in India", "Department for Business, Energy and
// Industrial Strategy", "Brook, Stone & Lake LLP". Whether they do depends on what stood before in the chain.

/// A token's place in a chain of capitalised words that small words link.
struct ChainPlace {
    /// Whether the token is in a chain of several links at all.
    var isChain = false
    /// The nearest word before it in the chain that makes a name an organisation's.
    var head: UInt64 = 0
    /// The small word that led to it, the token itself for a small word.
    var link: UInt64 = 0
    /// How many links come before.
    var links: UInt8 = 0
    /// Whether a word like "Ltd" ended a company's name before.
    var isEnded = false
}

/// The chains of an article.
struct NameChains {
    private(set) var places: [ChainPlace]
    private let reading: Reading

    private static func hashes(_ words: [String]) -> Set<UInt64> { Set(words.map { FNV.hash($0, from: FNV.start) }) }
    private static let links = hashes([
        "of", "for", "and", "the", "&", "in", "on", "to", "with", "without", "against", "at", "de", "del", "da", "do",
        "dos", "des", "du", "la", "le", "el", "y", "et", "und", "e", "di", "der", "wa", "ya",
    ])
    private static let ands = hashes(["and", "&", "y", "et", "und"])
    private static let suffixes = hashes([
        "inc", "ltd", "llc", "llp", "plc", "corp", "co", "ag", "sa", "se", "gmbh", "nv", "bv", "asa", "oyj", "spa",
        "kk",
        "sarl", "jsc", "pjsc", "ojsc", "pte", "pty", "limited", "incorporated", "corporation", "as", "oy", "ab", "a/s",
        "kg",
        "partners", "company",
    ])

    init(_ reading: Reading) {
        self.reading = reading
        places = [ChainPlace](repeating: ChainPlace(), count: reading.text.tokens.count)
        for (index, sentence) in reading.text.sentences.enumerated() where !reading.isShouted[index] {
            var token = sentence.tokens.lowerBound
            while token < sentence.tokens.upperBound {
                guard reading.isCapital[token] else {
                    token += 1
                    continue
                }
                let last = end(of: token, in: sentence)
                set(token...last)
                token = last + 1
            }
        }
    }

    private func hash(_ token: Int) -> UInt64 { reading.text.tokens[token].hash }

    /// The last word of the chain that begins with a word.
    private func end(of start: Int, in sentence: Sentence) -> Int {
        var last = start
        while true {
            var next = last + 1
            while next < sentence.tokens.upperBound, next - last <= 3, NameChains.links.contains(hash(next)) {
                next += 1
            }
            if next == last + 1, isListed(next, in: sentence) { next += 1 }
            guard next < sentence.tokens.upperBound, reading.isCapital[next] else { return last }
            last = next
        }
    }

    /// Whether a comma stands in a list of capitalised words that an "and" ends.
    private func isListed(_ comma: Int, in sentence: Sentence) -> Bool {
        var token = comma
        var words = 0
        while token < sentence.tokens.upperBound, token - comma < 12 {
            if reading.isCapital[token] {
                words += 1
            } else if NameChains.ands.contains(hash(token)) {
                return words > 0 && token + 1 < sentence.tokens.upperBound && reading.isCapital[token + 1]
            } else if reading.words[token] != "," {
                return false
            }
            token += 1
        }
        return false
    }

    private mutating func set(_ range: ClosedRange<Int>) {
        guard range.count > 1, range.contains(where: { !reading.isCapital[$0] }) else { return }
        var place = ChainPlace()
        place.isChain = true
        for token in range {
            if reading.isCapital[token] {
                places[token] = place
                if reading.lists[token].contains(.organisationHeads) { place.head = hash(token) }
                if NameChains.suffixes.contains(hash(token)) { place.isEnded = true }
            } else {
                if token > range.lowerBound, reading.isCapital[token - 1] { place.links = min(place.links + 1, 6) }
                place.link = hash(token)
                places[token] = place
            }
        }
    }
}
