internal import Synchronization
internal import Wire

/// Wakes a waiting loop, early or on time; a wake-up between two waits is not lost.
final class Wakeup: Sendable {
    private struct State {
        var isDue = false
        var movedIn: Set<DropName> = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Files that were renamed into place since the last call.
    func takeMovedIn() -> Set<DropName> {
        state.withLock { state in
            defer { state.movedIn = [] }
            return state.movedIn
        }
    }

    func wake(movedIn names: [DropName] = []) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            // A flood of names is no more use than none: the scan finds them by their age.
            if state.movedIn.count < 100_000 { state.movedIn.formUnion(names) }
            state.isDue = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns after a wake-up, after the time, or when the task is cancelled. One waiter at a time.
    func wait(milliseconds: Int64) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: .milliseconds(milliseconds)) }
            group.addTask { await self.signal() }
            await group.next()
            group.cancelAll()
        }
        state.withLock { $0.isDue = false }
    }

    private func signal() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state -> Bool in
                    if state.isDue || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
