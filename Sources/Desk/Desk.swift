internal import ExtractionCore
internal import Logging
internal import Store
internal import Stories
internal import Wire

/// Decides what becomes of every article, once, and sees that the digest files say so.
///
/// The order of things is the promise: the decision is committed with the bytes to be written and their offsets, then
/// the file is settled, then the bytes are written, then the rows are deleted. A crash anywhere repeats the same bytes
/// at the same places. When a commit fails, everything in memory is rebuilt from the store before the next try.
actor Desk {
    let configuration: Configuration
    let store: Store
    let writer: DigestWriter
    let zone: DigestZone
    var policy: AlertPolicy
    var alertQuietSeconds: Int64
    let drop: DropFolder
    let logger: Logger
    let now: @Sendable () -> Instant
    private let executor = ThreadExecutor(label: "desk")
    /// Rings when addresses came in.
    nonisolated let addressWakeup = Wakeup()

    var book = StoryBook()
    var plan: DigestPlan
    /// Alert keys and when they last fired.
    var alerted: [String: Instant] = [:]
    /// Texts of recent articles, newest last, so that comparing rarely asks the store.
    var recent = RecentTexts()
    var feedStates: [String: FeedState] = [:]
    var tally = Tally()
    /// Decided files that are still in `.work/`.
    private var settlements: [Settlement] = []
    /// A decision failed: memory no longer matches the store.
    var isStale = false
    var schedule: ImageSchedule
    /// A commit failed and none has succeeded since: it may have reached the disk all the same.
    private var isRetry = false
    /// What the wall clock and the steady clock said last, to tell a jump from time that passed.
    var lastClock: (wall: Instant, steady: ContinuousClock.Instant)?
    var heldUntil: ContinuousClock.Instant?
    /// What keeps the desk from writing, in words; nil when nothing does.
    var trouble: String?
    var isStopping = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What happened since the start.
    struct Tally {
        var files = 0
        var articles = 0
        var duplicates = 0
        var failures = 0
        var alerts = 0
        var polls = 0
        /// Rises with every committed record, so that the page knows whether it is stale.
        var records = 0
    }

    init(
        configuration: Configuration, store: Store, drop: DropFolder, logger: Logger,
        now: @escaping @Sendable () -> Instant
    ) {
        self.configuration = configuration
        self.store = store
        self.drop = drop
        self.logger = logger
        self.now = now
        writer = DigestWriter(folder: configuration.digests)
        zone = DigestZone(name: configuration.zone)
        policy = AlertPolicy(rules: configuration.alerts)
        alertQuietSeconds = configuration.alertQuietSeconds
        plan = DigestPlan(files: [])
        schedule = ImageSchedule(every: configuration.imageArticles)
    }

    // MARK: Start

    /// Brings memory and the digest files to where the store says they are, and opens today.
    func recover() throws {
        image.clear()
        try reload()
        try redo(settled: [])
        try settleLeftovers()
        try healForeignEdits()
        try rollOver()
        linkToday()
        feedStates = try Dictionary(
            store.feeds().compactMap { FeedState(bytes: $0.state) }.map { ($0.url, $0) }
        ) { first, _ in first }
    }

    /// Rebuilds everything that is derived from the store.
    func reload() throws(StoreError) {
        plan = DigestPlan(files: try store.files())
        try restoreBook()
        alerted = try store.alerts()
        recent = RecentTexts()
        isStale = false
    }

    // MARK: Deciding

    /// Decides a batch, however long it takes; gives up only when the daemon stops. True when it was decided.
    ///
    /// What is not decided stays in `.work/` and is read again at the next start.
    func file(_ batch: [Intake]) async -> Bool {
        let isDecided = await insist { desk in
            try desk.commit { filer, decision in
                for intake in batch {
                    if try filer.isDecided(intake) { continue }
                    try filer.add(intake, to: &decision)
                }
            }
        }
        // From here on the batch is safe: what is left over is made up for at the next start.
        if isDecided { _ = await insist { desk in try desk.finish() } }
        return isDecided
    }

    /// Tries until it works or the daemon stops.
    func insist(_ body: (isolated Desk) throws -> Void) async -> Bool {
        var pause: Int64 = 100
        while true {
            do {
                try body(self)
                trouble = nil
                return true
            } catch {
                trouble = Desk.words(error)
                logger.error("cannot write, trying again", metadata: ["error": "\(Desk.words(error))"])
            }
            if isStopping || Task.isCancelled { return false }
            try? await Task.sleep(for: .milliseconds(pause))
            pause = min(pause * 2, 10_000)
        }
    }

    /// One decision: whatever `body` files is committed together.
    func commit(_ body: (inout Filer, inout Decision) throws -> Void) throws {
        if isStale { try reload() }
        try rollOver()
        guard let day = plan.openDay ?? plan.lastDay else { throw StoreError.unavailable("no open day") }
        var decision = Decision()
        // The filer takes the desk's state over rather than copy it: from here to the commit a fault means reload.
        isStale = true
        var filer = Filer(desk: self, day: day, at: now(), isRetry: isRetry)
        isRetry = true
        (book, recent) = (StoryBook(), RecentTexts())
        try body(&filer, &decision)
        filer.plan.hand(to: &decision)
        try store.commit(decision)
        take(filer, decision)
        (isStale, isRetry) = (false, false)
    }

    /// Settles decided files and writes what is planned.
    func finish() throws { try redo(settled: settle()) }

    private func take(_ filer: Filer, _ decision: Decision) {
        (plan, book, recent, tally) = (filer.plan, filer.book, filer.recent, filer.tally)
        settlements += filer.settlements
        if !decision.addresses.isEmpty { addressWakeup.wake() }
        tally.records += decision.outbox.count
        schedule.add(entries: decision.memories.count)
        for (key, at) in decision.alerts { alerted[key] = at }
        for (url, state) in filer.feedStates { feedStates[url] = state }
    }

    /// Moves decided files where they belong. A move that fails is tried again with the next batch.
    private func settle() -> [(claim: Int64, path: String)] {
        var days: Set<String> = []
        var failed: [Settlement] = []
        var paths: [(claim: Int64, path: String)] = []
        for settlement in settlements {
            do {
                let (claim, day) = (settlement.claim, settlement.day)
                days.insert(day)
                switch try drop.settle(claim, day: day, reason: settlement.reason, as: settlement.state) {
                case .moved(let path): paths.append((claim: claim.sequence, path: path))
                // What was written after it was read is a file of its own now; nothing of this one is left to be found.
                case .returned: paths.append((claim: claim.sequence, path: ""))
                case .gone: continue
                }
            } catch {
                failed.append(settlement)
                if trouble != nil { continue }
                logger.warning(
                    "decided file not moved yet",
                    metadata: ["file": "\(settlement.claim.name.string)", "error": "\(Desk.words(error))"])
            }
        }
        settlements = failed
        for day in days { drop.synchroniseSettled(day: day) }
        return paths
    }

    /// Those claims that no decision was made on: the others only wait to be moved.
    func undecided(_ claims: [ClaimedFile]) throws -> [ClaimedFile] {
        try claims.filter { claim in
            guard let row = try store.ledger(claim: claim.sequence) else { return true }
            return row.state == .open
        }
    }

    /// How many members of a container are in the digest already.
    func membersFiled(of claim: ClaimedFile) throws -> Int { try store.ledger(claim: claim.sequence)?.members ?? 0 }

    /// Moves files that an earlier run decided but did not move, and notes where moved ones are.
    private func settleLeftovers() throws {
        var paths: [(claim: Int64, path: String)] = []
        for claim in drop.leftovers() {
            guard let row = try store.ledger(claim: claim.sequence), row.state != .open else { continue }
            let reason = row.state == .failed ? Filer.reason(for: row, at: zone.iso8601(row.at)) : nil
            settlements.append(Settlement(claim: claim, day: row.day, reason: reason, state: nil))
        }
        let waiting = Set(settlements.map(\.claim.sequence))
        for row in try store.unsettled() where !waiting.contains(row.claim) {
            let asFailed = row.state == .failed
            if let path = drop.settledPath(row.claim, name: row.name, asFailed: asFailed, day: row.day) {
                paths.append((claim: row.claim, path: path))
            }
        }
        try redo(settled: paths + settle())
    }

    /// Writes what is planned and not yet written.
    func redo(settled paths: [(claim: Int64, path: String)]) throws {
        var paths = paths
        while true {
            let rows = try store.outbox()
            try writer.redo(rows)
            try store.settle(outboxThrough: rows.last?.sequence, paths: paths)
            paths = []
            if rows.isEmpty { return }
        }
    }

    static func words(_ error: any Error) -> String {
        switch error {
        case let error as StoreError: error.message
        case let error as DigestWriter.Failure: error.message
        case let error as DropError: error.message
        default: "\(error)"
        }
    }

    var hasUnsettledFiles: Bool { !settlements.isEmpty }

    func stop() { isStopping = true }
}

/// A decided file and where it goes.
struct Settlement: Sendable {
    let claim: ClaimedFile
    let day: String
    /// Why it failed; nil for `done/`.
    let reason: [UInt8]?
    /// What it was when it was read; nil when that is not known any more.
    let state: FileState?
}

/// The texts of recent articles, at most a few megabytes of them.
struct RecentTexts {
    private var texts: [ArticleID: Text] = [:]
    private var order: [ArticleID] = []
    private var bytes = 0
    private static let limit = 8 << 20

    subscript(id: ArticleID) -> Text? { texts[id] }

    mutating func insert(_ text: Text, as id: ArticleID) {
        guard texts.updateValue(text, forKey: id) == nil else { return }
        order.append(id)
        bytes += text.count
        guard bytes > RecentTexts.limit else { return }
        // Halving keeps the cost of forgetting small.
        let kept = order.count / 2
        for id in order.prefix(order.count - kept) {
            if let text = texts.removeValue(forKey: id) { bytes -= text.count }
        }
        order = Array(order.suffix(kept))
    }
}
