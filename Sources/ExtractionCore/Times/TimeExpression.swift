/// A stretch of text that tells when, how long or how often.
public struct TimeExpression: Hashable, Sendable {
    public enum Kind: String, Sendable { case date = "DATE", time = "TIME", duration = "DURATION", set = "SET" }

    public let range: TextRange
    public let kind: Kind
    /// The TIMEX3 value, such as `2017-06-05`, `2017-W23`, `P3M`, `XXXX-WXX-1`.
    public let value: String
    /// The first and last day meant, where the text and the reference day settle them.
    public let from: CivilDate?
    public let to: CivilDate?

    public init(range: TextRange, kind: Kind, value: String, from: CivilDate? = nil, to: CivilDate? = nil) {
        self.range = range
        self.kind = kind
        self.value = value
        self.from = from
        self.to = to
    }
}
