/// Everything that the core says about one article; every fact is a range over `Article.text`.
public struct Analysis: Hashable, Sendable {
    public var tokens: [Token] = []
    public var sentences: [Sentence] = []
    public var entities: [Entity] = []
    public var mentions: [Mention] = []
    /// Where places are named, inside longer names too.
    public var places: [PlaceMention] = []
    public var times: [TimeExpression] = []
    public var quantities: [Quantity] = []
    public var tolls: [Toll] = []
    public var quotations: [Quotation] = []
    public var claims: [Claim] = []
    public var events: [Event] = []
    /// In text order; a range may start after a doubled word, so that what is shown is verbatim.
    public var summary: [TextRange] = []
    /// Sentences that tell what came before, for the digest's "Background".
    public var background: [TextRange] = []
    public var w5 = W5()
    public var fingerprint = Fingerprint()
    public var notes: [Note] = []

    public init() {}

    /// The entity with that id.
    public func entity(_ id: Int?) -> Entity? {
        guard let id, id >= 1, id <= entities.count else { return nil }
        return entities[id - 1]
    }
}

/// Who did what, where and when, in the article's words.
public struct W5: Hashable, Sendable {
    public var who: String?
    public var what: String?
    public var place: String?
    public var when: String?

    public init() {}
}
