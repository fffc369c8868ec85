// Two faults run through a whole document and are mended before it is read: control characters, which XML forbids, and
// UTF-8 that somebody took for windows-1252 and encoded once more.

/// Mends the text of a feed before it is read.
enum FeedMending {
    static func mended(_ bytes: [UInt8]) -> (bytes: [UInt8], notes: [String]) {
        var bytes = bytes
        var notes: [String] = []
        if ByteScan.firstControl(in: bytes, from: 0, to: bytes.count) < bytes.count {
            bytes.removeAll { $0 < 0x20 && !ASCII.isSpace($0) }
            notes.append("control characters left out")
        }
        if let decoded = decodedTwice(bytes) {
            bytes = decoded
            notes.append("encoded twice")
        }
        return (bytes, notes)
    }

    // MARK: encoded twice

    /// The text decoded once more when nearly all that is not ASCII in it was encoded twice, and that for more than one character.
    static func decodedTwice(_ bytes: [UInt8]) -> [UInt8]? {
        var runs = 0
        var doubled = 0
        var characters = 0
        var index = ByteScan.firstHigh(in: bytes, from: 0, to: bytes.count)
        while index < bytes.count {
            let end = endOfRun(bytes, index)
            runs += 1
            if let run = decodedRun(bytes, index..<end) {
                doubled += 1
                characters += UTF8Faults(run).sequences
            }
            if runs >= 32, doubled * 5 < runs * 4 { return nil }
            index = ByteScan.firstHigh(in: bytes, from: end, to: bytes.count)
        }
        guard characters >= 2, doubled * 5 >= runs * 4 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        index = 0
        while index < bytes.count {
            let start = ByteScan.firstHigh(in: bytes, from: index, to: bytes.count)
            out += bytes[index..<start]
            index = start < bytes.count ? endOfRun(bytes, start) : start
            out += decodedRun(bytes, start..<index) ?? Array(bytes[start..<index])
        }
        return out
    }

    private static func endOfRun(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] >= 0x80 { end += 1 }
        return end
    }

    /// The bytes that the characters of a run are in windows-1252, when these are UTF-8.
    private static func decodedRun(_ bytes: [UInt8], _ run: Range<Int>) -> [UInt8]? {
        // What begins a character in UTF-8 is a letter from Â to ô in windows-1252.
        guard run.count >= 4, bytes[run.lowerBound] == 0xC3, (0x82...0xB4).contains(bytes[run.lowerBound + 1]) else {
            return nil
        }
        var out: [UInt8] = []
        for scalar in String(decoding: bytes[run], as: UTF8.self).unicodeScalars {
            guard let byte = windows1252Byte(scalar.value) else { return nil }
            out.append(byte)
        }
        return UTF8Faults(out).count == 0 ? out : nil
    }

    /// The five positions that windows-1252 leaves open are the controls of the same number.
    private static func windows1252Byte(_ scalar: UInt32) -> UInt8? {
        if (0x80..<0x100).contains(scalar) { return UInt8(scalar) }
        return CharsetTable.windows1252.prefix(32).firstIndex(of: scalar).map { UInt8(0x80 + $0) }
    }
}
