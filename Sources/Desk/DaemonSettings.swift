internal import Glibc
internal import Logging

/// What the command line of the daemon says.
public struct DaemonSettings: Hashable, Sendable {
    public static let version = "0.1.0"

    /// The configuration file; nil for the defaults.
    public var config: String?
    public var drop: String?
    public var digests: String?
    public var state: String?

    public init(config: String? = nil, drop: String? = nil, digests: String? = nil, state: String? = nil) {
        self.config = config
        self.drop = drop
        self.digests = digests
        self.state = state
    }

    /// SIGHUP's default is death. The configuration is only just being read, so there is nothing to reload yet.
    public static func ignoreEarlyReload() { signal(SIGHUP, SIG_IGN) }

    /// The file's settings over the defaults, and the command line's over both.
    public func configuration() throws(ConfigurationError) -> Configuration {
        var configuration = Configuration()
        if let config {
            guard let bytes = Paths.bytes(config) else {
                throw ConfigurationError(faults: [.init(file: config, line: nil, message: "not readable")])
            }
            configuration = try Configuration(yaml: String(decoding: bytes, as: UTF8.self), file: config)
        }
        configuration.drop = drop ?? configuration.drop
        configuration.digests = digests ?? configuration.digests
        configuration.state = state ?? configuration.state
        return configuration
    }

    /// Runs the daemon until it is told to stop; the exit status, by sysexits. Faults are printed on standard error.
    public func run(
        environment: [String: String], announce: @escaping @Sendable (String) -> Void = { _ in }
    ) async -> Int32 {
        DaemonSettings.ignoreEarlyReload()
        let configuration: Configuration
        do {
            configuration = try self.configuration()
        } catch {
            printError(error.description)
            return 78
        }
        let level = Logger.Level(rawValue: configuration.logLevel) ?? .info
        let logger = Logger(label: "copytasterd") { _ in DeskLogHandler(level: level, environment: environment) }
        let daemon = Daemon(configuration: configuration, logger: logger, environment: environment) {
            () throws(ConfigurationError) in try self.configuration()
        }
        do {
            try await daemon.run(announce: announce)
            return 0
        } catch let failure as Daemon.Failure {
            printError("copytasterd: " + failure.message)
            return failure.status
        } catch {
            printError("copytasterd: \(error)")
            return 70
        }
    }

    private func printError(_ message: String) {
        _ = (message + "\n").withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
}
