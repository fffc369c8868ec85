import ExtractionCore

/// Finds the texts that a new one may descend from, and knows the furniture of pages.
struct LineageIndex: Sendable {
    private var shingles = PostingTable()
    private var sentences = PostingTable()

    /// The lineages that share most with a sketch: at most three, each with two hits or more.
    func nominees(for sketch: [UInt32]) -> [UInt32] {
        var hits: [(lineage: UInt32, count: Int)] = []
        for key in sketch {
            let posting = shingles.posting(key)
            if posting.isFurniture { continue }
            for (place, lineage) in [posting.first, posting.second, posting.third].enumerated()
            where place < posting.count {
                if let known = hits.firstIndex(where: { $0.lineage == lineage }) {
                    hits[known].count += 1
                } else if hits.count < 256 {
                    hits.append((lineage, 1))
                }
            }
        }
        return hits.filter { $0.count >= 2 }.sorted { ($1.count, $0.lineage) < ($0.count, $1.lineage) }.prefix(3).map(
            \.lineage)
    }

    mutating func insert(sketch: [UInt32], sentences keys: [UInt32], lineage: UInt32) {
        for key in sketch { shingles.insert(key, lineage) }
        for key in keys { sentences.insert(key, lineage) }
    }

    mutating func remove(where isGone: (UInt32) -> Bool) {
        shingles.remove(where: isGone)
        sentences.remove(where: isGone)
    }

    /// For each word, whether it stands in a sentence that pages of many stories share.
    func furniture(in words: [NormalWord]) -> [Bool] {
        var isFurniture = [Bool](repeating: false, count: words.count)
        for sentence in PlainSentence.all(in: words) where isKnown(sentence, words) {
            for index in sentence.words { isFurniture[index] = true }
        }
        return isFurniture
    }

    /// The sentence itself was seen in many lineages, or all of its shingles that are sampled were.
    private func isKnown(_ sentence: PlainSentence, _ words: [NormalWord]) -> Bool {
        if sentences.isFurniture(sentence.hash) { return true }
        guard sentence.words.count >= Shingle.width + 1 else { return false }
        var known = 0
        for index in sentence.words.dropLast(Shingle.width - 1) {
            let value = Shingle.hash(
                Shingle.masked(words[index]), Shingle.masked(words[index + 1]), Shingle.masked(words[index + 2]),
                Shingle.masked(words[index + 3]))
            guard value < Shingle.limit else { continue }
            guard shingles.isFurniture(value) else { return false }
            known += 1
        }
        return known >= 2
    }
}

/// A sentence as far as words alone show it.
struct PlainSentence {
    let words: Range<Int>
    /// Of the digit-masked words.
    let hash: UInt32

    static func all(in words: [NormalWord]) -> [PlainSentence] {
        var found: [PlainSentence] = []
        var start = 0
        var state: UInt64 = 0
        for index in words.indices {
            if index > start, words[index].opensSentence {
                found.append(PlainSentence(words: start..<index, hash: UInt32(truncatingIfNeeded: state >> 32)))
                start = index
                state = 0
            }
            state = mixedBits(state ^ Shingle.masked(words[index]))
        }
        if start < words.count {
            found.append(PlainSentence(words: start..<words.count, hash: UInt32(truncatingIfNeeded: state >> 32)))
        }
        return found
    }

    /// What is remembered of a text to learn furniture: the first and last sentences, without repeats.
    static func keys(of words: [NormalWord]) -> [UInt32] {
        let all = all(in: words).filter { $0.words.count >= 2 }
        let edges = all.count <= 2 * edge ? all[...] : all.prefix(edge) + all.suffix(edge)
        var keys: [UInt32] = []
        for sentence in edges where !keys.contains(sentence.hash) { keys.append(sentence.hash) }
        return keys
    }

    private static let edge = 12
}
