// A headline alone has ten words to be known by. What else there is: pairs of its words, and the words of its
// address, which often name the subject that the headline only hints at.

import ExtractionCore

/// What an article without a text is about: the stems of its headline and address and the pairs of its words, by hash.
func headlineTerms(_ headline: TextWords, url: String?) -> [Term] {
    var terms = HeadlineTerms()
    terms.add(headline)
    if let words = url.flatMap({ slug(of: $0) }) { terms.add(slug: TextWords(words)) }
    return terms.sorted
}

private struct HeadlineTerms {
    private var terms: [Term] = []
    private let known = Words.shared

    private static let wordCount: UInt8 = 4
    private static let slugCount: UInt8 = 3
    private static let mostWords = 60

    var sorted: [Term] { terms.sorted { $0.hash < $1.hash } }

    mutating func add(_ headline: TextWords) {
        let places = 0..<min(HeadlineTerms.mostWords, headline.words.count)
        for place in places where tells(headline.words[place]) {
            let word = headline.words[place]
            // A figure alone tells no event: every list and every year has one.
            let count = word.isMasked ? 1 : HeadlineTerms.wordCount
            add(headline.stem(place), count, isName: word.isCapitalised && !word.isMasked)
        }
        for place in places.dropFirst() where tells(headline.words[place - 1]) && tells(headline.words[place]) {
            // "Cease-fire" and "cease fire" are "ceasefire".
            let joined = headline.folded(place - 1) + headline.folded(place)
            let hash = NormalWord.foldedHash(joined, 0..<joined.count)
            addNew(TextWords.stem(of: joined, 0..<joined.count, or: hash), 1)
        }
    }

    /// The words of an address that the headline does not have.
    mutating func add(slug: TextWords) {
        for place in 0..<min(HeadlineTerms.mostWords, slug.words.count) where tells(slug.words[place]) {
            addNew(slug.stem(place), HeadlineTerms.slugCount)
        }
    }

    private func tells(_ word: NormalWord) -> Bool { word.end - word.start > 1 && !word.isStop }

    private mutating func add(_ hash: UInt64, _ count: UInt8, isName: Bool) {
        guard let place = place(of: hash) else { return append(hash, count, isName: isName) }
        let term = terms[place]
        terms[place] = Term(
            hash: term.hash, count: term.count &+ count, isEveryday: term.isEveryday,
            isHeadlineName: term.isHeadlineName || isName && !term.isEveryday)
    }

    private mutating func addNew(_ hash: UInt64, _ count: UInt8) {
        if place(of: hash) == nil { append(hash, count, isName: false) }
    }

    private mutating func append(_ hash: UInt64, _ count: UInt8, isName: Bool) {
        let isEveryday = known.everyday.contains(hash)
        terms.append(
            Term(hash: key(hash), count: count, isEveryday: isEveryday, isHeadlineName: isName && !isEveryday))
    }

    private func place(of hash: UInt64) -> Int? { terms.firstIndex { $0.hash == key(hash) } }
    private func key(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }
}

/// The words of the part of an address's path that has most of them, apart by blanks; nil where it has fewer than three.
///
/// Numbers, words with digits and words of other alphabets are left out.
func slug(of url: String) -> Text? {
    var best: [ArraySlice<UInt8>] = []
    for segment in path(of: Array(url.utf8)).split(separator: UInt8(ascii: "/")) {
        // What follows a full stop is a file's ending.
        let words = segment.prefix { $0 != UInt8(ascii: ".") }.split { "-_+,".utf8.contains($0) }.filter(isWord)
        if words.count > best.count { best = words }
    }
    return best.count >= 3 ? Text(repairing: Array(best.joined(separator: [0x20]))) : nil
}

private func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count > 1 && bytes.allSatisfy { ($0 | 0x20) &- 0x61 < 26 }
}

/// What stands between the host and the query.
private func path(of url: [UInt8]) -> ArraySlice<UInt8> {
    let whole = url.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let slashes = Array("://".utf8)
    guard let host = whole.indices.first(where: { whole[$0...].starts(with: slashes) }) else { return [] }
    return whole[(host + 3)...].drop { $0 != UInt8(ascii: "/") }
}

extension Centre {
    /// How alike a headline and a story are whose cosine is known.
    ///
    /// Much-told stories are the likelier ones, and of a story that was told once or twice a headline must have more: two
    /// headlines soon share a word. Headlines alone are told for a day.
    func headlineLikeness(_ cosine: Float, daysApart days: Float) -> Float {
        let told = Float(count)
        return cosine * halved(days) * (1 + 0.055 * binaryLogarithm(min(told, 100))) - 0.15 / max(1, told)
    }

    /// Whether two stories have more in common than the one word that they share most of.
    func sharesWords(with other: Centre, atLeast least: Float) -> Bool {
        guard length > 0, other.length > 0 else { return false }
        var (left, right) = (0, 0)
        var (sum, most): (Float, Float) = (0, 0)
        while left < hashes.count, right < other.hashes.count {
            let (first, second) = (hashes[left], other.hashes[right])
            if first == second {
                let product = weights[left] * other.weights[right]
                sum += product
                most = max(most, product)
            }
            if first <= second { left += 1 }
            if second <= first { right += 1 }
        }
        return (sum - most) / length / other.length >= least
    }
}
