internal import Logging
internal import ServiceLifecycle

/// The slow clockwork: day changes, files that could not be moved, systemd's watchdog.
struct Ticker: Service {
    let desk: Desk
    let manager: ServiceManager
    let pulse: Pulse
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var status = ""
            while !Task.isCancelled {
                await desk.tick()
                let line = await desk.statusLine()
                if line != status {
                    manager.status(line)
                    status = line
                }
                // The desk answered and the intake moved: only then are we alive.
                // Waiting for room on a full disk is no hang.
                let isWaiting = await desk.trouble != nil
                if manager.watchdogMilliseconds != nil, isWaiting || pulse.isAlive(within: 120) { manager.alive() }
                try? await Task.sleep(for: .milliseconds(min(1000, manager.watchdogMilliseconds ?? 1000)))
            }
        }
        await desk.stop()
    }
}
