import ExtractionCore
import Synchronization
import Testing

@testable import Wire

@Suite(.timeLimit(.minutes(1)), .serialized) struct RobotsTests {
    private func page(_ server: LoopbackServer, _ path: String, host: String = "127.0.0.1") -> FetchRequest {
        FetchRequest(url: server.url(path, host: host), obeysRobots: true, patienceSeconds: 90)
    }

    @Test func `robots is asked for once a day, before the first page, and not for feeds`() async throws {
        let clock = ManualClock()
        let server = try LoopbackServer { request in
            request.path == "/robots.txt" ? .text(200, [], "User-agent: *\nDisallow: /private") : .text(200, [], "x")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher(clock: clock)
        #expect(try await fetcher.fetch(.init(url: server.url("/private/feed"))).status == 200)
        #expect(server.requests.map(\.path) == ["/private/feed"])
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<6 { group.addTask { _ = try? await fetcher.fetch(page(server, "/\(number)")) } }
        }
        #expect(server.requests.filter { $0.path == "/robots.txt" }.count == 1)
        #expect(server.requests.count == 8 && server.mostInFlight == 1)
        let error = await failure(fetcher, page(server, "/private/page?x"))
        #expect(error == .disallowed(server.url("/private/page?x")))
        #expect(server.requests.count == 8)
        clock.advance(86_400)
        #expect(try await fetcher.fetch(page(server, "/a")).status == 200)
        #expect(server.requests.filter { $0.path == "/robots.txt" }.count == 2)
    }

    @Test func `a site without the file allows all, one that cannot give it allows nothing for a while`() async throws {
        let clock = ManualClock()
        let answers = Mutex([404, 503])
        let server = try LoopbackServer { request in
            if request.path != "/robots.txt" { return .text(200, [], "x") }
            return .text(answers.withLock { $0.isEmpty ? 200 : $0.removeFirst() }, [], "User-agent: *\nDisallow: /z")
        }
        defer { server.stop() }
        let names = ["one.example:\(server.port):127.0.0.1", "two.example:\(server.port):127.0.0.1"]
        let fetcher = try makeFetcher(clock: clock, names: names)
        #expect(try await fetcher.fetch(page(server, "/z", host: "one.example")).status == 200)
        let error = await failure(fetcher, page(server, "/a", host: "two.example"))
        #expect(error == .rulesUnknown(host: "two.example"))
        #expect(error?.remedy == .retry(after: nil))
        clock.advance(3000)
        #expect(await failure(fetcher, page(server, "/a", host: "two.example")) == error)
        clock.advance(600)
        #expect(try await fetcher.fetch(page(server, "/a", host: "two.example")).status == 200)
        #expect(await failure(fetcher, page(server, "/z", host: "two.example"))?.code == "disallowed")
        #expect(server.requests.filter { $0.path == "/robots.txt" }.count == 3)
    }

    @Test func `a crawl delay keeps the pages of a host apart, and the next one waits for it`() async throws {
        let clock = ManualClock()
        let times = Mutex<[Int64]>([])
        let server = try LoopbackServer { request in
            times.withLock { $0.append(clock.now.seconds) }
            return request.path == "/robots.txt" ? .text(200, [], "User-agent: *\nCrawl-delay: 7") : .text(200, [], "x")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher(clock: clock)
        for number in 0..<4 { _ = try await fetcher.fetch(page(server, "/\(number)")) }
        let all = times.withLock { $0 }
        #expect(zip(all, all.dropFirst()).allSatisfy { $1 - $0 >= 7 })
        #expect(fetcher.hostLimits.spacing("127.0.0.1", at: clock.now) == 7)
        // A restart does not forget it.
        let second = try makeFetcher(clock: clock, limits: fetcher.hostLimits)
        _ = try await second.fetch(.init(url: server.url("/feed")))
        let last = times.withLock { $0 }
        #expect(last[last.count - 1] - last[last.count - 2] >= 7)
    }

    @Test func `a redirect to another site is checked by that site's rules`() async throws {
        let server = try LoopbackServer { request in
            let isSecond = request.headers["host"]?.hasPrefix("two.") == true
            if request.path == "/robots.txt" { return .text(isSecond ? 200 : 404, [], "User-agent: *\nDisallow: /") }
            let port = request.headers["host"]?.split(separator: ":").last ?? ""
            return .text(302, ["Location: http://two.example:\(port)/there"])
        }
        defer { server.stop() }
        let names = ["one.example:\(server.port):127.0.0.1", "two.example:\(server.port):127.0.0.1"]
        let fetcher = try makeFetcher(names: names)
        let error = await failure(fetcher, page(server, "/here", host: "one.example"))
        #expect(error == .disallowed(server.url("/there", host: "two.example")))
        #expect(!server.requests.contains { $0.path == "/there" })
    }

    @Test func `a page waits out a short rest of its host, a feed does not`() async throws {
        let clock = ManualClock()
        let count = Mutex(0)
        let server = try LoopbackServer { request in
            if request.path == "/robots.txt" { return .text(404) }
            let number = count.withLock {
                $0 += 1
                return $0
            }
            return number == 1 ? .text(429) : .text(200, [], "x")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher(clock: clock)
        #expect(await failure(fetcher, .init(url: server.url("/feed")))?.code == "refused")
        #expect(await failure(fetcher, .init(url: server.url("/feed")))?.code == "throttled")
        let start = clock.now
        #expect(try await fetcher.fetch(page(server, "/page")).status == 200)
        #expect(clock.now.seconds - start.seconds >= 61)
    }

    @Test func `cookies, agent and credentials are those of the feed and stay with it`() async throws {
        let server = try LoopbackServer { _ in .text(200, ["Set-Cookie: tracker=1"], "x") }
        defer { server.stop() }
        let path = "/tmp/copytaster-cookies-\(server.port).txt"
        try writeFile(path, "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc\n")
        defer { removeFile(path) }
        let fetcher = try makeFetcher()
        let access = FetchRequest.Access(
            credentials: .password(user: "me", password: "x:y"), userAgent: "agent/1", cookieFile: path)
        _ = try await fetcher.fetch(.init(url: server.url(), access: access))
        _ = try await fetcher.fetch(.init(url: server.url()))
        _ = try await fetcher.fetch(.init(url: server.url(), access: .init(credentials: .bearer("t0"))))
        let requests = server.requests
        #expect(requests.map { $0.headers["cookie"] } == ["session=abc", nil, nil])
        #expect(requests.map { $0.headers["authorization"] } == ["Basic bWU6eDp5", nil, "Bearer t0"])
        #expect(requests[0].headers["user-agent"] == "agent/1")
        #expect(requests[1].headers["user-agent"]?.hasPrefix("copytaster") == true)
    }
}
