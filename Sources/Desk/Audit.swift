internal import ExtractionCore
internal import Store
internal import Wire

/// Recounts the disk and the digests against the ledger: every file that was ever claimed must be found in one place
/// on the disk and in as many lines as the ledger says.
struct Audit {
    private(set) var rows = 0
    private(set) var done = 0
    private(set) var failed = 0
    private(set) var lines = 0
    private(set) var gaps: [String] = []
    private(set) var gapCount = 0
    private let waiting: Int
    private let drop: DropFolder

    init(store: Store, drop: DropFolder, digests: String) throws(StoreError) {
        self.drop = drop
        waiting = drop.leftovers().count
        var counts: [Int: Int] = [:]
        var days: Set<String> = []
        var foreign: [String] = []
        for name in Paths.names(in: digests) where Audit.isDay(name) {
            days.insert(String(name.dropLast(6)))
            for line in (Paths.bytes(digests + "/" + name) ?? []).split(separator: 0x0A) {
                guard let record = JSONValue(parsing: line) else {
                    foreign.append("\(name): a line is not JSON")
                    continue
                }
                if record["type"]?.string == "alert" { continue }
                for claim in Audit.claims(in: record) { counts[claim, default: 0] += 1 }
            }
        }
        gaps = foreign
        gapCount = foreign.count
        // Names that are no UTF-8 may look the same, so they are counted.
        var onDisk: [String: Int] = [:]
        for path in ["done", "failed"].flatMap({ drop.settledFiles(in: $0) }) { onDisk[path, default: 0] += 1 }
        var ledger: [LedgerRow] = []
        try store.eachLedgerRow { ledger.append($0) }
        for row in ledger { check(row, counts[Int(row.claim)] ?? 0, days, &onDisk) }
        for path in onDisk.keys.sorted() { note("\(path): not in the ledger") }
        for claim in Set(counts.keys).subtracting(ledger.map { Int($0.claim) }).sorted() {
            note("claim \(claim): in the digest, not in the ledger")
        }
    }

    private mutating func check(_ row: LedgerRow, _ found: Int, _ days: Set<String>, _ onDisk: inout [String: Int]) {
        rows += 1
        lines += found
        if days.contains(row.day), found != row.lines {
            note("\(row.name) (claim \(row.claim)): \(found) lines in the digest, \(row.lines) in the ledger")
        }
        switch row.state {
        case .open: return
        case .done: done += 1
        case .failed: failed += 1
        }
        guard let path = row.path else { return note("\(row.name) (claim \(row.claim)): decided, not moved yet") }
        if let count = onDisk[path] {
            onDisk[path] = count > 1 ? count - 1 : nil
            return
        }
        if path.isEmpty { return }
        // A failed file may be taken back, and a whole day may be cleared away.
        if row.state == .failed || !drop.exists("done/" + row.day) || drop.exists(path) { return }
        note("\(path): in the ledger, not on the disk")
    }

    private mutating func note(_ gap: String) {
        gapCount += 1
        if gaps.count < 100 { gaps.append(gap) }
    }

    private static func isDay(_ name: String) -> Bool {
        name.hasSuffix(".jsonl") && name.utf8.count == 16 && CivilDate(iso8601: name) != nil
    }

    private static func claims(in record: JSONValue) -> [Int] {
        ([record, record["article"]] + (record["articles"]?.array ?? [])).compactMap { $0?["claim"]?.int }
    }

    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("files", rows)
            json.member("done", done)
            json.member("failed", failed)
            json.member("waiting", waiting)
            json.member("lines", lines)
            json.member("gaps", gapCount)
            json.strings("problems", gaps)
        }
        return json.bytes
    }
}
