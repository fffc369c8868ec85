public import ExtractionCore
internal import GRDB

extension Store {
    /// The next waiting address of each host that is due, longest due first.
    public func dueAddresses(at now: Instant, limit: Int) throws(StoreError) -> [AddressRow] {
        // With min() SQLite takes the other columns from the row that has it.
        try addresses(
            """
            SELECT \(AddressRow.columns), min(next_try) AS due FROM address
            WHERE state = 'waiting' GROUP BY host HAVING due <= ? ORDER BY due, claim, number LIMIT ?
            """, [now.milliseconds, limit])
    }

    /// When the next waiting address is due; nil when none waits.
    public func nextAddress(after now: Instant) throws(StoreError) -> Instant? {
        try Store.guarded {
            try queue.read { db in
                try Int64.fetchOne(
                    db, sql: "SELECT min(next_try) FROM address WHERE state = 'waiting' AND next_try > ?",
                    arguments: [now.milliseconds]
                ).map(Instant.init(milliseconds:))
            }
        }
    }

    public func address(claim: Int64, number: Int) throws(StoreError) -> AddressRow? {
        try addresses(
            "SELECT \(AddressRow.columns) FROM address WHERE claim = ? AND number = ?", [claim, number]
        ).first
    }

    /// The highest number of an address of a file; 0 when it has none.
    public func lastAddress(claim: Int64) throws(StoreError) -> Int {
        try count("SELECT max(number) FROM address WHERE claim = ?", [claim])
    }

    public func waitingAddressCount() throws(StoreError) -> Int {
        try count("SELECT count(*) FROM address WHERE state = 'waiting'", [])
    }

    private func count(_ sql: String, _ arguments: StatementArguments) throws(StoreError) -> Int {
        try Store.guarded { try queue.read { db in try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0 } }
    }

    private func addresses(_ sql: String, _ arguments: StatementArguments) throws(StoreError) -> [AddressRow] {
        try Store.guarded {
            try queue.read { db in
                try Row.fetchAll(db, sql: sql, arguments: arguments).compactMap(AddressRow.init(row:))
            }
        }
    }
}

extension AddressRow {
    static let columns =
        "claim, number, url, host, title, published, depth, state, attempts, next_try, code, message, at"

    fileprivate init?(row: Row) {
        guard let state = State(rawValue: row[7]) else { return nil }
        self.init(
            claim: row[0], number: row[1], url: row[2], host: row[3], title: row[4], published: row[5], depth: row[6],
            state: state, attempts: row[8], nextTry: Instant(milliseconds: row[9]), code: row[10], message: row[11],
            at: Instant(milliseconds: row[12]))
    }

    func write(to db: Database) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO address(\(AddressRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            claim, number, url, host, title, published, depth, state.rawValue, attempts, nextTry.milliseconds, code,
            message, at.milliseconds,
        ])
    }
}
