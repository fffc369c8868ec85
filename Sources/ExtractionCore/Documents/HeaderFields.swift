/// Header lines as HTTP and WARC write them: `Name: value`, up to a blank line.
struct HeaderFields {
    /// What stands before the first field, such as `HTTP/1.1 200 OK`.
    let start: String
    /// How many bytes they take, the blank line included.
    let count: Int
    private var fields: [(name: String, value: String)] = []

    /// Nil when the blank line is not among the bytes.
    init?(_ bytes: [UInt8], from first: Int = 0) {
        var lines: [Range<Int>] = []
        var at = first
        while true {
            let end = ByteScan.first(0x0A, in: bytes, from: at, to: bytes.count)
            guard end < bytes.count else { return nil }
            let line = ASCII.trimmed(bytes, at..<end)
            let isFolded = !line.isEmpty && (bytes[at] == 0x20 || bytes[at] == 0x09)
            at = end + 1
            if line.isEmpty { break }
            // A folded line belongs to the field before it, of which only the first line matters here.
            if !isFolded || lines.isEmpty { lines.append(line) }
        }
        count = at - first
        start = lines.first.map { HeaderFields.text(bytes, $0) } ?? ""
        for line in lines.dropFirst().prefix(200) {
            let colon = ByteScan.first(0x3A, in: bytes, from: line.lowerBound, to: line.upperBound)
            guard colon < line.upperBound else { continue }
            let name = ASCII.lowered(bytes[ASCII.trimmed(bytes, line.lowerBound..<colon)])
            fields.append((name, HeaderFields.text(bytes, ASCII.trimmed(bytes, colon + 1..<line.upperBound))))
        }
    }

    /// The first field of that lower-case name.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    private static func text(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        String(decoding: bytes[range.prefix(8192)], as: UTF8.self)
    }
}

extension HeaderFields {
    /// `text/html; charset=utf-8`, taken apart.
    var contentType: (name: String?, charset: String?) {
        let parts = (self["content-type"] ?? "").split(separator: ";").map { ASCII.trimmed(String($0)) }
        let name = parts.first.map { ASCII.lowered($0.utf8) }
        for part in parts.dropFirst() where ASCII.lowered(part.utf8).hasPrefix("charset=") {
            let charset = part.dropFirst(8).filter { $0 != "\"" && $0 != "'" && $0 != " " }
            return (name, charset.isEmpty ? nil : charset)
        }
        return (name, nil)
    }
}
