internal import Dispatch

/// Runs an actor's jobs on a serial queue of its own, so that its blocking calls (SQLite, fsync) never hold up the
/// cooperative pool, which has no more threads than the machine has cores.
final class ThreadExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
