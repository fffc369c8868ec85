internal import Synchronization

/// When the intake last made progress, for the watchdog: a hung loop must not be reported alive.
final class Pulse: Sendable {
    private let last = Mutex<ContinuousClock.Instant>(.now)

    func beat() { last.withLock { $0 = .now } }

    func isAlive(within seconds: Int64) -> Bool { last.withLock { $0.duration(to: .now) < .seconds(seconds) } }
}

/// How long a stopping daemon still works on what it has claimed: small batches are finished, long ones are left for
/// the next start, which reads them first.
final class Drain: Sendable {
    private let end = Mutex<ContinuousClock.Instant?>(nil)
    private let seconds: Int64

    init(seconds: Int64 = 4) { self.seconds = seconds }

    func begin() { end.withLock { $0 = $0 ?? .now + .seconds(seconds) } }

    var isOver: Bool { end.withLock { end in end.map { $0 <= .now } ?? false } }
}
