internal import ArgumentParser
internal import Stories

struct URLsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "urls",
        abstract: "Say whether two addresses name one article.",
        discussion:
            "Standard input: lines of two addresses with a tab between. Out: `same` or `different`, one line each.")

    func run() async throws {
        await Input.eachLines { lines in
            Output.write(lines.flatMap { Array((addressVerdict(line: $0) + "\n").utf8) })
        }
    }
}

struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Say which items of feeds are new, seen, repeats or updates.",
        discussion: """
            Standard input: JSON lines {id, items: [{feed, guid, link, title, text, date}]}, each a sequence with nothing \
            known before. Out: {id, verdicts}, one of new, seen, dup and update for each item.
            """)

    @Flag(help: "JSON lines in and out; the only form there is.") var jsonl = false

    func run() async throws {
        await Input.eachLines { lines in
            Output.write(lines.flatMap { itemVerdicts(line: Array($0)) + [0x0A] })
        }
    }
}
