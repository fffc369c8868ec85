public import ExtractionCore
internal import Logging
internal import Store
internal import Stories
internal import Wire

/// Answers about a daemon: from the running one over its socket, else from its folders when nobody owns them.
public enum Inquiry {
    public enum Answer: Sendable {
        case running(JSONValue)
        /// No daemon runs; this is what its folders say.
        case stopped(JSONValue)
        case unavailable(String)
    }

    /// `command` is `status`, `feeds` or `audit`.
    public static func ask(_ command: String, _ configuration: Configuration) async -> Answer {
        if let value = ControlConnection.ask(command, state: configuration.state) { return .running(value) }
        guard Paths.size(configuration.state + "/copytaster.sqlite") != nil else {
            return .unavailable("no copytaster has run with the state folder \(configuration.state)")
        }
        guard let lock = OwnerLock(state: configuration.state) else {
            return .unavailable("a copytaster owns \(configuration.state) but does not answer")
        }
        defer { withExtendedLifetime(lock) {} }
        do {
            let store = try Store(path: configuration.state + "/copytaster.sqlite")
            let drop = try DropFolder(path: configuration.drop)
            let logger = Logger(label: "copytaster") { _ in SwiftLogNoOpLogHandler() }
            let desk = Desk(configuration: configuration, store: store, drop: drop, logger: logger) {
                .present
            }
            try await desk.loadForReading()
            let bytes: [UInt8]
            let feeds = FeedList(configuration).sources
            switch command {
            case "feeds": bytes = await desk.feeds(feeds)
            case "audit": bytes = await desk.audit()
            default: bytes = await desk.status(started: Instant(milliseconds: 0), feeds: feeds)
            }
            guard let value = JSONValue(parsing: bytes) else { return .unavailable("no answer") }
            return .stopped(value)
        } catch {
            return .unavailable(Desk.words(error))
        }
    }
}

extension Desk {
    /// Loads what the store says and changes nothing.
    func loadForReading() throws {
        plan = DigestPlan(files: try store.files())
        feedStates = try Dictionary(
            store.feeds().compactMap { FeedState(bytes: $0.state) }.map { ($0.url, $0) }
        ) { first, _ in first }
    }
}
