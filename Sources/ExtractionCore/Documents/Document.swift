/// Bytes as they came in, before anybody read them.
public struct Document: Hashable, Sendable {
    public var bytes: [UInt8]
    public var origin: Origin
    /// What the transport says it is (`Content-Type` without parameters, lower case), if anything.
    public var mediaType: String?
    /// What the transport says about its encoding, if anything.
    public var charset: String?
    public var receivedAt: Instant
    public var url: String?
    /// When it was published, where the caller knows it from outside.
    public var published: ZonedTime?
    public var title: String?

    /// Where a document came from.
    public enum Origin: Hashable, Sendable {
        /// Dropped under this name; `member` names the part of a container.
        case file(name: String, member: String? = nil)
        /// An entry of the feed with this address.
        case entry(feed: String, id: String)
        case page
        case standardInput
    }

    public init(
        bytes: [UInt8], origin: Origin, mediaType: String? = nil, charset: String? = nil, receivedAt: Instant,
        url: String? = nil, published: ZonedTime? = nil, title: String? = nil
    ) {
        self.bytes = bytes
        self.origin = origin
        self.mediaType = mediaType
        self.charset = charset
        self.receivedAt = receivedAt
        self.url = url
        self.published = published
        self.title = title
    }
}
