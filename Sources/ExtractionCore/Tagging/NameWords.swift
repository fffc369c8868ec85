/// Which words are persons' given and family names somewhere in the world: a table of hashes that lies in the program's
/// read-only pages. Two words may share a hash once in a billion, so it is evidence and never proof.
struct NameWords: Sendable {
    private let bytes: FixedBytes
    private let mask: Int

    static let file = "name_words"
    static let embedded = NameWords(EmbeddedFile.inPlace(file))

    private static let headLength = 8

    private init(_ bytes: FixedBytes) {
        let size = Int(bytes.word(4))
        let isWhole =
            bytes.starts(with: Array("CTNW".utf8)) && size > 0 && size & (size - 1) == 0
            && bytes.count == NameWords.headLength + size * 4
        self.bytes = bytes
        mask = isWhole ? size - 1 : 0
    }

    /// 1 for a given name, 2 for a family name, 3 for both, 0 for neither; `word` is a token's hash.
    func kinds(_ word: UInt64) -> UInt8 {
        guard mask > 0 else { return 0 }
        var slot = Int(truncatingIfNeeded: word) & mask
        for _ in 0...mask {
            let found = bytes.word(NameWords.headLength + slot * 4)
            if found == 0 { return 0 }
            if found >> 2 == UInt32(truncatingIfNeeded: word >> 34) { return UInt8(found & 3) }
            slot = (slot + 1) & mask
        }
        return 0
    }
}
