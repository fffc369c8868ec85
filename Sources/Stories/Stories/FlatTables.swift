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

/// Lists of stories by the hash of a term: entries of all lists lie in one array and point at the next of theirs.
struct StoryPostings: Sendable {
    /// A hash in the upper half, the place of its first entry from 1 in the lower; 0 is free.
    private var slots = [UInt64](repeating: 0, count: 256)
    private var used = 0
    private var stories: [UInt32] = []
    /// The place of the list's next entry from 1, or 0; of a free entry, that of the next free one.
    private var nexts: [UInt32] = []
    private var firstFree: UInt32 = 0
    /// A list of so many stories is full, and finds none of them.
    private let most: Int

    init(most: Int) { self.most = most }

    private func slot(of hash: UInt32) -> Int {
        let spread = UInt32(truncatingIfNeeded: (UInt64(hash) &* 0x9E37_79B9_7F4A_7C15) >> 20)
        var slot = Int((UInt64(spread) &* UInt64(slots.count)) >> 32)
        while slots[slot] != 0, UInt32(truncatingIfNeeded: slots[slot] >> 32) != hash {
            slot = slot + 1 == slots.count ? 0 : slot + 1
        }
        return slot
    }

    /// Calls back with the stories of a term, unless they are too many.
    func each(of hash: UInt32, _ take: (UInt32) -> Void) {
        let first = UInt32(truncatingIfNeeded: slots[slot(of: hash)])
        var (place, count) = (first, 0)
        while place != 0 {
            place = nexts[Int(place) - 1]
            count += 1
        }
        guard count < most else { return }
        place = first
        while place != 0 {
            take(stories[Int(place) - 1])
            place = nexts[Int(place) - 1]
        }
    }

    mutating func insert(_ story: UInt32, to hash: UInt32) {
        if used * 6 >= slots.count * 5 { rebuild() }
        let slot = slot(of: hash)
        let first = UInt32(truncatingIfNeeded: slots[slot])
        var (place, count) = (first, 0)
        while place != 0 {
            if stories[Int(place) - 1] == story { return }
            place = nexts[Int(place) - 1]
            count += 1
        }
        guard count < most else { return }
        if slots[slot] == 0 { used += 1 }
        slots[slot] = UInt64(hash) << 32 | UInt64(entry(story, next: first))
    }

    private mutating func entry(_ story: UInt32, next: UInt32) -> UInt32 {
        guard firstFree != 0 else {
            stories.append(story)
            nexts.append(next)
            return UInt32(clamping: stories.count)
        }
        let place = firstFree
        firstFree = nexts[Int(place) - 1]
        (stories[Int(place) - 1], nexts[Int(place) - 1]) = (story, next)
        return place
    }

    /// Whether it was there.
    mutating func remove(_ story: UInt32, from hash: UInt32) -> Bool {
        let slot = slot(of: hash)
        guard slots[slot] != 0 else { return false }
        return removeAll(at: slot) { $0 == story } > 0
    }

    mutating func remove(_ gone: Set<UInt32>) {
        var isGone = [Bool](repeating: false, count: Int(gone.max() ?? 0) + 1)
        for story in gone { isGone[Int(story)] = true }
        for slot in slots.indices where slots[slot] != 0 {
            _ = removeAll(at: slot) { Int($0) < isGone.count && isGone[Int($0)] }
        }
    }

    private mutating func removeAll(at slot: Int, where isGone: (UInt32) -> Bool) -> Int {
        var place = UInt32(truncatingIfNeeded: slots[slot])
        var before: UInt32 = 0
        var removed = 0
        while place != 0 {
            let next = nexts[Int(place) - 1]
            if isGone(stories[Int(place) - 1]) {
                if before == 0 {
                    slots[slot] = slots[slot] & ~0xFFFF_FFFF | UInt64(next)
                } else {
                    nexts[Int(before) - 1] = next
                }
                nexts[Int(place) - 1] = firstFree
                firstFree = place
                removed += 1
            } else {
                before = place
            }
            place = next
        }
        return removed
    }

    /// Leaves terms out that have no story, and makes room for a third more.
    private mutating func rebuild() {
        let left = slots.filter { UInt32(truncatingIfNeeded: $0) != 0 }
        slots = [UInt64](repeating: 0, count: max(256, left.count * 8 / 5))
        used = left.count
        for entry in left { slots[slot(of: UInt32(truncatingIfNeeded: entry >> 32))] = entry }
    }
}
