/// The lines of keys and values above a Markdown text, between `---` lines (YAML) or `+++` lines (TOML).
struct FrontMatter {
    /// Keys in lower case, each with its values.
    private(set) var values: [String: [String]] = [:]
    /// Where the text begins; 0 without front matter.
    private(set) var end = 0

    private static let lineLimit = 400

    /// The key that the lines read belong to.
    private var key: String?
    private var isBlock = false

    init(_ bytes: [UInt8]) {
        guard let mark = FrontMatter.mark(bytes) else { return }
        var index = FrontMatter.nextLine(bytes, 0)
        for _ in 0..<FrontMatter.lineLimit where index < bytes.count {
            let next = FrontMatter.nextLine(bytes, index)
            let line = ASCII.trimmed(bytes, index..<next)
            if FrontMatter.isFence(bytes, index, line, mark) {
                end = next
                return
            }
            let isIndented = bytes[index] == 0x20 || bytes[index] == 0x09
            guard line.isEmpty || bytes[line.lowerBound] == 0x23 || take(bytes, line, isIndented, mark) else { break }
            index = next
        }
        // Rules stand around something else, or nothing ends it.
        values = [:]
    }

    /// False for a line that is none of front matter's.
    private mutating func take(_ bytes: [UInt8], _ line: Range<Int>, _ isIndented: Bool, _ mark: UInt8) -> Bool {
        if let key, bytes[line.lowerBound] == 0x2D, line.count > 1, bytes[line.lowerBound + 1] == 0x20 {
            values[key, default: []] += FrontMatter.scalars(bytes, line.lowerBound + 1..<line.upperBound)
            return true
        }
        if isIndented {
            if let key { takeIndented(bytes, line, key, mark) }
            return true
        }
        guard let (name, value) = FrontMatter.pair(bytes, line, mark) else { return false }
        key = name
        isBlock = bytes[value].first == 0x3E || bytes[value].first == 0x7C
        if !isBlock, !value.isEmpty, values[name] == nil { values[name] = FrontMatter.scalars(bytes, value) }
        return true
    }

    /// A line of a text over several lines, or the name below `author:`.
    private mutating func takeIndented(_ bytes: [UInt8], _ line: Range<Int>, _ key: String, _ mark: UInt8) {
        if isBlock {
            let words = String(decoding: bytes[line], as: UTF8.self)
            values[key] = [[values[key]?.first, words].compactMap { $0 }.joined(separator: " ")]
        } else if values[key] == nil, let (inner, value) = FrontMatter.pair(bytes, line, mark),
            inner == "name" || inner == "text"
        {
            values[key] = FrontMatter.scalars(bytes, value)
        }
    }

    /// The first value of the first key that has one.
    func first(_ keys: String...) -> String? {
        for key in keys { if let value = values[key]?.first(where: { !$0.isEmpty }) { return value } }
        return nil
    }

    func all(_ keys: String...) -> [String] {
        for key in keys { if let found = values[key]?.filter({ !$0.isEmpty }), !found.isEmpty { return found } }
        return []
    }

    private static func mark(_ bytes: [UInt8]) -> UInt8? {
        let line = ASCII.trimmed(bytes, 0..<nextLine(bytes, 0))
        guard line.lowerBound == 0, line.count == 3, let first = bytes.first, first == 0x2D || first == 0x2B,
            bytes[line].allSatisfy({ $0 == first })
        else { return nil }
        return first
    }

    private static func isFence(_ bytes: [UInt8], _ start: Int, _ line: Range<Int>, _ mark: UInt8) -> Bool {
        guard line.lowerBound == start, line.count == 3 else { return false }
        return bytes[line].allSatisfy { $0 == mark } || mark == 0x2D && bytes[line].allSatisfy { $0 == 0x2E }
    }

    private static func nextLine(_ bytes: [UInt8], _ start: Int) -> Int {
        min(bytes.count, ByteScan.first(0x0A, in: bytes, from: start, to: bytes.count) + 1)
    }

    private static func pair(_ bytes: [UInt8], _ line: Range<Int>, _ mark: UInt8) -> (String, Range<Int>)? {
        let parting: UInt8 = mark == 0x2D ? 0x3A : 0x3D
        guard let at = bytes[line].firstIndex(of: parting), at > line.lowerBound, at - line.lowerBound <= 60 else {
            return nil
        }
        let name = ASCII.trimmed(bytes, line.lowerBound..<at)
        let isName = bytes[name].allSatisfy {
            ASCII.isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E || $0 == 0x20 || $0 == 0x22
        }
        // "https://…" is no key.
        guard isName, !(parting == 0x3A && bytes[at...].starts(with: "://".utf8)) else { return nil }
        let key = ASCII.lowered(bytes[name].filter { $0 != 0x22 }).replacing("-", with: "_")
        return (key, ASCII.trimmed(bytes, at + 1..<line.upperBound))
    }

    /// One value, or those of `[a, b]`, without quotation marks.
    private static func scalars(_ bytes: [UInt8], _ range: Range<Int>) -> [String] {
        let range = ASCII.trimmed(bytes, range)
        guard let first = range.first else { return [] }
        if bytes[first] == 0x5B, bytes[range.upperBound - 1] == 0x5D, range.count >= 2 {
            return split(bytes, first + 1..<range.upperBound - 1).map { scalar(bytes, $0) }.filter { !$0.isEmpty }
        }
        return [scalar(bytes, range)]
    }

    /// At commas outside quotation marks.
    private static func split(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var quote: UInt8?
        for index in range {
            let byte = bytes[index]
            if byte == quote { quote = nil } else if quote == nil, byte == 0x22 || byte == 0x27 { quote = byte }
            if byte == 0x2C, quote == nil {
                parts.append(start..<index)
                start = index + 1
            }
        }
        return parts + [start..<range.upperBound]
    }

    private static func scalar(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        var range = ASCII.trimmed(bytes, range)
        guard let first = range.first, bytes[first] == 0x22 || bytes[first] == 0x27 else {
            // A comment may follow.
            if let mark = ASCII.find(" #", in: bytes, range) { range = range.lowerBound..<mark }
            return String(decoding: bytes[ASCII.trimmed(bytes, range)], as: UTF8.self)
        }
        var out: [UInt8] = []
        var index = first + 1
        while index < range.upperBound {
            if bytes[index] == bytes[first] {
                // A doubled mark is one, in single quotation marks.
                guard bytes[first] == 0x27, index + 1 < range.upperBound, bytes[index + 1] == 0x27 else { break }
                index += 1
            } else if bytes[index] == 0x5C, bytes[first] == 0x22, index + 1 < range.upperBound {
                index += 1
            }
            out.append(bytes[index])
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}
