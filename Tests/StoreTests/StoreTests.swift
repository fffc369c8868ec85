import ExtractionCore
import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct StoreTests {
    private let at = Instant(seconds: 1_500_000_000)

    private func row(_ claim: Int64, _ state: LedgerRow.State = .done) -> LedgerRow {
        LedgerRow(claim: claim, name: "a.txt", state: state, bytes: 3, sha256: "00", day: "2017-07-14", at: at)
    }

    @Test func `a decision gives back what was put in`() throws {
        let store = try Store(path: ":memory:")
        var decision = Decision()
        let id = ArticleID(of: [1])
        decision.articles = [ArticleRow(id: id, at: at, text: [65, 66])]
        decision.memories = [(at: at, bytes: [1, 2, 3]), (at: at, bytes: [4])]
        decision.ledger = [row(7)]
        decision.files = [DigestFile(path: "2017-07-14.md", day: "2017-07-14", plannedLength: 12, sequence: 2)]
        decision.entries = [EntryRow(feed: "f", key: "k", hash: "h", at: at)]
        decision.values = [(name: "n", value: "v")]
        decision.alerts = [(key: "a", at: at)]
        try store.commit(decision)

        #expect(try store.text(of: id) == [65, 66])
        #expect(try memories(of: store) == [[1, 2, 3], [4]])
        #expect(try memories(of: store, after: 1) == [[4]])
        #expect(try store.lastMemory() == 2)
        #expect(try store.ledger(claim: 7) == row(7))
        #expect(try store.lastClaim() == 7)
        #expect(try store.files() == decision.files)
        #expect(try store.entries(of: "f", keys: ["k", "other"]) == ["k": "h"])
        #expect(try store.value("n") == "v")
        #expect(try store.alerts() == ["a": at])
    }

    @Test func `outbox rows come in their order and are forgotten once settled`() throws {
        let store = try Store(path: ":memory:")
        var decision = Decision()
        decision.outbox = [
            OutboxRow(path: "b", offset: 0, bytes: [1]), OutboxRow(path: "a", offset: 0, bytes: [2]),
            OutboxRow(path: "b", offset: 1, bytes: [3]),
        ]
        decision.ledger = [row(1)]
        try store.commit(decision)
        let rows = try store.outbox()
        #expect(rows.map(\.bytes) == [[1], [2], [3]])
        #expect(try store.unsettled().map(\.claim) == [1])
        try store.settle(outboxThrough: rows[1].sequence, paths: [(claim: 1, path: "done/x")])
        #expect(try store.outbox().map(\.bytes) == [[3]])
        #expect(try store.unsettled().isEmpty)
        #expect(try store.ledger(claim: 1)?.path == "done/x")
    }

    @Test func `a limited look at the outbox gives at least one row`() throws {
        let store = try Store(path: ":memory:")
        var decision = Decision()
        decision.outbox = (0..<4).map { OutboxRow(path: "a", offset: $0, bytes: [1, 2, 3]) }
        try store.commit(decision)
        #expect(try store.outbox(limit: 1).count == 1)
        #expect(try store.outbox(limit: 6).count == 2)
    }

    @Test func `a container's progress replaces its row`() throws {
        let store = try Store(path: ":memory:")
        var decision = Decision()
        decision.ledger = [row(1, .open)]
        try store.commit(decision)
        decision.ledger[0].members = 256
        decision.ledger[0].state = .done
        try store.commit(decision)
        #expect(try store.ledger(claim: 1)?.members == 256)
    }

    @Test func `forgetting drops old texts and keeps the ledger`() throws {
        let store = try Store(path: ":memory:")
        var decision = Decision()
        let id = ArticleID(of: [1])
        decision.articles = [ArticleRow(id: id, at: at, text: [65])]
        decision.ledger = [row(1)]
        try store.commit(decision)
        decision = Decision()
        decision.memories = [(at: at, bytes: [1]), (at: at.adding(seconds: 1), bytes: [2])]
        try store.commit(decision)
        try store.forget(before: at.adding(seconds: 1), noting: (at: at.adding(seconds: 9), bytes: [3]))
        #expect(try store.text(of: id) == nil)
        #expect(try memories(of: store) == [[2], [3]])
        #expect(try store.lastClaim() == 1)
        #expect(try store.integrity() == "ok")
    }

    @Test func `texts that an earlier version stored are found and forgotten`() throws {
        let store = try Store(path: ":memory:")
        let (old, new) = (ArticleID(of: [1]), ArticleID(of: [2]))
        try store.queue.write { db in
            try db.execute(
                sql: "INSERT INTO article(id, day, at, text) VALUES (?, ?, ?, ?)",
                arguments: [old.hex, "2017-07-14", at.milliseconds, Data([65])])
        }
        var decision = Decision()
        decision.articles = [ArticleRow(id: new, at: at.adding(seconds: 1), text: [66])]
        try store.commit(decision)
        // The same again changes nothing.
        try store.commit(decision)
        #expect(try store.text(of: old) == [65])
        #expect(try store.text(of: new) == [66])
        try store.forget(before: at.adding(seconds: 1), noting: (at: at, bytes: [0]))
        #expect(try store.text(of: old) == nil)
        #expect(try store.text(of: new) == [66])
    }

    @Test func `a text of a page's third takes no page of its own`() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString
        defer { for end in ["", "-wal"] { try? FileManager.default.removeItem(atPath: path + end) } }
        do {
            let store = try Store(path: path)
            var decision = Decision()
            decision.articles = (0..<300).map { number in
                let id = ArticleID(of: Array("\(number)".utf8))
                return ArticleRow(id: id, at: at, text: [UInt8](repeating: 65, count: 1300))
            }
            try store.commit(decision)
        }
        let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size < 300 * 2000)
    }

    @Test func `a memory's sum tells its store, its number and its content`() throws {
        let (one, other) = (try Store(path: ":memory:"), try Store(path: ":memory:"))
        var decision = Decision()
        decision.memories = [(at: at, bytes: [1]), (at: at, bytes: [1]), (at: at, bytes: [2])]
        for store in [one, other] { try store.commit(decision) }
        let sums = try (1...3).map { try one.sum(ofMemory: Int64($0)) } + [other.sum(ofMemory: 1)]
        #expect(Set(sums).count == 4)
        #expect(!sums.contains(nil))
        #expect(try one.sum(ofMemory: 1) == sums[0])
        #expect(try one.sum(ofMemory: 4) == nil)
        #expect(try one.sum(ofMemory: 0) == nil)
    }

    private func memories(of store: Store, after number: Int64 = 0) throws -> [[UInt8]] {
        var memories: [[UInt8]] = []
        try store.eachMemory(after: number) { memories.append($0) }
        return memories
    }
}
