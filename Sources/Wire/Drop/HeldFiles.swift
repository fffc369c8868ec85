public import ExtractionCore
internal import Synchronization

/// Files that could not be taken or read for the moment, and when to try them again.
///
/// Waits grow from one second to a minute; after `patience` a file has had its chances and fails with its reason, so
/// that none is forgotten and none is tried in a tight loop.
public final class HeldFiles: Sendable {
    private struct Hold {
        let first: Instant
        var until: Instant
        var tries: Int
    }

    private let holds = Mutex<[DropName: Hold]>([:])
    private let patienceSeconds: Int64

    public init(patienceSeconds: Int64) { self.patienceSeconds = patienceSeconds }

    public func isHeld(_ name: DropName, at now: Instant) -> Bool {
        holds.withLock { holds in
            guard let hold = holds[name] else { return false }
            // A wait that lies further ahead than any comes from a clock that was set back.
            return now < hold.until && hold.until <= now.adding(seconds: 61)
        }
    }

    /// Notes a failed try; false when there have been enough.
    public func hold(_ name: DropName, at now: Instant) -> Bool {
        holds.withLock { holds in
            var hold = holds[name] ?? Hold(first: now, until: now, tries: 0)
            if now >= hold.first.adding(seconds: patienceSeconds) { return false }
            hold.until = now.adding(seconds: min(60, 1 << min(hold.tries, 6)))
            hold.tries += 1
            holds[name] = hold
            return true
        }
    }

    public func release(_ name: DropName) { holds.withLock { _ = $0.removeValue(forKey: name) } }
}
