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
