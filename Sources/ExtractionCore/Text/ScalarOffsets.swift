/// Turns UTF-8 offsets into Unicode scalar offsets, the unit of everything that leaves the program.
///
/// A checkpoint every 64 bytes makes a lookup constant; ASCII text needs none.
public struct ScalarOffsets: Sendable {
    private let text: Text
    private let checkpoints: [Int32]

    public init(_ text: Text) {
        self.text = text
        var checkpoints: [Int32] = []
        if text.bytes.contains(where: { $0 >= 0x80 }) {
            checkpoints.reserveCapacity(text.count / 64 + 1)
            var scalars: Int32 = 0
            for (offset, byte) in text.bytes.enumerated() {
                if offset % 64 == 0 { checkpoints.append(scalars) }
                if byte & 0xC0 != 0x80 { scalars += 1 }
            }
        }
        self.checkpoints = checkpoints
    }

    /// The number of scalars that begin before `offset`.
    public func scalar(_ offset: Int) -> Int {
        let offset = min(max(0, offset), text.count)
        if checkpoints.isEmpty { return offset }
        let block = min(offset / 64, checkpoints.count - 1)
        var scalars = Int(checkpoints[block])
        var index = block * 64
        while index < offset {
            if text.bytes[index] & 0xC0 != 0x80 { scalars += 1 }
            index += 1
        }
        return scalars
    }
}
