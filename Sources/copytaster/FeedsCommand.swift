internal import ArgumentParser
internal import Desk
internal import ExtractionCore

struct FeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds", abstract: "List the feeds with their states; add, remove, import, export and try feeds.",
        discussion: """
            What is added here is kept in the state folder, beside the feeds of the configuration. A running daemon \
            is told at once.
            """,
        subcommands: [
            ListFeeds.self, AddFeeds.self, RemoveFeeds.self, ImportFeeds.self, ExportFeeds.self, TestFeed.self,
        ],
        defaultSubcommand: ListFeeds.self)
}

struct ListFeeds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the feeds with their states.",
        discussion: """
            With --poll the running daemon asks every feed now; a host that asked for a rest gets it all the same. Exit \
            status 1 when a feed fails.
            """)

    @Flag(help: "Ask every feed now.") var poll = false
    @OptionGroup var options: InquiryOptions

    func run() async throws {
        let (_, value) = try await options.ask(poll ? "poll" : "feeds")
        let feeds = value["feeds"]?.array ?? []
        if !options.printed(value) {
            if feeds.isEmpty { Output.line("no feeds yet: copytaster feeds add https://…") }
            FeedTable.write(feeds)
        }
        if feeds.contains(where: FeedTable.isFailing) { throw ExitCode(1) }
    }
}

/// The states of feeds, a line each, in columns.
enum FeedTable {
    static func isFailing(_ feed: JSONValue) -> Bool {
        ["throttled", "blocked", "broken", "gone"].contains(feed["state"]?.string ?? "")
    }

    static func write(_ feeds: [JSONValue]) {
        if feeds.isEmpty { return }
        let rows =
            [["STATE", "SINCE", "NEXT TRY", "ENTRIES", "FEED", "REASON"]]
            + feeds.map { feed in
                let title = feed["title"]?.string.map { " (\($0))" } ?? ""
                return [
                    feed["state"]?.string ?? "", minute(feed["since"]), minute(feed["next_try"]),
                    "\(feed["entries"]?.int ?? 0)", (feed["url"]?.string ?? "") + title, feed["reason"]?.string ?? "",
                ]
            }
        for line in columns(rows) { Output.line(line) }
    }

    /// `2026-11-28 09:30`, in the digest's zone.
    private static func minute(_ time: JSONValue?) -> String {
        guard let time = time?.string else { return "-" }
        return String(time.prefix(16)).replacing("T", with: " ")
    }

    /// Pads all columns but the last.
    static func columns(_ rows: [[String]]) -> [String] {
        guard let count = rows.first?.count else { return [] }
        let widths = (0..<count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if row[(column + 1)...].contains(where: { !$0.isEmpty }) {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            return line
        }
    }
}

struct AddFeeds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Subscribe to feeds.",
        discussion: """
            The address of a site will do: the feed that its page names is taken. The running daemon asks the new feeds \
            at once, and its first answers are printed; without a daemon they are asked at its next start.
            """)

    @Argument(help: "Addresses of feeds or of sites.") var urls: [String]
    @Option(help: "A name, until the feed says its own.") var title: String?
    @OptionGroup var options: InquiryOptions

    func run() async throws {
        let added = urls.map { OPML.Outline(title: title, xmlURL: $0) }
        try await SubscriptionChange.make(.init(added: added), options)
    }
}

struct RemoveFeeds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Unsubscribe from feeds that were added on the command line.")

    @Argument(help: "Their addresses, as `feeds list` shows them.") var urls: [String]
    @OptionGroup var options: InquiryOptions

    func run() async throws { try await SubscriptionChange.make(.init(removed: urls), options) }
}

struct ImportFeeds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Subscribe to the feeds of an OPML file, as other feed readers export them.")

    @Argument(help: "The file; standard input when it is -.") var file: String
    @OptionGroup var options: InquiryOptions

    func run() async throws {
        guard let bytes = Input.bytes(file) else {
            Output.error("\(file): not readable")
            throw ExitCode(1)
        }
        let outlines = OPML.outlines(in: bytes)
        if outlines.isEmpty {
            Output.error("\(file): no feeds in it; is it OPML?")
            throw ExitCode(1)
        }
        try await SubscriptionChange.make(.init(added: outlines), options)
    }
}

struct ExportFeeds: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Print all feeds, those of the configuration included, as OPML.")

    @OptionGroup var daemon: DaemonOptions

    func run() throws {
        Output.write(OPML.document(title: "Feeds of copytaster", Subscriptions.all(try daemon.configuration())))
    }
}

/// Changes subscriptions and tells what came of it.
enum SubscriptionChange {
    static func make(_ change: Subscriptions.Change, _ options: InquiryOptions) async throws {
        let configuration = try options.daemon.configuration()
        guard let (isRunning, outcomes) = Subscriptions.apply(change, configuration) else {
            Output.error("a copytaster owns \(configuration.state) but does not answer")
            throw ExitCode(3)
        }
        for outcome in outcomes where !options.json {
            Output.line("\(outcome.words): \(outcome.url)")
        }
        let new = Set(outcomes.filter { $0.isDone && $0.words == "added" }.map(\.url))
        if isRunning, !new.isEmpty {
            let answers = try await firstAnswers(of: new, options)
            if options.json { write(outcomes, answers) } else { FeedTable.write(answers) }
        } else if options.json {
            write(outcomes, [])
        }
        if outcomes.contains(where: { !$0.isDone }) { throw ExitCode(1) }
    }

    /// Waits until each has been asked once, for a minute at most.
    private static func firstAnswers(of urls: Set<String>, _ options: InquiryOptions) async throws -> [JSONValue] {
        var answers: [JSONValue] = []
        for _ in 0..<120 {
            let (_, value) = try await options.ask("feeds")
            answers = (value["feeds"]?.array ?? []).filter { urls.contains($0["url"]?.string ?? "") }
            if !answers.contains(where: { $0["state"]?.string == "pending" }) { break }
            try await Task.sleep(for: .milliseconds(500))
        }
        return answers
    }

    private static func write(_ outcomes: [Subscriptions.Outcome], _ states: [JSONValue]) {
        var json = JSONWriter()
        json.object { json in
            json.objects("feeds", outcomes) { json, outcome in
                outcome.write(to: &json)
                let state = states.first { $0["url"]?.string == outcome.url }
                json.member("state", state?["state"]?.string)
                json.member("reason", state?["reason"]?.string)
            }
        }
        Output.write(json.bytes + [0x0A])
    }
}
