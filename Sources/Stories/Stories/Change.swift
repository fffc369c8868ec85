public import ExtractionCore

/// A figure with its ends; `high` is nil when no upper end is stated.
public struct FigureRange: Hashable, Sendable {
    public let low: Double
    public let high: Double?

    public init(_ low: Double, _ high: Double?) {
        self.low = low
        self.high = high
    }
}

/// What an update changed, or what an article added to its story.
public struct Change: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
        case toll, figure, place, name, claim, event, text, correction, headline
    }

    public let kind: Kind
    public let outcome: Toll.Outcome?
    public let from: FigureRange?
    public let to: FigureRange?
    public let source: String?
    /// The id of the toll that this one replaces.
    public let supersedes: String?
    /// The new words in the new article.
    public let words: TextRange?
    /// One line for people: "killed: was 12, now 21 (SANA)".
    public let summary: String

    public init(
        kind: Kind, outcome: Toll.Outcome? = nil, from: FigureRange? = nil, to: FigureRange? = nil,
        source: String? = nil, supersedes: String? = nil, words: TextRange? = nil, summary: String
    ) {
        self.kind = kind
        self.outcome = outcome
        self.from = from
        self.to = to
        self.source = source
        self.supersedes = supersedes
        self.words = words
        self.summary = summary
    }
}

/// A figure without needless decimals.
func shownFigure(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return String(whole) }
    let hundredths = (value * 100).rounded()
    guard let scaled = Int(exactly: hundredths) else { return "\(value)" }
    let fraction = abs(scaled % 100)
    let digits = fraction % 10 == 0 ? String(fraction / 10) : (fraction < 10 ? "0\(fraction)" : String(fraction))
    return (scaled < 0 ? "-" : "") + String(abs(scaled / 100)) + "." + digits
}
