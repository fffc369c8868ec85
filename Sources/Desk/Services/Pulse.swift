internal import Synchronization

/// When the intake last made progress, for the watchdog: a hung loop must not be reported alive.
final class Pulse: Sendable {
    private let last = Mutex<ContinuousClock.Instant>(.now)

    func beat() { last.withLock { $0 = .now } }

    func isAlive(within seconds: Int64) -> Bool { last.withLock { $0.duration(to: .now) < .seconds(seconds) } }
}
