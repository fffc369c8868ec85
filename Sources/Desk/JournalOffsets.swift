internal import ExtractionCore
internal import Stories

/// Where the entries of ids start: eight bytes an entry, with a part of the id's hash. An offset that it gives may be
/// another id's, which the entry itself shows.
struct JournalOffsets {
    /// A tag above the offset and one; 0 is free.
    private var slots = [UInt64](repeating: 0, count: 64)
    private var used = 0

    private static let tagBits: UInt64 = 24
    private static let offsetBits: UInt64 = 40

    private static func tag(_ id: String) -> UInt64 { mixedBits(NormalWord.hash(id.utf8)) >> (64 - tagBits) }

    private func start(_ tag: UInt64) -> Int { Int((tag &* UInt64(slots.count)) >> JournalOffsets.tagBits) }

    private func next(_ slot: Int) -> Int { slot + 1 == slots.count ? 0 : slot + 1 }

    /// False when the journal is too long to be counted.
    mutating func insert(_ id: String, at offset: Int64) -> Bool {
        guard offset >= 0, offset + 1 < 1 << JournalOffsets.offsetBits else { return false }
        if used * 6 >= slots.count * 5 { grow() }
        place(JournalOffsets.tag(id) << JournalOffsets.offsetBits | UInt64(offset + 1))
        return true
    }

    private mutating func place(_ entry: UInt64) {
        var slot = start(entry >> JournalOffsets.offsetBits)
        while slots[slot] != 0 { slot = next(slot) }
        slots[slot] = entry
        used += 1
    }

    private mutating func grow() {
        let entries = slots.filter { $0 != 0 }
        slots = [UInt64](repeating: 0, count: entries.count * 8 / 5)
        used = 0
        for entry in entries { place(entry) }
    }

    /// Where an entry of that id may start.
    func offsets(of id: String) -> [Int64] {
        let tag = JournalOffsets.tag(id)
        var found: [Int64] = []
        var slot = start(tag)
        while slots[slot] != 0 {
            if slots[slot] >> JournalOffsets.offsetBits == tag {
                found.append(Int64(slots[slot] & (1 << JournalOffsets.offsetBits - 1)) - 1)
            }
            slot = next(slot)
        }
        return found
    }

    func write(to image: inout ImageWriter) { image.values(slots.filter { $0 != 0 }) }

    init() {}

    init(_ image: inout ImageReader) {
        let entries = image.values(UInt64.self)
        slots = [UInt64](repeating: 0, count: max(64, entries.count * 8 / 5))
        for entry in entries { place(entry) }
    }
}
