/// How much of a feed is read. Reaching a limit is noted; what was read before stays.
struct FeedLimits: Sendable {
    /// Open elements; what lies deeper is passed over.
    var depth = 256
    /// The first ones are kept, the others counted.
    var entries = 20_000
    /// Bytes of a field, which is cut there.
    var field = 4 << 20
    /// Bytes of the document, which is read up to there.
    var document = 64 << 20
}
