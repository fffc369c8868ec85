internal import ExtractionCore
internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import Wire

/// Polls the configured feeds for as long as the daemon runs.
struct FeedService: Service {
    /// As the configuration had them at the start.
    let sources: [FeedSource]
    let poller: FeedPoller
    let fetcher: Fetcher

    func run() async throws {
        await cancelWhenGracefulShutdown { await poller.run() }
        fetcher.close()
    }
}

/// The feeds of a configuration, those of its OPML files and those that the command line added included.
struct FeedList {
    let sources: [FeedSource]
    /// OPML files that could not be read.
    let faults: [String]

    init(
        _ configuration: Configuration, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        var sources: [FeedSource] = []
        var faults: [String] = []
        let fetch = configuration.fetch
        for feed in configuration.feeds {
            var source = FeedList.source(feed, fetch)
            if let name = feed.credentials {
                source.access.credentials = FeedList.credentials(name, environment)
                if source.access.credentials == nil { faults.append("\(feed.url): no credentials '\(name)'") }
            }
            if let cookies = feed.cookies, Paths.bytes(cookies) == nil {
                faults.append("\(feed.url): \(cookies) not readable")
            }
            sources.append(source)
        }
        var outlines = Subscriptions(configuration).outlines
        for path in configuration.opml {
            guard let bytes = Paths.bytes(path) else {
                faults.append("\(path): not readable")
                continue
            }
            outlines += OPML.outlines(in: bytes)
        }
        for outline in outlines {
            var feed = Configuration.FeedSetting(url: outline.xmlURL)
            feed.title = outline.title
            sources.append(FeedList.source(feed, fetch))
        }
        var seen: Set<String> = []
        self.sources = sources.filter { seen.insert($0.url).inserted }
        self.faults = faults
    }

    /// A feed with an interval of its own is asked that often; the others may be asked less often when they seldom post.
    private static func source(
        _ feed: Configuration.FeedSetting, _ fetch: Configuration.FetchSettings
    ) -> FeedSource {
        // What stands in the digest and in the status must hold no password.
        let (url, credentials) = FetchRequest.separate(feed.url)
        return FeedSource(
            url: url, title: feed.title, intervalSeconds: Int(feed.intervalSeconds ?? fetch.intervalSeconds),
            slowestSeconds: feed.intervalSeconds == nil ? Int(fetch.slowestSeconds) : 0,
            fetchArticlePages: feed.fullText,
            headers: feed.headers.sorted { $0.key < $1.key }.map { FetchRequest.Header($0.key, $0.value) },
            access: .init(
                credentials: credentials, userAgent: feed.userAgent, cookieFile: feed.cookies, proxy: feed.proxy),
            http1Only: feed.http1, isMuted: feed.isMuted, encoding: feed.encoding, identity: feed.identity,
            keep: feed.keep, drop: feed.drop)
    }

    /// `user:password`, else a token; the file is read anew with each reading of the configuration.
    private static func credentials(
        _ name: String, _ environment: [String: String]
    ) -> FetchRequest.Access.Credentials? {
        guard let folder = environment["CREDENTIALS_DIRECTORY"], let bytes = Paths.bytes(folder + "/" + name) else {
            return nil
        }
        var line = String(decoding: bytes, as: UTF8.self)
        while let last = line.last, last.isWhitespace { line.removeLast() }
        guard !line.isEmpty else { return nil }
        guard let colon = line.firstIndex(of: ":") else { return .bearer(line) }
        return .password(user: String(line[..<colon]), password: String(line[line.index(after: colon)...]))
    }
}
