// The tagger's weights, read where they lie: an open-addressed table from a feature's hash to a row of weights, one a
// label, and a weight for each pair of neighbouring labels. The program's own are part of its read-only pages, so a start
// costs nothing and all processes share them. The file: magic, version, check sum; then one model a pass over an article:
// numbers of slots and rows, templates, slots (8 bytes), rows and transitions (2 bytes a weight, rows of eight); all
// little endian.

/// Says how much a feature speaks for each label.
struct NameModel: Sendable {
    /// Which templates of features have weights: bit n stands for template n.
    let templates: UInt64
    /// From the previous label to the next.
    let transitions: [Int32]
    private let bytes: FixedBytes
    /// Where the slots begin: the upper half of a feature's hash, and in the lower half the number of its row from 1; 0 is
    /// free.
    private let slots: Int
    private let rows: Int
    private let mask: Int
    private let count: Int

    static let file = "name_model"
    private static let magic: [UInt8] = Array("CTNM".utf8)
    private static let version: UInt32 = 4
    private static let headLength = 16
    private static let rowLength = 16

    /// The weights that the program carries, one model a pass; none when it was built without.
    static let embedded = models(in: EmbeddedFile.inPlace(file))

    /// The models of a file; none when the bytes are no file of this version or are damaged.
    static func models(in bytes: [UInt8]) -> [NameModel] {
        let fixed = FixedBytes(copying: bytes)
        guard bytes.count > headLength, checksum(bytes[headLength...]) == fixed.long(8) else { return [] }
        return models(in: fixed)
    }

    private static func models(in bytes: FixedBytes) -> [NameModel] {
        guard bytes.starts(with: magic), bytes.word(4) == version else { return [] }
        var models: [NameModel] = []
        var offset = headLength
        while offset < bytes.count {
            guard let model = NameModel(bytes, at: &offset) else { return [] }
            models.append(model)
        }
        return models
    }

    private init?(_ bytes: FixedBytes, at offset: inout Int) {
        let size = Int(bytes.word(offset))
        let count = Int(bytes.word(offset + 4))
        guard size > 0, size & (size - 1) == 0, size <= 1 << 24, count < size else { return nil }
        let pairs = NameLabel.count * NameLabel.count
        let slots = offset + NameModel.headLength
        let end = slots + size * 8 + count * NameModel.rowLength + pairs * 2
        guard end <= bytes.count else { return nil }
        templates = bytes.long(offset + 8)
        transitions = (0..<pairs).map { Int32(Int16(bitPattern: bytes.half(end - (pairs - $0) * 2))) }
        self.bytes = bytes
        self.slots = slots
        rows = slots + size * 8
        mask = size - 1
        self.count = count
        offset = end
    }

    /// Adds a feature's weights to the scores of the labels.
    @inline(__always)
    func add(_ feature: UInt64, to scores: inout SIMD8<Int32>) {
        let fingerprint = feature >> 32
        var slot = Int(truncatingIfNeeded: feature) & mask
        // A damaged table may have no free slot.
        for _ in 0...mask {
            let found = bytes.long(slots + slot * 8)
            if found == 0 { return }
            let row = Int(UInt32(truncatingIfNeeded: found)) - 1
            if found >> 32 == fingerprint, row >= 0, row < count {
                scores &+= SIMD8<Int32>(truncatingIfNeeded: bytes.row(rows + row * NameModel.rowLength))
                return
            }
            slot = (slot + 1) & mask
        }
    }
}

// Writing.
extension NameModel {
    /// A file of models.
    static func file(_ models: [[UInt8]]) -> [UInt8] {
        let body = Array(models.joined())
        var bytes = magic
        append(version, to: &bytes)
        append(checksum(body[...]), to: &bytes)
        return bytes + body
    }

    /// One model; a feature whose slot's fingerprint is taken is left out. `eagerness` is taken off the score of being
    /// no name.
    static func encoded(
        templates: UInt64, eagerness: Int16, features: [(hash: UInt64, weights: [Int16])], transitions: [Int16]
    ) -> [UInt8] {
        var size = 64
        while size * 2 < features.count * 3 { size *= 2 }
        var slots = [UInt64](repeating: 0, count: size)
        var rows: [[Int16]] = []
        for feature in features {
            let fingerprint = feature.hash >> 32
            var slot = Int(truncatingIfNeeded: feature.hash) & (size - 1)
            while slots[slot] != 0, slots[slot] >> 32 != fingerprint { slot = (slot + 1) & (size - 1) }
            guard slots[slot] == 0 else { continue }
            rows.append(feature.weights)
            slots[slot] = fingerprint << 32 | UInt64(rows.count)
        }
        var transitions = transitions
        for previous in 0..<NameLabel.count { transitions[previous * NameLabel.count] -= eagerness }
        var bytes: [UInt8] = []
        append(UInt32(size), to: &bytes)
        append(UInt32(rows.count), to: &bytes)
        append(templates, to: &bytes)
        for value in slots { append(value, to: &bytes) }
        for row in rows {
            for value in row + [Int16](repeating: 0, count: rowLength / 2 - row.count) { append(value, to: &bytes) }
        }
        for value in transitions { append(value, to: &bytes) }
        return bytes
    }

    private static func append<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }

    private static func word(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(FNV.start) { FNV.next($0, $1) }
    }
}
