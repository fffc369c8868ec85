/// What a source says in the article's words, without quotation marks.
public struct Claim: Hashable, Sendable {
    /// What is claimed, without the source and the cue.
    public let range: TextRange
    /// Nil when it is hedged ("reportedly") but nobody is named.
    public let attribution: Attribution?
    /// The word that softens it: "reportedly", "probably", "are thought to".
    public let hedge: String?
    /// Indices into `Analysis.tolls` and `Analysis.events`.
    public var tolls: [Int]
    public var events: [Int]

    public init(
        range: TextRange, attribution: Attribution?, hedge: String? = nil, tolls: [Int] = [], events: [Int] = []
    ) {
        self.range = range
        self.attribution = attribution
        self.hedge = hedge
        self.tolls = tolls
        self.events = events
    }
}
