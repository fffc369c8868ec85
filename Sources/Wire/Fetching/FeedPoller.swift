// The loop that keeps feeds fresh: start what is due, then sleep until the next one is, or until somebody wakes it.
// Entries and the state that would make the server withhold them are always handed over together.

public import ExtractionCore
public import Logging

/// Polls feeds when they are due, several at a time but one per host, and hands what is new to the ledger.
public actor FeedPoller {
    public struct Options: Hashable, Sendable {
        /// Feeds at the same time.
        public var concurrency = 32
        /// Pages of one feed at the same time; each host still serves one request at a time.
        public var pageConcurrency = 4
        /// In bytes, after decompression.
        public var feedLimit = 64 << 20
        public var pageLimit = 16 << 20
        public var connectTimeoutMilliseconds = 10_000
        public var timeoutMilliseconds = 60_000
        /// How often an entry whose page fails for the moment is left for the next poll.
        public var deferralLimit = 2
        /// Entries older than this are not shown when a feed is first read, so their pages are not asked for.
        public var firstRunSeconds: Int64?
        /// How long a page waits for a host that rests.
        public var pagePatienceSeconds = 90
        /// How long a feed may be in trouble before readers are told.
        public var graceSeconds: Int64 = 7200
        /// After a failure of the ledger, in seconds.
        public var ledgerRetrySeconds = 60

        public init() {}
    }

    public typealias Read = @Sendable (Document) throws(FeedError) -> Feed
    /// The feed that a page names, if any.
    public typealias Discover = @Sendable (Document) -> String?
    public typealias Fetch = @Sendable (FetchRequest) async throws(FetchError) -> FetchResponse
    public typealias Sleep = @Sendable (Duration) async throws -> Void

    private let ledger: any FeedLedger
    private let visit: FeedVisit
    private let options: Options
    private let hostLimits: @Sendable () -> HostLimits
    private let now: @Sendable () -> Instant
    private let sleep: Sleep
    private let logger: Logger
    private let bell = Bell()

    private var sources: [String: FeedSource] = [:]
    private var states: [String: FeedState] = [:]
    /// What the ledger remembers comes before any new state.
    private var isLoaded = false
    /// Feeds being polled, and their hosts.
    private var running: [String: String] = [:]
    /// Feeds whose last poll could not be recorded: not before.
    private var heldBack: [String: Instant] = [:]
    /// Those polls: they are recorded later instead of asking the servers again.
    private var unrecorded: [String: FeedPoll] = [:]
    /// The hosts of addresses, which take a while to read.
    private var hosts: [String: String] = [:]
    /// Feeds that somebody wants now.
    private var wanted: Set<String> = []

    public init(
        sources: [FeedSource], ledger: any FeedLedger, fetch: @escaping Fetch,
        hostLimits: @escaping @Sendable () -> HostLimits = { HostLimits() }, read: @escaping Read,
        discover: @escaping Discover = { _ in nil },
        options: Options = .init(), logger: Logger, now: @escaping @Sendable () -> Instant,
        sleep: @escaping Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.ledger = ledger
        self.options = options
        self.hostLimits = hostLimits
        self.now = now
        self.sleep = sleep
        self.logger = logger
        visit = FeedVisit(ledger: ledger, fetch: fetch, read: read, discover: discover, options: options, now: now)
        for source in sources { self.sources[source.url] = source }
    }

    /// The same with a fetcher.
    public init(
        sources: [FeedSource], ledger: any FeedLedger, fetcher: Fetcher, read: @escaping Read,
        discover: @escaping Discover = { _ in nil },
        options: Options = .init(), logger: Logger, now: @escaping @Sendable () -> Instant,
        sleep: @escaping Sleep = { try await Task.sleep(for: $0) }
    ) {
        self.init(
            sources: sources, ledger: ledger,
            fetch: { request throws(FetchError) in try await fetcher.fetch(request) },
            hostLimits: { fetcher.hostLimits }, read: read, discover: discover, options: options, logger: logger,
            now: now, sleep: sleep)
    }

    /// Polls until the task is cancelled; returns when every poll under way has ended.
    public func run() async {
        await loadStates()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                startDue(in: &group)
                await pause()
            }
        }
    }

    /// Looks at once for what is due; with a url, that feed is due now.
    ///
    /// A host that asked for a rest gets it all the same.
    public func wake(_ url: String? = nil) {
        if let url, sources[url] != nil { wanted.insert(url) }
        bell.ring()
    }

    /// Replaces the feeds; states of those that stay are kept.
    public func use(_ sources: [FeedSource]) {
        self.sources = [:]
        hosts = [:]
        for source in sources { self.sources[source.url] = source }
        // Nobody will ask for what they brought any more.
        unrecorded = unrecorded.filter { self.sources[$0.key] != nil }
        if isLoaded { for source in sources { adopt(source) } }
        bell.ring()
    }

    /// The states of the configured feeds, by address.
    public func currentStates() -> [FeedState] {
        states.values.filter { sources[$0.url] != nil }.sorted { $0.url < $1.url }
    }

    // MARK: The loop

    private func loadStates() async {
        while !Task.isCancelled {
            do {
                for state in try await ledger.states() where states[state.url] == nil { states[state.url] = state }
                isLoaded = true
                for source in sources.values { adopt(source) }
                return
            } catch {
                logger.error("feed states not readable, trying again", metadata: ["error": "\(error)"])
                try? await sleep(.seconds(options.ledgerRetrySeconds))
            }
        }
    }

    private func adopt(_ source: FeedSource) {
        let state = states[source.url] ?? FeedState(url: source.url, at: now())
        if source.isMuted != (state.status == .muted), source.isMuted || state.reason == FeedState.mutedByUser {
            states[source.url] = state.muted(source.isMuted, at: now())
        } else {
            states[source.url] = state
        }
    }

    /// One feed per host; those that waited longest first, so that a slow host starves none of its feeds.
    private func startDue(in group: inout DiscardingTaskGroup) {
        let now = now()
        let limits = hostLimits()
        var busyHosts = Set(running.values)
        for state in dueStates(at: now) where running.count < options.concurrency {
            guard let source = sources[state.url] else { continue }
            let host = host(of: state.address)
            if limits.nextFree(host, at: now) != nil { continue }
            guard busyHosts.insert(host).inserted else { continue }
            running[state.url] = host
            wanted.remove(state.url)
            group.addTask { await self.poll(source, state) }
        }
    }

    private func dueStates(at now: Instant) -> [FeedState] {
        states.values
            .filter { running[$0.url] == nil && isDue($0, at: now) }
            .sorted { left, right in
                (left.nextTry, left.lastCheck ?? .earliest, left.url)
                    < (right.nextTry, right.lastCheck ?? .earliest, right.url)
            }
    }

    private func isDue(_ state: FeedState, at now: Instant) -> Bool {
        if sources[state.url]?.isMuted != false { return false }
        if let end = heldBack[state.url], end > now { return false }
        if unrecorded[state.url] != nil { return true }
        // While nothing can be recorded, nothing more is fetched than fits in memory.
        if unrecorded.count >= 8 { return false }
        return wanted.contains(state.url) || state.isDue(at: now)
    }

    private func host(of address: String) -> String {
        if let host = hosts[address] { return host }
        let host = WebAddress(address)?.host ?? address
        hosts[address] = host
        return host
    }

    /// Sleeps until the next feed is due, a poll ends, or the bell rings; never long, in case the clock is set.
    private func pause() async {
        let now = now()
        let limits = hostLimits()
        var wait = 600 * 1000 as Int64
        if running.count < options.concurrency {
            for state in states.values where sources[state.url] != nil && running[state.url] == nil && state.isPolled {
                let due = wanted.contains(state.url) ? now : state.dueTime(at: now)
                var next = max(due, heldBack[state.url] ?? now)
                if let free = limits.nextFree(host(of: state.address), at: now) { next = max(next, free) }
                // What is due by now waits for a host or a free place, and both ring.
                if next > now { wait = min(wait, next.milliseconds - now.milliseconds) }
            }
        }
        await FeedPoller.wait(.milliseconds(wait), sleep, for: bell)
    }

    private nonisolated static func wait(_ longest: Duration, _ sleep: @escaping Sleep, for bell: Bell) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait() }
            group.addTask { try? await sleep(longest) }
            await group.next()
            group.cancelAll()
        }
    }

    // MARK: One poll

    private func poll(_ source: FeedSource, _ state: FeedState) async {
        do {
            var poll: FeedPoll
            if let kept = unrecorded[source.url] {
                poll = kept
            } else {
                poll = try await visit.poll(source, state)
                poll.news = poll.state.news(at: now(), graceSeconds: options.graceSeconds)
            }
            poll.hostLimits = hostLimits()
            await record(poll, before: state)
        } catch {
            // What came is lost, and the old state stays: the server sends the same entries again.
            heldBack[source.url] = now().adding(seconds: Int64(max(options.ledgerRetrySeconds, source.intervalSeconds)))
            if !(error is CancellationError) { complain(source, error) }
        }
        running[source.url] = nil
        bell.ring()
    }

    private func record(_ poll: FeedPoll, before state: FeedState) async {
        let url = poll.source.url
        do {
            try await ledger.record(poll)
            unrecorded[url] = nil
            heldBack[url] = nil
            note(poll, before: state)
        } catch {
            unrecorded[url] = poll
            heldBack[url] = now().adding(seconds: Int64(options.ledgerRetrySeconds))
            if !(error is CancellationError) { complain(poll.source, error) }
        }
    }

    private func complain(_ source: FeedSource, _ error: any Error) {
        logger.error("poll not recorded", metadata: ["feed": "\(source.url)", "error": "\(error)"])
    }

    private func note(_ poll: FeedPoll, before: FeedState) {
        // The configuration may have changed meanwhile.
        if states[before.url]?.status == .muted, before.status != .muted { return }
        states[before.url] = poll.state
        for note in poll.notes { logger.info("page not read", metadata: ["feed": "\(before.url)", "page": "\(note)"]) }
        guard poll.state.status != before.status else { return }
        logger.info(
            "feed state",
            metadata: [
                "feed": "\(before.url)", "state": "\(poll.state.status.rawValue)",
                "reason": "\(poll.state.reason ?? "")",
            ])
    }
}

extension Instant {
    fileprivate static let earliest = Instant(milliseconds: .min)
}
