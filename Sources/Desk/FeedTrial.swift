public import ExtractionCore
internal import Foundation
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
    /// The feeds that the page at the address names.
    public private(set) var named: [DiscoveredFeed] = []
    /// Why there is no feed.
    public private(set) var fault: String?
    /// Seconds for which the server says that asking again is useless.
    public private(set) var maxAge: Int?

    public init(_ url: String, _ configuration: Configuration) async {
        self.url = url
        do {
            let now: @Sendable () -> Instant = { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
            let fetcher = try Fetcher(options: configuration.fetch.options, now: now)
            defer { fetcher.close() }
            let list = FeedList(configuration).sources
            let reader = NewsReader(lexicon: Lexicon())
            try await read(list.first { $0.url == url } ?? FeedSource(url: url), configuration, fetcher, reader, now)
            if feed == nil, let first = named.first {
                try await read(FeedSource(url: first.url), configuration, fetcher, reader, now)
            }
        } catch {
            fault = error.message
        }
    }

    private mutating func read(
        _ source: FeedSource, _ configuration: Configuration, _ fetcher: Fetcher, _ reader: NewsReader,
        _ now: @Sendable () -> Instant
    ) async throws(FetchError) {
        let request = FetchRequest(
            url: source.url, accept: FetchRequest.feedTypes, headers: source.headers,
            bodyLimit: configuration.fetch.bodyLimit,
            timeoutMilliseconds: Int(configuration.fetch.timeoutSeconds) * 1000, http1Only: source.http1Only)
        let response = try await fetcher.fetch(request)
        (url, movedTo, mediaType, maxAge) = (response.finalURL, response.movedTo, response.mediaType, response.maxAge)
        bytes = response.body.count
        if response.botWall { throw .botWall(status: response.status) }
        let document = response.document(origin: .page, receivedAt: now()).inUTF8
        do {
            feed = try reader.feed(in: document)
            fault = nil
        } catch {
            fault =
                switch error {
                case .empty: "the document is empty"
                case .notAFeed(let found): "not a feed but \(found)"
                }
            named = reader.feeds(namedIn: document)
        }
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
