internal import ExtractionCore
internal import Store
internal import Stories
internal import Wire

/// One decision in the making: files articles into the story book and turns each filing into records.
///
/// Works on copies of the desk's state, so that a failed commit leaves nothing half done.
struct Filer {
    let day: String
    let at: Instant
    private let clock: String
    let store: Store
    private let policy: AlertPolicy
    private let quiet: Int64
    let listLimit: Int

    var plan: DigestPlan
    private(set) var book: StoryBook
    private(set) var recent: RecentTexts
    var tally: Desk.Tally
    private(set) var feedStates: [String: FeedState] = [:]
    private(set) var settlements: [Settlement] = []
    private var alerted: [String: Instant]
    /// The highest number of an address of each file that got some in this decision.
    var addressNumbers: [Int64: Int] = [:]
    let isRetry: Bool

    init(desk: isolated Desk, day: String, at: Instant, isRetry: Bool) {
        self.day = day
        self.at = at
        clock = desk.zone.iso8601(at)
        store = desk.store
        policy = desk.policy
        quiet = desk.alertQuietSeconds
        listLimit = desk.configuration.fetch.listLimit
        plan = desk.plan
        book = desk.book
        recent = desk.recent
        tally = desk.tally
        alerted = desk.alerted
        self.isRetry = isRetry
    }

    /// Whether an earlier try of this decision reached the disk although it was reported as failed.
    func isDecided(_ intake: Intake) throws(StoreError) -> Bool {
        guard isRetry, case .file(let file) = intake.source else { return false }
        guard let row = try store.ledger(claim: file.claim.sequence) else { return false }
        return row.state != .open || row.members > file.first
    }

    mutating func add(_ intake: Intake, to decision: inout Decision) throws(StoreError) {
        switch intake.source {
        case .feed(let url):
            for member in intake.members { _ = try add(member, of: .feed(url), to: &decision) }
        case .file(let file):
            try add(file, intake.members, to: &decision)
        }
    }

    mutating func note(feedState state: FeedState) { feedStates[state.url] = state }

    /// Says in the digest that something was not read.
    mutating func notProcessed(_ kind: String, code: String, _ body: (inout JSONWriter) -> Void) {
        plan.record("not_processed", day: day, at: clock) { json in
            json.member("kind", kind)
            json.member("code", code)
            body(&json)
        }
    }

    // MARK: Files

    private mutating func add(
        _ file: Intake.FileSource, _ members: [ReadMember], to decision: inout Decision
    ) throws(StoreError) {
        let claim = file.claim
        // A container without members fails like an empty file, and says so in the digest.
        let isHollow = members.isEmpty && file.first == 0
        let known = try file.first > 0 || members.count > 1 ? store.ledger(claim: claim.sequence) : nil
        // Where an earlier version cut its parts elsewhere, some of these are in the digest already.
        let filed = max(0, (known?.members ?? file.first) - file.first)
        let members = isHollow ? [ReadMember(name: nil, result: .failure(.empty))] : Array(members.dropFirst(filed))
        var row =
            known
            ?? LedgerRow(
                claim: claim.sequence, name: claim.name.string, state: .open, members: 0, lines: 0, bytes: file.bytes,
                sha256: file.sha256, day: day, at: at)
        var failure: DocumentError?
        for member in members {
            let filed = try add(member, of: .file(claim.sequence, name: claim.name.string), to: &decision)
            row.members += 1
            row.lines += filed.lines
            if let error = filed.failure {
                row.failures += 1
                failure = failure ?? error
            }
            row.duplicates += filed.duplicates
        }
        let hasFailed = row.members == row.failures && file.isLast
        row.state = !file.isLast ? .open : hasFailed ? .failed : .done
        if hasFailed {
            row.code = failure?.code ?? "empty"
            row.message = failure?.message ?? "nothing in it"
        }
        decision.ledger.append(row)
        guard file.isLast else { return }
        tally.files += 1
        let reason = hasFailed ? Filer.reason(for: row, at: clock) : nil
        settlements.append(Settlement(claim: claim, day: row.day, reason: reason, state: file.state))
    }

    /// The content of `NAME.reason.json`.
    static func reason(for row: LedgerRow, at clock: String) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("time", clock)
            json.member("file", row.name)
            json.member("stage", "read")
            json.member("code", row.code)
            json.member("message", row.message)
            json.member("attempts", 1)
            json.member("bytes", row.bytes)
            json.member("sha256", row.sha256)
            json.member("hint", hint(for: row.code))
        }
        return json.bytes + [0x0A]
    }

    private static func hint(for code: String?) -> String {
        switch code {
        case "unsupported": "convert it to text or HTML and drop it again"
        case "empty": "the file holds no text"
        case "undecodable": "save it as UTF-8 and drop it again"
        case "too_large": "split it, or raise file_limit or container_limit"
        case "missing_program": "install what is missing and drop the file again"
        case "encrypted": "take the password off and drop it again"
        case "no_text": "recognise its text (OCR) and drop it again"
        case "unreadable": "see the message; then drop the file again"
        case "not_a_file", "linked": "drop a copy of the file itself"
        default: "mend the cause and move the file back into the drop folder"
        }
    }

    // MARK: Articles

    mutating func add(
        _ member: ReadMember, of input: Input, to decision: inout Decision
    ) throws(StoreError) -> Filed {
        switch member.result {
        case .success(.article(let reading)):
            return try add(reading, member: member.name, claim: input.claim, to: &decision)
        case .success(.addresses(let addresses)):
            return try add(addresses, member: member.name, of: input, to: &decision)
        case .failure(let error):
            fail(member.name, of: input, error)
            return Filed(failure: error)
        }
    }

    private mutating func add(
        _ reading: ReadMember.Reading, member: String?, claim: Int64?, to decision: inout Decision
    ) throws(StoreError) -> Filed {
        let article = reading.article
        var texts: [ArticleID: Text] = [:]
        for id in book.candidates(for: reading.analysis.fingerprint) {
            if let text = recent[id] {
                texts[id] = text
            } else if let bytes = try store.text(of: id) {
                texts[id] = Text(repairing: bytes)
            }
        }
        let filing = book.file(article, reading.analysis, against: texts, at: at)
        if let memory = book.memory(of: article.id) {
            decision.memories.append((at: at, bytes: BookEntry.filed(memory).bytes))
        }
        if !(filing.kind == .duplicate && filing.isExact) {
            decision.articles.append(ArticleRow(id: article.id, at: at, text: article.text.bytes))
            recent.insert(article.text, as: article.id)
        }
        tally.articles += 1
        if filing.kind == .duplicate { tally.duplicates += 1 }
        let story = book.story(filing.story)
        let composer = RecordComposer(
            filing: filing, article: article, analysis: reading.analysis, story: story,
            provenance: Provenance(claim: claim, member: member))
        plan.record(composer.type, day: day, at: clock) { composer.write(to: &$0) }
        for alert in policy.alerts(for: filing, article, reading.analysis, in: story) {
            add(alert, article, story, to: &decision)
        }
        return Filed(duplicates: filing.kind == .duplicate ? 1 : 0)
    }

    private mutating func add(_ alert: Alert, _ article: Article, _ story: Story?, to decision: inout Decision) {
        // An alert from the future was given under a wrong clock.
        if let last = alerted[alert.key], last <= at, at < last.adding(seconds: quiet) { return }
        alerted[alert.key] = at
        decision.alerts.append((key: alert.key, at: at))
        tally.alerts += 1
        let id = "al-\(day)-\(plan.files[DigestPlan.alertRecords(day)].map { $0.sequence + 1 } ?? 1)"
        let offsets = ScalarOffsets(article.text)
        plan.alert(day: day, at: clock) { json in
            json.member("id", id)
            json.member("rule", alert.rule.name)
            json.member("severity", alert.rule.severity.rawValue)
            json.member("story", alert.story.value)
            json.member("story_headline", story?.headline)
            json.member("reason", alert.reason)
            json.objects("evidence", alert.evidence) { json, range in
                json.member("article", alert.article.hex)
                json.member("start", offsets.scalar(range.lower))
                json.member("end", offsets.scalar(range.upper))
            }
            json.member("dedup_key", alert.key)
        }
    }
}
