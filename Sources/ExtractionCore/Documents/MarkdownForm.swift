/// Whether a text is written in Markdown, though nobody says so.
///
/// A single mark is no sign: plain text has stars, dashes and numbers of its own. It takes marks of two kinds, or front
/// matter, and one of them must be a heading.
struct MarkdownForm {
    let isMarkdown: Bool

    private static let head = 1 << 14

    static func isNamed(_ mediaType: String?, _ name: String) -> Bool {
        mediaType == "text/markdown" || mediaType == "text/x-markdown" || name.hasSuffix(".md")
            || name.hasSuffix(".markdown")
    }

    /// A whole HTML page under a wrong name.
    static func isPage(_ bytes: [UInt8], _ start: Int) -> Bool {
        let head = start..<min(bytes.count, start + 14)
        return ASCII.find("<!doctype html", in: bytes, head) == start || ASCII.find("<html", in: bytes, head) == start
    }

    init(_ bytes: [UInt8], from start: Int) {
        let head = start..<min(bytes.count, start + MarkdownForm.head)
        if bytes[start...].starts(with: "---".utf8) {
            isMarkdown = MarkdownForm.hasFrontMatter(bytes, head)
        } else {
            // Most texts have no heading.
            isMarkdown = ASCII.hasByte(0x23, in: bytes, head) && MarkdownForm.hasMarks(bytes, head)
        }
    }

    /// Two keys at least between two rules.
    private static func hasFrontMatter(_ bytes: [UInt8], _ head: Range<Int>) -> Bool {
        var keys = 0
        var isFirst = true
        return firstLine(bytes, head) { whole, words in
            if isFirst {
                isFirst = false
                return isFence(bytes, words) ? nil : false
            }
            if isFence(bytes, words) { return keys >= 2 }
            if isKey(bytes, words) {
                keys += 1
                return nil
            }
            // Items and continued lines.
            let first = bytes[whole.lowerBound]
            return words.isEmpty || first == 0x20 || first == 0x2D ? nil : false
        } ?? false
    }

    /// A heading and another mark, or three headings; comments in a program have no empty lines around them.
    private static func hasMarks(_ bytes: [UInt8], _ head: Range<Int>) -> Bool {
        var headings = 0
        var others = 0
        var isAfterBlank = true
        var mayBeHeading = false
        return firstLine(bytes, head) { whole, words in
            if words.isEmpty, mayBeHeading { headings += 1 }
            mayBeHeading = isAfterBlank && words.lowerBound == whole.lowerBound && isHeading(bytes, words)
            others += marks(bytes, words)
            isAfterBlank = words.isEmpty
            return headings >= 1 && others >= 1 || headings >= 3 ? true : nil
        } ?? false
    }

    /// The first answer that a line gives.
    private static func firstLine(
        _ bytes: [UInt8], _ head: Range<Int>, _ body: (_ whole: Range<Int>, _ words: Range<Int>) -> Bool?
    ) -> Bool? {
        var index = head.lowerBound
        while index < head.upperBound {
            let end = ByteScan.first(0x0A, in: bytes, from: index, to: head.upperBound)
            if let answer = body(index..<end, ASCII.trimmed(bytes, index..<end)) { return answer }
            index = end + 1
        }
        return nil
    }

    private static func isFence(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        line.count == 3 && bytes[line].allSatisfy { $0 == 0x2D }
    }

    private static func isKey(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard let colon = bytes[line.prefix(40)].firstIndex(of: 0x3A), colon > line.lowerBound else { return false }
        return bytes[line.lowerBound..<colon].allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x5F || $0 == 0x2D }
    }

    /// "## Words", not "#tag" and not "# 1".
    private static func isHeading(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        var end = line.lowerBound
        while end < line.upperBound, bytes[end] == 0x23 { end += 1 }
        let level = end - line.lowerBound
        guard (1...6).contains(level), end + 2 < line.upperBound, bytes[end] == 0x20 else { return false }
        return ASCII.isLetter(bytes[end + 1]) || bytes[end + 1] >= 0x80 || bytes[end + 1] == 0x2A
            || bytes[end + 1] == 0x5B
    }

    /// Links with addresses, pictures, pairs of stars around words, fences of code.
    private static func marks(_ bytes: [UInt8], _ line: Range<Int>) -> Int {
        if bytes[line].starts(with: "```".utf8) { return 1 }
        var count = 0
        if ASCII.find("](http", in: bytes, line) != nil || ASCII.find("](/", in: bytes, line) != nil { count += 1 }
        if let open = ASCII.find("**", in: bytes, line), open + 3 < line.upperBound, !ASCII.isSpace(bytes[open + 2]),
            ASCII.find("**", in: bytes, open + 3..<line.upperBound) != nil
        {
            count += 1
        }
        return count
    }
}
