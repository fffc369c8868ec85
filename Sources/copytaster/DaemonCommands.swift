internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Foundation

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the daemon in the foreground.",
        discussion: """
            Watches the drop folder (default ./drop) and writes digests (default ./digests) until Ctrl-C. Files that \
            were read lie in drop/done afterwards, files that could not be read in drop/failed with the reason beside \
            them.
            """)

    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let configuration = try daemon.configuration()
        let status = await daemon.settings.run(environment: ProcessInfo.processInfo.environment) { digest in
            Output.line("drop files into   " + configuration.drop)
            Output.line("read the digest   " + digest + "  (and .html, .jsonl beside it)")
            Output.line("stop with         Ctrl-C")
        }
        if status != 0 { throw ExitCode(status) }
    }
}

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a configuration and print the settings in effect.",
        discussion: "Every fault is shown with its line. Exit status 78 when there is one.")

    @Argument(help: "The configuration file; the defaults without it.") var file: String?
    @OptionGroup var daemon: DaemonOptions

    func run() throws {
        var settings = daemon.settings
        settings.config = file ?? settings.config
        do {
            Output.write(try settings.configuration().yaml)
        } catch {
            Output.error(error.description)
            throw ExitCode(78)
        }
    }
}

/// Asks the daemon, or its folders when it is not running.
struct InquiryOptions: ParsableArguments {
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var daemon: DaemonOptions

    func ask(_ command: String) async throws -> (isRunning: Bool, value: JSONValue) {
        switch await Inquiry.ask(command, try daemon.configuration()) {
        case .running(let value): return (true, value)
        case .stopped(let value): return (false, value)
        case .unavailable(let reason):
            Output.error(reason)
            throw ExitCode(3)
        }
    }

    func printed(_ value: JSONValue) -> Bool {
        guard json else { return false }
        var writer = JSONWriter()
        writer.value(value)
        Output.write(writer.bytes + [0x0A])
        return true
    }
}

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how the daemon is.",
        discussion: "Exit status: 0 fine, 1 degraded, 3 not running.")

    @OptionGroup var options: InquiryOptions

    func run() async throws {
        let (isRunning, value) = try await options.ask("status")
        if !options.printed(value) {
            Output.line(isRunning ? (value["state"]?.string ?? "running") : "not running")
            for name in ["trouble", "since", "day", "zone", "drop", "digests"] where isRunning || name == "day" {
                if let text = value[name]?.string { Output.line("\(name): \(text)") }
            }
            for group in ["counts", "feeds"] where isRunning || group == "feeds" {
                let parts = value[group]?.members.map { "\($0.name) \($0.value.int ?? 0)" } ?? []
                Output.line(group + ": " + parts.joined(separator: ", "))
            }
        }
        if !isRunning { throw ExitCode(3) }
        if value["state"]?.string != "running" { throw ExitCode(1) }
    }
}

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Recount disk and digests against the ledger.",
        discussion: """
            Every file that was ever taken must lie in done/ or failed/ and stand in exactly as many digest lines as \
            the ledger says. Exit status 1 on any gap.
            """)

    @OptionGroup var options: InquiryOptions

    func run() async throws {
        let (_, value) = try await options.ask("audit")
        if let error = value["error"]?.string {
            Output.error(error)
            throw ExitCode(1)
        }
        if !options.printed(value) {
            let counts = value.members.compactMap { member in member.value.int.map { "\(member.name) \($0)" } }
            Output.line(counts.joined(separator: ", "))
            for problem in value["problems"]?.array ?? [] { Output.line(problem.string ?? "") }
        }
        if value["gaps"]?.int != 0 { throw ExitCode(1) }
    }
}
