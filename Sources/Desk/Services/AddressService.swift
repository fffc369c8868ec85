internal import ExtractionCore
internal import Logging
internal import ServiceLifecycle
internal import Store
internal import Synchronization
internal import Wire

/// Fetches the addresses that dropped files name: one of a host at a time, through the same gate as the feeds.
///
/// What is fetched and what came of it are one decision, so an address that a stopped daemon was fetching waits on.
final class AddressService: Service {
    typealias Fetch = @Sendable (FetchRequest) async throws(FetchError) -> FetchResponse

    private let desk: Desk
    private let readers: Readers
    private let fetch: Fetch
    private let hostLimits: @Sendable () -> HostLimits
    private let settings: Configuration.FetchSettings
    private let logger: Logger
    private let now: @Sendable () -> Instant
    /// Hosts that are being asked.
    private let busy = Mutex<Set<String>>([])

    /// What is tried again waits so many seconds, longer each time; then it has failed.
    private static let patience: [Int64] = [60, 600, 3600, 6 * 3600]

    /// A host's pace is waited for, a longer rest is not.
    private static let hostPatience = 60

    init(
        desk: Desk, readers: Readers, fetch: @escaping Fetch,
        hostLimits: @escaping @Sendable () -> HostLimits = { HostLimits() }, settings: Configuration.FetchSettings,
        logger: Logger, now: @escaping @Sendable () -> Instant
    ) {
        self.desk = desk
        self.readers = readers
        self.fetch = fetch
        self.hostLimits = hostLimits
        self.settings = settings
        self.logger = logger
        self.now = now
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    let wait = await self.startDue(in: &group)
                    await self.desk.addressWakeup.wait(milliseconds: wait)
                }
            }
        }
    }

    /// One address of each host that is due, taken to its end.
    func takeDue() async { await withDiscardingTaskGroup { group in _ = await self.startDue(in: &group) } }

    /// Starts what is due and says how long nothing else will be.
    private func startDue(in group: inout DiscardingTaskGroup) async -> Int64 {
        do {
            let limit = settings.concurrency
            for (row, file) in try await desk.dueAddresses(limit: 2 * limit) {
                let isFree = busy.withLock { $0.count < limit && $0.insert(row.host).inserted }
                guard isFree else { continue }
                group.addTask { await self.take(row, file) }
            }
            return min(max(try await desk.millisecondsToNextAddress() ?? .max, 100), 600_000)
        } catch {
            logger.error("addresses not readable, trying again", metadata: ["error": "\(Desk.words(error))"])
            return 10_000
        }
    }

    private func take(_ row: AddressRow, _ file: String) async {
        if let outcome = await outcome(of: row, file) { _ = await desk.file(row, outcome, hostLimits()) }
        busy.withLock { _ = $0.remove(row.host) }
        desk.addressWakeup.wake()
    }

    /// Nil when the daemon stops.
    private func outcome(of row: AddressRow, _ file: String) async -> AddressOutcome? {
        let request = FetchRequest(
            url: row.url, accept: FetchRequest.pageTypes,
            obeysRobots: true, patienceSeconds: AddressService.hostPatience, bodyLimit: settings.bodyLimit,
            timeoutMilliseconds: Int(settings.timeoutSeconds) * 1000)
        do throws(FetchError) {
            let response = try await fetch(request)
            try response.refuseWall()
            if response.body.isEmpty { return .failed(.empty) }
            var document = response.document(origin: .file(name: file, member: row.url), receivedAt: now())
            document.title = row.title
            document.published = row.published.flatMap(FeedDate.time)
            return .read(readers.read(document))
        } catch .cancelled {
            return nil
        } catch {
            return outcome(of: row, error)
        }
    }

    private func outcome(of row: AddressRow, _ error: FetchError) -> AddressOutcome {
        if case .throttled(_, let until) = error {
            return .later(until: until, attempts: row.attempts, code: error.code, message: error.message)
        }
        var asked: Int?
        if case .hostDown(_, let until) = error { asked = Int(clamping: until.seconds - now().seconds) }
        guard case .retry(let delay) = error.remedy, row.attempts < AddressService.patience.count else {
            return .failed(.refused(code: error.code, message: error.message))
        }
        let pause = max(AddressService.patience[row.attempts], Int64(min(asked ?? delay ?? 0, 7 * 86_400)))
        return .later(
            until: now().adding(seconds: pause), attempts: row.attempts + 1, code: error.code, message: error.message)
    }
}
