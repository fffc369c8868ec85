import ExtractionCore

/// A word or name of an article and how much the article makes of it.
public struct Term: Hashable, Sendable {
    public let hash: UInt32
    /// Occurrences, at most 63; a headline's count four times.
    public let count: UInt8
    /// A word of everyday English, by its stem.
    public let isEveryday: Bool
    /// A capitalised word of the headline that is no everyday word: most likely whom or where it is about.
    public let isHeadlineName: Bool

    public init(hash: UInt32, count: UInt8, isEveryday: Bool = false, isHeadlineName: Bool = false) {
        self.hash = hash
        self.count = min(count, 63)
        self.isEveryday = isEveryday
        self.isHeadlineName = isHeadlineName
    }
}

/// What an article is about: the stems of its headline and first words and its names of several words, by hash.
func terms(headline: TextWords, body: TextWords) -> [Term] {
    var counts = TermCounts(words: headline.words.count + body.words.count)
    counts.add(headline, words: headline.words.count, weight: 4, isHeadline: true)
    counts.add(body, words: 400, weight: 1, isHeadline: false)
    return counts.terms
}

private struct TermCounts {
    /// A term packed to a number that sorts by its hash: the hash, the count in 16 bits, then the two marks.
    private struct Count {
        private(set) var bits: UInt64

        init(_ hash: UInt32, _ count: Int, _ marks: UInt64) {
            bits = UInt64(hash) << 32 | UInt64(UInt16(clamping: count)) << 16 | marks
        }

        init(bits: UInt64) { self.bits = bits }

        static let everyday: UInt64 = 1
        static let headlineName: UInt64 = 2

        var hash: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
        var count: Int { Int(bits >> 16 & 0xFFFF) }

        mutating func add(_ count: Int, _ marks: UInt64) {
            self = Count(hash, self.count + count, bits & Count.everyday | (bits | marks) & Count.headlineName)
        }

        var term: Term {
            Term(
                hash: hash, count: UInt8(clamping: count), isEveryday: bits & Count.everyday != 0,
                isHeadlineName: bits & Count.headlineName != 0)
        }
    }

    private static let most = 400
    /// Open addressing by hash; places in `counts` from 1.
    private var slots = [UInt16](repeating: 0, count: 1024)
    private var counts: [UInt64] = []

    init(words: Int) { counts.reserveCapacity(min(TermCounts.most, words)) }

    var terms: [Term] { counts.sorted().map { Count(bits: $0).term } }

    mutating func add(_ text: TextWords, words limit: Int, weight: Int, isHeadline: Bool) {
        let everyday = Words.shared.everyday
        var name: (hash: UInt64, words: Int) = (0, 0)
        for index in 0..<min(limit, text.words.count) {
            let word = text.words[index]
            if word.opensSentence || !word.isCapitalised { close(&name) }
            guard word.end - word.start > 1, !word.isStop else {
                close(&name)
                continue
            }
            let stem = text.stem(index)
            let isEveryday = everyday.contains(stem)
            let isName = isHeadline && word.isCapitalised && !isEveryday && !word.isMasked
            add(stem, weight, isEveryday ? Count.everyday : isName ? Count.headlineName : 0)
            if word.isCapitalised { name = (mixedBits(name.hash ^ (stem << 1)), name.words + 1) }
        }
        close(&name)
    }

    /// A name of several words is a term of its own.
    private mutating func close(_ name: inout (hash: UInt64, words: Int)) {
        if name.words > 1 { add(name.hash, 1, 0) }
        name = (0, 0)
    }

    private mutating func add(_ hash: UInt64, _ weight: Int, _ marks: UInt64) {
        let key = UInt32(truncatingIfNeeded: hash >> 32)
        var slot = Int(key) & (slots.count - 1)
        while slots[slot] != 0 {
            var known = Count(bits: counts[Int(slots[slot]) - 1])
            if known.hash == key {
                known.add(weight, marks)
                counts[Int(slots[slot]) - 1] = known.bits
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard counts.count < TermCounts.most else { return }
        counts.append(Count(key, weight, marks).bits)
        slots[slot] = UInt16(counts.count)
    }
}

extension TextWords {
    /// The hash of a word without its ending.
    func stem(_ index: Int) -> UInt64 {
        let word = words[index]
        if word.isMasked || word.end - word.start < 4 { return word.hash }
        let upper = min(text.count, Int(word.end))
        return TextWords.stem(of: text.bytes, min(Int(word.start), upper)..<upper, or: word.hash)
    }

    /// The hash of a word without its ending; `hash` is the one of the whole word.
    static func stem(of bytes: [UInt8], _ word: Range<Int>, or hash: UInt64) -> UInt64 {
        let cut = endingLength(bytes, word)
        return cut > 0 ? NormalWord.foldedHash(bytes, word.lowerBound..<word.upperBound - cut) : hash
    }

    /// How long the ending is of "'s", "ies", "ing", "ed", "es", "s" and "e", when three letters are left before it.
    private static func endingLength(_ bytes: [UInt8], _ word: Range<Int>) -> Int {
        func letter(_ back: Int) -> UInt8 {
            guard word.count >= back + 3 else { return 0 }
            let byte = bytes[word.upperBound - back]
            return byte &- 0x41 < 26 ? byte | 0x20 : byte
        }
        switch letter(1) {
        case UInt8(ascii: "s"):
            if letter(2) == UInt8(ascii: "'") { return 2 }
            guard letter(2) == UInt8(ascii: "e") else { return 1 }
            return letter(3) == UInt8(ascii: "i") ? 3 : 2
        case UInt8(ascii: "g"): return letter(2) == UInt8(ascii: "n") && letter(3) == UInt8(ascii: "i") ? 3 : 0
        case UInt8(ascii: "d"): return letter(2) == UInt8(ascii: "e") ? 2 : 0
        case UInt8(ascii: "e"): return 1
        default: return 0
        }
    }
}
