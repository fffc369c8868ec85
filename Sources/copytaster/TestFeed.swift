internal import ArgumentParser
internal import Desk
internal import ExtractionCore

struct TestFeed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Fetch a feed once and show what would be taken; nothing is kept.",
        discussion: """
            For a site's page, the feed that it names is tried. Settings and rules are those of the configuration for \
            that address. Exit status 1 when there is no feed.
            """)

    @Argument(help: "The feed's address, or a site's.") var url: String
    @OptionGroup var options: InquiryOptions

    func run() async throws {
        let trial = await FeedTrial(url, try options.daemon.configuration())
        if options.json { write(trial) } else { show(trial) }
        if trial.feed == nil { throw ExitCode(1) }
    }

    private func show(_ trial: FeedTrial) {
        if trial.url != url { Output.line("address   \(trial.url)") }
        if let moved = trial.movedTo { Output.line("moved to  \(moved)") }
        if let type = trial.mediaType { Output.line("type      \(type), \(trial.bytes) bytes") }
        for (number, named) in trial.named.enumerated() {
            Output.line(
                (number == 0 ? "page with " : "      and ") + named.url + (named.title.map { " (\($0))" } ?? ""))
        }
        guard let feed = trial.feed else {
            Output.line("fault     " + (trial.fault ?? "no feed"))
            return
        }
        let whole = feed.entries.count { ($0.contentHTML?.utf8.count ?? 0) > 400 }
        Output.line("feed      \(feed.title ?? "without a title") (\(feed.format))")
        Output.line("entries   \(feed.entries.count), \(whole) with the article's text")
        if let age = trial.maxAge { Output.line("max-age   \(age) s") }
        for note in feed.notes { Output.line("note      \(note)") }
        for (entry, drop) in zip(feed.entries, trial.drops) {
            let date = (entry.published ?? entry.updated)?.iso8601 ?? "no date"
            Output.line(
                (drop == nil ? "take      " : "leave     ") + "\(date)  \(entry.title ?? entry.id ?? "without a title")"
            )
            if let drop { Output.line("          \(drop)") }
            if let link = entry.link { Output.line("          \(link)") }
        }
    }

    private func write(_ trial: FeedTrial) {
        var json = JSONWriter()
        json.object { json in
            json.member("url", trial.url)
            json.member("moved_to", trial.movedTo)
            json.member("media_type", trial.mediaType)
            json.member("bytes", trial.bytes)
            json.member("max_age", trial.maxAge)
            json.member("fault", trial.fault)
            json.objects("named", trial.named) { json, named in
                json.member("url", named.url)
                json.member("title", named.title)
            }
            json.array("dropped") { json in
                for (index, drop) in trial.drops.enumerated() {
                    guard let drop else { continue }
                    json.object { json in
                        json.member("entry", index)
                        json.member("rule", drop)
                    }
                }
            }
            if let feed = trial.feed { json.object("feed") { feed.write(to: &$0) } }
        }
        Output.write(json.bytes + [0x0A])
    }
}
