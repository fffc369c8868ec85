import ExtractionCore
import Synchronization

/// Lets requests pass one at a time per host, in the order they came, and no more than a total at once.
///
/// A host that asked for a rest is not waited for: the caller is told until when, and decides. Nothing here sleeps.
final class HostGate: Sendable {
    enum Pass: Hashable, Sendable {
        case granted
        /// The host asked for a rest, or answers nobody.
        case resting(until: Instant, isDown: Bool)
        /// Too soon after the last request.
        case early(until: Instant)
        case cancelled
    }

    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<Pass, Never>
    }

    private struct Contents {
        var limits: HostLimits
        var buckets: HostBuckets?
        var busy: Set<String> = []
        var waiting: [String: [Waiter]] = [:]
        /// Hosts with a waiter and nobody inside, in the order they became so.
        var ready: [String] = []
        var lastID: UInt64 = 0
        var cancelledEarly: Set<UInt64> = []

        func refusal(of host: String, at now: Instant) -> Pass? {
            if let end = limits.notBefore(host, at: now) {
                return .resting(until: end, isDown: limits.isDown(host))
            }
            let times = [limits.nextFree(host, at: now), buckets?.nextFree(host, at: now)]
            return times.compactMap { $0 }.max().map { .early(until: $0) }
        }
    }

    private let capacity: Int
    private let now: @Sendable () -> Instant
    private let contents: Mutex<Contents>

    init(capacity: Int, limits: HostLimits, now: @escaping @Sendable () -> Instant, isPaced: Bool = true) {
        self.capacity = max(1, capacity)
        self.now = now
        contents = Mutex(Contents(limits: limits, buckets: isPaced ? HostBuckets() : nil))
    }

    var limits: HostLimits { contents.withLock { $0.limits } }
    /// Whether anybody is inside.
    var isBusy: Bool { contents.withLock { !$0.busy.isEmpty } }

    /// Waits for its turn; every `granted` must be followed by one `leave`.
    func enter(_ host: String) async -> Pass {
        let id = contents.withLock {
            $0.lastID += 1
            return $0.lastID
        }
        let pass = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answers = contents.withLock { contents -> [Answer] in
                    if contents.cancelledEarly.contains(id) { return [(continuation, .cancelled)] }
                    contents.waiting[host, default: []].append(Waiter(id: id, continuation: continuation))
                    if !contents.busy.contains(host), contents.waiting[host]?.count == 1 {
                        contents.ready.append(host)
                    }
                    return admit(&contents)
                }
                for (continuation, pass) in answers { continuation.resume(returning: pass) }
            }
        } onCancel: {
            cancel(id, host)
        }
        contents.withLock { _ = $0.cancelledEarly.remove(id) }
        return pass
    }

    func leave(_ host: String) {
        let answers = contents.withLock { contents -> [Answer] in
            contents.busy.remove(host)
            if contents.waiting[host] != nil { contents.ready.append(host) }
            return admit(&contents)
        }
        for (continuation, pass) in answers { continuation.resume(returning: pass) }
    }

    /// Notes what an answer says of its host.
    func note(_ change: (inout HostLimits, Instant) -> Void) {
        let now = now()
        contents.withLock { change(&$0.limits, now) }
    }

    private typealias Answer = (CheckedContinuation<Pass, Never>, Pass)

    /// Lets in whom the total allows, and turns away whose host rests.
    private func admit(_ contents: inout Contents) -> [Answer] {
        var answers: [Answer] = []
        let now = now()
        while contents.busy.count < capacity, !contents.ready.isEmpty {
            let host = contents.ready.removeFirst()
            guard var waiters = contents.waiting[host], !waiters.isEmpty else { continue }
            if let refusal = contents.refusal(of: host, at: now) {
                contents.waiting[host] = nil
                answers += waiters.map { ($0.continuation, refusal) }
            } else {
                answers.append((waiters.removeFirst().continuation, .granted))
                contents.waiting[host] = waiters.isEmpty ? nil : waiters
                contents.busy.insert(host)
                contents.limits.take(host, at: now)
                contents.buckets?.take(host, at: now)
            }
        }
        return answers
    }

    private func cancel(_ id: UInt64, _ host: String) {
        let waiter = contents.withLock { contents -> Waiter? in
            guard var waiters = contents.waiting[host], let index = waiters.firstIndex(where: { $0.id == id }) else {
                contents.cancelledEarly.insert(id)
                return nil
            }
            let waiter = waiters.remove(at: index)
            contents.waiting[host] = waiters.isEmpty ? nil : waiters
            if waiters.isEmpty { contents.ready.removeAll { $0 == host } }
            return waiter
        }
        waiter?.continuation.resume(returning: .cancelled)
    }
}
