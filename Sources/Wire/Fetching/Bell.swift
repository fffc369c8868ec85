import Synchronization

/// Wakes the one task that waits for it; a ring while nobody waits is kept for the next one.
final class Bell: Sendable {
    private struct Contents {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let contents = Mutex(Contents())

    func ring() {
        let waiter = contents.withLock { contents -> CheckedContinuation<Void, Never>? in
            let waiter = contents.waiter
            contents.waiter = nil
            contents.hasRung = waiter == nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at the next ring; at once when the task is cancelled, which counts as a ring for nobody.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isAnswered = contents.withLock {
                    if $0.hasRung || Task.isCancelled {
                        $0.hasRung = false
                        return true
                    }
                    $0.waiter = continuation
                    return false
                }
                if isAnswered { continuation.resume() }
            }
        } onCancel: {
            contents.withLock { contents -> CheckedContinuation<Void, Never>? in
                defer { contents.waiter = nil }
                return contents.waiter
            }?.resume()
        }
    }
}
