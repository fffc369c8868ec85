public import ExtractionCore

/// What to fetch, and how much of it at most.
public struct FetchRequest: Hashable, Sendable {
    public struct Header: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is accepted where a feed is wanted.
    public static let feedTypes =
        "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

    /// What is accepted where an article is wanted; a feed will do.
    public static let pageTypes =
        "text/html, application/xhtml+xml, application/atom+xml;q=0.8, application/rss+xml;q=0.8, */*;q=0.5"

    /// How one feed comes in where others need no more than an address.
    public struct Access: Hashable, Sendable {
        public enum Credentials: Hashable, Sendable {
            case password(user: String, password: String)
            case bearer(String)
        }

        /// Sent to the first host only.
        public var credentials: Credentials?
        /// Instead of ours.
        public var userAgent: String?
        /// A file in the format that browsers export; read, never written, each cookie sent where it belongs.
        public var cookieFile: String?
        /// Instead of the general one; empty for none.
        public var proxy: String?

        public init(
            credentials: Credentials? = nil, userAgent: String? = nil, cookieFile: String? = nil, proxy: String? = nil
        ) {
            self.credentials = credentials
            self.userAgent = userAgent
            self.cookieFile = cookieFile
            self.proxy = proxy
        }
    }

    /// An address without the credentials it may hold, and those.
    public static func separate(_ url: String) -> (url: String, credentials: Access.Credentials?) {
        guard let address = WebAddress(url), let user = address.user else { return (url, nil) }
        return (address.url, .password(user: user, password: address.password ?? ""))
    }

    /// May hold credentials (`https://user:word@host/`); they are sent to that host only and shown nowhere.
    public var url: String
    public var accept: String?
    /// Validators from the last answer, sent back as they came.
    public var etag: String?
    public var lastModified: String?
    /// Sent to the first host only.
    public var headers: [Header]
    public var access: Access
    /// Nobody subscribed to it: robots.txt is obeyed.
    public var obeysRobots: Bool
    /// Seconds to wait for a host that rests, rather than to give up.
    public var patienceSeconds: Int
    /// In bytes, after decompression.
    public var bodyLimit: Int
    /// Each hop.
    public var connectTimeoutMilliseconds: Int
    /// Each hop.
    public var timeoutMilliseconds: Int
    /// For servers that go wrong with HTTP/2.
    public var http1Only: Bool

    public init(
        url: String, accept: String? = nil, etag: String? = nil, lastModified: String? = nil, headers: [Header] = [],
        access: Access = .init(), obeysRobots: Bool = false, patienceSeconds: Int = 0,
        bodyLimit: Int = 16 << 20, connectTimeoutMilliseconds: Int = 10_000, timeoutMilliseconds: Int = 60_000,
        http1Only: Bool = false
    ) {
        self.url = url
        self.accept = accept
        self.etag = etag
        self.lastModified = lastModified
        self.headers = headers
        self.access = access
        self.obeysRobots = obeysRobots
        self.patienceSeconds = patienceSeconds
        self.bodyLimit = bodyLimit
        self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.http1Only = http1Only
    }
}

/// What a server gave.
public struct FetchResponse: Hashable, Sendable {
    /// 2xx or 304.
    public var status: Int
    /// The validators still hold; there is no body.
    public var notModified: Bool
    /// After all redirects, without credentials.
    public var finalURL: String
    /// Where the leading run of permanent redirects (301, 308) led, when there was one.
    public var movedTo: String?
    public var body: [UInt8]
    /// Lower case, without parameters.
    public var mediaType: String?
    /// Lower case.
    public var charset: String?
    public var etag: String?
    public var lastModified: String?
    /// The `Date` header, as it came.
    public var servedAt: String?
    /// In seconds.
    public var retryAfter: Int?
    /// Seconds for which the server says that asking again is useless (`max-age`, else `Expires`).
    public var maxAge: Int?
    /// Whose challenge for browsers the body is, if it is one and not what was asked for.
    public var botWall: String?

    public init(
        status: Int, notModified: Bool = false, finalURL: String, movedTo: String? = nil, body: [UInt8] = [],
        mediaType: String? = nil, charset: String? = nil, etag: String? = nil, lastModified: String? = nil,
        servedAt: String? = nil, retryAfter: Int? = nil, maxAge: Int? = nil, botWall: String? = nil
    ) {
        self.status = status
        self.notModified = notModified
        self.finalURL = finalURL
        self.movedTo = movedTo
        self.body = body
        self.mediaType = mediaType
        self.charset = charset
        self.etag = etag
        self.lastModified = lastModified
        self.servedAt = servedAt
        self.retryAfter = retryAfter
        self.maxAge = maxAge
        self.botWall = botWall
    }

    /// Throws where the body is a wall, which nobody must take for what was asked for.
    public func refuseWall() throws(FetchError) {
        if let maker = botWall { throw .botWall(maker: maker, status: status) }
    }

    /// The body as a document for the core to read.
    public func document(origin: Document.Origin, receivedAt: Instant) -> Document {
        Document(
            bytes: body, origin: origin, mediaType: mediaType, charset: charset, receivedAt: receivedAt, url: finalURL)
    }
}
