/// Questions about single bytes; bytes of 0x80 and above are no ASCII letters.
enum ASCII {
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
    static func lower(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// Letters folded to lower case, everything else as it is.
    static func lowered(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.map(lower), as: UTF8.self)
    }

    /// The range without white space at both ends.
    static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var start = max(0, range.lowerBound)
        var end = min(bytes.count, range.upperBound)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return start..<max(start, end)
    }

    static func trimmed(_ string: String) -> String {
        let bytes = Array(string.utf8)
        return String(decoding: bytes[trimmed(bytes, 0..<bytes.count)], as: UTF8.self)
    }

    /// White space at the ends removed and every inner run folded to one blank.
    static func folded(_ string: String) -> String {
        var out: [UInt8] = []
        for byte in string.utf8 {
            if !isSpace(byte) { out.append(byte) } else if let last = out.last, last != 0x20 { out.append(0x20) }
        }
        if out.last == 0x20 { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }

    /// Where `needle` (lower case) begins at or after `start`, letters compared without case; nil when nowhere.
    static func find(_ needle: StaticString, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let count = needle.utf8CodeUnitCount
        guard count > 0, range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        let first = unsafe lower(needle.utf8Start.pointee) | 0x20
        var index = range.lowerBound
        while index &+ count <= range.upperBound {
            if bytes[index] | 0x20 == first, matches(needle, in: bytes, index..<index &+ count) { return index }
            index &+= 1
        }
        return nil
    }

    /// The same for a needle that is looked for often.
    static func find(_ needle: [UInt8], in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        guard let first = needle.first, range.count >= needle.count else { return nil }
        var index = range.lowerBound
        while index + needle.count <= range.upperBound {
            if bytes[index] | 0x20 == first | 0x20, begins(with: needle, bytes, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// Whether a range is that word (lower case), letters compared without case.
    static func matches(_ word: [UInt8], in bytes: [UInt8], _ range: Range<Int>) -> Bool {
        range.count == word.count && begins(with: word, bytes, at: range.lowerBound)
    }

    /// The same without an array.
    static func matches(_ word: StaticString, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count == word.utf8CodeUnitCount, range.lowerBound >= 0, range.upperBound <= bytes.count else {
            return false
        }
        return word.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count {
                let letter = unsafe wanted[offset]
                if lower(bytes[range.lowerBound &+ offset]) != letter { return false }
            }
            return true
        }
    }

    /// Whether a byte stands in a range.
    static func hasByte(_ wanted: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Bool {
        ByteScan.first(wanted, in: bytes, from: range.lowerBound, to: range.upperBound) < range.upperBound
    }

    private static func begins(with wanted: [UInt8], _ bytes: [UInt8], at index: Int) -> Bool {
        for offset in wanted.indices where lower(bytes[index + offset]) != wanted[offset] { return false }
        return true
    }
}
