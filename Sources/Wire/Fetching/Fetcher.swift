// Redirects are followed here and not by libcurl: at every hop the address is checked again, the host's gate is passed
// again, and it is known which hops were permanent.

internal import CLibcurl
public import ExtractionCore
internal import Glibc

/// Fetches from the web, politely: one request at a time per host, no more than the servers like, no private addresses.
public final class Fetcher: Sendable {
    /// How it behaves towards all servers.
    public struct Options: Hashable, Sendable {
        /// Tells servers whom to write to.
        public var userAgent = "copytaster (news digest; one reader)"
        /// At the same time, over all hosts.
        public var requestLimit = 32
        /// Connections kept warm.
        public var connectionLimit = 1024
        /// Hosts (`wiki.example`, `localhost:8080`), addresses and networks (`10.0.0.0/8`) that may be private.
        public var allowPrivateHosts: [String] = []
        /// Such as `http://proxy.example:3128`; empty for none. The environment is not asked.
        public var proxy = ""
        /// A file of trusted certificates; nil for the system's.
        public var certificates: String?
        public var redirectLimit = 5
        /// `name:port:address`, asked before any name server.
        public var pinnedNames: [String] = []

        public init() {}
    }

    private let options: Options
    private let privateHosts: PrivateHosts
    private let certificates: String?
    private let engine: CurlEngine
    private let gate: HostGate
    /// By host.
    private let pinnedNames: [String: [String]]
    private let robots: RobotsBook
    private let now: @Sendable () -> Instant
    private let sleep: @Sendable (Duration) async throws -> Void

    /// Starts the thread that does the work; `hostLimits` are those of an earlier run.
    public init(
        options: Options = .init(), hostLimits: HostLimits = .init(), now: @escaping @Sendable () -> Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) throws(FetchError) {
        self.options = options
        self.now = now
        self.sleep = sleep
        robots = RobotsBook(now: now)
        pinnedNames = Dictionary(grouping: options.pinnedNames) { line in
            line.prefix { $0 != ":" }.lowercased()
        }
        privateHosts = PrivateHosts(options.allowPrivateHosts)
        certificates = options.certificates ?? systemCertificates()
        engine = try CurlEngine(maxConnections: options.connectionLimit)
        gate = HostGate(capacity: options.requestLimit, limits: hostLimits.takenOver(at: now()), now: now)
    }

    /// Which hosts asked for a rest; to be kept for the next run.
    public var hostLimits: HostLimits { gate.limits }

    /// Whether an exchange with a server is under way.
    var isExchanging: Bool { gate.isBusy }

    /// Ends everything that runs with `cancelled`, and everything asked for later.
    public func close() { engine.close() }

    /// Fetches one address, following redirects.
    public func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        guard let start = WebAddress(request.url) else { throw .badURL(request.url) }
        var trail = RedirectTrail(start: start, limit: options.redirectLimit)
        while true {
            if request.obeysRobots { try await askRobots(trail.address, request) }
            let response = try await hop(trail, request)
            guard let target = response.redirectURL, [301, 302, 303, 307, 308].contains(response.status) else {
                return try result(of: response, trail, request)
            }
            try trail.follow(target, status: response.status)
        }
    }

    private func askRobots(_ address: WebAddress, _ request: FetchRequest) async throws(FetchError) {
        let rules = try await robots.rules(for: address, like: request) { question throws(FetchError) in
            try await self.fetch(question)
        }
        gate.note { $0.setCrawlDelay(rules.crawlDelay, of: address.host, at: $1) }
        if !rules.allows(address.path) { throw .disallowed(address.url) }
    }

    /// One exchange with one host, inside its gate.
    private func hop(_ trail: RedirectTrail, _ request: FetchRequest) async throws(FetchError) -> CurlResponse {
        let host = trail.address.host
        let question = try exchange(trail, request)
        try await enter(host, patience: request.patienceSeconds)
        defer { gate.leave(host) }
        let response = await engine.perform(question)
        if let fault = fault(in: response, at: trail.address, question) {
            if fault.isOfTheHost { gate.note { $0.fail(host, at: $1) } }
            throw fault
        }
        noteLimits(response, host)
        return response
    }

    /// Waits for the host's turn; a pause between requests is slept through, a rest only as long as there is patience.
    private func enter(_ host: String, patience: Int) async throws(FetchError) {
        while true {
            let end: Instant
            switch await gate.enter(host) {
            case .granted: return
            case .cancelled: throw .cancelled
            case .early(let next):
                end = next
                if tooLate(end, max(patience, Fetcher.longestPause)) { throw .throttled(host: host, until: end) }
            case .resting(let next, let isDown):
                end = next
                if isDown { throw .hostDown(host: host, until: end) }
                if tooLate(end, patience) { throw .throttled(host: host, until: end) }
            }
            do {
                try await sleep(.milliseconds(max(1, end.milliseconds - now().milliseconds)))
            } catch {
                throw .cancelled
            }
        }
    }

    private func tooLate(_ end: Instant, _ patience: Int) -> Bool { end > now().adding(seconds: Int64(patience)) }

    private static let longestPause = 120

    private func exchange(_ trail: RedirectTrail, _ request: FetchRequest) throws(FetchError) -> CurlRequest {
        let address = trail.address
        let isNamed = privateHosts.names(address)
        let proxy = request.access.proxy ?? options.proxy
        if !proxy.isEmpty, !isNamed, PrivateHosts.isVisiblyPrivate(address.host) {
            throw .blockedAddress(host: address.host)
        }
        var question = CurlRequest(url: address.url)
        question.headers = headerLines(request, isFirstOrigin: trail.isAtFirstOrigin)
        question.userAgent = request.access.userAgent ?? options.userAgent
        question.cookieFile = request.access.cookieFile
        question.pinnedNames = pinnedNames[address.host] ?? []
        if trail.isAtFirstOrigin {
            question.user = trail.start.user
            question.password = trail.start.password
            if case .password(let user, let password) = request.access.credentials {
                question.user = user
                question.password = password
            }
        }
        question.bodyLimit = request.bodyLimit
        question.connectTimeoutMilliseconds = request.connectTimeoutMilliseconds
        question.timeoutMilliseconds = request.timeoutMilliseconds
        // Through a proxy only the proxy's own address is seen, and that one is configured.
        question.allowsAnyAddress = isNamed || !proxy.isEmpty
        question.allowedNetworks = privateHosts.networks
        question.proxy = proxy
        question.certificates = certificates
        question.http1Only = request.http1Only
        return question
    }

    private func headerLines(_ request: FetchRequest, isFirstOrigin: Bool) -> [String] {
        var headers = [FetchRequest.Header("Accept", request.accept ?? "*/*")]
        if let etag = request.etag { headers.append(.init("If-None-Match", etag)) }
        if let date = request.lastModified { headers.append(.init("If-Modified-Since", date)) }
        if isFirstOrigin {
            headers += request.headers
            if case .bearer(let token) = request.access.credentials {
                headers.append(.init("Authorization", "Bearer " + token))
            }
        }
        // A line break inside a value would begin another header.
        return headers.map { "\($0.name): \($0.value)" }.filter { line in line.utf8.allSatisfy { $0 >= 0x20 } }
    }

    /// A host that says "too many" rests; one that serves us is forgiven.
    ///
    /// A 503 without a time is an ordinary fault of one feed, and says nothing about its neighbours.
    private func noteLimits(_ response: CurlResponse, _ host: String) {
        let fields = HeaderFields(block: response.headerBlock)
        gate.note { limits, now in
            let retryAfter = fields.retryAfter(now: now)
            switch response.status {
            case 429: limits.close(host, retryAfter: retryAfter, at: now)
            case 503 where retryAfter != nil: limits.close(host, retryAfter: retryAfter, at: now)
            case 200..<400:
                limits.open(host, at: now)
                if let seconds = fields.exhausted(now: now) { limits.rest(host, seconds: seconds, at: now) }
            default: limits.reach(host, at: now)
            }
        }
    }

    private func result(
        of response: CurlResponse, _ trail: RedirectTrail, _ request: FetchRequest
    ) throws(FetchError) -> FetchResponse {
        let fields = HeaderFields(block: response.headerBlock)
        let wall = BotWall.maker(status: response.status, fields, response.body)
        switch response.status {
        case 304 where request.etag != nil || request.lastModified != nil: break
        case 200..<300: break
        case 401, 403, 429, 503:
            if let wall { throw .botWall(maker: wall, status: response.status) }
            throw .refused(status: response.status, retryAfter: fields.retryAfter(now: now()))
        case 404: throw .notFound
        case 410: throw .gone
        default: throw .refused(status: response.status, retryAfter: fields.retryAfter(now: now()))
        }
        return FetchResponse(
            status: response.status, notModified: response.status == 304, finalURL: trail.address.url,
            movedTo: trail.movedTo, body: response.status == 304 ? [] : response.body, mediaType: fields.mediaType,
            charset: fields.charset, etag: fields["etag"], lastModified: fields["last-modified"],
            servedAt: fields["date"], retryAfter: fields.retryAfter(now: now()), maxAge: fields.freshness(now: now()),
            botWall: wall)
    }

    /// What went wrong below HTTP, if anything.
    private func fault(in response: CurlResponse, at address: WebAddress, _ question: CurlRequest) -> FetchError? {
        guard case .finished(let code) = response.ending else { return .cancelled }
        if code == 0 { return nil }
        if response.bodyTooLarge || code == 63 { return .tooLarge(limit: question.bodyLimit) }
        if response.headersTooLarge { return .other("more header lines than an honest server sends") }
        if response.blockedAddress, code == 7 || code == 42 { return .blockedAddress(host: address.host) }
        let reason = response.message.isEmpty ? "libcurl result \(code)" : response.message
        return switch code {
        case 1: .other("the server does not speak HTTP")
        case 3: .badURL(address.url)
        case 5, 6: .dns(host: address.host)
        case 7, 52, 55, 56, 97: .connect(reason)
        case 27: .other("a header line longer than an honest server sends")
        case 28 where reason.contains("too slow"): .tooSlow(seconds: question.lowestSpeedSeconds)
        case 28: .timedOut(after: question.timeoutMilliseconds)
        case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91: .tls(reason)
        default: .other(reason)
        }
    }
}

/// libcurl's own file of certificates, when it is really there.
private func systemCertificates() -> String? {
    copytaster_default_certificates().flatMap { access($0, R_OK) == 0 ? String(cString: $0) : nil }
}
