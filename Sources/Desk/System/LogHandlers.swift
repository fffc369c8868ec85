internal import Glibc
public import Logging

/// Log lines for people: `level message key=value …` on standard error.
///
/// Under systemd the same line goes to the journal with its fields as `COPYTASTER_KEY`, so that
/// `journalctl COPYTASTER_FILE=…` finds everything about a file.
public struct DeskLogHandler: LogHandler {
    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    private let isUnderJournal: Bool

    public init(level: Logger.Level, environment: [String: String]) {
        logLevel = level
        isUnderJournal = environment["JOURNAL_STREAM"] != nil
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let fields = self.metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        if isUnderJournal, sendToJournal(event, fields) { return }
        var line = isUnderJournal ? "<\(priority(event.level))>" : "\(event.level) "
        line += DeskLogHandler.line(event.message.description)
        for (key, value) in fields {
            let text = DeskLogHandler.line("\(value)")
            line += " \(key)=" + (text.contains(" ") || text.isEmpty ? "\"\(text)\"" : text)
        }
        line += "\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }

    private func sendToJournal(_ event: LogEvent, _ fields: [(key: String, value: Logger.Metadata.Value)]) -> Bool {
        var message =
            "MESSAGE=" + DeskLogHandler.line(event.message.description) + "\nPRIORITY=\(priority(event.level))\n"
        message += "SYSLOG_IDENTIFIER=copytasterd\n"
        for (key, value) in fields {
            let name = key.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
            message += "COPYTASTER_" + String(name) + "=" + DeskLogHandler.line("\(value)") + "\n"
        }
        return Datagram.send(Array(message.utf8), to: "/run/systemd/journal/socket")
    }

    private func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    /// Names and messages of others may hold newlines; a log line is one line.
    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
}
