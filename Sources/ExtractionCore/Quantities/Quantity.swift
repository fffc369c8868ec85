/// How exactly a figure is meant.
public enum Precision: String, Hashable, Sendable { case exact, about, atLeast = "at_least", atMost = "at_most", vague }

/// A figure as the text states it, such as "3,000-4,000 Islamic State fighters".
public struct Quantity: Hashable, Sendable {
    /// The number and its unit.
    public let range: TextRange
    public let low: Double
    public let high: Double
    /// The noun counted ("fighters"), a currency code or a measure; empty when there is none.
    public let unit: String
    public let precision: Precision
    public let attribution: Attribution?

    public init(
        range: TextRange, low: Double, high: Double, unit: String, precision: Precision,
        attribution: Attribution? = nil
    ) {
        self.range = range
        self.low = low
        self.high = high
        self.unit = unit
        self.precision = precision
        self.attribution = attribution
    }
}

/// How many people something befell, by one source.
public struct Toll: Hashable, Sendable {
    public typealias Outcome = TollOutcome

    /// The figure with its verb: "killed 12, including women and children".
    public let range: TextRange
    public let outcome: Outcome
    public let low: Int
    /// `Int.max` when the text sets no upper end ("at least 12").
    public let high: Int
    public let precision: Precision
    /// Who it befell: "people", "including women and children".
    public let victims: String?
    /// Such as "air strikes".
    public let cause: String?
    /// Who the source says did it.
    public let blamed: String?
    /// `Entity.id` of the place.
    public let place: Int?
    /// A TIMEX3 value for the day or span it counts.
    public let time: String?
    /// How the time is known: `sentence`, `sentence before`, `paragraph`, or the words of an open span.
    public let timeBasis: String?
    public let attribution: Attribution?

    public init(
        range: TextRange, outcome: Outcome, low: Int, high: Int, precision: Precision, victims: String? = nil,
        cause: String? = nil, blamed: String? = nil, place: Int? = nil, time: String? = nil,
        timeBasis: String? = nil, attribution: Attribution? = nil
    ) {
        self.range = range
        self.outcome = outcome
        self.low = low
        self.high = high
        self.precision = precision
        self.victims = victims
        self.cause = cause
        self.blamed = blamed
        self.place = place
        self.time = time
        self.timeBasis = timeBasis
        self.attribution = attribution
    }
}

/// Who says something, and how.
public struct Attribution: Hashable, Sendable {
    public typealias Stance = AttributionStance

    /// `Entity.id`, when the source is one of the article's entities.
    public let entity: Int?
    public let name: String
    /// What the source is, such as "state news agency".
    public let kind: String?
    /// The word that attributes, such as "said".
    public let cue: String
    public let stance: Stance

    public init(entity: Int?, name: String, kind: String? = nil, cue: String, stance: Stance) {
        self.entity = entity
        self.name = name
        self.kind = kind
        self.cue = cue
        self.stance = stance
    }
}
