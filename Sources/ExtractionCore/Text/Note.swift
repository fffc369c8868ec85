/// Something doubtful, and where.
public struct Note: Hashable, Sendable {
    public let range: TextRange?
    public let text: String

    public init(range: TextRange? = nil, text: String) {
        self.range = range
        self.text = text
    }
}
