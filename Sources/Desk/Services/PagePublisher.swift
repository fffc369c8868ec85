internal import ExtractionCore
internal import Logging
internal import ServiceLifecycle
internal import Stories

/// Rewrites the day's HTML page from its records: soon after the last one, at most so often while they keep coming.
struct PagePublisher: Service {
    let desk: Desk
    let configuration: Configuration
    let logger: Logger

    /// Quiet time after which the page is brought up to date.
    private static let idleMilliseconds: Int64 = 700

    func run() async throws {
        await cancelWhenGracefulShutdown { await loop() }
        _ = await publish(days: desk.pageDays())
    }

    private func loop() async {
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
                if await publish(days: desk.pageDays()) { published = records }
                lastPage = clock.now
            }
            try? await Task.sleep(for: .milliseconds(250))
        }
    }

    /// True when every page was written.
    private func publish(days: [String]) async -> Bool {
        var isComplete = true
        for day in days {
            guard let records = Paths.bytes(configuration.digests + "/" + DigestPlan.records(day)) else { continue }
            do {
                try DigestWriter(folder: configuration.digests).replace(
                    day + ".html", with: HTMLDigest.page(of: records))
            } catch {
                isComplete = false
                logger.warning("page not written", metadata: ["day": "\(day)", "error": "\(Desk.words(error))"])
            }
        }
        return isComplete
    }
}
