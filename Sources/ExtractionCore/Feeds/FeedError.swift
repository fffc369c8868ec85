/// Why a document is no feed.
public enum FeedError: Error, Equatable, Sendable {
    /// What the document looks like instead, such as `html`.
    case notAFeed(found: String)
    case empty
}
