internal import ExtractionCore
internal import Foundation
internal import GRDB

/// The tables, and how a decision is written to them.
enum Schema {
    static let ledgerColumns = """
        SELECT claim, name, state, members, lines, duplicates, failures, bytes, sha256, code, message, day, at, path
        FROM ledger
        """

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    CREATE TABLE article(
                        id TEXT PRIMARY KEY, day TEXT NOT NULL, at INTEGER NOT NULL, text BLOB NOT NULL
                    ) WITHOUT ROWID;
                    CREATE INDEX article_at ON article(at);
                    CREATE TABLE memory(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, bytes BLOB NOT NULL);
                    CREATE INDEX memory_at ON memory(at);
                    CREATE TABLE outbox(
                        seq INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, off INTEGER NOT NULL,
                        bytes BLOB NOT NULL
                    );
                    CREATE TABLE digest_file(
                        path TEXT PRIMARY KEY, day TEXT NOT NULL, planned INTEGER NOT NULL, seq INTEGER NOT NULL,
                        prev TEXT NOT NULL, closed INTEGER NOT NULL
                    );
                    CREATE TABLE ledger(
                        claim INTEGER PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, members INTEGER NOT NULL,
                        lines INTEGER NOT NULL, duplicates INTEGER NOT NULL, failures INTEGER NOT NULL,
                        bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, code TEXT, message TEXT, day TEXT NOT NULL,
                        at INTEGER NOT NULL, path TEXT
                    );
                    CREATE INDEX ledger_unsettled ON ledger(claim) WHERE path IS NULL;
                    CREATE TABLE feed(url TEXT PRIMARY KEY, state BLOB NOT NULL);
                    CREATE TABLE entry(
                        feed TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL,
                        PRIMARY KEY(feed, key)
                    ) WITHOUT ROWID;
                    CREATE TABLE alert(key TEXT PRIMARY KEY, at INTEGER NOT NULL);
                    CREATE TABLE value(name TEXT PRIMARY KEY, value TEXT NOT NULL);
                    """)
        }
        migrator.registerMigration("addresses") { db in
            try db.execute(
                sql: """
                    CREATE TABLE address(
                        claim INTEGER NOT NULL, number INTEGER NOT NULL, url TEXT NOT NULL, host TEXT NOT NULL,
                        title TEXT, published TEXT, depth INTEGER NOT NULL, state TEXT NOT NULL,
                        attempts INTEGER NOT NULL, next_try INTEGER NOT NULL, code TEXT, message TEXT,
                        at INTEGER NOT NULL, PRIMARY KEY(claim, number)
                    ) WITHOUT ROWID;
                    CREATE INDEX address_waiting ON address(host, next_try) WHERE state = 'waiting';
                    """)
        }
        // A store has a name of its own, so that what was made from another is told apart.
        migrator.registerMigration("name") { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO value(name, value) VALUES ('store', lower(hex(randomblob(16))))")
        }
        // SQLite packs rows of a table with numbers closely; in `article`, which was none, most texts took a page of their own.
        // What lies there is forgotten with time.
        migrator.registerMigration("texts") { db in
            try db.execute(
                sql: """
                    CREATE TABLE article_text(
                        number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, at INTEGER NOT NULL, text BLOB NOT NULL
                    );
                    CREATE INDEX article_text_at ON article_text(at);
                    """)
        }
        return migrator
    }
}

extension LedgerRow {
    init?(row: Row) {
        guard let state = State(rawValue: row[2]) else { return nil }
        self.init(
            claim: row[0], name: row[1], state: state, members: row[3], lines: row[4], duplicates: row[5],
            failures: row[6], bytes: row[7], sha256: row[8], code: row[9], message: row[10], day: row[11],
            at: Instant(milliseconds: row[12]), path: row[13])
    }
}

extension Decision {
    func write(to db: Database) throws {
        let article = try db.cachedStatement(
            sql: "INSERT OR IGNORE INTO article_text(id, at, text) VALUES (?, ?, ?)")
        for row in articles {
            try article.execute(arguments: [Data(row.id.bytes), row.at.milliseconds, Data(row.text)])
        }
        let memory = try db.cachedStatement(sql: "INSERT INTO memory(at, bytes) VALUES (?, ?)")
        for row in memories { try memory.execute(arguments: [row.at.milliseconds, Data(row.bytes)]) }
        try writeLedger(to: db)
        for row in addresses { try row.write(to: db) }
        let outboxRow = try db.cachedStatement(sql: "INSERT INTO outbox(path, off, bytes) VALUES (?, ?, ?)")
        for row in outbox { try outboxRow.execute(arguments: [row.path, row.offset, Data(row.bytes)]) }
        let file = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO digest_file(path, day, planned, seq, prev, closed) VALUES (?, ?, ?, ?, ?, ?)")
        for row in files {
            try file.execute(arguments: [
                row.path, row.day, row.plannedLength, row.sequence, row.previousHash, row.isClosed,
            ])
        }
        let feed = try db.cachedStatement(sql: "INSERT OR REPLACE INTO feed(url, state) VALUES (?, ?)")
        for row in feeds { try feed.execute(arguments: [row.url, Data(row.state)]) }
        let entry = try db.cachedStatement(sql: "INSERT OR REPLACE INTO entry(feed, key, hash, at) VALUES (?, ?, ?, ?)")
        for row in entries { try entry.execute(arguments: [row.feed, row.key, row.hash, row.at.milliseconds]) }
        let alert = try db.cachedStatement(sql: "INSERT OR REPLACE INTO alert(key, at) VALUES (?, ?)")
        for row in alerts { try alert.execute(arguments: [row.key, row.at.milliseconds]) }
        let value = try db.cachedStatement(sql: "INSERT OR REPLACE INTO value(name, value) VALUES (?, ?)")
        for row in values { try value.execute(arguments: [row.name, row.value]) }
    }

    private func writeLedger(to db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO ledger(claim, name, state, members, lines, duplicates, failures, bytes, sha256,
                code, message, day, at, path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for row in ledger {
            try statement.execute(arguments: [
                row.claim, row.name, row.state.rawValue, row.members, row.lines, row.duplicates, row.failures,
                row.bytes, row.sha256, row.code, row.message, row.day, row.at.milliseconds, row.path,
            ])
        }
    }
}
