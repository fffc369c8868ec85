// The tagger's weights: an open-addressed table from a feature's hash to one weight a label, and a weight for each pair
// of neighbouring labels. The file: magic, version, numbers of slots and features, templates, then slots, weights,
// transitions, and a check sum over all before it; little endian throughout.

/// Says how much a feature speaks for each label.
struct NameModel: Sendable {
    let templates: UInt64
    /// The upper half of a feature's hash and the index of its weights plus one; 0 is free.
    private let fingerprints: [UInt32]
    private let indices: [UInt32]
    private let weights: [Int16]
    /// From the previous label to the next.
    let transitions: [Int32]
    private let mask: Int

    static let file = "name_model"
    static let magic: [UInt8] = Array("CTNM".utf8)
    static let version: UInt32 = 1
    /// The weights that the program carries; nil when it was built without.
    static let embedded = NameModel(EmbeddedFile.bytes(file))

    /// Reads weights; nil when the bytes are no file of this version or are damaged.
    init?(_ bytes: [UInt8]) {
        var fields = Fields(bytes: bytes)
        guard bytes.count > 32, Array(bytes[0..<4]) == NameModel.magic else { return nil }
        fields.offset = 4
        let version = fields.next32()
        let slots = Int(fields.next32())
        let count = Int(fields.next32())
        guard version == NameModel.version, slots > 0, slots & (slots - 1) == 0, slots <= 1 << 24, count < slots,
            bytes.count == 24 + slots * 8 + (count + NameLabel.count) * NameLabel.count * 2 + 8,
            NameModel.checksum(bytes[..<(bytes.count - 8)]) == Fields.last64(bytes)
        else { return nil }
        templates = UInt64(fields.next32()) | UInt64(fields.next32()) << 32
        fingerprints = (0..<slots).map { _ in fields.next32() }
        indices = (0..<slots).map { _ in fields.next32() }
        guard indices.allSatisfy({ Int($0) <= count }), indices.contains(0) else { return nil }
        weights = (0..<(count * NameLabel.count)).map { _ in fields.next16() }
        transitions = (0..<(NameLabel.count * NameLabel.count)).map { _ in Int32(fields.next16()) }
        mask = slots - 1
    }

    /// Adds a feature's weights to the scores of the labels.
    @inline(__always)
    func add(_ feature: UInt64, to scores: inout NameScores) {
        let fingerprint = UInt32(truncatingIfNeeded: feature >> 32)
        var slot = Int(truncatingIfNeeded: feature) & mask
        while indices[slot] != 0 {
            if fingerprints[slot] == fingerprint {
                let start = (Int(indices[slot]) - 1) * NameLabel.count
                scores.values.0 &+= Int32(weights[start])
                scores.values.1 &+= Int32(weights[start + 1])
                scores.values.2 &+= Int32(weights[start + 2])
                scores.values.3 &+= Int32(weights[start + 3])
                scores.values.4 &+= Int32(weights[start + 4])
                scores.values.5 &+= Int32(weights[start + 5])
                scores.values.6 &+= Int32(weights[start + 6])
                return
            }
            slot = (slot + 1) & mask
        }
    }

    /// The file of weights; a feature whose slot's fingerprint is taken is left out.
    static func encoded(
        templates: UInt64, features: [(hash: UInt64, weights: [Int16])], transitions: [Int16]
    ) -> [UInt8] {
        var slots = 64
        while slots * 2 < features.count * 3 { slots *= 2 }
        var fingerprints = [UInt32](repeating: 0, count: slots)
        var indices = [UInt32](repeating: 0, count: slots)
        var weights: [Int16] = []
        for feature in features {
            let fingerprint = UInt32(truncatingIfNeeded: feature.hash >> 32)
            var slot = Int(truncatingIfNeeded: feature.hash) & (slots - 1)
            while indices[slot] != 0, fingerprints[slot] != fingerprint { slot = (slot + 1) & (slots - 1) }
            guard indices[slot] == 0 else { continue }
            fingerprints[slot] = fingerprint
            weights += feature.weights
            indices[slot] = UInt32(weights.count / NameLabel.count)
        }
        var bytes = magic
        func add<Value: FixedWidthInteger>(_ value: Value) {
            for shift in stride(from: 0, to: Value.bitWidth, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
            }
        }
        add(version)
        add(UInt32(slots))
        add(UInt32(weights.count / NameLabel.count))
        add(templates)
        fingerprints.forEach(add)
        indices.forEach(add)
        weights.forEach(add)
        transitions.forEach(add)
        add(checksum(bytes[...]))
        return bytes
    }

    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var sum = FNV.start
        for byte in bytes { sum = FNV.next(sum, byte) }
        return sum
    }

    private struct Fields {
        let bytes: [UInt8]
        var offset = 0

        mutating func next32() -> UInt32 {
            defer { offset += 4 }
            return UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
                | UInt32(bytes[offset + 3]) << 24
        }

        mutating func next16() -> Int16 {
            defer { offset += 2 }
            return Int16(bitPattern: UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8)
        }

        static func last64(_ bytes: [UInt8]) -> UInt64 {
            var value: UInt64 = 0
            for byte in bytes.suffix(8).reversed() { value = value << 8 | UInt64(byte) }
            return value
        }
    }
}

/// The scores of the labels of one token.
struct NameScores {
    var values: (Int32, Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0, 0)

    subscript(label: Int) -> Int32 {
        switch label {
        case 0: values.0
        case 1: values.1
        case 2: values.2
        case 3: values.3
        case 4: values.4
        case 5: values.5
        default: values.6
        }
    }
}
