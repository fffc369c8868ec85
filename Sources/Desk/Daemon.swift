internal import ExtractionCore
internal import Foundation
public import Logging
internal import ServiceLifecycle
internal import Store
internal import Stories
internal import Synchronization
internal import UnixSignals
internal import Wire

/// The daemon: everything that runs, put together.
public struct Daemon: Sendable {
    /// Why it did not start. The number is the exit status, by sysexits.
    public enum Failure: Error, Sendable {
        case alreadyRunning(state: String)
        case cannotStart(String)

        public var status: Int32 {
            switch self {
            case .alreadyRunning: 75
            case .cannotStart: 74
            }
        }

        public var message: String {
            switch self {
            case .alreadyRunning(let state): "another copytaster owns \(state), or it cannot be written"
            case .cannotStart(let reason): reason
            }
        }
    }

    let configuration: Configuration
    /// Reads the configuration again, for SIGHUP.
    let reconfigure: @Sendable () throws(ConfigurationError) -> Configuration
    let logger: Logger
    let environment: [String: String]

    public init(
        configuration: Configuration, logger: Logger, environment: [String: String],
        reconfigure: @escaping @Sendable () throws(ConfigurationError) -> Configuration
    ) {
        self.configuration = configuration
        self.reconfigure = reconfigure
        self.logger = logger
        self.environment = environment
    }

    /// Runs until SIGTERM or SIGINT; everything that was decided is then written.
    public func run(announce: @escaping @Sendable (String) -> Void = { _ in }) async throws {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        guard let lock = OwnerLock(state: configuration.state) else {
            throw Failure.alreadyRunning(state: configuration.state)
        }
        let manager = ServiceManager(environment: environment)
        let now: @Sendable () -> Instant = { .present }
        let (desk, drop, claims) = try await open(now: now)
        let width = configuration.jobs > 0 ? configuration.jobs : ProcessInfo.processInfo.activeProcessorCount
        let pulse = Pulse()
        let drain = Drain()
        let held = HeldFiles(patienceSeconds: drop.options.retrySeconds)
        let readers = Readers(
            reader: DocumentReader(core: NewsReader(lexicon: .embedded())), width: width,
            limits: .init(document: configuration.fileLimit, container: configuration.containerLimit), held: held,
            pulse: pulse, drain: drain, logger: logger, now: now)
        let feeds = try await feedService(desk: desk, readers: readers, now: now)
        let wakeup = Wakeup()
        let newsDrop = NewsDropService(
            folder: drop, held: held, desk: desk, readers: readers, configuration: configuration, logger: logger,
            wakeup: wakeup,
            pulse: pulse, drain: drain, now: now, sequence: Atomic<Int64>.Box(claims + 1))
        let started = now()
        let addresses = AddressService(
            desk: desk, readers: readers,
            fetch: { request throws(FetchError) in try await feeds.fetcher.fetch(request) },
            hostLimits: { feeds.fetcher.hostLimits }, settings: configuration.fetch, logger: logger, now: now)
        let subscriptions = SubscriptionDesk(configuration, feeds.sources, poller: feeds.poller)
        let control = ControlSocket(path: ControlSocket.path(state: configuration.state), logger: logger) { request in
            await Daemon.answer(request, desk: desk, started: started, poller: feeds.poller, subscriptions)
        }
        let reload = Reloader(
            daemon: self, desk: desk, readers: readers, poller: feeds.poller, manager: manager, wakeup: wakeup,
            subscriptions: subscriptions)
        let day = await desk.pageDays().last ?? ""
        manager.ready("watching " + configuration.drop)
        logger.info("watching", metadata: ["drop": "\(configuration.drop)", "digests": "\(configuration.digests)"])
        if !PDFReader.isAvailable {
            logger.notice("PDF files will fail: pdftotext not found, install poppler-utils")
        }
        announce(configuration.digests + "/" + day + ".md")
        let services: [any Service] = [
            PagePublisher(desk: desk, configuration: configuration, logger: logger),
            Ticker(desk: desk, manager: manager, pulse: pulse, logger: logger), ImageKeeper(desk: desk),
            newsDrop, feeds, addresses, control, reload,
        ]
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        manager.stopping()
        try? await desk.close()
        withExtendedLifetime(lock) {}
    }

    /// Opens the store and the folders; what may pass (a full disk, say) is tried again for a while.
    private func open(now: @escaping @Sendable () -> Instant) async throws -> (Desk, DropFolder, Int64) {
        var attempt = 0
        while true {
            do {
                guard Paths.makeFolder(configuration.digests), Paths.makeFolder(configuration.digests + "/alerts")
                else {
                    throw StoreError.unavailable("cannot make \(configuration.digests)")
                }
                var options = DropFolder.Options()
                options.stableMilliseconds = configuration.stableMilliseconds
                let drop = try DropFolder(path: configuration.drop, options: options)
                let store = try Store(path: configuration.state + "/copytaster.sqlite")
                let desk = Desk(configuration: configuration, store: store, drop: drop, logger: logger, now: now)
                try await desk.recover()
                let claims = max(try store.lastClaim(), drop.leftovers().last?.sequence ?? 0)
                return (desk, drop, claims)
            } catch {
                if case StoreError.damaged(let reason) = error { throw Failure.cannotStart("store damaged: " + reason) }
                attempt += 1
                if attempt == 8 { throw Failure.cannotStart(Desk.words(error)) }
                logger.error("cannot start, trying again", metadata: ["error": "\(Desk.words(error))"])
                try await Task.sleep(for: .milliseconds(100 << attempt))
            }
        }
    }

    private func feedService(desk: Desk, readers: Readers, now: @escaping @Sendable () -> Instant) async throws
        -> FeedService
    {
        let list = FeedList(configuration)
        for fault in list.faults { logger.warning("feed list not read", metadata: ["error": "\(fault)"]) }
        do {
            let fetcher = try Fetcher(
                options: configuration.fetch.options, hostLimits: await desk.hostLimits(), now: now)
            var polling = FeedPoller.Options()
            polling.concurrency = configuration.fetch.concurrency
            polling.timeoutMilliseconds = Int(configuration.fetch.timeoutSeconds) * 1000
            polling.feedLimit = configuration.fetch.bodyLimit
            polling.pageLimit = configuration.fetch.bodyLimit
            polling.firstRunSeconds = configuration.firstRunSeconds
            polling.graceSeconds = configuration.fetch.graceSeconds
            let ledger = FeedDesk(desk: desk, readers: readers, firstRunSeconds: configuration.firstRunSeconds)
            let poller = FeedPoller(
                sources: list.sources, ledger: ledger, fetcher: fetcher,
                read: { document throws(FeedError) in try readers.current.core.feed(in: document.inUTF8) },
                discover: { page in readers.current.core.feeds(namedIn: page.inUTF8).first?.url }, options: polling,
                logger: logger, now: now)
            return FeedService(sources: list.sources, poller: poller, fetcher: fetcher)
        } catch {
            throw Failure.cannotStart("no fetching: \(error)")
        }
    }

    private static func answer(
        _ request: JSONValue, desk: Desk, started: Instant, poller: FeedPoller, _ subscriptions: SubscriptionDesk
    ) async -> [UInt8] {
        switch request["command"]?.string {
        case "status": return await desk.status(started: started, feeds: subscriptions.sources)
        case "feeds": return await desk.feeds(subscriptions.sources)
        case "audit": return await desk.audit()
        case "subscribe": return await subscriptions.change(Subscriptions.Change(request))
        case "poll":
            for state in await poller.currentStates() { await poller.wake(state.url) }
            return await desk.feeds(subscriptions.sources)
        default: return Array("{\"error\":\"no such command\"}".utf8)
        }
    }
}

/// SIGHUP: reads the configuration again; a faulty one changes nothing.
private struct Reloader: Service {
    let daemon: Daemon
    let desk: Desk
    let readers: Readers
    let poller: FeedPoller
    let manager: ServiceManager
    let wakeup: Wakeup
    let subscriptions: SubscriptionDesk

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown { for await _ in signals { await reload() } }
    }

    private func reload() async {
        manager.reloading()
        do {
            let configuration = try daemon.reconfigure()
            let isMoved =
                configuration.drop != daemon.configuration.drop || configuration.state != daemon.configuration.state
                || configuration.digests != daemon.configuration.digests
                || configuration.zone != daemon.configuration.zone
            if isMoved { daemon.logger.warning("folders and zone change only with a restart") }
            await desk.use(configuration)
            await subscriptions.use(configuration)
            daemon.logger.info("configuration read again")
        } catch {
            for fault in error.faults {
                daemon.logger.error("configuration not changed", metadata: ["fault": "\(fault.description)"])
            }
        }
        wakeup.wake()
        manager.ready("watching " + daemon.configuration.drop)
    }
}

extension Desk {
    func hostLimits() -> HostLimits {
        HostLimits(bytes: Array(((try? store.value("host_limits")) ?? nil ?? "[]").utf8))
    }

    /// Takes over what may change while running.
    func use(_ configuration: Configuration) {
        policy = AlertPolicy(rules: configuration.alerts)
        alertQuietSeconds = configuration.alertQuietSeconds
    }

    /// The last writes before the end.
    func close() throws {
        defer { saveLastImage() }
        try finish()
    }
}
