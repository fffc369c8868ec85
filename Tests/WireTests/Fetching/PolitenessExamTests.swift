// The politeness exam: days of a poller's life against a server that keeps a log, with the poller killed now and then.
// Time is simulated, the requests are real. Each host has its own wishes; the log is then read as its owner would.

import ExtractionCore
import Glibc
import Logging
import Synchronization
import Testing

@testable import Wire

/// One answered request.
private struct Visit: Sendable {
    var at: Instant
    var host: String
    var path: String
    var etag: String?
    var date: String?
    var status: Int
    /// What the server asked for with its answer.
    var retryAfter: Int?
    var maxAge: Int?
    var servedTag: String?

    var isWhole: Bool { etag == nil && date == nil }
    var name: String { host + path }
}

/// A web of hosts with wishes, all on one loopback server.
private final class Web: Sendable {
    let time: SimulatedTime
    private let log = Mutex<[Visit]>([])
    private let asked = Mutex<[String: Int]>([:])

    init(_ time: SimulatedTime) { self.time = time }

    var visits: [Visit] { log.withLock { $0 } }

    func reply(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
        let host = String((request.headers["host"] ?? "").prefix { $0 != ":" })
        let count = asked.withLock {
            $0[host, default: 0] += 1
            return $0[host] ?? 0
        }
        let now = time.now
        var visit = Visit(
            at: now, host: host, path: request.path, etag: request.headers["if-none-match"],
            date: request.headers["if-modified-since"], status: 200)
        var headers: [String] = []
        refuse(&visit, &headers, count)
        if visit.status == 200 { answer(&visit, &headers, request) }
        let body = body(of: visit)
        log.withLock { $0.append(visit) }
        return .answer(visit.status, headers, visit.status == 200 ? Array(body.utf8) : [])
    }

    /// `limited` names its time, `mute` does not, `down` says 503 with a date, `zero` says that now is fine.
    private func refuse(_ visit: inout Visit, _ headers: inout [String], _ count: Int) {
        let kind = visit.host.prefix { $0 != "." }
        if kind == "limited", count % 9 == 5 { (visit.status, visit.retryAfter) = (429, 10_000) }
        if kind == "mute", count % 20 == 7 { (visit.status, visit.retryAfter) = (429, nil) }
        if kind == "down", count % 11 == 3 { (visit.status, visit.retryAfter) = (503, 7200) }
        if kind == "zero", count % 5 == 2 { (visit.status, visit.retryAfter) = (429, 0) }
        if kind == "broken", count % 3 != 1 { visit.status = 500 }
        if let seconds = visit.retryAfter { headers.append("Retry-After: \(seconds)") }
    }

    private func answer(_ visit: inout Visit, _ headers: inout [String], _ request: LoopbackServer.Request) {
        let kind = visit.host.prefix { $0 != "." }
        if visit.path == "/robots.txt" { return }
        let edition = visit.at.seconds / 21_600
        let tag = kind == "forever" ? "W/\"for ever\"" : "W/\"\(visit.path) é \(edition)\""
        switch kind {
        case "bare": return
        case "dated": headers.append("Date: " + "Tue, 14 Nov 2023 22:13:20 GMT")
        case "fresh":
            visit.maxAge = 9000
            headers.append("Cache-Control: max-age=9000")
        case "absurd":
            visit.maxAge = 400 * 86_400
            headers.append("Cache-Control: max-age=\(400 * 86_400)")
        case "moved":
            if visit.path == "/old" {
                visit.status = 301
                headers.append("Location: /new")
                return
            }
        default: break
        }
        if visit.path.hasPrefix("/page") { return }
        if kind != "dated" {
            headers.append("ETag: " + tag)
            visit.servedTag = tag
            if visit.etag == tag { visit.status = 304 }
        }
    }

    private func body(of visit: Visit) -> String {
        let isSlow = visit.host == "pages.example"
        if visit.path == "/robots.txt" {
            return "User-agent: *\nDisallow: /page/9" + (isSlow ? "\nCrawl-delay: 5" : "")
        }
        if visit.path.hasPrefix("/page") { return "<p>A page.</p>" }
        let edition = visit.at.seconds / 21_600
        if visit.host == "many.example" {
            let entries = (0..<6).map {
                "\(edition) \($0)|Edition|<p>x</p>|http://many.example:PORT/page/\(edition)-\($0)"
            }
            return entries.joined(separator: "\n")
        }
        return "\(edition)|Edition|<p>\(edition)</p>|http://\(visit.host):PORT/page/\(edition % 10)"
    }
}

/// What survives a kill.
private final class Ledger: FeedLedger {
    private let contents = Mutex<([String: FeedState], [String: String], HostLimits)>(([:], [:], HostLimits()))

    var limits: HostLimits { contents.withLock { $0.2 } }

    func states() async throws -> [FeedState] { contents.withLock { Array($0.0.values) } }

    func fingerprints(of keys: [String], in feed: String) async throws -> [String: String] {
        contents.withLock { contents in
            var found: [String: String] = [:]
            for key in keys { found[key] = contents.1[feed + key] }
            return found
        }
    }

    func record(_ poll: FeedPoll) async throws {
        contents.withLock {
            $0.0[poll.source.url] = poll.state
            for polled in poll.entries { $0.1[poll.source.url + polled.key] = "x" }
            $0.2 = poll.hostLimits
        }
    }
}

@Suite(.timeLimit(.minutes(5)), .serialized) struct PolitenessExamTests {
    private static let days = 4

    @Test func `four days among hosts with wishes, killed six times a day, without one rude request`() async throws {
        // A Tuesday, 22:13 UTC.
        let start = Instant(seconds: 1_700_000_000)
        let time = SimulatedTime(start)
        let web = Web(time)
        let server = try LoopbackServer { web.reply($0) }
        defer { server.stop() }
        let ledger = Ledger()
        let sources = self.sources(server)
        for life in 0..<(6 * PolitenessExamTests.days) {
            let (poller, fetcher) = try makeLife(sources, ledger, time, server)
            let task = Task { await poller.run() }
            // A request on its way when we die would meet the first of the next life at the server.
            await time.run(until: start.adding(seconds: Int64((life + 1) * 14_400)), isBusy: { fetcher.isExchanging })
            task.cancel()
            await task.value
            fetcher.close()
        }
        let visits = web.visits
        #expect(server.mostAtOneHost == 1)
        checkRests(visits)
        checkFreshness(visits)
        checkWholeFeeds(visits)
        checkValidators(visits)
        checkSkippedHours(visits)
        checkPages(visits)
        checkSpacing(visits)
        checkNobodyStarves(visits, sources)
        #expect(visits.filter { $0.name == "moved.example/old" }.count < 60, "a move is believed after a day")
    }

    private func sources(_ server: LoopbackServer) -> [FeedSource] {
        var sources: [FeedSource] = []
        for (kind, count) in [
            ("plain", 3), ("limited", 4), ("mute", 6), ("down", 2), ("zero", 2), ("broken", 2), ("bare", 2),
            ("dated", 1), ("fresh", 2), ("absurd", 1), ("forever", 1), ("skips", 2),
        ] {
            for number in 0..<count {
                sources.append(FeedSource(url: server.url("/\(number)", host: kind + ".example")))
            }
        }
        sources.append(FeedSource(url: server.url("/old", host: "moved.example")))
        for number in 0..<4 {
            let host = number < 2 ? "pages.example" : "many.example"
            sources.append(
                FeedSource(
                    url: server.url("/\(number)", host: host), slowestSeconds: 4 * 3600,
                    fetchArticlePages: true))
        }
        return sources
    }

    private func makeLife(
        _ sources: [FeedSource], _ ledger: Ledger, _ time: SimulatedTime, _ server: LoopbackServer
    ) throws -> (FeedPoller, Fetcher) {
        var options = Fetcher.Options()
        options.allowPrivateHosts = ["127.0.0.1"]
        options.pinnedNames = Set(sources.compactMap { WebAddress($0.url)?.host }).map {
            "\($0):\(server.port):127.0.0.1"
        }
        let fetcher = try Fetcher(
            options: options, hostLimits: ledger.limits, now: { time.now },
            sleep: { try await time.sleep($0) })
        let poller = FeedPoller(
            sources: sources, ledger: ledger, fetcher: fetcher,
            read: { document throws(FeedError) in PolitenessExamTests.feed(in: document, port: server.port) },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), now: { time.now },
            sleep: { try await time.sleep($0) })
        return (poller, fetcher)
    }

    private static func feed(in document: Document, port: Int) -> Feed {
        var feed = Feed(format: "lines")
        for line in String(decoding: document.bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "|").map { String($0) }
            guard parts.count == 4 else { continue }
            var link = parts[3]
            link.replace("PORT", with: "\(port)")
            feed.entries.append(Entry(id: parts[0], link: link, title: parts[1], contentHTML: parts[2]))
        }
        if document.url?.contains("skips.example") == true {
            feed.pace = PublishingPace(timeToLive: 3600, skippedHours: 0b1111_1111, skippedDays: 1 << 5)
        }
        return feed
    }

    // MARK: The log, read as the owners of the hosts would

    private func checkRests(_ visits: [Visit]) {
        for (host, visits) in Dictionary(grouping: visits, by: \.host) {
            for (index, visit) in visits.enumerated() where visit.status == 429 || visit.status == 503 {
                let end = visit.at.adding(seconds: Int64(visit.retryAfter ?? 61))
                if let next = visits.dropFirst(index + 1).first {
                    #expect(next.at >= end, "\(host) asked for a rest at \(visit.at.seconds)")
                }
            }
        }
        #expect(visits.filter { $0.status == 429 && $0.retryAfter == nil }.count > 3)
        #expect(visits.filter { $0.status == 429 && $0.retryAfter == 0 }.count > 3)
        #expect(visits.filter { $0.status == 503 }.count > 3)
    }

    private func checkFreshness(_ visits: [Visit]) {
        for (name, visits) in Dictionary(grouping: visits, by: \.name) {
            for (visit, next) in zip(visits, visits.dropFirst()) {
                let age = min(visit.maxAge ?? 0, 86_400)
                #expect(next.at >= visit.at.adding(seconds: Int64(age)), "\(name) was fresh at \(visit.at.seconds)")
            }
        }
    }

    private func checkWholeFeeds(_ visits: [Visit]) {
        let feeds = visits.filter { !$0.path.hasPrefix("/page") && $0.path != "/robots.txt" && $0.status == 200 }
        for (name, visits) in Dictionary(grouping: feeds.filter(\.isWhole), by: \.name) {
            for (visit, next) in zip(visits, visits.dropFirst()) {
                #expect(next.at >= visit.at.adding(seconds: 86_400), "\(name) was asked for as a whole twice a day")
            }
            if !name.hasPrefix("bare") { #expect(visits.count == 1, "\(name)") }
        }
    }

    private func checkValidators(_ visits: [Visit]) {
        for (name, visits) in Dictionary(grouping: visits, by: \.name) {
            var served: Set<String> = []
            // What the new address gave is sent to the old one on the way.
            for visit in visits where visit.path != "/old" {
                // A kill may cost an answer before it was recorded, so the one before is as good as the last.
                if let etag = visit.etag { #expect(served.contains(etag), "\(name) at \(visit.at.seconds)") }
                if visit.host == "dated.example", visit.date != nil {
                    #expect(visit.date == "Tue, 14 Nov 2023 22:13:20 GMT")
                }
                if let tag = visit.servedTag { served.insert(tag) }
            }
        }
        #expect(visits.filter { $0.status == 304 }.count > 300)
    }

    private func checkSkippedHours(_ visits: [Visit]) {
        let skipping = visits.filter { $0.host == "skips.example" }
        #expect(skipping.count > 20)
        for visit in skipping {
            #expect((visit.at.seconds % 86_400) / 3600 >= 8, "\(visit.at.seconds)")
            #expect(CivilDate(visit.at, offsetMinutes: 0).weekday != 5)
        }
    }

    private func checkPages(_ all: [Visit]) {
        let visits = all.filter { $0.host == "pages.example" }
        let pages = visits.filter { $0.path.hasPrefix("/page") }
        #expect(pages.count >= 10)
        #expect(all.filter { $0.host == "many.example" && $0.path.hasPrefix("/page") }.count >= 90)
        #expect(!pages.contains { $0.path == "/page/9" })
        guard let rules = visits.firstIndex(where: { $0.path == "/robots.txt" }) else {
            Issue.record("robots.txt was not asked for")
            return
        }
        #expect(!visits[..<rules].contains { $0.path.hasPrefix("/page") })
        // One may have been let in before the file was read.
        for (visit, next) in zip(visits[(rules + 2)...], visits[(rules + 3)...]) {
            let words = "\(visit.path) at \(visit.at.seconds), then \(next.path)"
            #expect(next.at.seconds - visit.at.seconds >= 5, "\(words)")
        }
    }

    private func checkSpacing(_ visits: [Visit]) {
        let mute = visits.filter { $0.host == "mute.example" }
        guard let first = mute.firstIndex(where: { $0.status == 429 }) else { return }
        for (visit, next) in zip(mute[first...], mute[(first + 1)...]) {
            #expect(next.at.seconds - visit.at.seconds >= 61, "the pace that was learnt is kept")
        }
    }

    /// The kinds that are held back most have their due as well.
    private func checkNobodyStarves(_ visits: [Visit], _ sources: [FeedSource]) {
        let least = [
            "absurd": 4, "bare": 4, "limited": 8, "mute": 20, "down": 25, "broken": 8, "skips": 12, "moved": 1,
            "fresh": 30, "pages": 20, "many": 20,
        ]
        for source in sources {
            guard let address = WebAddress(source.url) else { continue }
            let kind = String(address.host.prefix { $0 != "." })
            let count = visits.filter { $0.host == address.host && $0.path == address.path && $0.status < 400 }.count
            #expect(count >= least[kind] ?? 100, "\(address.host)\(address.path) was read \(count) times")
        }
    }
}
