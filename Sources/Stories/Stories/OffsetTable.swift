/// Where entries start, by hashes: eight bytes an entry, with a part of the hash. An offset that it gives may be another
/// hash's, which the entry itself must show.
public struct OffsetTable: Sendable {
    /// Many small tables, so that one that grows is never a large part of the whole.
    private var shards = [Shard](repeating: Shard(), count: shardCount)

    private static let shardCount = 64

    private static let tagBits: UInt64 = 24
    private static let offsetBits: UInt64 = 40

    private static func tag(_ hash: UInt64) -> UInt64 { hash >> (64 - tagBits) }

    private static func shard(_ tag: UInt64) -> Int { Int(tag % UInt64(shardCount)) }

    /// False when the offset is too large to be kept.
    public mutating func insert(_ hash: UInt64, at offset: Int64) -> Bool {
        guard offset >= 0, offset + 1 < 1 << OffsetTable.offsetBits else { return false }
        insert(OffsetTable.tag(hash) << OffsetTable.offsetBits | UInt64(offset + 1))
        return true
    }

    private mutating func insert(_ entry: UInt64) {
        shards[OffsetTable.shard(entry >> OffsetTable.offsetBits)].insert(entry)
    }

    /// Where an entry of that hash may start.
    public func offsets(of hash: UInt64) -> [Int64] {
        let tag = OffsetTable.tag(hash)
        return shards[OffsetTable.shard(tag)].entries(of: tag).map {
            Int64($0 & (1 << OffsetTable.offsetBits - 1)) - 1
        }
    }

    public func write(to image: inout ImageWriter) {
        for shard in shards {
            image.value(UInt32(clamping: shard.used))
            shard.each { image.value($0) }
        }
    }

    public init() {}

    public init(_ image: inout ImageReader) {
        shards = shards.map { _ in Shard(&image) }
    }

    private struct Shard: Sendable {
        /// A tag above the offset and one; 0 is free.
        private var slots = [UInt64](repeating: 0, count: 8)
        private(set) var used = 0

        init() {}

        /// At its size from the start: entries in the order of their slots would pile up in a table that grows.
        init(_ image: inout ImageReader) {
            let entries = image.values(UInt64.self)
            slots = [UInt64](repeating: 0, count: max(8, entries.count * 3 / 2))
            for entry in entries { place(entry) }
        }

        private func start(_ tag: UInt64) -> Int { Int((tag &* UInt64(slots.count)) >> OffsetTable.tagBits) }

        private func next(_ slot: Int) -> Int { slot + 1 == slots.count ? 0 : slot + 1 }

        mutating func insert(_ entry: UInt64) {
            if used * 6 >= slots.count * 5 { grow() }
            place(entry)
        }

        private mutating func place(_ entry: UInt64) {
            var slot = start(entry >> OffsetTable.offsetBits)
            while slots[slot] != 0 { slot = next(slot) }
            slots[slot] = entry
            used += 1
        }

        private mutating func grow() {
            let entries = slots.filter { $0 != 0 }
            slots = [UInt64](repeating: 0, count: entries.count * 3 / 2)
            used = 0
            for entry in entries { place(entry) }
        }

        func entries(of tag: UInt64) -> [UInt64] {
            var found: [UInt64] = []
            var slot = start(tag)
            while slots[slot] != 0 {
                if slots[slot] >> OffsetTable.offsetBits == tag { found.append(slots[slot]) }
                slot = next(slot)
            }
            return found
        }

        func each(_ take: (UInt64) -> Void) { for slot in slots where slot != 0 { take(slot) } }
    }
}
