// What an article says of a name in one place tells what it is in all others (Chieu and Ng 2002; Krishnan and Manning
// 2006): "shares of Stanton" in the fifth sentence makes "Stanton" in the headline a company.

/// What stands beside a capitalised word, anywhere in an article.
struct WordContext {
    /// Cues right before it in the lower half, right behind it in the upper half; see `ContextCues`.
    var cues: UInt32 = 0
    /// Cues of what it has ("Corvane's chairman") in the lower half, of what it is said to be ("the insurer, Corvane",
    /// "Corvane, a big insurer") in the upper half.
    var farCues: UInt32 = 0
    /// The word lists of what it has.
    var followers = WordLists()

    mutating func formUnion(_ other: WordContext) {
        cues |= other.cues
        farCues |= other.farCues
        followers.formUnion(other.followers)
    }
}

/// Kinds of words and marks that tell what a name beside them names.
enum ContextCues {
    private static let classes: [[String]] = [
        ["in", "at", "near", "from", "across", "outside", "around", "into", "through", "toward", "towards", "inside"],
        ["by", "with", "between", "among", "against"],
        ["the"],
        ["of"],
        [
            "shares", "stock", "stake", "profit", "profits", "revenue", "sales", "owns", "owned", "bought", "buy",
            "acquired", "acquire", "plc", "bonds", "products", "customers", "shareholders", "employees", "workers",
        ],
        [
            "company", "bank", "insurer", "maker", "retailer", "group", "firm", "airline", "broker", "brokerage",
            "subsidiary", "operator", "unit", "supplier", "producer", "publisher", "newspaper", "magazine", "weekly",
            "daily", "broadcaster", "agency", "charity", "consultancy", "union", "party", "brand", "chain", "startup",
        ],
        [
            "coach", "captain", "manager", "striker", "goalkeeper", "midfielder", "defender", "winger", "keeper",
            "fans",
            "supporters", "bench", "side", "team", "squad", "pitcher", "guard", "forward", "center", "centre",
            "players",
        ],
        [
            "beat", "beats", "lost", "lose", "loses", "win", "wins", "won", "drew", "draw", "draws", "hosts", "host",
            "face", "faced", "trailed", "thrashed", "defeated", "edged", "v", "vs", "scored", "play", "played",
        ],
        [
            "mother", "father", "wife", "husband", "son", "daughter", "brother", "sister", "friend", "neighbour",
            "neighbor", "widow", "colleague", "mum", "dad", "defendant", "suspect", "victim", "aged", "who", "he",
            "she",
        ],
        [
            "river", "town", "city", "village", "province", "district", "region", "county", "valley", "island",
            "mountains", "coast", "border", "road", "street", "suburb", "capital", "residents", "neighbourhood",
        ],
        ["'s", "\u{2019}s", "'", "\u{2019}"],
        ["said", "says", "told", "tells", "added"],
        ["and", "or"],
        ["is", "was", "has", "had", "will", "are", "were"],
    ]

    private static let bits: [UInt64: UInt16] = {
        var bits: [UInt64: UInt16] = [:]
        for (index, words) in classes.enumerated() {
            for word in words { bits[FNV.hash(word, from: FNV.start), default: 0] |= 1 << UInt16(index) }
        }
        return bits
    }()

    private static let number: UInt16 = 1 << 14
    private static let comma: UInt16 = 1 << 15
    /// What somebody does; a far cue alone, where no comma counts.
    static let role: UInt16 = 1 << 15

    /// The classes that say something in sport alone: elsewhere towns lose power and managers run shops.
    static let sport: UInt16 = 1 << 6 | 1 << 7

    static func isOwning(_ word: String) -> Bool { ["'s", "\u{2019}s", "'", "\u{2019}"].contains(word) }

    static func cues(of token: Token, word: String) -> UInt16 {
        if token.kind == .number { return number }
        if word == "," { return comma }
        return bits[token.hash, default: 0]
    }
}

/// The contexts of an article's capitalised words.
struct WordContexts {
    private(set) var all: [UInt64: WordContext] = [:]
    private let isSport: Bool

    init(isSport: Bool) { self.isSport = isSport }

    /// Notes what stands beside a run of capitalised words.
    mutating func add(_ run: ClosedRange<Int>, of sentence: Sentence, in reading: Reading) {
        let beside = Surroundings(run: run, sentence: sentence, reading: reading, isSport: isSport).context
        for token in run { all[reading.text.tokens[token].hash, default: WordContext()].formUnion(beside) }
    }
}

/// What stands around one run of capitalised words.
private struct Surroundings {
    let run: ClosedRange<Int>
    let sentence: Sentence
    let reading: Reading
    let isSport: Bool

    /// How far an apposition is read, and what a name has.
    private static let appositionLength = 5
    private static let followerLength = 2

    var context: WordContext {
        var found = WordContext()
        let before = run.lowerBound - 1
        if before >= sentence.tokens.lowerBound { found.cues = UInt32(cues(before)) }
        if before > sentence.tokens.lowerBound, reading.words[before] == "," {
            found.farCues |= UInt32(cues(before - 1) | role(before - 1)) << 16
        }
        let after = run.upperBound + 1
        guard after < sentence.tokens.upperBound else { return found }
        found.cues |= UInt32(cues(after)) << 16
        if reading.words[after] == "," {
            addApposition(from: after + 1, to: &found)
        } else {
            addFollowers(from: ContextCues.isOwning(reading.words[after]) ? after + 1 : after, to: &found)
        }
        return found
    }

    private func cues(_ token: Int) -> UInt16 {
        let cues = ContextCues.cues(of: reading.text.tokens[token], word: reading.words[token])
        return isSport ? cues : cues & ~ContextCues.sport
    }

    private func role(_ token: Int) -> UInt16 { reading.lists[token].contains(.roles) ? ContextCues.role : 0 }

    private func addApposition(from start: Int, to found: inout WordContext) {
        for token in start..<min(start + Surroundings.appositionLength, sentence.tokens.upperBound) {
            guard reading.text.tokens[token].kind == .word else { return }
            found.farCues |= UInt32(cues(token) | role(token)) << 16
        }
    }

    private func addFollowers(from start: Int, to found: inout WordContext) {
        let end = min(start + Surroundings.followerLength, sentence.tokens.upperBound)
        guard start < end else { return }
        for token in start..<end {
            guard reading.text.tokens[token].kind == .word, !reading.isCapital[token] else { return }
            found.followers.formUnion(reading.lists[token])
            found.farCues |= UInt32(cues(token))
        }
    }
}
