internal import ExtractionCore
internal import Logging
internal import ServiceLifecycle
internal import Wire

/// Polls the configured feeds for as long as the daemon runs.
struct FeedService: Service {
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

    init(_ configuration: Configuration) {
        var sources: [FeedSource] = []
        var faults: [String] = []
        let interval = configuration.fetch.intervalSeconds
        for feed in configuration.feeds {
            sources.append(
                FeedSource(
                    url: feed.url, title: feed.title, intervalSeconds: Int(feed.intervalSeconds ?? interval),
                    fetchArticlePages: feed.fullText,
                    headers: feed.headers.sorted { $0.key < $1.key }.map { FetchRequest.Header($0.key, $0.value) }))
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
            sources.append(FeedSource(url: outline.xmlURL, title: outline.title, intervalSeconds: Int(interval)))
        }
        var seen: Set<String> = []
        self.sources = sources.filter { seen.insert($0.url).inserted }
        self.faults = faults
    }
}
