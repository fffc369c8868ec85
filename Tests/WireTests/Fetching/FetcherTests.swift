import ExtractionCore
import Synchronization
import Testing

@testable import Wire

/// A clock that a test sets.
final class ManualClock: Sendable {
    private let time: Mutex<Instant>

    init(_ seconds: Int64 = 1_700_000_000) { time = Mutex(Instant(seconds: seconds)) }

    var now: Instant { time.withLock { $0 } }
    func advance(_ seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

func makeFetcher(
    clock: ManualClock = ManualClock(), limits: HostLimits = .init(), allow: [String] = ["127.0.0.1"],
    names: [String] = []
) throws -> Fetcher {
    var options = Fetcher.Options()
    options.allowPrivateHosts = allow
    options.pinnedNames = names
    return try Fetcher(
        options: options, hostLimits: limits, now: { clock.now },
        sleep: { duration in
            try Task.checkCancellation()
            clock.advance(max(1, duration.components.seconds))
        })
}

/// Fetches and gives the error instead of throwing it.
func failure(_ fetcher: Fetcher, _ request: FetchRequest) async -> FetchError? {
    do throws(FetchError) {
        _ = try await fetcher.fetch(request)
        return nil
    } catch {
        return error
    }
}

@Suite(.timeLimit(.minutes(1)), .serialized) struct FetcherTests {
    @Test func `an answer keeps its bytes and what the server says of them`() async throws {
        let server = try LoopbackServer { _ in
            .text(
                200,
                [
                    "Content-Type: Text/HTML; Charset=\"ISO-8859-1\"", "ETag: W/\"a b\"",
                    "Last-Modified: yesterday-ish",
                    "Cache-Control: public, max-age=900", "Age: 100",
                ], "gr\u{FC}n")
        }
        defer { server.stop() }
        let response = try await makeFetcher().fetch(.init(url: server.url("/page#part")))
        #expect(response.status == 200)
        #expect(response.body == Array("grün".utf8))
        #expect(response.mediaType == "text/html")
        #expect(response.charset == "iso-8859-1")
        #expect(response.etag == "W/\"a b\"")
        #expect(response.lastModified == "yesterday-ish")
        #expect(response.maxAge == 800)
        #expect(response.finalURL == server.url("/page"))
        #expect(response.movedTo == nil && !response.notModified && !response.botWall)
    }

    @Test func `validators go back as they came, and 304 is an answer`() async throws {
        let server = try LoopbackServer { request in
            request.headers["if-none-match"] == "W/\"7\"" ? .text(304, ["ETag: W/\"7\""]) : .text(200, [], "x")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        let response = try await fetcher.fetch(
            .init(url: server.url(), etag: "W/\"7\"", lastModified: "Tue, 1 nonsense"))
        #expect(response.notModified)
        #expect(response.body.isEmpty)
        #expect(server.requests[0].headers["if-modified-since"] == "Tue, 1 nonsense")
        #expect(server.requests[0].headers["user-agent"]?.contains("copytaster") == true)
        #expect(server.requests[0].headers["accept-encoding"]?.contains("gzip") == true)
        #expect(server.requests[0].method == "GET")
    }

    @Test func `a 304 that nobody asked for is no answer`() async throws {
        let server = try LoopbackServer { _ in .text(304) }
        defer { server.stop() }
        #expect(try await failure(makeFetcher(), .init(url: server.url())) == .refused(status: 304, retryAfter: nil))
    }

    @Test func `each status outside 2xx has its error`() async throws {
        let server = try LoopbackServer { request in
            .text(Int(request.path.dropFirst()) ?? 500, ["Retry-After: 0"], "sorry")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        for (status, error) in [
            (404, FetchError.notFound), (410, .gone), (500, .refused(status: 500, retryAfter: 0)),
            (403, .refused(status: 403, retryAfter: 0)), (300, .refused(status: 300, retryAfter: 0)),
            (301, .refused(status: 301, retryAfter: 0)),
        ] {
            #expect(await failure(fetcher, .init(url: server.url("/\(status)"))) == error)
        }
    }

    @Test func `only the leading run of permanent redirects is a move`() async throws {
        let steps = ["/a": (301, "/b"), "/b": (308, "/c"), "/c": (302, "/d"), "/d": (301, "/e")]
        let server = try LoopbackServer { request in
            guard let (status, target) = steps[request.path] else { return .text(200, [], "here") }
            return .text(status, ["Location: \(target)"], "elsewhere")
        }
        defer { server.stop() }
        let response = try await makeFetcher().fetch(.init(url: server.url("/a")))
        #expect(response.finalURL == server.url("/e"))
        #expect(response.movedTo == server.url("/c"))
        #expect(response.body == Array("here".utf8))
    }

    @Test func `circles and long chains end`() async throws {
        let server = try LoopbackServer { request in
            if request.path == "/loop" { return .text(302, ["Location: /loop"]) }
            return .text(302, ["Location: \(request.path)x"])
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        #expect(await failure(fetcher, .init(url: server.url("/loop"))) == .redirectLoop(server.url("/loop")))
        #expect(server.requests.count == 1)
        #expect(await failure(fetcher, .init(url: server.url("/y"))) == .redirectLoop(server.url("/yxxxxxx")))
        #expect(server.requests.count == 7)
    }

    @Test func `a redirect leads neither out of the web nor into the house`() async throws {
        let targets = [
            "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "dict://127.0.0.1:1/", "javascript:x",
        ]
        let server = try LoopbackServer { request in
            if request.path == "/private" { return .text(302, ["Location: http://10.0.0.1/"]) }
            if request.path == "/local" { return .text(302, ["Location: http://localhost:1/"]) }
            return .text(302, ["Location: \(targets[Int(request.path.dropFirst()) ?? 0])"])
        }
        defer { server.stop() }
        let fetcher = try makeFetcher(allow: ["127.0.0.1:\(server.port)"])
        for index in targets.indices {
            let error = await failure(fetcher, .init(url: server.url("/\(index)")))
            #expect(error?.code == "bad_redirect", "\(targets[index]) gave \(String(describing: error))")
        }
        #expect(await failure(fetcher, .init(url: server.url("/private"))) == .blockedAddress(host: "10.0.0.1"))
        #expect(await failure(fetcher, .init(url: server.url("/local"))) == .blockedAddress(host: "localhost"))
    }

    @Test func `private addresses are refused however they are written`() async throws {
        let fetcher = try makeFetcher(allow: [])
        for host in [
            "127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254", "192.168.0.1", "172.31.255.255",
            "100.64.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fd00::1]",
            "[fe80::1]", "[ff02::1]", "[::]", "0.0.0.0", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0",
            "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.0.8",
        ] {
            let request = FetchRequest(url: "http://\(host):9/", connectTimeoutMilliseconds: 2000)
            let error = await failure(fetcher, request)
            #expect(error?.code == "blocked_address", "\(host) gave \(String(describing: error))")
        }
        for url in ["file:///etc/passwd", "gopher://127.0.0.1/", "", "http://", "//x", "x", "ftp://127.0.0.1/"] {
            #expect(await failure(fetcher, .init(url: url))?.code == "bad_url", "\(url)")
        }
    }

    @Test func `a connection that was allowed once is checked again for the next request`() async throws {
        let server = try LoopbackServer { _ in .text(200, [], "in") }
        defer { server.stop() }
        let engine = try CurlEngine()
        defer { engine.close() }
        var request = CurlRequest(url: server.url())
        request.allowsAnyAddress = true
        #expect(await engine.perform(request).status == 200)
        request.allowsAnyAddress = false
        let second = await engine.perform(request)
        #expect(second.blockedAddress)
        #expect(second.body.isEmpty)
        #expect(server.requests.count == 1)
    }

    @Test func `a private host is allowed by name, by port, by address and by network`() async throws {
        let server = try LoopbackServer { _ in .text(200, [], "in") }
        defer { server.stop() }
        for allow in ["127.0.0.1", "127.0.0.0/8", "127.0.0.1:\(server.port)"] {
            #expect(try await makeFetcher(allow: [allow]).fetch(.init(url: server.url())).status == 200)
        }
        let byName = try await makeFetcher(allow: ["LOCALHOST"]).fetch(.init(url: server.url("/", host: "localhost")))
        #expect(byName.status == 200)
        for allow in ["127.0.0.2", "127.0.0.1:1", "10.0.0.0/8", "localhost", "127.0.0.1/33", ""] {
            let error = try await failure(makeFetcher(allow: [allow]), .init(url: server.url()))
            #expect(error?.code == "blocked_address", "\(allow)")
        }
    }

    @Test func `a body over the limit is refused, announced or not`() async throws {
        let server = try LoopbackServer { request in
            let body = [UInt8](repeating: 0x61, count: 200_000)
            if request.path == "/announced" { return .answer(200, [], body) }
            return .raw(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + body)
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        for path in ["/announced", "/unannounced"] {
            let error = await failure(fetcher, .init(url: server.url(path), bodyLimit: 100_000))
            #expect(error == .tooLarge(limit: 100_000), "\(path)")
            #expect(try await fetcher.fetch(.init(url: server.url(path), bodyLimit: 200_000)).body.count == 200_000)
        }
    }

    @Test func `a small compressed body that unfolds over the limit is refused`() async throws {
        let packed = zeros(count: 4_000_000)
        #expect(packed.count < 30_000)
        let server = try LoopbackServer { _ in .answer(200, ["Content-Encoding: deflate"], packed) }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        #expect(await failure(fetcher, .init(url: server.url(), bodyLimit: 1_000_000)) == .tooLarge(limit: 1_000_000))
        #expect(try await fetcher.fetch(.init(url: server.url(), bodyLimit: 5_000_000)).body.count == 4_000_000)
    }

    @Test func `a flood of header lines is refused`() async throws {
        let server = try LoopbackServer { request in
            .text(200, (0..<(request.path == "/many" ? 500 : 50)).map { "X-\($0): y" }, "x")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        #expect(await failure(fetcher, .init(url: server.url("/many")))?.code == "other")
        #expect(try await fetcher.fetch(.init(url: server.url("/few"))).status == 200)
    }

    @Test func `silent, slow and broken servers end in errors`() async throws {
        let server = try LoopbackServer { request in
            switch request.path {
            case "/silent": .silence
            case "/slow": .trickle
            case "/short": .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".utf8))
            case "/odd": .raw(Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed".utf8))
            default: .raw([])
            }
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        for path in ["/silent", "/slow"] {
            let error = await failure(fetcher, .init(url: server.url(path), timeoutMilliseconds: 150))
            #expect(error == .timedOut(after: 150), "\(path)")
        }
        #expect(await failure(fetcher, .init(url: server.url("/short")))?.code == "other")
        #expect(await failure(fetcher, .init(url: server.url("/odd")))?.code == "other")
        #expect(await failure(fetcher, .init(url: server.url("/closing")))?.code == "connect")
        server.stop()
        #expect(await failure(fetcher, .init(url: server.url("/stopped")))?.code == "connect")
        #expect(await failure(fetcher, .init(url: "http://nobody.invalid/"))?.code == "dns")
    }

    @Test func `a host that says too many is left alone until its time`() async throws {
        let clock = ManualClock()
        let server = try LoopbackServer { request in
            request.path == "/busy" ? .text(429, ["Retry-After: 120"]) : .text(200, [], "x")
        }
        defer { server.stop() }
        let fetcher = try makeFetcher(clock: clock)
        let start = clock.now
        #expect(await failure(fetcher, .init(url: server.url("/busy"))) == .refused(status: 429, retryAfter: 120))
        clock.advance(119)
        let resting = FetchError.throttled(host: "127.0.0.1", until: start.adding(seconds: 120))
        #expect(await failure(fetcher, .init(url: server.url("/other"))) == resting)
        // Another process that was given the limits knows as well.
        let second = try makeFetcher(clock: clock, limits: fetcher.hostLimits)
        #expect(await failure(second, .init(url: server.url("/other"))) == resting)
        #expect(server.requests.count == 1)
        clock.advance(1)
        #expect(try await second.fetch(.init(url: server.url("/other"))).status == 200)
        #expect(second.hostLimits == HostLimits())
    }

    @Test func `a host never gets two requests at a time`() async throws {
        let server = try LoopbackServer { _ in .text(200, [], "x") }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask { _ = try? await fetcher.fetch(.init(url: server.url("/\(number)"))) }
            }
        }
        #expect(server.requests.count == 60)
        #expect(server.mostInFlight == 1)
        #expect(server.connections == 1)
    }

    @Test func `credentials and headers stay with their host`() async throws {
        let other = try LoopbackServer { _ in .text(200, [], "x") }
        defer { other.stop() }
        let there = other.url("/there")
        let server = try LoopbackServer { request in
            switch request.path {
            case "/start": .text(302, ["Location: /same"])
            case "/same": .text(302, ["Location: \(there.replacingPrefix("http://", by: "http://eve:x@"))"])
            default: .text(200, [], "x")
            }
        }
        defer { server.stop() }
        let url = server.url("/start").replacingPrefix("http://", by: "http://me:secret@")
        let request = FetchRequest(url: url, headers: [.init("X-Key", "k1"), .init("X-Bad", "a\r\nX-Smuggled: b")])
        let response = try await makeFetcher().fetch(request)
        #expect(server.requests.map { $0.headers["authorization"] } == ["Basic bWU6c2VjcmV0", "Basic bWU6c2VjcmV0"])
        #expect(server.requests.map { $0.headers["x-key"] } == ["k1", "k1"])
        #expect(server.requests.allSatisfy { $0.headers["x-smuggled"] == nil })
        #expect(other.requests.count == 1)
        #expect(other.requests[0].headers["authorization"] == nil)
        #expect(other.requests[0].headers["x-key"] == nil)
        #expect(response.finalURL == there)
    }

    @Test func `a challenge page is named`() async throws {
        let server = try LoopbackServer { request in
            switch request.path {
            case "/cloud": .text(403, ["cf-mitigated: challenge"], "Just a moment")
            case "/small":
                .text(
                    200, ["Content-Type: text/html"], "<script src=\"https://ct.captcha-delivery.com/c.js\"></script>")
            default: .text(200, ["Content-Type: text/html"], "<p>About captcha walls.</p>")
            }
        }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        #expect(await failure(fetcher, .init(url: server.url("/cloud"))) == .botWall(status: 403))
        #expect(try await fetcher.fetch(.init(url: server.url("/small"))).botWall)
        #expect(try await !fetcher.fetch(.init(url: server.url("/plain"))).botWall)
    }

    @Test func `a cancelled fetch ends at once, waiting or running`() async throws {
        let server = try LoopbackServer { _ in .silence }
        defer { server.stop() }
        let fetcher = try makeFetcher()
        let running = Task { await failure(fetcher, .init(url: server.url("/1"))) }
        while server.requests.isEmpty, !Task.isCancelled { await Task.yield() }
        let waiting = Task { await failure(fetcher, .init(url: server.url("/2"))) }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        running.cancel()
        #expect(await running.value == .cancelled)
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure(fetcher, .init(url: server.url("/3")))
        }
        #expect(await early.value == .cancelled)
        #expect(server.requests.count == 1)
    }

    @Test func `a host that cannot be read spoils no later request`() async throws {
        let server = try LoopbackServer { _ in .text(200, [], "x") }
        defer { server.stop() }
        var options = Fetcher.Options()
        options.proxy = "http://127.0.0.1:\(server.port)"
        let fetcher = try Fetcher(options: options, now: { Instant(seconds: 1_700_000_000) })
        #expect(await failure(fetcher, .init(url: "http://①②⑦.0.0.1:81/"))?.code == "bad_url")
        #expect(try await fetcher.fetch(.init(url: "http://public.example/")).status == 200)
    }

    @Test func `closing answers everything that runs and all that comes later`() async throws {
        let server = try LoopbackServer { _ in .silence }
        defer { server.stop() }
        let engine = try CurlEngine()
        let url = server.url()
        let endings = await withTaskGroup(of: CurlResponse.Ending.self, returning: [CurlResponse.Ending].self) {
            group in
            for _ in 0..<20 {
                group.addTask {
                    var request = CurlRequest(url: url)
                    request.allowsAnyAddress = true
                    return await engine.perform(request).ending
                }
            }
            while server.requests.count < 20, !Task.isCancelled { await Task.yield() }
            engine.close()
            engine.close()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(endings.count == 20)
        #expect(endings.allSatisfy { if case .closed = $0 { true } else { false } })
        if case .closed = await engine.perform(CurlRequest(url: url)).ending {} else { Issue.record("not closed") }
    }
}

extension String {
    func replacingPrefix(_ prefix: String, by other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}

/// Zero bytes packed as raw deflate: one literal, then the longest repeats in fixed codes.
func zeros(count: Int) -> [UInt8] {
    var out: [UInt8] = []
    var bits: UInt64 = 0
    var width: UInt64 = 0
    func put(_ value: UInt64, _ count: UInt64) {
        bits |= value << width
        width += count
        while width >= 8 {
            out.append(UInt8(truncatingIfNeeded: bits))
            bits >>= 8
            width -= 8
        }
    }
    put(0b011, 3)  // the last block, fixed codes
    put(0b0000_1100, 8)  // the literal 0
    var left = count - 1
    while left >= 258 {
        put(0b1010_0011, 8)  // length 258, its code with the first bit first
        put(0, 5)  // distance 1
        left -= 258
    }
    for _ in 0..<left { put(0b0000_1100, 8) }
    put(0, 7)  // the end
    put(0, 7)
    return out
}
