/// Numbers for hashes, in one flat table with open addressing: for counts and groups over a page's blocks.
struct HashIndex: Sendable {
    private var keys: [UInt64]
    private var values: [Int32]
    private var used = 0

    /// Room for so many keys without growing.
    init(capacity: Int = 16) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        values = [Int32](repeating: -1, count: size)
    }

    /// The number of a hash; -1 for one that has none.
    subscript(hash: UInt64) -> Int {
        Int(values[slot(hash)])
    }

    /// Gives a hash a number; the one it had before, or -1.
    @discardableResult mutating func update(_ hash: UInt64, _ value: Int) -> Int {
        if used * 2 >= keys.count { grow() }
        let slot = slot(hash)
        let old = Int(values[slot])
        if old < 0 { used += 1 }
        keys[slot] = HashIndex.key(hash)
        values[slot] = Int32(clamping: max(0, value))
        return old
    }

    /// Zero marks a free place.
    private static func key(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

    /// Where a hash lies, or would.
    private func slot(_ hash: UInt64) -> Int {
        let key = HashIndex.key(hash)
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count &- 1)
        while keys[slot] != 0, keys[slot] != key { slot = (slot &+ 1) & (keys.count &- 1) }
        return slot
    }

    private mutating func grow() {
        var larger = HashIndex(capacity: keys.count)
        for (key, value) in zip(keys, values) where key != 0 { larger.update(key, Int(value)) }
        self = larger
    }
}
