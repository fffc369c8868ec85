internal import ExtractionCore
internal import Store
internal import Stories

/// The digest files as they will be: where the next byte goes, how the chain of lines goes on, and what one decision
/// appends.
struct DigestPlan {
    private(set) var files: [String: DigestFile]
    private var appended: [String: [UInt8]] = [:]
    private var order: [String] = []
    private var changed: Set<String> = []

    init(files: [DigestFile]) {
        self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    }

    static func records(_ day: String) -> String { day + ".jsonl" }
    static func markdown(_ day: String) -> String { day + ".md" }
    static func alertRecords(_ day: String) -> String { "alerts/" + day + ".jsonl" }
    static func alertMarkdown(_ day: String) -> String { "alerts/" + day + ".md" }

    /// The newest day that was opened and not closed.
    var openDay: String? {
        files.values.filter { !$0.isClosed && $0.path == DigestPlan.records($0.day) }.map(\.day).max()
    }

    /// The newest day that was ever opened.
    var lastDay: String? { files.values.map(\.day).max() }

    /// Appends a record to the day's JSONL and its piece to the day's Markdown; the line is the answer.
    @discardableResult
    mutating func record(
        _ type: String, day: String, at: String, previous: String = "", _ body: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        let line = self.line(type, path: DigestPlan.records(day), day: day, at: at, previous: previous, body)
        append(MarkdownDigest.piece(for: line), to: DigestPlan.markdown(day), day: day)
        return line
    }

    /// Appends an alert to the day's files and to the files of alerts.
    mutating func alert(day: String, at: String, _ body: (inout JSONWriter) -> Void) {
        let line = record("alert", day: day, at: at, body)
        self.line("alert", path: DigestPlan.alertRecords(day), day: day, at: at, previous: "", body)
        append(MarkdownDigest.alertPiece(for: line), to: DigestPlan.alertMarkdown(day), day: day)
    }

    @discardableResult
    private mutating func line(
        _ type: String, path: String, day: String, at: String, previous: String, _ body: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        let file = files[path] ?? DigestFile(path: path, day: day, previousHash: previous)
        var chain = DigestChain(day: day, sequence: file.sequence, previousHash: file.previousHash)
        let line = chain.line(type, at: at, body)
        append(line, to: path, day: day, after: file)
        files[path]?.sequence = chain.sequence
        files[path]?.previousHash = chain.previousHash
        return line
    }

    private mutating func append(_ bytes: [UInt8], to path: String, day: String, after known: DigestFile? = nil) {
        guard !bytes.isEmpty else { return }
        var file = files[path] ?? known ?? DigestFile(path: path, day: day)
        file.plannedLength += Int64(bytes.count)
        files[path] = file
        changed.insert(path)
        if appended[path] == nil { order.append(path) }
        appended[path, default: []].append(contentsOf: bytes)
    }

    /// Nothing is appended to the day's files any more.
    mutating func close(day: String) {
        for path in files.keys where files[path]?.day == day {
            files[path]?.isClosed = true
            changed.insert(path)
        }
    }

    /// What this decision appended so far to a file.
    func pending(_ path: String) -> [UInt8] { appended[path] ?? [] }

    /// Moves what was appended into a decision: rows for the outbox and the files' new state.
    mutating func hand(to decision: inout Decision) {
        for path in order {
            guard let file = files[path], let bytes = appended[path] else { continue }
            let offset = file.plannedLength - Int64(bytes.count)
            decision.outbox.append(OutboxRow(path: path, offset: offset, bytes: bytes))
        }
        decision.files += changed.sorted().compactMap { files[$0] }
        changed = []
        appended = [:]
        order = []
    }

    /// Forgets files of days that were closed before `day`: nothing is appended to them again.
    mutating func forgetClosed(before day: String) {
        let closed = Set(files.values.filter { $0.isClosed && $0.day < day }.map(\.day))
        files = files.filter { !closed.contains($0.value.day) }
    }
}
