import ExtractionCore

/// The entries of one feed document, told apart: what is new or edited, what is known, and what a rule keeps out.
struct EntrySorting {
    let identity: EntryIdentity
    /// To be read, in the feed's order.
    private(set) var fresh: [NamedEntry] = []
    /// Fingerprints to be kept by name without reading anything.
    private(set) var settled: [String: String] = [:]
    private(set) var dropped: [DroppedEntries] = []

    init(
        of entries: [Entry], _ source: FeedSource, _ state: FeedState, _ ledger: any FeedLedger
    ) async throws {
        identity = EntrySorting.identity(for: entries, source, state)
        let named = distinct(entries, by: identity)
        let older = named.map { EntrySorting.olderKeys(of: $0.entry, state, but: $0.key) }
        let known = try await ledger.fingerprints(of: named.map(\.key) + older.flatMap { $0 }, in: source.url)
        for (entry, older) in zip(named, older) {
            let print = fingerprint(of: entry.entry).hex
            if known[entry.key] == print { continue }
            if known[entry.key] == nil, older.contains(where: { known[$0] == print }) {
                settled[entry.key] = print
            } else {
                fresh.append(entry)
            }
        }
        apply(EntryFilter(keep: source.keep, drop: source.drop))
    }

    /// The user's choice, else the one made when the feed was first read, for as long as it tells its entries apart.
    private static func identity(for entries: [Entry], _ source: FeedSource, _ state: FeedState) -> EntryIdentity {
        if let wanted = source.identity { return wanted }
        let choice = EntryIdentity.choice(for: entries)
        guard let kept = state.identity else { return choice }
        let names = Set(entries.map { kept.key(of: $0) }).count
        let better = Set(entries.map { choice.key(of: $0) }).count
        return names * 10 >= better * 9 ? kept : choice
    }

    /// Names under which an entry may have been recorded before the feed's identity was this one.
    private static func olderKeys(of entry: Entry, _ state: FeedState, but key: String) -> [String] {
        var keys = [Wire.key(of: entry)]
        if let before = state.identity { keys.append(before.key(of: entry)) }
        return keys.filter { $0 != key }
    }

    private mutating func apply(_ filter: EntryFilter) {
        var counts: [String: Int] = [:]
        var order: [String] = []
        fresh.removeAll { named in
            guard let reason = filter.reason(toDrop: named.entry) else { return false }
            if counts[reason] == nil { order.append(reason) }
            counts[reason, default: 0] += 1
            settled[named.key] = fingerprint(of: named.entry).hex
            return true
        }
        dropped = order.map { DroppedEntries(reason: $0, count: counts[$0] ?? 0) }
    }
}
