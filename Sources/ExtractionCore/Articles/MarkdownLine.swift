/// What a line of Markdown is by itself, without blanks at its ends.
enum MarkdownLine {
    /// "## Words ##"
    static func heading(_ bytes: [UInt8], _ line: Range<Int>) -> (words: Range<Int>, level: Int)? {
        var end = line.lowerBound
        while end < line.upperBound, bytes[end] == 0x23 { end += 1 }
        let level = end - line.lowerBound
        guard (1...6).contains(level), end == line.upperBound || ASCII.isSpace(bytes[end]) else { return nil }
        var words = ASCII.trimmed(bytes, end..<line.upperBound)
        // Closing marks after a blank.
        var close = words.upperBound
        while close > words.lowerBound, bytes[close - 1] == 0x23 { close -= 1 }
        if close < words.upperBound, close == words.lowerBound || ASCII.isSpace(bytes[close - 1]) {
            words = ASCII.trimmed(bytes, words.lowerBound..<close)
        }
        return (words, level)
    }

    /// The level of the heading that a line of `=` or `-` makes of the lines above.
    static func underline(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
        guard let first = line.first, bytes[first] == 0x3D || bytes[first] == 0x2D, line.count >= 2,
            bytes[line].allSatisfy({ $0 == bytes[first] })
        else { return nil }
        return bytes[first] == 0x3D ? 1 : 2
    }

    /// "***", "- - -"
    static func isRule(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard let first = line.first, [0x2D, 0x2A, 0x5F].contains(bytes[first]) else { return false }
        var count = 0
        for at in line {
            if bytes[at] == bytes[first] { count += 1 } else if !ASCII.isSpace(bytes[at]) { return false }
        }
        return count >= 3
    }

    /// After the colon of `[label]:`.
    private static func labelEnd(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
        guard let first = line.first, bytes[first] == 0x5B,
            let close = bytes[line.prefix(200)].firstIndex(of: 0x5D), close + 1 < line.upperBound,
            bytes[close + 1] == 0x3A
        else { return nil }
        return close + 2
    }

    /// `[1]: https://example.org "Title"`
    static func isDefinition(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard let end = labelEnd(bytes, line), bytes[line.lowerBound + 1] != 0x5E else { return false }
        let target = bytes[ASCII.trimmed(bytes, end..<line.upperBound)]
        return ["http", "<", "/", "#", "mailto:", "."].contains { target.starts(with: $0.utf8) }
    }

    /// The words of `[^1]: The council's minutes.`
    static func footnote(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int>? {
        guard let end = labelEnd(bytes, line), bytes[line.lowerBound + 1] == 0x5E else { return nil }
        return ASCII.trimmed(bytes, end..<line.upperBound)
    }

    /// "```swift"
    static func fence(_ bytes: [UInt8], _ line: Range<Int>) -> (mark: UInt8, count: Int)? {
        guard let first = line.first, bytes[first] == 0x60 || bytes[first] == 0x7E else { return nil }
        var end = first
        while end < line.upperBound, bytes[end] == bytes[first] { end += 1 }
        guard end - first >= 3, !(bytes[first] == 0x60 && bytes[end..<line.upperBound].contains(0x60)) else {
            return nil
        }
        return (bytes[first], end - first)
    }

    /// A block element or a comment.
    static func beginsHTML(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard let first = line.first, bytes[first] == 0x3C, first + 1 < line.upperBound else { return false }
        if bytes[first + 1] == 0x21 { return true }
        var name = first + 1
        if bytes[name] == 0x2F { name += 1 }
        var end = name
        while end < line.upperBound, ASCII.isAlphanumeric(bytes[end]) { end += 1 }
        let tag = HTMLTag(bytes, name..<end)
        return tag != .unknown && (!tag.isInline || tag == .img)
    }
}
