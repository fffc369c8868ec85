internal import ExtractionCore
internal import Logging
internal import Stories

/// The files that are written whole from the records: a page a day and the two Atom feeds. What did not change is not
/// written again; what somebody removed is.
struct Publication: Sendable {
    let folder: String
    let host: String
    let logger: Logger
    private var pages: [String: Int64] = [:]
    private var days: [String: Cached<AtomEntry?>] = [:]
    private var alerts: [String: Cached<[AtomEntry]>] = [:]
    private var feeds: [String: [UInt8]] = [:]

    /// Days that the feeds reach back, and alerts that one holds at most.
    private static let feedDays = 30
    private static let feedAlerts = 500

    /// What came of a file when it had that many bytes.
    private struct Cached<Value: Sendable>: Sendable {
        let size: Int64
        let value: Value
    }

    init(folder: String, host: String, logger: Logger) {
        self.folder = folder
        self.host = host
        self.logger = logger
    }

    /// Brings the pages of some days and the feeds up to date; true when everything was written.
    mutating func publish(pages days: [String]) -> Bool {
        var isComplete = true
        for day in days {
            let page = day + ".html"
            guard let size = Paths.size(folder + "/" + DigestPlan.records(day)),
                size != pages[day] || Paths.size(folder + "/" + page) == nil,
                let records = Paths.bytes(folder + "/" + DigestPlan.records(day))
            else { continue }
            if write(HTMLDigest.page(of: records), to: page) {
                // By what was read: the file may have grown since.
                pages[day] = Int64(records.count)
            } else {
                isComplete = false
            }
        }
        pages = pages.filter { days.contains($0.key) }
        let feeds = publishFeeds()
        return isComplete && feeds
    }

    private mutating func publishFeeds() -> Bool {
        let recent = recentDays()
        let atom = AtomDigest(host: host)
        days = days.filter { recent.contains($0.key) }
        alerts = alerts.filter { recent.contains($0.key) }
        for day in recent {
            days[day] = refreshed(days[day], DigestPlan.records(day), atom.day(of:))
            alerts[day] = refreshed(alerts[day], DigestPlan.alertRecords(day), atom.alerts(of:))
        }
        let entries = recent.compactMap { days[$0]?.value }
        let given = recent.flatMap { alerts[$0]?.value.reversed() ?? [] }.prefix(Publication.feedAlerts)
        let digest = replace("feed.atom", with: atom.feed("Daily digests", file: "feed.atom", entries: entries))
        let alert = replace("alerts.atom", with: atom.feed("Alerts", file: "alerts.atom", entries: given))
        return digest && alert
    }

    /// The newest days that have records, newest first.
    private func recentDays() -> [String] {
        let days = Paths.names(in: folder).filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
        let real = days.filter { $0.utf8.count == 10 && CivilDate(iso8601: $0) != nil }
        return Array(real.sorted(by: >).prefix(Publication.feedDays))
    }

    private func refreshed<Value: Sendable>(_ cached: Cached<Value>?, _ file: String, _ read: ([UInt8]) -> Value)
        -> Cached<
            Value
        >?
    {
        guard let size = Paths.size(folder + "/" + file) else { return nil }
        if let cached, cached.size == size { return cached }
        guard let bytes = Paths.bytes(folder + "/" + file) else { return cached }
        return Cached(size: Int64(bytes.count), value: read(bytes))
    }

    private mutating func replace(_ file: String, with bytes: [UInt8]) -> Bool {
        if feeds[file] == bytes, Paths.size(folder + "/" + file) != nil { return true }
        guard write(bytes, to: file) else { return false }
        feeds[file] = bytes
        return true
    }

    private func write(_ bytes: [UInt8], to file: String) -> Bool {
        do {
            try DigestWriter(folder: folder).replace(file, with: bytes)
            return true
        } catch {
            logger.warning("not written", metadata: ["file": "\(file)", "error": "\(Desk.words(error))"])
            return false
        }
    }
}
