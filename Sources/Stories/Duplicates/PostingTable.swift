/// Which lineages a shingle or sentence was seen in.
///
/// Flat open-addressing tables of 8-byte slots, key and lineage: many small ones, so that one that grows is never a
/// large part of the whole. A key holds at most four lineages: with the fourth it is furniture, and its slots are freed
/// but for the mark. Lineages are counted, not documents: a wire story that forty
/// papers print is one lineage, so it never becomes furniture.
struct PostingTable: Sendable {
    static let furnitureAt = 4
    private static let count = 64

    private var shards = [PostingShard](repeating: PostingShard(), count: count)

    private static func shard(of key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 26) }

    /// What the table knows about a key.
    struct Posting {
        var first: UInt32 = 0
        var second: UInt32 = 0
        var third: UInt32 = 0
        var count = 0
        var isFurniture = false

        func contains(_ lineage: UInt32) -> Bool { first == lineage || second == lineage || third == lineage }
    }

    func posting(_ key: UInt32) -> Posting { shards[PostingTable.shard(of: key)].posting(key) }

    func isFurniture(_ key: UInt32) -> Bool { posting(key).isFurniture }

    /// Notes that a lineage holds a key, in a week. Lineages count from 1.
    mutating func insert(_ key: UInt32, _ lineage: UInt32, week: UInt32 = 0) {
        shards[PostingTable.shard(of: key)].insert(key, lineage, week: week)
    }

    /// Frees what lineages that are no more have posted; furniture stays known as long as it is seen again.
    mutating func remove(furnitureBefore week: UInt32 = 0, where isGone: (UInt32) -> Bool) {
        for shard in shards.indices { shards[shard].remove(furnitureBefore: week, where: isGone) }
    }
}

private struct PostingShard: Sendable {
    typealias Posting = PostingTable.Posting

    /// Lineages from here on are no lineages but the mark of furniture, with the week when it was seen last.
    private static let furniture: UInt32 = .max - 0xFFFF
    private static let lastWeek: UInt32 = 0xFFF0
    private static let freed: UInt64 = UInt64(UInt32.max - 1)
    private static let largeCount = 1 << 14

    private var slots = [UInt64](repeating: 0, count: 64)
    private var used = 0

    func posting(_ key: UInt32) -> Posting {
        var posting = Posting()
        var slot = start(key)
        while slots[slot] != 0 {
            if slots[slot] != PostingShard.freed, UInt32(truncatingIfNeeded: slots[slot] >> 32) == key {
                let lineage = UInt32(truncatingIfNeeded: slots[slot])
                if lineage >= PostingShard.furniture {
                    posting.isFurniture = true
                    return posting
                }
                switch posting.count {
                case 0: posting.first = lineage
                case 1: posting.second = lineage
                default: posting.third = lineage
                }
                posting.count += 1
            }
            slot = next(slot)
        }
        return posting
    }

    /// Notes that a lineage holds a key, in a week. Lineages count from 1.
    mutating func insert(_ key: UInt32, _ lineage: UInt32, week: UInt32) {
        let known = posting(key)
        if known.isFurniture { return see(key, week) }
        if known.contains(lineage) { return }
        if known.count == PostingTable.furnitureAt - 1 {
            mark(key, week)
        } else {
            append(UInt64(key) << 32 | UInt64(lineage))
        }
    }

    /// Frees what lineages that are no more have posted; furniture stays known as long as it is seen again.
    mutating func remove(furnitureBefore week: UInt32, where isGone: (UInt32) -> Bool) {
        let left = slots.filter { entry in
            if entry == 0 || entry == PostingShard.freed { return false }
            let lineage = UInt32(truncatingIfNeeded: entry)
            return lineage >= PostingShard.furniture ? lineage - PostingShard.furniture >= week : !isGone(lineage)
        }
        rebuild(of: left)
    }

    /// Notes that furniture was seen again; weeks never go back.
    private mutating func see(_ key: UInt32, _ week: UInt32) {
        let mark = PostingShard.furniture + min(week, PostingShard.lastWeek)
        var slot = start(key)
        while slots[slot] != 0 {
            let lineage = UInt32(truncatingIfNeeded: slots[slot])
            if slots[slot] != PostingShard.freed, UInt32(truncatingIfNeeded: slots[slot] >> 32) == key,
                lineage >= PostingShard.furniture
            {
                if lineage < mark { slots[slot] = UInt64(key) << 32 | UInt64(mark) }
                return
            }
            slot = next(slot)
        }
    }

    private mutating func mark(_ key: UInt32, _ week: UInt32) {
        let stamp = UInt64(PostingShard.furniture + min(week, PostingShard.lastWeek))
        var slot = start(key)
        var isMarked = false
        while slots[slot] != 0 {
            if slots[slot] != PostingShard.freed, UInt32(truncatingIfNeeded: slots[slot] >> 32) == key {
                slots[slot] = isMarked ? PostingShard.freed : UInt64(key) << 32 | stamp
                isMarked = true
            }
            slot = next(slot)
        }
    }

    private mutating func append(_ entry: UInt64) {
        if used * 6 >= slots.count * 5 { rebuild(of: slots.filter { $0 != 0 && $0 != PostingShard.freed }) }
        place(entry)
    }

    private mutating func place(_ entry: UInt64) {
        var slot = start(UInt32(truncatingIfNeeded: entry >> 32))
        while slots[slot] != 0 { slot = next(slot) }
        slots[slot] = entry
        used += 1
    }

    /// Makes room for a third more than these entries, or in a large table, where room counts for more, for a sixth.
    private mutating func rebuild(of entries: [UInt64]) {
        let room = entries.count > PostingShard.largeCount ? entries.count * 7 / 5 : entries.count * 8 / 5
        slots = [UInt64](repeating: 0, count: max(64, room))
        used = 0
        for entry in entries { place(entry) }
    }

    private func next(_ slot: Int) -> Int { slot + 1 == slots.count ? 0 : slot + 1 }

    private func start(_ key: UInt32) -> Int {
        let spread = UInt32(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 20)
        return Int((UInt64(spread) &* UInt64(slots.count)) >> 32)
    }
}

// MARK: images

extension PostingTable {
    func write(to image: inout ImageWriter) { for shard in shards { shard.write(to: &image) } }

    init(_ image: inout ImageReader) { shards = (0..<PostingTable.count).map { _ in PostingShard(&image) } }
}

extension PostingShard {
    func write(to image: inout ImageWriter) {
        image.value(UInt32(clamping: slots.count))
        image.values(slots.filter { $0 != 0 && $0 != PostingShard.freed })
    }

    init(_ image: inout ImageReader) {
        let size = Int(image.value(UInt32.self))
        let entries = image.values(UInt64.self)
        // A table that is full would be searched for ever.
        slots = [UInt64](repeating: 0, count: max(64, size, entries.count * 6 / 5))
        for entry in entries { place(entry) }
    }
}
