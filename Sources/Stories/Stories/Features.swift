import ExtractionCore

/// A word or name of an article and how much the article makes of it.
public struct Term: Hashable, Sendable {
    public let hash: UInt32
    /// Occurrences; a headline's count three times, a name's twice.
    public let count: UInt8

    public init(hash: UInt32, count: UInt8) {
        self.hash = hash
        self.count = count
    }
}

/// What an article is about: the stems of its headline and first words and its names of several words, by hash.
func terms(headline: TextWords, body: TextWords) -> [Term] {
    var counts = TermCounts()
    counts.add(headline, words: headline.words.count, weight: 3)
    counts.add(body, words: 250, weight: 1)
    return counts.terms
}

private struct TermCounts {
    private var counts: [UInt32: Int] = [:]
    private static let most = 200

    var terms: [Term] {
        counts.map { Term(hash: $0.key, count: UInt8(clamping: $0.value)) }.sorted { $0.hash < $1.hash }
    }

    mutating func add(_ text: TextWords, words limit: Int, weight: Int) {
        let stop = Words.shared.stop
        var name: UInt64?
        for index in 0..<min(limit, text.words.count) {
            let word = text.words[index]
            let isContent = !stop.contains(word.hash) && word.end - word.start > 1
            if isContent { add(text.stem(index), weight) }
            guard isContent, word.isCapitalised else {
                name = nil
                continue
            }
            if let name, !word.opensSentence { add(mixedBits(name ^ (word.hash << 1)), 2) }
            name = word.hash
        }
    }

    private mutating func add(_ hash: UInt64, _ weight: Int) {
        let key = UInt32(truncatingIfNeeded: hash >> 32)
        if counts[key] == nil, counts.count >= TermCounts.most { return }
        counts[key, default: 0] += weight
    }
}

extension TextWords {
    /// The hash of a word without its ending.
    func stem(_ index: Int) -> UInt64 {
        let word = words[index]
        if word.isMasked || word.end - word.start < 5 { return word.hash }
        let bytes = folded(index)
        for ending in TextWords.endings
        where bytes.count - ending.count >= 3 && bytes.suffix(ending.count) == ending[...] {
            return NormalWord.hash(bytes.dropLast(ending.count).filter { $0 != UInt8(ascii: "'") })
        }
        return word.hash
    }

    private static let endings = ["'s", "ies", "ing", "ed", "es", "s", "e"].map { Array($0.utf8) }
}

/// Terms with weights whose squares sum to one, by ascending hash.
struct TermVector: Hashable, Sendable {
    private(set) var hashes: [UInt32] = []
    private(set) var weights: [Float] = []

    /// Weighs each term by how often it stands and how rare it is.
    init(_ terms: [Term], rarity: (UInt32) -> Float) {
        var sum: Float = 0
        for term in terms {
            let weight = (1 + binaryLogarithm(Float(term.count)) * 0.7) * rarity(term.hash)
            hashes.append(term.hash)
            weights.append(weight)
            sum += weight * weight
        }
        let length = sum.squareRoot()
        if length > 0 { for index in weights.indices { weights[index] /= length } }
    }

    func cosine(_ other: TermVector) -> Float {
        var (left, right) = (0, 0)
        var sum: Float = 0
        while left < hashes.count, right < other.hashes.count {
            let (one, two) = (hashes[left], other.hashes[right])
            if one == two { sum += weights[left] * other.weights[right] }
            if one <= two { left += 1 }
            if two <= one { right += 1 }
        }
        return sum
    }

    /// The vector with its heaviest terms alone, which is nearly all of its length.
    func trimmed(to count: Int) -> TermVector {
        guard hashes.count > count else { return self }
        let kept = heaviest(count).sorted()
        var vector = self
        vector.hashes = kept.map { hashes[$0] }
        vector.weights = kept.map { weights[$0] }
        return vector
    }

    /// The places of the heaviest terms.
    func heaviest(_ count: Int) -> [Int] {
        Array(weights.indices.sorted { (weights[$1], hashes[$0]) < (weights[$0], hashes[$1]) }.prefix(count))
    }
}

/// The logarithm to base 2, good to a hundredth; the standard library alone has none.
func binaryLogarithm(_ value: Float) -> Float {
    guard value > 0, value.isFinite else { return 0 }
    let m = value.significand
    return Float(value.exponent) + (-m / 3 + 2) * m - 5 / 3
}

/// Two to the power of minus `value`, straight between whole powers.
func halved(_ value: Float) -> Float {
    guard value > 0 else { return 1 }
    guard value < 60 else { return 0 }
    let whole = value.rounded(.down)
    return Float(sign: .plus, exponent: -Int(whole), significand: 1) * (1 - (value - whole) / 2)
}
