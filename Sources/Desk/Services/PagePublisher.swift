internal import Glibc
internal import Logging
internal import ServiceLifecycle

/// Keeps the day's HTML page and the Atom feeds up with the records: soon after the last one, at most so often while
/// they keep coming.
struct PagePublisher: Service {
    let desk: Desk
    let configuration: Configuration
    let logger: Logger

    /// Quiet time after which the page is brought up to date.
    private static let idleMilliseconds: Int64 = 700

    func run() async throws {
        let new = Publication(folder: configuration.digests, host: PagePublisher.hostName, logger: logger)
        var publication = await cancelWhenGracefulShutdown { await loop(new) }
        _ = await publication.publish(pages: desk.pageDays())
    }

    private func loop(_ start: Publication) async -> Publication {
        var publication = start
        let clock = ContinuousClock()
        var published = -1
        var seen = -1
        var lastChange = clock.now
        var lastPage: ContinuousClock.Instant?
        while !Task.isCancelled {
            let records = await desk.recordCount()
            if records != seen { (seen, lastChange) = (records, clock.now) }
            let isIdle = clock.now - lastChange >= .milliseconds(PagePublisher.idleMilliseconds)
            let isDue = lastPage.map { clock.now - $0 >= .milliseconds(configuration.pageMilliseconds) } ?? true
            if records != published, isIdle || isDue {
                if await publication.publish(pages: desk.pageDays()) { published = records }
                lastPage = clock.now
            }
            try? await Task.sleep(for: .milliseconds(250))
        }
        return publication
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, 255) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
