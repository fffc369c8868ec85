internal import ArgumentParser
internal import Desk

/// `copytaster`: the command line around the daemon's code.
@main
struct Copytaster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copytaster",
        abstract: "Reads news: clean text, names, tolls by source, quotations, stories, daily digests.",
        discussion: """
            Without a daemon: extract, fetch, feed, stories, verify, digest, check. The running daemon is asked by status, \
            feeds and audit. `copytaster run` is the daemon in the foreground.

            Exit status: 0 fine, 1 some input failed and the rest was done, 2 wrong use, 75 already running, 78 wrong \
            configuration.
            """,
        version: DaemonSettings.version,
        subcommands: [
            ExtractCommand.self, FeedCommand.self, StoriesCommand.self, DigestCommand.self, RunCommand.self,
            FetchCommand.self, CheckCommand.self, FeedsCommand.self, StatusCommand.self, AuditCommand.self,
            VerifyCommand.self, URLsCommand.self, IdentityCommand.self,
            TrainCommand.self,
        ])
}

/// The flags that say which daemon is meant.
struct DaemonOptions: ParsableArguments {
    @Option(help: "The configuration file.") var config: String?
    @Option(help: "The folder where files are dropped.") var drop: String?
    @Option(help: "The folder of the digests.") var digests: String?
    @Option(help: "The folder of the daemon's memory.") var state: String?

    var settings: DaemonSettings { DaemonSettings(config: config, drop: drop, digests: digests, state: state) }

    /// The effective settings; faults are printed and end the command with 78.
    func configuration() throws -> Configuration {
        do {
            return try settings.configuration()
        } catch {
            Output.error(error.description)
            throw ExitCode(78)
        }
    }
}
