public import ExtractionCore
internal import Wire

/// Feeds that the command line added, in `feeds.opml` in the state folder, beside those of the configuration.
public struct Subscriptions: Sendable {
    private static let file = "feeds.opml"
    private let folder: String
    public private(set) var outlines: [OPML.Outline]

    /// Those that are there; none when there is no file.
    public init(_ configuration: Configuration) {
        folder = configuration.state
        outlines = Paths.bytes(folder + "/" + Subscriptions.file).map { OPML.outlines(in: $0) } ?? []
    }

    /// Every feed that a configuration leads to, its OPML files and those added on the command line included.
    public static func all(_ configuration: Configuration) -> [OPML.Outline] {
        FeedList(configuration).sources.map { OPML.Outline(title: $0.title, xmlURL: $0.url) }
    }

    /// What is added and what is taken away.
    public struct Change: Sendable {
        public var added: [OPML.Outline]
        public var removed: [String]

        public init(added: [OPML.Outline] = [], removed: [String] = []) {
            self.added = added
            self.removed = removed
        }

        init(_ json: JSONValue) {
            added = (json["added"]?.array ?? []).compactMap { feed in
                feed["url"]?.string.map { OPML.Outline(title: feed["title"]?.string, xmlURL: $0) }
            }
            removed = (json["removed"]?.array ?? []).compactMap(\.string)
        }

        func write(to json: inout JSONWriter) {
            json.objects("added", added) { json, outline in
                json.member("url", outline.xmlURL)
                json.member("title", outline.title)
            }
            json.strings("removed", removed)
        }
    }

    /// What a change did to each address it names, in words.
    public struct Outcome: Sendable {
        public var url: String
        /// `added`, `there already`, `removed`, `not there`, or why it could not be done.
        public var words: String
        public var isDone: Bool

        init(_ url: String, _ words: String, isDone: Bool = true) {
            self.url = url
            self.words = words
            self.isDone = isDone
        }

        init?(_ json: JSONValue) {
            guard let url = json["url"]?.string, let words = json["outcome"]?.string else { return nil }
            self.init(url, words, isDone: json["error"] == nil)
        }

        public func write(to json: inout JSONWriter) {
            json.member("url", url)
            json.member("outcome", words)
            if !isDone { json.member("error", words) }
        }
    }

    /// Asks the running daemon for a change, or makes it where none runs. Nil when a daemon runs and does not answer.
    public static func apply(_ change: Change, _ configuration: Configuration) -> (isRunning: Bool, [Outcome])? {
        if let answer = ControlConnection.ask("subscribe", state: configuration.state, change.write) {
            return (true, (answer["feeds"]?.array ?? []).compactMap(Outcome.init))
        }
        guard Paths.makeFolder(configuration.state), let lock = OwnerLock(state: configuration.state) else {
            return nil
        }
        defer { withExtendedLifetime(lock) {} }
        var subscriptions = Subscriptions(configuration)
        return (false, subscriptions.apply(change, configured: FeedList(configuration).sources))
    }

    /// Changes the file; whole or not at all.
    mutating func apply(_ change: Change, configured: [FeedSource]) -> [Outcome] {
        var outcomes: [Outcome] = []
        var known = Set(configured.map(\.url))
        var changed = outlines
        for outline in change.added {
            if WebAddress(outline.xmlURL) == nil {
                outcomes.append(Outcome(outline.xmlURL, "not an address of the web", isDone: false))
            } else if known.insert(outline.xmlURL).inserted {
                changed.append(outline)
                outcomes.append(Outcome(outline.xmlURL, "added"))
            } else {
                outcomes.append(Outcome(outline.xmlURL, "there already"))
            }
        }
        for url in change.removed {
            let count = changed.count
            changed.removeAll { $0.xmlURL == url }
            if changed.count < count {
                outcomes.append(Outcome(url, "removed"))
            } else if known.contains(url) {
                outcomes.append(Outcome(url, "named in the configuration: take it out there", isDone: false))
            } else {
                outcomes.append(Outcome(url, "not there", isDone: false))
            }
        }
        if changed == outlines { return outcomes }
        do {
            let bytes = OPML.document(title: "Feeds of copytaster", changed)
            try DigestWriter(folder: folder).replace(Subscriptions.file, with: bytes)
            outlines = changed
            return outcomes
        } catch {
            let reason = Desk.words(error)
            return outcomes.map { Outcome($0.url, $0.isDone ? "not done: \(reason)" : $0.words, isDone: false) }
        }
    }
}

/// The feeds of the running daemon, and their changes.
actor SubscriptionDesk {
    private var configuration: Configuration
    private let poller: FeedPoller
    private(set) var sources: [FeedSource]

    init(_ configuration: Configuration, _ sources: [FeedSource], poller: FeedPoller) {
        self.configuration = configuration
        self.sources = sources
        self.poller = poller
    }

    func use(_ configuration: Configuration) async {
        self.configuration = configuration
        sources = FeedList(configuration).sources
        await poller.use(sources)
    }

    /// The answer to the command line; new feeds are asked at once.
    func change(_ change: Subscriptions.Change) async -> [UInt8] {
        var subscriptions = Subscriptions(configuration)
        let outcomes = subscriptions.apply(change, configured: sources)
        await use(configuration)
        var json = JSONWriter()
        json.object { json in json.objects("feeds", outcomes) { $1.write(to: &$0) } }
        return json.bytes
    }
}
