// The tagger's weights, read where they lie: an open-addressed table from a feature's hash to a row of weights, one a
// label, and a weight for each pair of neighbouring labels. The program's own are part of its read-only pages, so a start
// costs nothing and all processes share them. The file: magic, version, check sum; then one model a pass over an article:
// numbers of slots and rows, templates, slots (8 bytes), rows and transitions (2 bytes a weight, rows of eight); all
// little endian.

/// Says how much a feature speaks for each label.
@safe struct NameModel: @unchecked Sendable {
    /// Which templates of features have weights: bit n stands for template n.
    let templates: UInt64
    /// From the previous label to the next.
    let transitions: [Int32]
    /// Keeps the bytes alive; nil for those of the program.
    private let owner: Bytes?
    /// The upper half of a feature's hash, and in the lower half the number of its row from 1; 0 is free.
    private let slots: UnsafeRawPointer
    private let rows: UnsafeRawPointer
    private let mask: Int
    private let count: Int

    static let magic: [UInt8] = Array("CTNM".utf8)
    static let version: UInt32 = 4
    static let file = "name_model"
    private static let headLength = 16

    /// The weights that the program carries, one model a pass; none when it was built without.
    static let embedded: [NameModel] = unsafe models(in: EmbeddedFile.buffer(file), owner: nil)

    /// The models of a file; none when the bytes are no file of this version or are damaged.
    static func models(in bytes: [UInt8]) -> [NameModel] {
        guard bytes.count > headLength, checksum(bytes[headLength...]) == word(bytes, at: 8) else { return [] }
        let owner = Bytes(bytes)
        return unsafe models(in: UnsafeRawBufferPointer(owner.buffer), owner: owner)
    }

    private static func models(in buffer: UnsafeRawBufferPointer, owner: Bytes?) -> [NameModel] {
        guard buffer.count > headLength, unsafe buffer.prefix(4).elementsEqual(magic),
            unsafe buffer.loadUnaligned(fromByteOffset: 4, as: UInt32.self) == version
        else { return [] }
        var models: [NameModel] = []
        var offset = headLength
        while offset < buffer.count {
            guard let model = unsafe NameModel(buffer, at: &offset, owner: owner) else { return [] }
            models.append(model)
        }
        return models
    }

    private init?(_ buffer: UnsafeRawBufferPointer, at offset: inout Int, owner: Bytes?) {
        guard offset + NameModel.headLength <= buffer.count, let base = buffer.baseAddress else { return nil }
        let size = unsafe Int(buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        let count = unsafe Int(buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
        templates = unsafe buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        guard size > 0, size & (size - 1) == 0, size <= 1 << 24, count < size else { return nil }
        let start = offset + NameModel.headLength
        let pairs = NameLabel.count * NameLabel.count
        let end = start + size * 8 + count * NameModel.rowLength + pairs * 2
        guard end <= buffer.count else { return nil }
        unsafe slots = unsafe base + start
        unsafe rows = unsafe base + start + size * 8
        transitions = (0..<pairs).map {
            unsafe Int32(buffer.loadUnaligned(fromByteOffset: end - (pairs - $0) * 2, as: Int16.self))
        }
        mask = size - 1
        self.count = count
        self.owner = owner
        offset = end
    }

    private static let rowLength = 16

    /// Adds a feature's weights to the scores of the labels.
    @inline(__always)
    func add(_ feature: UInt64, to scores: inout SIMD8<Int32>) {
        let fingerprint = feature >> 32
        var slot = Int(truncatingIfNeeded: feature) & mask
        // A damaged table may have no free slot.
        for _ in 0...mask {
            let found = unsafe slots.loadUnaligned(fromByteOffset: slot * 8, as: UInt64.self)
            if found == 0 { return }
            let row = Int(UInt32(truncatingIfNeeded: found)) - 1
            if found >> 32 == fingerprint, row >= 0, row < count {
                let weights = unsafe rows.loadUnaligned(
                    fromByteOffset: row * NameModel.rowLength, as: SIMD8<Int16>.self)
                scores &+= SIMD8<Int32>(truncatingIfNeeded: weights)
                return
            }
            slot = (slot + 1) & mask
        }
    }

    /// Bytes that stay where they are.
    @safe private final class Bytes: @unchecked Sendable {
        let buffer: UnsafeMutableRawBufferPointer

        init(_ bytes: [UInt8]) {
            unsafe buffer = .allocate(byteCount: bytes.count, alignment: 16)
            unsafe buffer.copyBytes(from: bytes)
        }

        deinit { unsafe buffer.deallocate() }
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
