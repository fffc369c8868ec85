/// Which lineages a shingle or sentence was seen in.
///
/// A flat open-addressing table of 8-byte slots, key and lineage. A key holds at most four lineages: with the fourth it
/// is furniture, and its slots are freed but for the mark. Lineages are counted, not documents: a wire story that forty
/// papers print is one lineage, so it never becomes furniture.
struct PostingTable: Sendable {
    static let furnitureAt = 4
    /// Lineages from here on are no lineages but the mark of furniture, with the week when it was seen last.
    private static let furniture: UInt32 = .max - 0xFFFF
    private static let lastWeek: UInt32 = 0xFFF0
    private static let freed: UInt64 = UInt64(UInt32.max - 1)

    private var slots = [UInt64](repeating: 0, count: 1024)
    private var used = 0

    /// What the table knows about a key.
    struct Posting {
        var first: UInt32 = 0
        var second: UInt32 = 0
        var third: UInt32 = 0
        var count = 0
        var isFurniture = false

        func contains(_ lineage: UInt32) -> Bool { first == lineage || second == lineage || third == lineage }
    }

    func posting(_ key: UInt32) -> Posting {
        var posting = Posting()
        var slot = start(key)
        while slots[slot] != 0 {
            if slots[slot] != PostingTable.freed, UInt32(truncatingIfNeeded: slots[slot] >> 32) == key {
                let lineage = UInt32(truncatingIfNeeded: slots[slot])
                if lineage >= PostingTable.furniture {
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
            slot = (slot + 1) & (slots.count - 1)
        }
        return posting
    }

    func isFurniture(_ key: UInt32) -> Bool { posting(key).isFurniture }

    /// Notes that a lineage holds a key, in a week. Lineages count from 1.
    mutating func insert(_ key: UInt32, _ lineage: UInt32, week: UInt32 = 0) {
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
    mutating func remove(furnitureBefore week: UInt32 = 0, where isGone: (UInt32) -> Bool) {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count)
        used = 0
        for entry in old where entry != 0 && entry != PostingTable.freed {
            let lineage = UInt32(truncatingIfNeeded: entry)
            let isKept = lineage >= PostingTable.furniture ? lineage - PostingTable.furniture >= week : !isGone(lineage)
            if isKept { append(entry) }
        }
    }

    /// Notes that furniture was seen again; weeks never go back.
    private mutating func see(_ key: UInt32, _ week: UInt32) {
        let mark = PostingTable.furniture + min(week, PostingTable.lastWeek)
        var slot = start(key)
        while slots[slot] != 0 {
            let lineage = UInt32(truncatingIfNeeded: slots[slot])
            if slots[slot] != PostingTable.freed, UInt32(truncatingIfNeeded: slots[slot] >> 32) == key,
                lineage >= PostingTable.furniture
            {
                if lineage < mark { slots[slot] = UInt64(key) << 32 | UInt64(mark) }
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
    }

    private mutating func mark(_ key: UInt32, _ week: UInt32) {
        let stamp = UInt64(PostingTable.furniture + min(week, PostingTable.lastWeek))
        var slot = start(key)
        var isMarked = false
        while slots[slot] != 0 {
            if slots[slot] != PostingTable.freed, UInt32(truncatingIfNeeded: slots[slot] >> 32) == key {
                slots[slot] = isMarked ? PostingTable.freed : UInt64(key) << 32 | stamp
                isMarked = true
            }
            slot = (slot + 1) & (slots.count - 1)
        }
    }

    private mutating func append(_ entry: UInt64) {
        if used * 4 >= slots.count * 3 { grow() }
        var slot = start(UInt32(truncatingIfNeeded: entry >> 32))
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
        used += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        used = 0
        for entry in old where entry != 0 && entry != PostingTable.freed { append(entry) }
    }

    private func start(_ key: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 20) & (slots.count - 1)
    }
}
