/// Why a document is no feed.
public enum FeedError: Error, Equatable, Sendable {
    /// What the document looks like instead, such as `html`.
    case notAFeed(found: String)
    case empty
}

extension FeedError {
    /// One line for people.
    public var message: String {
        switch self {
        case .empty: "the document is empty"
        case .notAFeed(let found): "not a feed but \(found)"
        }
    }
}
