internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Stories

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Prove that a digest's record file is whole.",
        discussion: """
            Checks the sequence, the chain of hashes and the closing line of each FILE (DAY.jsonl); names the first bad \
            line. Exit status 1 when there is one.
            """)

    @Argument(help: "Record files such as digests/2017-06-06.jsonl.") var files: [String]

    func run() throws {
        var isFaulty = false
        for file in files {
            guard let bytes = Input.bytes(file) else {
                Output.error("\(file): not readable")
                isFaulty = true
                continue
            }
            let result = DigestVerification(of: bytes)
            let state = result.isClosed ? "closed" : "still open"
            Output.line("\(file): " + (result.fault ?? "\(result.lines) lines, whole, \(state)"))
            if result.fault != nil { isFaulty = true }
        }
        if isFaulty { throw ExitCode(1) }
    }
}

struct DigestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest", abstract: "Work with digests.", subcommands: [Render.self])

    struct Render: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "render",
            abstract: "Render a day's records again, byte for byte as the daemon wrote them.")

        enum Format: String, ExpressibleByArgument, CaseIterable { case md, html }

        @Argument(help: "A day such as 2017-06-06, or a record file.") var day: String
        @Option(help: "md or html.") var format = Format.md
        @OptionGroup var daemon: DaemonOptions

        func run() throws {
            let path = day.hasSuffix(".jsonl") ? day : try daemon.configuration().digests + "/" + day + ".jsonl"
            guard let records = Input.bytes(path) else {
                Output.error("\(path): not readable")
                throw ExitCode(1)
            }
            Output.write(format == .md ? MarkdownDigest.page(of: records) : HTMLDigest.page(of: records))
        }
    }
}
