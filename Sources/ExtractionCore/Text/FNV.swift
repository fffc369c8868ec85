/// The 64-bit FNV-1a hash.
enum FNV {
    static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always) static func next(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    /// Goes on with a word, its last full stop left out.
    static func hash(_ word: String, from start: UInt64) -> UInt64 {
        var hash = start
        var before = start
        var last: UInt8 = 0
        var count = 0
        for byte in word.utf8 {
            before = hash
            hash = next(hash, byte)
            last = byte
            count += 1
        }
        return last == 0x2E && count > 1 ? before : hash
    }
}
