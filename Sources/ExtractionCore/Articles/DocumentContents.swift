/// What stands in a document: one article, or several parts that are read on their own.
public enum DocumentContents: Hashable, Sendable {
    case article(Article)
    case members([Member])
}

/// One part of a document that holds many.
public struct Member: Sendable {
    /// The line number, the entry's id or its position: what finds the part again.
    public let name: String
    public let result: Result<Article, DocumentError>

    public init(name: String, result: Result<Article, DocumentError>) {
        self.name = shortened(name, to: 500)
        self.result = result
    }
}

extension Member: Hashable {
    public static func == (left: Member, right: Member) -> Bool {
        guard left.name == right.name else { return false }
        switch (left.result, right.result) {
        case (.success(let one), .success(let other)): return one == other
        case (.failure(let one), .failure(let other)): return one == other
        default: return false
        }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
