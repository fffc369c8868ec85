/// Looks for single bytes 32 at a time, then eight: most of a page is passed over on the way to the next `<` or quotation mark.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Where a byte stands first in `start..<end`; `end` when nowhere. The range must lie inside the bytes.
    static func first(_ wanted: UInt8, in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start >= 0, start < end, end <= bytes.count else { return end }
        let raw = unsafe bytes.span.bytes
        let pattern = UInt64(wanted) &* ones
        var at = start
        // Most runs are short.
        if at &+ 8 <= end {
            let difference = word(raw, at) ^ pattern
            let hits = (difference &- ones) & ~difference & highs
            if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at &+ 32 <= end {
            let differences = words(raw, at) ^ SIMD4(repeating: pattern)
            let hits = (differences &- SIMD4(repeating: ones)) & ~differences & SIMD4(repeating: highs)
            if hasAny(hits) { break }
            at &+= 32
        }
        while at &+ 8 <= end {
            let difference = word(raw, at) ^ pattern
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

    /// Where one of two bytes stands first from a place on; the end when nowhere.
    static func firstOf(_ one: UInt8, _ other: UInt8, in raw: RawSpan, from start: Int) -> Int {
        let end = raw.byteCount
        guard start >= 0, start < end else { return end }
        let (left, right) = (UInt64(one) &* ones, UInt64(other) &* ones)
        var at = start
        while at &+ 32 <= end {
            let words = words(raw, at)
            func hits(_ pattern: UInt64) -> SIMD4<UInt64> {
                let differences = words ^ SIMD4(repeating: pattern)
                return (differences &- SIMD4(repeating: ones)) & ~differences
            }
            if hasAny((hits(left) | hits(right)) & SIMD4(repeating: highs)) { break }
            at &+= 32
        }
        while at &+ 8 <= end {
            let word = word(raw, at)
            func hits(_ pattern: UInt64) -> UInt64 { ((word ^ pattern) &- ones) & ~(word ^ pattern) & highs }
            // The lowest hit is a true one, whatever borrows do to those above it.
            let found = hits(left) | hits(right)
            if found != 0 { return at &+ found.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < end {
            let byte = unsafe raw.unsafeLoad(fromByteOffset: at, as: UInt8.self)
            if byte == one || byte == other { return at }
            at &+= 1
        }
        return end
    }

    /// Where the first blank or control stands; `end` when nowhere.
    static func firstBlank(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start >= 0, start < end, end <= bytes.count else { return end }
        let raw = unsafe bytes.span.bytes
        var at = start
        while at &+ 32 <= end {
            let words = words(raw, at)
            let hits = (words &- SIMD4(repeating: ones &* 0x21)) & ~words & SIMD4(repeating: highs)
            if hasAny(hits) { break }
            at &+= 32
        }
        while at &+ 8 <= end {
            let word = word(raw, at)
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
        while at &+ 32 <= end {
            let hits = words(raw, at) & SIMD4(repeating: highs)
            if hasAny(hits) { break }
            at &+= 32
        }
        while at &+ 8 <= end {
            let hits = word(raw, at) & highs
            if hits != 0 { return at &+ hits.trailingZeroBitCount >> 3 }
            at &+= 8
        }
        while at < end {
            if bytes[at] >= 0x80 { return at }
            at &+= 1
        }
        return end
    }

    /// Where the first control stands that is no white space; `end` when nowhere.
    static func firstControl(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        guard start >= 0, start < end, end <= bytes.count else { return end }
        let raw = unsafe bytes.span.bytes
        let highs = SIMD4(repeating: ByteScan.highs)
        var at = start
        while at &+ 32 <= end {
            let words = words(raw, at)
            // The highest bit is set first, so that no byte borrows from the next one.
            let lifted = words | highs
            func below(_ limit: UInt64) -> SIMD4<UInt64> { ~(lifted &- SIMD4(repeating: ones &* limit)) }
            if hasAny(below(0x20) & ~(below(0x0E) & ~below(0x09)) & ~words & highs) { break }
            at &+= 32
        }
        while at < end {
            if bytes[at] < 0x20, !ASCII.isSpace(bytes[at]) { return at }
            at &+= 1
        }
        return end
    }

    /// Eight bytes as a number whose lowest byte is the first. They must be there; every bit pattern is a number.
    private static func word(_ raw: RawSpan, _ at: Int) -> UInt64 {
        unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
    }

    /// 32 bytes as numbers in whose bits they lie in order. They must be there; every bit pattern is a number.
    private static func words(_ raw: RawSpan, _ at: Int) -> SIMD4<UInt64> {
        unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
    }

    private static func hasAny(_ hits: SIMD4<UInt64>) -> Bool { hits[0] | hits[1] | hits[2] | hits[3] != 0 }

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
