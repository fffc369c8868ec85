import ExtractionCore
import Logging
import Synchronization
import Testing

@testable import Desk
@testable import Store
@testable import Wire

@Suite struct AddressTests {
    private let day = "2017-06-06"

    private static func page(_ number: Int) -> String {
        let streets = ["Quay", "Mill", "Abbey", "Tanner", "Castle", "Orchard", "Weaver", "Harbour"]
        let street = streets[number % streets.count]
        return """
            <!DOCTYPE html><html><head><title>Fire in \(street) Street \(number)</title></head><body><article>
            <h1>Fire in \(street) Street \(number)</h1>
            <p>A fire broke out in number \(number * 17) of \(street) Street on Monday night, the brigade of district \
            \(number * 31) said, and \(number + 2) families were taken to a school hall by the volunteers.</p>
            <p>Officer \(street)man, who led a crew of \(number + 11), said the roof came down within minutes.</p>
            </article></body></html>
            """
    }

    /// Answers by address, in order of the answers given for it; the last one stays.
    private final class Web: Sendable {
        enum Answer: Sendable {
            case page(String, type: String = "text/html")
            case fault(FetchError)
        }

        private let answers: Mutex<[String: [Answer]]>
        private let asked = Mutex<[String]>([])
        var requests: [String] { asked.withLock { $0 } }

        init(_ answers: [String: [Answer]]) { self.answers = Mutex(answers) }

        var fetch: AddressService.Fetch {
            { request throws(FetchError) in
                self.asked.withLock { $0.append(request.url) }
                let answer = self.answers.withLock { answers -> Answer? in
                    guard let list = answers[request.url], let first = list.first else { return nil }
                    if list.count > 1 { answers[request.url]?.removeFirst() }
                    return first
                }
                switch answer {
                case .page(let body, let type):
                    return FetchResponse(
                        status: 200, finalURL: request.url, body: Array(body.utf8), mediaType: type)
                case .fault(let fault): throw fault
                case nil: throw .notFound
                }
            }
        }
    }

    private func service(_ scratch: Scratch, _ desk: Desk, _ web: Web) -> AddressService {
        AddressService(
            desk: desk, readers: Scratch.readers, fetch: web.fetch, settings: scratch.configuration.fetch,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: scratch.clock.now)
    }

    private func audit(_ desk: Desk) async -> JSONValue? { JSONValue(parsing: await desk.audit()) }

    @Test func `each address of a dropped list has its line and its outcome`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let web = Web([
            "https://a.example/1": [.page(AddressTests.page(1))], "https://a.example/2": [.page(AddressTests.page(2))],
            "https://b.example/3": [.page(AddressTests.page(3))], "https://b.example/4": [.fault(.gone)],
        ])
        let list = "# today\nhttps://a.example/1\nhttps://a.example/2\r\n\nhttps://b.example/3\nhttps://b.example/4\n"
        try await scratch.file([("today.urls", list)], from: 1, on: desk)
        #expect(scratch.exists("drop/done/2017-06-06/today.urls"))
        #expect(scratch.types(day) == ["opened"])
        #expect(await audit(desk)?["gaps"]?.int == 0)

        let service = service(scratch, desk, web)
        await service.takeDue()
        #expect(Set(web.requests) == ["https://a.example/1", "https://b.example/3"], "one of a host at a time")
        await service.takeDue()
        await service.takeDue()
        #expect(web.requests.count == 4)
        let lines = scratch.records(day).dropFirst()
        #expect(lines.count == 4)
        #expect(lines.compactMap { $0["article"]?["file"]?.string } == ["today.urls", "today.urls", "today.urls"])
        let failure = try #require(lines.first { $0["type"]?.string == "not_processed" })
        #expect(failure["kind"]?.string == "address")
        #expect(failure["code"]?.string == "gone")
        #expect(failure["url"]?.string == "https://b.example/4")
        #expect(scratch.digest(day + ".md").contains("https://b.example/4"))
        #expect(scratch.digest(day + ".md").contains("a.example · listed in dropped file today.urls"))
        #expect(try await desk.store.address(claim: 1, number: 4)?.state == .failed)
        #expect(try await desk.store.address(claim: 1, number: 1)?.state == .done)
        #expect(await audit(desk)?["gaps"]?.int == 0)
        #expect(await audit(desk)?["lines"]?.int == 4)
    }

    @Test func `an address waits through a restart and is fetched once`() async throws {
        let scratch = try Scratch()
        let web = Web(["https://a.example/1": [.page(AddressTests.page(1))]])
        do {
            let desk = try await scratch.desk()
            try await scratch.file(
                [("one.url", "[InternetShortcut]\r\nURL=https://a.example/1\r\n")], from: 1, on: desk)
        }
        let desk = try await scratch.desk()
        let service = service(scratch, desk, web)
        await service.takeDue()
        await service.takeDue()
        #expect(web.requests == ["https://a.example/1"])
        #expect(scratch.types(day) == ["opened", "story"])
    }

    @Test func `a passing fault is tried again later and a lasting one is said`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let web = Web([
            "https://a.example/1": [.fault(.timedOut(after: 60_000)), .page(AddressTests.page(1))],
            "https://b.example/2": [.fault(.refused(status: 503, retryAfter: 7200))],
        ])
        try await scratch.file([("l.urls", "https://a.example/1\nhttps://b.example/2")], from: 1, on: desk)
        let service = service(scratch, desk, web)
        await service.takeDue()
        await service.takeDue()
        #expect(web.requests.count == 2, "nothing is due before its time")
        scratch.clock.advance(seconds: 61)
        await service.takeDue()
        #expect(scratch.types(day) == ["opened", "story"])
        #expect(web.requests.count == 3)
        for _ in 0..<4 {
            scratch.clock.advance(seconds: 7201 + 6 * 3600)
            await service.takeDue()
        }
        #expect(try await desk.store.address(claim: 1, number: 2)?.state == .failed)
        let all = scratch.records(day) + scratch.records("2017-06-07")
        #expect(all.count { $0["kind"]?.string == "address" && $0["code"]?.string == "refused" } == 1)
    }

    @Test func `a host that asked for a rest is asked when it is over, and that is no failed try`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let end = scratch.clock.now().adding(seconds: 3600)
        let web = Web([
            "https://a.example/1": [.fault(.throttled(host: "a.example", until: end)), .page(AddressTests.page(1))]
        ])
        try await scratch.file([("l.urls", "https://a.example/1")], from: 1, on: desk)
        let service = service(scratch, desk, web)
        await service.takeDue()
        let row = try #require(try await desk.store.address(claim: 1, number: 1))
        #expect(row.attempts == 0 && row.nextTry == end && row.state == .waiting)
        scratch.clock.advance(seconds: 3601)
        await service.takeDue()
        #expect(scratch.types(day) == ["opened", "story"])
    }

    @Test func `a list of feeds brings the entries of each feed`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let items = (1...3).map {
            "<item><guid>\($0)</guid><title>Fire \($0)</title><description><![CDATA[\(AddressTests.page($0))]]></description></item>"
        }
        let feed = "<rss><channel><title>F</title>\(items.joined())</channel></rss>"
        let web = Web(["https://a.example/feed": [.page(feed, type: "application/rss+xml")]])
        let opml = "<opml version='2.0'><body><outline text='A' xmlUrl='https://a.example/feed'/></body></opml>"
        try await scratch.file([("feeds.opml", opml)], from: 1, on: desk)
        await service(scratch, desk, web).takeDue()
        #expect(scratch.types(day).dropFirst().count { $0 != "alert" } == 3)
        #expect(await audit(desk)?["gaps"]?.int == 0)
    }

    @Test func `lists that lead to lists end`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let loop = "<opml><body><outline xmlUrl='https://a.example/loop'/></body></opml>"
        let web = Web(["https://a.example/loop": [.page(loop, type: "text/x-opml")]])
        try await scratch.file([("loop.opml", loop)], from: 1, on: desk)
        let service = service(scratch, desk, web)
        for _ in 0..<10 { await service.takeDue() }
        #expect(web.requests.count == 3)
        #expect(scratch.records(day).last?["code"]?.string == "depth")
        #expect(await audit(desk)?["gaps"]?.int == 0)
    }

    @Test func `a list longer than the limit says what is left out`() async throws {
        let scratch = try Scratch()
        scratch.configuration.fetch.listLimit = 2
        let desk = try await scratch.desk()
        let lines = (1...5).map { "https://a.example/\($0)" }.joined(separator: "\n")
        try await scratch.file([("l.urls", lines)], from: 1, on: desk)
        #expect(scratch.records(day).last?["code"]?.string == "too_many")
        #expect(scratch.records(day).last?["message"]?.string?.hasPrefix("3 addresses") == true)
        #expect(await audit(desk)?["gaps"]?.int == 0)
    }

    @Test func `a list without one address of the web fails`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file(
            [("a.urls", "not an address\nfile:///etc/passwd\n"), ("b.urls", "\n# nothing\n")], from: 1, on: desk)
        #expect(scratch.exists("drop/failed/2017-06-06/a.urls.reason.json"))
        #expect(scratch.exists("drop/failed/2017-06-06/b.urls.reason.json"))
        #expect(await audit(desk)?["gaps"]?.int == 0)
    }
}
