import ExtractionCore
import Synchronization

/// The robots.txt files of the sites whose pages are read, each asked for once a day.
///
/// A site without one allows everything. One that cannot give it (5xx, no connection) allows nothing for an hour, unless
/// it is known what it said before. In memory only: after a restart a site is asked again when a page of it is wanted.
final class RobotsBook: Sendable {
    typealias Fetch = @Sendable (FetchRequest) async throws(FetchError) -> FetchResponse

    fileprivate struct Page {
        var rules: RobotsRules?
        var end: Instant
    }

    /// Our name in such files.
    static let agent = "copytaster"
    private static let life: Int64 = 86_400
    private static let patience: Int64 = 3600

    private let pages = Mutex<[String: Page]>([:])
    /// One at a time asks for a site's file; the others find it in the book.
    private let turns: HostGate
    private let now: @Sendable () -> Instant

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
        turns = HostGate(capacity: .max, limits: HostLimits(), now: now, isPaced: false)
    }

    /// The rules of a site; `fetch` gets its file where they are not known.
    func rules(for address: WebAddress, like request: FetchRequest, _ fetch: Fetch) async throws(FetchError)
        -> RobotsRules
    {
        let site = address.site
        if let page = page(of: site) { return try page.known(address.host) }
        guard await turns.enter(site) == .granted else { throw .cancelled }
        defer { turns.leave(site) }
        if let page = page(of: site) { return try page.known(address.host) }
        var question = FetchRequest(
            url: site + "/robots.txt", accept: "text/plain, */*;q=0.5", patienceSeconds: request.patienceSeconds,
            bodyLimit: 4 << 20, connectTimeoutMilliseconds: request.connectTimeoutMilliseconds,
            timeoutMilliseconds: request.timeoutMilliseconds, http1Only: request.http1Only)
        question.access.userAgent = request.access.userAgent
        question.access.proxy = request.access.proxy
        let page: Page
        do {
            let response = try await fetch(question)
            page = Page(
                rules: RobotsRules(response.body, agent: RobotsBook.agent),
                end: now().adding(seconds: RobotsBook.life))
        } catch {
            page = try afterFault(error, site)
        }
        keep(page, site)
        return try page.known(address.host)
    }

    private func afterFault(_ error: FetchError, _ site: String) throws(FetchError) -> Page {
        switch error {
        case .cancelled, .blockedAddress, .badURL: throw error
        case .notFound, .gone, .botWall, .redirectLoop, .badRedirect:
            return Page(rules: .open, end: now().adding(seconds: RobotsBook.life))
        case .refused(let status, _) where (300..<500).contains(status) && status != 429:
            return Page(rules: .open, end: now().adding(seconds: RobotsBook.life))
        default:
            let old = pages.withLock { $0[site]?.rules }
            return Page(rules: old, end: now().adding(seconds: RobotsBook.patience))
        }
    }

    /// What is known and still holds; an end beyond any we set comes from a clock that was set back.
    private func page(of site: String) -> Page? {
        let now = now()
        return pages.withLock { pages in
            guard let page = pages[site], page.end > now, page.end <= now.adding(seconds: RobotsBook.life) else {
                return nil
            }
            return page
        }
    }

    private func keep(_ page: Page, _ site: String) {
        let now = now()
        pages.withLock { pages in
            if pages.count >= 2048 { pages = pages.filter { $0.value.end > now } }
            if pages.count >= 2048 { pages.removeAll() }
            pages[site] = page
        }
    }
}

extension RobotsBook.Page {
    fileprivate func known(_ host: String) throws(FetchError) -> RobotsRules {
        guard let rules else { throw .rulesUnknown(host: host) }
        return rules
    }
}
