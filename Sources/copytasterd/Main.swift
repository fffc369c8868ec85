internal import ArgumentParser
internal import Desk
internal import Foundation

/// The entry: a reload asked for before the daemon listens must not end it.
@main
enum Main {
    static func main() async {
        DaemonSettings.ignoreEarlyReload()
        ProcessMemory.settle()
        await CopytasterDaemon.main()
    }
}

/// `copytasterd`: the service that systemd runs.
struct CopytasterDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copytasterd",
        abstract: "Reads dropped files and feeds, and writes rolling daily digests.",
        discussion: """
            Every setting has a default, so no configuration is needed; `copytaster check` prints the settings. \
            SIGTERM stops it once what was decided is written; SIGHUP reads the configuration again, and a faulty one \
            changes nothing.

            Exit status: 0 stopped, 74 cannot start, 75 already running, 78 wrong configuration.
            """,
        version: DaemonSettings.version)

    @Option(help: "The configuration file.") var config: String?
    @Option(help: "The folder where files are dropped.") var drop: String?
    @Option(help: "The folder of the digests.") var digests: String?
    @Option(help: "The folder of the daemon's memory.") var state: String?

    func run() async throws {
        let settings = DaemonSettings(config: config, drop: drop, digests: digests, state: state)
        let status = await settings.run(environment: ProcessInfo.processInfo.environment)
        if status != 0 { throw ExitCode(status) }
    }
}
