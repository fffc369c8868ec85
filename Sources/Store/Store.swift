public import ExtractionCore
internal import Foundation
internal import GRDB

/// What must survive a restart, in one SQLite file with one owner.
///
/// `locking_mode=EXCLUSIVE` comes before WAL: there is then no memory-mapped `-shm` file, whose pages kill the
/// process with SIGBUS when the disk is full. `synchronous=FULL`: what was committed survives a power cut. The file
/// is never checkpointed with TRUNCATE while it is open. Calls block, so they belong on a thread of their own.
public final class Store: Sendable {
    let queue: DatabaseQueue

    /// Opens or creates the database; `:memory:` keeps it in memory.
    public init(path: String) throws(StoreError) {
        var configuration = GRDB.Configuration()
        configuration.label = "store"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            if path != ":memory:" { _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") }
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        queue = try Store.guarded {
            let queue =
                try path == ":memory:"
                ? DatabaseQueue(configuration: configuration)
                : DatabaseQueue(path: path, configuration: configuration)
            try Schema.migrator.migrate(queue)
            return queue
        }
    }

    /// The one decision point: all of it or nothing.
    public func commit(_ decision: Decision) throws(StoreError) {
        if decision.isEmpty { return }
        try Store.guarded {
            try queue.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try decision.write(to: db)
                    return .commit
                }
            }
        }
    }

    /// Outbox rows in the order in which they must be written, at most `limit` bytes of them but at least one.
    public func outbox(limit: Int = 8 << 20) throws(StoreError) -> [OutboxRow] {
        try Store.guarded {
            try queue.read { db in
                var rows: [OutboxRow] = []
                var bytes = 0
                let cursor = try Row.fetchCursor(db, sql: "SELECT seq, path, off, bytes FROM outbox ORDER BY seq")
                while let row = try cursor.next() {
                    let data: Data = row[3]
                    rows.append(OutboxRow(sequence: row[0], path: row[1], offset: row[2], bytes: [UInt8](data)))
                    bytes += data.count
                    if bytes >= limit { break }
                }
                return rows
            }
        }
    }

    /// Forgets outbox rows that are written and durable, and notes where settled files went.
    public func settle(outboxThrough sequence: Int64?, paths: [(claim: Int64, path: String)]) throws(StoreError) {
        if sequence == nil, paths.isEmpty { return }
        try Store.guarded {
            try queue.write { db in
                if let sequence {
                    try db.execute(sql: "DELETE FROM outbox WHERE seq <= ?", arguments: [sequence])
                }
                let update = try db.cachedStatement(sql: "UPDATE ledger SET path = ? WHERE claim = ?")
                for (claim, path) in paths { try update.execute(arguments: [path, claim]) }
            }
        }
    }

    public func files() throws(StoreError) -> [DigestFile] {
        try Store.guarded {
            try queue.read { db in
                try Row.fetchAll(db, sql: "SELECT path, day, planned, seq, prev, closed FROM digest_file ORDER BY path")
                    .map { row in
                        DigestFile(
                            path: row[0], day: row[1], plannedLength: row[2], sequence: row[3], previousHash: row[4],
                            isClosed: row[5])
                    }
            }
        }
    }

    /// Hands on the story book's entries after a number, in the order in which they came.
    public func eachMemory(after number: Int64 = 0, _ body: ([UInt8]) -> Void) throws(StoreError) {
        try Store.guarded {
            try queue.read { db in
                let cursor = try Data.fetchCursor(
                    db, sql: "SELECT bytes FROM memory WHERE seq > ? ORDER BY seq", arguments: [number])
                while let bytes = try cursor.next() { body([UInt8](bytes)) }
            }
        }
    }

    /// The number of the story book's latest entry; 0 when there is none.
    public func lastMemory() throws(StoreError) -> Int64 {
        try Store.guarded { try queue.read { db in try Int64.fetchOne(db, sql: "SELECT MAX(seq) FROM memory") ?? 0 } }
    }

    /// What tells that entry of this store from any other, of a copy of it that went its own way too; nil when it is not
    /// there any more.
    public func sum(ofMemory number: Int64) throws(StoreError) -> [UInt8]? {
        try Store.guarded {
            try queue.read { db in
                guard let name = try String.fetchOne(db, sql: "SELECT value FROM value WHERE name = 'store'"),
                    let row = try Row.fetchOne(
                        db, sql: "SELECT seq, at, bytes FROM memory WHERE seq = ?", arguments: [number])
                else { return nil }
                let (sequence, at, bytes): (Int64, Int64, Data) = (row[0], row[1], row[2])
                return ContentHash(of: Array("\(name) \(sequence) \(at) ".utf8) + [UInt8](bytes)).bytes
            }
        }
    }

    public func text(of article: ArticleID) throws(StoreError) -> [UInt8]? {
        try Store.guarded {
            try queue.read { db in
                let text =
                    try Data.fetchOne(
                        db, sql: "SELECT text FROM article_text WHERE id = ?", arguments: [Data(article.bytes)])
                    ?? Data.fetchOne(db, sql: "SELECT text FROM article WHERE id = ?", arguments: [article.hex])
                return text.map { [UInt8]($0) }
            }
        }
    }

    public func value(_ name: String) throws(StoreError) -> String? {
        try Store.guarded {
            try queue.read { db in
                try String.fetchOne(db, sql: "SELECT value FROM value WHERE name = ?", arguments: [name])
            }
        }
    }

    public func ledger(claim: Int64) throws(StoreError) -> LedgerRow? {
        try Store.guarded {
            try queue.read { db in
                try Row.fetchOne(db, sql: Schema.ledgerColumns + " WHERE claim = ?", arguments: [claim])
                    .flatMap(LedgerRow.init(row:))
            }
        }
    }

    /// Decided rows whose file's place is not known yet.
    public func unsettled() throws(StoreError) -> [LedgerRow] {
        try Store.guarded {
            try queue.read { db in
                try Row.fetchAll(
                    db, sql: Schema.ledgerColumns + " WHERE path IS NULL AND state != 'open' ORDER BY claim"
                ).compactMap(LedgerRow.init(row:))
            }
        }
    }

    /// Every ledger row, oldest first, one at a time.
    public func eachLedgerRow(_ body: (LedgerRow) -> Void) throws(StoreError) {
        try Store.guarded {
            try queue.read { db in
                let cursor = try Row.fetchCursor(db, sql: Schema.ledgerColumns + " ORDER BY claim")
                while let row = try cursor.next() {
                    if let row = LedgerRow(row: row) { body(row) }
                }
            }
        }
    }

    /// The highest claim number that was ever decided, or 0.
    public func lastClaim() throws(StoreError) -> Int64 {
        try Store.guarded {
            try queue.read { db in try Int64.fetchOne(db, sql: "SELECT MAX(claim) FROM ledger") ?? 0 }
        }
    }

    public func feeds() throws(StoreError) -> [(url: String, state: [UInt8])] {
        try Store.guarded {
            try queue.read { db in
                try Row.fetchAll(db, sql: "SELECT url, state FROM feed ORDER BY url").map { row in
                    let state: Data = row[1]
                    return (url: row[0], state: [UInt8](state))
                }
            }
        }
    }

    /// The content hashes of those entries of a feed that have been taken.
    public func entries(of feed: String, keys: [String]) throws(StoreError) -> [String: String] {
        try Store.guarded {
            try queue.read { db in
                var found: [String: String] = [:]
                let statement = try db.cachedStatement(sql: "SELECT hash FROM entry WHERE feed = ? AND key = ?")
                for key in keys { found[key] = try String.fetchOne(statement, arguments: [feed, key]) }
                return found
            }
        }
    }

    /// When an alert key last fired.
    public func alerts() throws(StoreError) -> [String: Instant] {
        try Store.guarded {
            try queue.read { db in
                var found: [String: Instant] = [:]
                for row in try Row.fetchAll(db, sql: "SELECT key, at FROM alert") {
                    found[row[0]] = Instant(milliseconds: row[1])
                }
                return found
            }
        }
    }

    /// Deletes texts and memories of articles older than a moment; the ledger stays. `note` becomes the story book's next
    /// entry in the same step.
    public func forget(before: Instant, noting note: (at: Instant, bytes: [UInt8])) throws(StoreError) {
        try Store.guarded {
            try queue.write { db in
                try db.execute(
                    sql: "INSERT INTO memory(at, bytes) VALUES (?, ?)",
                    arguments: [note.at.milliseconds, Data(note.bytes)])
                for table in ["article_text", "article", "memory", "alert"] {
                    try db.execute(sql: "DELETE FROM \(table) WHERE at < ?", arguments: [before.milliseconds])
                }
                try db.execute(
                    sql: "DELETE FROM address WHERE state != 'waiting' AND at < ?", arguments: [before.milliseconds])
            }
        }
    }

    /// `ok`, or what SQLite found wrong.
    public func integrity() throws(StoreError) -> String {
        try Store.guarded {
            try queue.read { db in try String.fetchOne(db, sql: "PRAGMA quick_check") ?? "no answer" }
        }
    }

    static func guarded<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let reason = error.message ?? "\(error.resultCode)"
            switch error.resultCode {
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: throw .damaged(reason)
            default: throw .unavailable(reason)
            }
        } catch {
            throw .unavailable("\(error)")
        }
    }
}
