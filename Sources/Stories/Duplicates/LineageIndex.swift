import ExtractionCore

/// Finds the texts that a new one may descend from, and knows the furniture of pages.
struct LineageIndex: Sendable {
    private var shingles = PostingTable()
    private var sentences = PostingTable()
    /// The smallest of a sketch's values find a text; the rest only look for others.
    private static let postedShingles = 24

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

    /// What is furniture and was not seen for so many weeks is forgotten.
    private static let furnitureWeeks: UInt32 = 26

    mutating func insert(sketch: [UInt32], sentences keys: [UInt32], lineage: UInt32, at moment: Instant) {
        let week = LineageIndex.week(moment)
        for key in sketch.prefix(LineageIndex.postedShingles) { shingles.insert(key, lineage, week: week) }
        for key in keys { sentences.insert(key, lineage, week: week) }
    }

    mutating func remove(at moment: Instant, where isGone: (UInt32) -> Bool) {
        let week = LineageIndex.week(moment)
        let oldest = week > LineageIndex.furnitureWeeks ? week - LineageIndex.furnitureWeeks : 0
        shingles.remove(furnitureBefore: oldest, where: isGone)
        sentences.remove(furnitureBefore: oldest, where: isGone)
    }

    /// Weeks since 1970.
    private static func week(_ moment: Instant) -> UInt32 { UInt32(clamping: moment.seconds / (7 * 86_400)) }

    /// For each word, whether it stands in a sentence that pages of many stories share.
    func furniture(in words: [NormalWord]) -> [Bool] {
        var isFurniture = [Bool](repeating: false, count: words.count)
        for sentence in PlainSentence.all(in: words) {
            guard let start = furnitureStart(of: sentence, words) else { continue }
            for index in start..<sentence.words.upperBound { isFurniture[index] = true }
        }
        return isFurniture
    }

    /// Where known furniture begins in a sentence: often at a capital letter after other words on the same line.
    private func furnitureStart(of sentence: PlainSentence, _ words: [NormalWord]) -> Int? {
        if isKnown(sentence, words) { return sentence.words.lowerBound }
        guard sentence.words.count <= 60 else { return nil }
        var found: Int?
        PlainSentence.eachEnding(of: sentence, words) { start, hash in
            if words[start].isCapitalised, sentence.words.upperBound - start >= 3, sentences.isFurniture(hash) {
                found = start
            }
        }
        return found
    }

    /// The sentence itself was seen in many lineages, or all of its shingles that are sampled were.
    private func isKnown(_ sentence: PlainSentence, _ words: [NormalWord]) -> Bool {
        if sentences.isFurniture(sentence.hash) { return true }
        guard !sentence.hasFigure, sentence.words.count > Shingle.width else { return false }
        var known = 0
        for index in sentence.words.dropLast(Shingle.width - 1) {
            let value = Shingle.hash(
                Shingle.masked(words[index]), Shingle.masked(words[index + 1]), Shingle.masked(words[index + 2]),
                Shingle.masked(words[index + 3]))
            guard value < Shingle.limit else { continue }
            guard shingles.isFurniture(value) else { return false }
            known += 1
        }
        return known >= 3
    }
}

/// A sentence as far as words alone show it.
struct PlainSentence {
    let words: Range<Int>
    /// Of the words with their figures: a recurring sentence with another figure in it may be news.
    let hash: UInt32
    let hasFigure: Bool

    static func all(in words: [NormalWord]) -> [PlainSentence] {
        var found: [PlainSentence] = []
        var start = 0
        for index in words.indices where index > start && words[index].opensSentence {
            found.append(PlainSentence(words, start..<index))
            start = index
        }
        if start < words.count { found.append(PlainSentence(words, start..<words.count)) }
        return found
    }

    init(_ words: [NormalWord], _ range: Range<Int>) {
        var sum: UInt64 = 0
        var hasFigure = false
        for index in range {
            sum = sum &* PlainSentence.factor &+ words[index].hash
            if words[index].isMasked { hasFigure = true }
        }
        self.words = range
        hash = PlainSentence.hash(sum)
        self.hasFigure = hasFigure
    }

    /// A polynomial in this of the words' hashes, so that all endings of a sentence are summed up in one pass.
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func hash(_ sum: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: mixedBits(sum) >> 32) }

    /// Calls back with where each ending of a sentence starts and the hash that it has as a sentence, the shortest first.
    static func eachEnding(of sentence: PlainSentence, _ words: [NormalWord], _ take: (Int, UInt32) -> Void) {
        var (sum, power): (UInt64, UInt64) = (0, 1)
        for start in sentence.words.dropFirst().reversed() {
            sum = sum &+ words[start].hash &* power
            power = power &* factor
            take(start, hash(sum))
        }
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

extension LineageIndex {
    func write(to image: inout ImageWriter) {
        shingles.write(to: &image)
        sentences.write(to: &image)
    }

    init(_ image: inout ImageReader) {
        shingles = PostingTable(&image)
        sentences = PostingTable(&image)
    }
}
