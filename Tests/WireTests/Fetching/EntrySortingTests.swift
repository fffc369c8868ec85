import ExtractionCore
import Testing

@testable import Wire

/// A ledger that knows what it is told.
private struct FixedLedger: FeedLedger {
    var known: [String: String] = [:]

    func states() async throws -> [FeedState] { [] }
    func record(_ poll: FeedPoll) async throws {}
    func fingerprints(of keys: [String], in feed: String) async throws -> [String: String] {
        known.filter { keys.contains($0.key) }
    }

    /// As if a sorting had been recorded.
    func after(_ sorting: EntrySorting) -> FixedLedger {
        var ledger = self
        for named in sorting.fresh { ledger.known[named.key] = fingerprint(of: named.entry).hex }
        ledger.known.merge(sorting.settled) { $1 }
        return ledger
    }
}

@Suite struct EntrySortingTests {
    private let source = FeedSource(url: "https://news.example/feed")

    private func state(_ identity: EntryIdentity?) -> FeedState {
        var state = FeedState(url: source.url, at: Instant(seconds: 0))
        state.identity = identity
        return state
    }

    private func entries(_ count: Int, id: (Int) -> String) -> [Entry] {
        (0..<count).map {
            Entry(id: id($0), link: "https://news.example/\($0)", title: "T\($0)", contentHTML: "<p>\($0)</p>")
        }
    }

    @Test func `what an older version recorded is known, under its new name too`() async throws {
        let entries = entries(5) { "http://news.example/\($0)#1" }
        var ledger = FixedLedger()
        for entry in entries { ledger.known[key(of: entry)] = fingerprint(of: entry).hex }
        let first = try await EntrySorting(of: entries, source, state(nil), ledger)
        #expect(first.fresh.isEmpty && first.identity == .guid)
        #expect(Set(first.settled.keys) == Set((0..<5).map { "https://news.example/\($0)" }))
        let second = try await EntrySorting(of: entries, source, state(.guid), ledger.after(first))
        #expect(second.fresh.isEmpty && second.settled.isEmpty)
    }

    @Test func `a scheme or a counter that changes is an edit at most`() async throws {
        let before = entries(5) { "http://news.example/\($0)#1" }
        let first = try await EntrySorting(of: before, source, state(nil), FixedLedger())
        #expect(first.fresh.count == 5)
        var after = entries(5) { "https://news.example/\($0)#2" }
        after[3].contentHTML = "<p>corrected</p>"
        let second = try await EntrySorting(of: after, source, state(.guid), FixedLedger().after(first))
        #expect(second.fresh.map(\.key) == ["https://news.example/3"] && second.settled.isEmpty)
    }

    @Test func `an identity that no longer tells entries apart is changed, and nothing becomes new by it`() async throws
    {
        let before = entries(1) { _ in "same" }
        let first = try await EntrySorting(of: before, source, state(nil), FixedLedger())
        #expect(first.identity == .guid)
        let after = entries(4) { _ in "same" }
        let second = try await EntrySorting(of: after, source, state(.guid), FixedLedger().after(first))
        #expect(second.identity == .link)
        #expect(second.fresh.map(\.entry.title) == ["T1", "T2", "T3"])
        #expect(second.settled.keys.first == "https://news.example/0")
        let third = try await EntrySorting(
            of: after, source, state(.link), FixedLedger().after(first).after(second))
        #expect(third.fresh.isEmpty && third.settled.isEmpty && third.identity == .link)
    }

    @Test func `an identity stays although another would do, and the user's goes first`() async throws {
        let entries = entries(4) { "id\($0)" }
        let first = try await EntrySorting(of: entries, source, state(.link), FixedLedger())
        #expect(first.identity == .link)
        var wanted = source
        wanted.identity = .title
        let second = try await EntrySorting(of: entries, wanted, state(.link), FixedLedger().after(first))
        #expect(second.identity == .title && second.fresh.isEmpty && second.settled.count == 4)
    }

    @Test func `a dropped entry is settled, and asked about again when it is edited`() async throws {
        var rule = source
        rule.drop = [EntryRule(.title, .words(["T2"]))]
        var entries = entries(4) { "id\($0)" }
        let first = try await EntrySorting(of: entries, rule, state(nil), FixedLedger())
        #expect(first.fresh.count == 3 && first.dropped == [DroppedEntries(reason: "drop title: T2", count: 1)])
        entries[2].title = "Another"
        let second = try await EntrySorting(of: entries, rule, state(.guid), FixedLedger().after(first))
        #expect(second.fresh.map(\.key) == ["id2"] && second.dropped.isEmpty)
    }
}
