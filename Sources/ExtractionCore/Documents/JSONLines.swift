/// JSON Lines: one record of `{id?, title?, text | html, url?, published?}` a line.
enum JSONLines {
    /// A line of the document, blank ones left out.
    struct Line {
        let number: Int
        let range: Range<Int>
    }

    static func lines(of bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var index = 0
        var number = 0
        while index < bytes.count {
            var end = index
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            number += 1
            let range = ASCII.trimmed(bytes, index..<end)
            if !range.isEmpty { lines.append(Line(number: number, range: range)) }
            index = end + 1
        }
        return lines
    }

    static func isRecord(_ value: JSONValue) -> Bool {
        value["text"]?.string != nil || value["html"]?.string != nil || value["body"]?.string != nil
    }

    /// Whether one of the first lines is a record of its own.
    static func hasRecord(in bytes: [UInt8]) -> Bool {
        var index = 0
        for _ in 0..<20 where index < bytes.count {
            let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
            let line = ASCII.trimmed(bytes, index..<end)
            if !line.isEmpty, bytes[line.lowerBound] == 0x7B, let value = JSONValue(parsing: bytes[line]),
                isRecord(value)
            {
                return true
            }
            index = end + 1
        }
        return false
    }
}
