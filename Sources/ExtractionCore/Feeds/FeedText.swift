/// A text of a feed that may be marked up, as HTML.
public struct FeedText: Hashable, Sendable {
    /// As the feed carries it, references of the feed's own markup decoded; it may hold anything.
    public let source: [UInt8]
    /// What its relative addresses are relative to.
    let base: String?
    private let isClean: Bool

    init(source: [UInt8], base: String? = nil) {
        self.source = source
        self.base = base
        isClean = false
    }

    /// HTML that is known to be harmless.
    init(clean html: String) {
        source = Array(html.utf8)
        base = nil
        isClean = true
    }

    /// Sanitised, addresses resolved; nil when nothing is left.
    public var html: String? {
        let clean =
            isClean
            ? String(decoding: source, as: UTF8.self) : ASCII.trimmed(HTMLSanitizer.sanitized(source, base: base))
        return clean.isEmpty ? nil : clean
    }
}
