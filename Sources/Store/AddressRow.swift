public import ExtractionCore

/// An address that a dropped file named, and what became of it.
public struct AddressRow: Hashable, Sendable {
    public enum State: String, Sendable {
        case waiting
        case done
        case failed
    }

    /// The claim of the file that named it.
    public var claim: Int64
    /// Its number among the addresses of that file.
    public var number: Int
    public var url: String
    /// Whose turn it is: one address of a host at a time.
    public var host: String
    public var title: String?
    /// As the file says it, ISO 8601.
    public var published: String?
    /// How many lists lead to it: 1 for what stands in the file itself.
    public var depth: Int
    public var state: State
    public var attempts: Int
    public var nextTry: Instant
    /// Why it failed, or why it waits.
    public var code: String?
    public var message: String?
    /// When it last changed.
    public var at: Instant

    public init(
        claim: Int64, number: Int, url: String, host: String, title: String? = nil, published: String? = nil,
        depth: Int = 1, state: State = .waiting, attempts: Int = 0, nextTry: Instant, code: String? = nil,
        message: String? = nil, at: Instant
    ) {
        self.claim = claim
        self.number = number
        self.url = url
        self.host = host
        self.title = title
        self.published = published
        self.depth = depth
        self.state = state
        self.attempts = attempts
        self.nextTry = nextTry
        self.code = code
        self.message = message
        self.at = at
    }
}
