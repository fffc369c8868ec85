/// What is needed to recognise the text again; computed without any other analysis.
public struct Fingerprint: Hashable, Sendable {
    /// Hash of the normalised words: case, punctuation and white space do not count.
    public var exact: ArticleID?
    /// Sampled hashes of digit-masked word 4-grams, ascending.
    public var sketch: [UInt32]

    public init(exact: ArticleID? = nil, sketch: [UInt32] = []) {
        self.exact = exact
        self.sketch = sketch
    }
}

/// Takes a text's fingerprint; an empty text has none.
public func fingerprint(of text: Text) -> Fingerprint { fingerprint(of: normalWords(of: text)) }

/// Takes the fingerprint of a text whose words are known.
public func fingerprint(of words: [NormalWord]) -> Fingerprint {
    guard !words.isEmpty else { return Fingerprint() }
    return Fingerprint(exact: ArticleID(of: words.map { $0.hash }), sketch: sketch(of: words))
}

/// The shingles of a text: word 4-grams in which every number is the same, so that a text whose toll rose still
/// looks like itself.
public enum Shingle {
    /// Words in a shingle.
    public static let width = 4
    /// A shingle below this is sampled: one in eight.
    public static let limit: UInt32 = 1 << 29
    /// A sketch has at least so many values, where the text has them, and at most `most`.
    public static let fewest = 16
    public static let most = 48

    /// The shingle of four words.
    public static func hash(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) -> UInt32 {
        var state = first &* 0x9E37_79B9_7F4A_7C15
        state = ((state << 23) | (state >> 41)) ^ second
        state = state &* 0xC2B2_AE3D_27D4_EB4F
        state = ((state << 29) | (state >> 35)) ^ third
        state = state &* 0x1656_67B1_9E37_79F9
        state = ((state << 31) | (state >> 33)) ^ fourth
        return UInt32(truncatingIfNeeded: mixedBits(state) >> 32)
    }

    /// A word as it counts in shingles.
    public static func masked(_ word: NormalWord) -> UInt64 { word.isMasked ? 0x23 : word.hash }
}

/// The smallest shingles: those below the limit, but no fewer and no more than the bounds.
private func sketch(of words: [NormalWord]) -> [UInt32] {
    guard words.count >= Shingle.width else { return [] }
    var values = shingles(of: words, below: Shingle.limit)
    if values.count < Shingle.fewest {
        values = Array(shingles(of: words, below: .max).prefix(Shingle.fewest))
    }
    return values.count > Shingle.most ? Array(values.prefix(Shingle.most)) : values
}

/// The distinct shingles below a limit, ascending.
private func shingles(of words: [NormalWord], below limit: UInt32) -> [UInt32] {
    var values: [UInt32] = []
    var first = Shingle.masked(words[0])
    var second = Shingle.masked(words[1])
    var third = Shingle.masked(words[2])
    for index in 3..<words.count {
        let fourth = Shingle.masked(words[index])
        let value = Shingle.hash(first, second, third, fourth)
        if value < limit { values.append(value) }
        (first, second, third) = (second, third, fourth)
    }
    values.sort()
    var kept = 0
    for index in values.indices where index == 0 || values[index] != values[kept - 1] {
        values[kept] = values[index]
        kept += 1
    }
    values.removeSubrange(kept...)
    return values
}
