/// Decodes `&amp;`, `&#233;` and `&#xE9;`.
enum CharacterReferences {
    /// Appends the bytes of a range with every reference replaced; what is none stays as it is.
    static func append(_ bytes: [UInt8], _ range: Range<Int>, to out: inout [UInt8]) {
        if ASCII.hasByte(0x26, in: bytes, range) {
            out.append(contentsOf: decodedBytes(bytes, range))
        } else {
            out.append(contentsOf: bytes[range])
        }
    }

    /// The bytes of a range with every reference replaced.
    static func decodedBytes(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return [] }
        // No reference is shorter than what it stands for, so there is room for all.
        return unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            unsafe bytes.withUnsafeBufferPointer { source in
                unsafe decode(source, bytes, range, into: buffer, &count)
            }
        }
    }

    private static func decode(
        _ source: UnsafeBufferPointer<UInt8>, _ bytes: [UInt8], _ range: Range<Int>,
        into buffer: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int
    ) {
        guard let out = buffer.baseAddress, let start = source.baseAddress else { return }
        var index = range.lowerBound
        while index < range.upperBound {
            let mark = ByteScan.first(0x26, in: bytes, from: index, to: range.upperBound)
            unsafe (out + count).initialize(from: start + index, count: mark - index)
            count += mark - index
            guard mark < range.upperBound else { return }
            if let (byte, length) = usual(bytes, mark, range.upperBound) {
                unsafe out[count] = byte
                count += 1
                index = mark + length
                continue
            }
            var scalar: [UInt8] = []
            let end = reference(bytes, mark, range.upperBound, &scalar)
            if end == nil { scalar = [0x26] }
            index = end ?? mark + 1
            for byte in scalar where count < range.count {
                unsafe out[count] = byte
                count += 1
            }
        }
    }

    /// The marks of markup itself, which are nearly all there is in escaped HTML.
    private static func usual(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (byte: UInt8, length: Int)? {
        guard start + 3 < end else { return nil }
        let second = bytes[start + 2]
        if second == 0x74, bytes[start + 3] == 0x3B {
            if bytes[start + 1] == 0x6C { return (0x3C, 4) }
            if bytes[start + 1] == 0x67 { return (0x3E, 4) }
        }
        guard start + 4 < end else { return nil }
        if second == 0x6D, bytes[start + 1] == 0x61, bytes[start + 3] == 0x70, bytes[start + 4] == 0x3B {
            return (0x26, 5)
        }
        if second == 0x75, start + 5 < end, bytes[start + 1] == 0x71, bytes[start + 3] == 0x6F,
            bytes[start + 4] == 0x74, bytes[start + 5] == 0x3B
        {
            return (0x22, 6)
        }
        return nil
    }

    static func decoded(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(range.count)
        append(bytes, range, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    static func decoded(_ string: String) -> String {
        guard string.utf8.contains(0x26) else { return string }
        let bytes = Array(string.utf8)
        return decoded(bytes, 0..<bytes.count)
    }

    /// Appends the character of the reference at `start` and gives the index after it; nil when there is none.
    private static func reference(_ bytes: [UInt8], _ start: Int, _ end: Int, _ out: inout [UInt8]) -> Int? {
        guard start + 2 < end + 1, start + 1 < end else { return nil }
        if bytes[start + 1] == 0x23 { return numeric(bytes, start + 2, end, &out) }
        var index = start + 1
        let limit = min(end, start + 33)
        while index < limit, ASCII.isAlphanumeric(bytes[index]) { index += 1 }
        guard index > start + 1 else { return nil }
        let name = String(decoding: bytes[start + 1..<index], as: UTF8.self)
        if index < end, bytes[index] == 0x3B {
            guard let scalar = EntityNames.scalar(name) else { return nil }
            Charset.append(scalar, to: &out)
            return index + 1
        }
        // Without a semicolon only the commonest are meant; "&copy=2" is a query.
        guard ["amp", "lt", "gt", "quot", "nbsp"].contains(name), index >= end || bytes[index] != 0x3D,
            let scalar = EntityNames.scalar(name)
        else { return nil }
        Charset.append(scalar, to: &out)
        return index
    }

    private static func numeric(_ bytes: [UInt8], _ start: Int, _ end: Int, _ out: inout [UInt8]) -> Int? {
        var index = start
        let isHex = index < end && bytes[index] | 0x20 == 0x78
        if isHex { index += 1 }
        let first = index
        var value: UInt32 = 0
        while index < end, let digit = ASCII.hexValue(bytes[index]), isHex || digit < 10 {
            if value < 0x110000 { value = value * (isHex ? 16 : 10) + UInt32(digit) }
            index += 1
        }
        guard index > first else { return nil }
        // Authors write the windows-1252 position; NUL and what is no scalar have no meaning, controls no place.
        if (0x80..<0xA0).contains(value) { value = CharsetTable.windows1252[Int(value) - 0x80] }
        if value >= 0x20 || value == 0 || (0x09...0x0D).contains(value) {
            Charset.append(value == 0 ? 0xFFFD : value, to: &out)
        }
        return index < end && bytes[index] == 0x3B ? index + 1 : index
    }
}
