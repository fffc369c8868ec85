import ExtractionCore
import Synchronization

@testable import Wire

/// Time that passes only while nothing happens: it jumps to the end of the shortest sleep once nobody is busy.
final class SimulatedTime: Sendable {
    private struct Sleeper {
        let end: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Contents {
        var now: Instant
        var sleepers: [UInt64: Sleeper] = [:]
        var lastID: UInt64 = 0
        var cancelledEarly: Set<UInt64> = []
    }

    private let contents: Mutex<Contents>

    init(_ start: Instant) { contents = Mutex(Contents(now: start)) }

    var now: Instant { contents.withLock { $0.now } }
    func sleep(_ duration: Duration) async throws {
        let id = contents.withLock {
            $0.lastID += 1
            return $0.lastID
        }
        let parts = duration.components
        let milliseconds = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                contents.withLock {
                    if $0.cancelledEarly.remove(id) != nil {
                        continuation.resume(throwing: CancellationError())
                    } else {
                        let end = Instant(milliseconds: $0.now.milliseconds + milliseconds)
                        $0.sleepers[id] = Sleeper(end: end, continuation: continuation)
                    }
                }
            }
        } onCancel: {
            contents.withLock {
                if let sleeper = $0.sleepers.removeValue(forKey: id) {
                    sleeper.continuation.resume(throwing: CancellationError())
                } else {
                    $0.cancelledEarly.insert(id)
                }
            }
        }
    }

    /// Lets time pass until `end`, as long as nobody is busy; then returns as soon as nobody is.
    func run(until end: Instant, isBusy: () -> Bool) async {
        while true {
            // What is ready to run runs before us: each yield goes to the end of the queue.
            var calm = 0
            while calm < 60 {
                await Task.yield()
                calm = isBusy() ? 0 : calm + 1
            }
            if now >= end { return }
            wakeNext()
        }
    }

    private func wakeNext() {
        let sleeper = contents.withLock { contents -> Sleeper? in
            guard let (id, next) = contents.sleepers.min(by: { $0.value.end < $1.value.end }) else { return nil }
            contents.sleepers[id] = nil
            contents.now = max(contents.now, next.end)
            return next
        }
        sleeper?.continuation.resume()
    }
}
