// Flat open-addressing tables for the loops that run for every article: no hashing beyond the key's own bits, no boxes.

/// How often each hash was seen.
struct CountTable: Sendable {
    private var keys = [UInt32](repeating: 0, count: 1024)
    private var counts = [UInt32](repeating: 0, count: 1024)
    /// How many hashes there are.
    private(set) var count = 0

    private static func place(_ key: UInt32, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 24) & (size - 1)
    }

    /// Free slots have no count; any key is a key.
    private func slot(of key: UInt32) -> Int {
        var slot = CountTable.place(key, keys.count)
        while counts[slot] != 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    subscript(key: UInt32) -> UInt32 { counts[slot(of: key)] }

    mutating func increment(_ key: UInt32) {
        var slot = slot(of: key)
        if counts[slot] == 0 {
            if count * 4 >= keys.count * 3 {
                rebuild(size: keys.count * 2, fewest: 1)
                slot = self.slot(of: key)
            }
            keys[slot] = key
            count += 1
        }
        counts[slot] &+= 1
    }

    /// Forgets what was seen once.
    mutating func removeSingles() { rebuild(size: keys.count, fewest: 2) }

    private mutating func rebuild(size: Int, fewest: UInt32) {
        let (oldKeys, oldCounts) = (keys, counts)
        keys = [UInt32](repeating: 0, count: size)
        counts = [UInt32](repeating: 0, count: size)
        count = 0
        for index in oldKeys.indices where oldCounts[index] >= fewest {
            let slot = slot(of: oldKeys[index])
            (keys[slot], counts[slot]) = (oldKeys[index], oldCounts[index])
            count += 1
        }
    }
}

/// The sums of what speaks for stories.
struct ScoreTable {
    private var slots = [Int32](repeating: -1, count: 256)
    private var entries: [(story: UInt32, score: Float)] = []

    mutating func add(_ score: Float, to story: UInt32) {
        var slot = slot(of: story)
        if slots[slot] >= 0 {
            entries[Int(slots[slot])].score += score
            return
        }
        if entries.count * 2 >= slots.count {
            slots = [Int32](repeating: -1, count: slots.count * 4)
            for (index, entry) in entries.enumerated() { slots[self.slot(of: entry.story)] = Int32(index) }
            slot = self.slot(of: story)
        }
        slots[slot] = Int32(entries.count)
        entries.append((story, score))
    }

    private func slot(of story: UInt32) -> Int {
        var slot = Int(truncatingIfNeeded: (UInt64(story) &* 0x9E37_79B9_7F4A_7C15) >> 24) & (slots.count - 1)
        while slots[slot] >= 0, entries[Int(slots[slot])].story != story { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    /// The stories with the highest sums, the highest first; of equal ones, the older.
    func best(_ most: Int) -> [UInt32] {
        var kept: [(story: UInt32, score: Float)] = []
        kept.reserveCapacity(most + 1)
        for entry in entries {
            func isBehind(_ other: (story: UInt32, score: Float)) -> Bool {
                (other.score, entry.story) > (entry.score, other.story)
            }
            if kept.count == most, let last = kept.last, isBehind(last) { continue }
            var place = kept.count
            while place > 0, !isBehind(kept[place - 1]) { place -= 1 }
            kept.insert(entry, at: place)
            if kept.count > most { kept.removeLast() }
        }
        return kept.map(\.story)
    }
}
