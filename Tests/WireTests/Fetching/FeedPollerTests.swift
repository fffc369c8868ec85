import ExtractionCore
import Logging
import Synchronization
import Testing

@testable import Wire

/// A ledger in memory that can be told to fail.
private final class MemoryLedger: FeedLedger {
    struct Failure: Error {}

    struct Contents {
        var states: [String: FeedState] = [:]
        var known: [String: String] = [:]
        var polls: [FeedPoll] = []
        var failuresToCome = 0
        var recordCalls = 0
    }

    let contents = Mutex(Contents())

    var polls: [FeedPoll] { contents.withLock { $0.polls } }
    var recordCalls: Int { contents.withLock { $0.recordCalls } }

    func states() async throws -> [FeedState] { contents.withLock { Array($0.states.values) } }

    func fingerprints(of keys: [String], in feed: String) async throws -> [String: String] {
        contents.withLock { contents in
            var found: [String: String] = [:]
            for key in keys { found[key] = contents.known[feed + " " + key] }
            return found
        }
    }

    func record(_ poll: FeedPoll) async throws {
        try contents.withLock {
            $0.recordCalls += 1
            if $0.failuresToCome > 0 {
                $0.failuresToCome -= 1
                throw Failure()
            }
            $0.states[poll.source.url] = poll.state
            for polled in poll.entries {
                $0.known[poll.source.url + " " + polled.key] = fingerprint(of: polled.entry).hex
            }
            for (key, print) in poll.settled { $0.known[poll.source.url + " " + key] = print }
            $0.polls.append(poll)
        }
    }
}

/// A web of made-up answers, with a log.
private final class FakeWeb: Sendable {
    typealias Answer = @Sendable (FetchRequest) throws(FetchError) -> FetchResponse

    private let log = Mutex<(requests: [FetchRequest], running: [String: Int], most: Int)>(([], [:], 0))
    private let answer: Answer

    init(_ answer: @escaping Answer) { self.answer = answer }

    var requests: [FetchRequest] { log.withLock { $0.requests } }
    /// The most feeds of one host at a time.
    var mostPerHost: Int { log.withLock { $0.most } }

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let host = WebAddress(request.url)?.host ?? ""
        log.withLock {
            $0.requests.append(request)
            $0.running[host, default: 0] += 1
            $0.most = max($0.most, $0.running[host] ?? 0)
        }
        defer { log.withLock { $0.running[host, default: 1] -= 1 } }
        for _ in 0..<5 { await Task.yield() }
        return try answer(request)
    }
}

/// A feed in a made-up format: a line an entry, `id|title|text|link`.
///
/// A text of digits is the entry's time as well, in seconds.
private func readLines(_ document: Document) throws(FeedError) -> Feed {
    let text = String(decoding: document.bytes, as: UTF8.self)
    if text.hasPrefix("<html") { throw .notAFeed(found: "html") }
    let entries = text.split(separator: "\n").map { line -> Entry in
        let parts = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
        return Entry(
            id: parts[0], link: parts.count > 3 ? parts[3] : nil, title: parts[1], contentHTML: parts[2],
            published: Int64(parts[2]).map { ZonedTime(Instant(seconds: $0)) })
    }
    return Feed(format: "lines", title: "Lines", entries: entries)
}

private func body(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\n").utf8) }

private let feedURL = "https://news.example/feed"

private final class Times: Sendable {
    private let value = Mutex<[Instant]>([])

    var all: [Instant] { value.withLock { $0 } }

    func note(_ time: Instant) -> Int {
        value.withLock {
            $0.append(time)
            return $0.count
        }
    }
}

private final class Counter: Sendable {
    let value = Mutex(0)

    func next() -> Int {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}

/// Runs a poller on a clock that jumps whenever the poller sleeps, until `enough` or a limit of sleeps.
private func run(
    _ sources: [FeedSource], _ ledger: MemoryLedger, _ web: FakeWeb, through fetcher: Fetcher? = nil,
    clock: ManualClock = ManualClock(), options: FeedPoller.Options = .init(), naps: Int = 400,
    until enough: @escaping @Sendable () -> Bool
) async {
    let counter = Counter()
    let poller = FeedPoller(
        sources: sources, ledger: ledger,
        fetch: { request throws(FetchError) in
            if let fetcher { return try await fetcher.fetch(request) }
            return try await web.fetch(request)
        },
        read: { document throws(FeedError) in try readLines(document) },
        discover: { page in
            let words = String(decoding: page.bytes, as: UTF8.self).split(separator: " ")
            return words.first { $0.hasPrefix("http") }.map(String.init)
        },
        options: options, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
        now: { clock.now },
        sleep: { duration in
            // Polls under way come first: time passes only when there is nothing to do.
            for _ in 0..<200 {
                await Task.yield()
                if Task.isCancelled { return }
            }
            let nap = counter.next()
            if enough() || nap > naps { try await Task.sleep(for: .seconds(3600)) }
            clock.advance(duration.components.seconds + 1)
        })
    let task = Task { await poller.run() }
    while !enough(), counter.value.withLock({ $0 }) <= naps { await Task.yield() }
    task.cancel()
    await task.value
}

@Suite(.timeLimit(.minutes(1))) struct FeedPollerTests {
    private let fifty = (1...50).map { "id\($0)|Title \($0)|<p>Text \($0)</p>" }

    @Test func `all entries arrive once, a 304 adds nothing and an edit arrives again`() async throws {
        let fifty = fifty
        let turns = Counter()
        let web = FakeWeb { request throws(FetchError) in
            switch turns.next() {
            case 1: return FetchResponse(status: 200, finalURL: request.url, body: body(fifty), etag: "v1")
            case 2: return FetchResponse(status: 304, notModified: true, finalURL: request.url)
            default:
                var lines = fifty
                lines[6] = "id7|Title 7|<p>Text 7, now longer</p>"
                return FetchResponse(status: 200, finalURL: request.url, body: body(lines), etag: "v2")
            }
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: feedURL, intervalSeconds: 900)], ledger, web) { ledger.polls.count >= 4 }
        let polls = ledger.polls
        try #require(polls.count >= 4)
        #expect(polls[0].entries.count == 50)
        #expect(polls[0].entries.map(\.entry.id) == (1...50).map { "id\($0)" })
        #expect(polls[0].entries[0].document.origin == .entry(feed: feedURL, id: "id1"))
        #expect(polls[0].entries[0].document.bytes.isEmpty)
        #expect(polls[0].state.status == .ok && polls[0].state.title == "Lines" && polls[0].state.entriesSeen == 50)
        #expect(polls[1].entries.isEmpty && polls[1].state.status == .unchanged)
        #expect(polls[2].entries.map(\.entry.id) == ["id7"])
        #expect(polls[3].entries.isEmpty && polls[3].state.status == .unchanged)
        #expect(web.requests.map(\.etag).prefix(4) == [nil, "v1", "v1", "v2"])
    }

    @Test func `when the ledger fails, the poll is kept and nothing is asked for again`() async throws {
        let fifty = fifty
        let web = FakeWeb { request throws(FetchError) in
            if request.etag != nil { return FetchResponse(status: 304, notModified: true, finalURL: request.url) }
            return FetchResponse(status: 200, finalURL: request.url, body: body(fifty), etag: "v1")
        }
        let ledger = MemoryLedger()
        ledger.contents.withLock { $0.failuresToCome = 3 }
        let clock = ManualClock()
        let start = clock.now
        await run([FeedSource(url: feedURL, intervalSeconds: 900)], ledger, web, clock: clock) {
            ledger.polls.count >= 2
        }
        let polls = ledger.polls
        try #require(polls.count >= 2)
        #expect(polls[0].entries.count == 50)
        #expect(polls[1].entries.isEmpty)
        #expect(web.requests.prefix(2).map(\.etag) == [nil, "v1"])
        #expect(ledger.recordCalls >= 5)
        #expect((polls[1].state.lastCheck ?? start) >= start.adding(seconds: 180))
    }

    @Test func `pages are fetched for new entries, and the feed's words stand in for a page that is not there`()
        async throws
    {
        let lines = [
            "a|A|<p>short</p>|https://news.example/a", "b|B|<p>stays</p>|https://news.example/missing",
            "c|C|<p>no link</p>",
        ]
        let web = FakeWeb { request throws(FetchError) in
            switch request.url {
            case feedURL: return FetchResponse(status: 200, finalURL: feedURL, body: body(lines))
            case "https://news.example/a":
                return FetchResponse(
                    status: 200, finalURL: "https://news.example/a/full", body: Array("<p>long</p>".utf8),
                    mediaType: "text/html", charset: "utf-8")
            default: throw .notFound
            }
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: feedURL, fetchArticlePages: true)], ledger, web) { ledger.polls.count >= 2 }
        let poll = try #require(ledger.polls.first)
        #expect(
            poll.entries.map { String(decoding: $0.document.bytes, as: UTF8.self) } == [
                "<p>long</p>", "", "",
            ])
        #expect(poll.entries[0].document.url == "https://news.example/a/full")
        #expect(poll.entries[0].document.title == "A")
        #expect(poll.notes.count == 1)
        #expect(web.requests.filter { $0.url == "https://news.example/a" }.count == 1)
    }

    @Test func `an entry whose page fails for the moment is left for the next poll, but not for ever`() async throws {
        let first = ["a|A|<p>short</p>|https://news.example/a", "b|B|<p>words</p>|https://news.example/bad"]
        let later = first + ["c|C|<p>more</p>|https://news.example/bad", "d|D|<p>d</p>|https://news.example/d"]
        let turns = Counter()
        let web = FakeWeb { request throws(FetchError) in
            if request.url.hasSuffix("/bad") { throw .timedOut(after: 1000) }
            if request.url != feedURL {
                return FetchResponse(status: 200, finalURL: request.url, body: Array("<p>page</p>".utf8))
            }
            let isFirst = turns.next() == 1
            let tag = isFirst ? "v1" : "v2"
            if request.etag == tag { return FetchResponse(status: 304, notModified: true, finalURL: feedURL) }
            return FetchResponse(status: 200, finalURL: feedURL, body: body(isFirst ? first : later), etag: tag)
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: feedURL, fetchArticlePages: true)], ledger, web) { ledger.polls.count >= 5 }
        let polls = ledger.polls
        try #require(polls.count >= 5)
        // The first time there is no asking again without asking for everything, so the feed's words stand in.
        #expect(polls.prefix(5).map { $0.entries.map(\.entry.id) } == [["a", "b"], ["d"], [], ["c"], []])
        #expect(polls.prefix(5).map(\.state.etag) == ["v1", "v1", "v1", "v2", "v2"])
        #expect(polls[3].entries[0].document.bytes.isEmpty)
        #expect(web.requests.filter { $0.url.hasSuffix("/a") }.count == 1)
        #expect(web.requests.filter { $0.url == feedURL && $0.etag == nil }.count == 1)
    }

    @Test func `a feed that carries the article is not asked for its page, and pages obey robots`() async throws {
        let long = String(repeating: "word ", count: 400)
        let lines = [
            "a|A|<p>\(long)</p>|https://news.example/a", "b|B|<p>\(long)…</p>|https://news.example/b",
            "c|C|<p>x</p>|https://other.example/c",
        ]
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(status: 200, finalURL: request.url, body: body(lines), etag: "e")
        }
        let ledger = MemoryLedger()
        var source = FeedSource(url: feedURL, fetchArticlePages: true, headers: [.init("X-Key", "k")])
        source.access = .init(credentials: .bearer("t"), userAgent: "me", proxy: "http://p.example")
        await run([source], ledger, web) { ledger.polls.count >= 1 }
        #expect(ledger.polls.first?.entries.count == 3)
        let pages = web.requests.filter(\.obeysRobots).sorted { $0.url < $1.url }
        #expect(pages.map(\.url) == ["https://news.example/b", "https://other.example/c"])
        #expect(pages.map(\.access.credentials) == [.bearer("t"), nil] && pages.map(\.headers.count) == [1, 0])
        #expect(pages.allSatisfy { $0.access.userAgent == "me" && $0.access.proxy == "http://p.example" })
        #expect(web.requests.first?.obeysRobots == false)
    }

    @Test func `rules drop entries once, with a count, and before their pages are asked for`() async throws {
        let lines = [
            "a|Horoscope of the day|<p>x</p>|https://news.example/a", "b|Flood|<p>x</p>|https://news.example/b",
            "c|Horoscope again|<p>x</p>|https://news.example/c", "d|Sport|<p>x</p>|https://news.example/sport/1",
        ]
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(
                status: 200, finalURL: request.url,
                body: body(
                    lines
                        + [String(request.etag?.count ?? 0)]
                        .map { "\($0)|n|<p>n</p>" }), etag: (request.etag ?? "") + "x")
        }
        let ledger = MemoryLedger()
        var source = FeedSource(url: feedURL, fetchArticlePages: true)
        source.drop = [EntryRule(.title, .words(["horoscope"])), EntryRule(.url, .expression("/SPORT/[0-9]"))]
        await run([source], ledger, web) { ledger.polls.count >= 2 }
        let polls = ledger.polls
        try #require(polls.count >= 2)
        #expect(polls[0].entries.map(\.entry.id) == ["b", "0"])
        #expect(
            polls[0].dropped == [
                DroppedEntries(reason: "drop title: horoscope", count: 2),
                DroppedEntries(reason: "drop url matches: /SPORT/[0-9]", count: 1),
            ])
        #expect(polls[1].dropped.isEmpty && polls[1].entries.map(\.entry.id) == ["1"])
        #expect(web.requests.filter(\.obeysRobots).map(\.url) == ["https://news.example/b"])
    }

    @Test func `pages of entries too old to be shown are not asked for`() async throws {
        let clock = ManualClock()
        let times = [0, -86_000, -90_000].map { clock.now.seconds + $0 }
        let lines = times.enumerated().map { "\($0)|T|\($1)|https://news.example/\($0)" }
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(status: 200, finalURL: request.url, body: body(lines), etag: "e")
        }
        let ledger = MemoryLedger()
        var options = FeedPoller.Options()
        options.firstRunSeconds = 86_400
        let source = FeedSource(url: feedURL, fetchArticlePages: true)
        await run([source], ledger, web, clock: clock, options: options) { ledger.polls.count >= 1 }
        #expect(ledger.polls.first?.entries.count == 3)
        #expect(web.requests.filter(\.obeysRobots).map(\.url).sorted().map(\.last) == ["0", "1"])
    }

    @Test func `the user's encoding has more weight than the feed's own`() async throws {
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(status: 200, finalURL: request.url, body: Array("a|".utf8) + [0xCF, 0xF0] + Array("|x".utf8))
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: feedURL, encoding: "windows-1251")], ledger, web) { ledger.polls.count >= 1 }
        #expect(ledger.polls.first?.entries.first?.entry.title == "Пр")
        #expect(ledger.polls.first?.entries.first?.entry.id == "\u{FEFF}a")
    }

    @Test func `a date far ahead is marked where the feed's other dates are not`() async throws {
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(
                status: 200, finalURL: request.url,
                body: body(["a|A|1000", "b|B|2000", "c|C|9000000000"]))
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: feedURL)], ledger, web) { ledger.polls.count >= 1 }
        #expect(ledger.polls.first?.entries.map(\.isMisdated) == [false, false, true])
    }

    @Test func `faults are states, and nothing that is no feed is taken for one`() async throws {
        let answers: [String: FetchResponse] = [
            "https://a.example/html": FetchResponse(status: 200, finalURL: "", body: Array("<html>".utf8)),
            "https://b.example/empty": FetchResponse(status: 200, finalURL: "", body: []),
            "https://c.example/wall": FetchResponse(
                status: 200, finalURL: "", body: Array("x".utf8), botWall: "Cloudflare"),
        ]
        let web = FakeWeb { request throws(FetchError) in
            guard let answer = answers[request.url] else { throw .gone }
            return answer
        }
        let ledger = MemoryLedger()
        let urls = answers.keys.sorted() + ["https://d.example/gone"]
        await run(urls.map { FeedSource(url: $0) }, ledger, web) { ledger.polls.count >= 8 }
        let states = ledger.contents.withLock { $0.states }
        #expect(urls.map { states[$0]?.status } == [.broken, .broken, .blocked, .gone])
        #expect(states[urls[0]]?.reason == "not a feed but html")
        #expect(ledger.polls.allSatisfy { $0.entries.isEmpty })
        #expect(web.requests.filter { $0.url.hasSuffix("/gone") }.count == 1)
    }

    @Test func `a site that was subscribed to is asked once, and its feed from then on`() async throws {
        let web = FakeWeb { request throws(FetchError) in
            if request.url == "https://site.example/" {
                return FetchResponse(
                    status: 200, finalURL: request.url, body: Array("<html> https://site.example/feed >".utf8))
            }
            if request.etag != nil { return FetchResponse(status: 304, notModified: true, finalURL: request.url) }
            return FetchResponse(status: 200, finalURL: request.url, body: body(["a|A|text"]), etag: "v1")
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: "https://site.example/")], ledger, web) { ledger.polls.count >= 3 }
        #expect(
            web.requests.prefix(3).map(\.url) == ["https://site.example/"]
                + Array(repeating: "https://site.example/feed", count: 2))
        #expect(ledger.polls.first?.state.url == "https://site.example/")
        #expect(ledger.polls.first?.state.address == "https://site.example/feed")
        #expect(ledger.polls.first?.entries.count == 1)
        #expect(ledger.polls[1].state.status == .unchanged)
    }

    @Test func `a site that names another feed than before is followed`() async throws {
        let turns = Counter()
        let web = FakeWeb { request throws(FetchError) in
            let isOver = turns.next() > 4
            switch request.url {
            case "https://site.example/":
                let name = isOver ? "new" : "old"
                if request.etag != nil { return FetchResponse(status: 304, notModified: true, finalURL: request.url) }
                return FetchResponse(
                    status: 200, finalURL: request.url, body: Array("<html> https://site.example/\(name) >".utf8))
            case "https://site.example/old" where isOver: throw .notFound
            default: return FetchResponse(status: 200, finalURL: request.url, body: body(["a|A|text"]), etag: "v1")
            }
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: "https://site.example/")], ledger, web) {
            ledger.polls.last?.state.address == "https://site.example/new"
        }
        #expect(ledger.polls.last?.state.address == "https://site.example/new")
        #expect(ledger.polls.last?.state.status == .ok || ledger.polls.last?.state.status == .unchanged)
    }

    @Test func `a page in the place of a feed that was read is not searched for others`() async throws {
        let turns = Counter()
        let web = FakeWeb { request throws(FetchError) in
            if turns.next() == 1 {
                return FetchResponse(status: 200, finalURL: request.url, body: body(["a|A|text"]), etag: "v1")
            }
            return FetchResponse(
                status: 200, finalURL: request.url, body: Array("<html> https://portal.example/feed >".utf8))
        }
        let ledger = MemoryLedger()
        await run([FeedSource(url: feedURL)], ledger, web) { ledger.polls.count >= 6 }
        #expect(Set(web.requests.map(\.url)) == [feedURL])
        #expect(ledger.polls.last?.state.status == .broken)
    }

    @Test func `a host serves one feed at a time and none of its feeds starves`() async throws {
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(status: 304, notModified: true, finalURL: request.url)
        }
        let ledger = MemoryLedger()
        let sources = (0..<30).map { FeedSource(url: "https://news.example/\($0)", intervalSeconds: 900) }
        await run(sources, ledger, web, naps: 4000) { ledger.polls.count >= 300 }
        #expect(web.mostPerHost == 1)
        let counts = Dictionary(grouping: ledger.polls, by: \.source.url).mapValues(\.count)
        #expect(counts.count == 30)
        #expect((counts.values.min() ?? 0) >= 8 && (counts.values.max() ?? 99) <= 13)
    }

    @Test func `a kept state is taken up again`() async throws {
        let clock = ManualClock()
        let ledger = MemoryLedger()
        var state = FeedState(url: feedURL, at: clock.now)
        state.etag = "kept"
        state.validatorsSince = clock.now
        state.status = .throttled
        state.nextTry = clock.now.adding(seconds: 5000)
        ledger.contents.withLock { [state] in $0.states[feedURL] = state }
        let early = clock.now.adding(seconds: 5000)
        let web = FakeWeb { request throws(FetchError) in
            if clock.now < early { throw .other("asked too early") }
            return FetchResponse(status: 304, notModified: true, finalURL: request.url)
        }
        await run([FeedSource(url: feedURL)], ledger, web, clock: clock) { !ledger.polls.isEmpty }
        #expect(ledger.polls.first?.state.status == .unchanged)
        #expect(web.requests.first?.etag == "kept")
    }

    @Test func `waking polls a feed that is not due, and cancelling ends the loop`() async throws {
        let web = FakeWeb { request throws(FetchError) in
            FetchResponse(status: 304, notModified: true, finalURL: request.url)
        }
        let ledger = MemoryLedger()
        let clock = ManualClock()
        let poller = FeedPoller(
            sources: [FeedSource(url: feedURL)], ledger: ledger,
            fetch: { request throws(FetchError) in try await web.fetch(request) },
            read: { document throws(FeedError) in try readLines(document) },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), now: { clock.now })
        let task = Task { await poller.run() }
        while ledger.polls.isEmpty { await Task.yield() }
        #expect(web.requests.count == 1)
        await poller.wake()
        await poller.wake(feedURL)
        while ledger.polls.count < 2 { await Task.yield() }
        await poller.use([])
        #expect(await poller.currentStates().isEmpty)
        await poller.use([FeedSource(url: feedURL, isMuted: true)])
        #expect(await poller.currentStates().map(\.status) == [.muted])
        await poller.use([FeedSource(url: feedURL)])
        while ledger.polls.count < 3 { await Task.yield() }
        task.cancel()
        await task.value
    }

    @Test func `a host that says too many gets its rest from all its feeds`() async throws {
        let clock = ManualClock()
        let times = Times()
        let server = try LoopbackServer { _ in
            let number = times.note(clock.now)
            return number == 3 ? .text(429, ["Retry-After: 7200"]) : .text(304, [])
        }
        defer { server.stop() }
        let ledger = MemoryLedger()
        let sources = (0..<6).map { FeedSource(url: server.url("/\($0)"), intervalSeconds: 900) }
        for source in sources {
            var state = FeedState(url: source.url, at: clock.now)
            state.etag = "v"
            state.validatorsSince = clock.now
            ledger.contents.withLock { [state] in $0.states[source.url] = state }
        }
        let fetcher = try makeFetcher(clock: clock)
        let web = FakeWeb { _ throws(FetchError) in throw .cancelled }
        await run(sources, ledger, web, through: fetcher, clock: clock, naps: 4000) { times.all.count >= 30 }
        let all = times.all
        try #require(all.count >= 30)
        #expect(all[3].seconds - all[2].seconds >= 7200)
        #expect(Set(server.requests.prefix(12).map(\.path)).count == 6)
        #expect(server.mostInFlight == 1)
    }

    @Test func `the whole way over a socket: entries, 304, and nothing twice`() async throws {
        let lines = body(fifty)
        let server = try LoopbackServer { request in
            request.headers["if-none-match"] == "\"v1\"" ? .text(304) : .answer(200, ["ETag: \"v1\""], lines)
        }
        defer { server.stop() }
        let clock = ManualClock()
        let ledger = MemoryLedger()
        let poller = FeedPoller(
            sources: [FeedSource(url: server.url("/feed"))], ledger: ledger, fetcher: try makeFetcher(clock: clock),
            read: { document throws(FeedError) in try readLines(document) },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), now: { clock.now })
        let task = Task { await poller.run() }
        while ledger.polls.isEmpty { await Task.yield() }
        await poller.wake(server.url("/feed"))
        while ledger.polls.count < 2 { await Task.yield() }
        task.cancel()
        await task.value
        #expect(ledger.polls.map(\.entries.count) == [50, 0])
        #expect(ledger.polls[1].state.status == .unchanged)
    }
}
