// News comes in whatever encoding a server believes in. The bytes are asked first: what is valid UTF-8 with a
// multi-byte sequence is UTF-8, whatever is declared, since other encodings hardly ever look like it by chance.

/// A document's text in UTF-8.
public struct DecodedText: Hashable, Sendable {
    public let utf8: [UInt8]
    /// The encoding it was read as, such as `windows-1251`.
    public let charset: String
    /// What was doubtful.
    public let notes: [String]
}

/// Why bytes are no text.
public enum CharsetError: Error, Equatable, Sendable {
    case loneSurrogate
    case unsupported(String)

    /// One line for people.
    public var message: String {
        switch self {
        case .loneSurrogate: "UTF-16 with half of a surrogate pair"
        case .unsupported(let label): "no reader for the encoding \(label)"
        }
    }
}

/// Turns bytes of any supported encoding into UTF-8.
public enum Charset {
    /// Decodes by byte order mark, validity as UTF-8, the transport's word, the document's own word, else windows-1252.
    public static func decode(_ bytes: [UInt8], mediaTypeCharset: String? = nil) throws(CharsetError) -> DecodedText {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return utf8(Array(bytes[3...]), notes: []) }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, from: 2, bigEndian: false) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, from: 2, bigEndian: true) }
        if let bigEndian = looksLikeUTF16(bytes) { return try utf16(bytes, from: 0, bigEndian: bigEndian) }
        let faults = UTF8Faults(bytes)
        if faults.count == 0 { return DecodedText(utf8: bytes, charset: "utf-8", notes: []) }
        let declared = [mediaTypeCharset.map(label), declaredCharset(bytes)].compactMap { $0 }
        for name in declared {
            if let table = CharsetTable.scalars(for: name) { return oneByte(bytes, table, name, notes: []) }
            if unsupported.contains(name) { throw .unsupported(name) }
        }
        // A few broken bytes in much good UTF-8 (a cut at the end, a spliced quotation) are no other encoding.
        if declared.contains("utf-8") || declared.contains("utf8") || faults.sequences > 4 * faults.count {
            return utf8(bytes, notes: ["\(faults.count) faults in the UTF-8 replaced"])
        }
        return guessed(bytes)
    }

    private static let unsupported: Set<String> = [
        "gb2312", "gbk", "gb18030", "big5", "shift_jis", "shift-jis", "sjis", "euc-jp", "iso-2022-jp", "euc-kr",
        "windows-1255", "windows-1256", "windows-874", "iso-8859-6", "iso-8859-8", "utf-7", "utf-32",
    ]

    static func label(_ name: String) -> String {
        ASCII.lowered(name.utf8.filter { !ASCII.isSpace($0) && $0 != 0x22 && $0 != 0x27 && $0 != 0x3B })
    }

    private static func utf8(_ bytes: [UInt8], notes: [String]) -> DecodedText {
        DecodedText(utf8: Text(repairing: bytes).bytes, charset: "utf-8", notes: notes)
    }

    private static func oneByte(_ bytes: [UInt8], _ table: [UInt32], _ name: String, notes: [String]) -> DecodedText {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 4)
        var index = 0
        while index < bytes.count {
            let end = ByteScan.firstHigh(in: bytes, from: index, to: bytes.count)
            out += bytes[index..<end]
            index = end
            while index < bytes.count, bytes[index] >= 0x80 {
                append(table[Int(bytes[index]) - 0x80], to: &out)
                index &+= 1
            }
        }
        return DecodedText(utf8: out, charset: name, notes: notes)
    }

    /// Russian text in its two one-byte encodings shows by where its small letters lie; all else is windows-1252.
    private static func guessed(_ bytes: [UInt8]) -> DecodedText {
        var high = 0
        var upperHalf = 0
        var lowerHalf = 0
        var letters = 0
        for byte in bytes {
            if ASCII.isLetter(byte) { letters += 1 }
            if byte >= 0x80 { high += 1 }
            if byte >= 0xE0 { upperHalf += 1 } else if byte >= 0xC0 { lowerHalf += 1 }
        }
        let notes = ["encoding guessed"]
        if high > letters, upperHalf > 4 * lowerHalf {
            return oneByte(
                bytes, CharsetTable.scalars(for: "windows-1251") ?? CharsetTable.windows1252, "windows-1251",
                notes: notes)
        }
        if high > letters, lowerHalf > 4 * upperHalf {
            return oneByte(
                bytes, CharsetTable.scalars(for: "koi8-r") ?? CharsetTable.windows1252, "koi8-r", notes: notes)
        }
        return oneByte(bytes, CharsetTable.windows1252, "windows-1252", notes: notes)
    }

    /// Text in UTF-16 without a mark has a zero in every other byte.
    private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool? {
        let count = min(bytes.count, 512) & ~1
        guard count >= 4, bytes.prefix(count).contains(0) else { return nil }
        var even = 0
        var odd = 0
        for index in 0..<count where bytes[index] == 0 {
            if index & 1 == 0 { even += 1 } else { odd += 1 }
        }
        if odd * 10 >= count * 4, even * 20 < count { return false }
        if even * 10 >= count * 4, odd * 20 < count { return true }
        return nil
    }

    private static func utf16(_ bytes: [UInt8], from start: Int, bigEndian: Bool) throws(CharsetError) -> DecodedText {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 2)
        var index = start
        func unit(_ index: Int) -> UInt32 {
            let first = UInt32(bytes[index])
            let second = UInt32(bytes[index + 1])
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        while index + 1 < bytes.count {
            let value = unit(index)
            index += 2
            if value < 0x80 {
                out.append(UInt8(truncatingIfNeeded: value))
                continue
            }
            guard (0xD800..<0xE000).contains(value) else {
                append(value, to: &out)
                continue
            }
            guard value < 0xDC00, index + 1 < bytes.count else { throw .loneSurrogate }
            let low = unit(index)
            guard (0xDC00..<0xE000).contains(low) else { throw .loneSurrogate }
            index += 2
            append(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00), to: &out)
        }
        let notes = index < bytes.count ? ["an odd byte at the end left out"] : []
        return DecodedText(utf8: out, charset: bigEndian ? "utf-16be" : "utf-16le", notes: notes)
    }

    /// Appends a scalar in UTF-8; what is no scalar becomes U+FFFD.
    static func append(_ value: UInt32, to out: inout [UInt8]) {
        switch value {
        case 0..<0x80: out.append(UInt8(value))
        case 0x80..<0x800:
            out.append(UInt8(0xC0 | value >> 6))
            out.append(UInt8(0x80 | value & 0x3F))
        case 0xD800..<0xE000: append(0xFFFD, to: &out)
        case 0x800..<0x10000:
            out.append(UInt8(0xE0 | value >> 12))
            out.append(UInt8(0x80 | value >> 6 & 0x3F))
            out.append(UInt8(0x80 | value & 0x3F))
        case 0x10000..<0x110000:
            out.append(UInt8(0xF0 | value >> 18))
            out.append(UInt8(0x80 | value >> 12 & 0x3F))
            out.append(UInt8(0x80 | value >> 6 & 0x3F))
            out.append(UInt8(0x80 | value & 0x3F))
        default: append(0xFFFD, to: &out)
        }
    }
}

extension Charset {
    /// What an XML declaration or a `<meta>` in the first 8 kB says.
    static func declaredCharset(_ bytes: [UInt8]) -> String? {
        let head = min(bytes.count, 8192)
        let start = ASCII.trimmed(bytes, 0..<head).lowerBound
        if let declaration = ASCII.find("<?xml", in: bytes, start..<min(head, start + 8)) {
            let end = bytes[declaration..<head].firstIndex(of: 0x3E) ?? head
            if let at = ASCII.find("encoding", in: bytes, declaration..<end) { return value(bytes, after: at + 8, end) }
        }
        var from = 0
        while let meta = ASCII.find("<meta", in: bytes, from..<head) {
            let end = bytes[meta..<head].firstIndex(of: 0x3E) ?? head
            if let at = ASCII.find("charset", in: bytes, meta..<end) { return value(bytes, after: at + 7, end) }
            from = max(meta + 5, end)
        }
        return nil
    }

    /// The word after `=`, with or without quotation marks.
    private static func value(_ bytes: [UInt8], after start: Int, _ end: Int) -> String? {
        var index = start
        while index < end, ASCII.isSpace(bytes[index]) { index += 1 }
        guard index < end, bytes[index] == 0x3D else { return nil }
        index += 1
        while index < end, ASCII.isSpace(bytes[index]) || bytes[index] == 0x22 || bytes[index] == 0x27 { index += 1 }
        let first = index
        while index < end, ASCII.isAlphanumeric(bytes[index]) || bytes[index] == 0x2D || bytes[index] == 0x5F {
            index += 1
        }
        return index > first ? ASCII.lowered(bytes[first..<index]) : nil
    }
}

/// How much of some bytes is multi-byte UTF-8, and how much is broken.
struct UTF8Faults {
    private(set) var count = 0
    /// Well-formed sequences of two bytes or more.
    private(set) var sequences = 0

    init(_ bytes: [UInt8]) {
        var index = readWords(bytes)
        while index < bytes.count { index &+= bytes[index] < 0x80 ? 1 : read(bytes, at: index) }
    }

    /// Reads eight bytes at a time as long as they are well-formed and below U+10000, and gives the index after the last
    /// whole character.
    ///
    /// The bits of all eight are asked at once: where a continuation stands must be just where the first bytes before
    /// want one.
    private mutating func readWords(_ bytes: [UInt8]) -> Int {
        let raw = unsafe bytes.span.bytes
        let highs: UInt64 = 0x8080_8080_8080_8080
        /// What the last word asks of the first bytes of this one.
        var wanted: UInt64 = 0
        var wantedAbove: UInt64 = 0
        var wantedBelow: UInt64 = 0
        var at = 0
        while at &+ 8 <= bytes.count {
            // In bounds by the condition; every bit pattern is a number.
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
            let high = word & highs
            if high == 0, wanted == 0 {
                at = ByteScan.firstHigh(in: bytes, from: at &+ 8, to: bytes.count)
                continue
            }
            let first = high & word << 1
            let ofThree = first & word << 2
            let e0 = UTF8Faults.places(of: 0xE0, word)
            let ed = UTF8Faults.places(of: 0xED, word)
            let faults =
                (high & ~first) ^ (wanted | first << 8 | ofThree << 16)
                // 0xE0 needs 0xA0 or more behind it, 0xED less; 0xC0 and 0xC1 begin nothing, 0xF0 is for others to read.
                | (wantedAbove | e0 << 8) & ~(word << 2) | (wantedBelow | ed << 8) & word << 2
                | UTF8Faults.places(of: 0xC0, word & 0xFEFE_FEFE_FEFE_FEFE) | ofThree & word << 3
            if faults != 0 { break }
            wanted = first >> 56 | ofThree >> 48
            wantedAbove = e0 >> 56
            wantedBelow = ed >> 56
            sequences &+= first.nonzeroBitCount
            at &+= 8
        }
        guard wanted != 0 else { return at }
        // The last character goes on: it is read again.
        sequences &-= 1
        return bytes[at &- 1] >= 0xC0 ? at &- 1 : at &- 2
    }

    /// The highest bit of each byte of a word that is that byte.
    private static func places(of byte: UInt8, _ word: UInt64) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((difference & low) &+ low) | difference | low)
    }

    /// Counts the sequence or fault that begins there, and gives its length.
    private mutating func read(_ bytes: [UInt8], at index: Int) -> Int {
        let length = UTF8Faults.length(bytes, at: index)
        if length == 0 { count += 1 } else { sequences += 1 }
        return max(1, length)
    }

    /// The length of the well-formed sequence that begins there; 0 when none does.
    private static func length(_ bytes: [UInt8], at index: Int) -> Int {
        let first = bytes[index]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard (0xC2...0xF4).contains(first), index &+ length <= bytes.count else { return 0 }
        var at = index &+ 1
        while at < index &+ length {
            if !ASCII.isContinuation(bytes[at]) { return 0 }
            at &+= 1
        }
        let second = bytes[index &+ 1]
        switch first {
        case 0xE0 where second < 0xA0, 0xED where second > 0x9F, 0xF0 where second < 0x90, 0xF4 where second > 0x8F:
            return 0
        default: return length
        }
    }
}
