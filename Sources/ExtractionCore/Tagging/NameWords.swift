/// Which words are persons' given and family names somewhere in the world: a table of hashes that lies in the program's
/// read-only pages. Two words may share a hash once in a billion, so it is evidence and never proof.
@safe struct NameWords: @unchecked Sendable {
    private let buffer: UnsafeRawBufferPointer
    private let mask: Int

    static let file = "name_words"
    static let embedded = unsafe NameWords(EmbeddedFile.buffer(file))

    private static let headLength = 8

    private init(_ buffer: UnsafeRawBufferPointer) {
        let isFile = unsafe buffer.count > NameWords.headLength && buffer.prefix(4).elementsEqual("CTNW".utf8)
        let size = isFile ? unsafe Int(buffer.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) : 0
        let isWhole = size > 0 && size & (size - 1) == 0 && buffer.count == NameWords.headLength + size * 4
        unsafe self.buffer = isWhole ? buffer : UnsafeRawBufferPointer(start: nil, count: 0)
        mask = isWhole ? size - 1 : 0
    }

    /// 1 for a given name, 2 for a family name, 3 for both, 0 for neither; `word` is a token's hash.
    func kinds(_ word: UInt64) -> UInt8 {
        guard mask > 0 else { return 0 }
        var slot = Int(truncatingIfNeeded: word) & mask
        for _ in 0...mask {
            let found = unsafe buffer.loadUnaligned(
                fromByteOffset: NameWords.headLength + slot * 4, as: UInt32.self)
            if found == 0 { return 0 }
            if found >> 2 == UInt32(truncatingIfNeeded: word >> 34) { return UInt8(found & 3) }
            slot = (slot + 1) & mask
        }
        return 0
    }
}
