/// Folds a name of markup into a number, letters without case, so that names are compared and looked up without strings.
enum NameKey {
    /// Names of up to eight letters are their key; of the longer ones that matter here no two have the same.
    static func step(_ key: UInt64, _ byte: UInt8) -> UInt64 {
        (key << 8 | key >> 56) ^ UInt64(ASCII.lower(byte))
    }

    static func of(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        var key: UInt64 = 0
        for index in range { key = step(key, bytes[index]) }
        return key
    }

    static func of(_ name: some Sequence<UInt8>) -> UInt64 { name.reduce(0, step) }
}
