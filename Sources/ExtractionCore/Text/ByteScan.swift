/// Looks for single bytes eight at a time: most of a page is passed over on the way to the next `<` or quotation mark.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Where a byte stands first in `start..<end`; `end` when nowhere. The range must lie inside the bytes.
    static func first(_ wanted: UInt8, in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start >= 0, start < end, end <= bytes.count else { return end }
        let raw = unsafe bytes.span.bytes
        let pattern = UInt64(wanted) &* ones
        var at = start
        while at &+ 8 <= end {
            // In bounds by the condition; every bit pattern is a number.
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
            let difference = word ^ pattern
            let hits = (difference &- ones) & ~difference & highs
            if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < end {
            if bytes[at] == wanted { return at }
            at &+= 1
        }
        return end
    }

    /// Where the first blank or control stands; `end` when nowhere.
    static func firstBlank(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start >= 0, start < end, end <= bytes.count else { return end }
        let raw = unsafe bytes.span.bytes
        var at = start
        while at &+ 8 <= end {
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
            let hits = (word &- ones &* 0x21) & ~word & highs
            if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < end {
            if bytes[at] < 0x21 { return at }
            at &+= 1
        }
        return end
    }

    /// Where the first byte of 0x80 or above stands; `end` when nowhere.
    static func firstHigh(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start >= 0, start < end, end <= bytes.count else { return end }
        let raw = unsafe bytes.span.bytes
        var at = start
        while at &+ 8 <= end {
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
            let hits = word & highs
            if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < end {
            if bytes[at] >= 0x80 { return at }
            at &+= 1
        }
        return end
    }

    /// A hash of some bytes, going on from another; the range must lie inside them.
    static func hash(_ bytes: [UInt8], _ range: Range<Int>, _ seed: UInt64) -> UInt64 {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return seed }
        let raw = unsafe bytes.span.bytes
        var hash = seed ^ UInt64(truncatingIfNeeded: range.count)
        var at = range.lowerBound
        while at &+ 8 <= range.upperBound {
            // In bounds by the condition; every bit pattern is a number.
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            at &+= 8
        }
        while at < range.upperBound {
            hash = (hash ^ UInt64(bytes[at])) &* 0x100_0000_01B3
            at &+= 1
        }
        return hash ^ hash >> 32
    }
}
