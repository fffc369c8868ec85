internal import ExtractionCore
internal import Logging
internal import ServiceLifecycle
internal import Synchronization
internal import Wire

/// Takes files from the drop folder, reads them on all cores, and hands them to the desk batch by batch.
///
/// While the desk decides on one batch, the next is read: there are never more than two in memory.
struct NewsDropService: Service {
    let folder: DropFolder
    let held: HeldFiles
    let desk: Desk
    let readers: Readers
    let configuration: Configuration
    let logger: Logger
    let wakeup: Wakeup
    let pulse: Pulse
    let drain: Drain
    let now: @Sendable () -> Instant
    /// The next claim's number.
    let sequence: Atomic<Int64>.Box

    func run() async throws {
        let watcher = DropWatcher(folder: folder.path) { [wakeup] names in wakeup.wake(movedIn: names) }
        if watcher == nil { logger.warning("no inotify: the drop folder is looked through on time only") }
        await withGracefulShutdownHandler {
            await cancelWhenGracefulShutdown { await loop(watcher) }
        } onGracefulShutdown: {
            drain.begin()
            wakeup.wake()
        }
        watcher?.stop()
    }

    private func loop(_ watcher: DropWatcher?) async {
        await takeLeftovers()
        while !Task.isCancelled {
            pulse.beat()
            let wait = await takeWhatIsReady(watcher)
            if Task.isCancelled { return }
            await wakeup.wait(milliseconds: wait)
        }
    }

    /// What an earlier run claimed comes first; a decision that cannot be looked up now must not be made again.
    private func takeLeftovers() async {
        while !Task.isCancelled {
            do {
                await take(try await desk.undecided(folder.leftovers()))
                return
            } catch {
                logger.error("ledger not readable, trying again", metadata: ["error": "\(Desk.words(error))"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// One look at the folder; how long to wait for the next.
    private func takeWhatIsReady(_ watcher: DropWatcher?) async -> Int64 {
        let movedIn = wakeup.takeMovedIn()
        do {
            let scan = try folder.scan(now: now(), movedIn: movedIn)
            watcher?.watch(scan.folders)
            var index = 0
            // In pieces, so that a claim is never far ahead of its decision.
            while index < scan.ready.count, !Task.isCancelled {
                let piece = scan.ready[index..<min(index + configuration.commitArticles * 16, scan.ready.count)]
                await take(claim(piece))
                index += piece.count
            }
            return min(configuration.rescanMilliseconds, scan.wait ?? .max)
        } catch {
            logger.error("drop folder not readable", metadata: ["path": "\(folder.path)", "error": "\(error.message)"])
            // Somebody may have removed it.
            _ = try? DropFolder(path: folder.path, options: folder.options)
            return 2000
        }
    }

    private func claim(_ candidates: ArraySlice<DropFolder.Candidate>) -> [ClaimedFile] {
        var claims: [ClaimedFile] = []
        let now = now()
        for candidate in candidates where !held.isHeld(candidate.name, at: now) {
            do {
                claims.append(try folder.claim(candidate, sequence: sequence.next()))
            } catch .vanished {
                continue
            } catch {
                if !held.hold(candidate.name, at: now),
                    let claim = try? folder.take(candidate, sequence: sequence.next())
                {
                    // It is not readable and will not be: the reader says so in `failed/`.
                    claims.append(claim)
                    continue
                }
                logger.warning(
                    "file not taken, trying again later",
                    metadata: ["file": "\(candidate.name.string)", "error": "\(error.message)"])
            }
        }
        return claims
    }

    /// A batch has so many bytes at most, unless one file alone has more: memory and waits stay small.
    private static let batchBytes = 4 << 20

    private func batches(of claims: [ClaimedFile]) -> [ArraySlice<ClaimedFile>] {
        var batches: [ArraySlice<ClaimedFile>] = []
        var start = 0
        var bytes = 0
        for (index, claim) in claims.enumerated() {
            let isFull =
                index - start == configuration.commitArticles || bytes + claim.bytes > NewsDropService.batchBytes
            if isFull, index > start {
                batches.append(claims[start..<index])
                (start, bytes) = (index, 0)
            }
            bytes += claim.bytes
        }
        if start < claims.count { batches.append(claims[start...]) }
        return batches
    }

    /// Reads and files claims in their order.
    private func take(_ claims: [ClaimedFile]) async {
        guard !claims.isEmpty else { return }
        // A power cut must not bring a decided file back under its old name, so nothing is decided before.
        while true {
            do {
                try folder.synchroniseClaims()
                break
            } catch {
                logger.error("claims not durable, trying again", metadata: ["error": "\(error.message)"])
                if Task.isCancelled { return }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
        let batches = batches(of: claims)
        var read: [Intake] = []
        // What is claimed and not read when the daemon stops is read first at the next start.
        for batch in batches where !drain.isOver {
            async let next = readers.read(batch, from: folder, desk: desk)
            if !read.isEmpty, !(await desk.file(read)) { return }
            read = await next
            pulse.beat()
        }
        if !read.isEmpty { _ = await desk.file(read) }
    }
}

extension Atomic where Value == Int64 {
    /// A shared counter.
    final class Box: Sendable {
        private let value: Atomic<Int64>
        init(_ start: Int64) { value = Atomic(start) }
        /// Each number once.
        func next() -> Int64 { value.wrappingAdd(1, ordering: .relaxed).oldValue }
    }
}
