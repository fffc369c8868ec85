// Flat open-addressing tables for the loops that run for every article: no hashing beyond the key's own bits, no boxes.

/// How often each hash was seen.
struct CountTable: Sendable {
    /// A hash in the upper half, its count in the lower; 0 is free.
    private var slots = [UInt64](repeating: 0, count: 1024)
    /// How many hashes there are.
    private(set) var count = 0

    private static func place(_ key: UInt32, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 24) & (size - 1)
    }

    /// Free slots have no count; any key is a key.
    private func slot(of key: UInt32) -> Int {
        var slot = CountTable.place(key, slots.count)
        while slots[slot] != 0, UInt32(truncatingIfNeeded: slots[slot] >> 32) != key {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    subscript(key: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: slots[slot(of: key)]) }

    mutating func increment(_ key: UInt32) {
        var slot = slot(of: key)
        if slots[slot] == 0 {
            if count * 4 >= slots.count * 3 {
                rebuild(size: slots.count * 2, fewest: 1)
                slot = self.slot(of: key)
            }
            slots[slot] = UInt64(key) << 32
            count += 1
        }
        if UInt32(truncatingIfNeeded: slots[slot]) < .max { slots[slot] += 1 }
    }

    /// Forgets what was seen once.
    mutating func removeSingles() { rebuild(size: slots.count, fewest: 2) }

    private mutating func rebuild(size: Int, fewest: UInt32) {
        let old = slots
        slots = [UInt64](repeating: 0, count: size)
        count = 0
        for entry in old where entry != 0 && UInt32(truncatingIfNeeded: entry) >= fewest {
            slots[slot(of: UInt32(truncatingIfNeeded: entry >> 32))] = entry
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

/// Lists of stories by the hash of a term. Most terms have one story, which lies in the slot itself; the others have a
/// chain of nodes with six stories each, so that a long list is a few cache lines.
struct StoryPostings: Sendable {
    /// A hash in the upper half; in the lower a story with the top bit set, the place of a node from 1, or 0 for none.
    private var slots = [UInt64](repeating: 0, count: 256)
    private var used = 0
    /// Stories in the first lanes, 0 for none; then how many the list has from here on; then the place of the next node
    /// from 1. Free nodes have no stories.
    private var nodes: [SIMD8<UInt32>] = []
    private var firstFree: UInt32 = 0
    /// A list of so many stories is full, and finds none of them.
    private let most: Int

    private static let lanes = 6
    private static let total = 6
    private static let next = 7
    private static let single: UInt32 = 1 << 31

    init(most: Int) { self.most = most }

    /// No hash is 0, since a slot that is 0 is free.
    private static func key(_ hash: UInt32) -> UInt32 { hash == 0 ? 1 : hash }

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
        let value = UInt32(truncatingIfNeeded: slots[slot(of: StoryPostings.key(hash))])
        guard value != 0 else { return }
        if value & StoryPostings.single != 0 { return take(value & ~StoryPostings.single) }
        guard nodes[Int(value) - 1][StoryPostings.total] < most else { return }
        eachInNodes(from: value, take)
    }

    private func eachInNodes(from first: UInt32, _ take: (UInt32) -> Void) {
        var place = first
        while place != 0 {
            let node = nodes[Int(place) - 1]
            for lane in 0..<StoryPostings.lanes where node[lane] != 0 { take(node[lane]) }
            place = node[StoryPostings.next]
        }
    }

    /// Stories count from 1.
    mutating func insert(_ story: UInt32, to hash: UInt32) {
        let hash = StoryPostings.key(hash)
        if used * 6 >= slots.count * 5 { rebuild() }
        let slot = slot(of: hash)
        if slots[slot] == 0 { used += 1 }
        let value = UInt32(truncatingIfNeeded: slots[slot])
        if value == 0 {
            set(slot, hash, story | StoryPostings.single)
        } else if value & StoryPostings.single != 0 {
            let other = value & ~StoryPostings.single
            guard other != story else { return }
            set(slot, hash, node(of: [other, story], total: 2, next: 0))
        } else {
            append(story, to: value, slot, hash)
        }
    }

    private mutating func append(_ story: UInt32, to first: UInt32, _ slot: Int, _ hash: UInt32) {
        let total = nodes[Int(first) - 1][StoryPostings.total]
        guard total < most else { return }
        var place = first
        while place != 0 {
            let node = nodes[Int(place) - 1]
            for lane in 0..<StoryPostings.lanes where node[lane] == story { return }
            place = node[StoryPostings.next]
        }
        for lane in 0..<StoryPostings.lanes where nodes[Int(first) - 1][lane] == 0 {
            nodes[Int(first) - 1][lane] = story
            nodes[Int(first) - 1][StoryPostings.total] = total + 1
            return
        }
        set(slot, hash, node(of: [story], total: total + 1, next: first))
    }

    private mutating func set(_ slot: Int, _ hash: UInt32, _ value: UInt32) {
        slots[slot] = UInt64(hash) << 32 | UInt64(value)
    }

    private mutating func node(of stories: [UInt32], total: UInt32, next: UInt32) -> UInt32 {
        var node = SIMD8<UInt32>()
        for (lane, story) in stories.enumerated() { node[lane] = story }
        node[StoryPostings.total] = total
        node[StoryPostings.next] = next
        guard firstFree != 0 else {
            if nodes.count == nodes.capacity { nodes.reserveCapacity(nodes.count + nodes.count / 4 + 64) }
            nodes.append(node)
            return UInt32(clamping: nodes.count)
        }
        let place = firstFree
        firstFree = nodes[Int(place) - 1][StoryPostings.next]
        nodes[Int(place) - 1] = node
        return place
    }

    /// Whether it was there.
    mutating func remove(_ story: UInt32, from hash: UInt32) -> Bool {
        let slot = slot(of: StoryPostings.key(hash))
        return slots[slot] != 0 && removeAll(at: slot) { $0 == story }
    }

    mutating func remove(_ gone: Set<UInt32>) {
        var isGone = [Bool](repeating: false, count: Int(gone.max() ?? 0) + 1)
        for story in gone { isGone[Int(story)] = true }
        for slot in slots.indices where UInt32(truncatingIfNeeded: slots[slot]) != 0 {
            _ = removeAll(at: slot) { Int($0) < isGone.count && isGone[Int($0)] }
        }
        let left = slots.count(where: { UInt32(truncatingIfNeeded: $0) != 0 })
        if left * 3 < slots.count { rebuild() }
    }

    /// Whether anything was removed.
    private mutating func removeAll(at slot: Int, where isGone: (UInt32) -> Bool) -> Bool {
        let value = UInt32(truncatingIfNeeded: slots[slot])
        let hash = UInt32(truncatingIfNeeded: slots[slot] >> 32)
        guard value != 0 else { return false }
        if value & StoryPostings.single != 0 {
            guard isGone(value & ~StoryPostings.single) else { return false }
            set(slot, hash, 0)
            return true
        }
        var left: [UInt32] = []
        var all = 0
        eachInNodes(from: value) { story in
            all += 1
            if !isGone(story) { left.append(story) }
        }
        guard left.count < all else { return false }
        free(value)
        set(slot, hash, list(of: left))
        return true
    }

    private mutating func list(of stories: [UInt32]) -> UInt32 {
        guard stories.count > 1 else { return stories.first.map { $0 | StoryPostings.single } ?? 0 }
        var (first, end) = (UInt32(0), stories.count)
        while end > 0 {
            let start = max(0, end - StoryPostings.lanes)
            first = node(of: Array(stories[start..<end]), total: UInt32(stories.count - start), next: first)
            end = start
        }
        return first
    }

    private mutating func free(_ first: UInt32) {
        var place = first
        while place != 0 {
            let next = nodes[Int(place) - 1][StoryPostings.next]
            nodes[Int(place) - 1] = SIMD8<UInt32>()
            nodes[Int(place) - 1][StoryPostings.next] = firstFree
            firstFree = place
            place = next
        }
    }

    /// Leaves terms out that have no story, and makes room for a third more.
    private mutating func rebuild() {
        let left = slots.filter { UInt32(truncatingIfNeeded: $0) != 0 }
        slots = [UInt64](repeating: 0, count: max(256, left.count * 8 / 5))
        used = left.count
        for entry in left { slots[slot(of: UInt32(truncatingIfNeeded: entry >> 32))] = entry }
    }
}

// MARK: images

extension CountTable {
    func write(to image: inout ImageWriter) {
        image.values(slots)
        image.value(UInt32(clamping: count))
    }

    init(_ image: inout ImageReader) {
        slots = image.values()
        count = Int(image.value(UInt32.self))
    }
}

extension StoryPostings {
    func write(to image: inout ImageWriter) {
        image.values(slots)
        image.value(UInt32(clamping: used))
        image.values(nodes)
        image.value(firstFree)
    }

    init(_ image: inout ImageReader, most: Int) {
        self.most = most
        slots = image.values()
        used = Int(image.value(UInt32.self))
        nodes = image.values()
        firstFree = image.value()
    }
}
