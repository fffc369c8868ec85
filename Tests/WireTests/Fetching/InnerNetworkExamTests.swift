// The exam of the inner network: no address that a feed, a redirect or a name server may think of leads to a machine
// that is not on the public internet. Canaries listen on the loopback addresses; none may be woken.

import ExtractionCore
import Testing

@testable import Wire

@Suite(.timeLimit(.minutes(1)), .serialized) struct InnerNetworkExamTests {
    /// Every spelling of a place inside; `PORT` is a canary's.
    static let targets = [
        // Loopback, however it is written.
        "http://127.0.0.1:PORT/", "http://127.8.9.10:PORT/", "http://localhost:PORT/", "http://LOCALHOST.:PORT/",
        "http://127.1:PORT/", "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0x7f.0.0.1:PORT/",
        "http://0177.0.0.1:PORT/", "http://017700000001:PORT/", "http://127.0.0.1.:PORT/",
        "http://user:pass@127.0.0.1:PORT/", "http://public.example@127.0.0.1:PORT/", "http://%31%32%37.0.0.1:PORT/",
        "http://①②⑦.0.0.1:PORT/", "http://0:PORT/", "http://0.0.0.0:PORT/", "http://[::1]:PORT/", "http://[::]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/",
        "http://[::127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[64:ff9b:1::7f00:1]:PORT/",
        "http://[2002:7f00:1::]:PORT/", "http://[2001:0:7f00:1::1]:PORT/", "http://[::1%25lo]:PORT/",
        "http://inner.example:PORT/", "http://sub.localhost:PORT/",
        // Private, link-local, carrier, reserved networks and the clouds' metadata services.
        "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.254/", "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:a9fe:a9fe]/", "http://2852039166/",
        "http://0xa9fea9fe/", "http://[fd00:ec2::254]/", "http://168.63.129.16/", "http://100.64.0.1/",
        "http://100.100.100.200/", "http://192.0.0.192/", "http://198.18.0.1/", "http://224.0.0.1/",
        "http://240.0.0.1/", "http://255.255.255.255/", "http://[fe80::1]/", "http://[fec0::1]/", "http://[ff02::1]/",
        "http://[fd00::1]/", "http://[2001:db8::1]/", "http://[3fff::1]/", "http://[2001:2::1]/", "http://[5f00::1]/",
        "http://[100::1]/",
        "http://[4000::1]/", "http://metadata.example/",
        // Not the web.
        "file:///etc/passwd", "gopher://127.0.0.1:PORT/_x", "dict://127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/",
        "ldap://127.0.0.1:PORT/", "http:127.0.0.1:PORT", "http:///127.0.0.1:PORT/", "unix:///var/run/docker.sock",
    ]
    private static let refusals: Set<String> = ["blocked_address", "bad_url", "bad_redirect", "dns"]

    private func names(_ ports: Int...) -> [String] {
        ports.flatMap { ["inner.example:\($0):127.0.0.1"] } + ["metadata.example:80:169.254.169.254"]
    }

    private func quick(_ url: String) -> FetchRequest {
        FetchRequest(url: url, connectTimeoutMilliseconds: 1500, timeoutMilliseconds: 3000)
    }

    @Test func `none is connected to when asked for`() async throws {
        let canary = try LoopbackServer { _ in .text(200, [], "inside") }
        defer { canary.stop() }
        for target in InnerNetworkExamTests.targets {
            var url = target
            url.replace("PORT", with: "\(canary.port)")
            let fetcher = try makeFetcher(allow: [], names: names(canary.port))
            let error = await failure(fetcher, quick(url))
            #expect(InnerNetworkExamTests.refusals.contains(error?.code ?? ""), "\(url): \(String(describing: error))")
            fetcher.close()
        }
        #expect(canary.connections == 0)
    }

    @Test func `none is connected to at the end of a redirect, nor of a chain of them`() async throws {
        let canary = try LoopbackServer { _ in .text(200, [], "inside") }
        defer { canary.stop() }
        let canaryPort = canary.port
        // Serves as a public host: only its own port is allowed.
        let server = try LoopbackServer { request in
            let parts = request.path.split(separator: "/").map { String($0) }
            guard parts.count == 2, let hops = Int(parts[0]), let index = Int(parts[1]) else { return .text(404) }
            if hops > 0 { return .text(307, ["Location: /\(hops - 1)/\(index)"]) }
            var url = InnerNetworkExamTests.targets[index]
            url.replace("PORT", with: "\(canaryPort)")
            return .text(302, ["Location: \(url)"])
        }
        defer { server.stop() }
        for index in InnerNetworkExamTests.targets.indices {
            let allow = ["127.0.0.1:\(server.port)"]
            let fetcher = try makeFetcher(allow: allow, names: names(canary.port))
            let error = await failure(fetcher, quick(server.url("/\(index % 3)/\(index)")))
            let target = InnerNetworkExamTests.targets[index]
            #expect(
                InnerNetworkExamTests.refusals.contains(error?.code ?? "") || target.hasPrefix("http:127"),
                "\(target): \(String(describing: error))")
            fetcher.close()
        }
        #expect(canary.connections == 0)
    }

    @Test func `none is asked for through a proxy, which would connect on our behalf`() async throws {
        let proxy = try LoopbackServer { _ in .text(200, [], "inside") }
        defer { proxy.stop() }
        var options = Fetcher.Options()
        options.proxy = "http://127.0.0.1:\(proxy.port)"
        let fetcher = try Fetcher(options: options, now: { Instant(seconds: 1_700_000_000) })
        // What a name means is known to the proxy only.
        for target in InnerNetworkExamTests.targets where !target.contains(".example:") && !target.contains("metadata.")
        {
            var url = target
            url.replace("PORT", with: "81")
            let error = await failure(fetcher, quick(url))
            #expect(["blocked_address", "bad_url"].contains(error?.code ?? ""), "\(url): \(String(describing: error))")
        }
        #expect(proxy.connections == 0)
        #expect(try await fetcher.fetch(.init(url: "http://public.example/")).status == 200)
        #expect(proxy.requests.count == 1)
    }

    @Test func `a name that changes between the check and the connection is judged by where it leads`() async throws {
        let canary = try LoopbackServer { _ in .text(200, ["Connection: close"], "x") }
        defer { canary.stop() }
        let engine = try CurlEngine()
        defer { engine.close() }
        var request = CurlRequest(url: canary.url("/", host: "flip.example"))
        request.allowedNetworks = PrivateHosts(["127.0.0.1"]).networks
        request.pinnedNames = ["flip.example:\(canary.port):127.0.0.1"]
        #expect(await engine.perform(request).status == 200)
        // The same name, a moment later: another machine.
        request.pinnedNames = ["flip.example:\(canary.port):127.0.0.2"]
        let second = await engine.perform(request)
        #expect(second.blockedAddress && second.status == 0)
        // Of two addresses only the public one may be tried, and it is not there.
        request.pinnedNames = ["flip.example:\(canary.port):127.0.0.2,127.0.0.3"]
        #expect(await engine.perform(request).blockedAddress)
        #expect(canary.requests.count == 1)
    }

    @Test func `addresses of the public internet are not refused`() {
        for address in ["[2606:4700::1111]", "[2001:4860:4860::8888]", "[2a00:1450::1]", "1.1.1.1", "198.20.0.1"] {
            #expect(!PrivateHosts.isVisiblyPrivate(address), "\(address)")
        }
    }

    @Test func `a page and a robots file are judged like a feed`() async throws {
        let canary = try LoopbackServer { _ in .text(200, [], "inside") }
        defer { canary.stop() }
        let fetcher = try makeFetcher(allow: [], names: names(canary.port))
        for host in ["127.0.0.1", "inner.example", "[::1]"] {
            var request = quick("http://\(host):\(canary.port)/page")
            request.obeysRobots = true
            #expect(await failure(fetcher, request)?.code == "blocked_address")
        }
        #expect(canary.connections == 0)
    }
}
