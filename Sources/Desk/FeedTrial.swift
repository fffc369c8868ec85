public import ExtractionCore
internal import Wire

/// A feed, fetched and read once as the daemon would do it; nothing is kept.
public struct FeedTrial: Sendable {
    /// After all redirects, and after the step from a page to the feed that it names.
    public private(set) var url: String
    /// Where the address moved for good.
    public private(set) var movedTo: String?
    public private(set) var mediaType: String?
    public private(set) var bytes = 0
    /// Nil when there is a fault.
    public private(set) var feed: Feed?
    /// For each entry of the feed, the rule of the configuration that keeps it out, in words; nil for what is taken.
    public private(set) var drops: [String?] = []
    /// The feeds that the page at the address names.
    public private(set) var named: [DiscoveredFeed] = []
    /// Why there is no feed.
    public private(set) var fault: String?
    /// Seconds for which the server says that asking again is useless.
    public private(set) var maxAge: Int?

    public init(_ url: String, _ configuration: Configuration) async {
        self.url = url
        do {
            let visitor = try WebVisitor(configuration)
            defer { visitor.close() }
            let list = FeedList(configuration).sources
            var source = list.first { $0.url == url } ?? FeedSource(url: url)
            try await read(source, visitor)
            if feed == nil, let first = named.first {
                source.url = first.url
                try await read(source, visitor)
            }
            drops = source.reasons(toDrop: feed?.entries ?? [])
        } catch {
            fault = error.message
        }
    }

    private mutating func read(_ source: FeedSource, _ visitor: WebVisitor) async throws(FetchError) {
        var request = visitor.request(source.url, accept: FetchRequest.feedTypes)
        request.headers = source.headers
        request.access = source.access
        request.http1Only = source.http1Only
        let response = try await visitor.answer(request)
        (url, movedTo, mediaType, maxAge) = (response.finalURL, response.movedTo, response.mediaType, response.maxAge)
        bytes = response.body.count
        let document = source.document(of: response, receivedAt: visitor.now()).inUTF8
        let reader = NewsReader(lexicon: Lexicon())
        do {
            feed = try reader.feed(in: document)
            fault = nil
        } catch {
            fault = error.message
            named = reader.feeds(namedIn: document)
        }
    }
}

/// One page of the web, fetched as the daemon would do it; nothing is kept.
public struct PageTrial: Sendable {
    /// Nil when there is a fault.
    public private(set) var document: Document?
    public private(set) var fault: String?

    public init(_ url: String, _ configuration: Configuration) async {
        do {
            let visitor = try WebVisitor(configuration)
            defer { visitor.close() }
            var request = visitor.request(url, accept: FetchRequest.pageTypes)
            request.obeysRobots = true
            document = try await visitor.answer(request).document(origin: .page, receivedAt: visitor.now())
        } catch {
            fault = error.message
        }
    }
}

/// A fetcher of one's own, for a question or two.
private struct WebVisitor {
    let fetcher: Fetcher
    private let settings: Configuration.FetchSettings
    let now: @Sendable () -> Instant = { .present }

    init(_ configuration: Configuration) throws(FetchError) {
        settings = configuration.fetch
        fetcher = try Fetcher(options: settings.options, now: now)
    }

    func close() { fetcher.close() }

    func request(_ url: String, accept: String) -> FetchRequest {
        FetchRequest(
            url: url, accept: accept, bodyLimit: settings.bodyLimit,
            timeoutMilliseconds: Int(settings.timeoutSeconds) * 1000)
    }

    func answer(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let response = try await fetcher.fetch(request)
        try response.refuseWall()
        return response
    }
}

extension Configuration.FetchSettings {
    /// How the fetcher behaves towards all servers.
    var options: Fetcher.Options {
        var options = Fetcher.Options()
        options.requestLimit = concurrency
        options.allowPrivateHosts = allowPrivate
        options.proxy = proxy ?? ""
        if let contact { options.userAgent = "copytaster (news digest; \(contact))" }
        return options
    }
}
