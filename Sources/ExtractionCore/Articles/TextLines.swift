// Plain text has no paragraphs, only lines. Three habits occur: a blank line between paragraphs, a paragraph a line,
// and lines wrapped by hand at some 72 columns. Which one it is shows in where the lines end: a wrapped line is one
// that the next line's first word would not have fitted on.

/// A paragraph, heading or caption before anybody knows which it is.
struct TextPiece: Hashable, Sendable {
    let range: Range<Int>
    /// Pieces with no blank line between them share a group.
    let group: Int
    let lines: Int
}

/// Cuts plain text into pieces.
struct TextLines {
    private let bytes: [UInt8]
    private var groups: [[Line]] = []

    private struct Line {
        let range: Range<Int>
        let isIndented: Bool
        let columns: Int
        let firstWordColumns: Int
    }

    /// The pieces in text order.
    static func pieces(of bytes: [UInt8]) -> [TextPiece] {
        var lines = TextLines(bytes)
        lines.split()
        return lines.pieces()
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func split() {
        var index = 0
        var group: [Line] = []
        while index < bytes.count {
            var end = index
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D, bytes[end] != 0x0C { end += 1 }
            if let line = line(index..<end) {
                group.append(line)
            } else if !group.isEmpty {
                groups.append(group)
                group = []
            }
            index = end + 1
            if end < bytes.count, bytes[end] == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
        }
        if !group.isEmpty { groups.append(group) }
    }

    /// Nil for a blank line.
    private func line(_ whole: Range<Int>) -> Line? {
        let range = withoutWireMarks(trimmed(whole))
        guard !range.isEmpty else { return nil }
        var columns = 0
        var firstWord = 0
        var isFirstWord = true
        for index in range where !ASCII.isContinuation(bytes[index]) {
            if ASCII.isSpace(bytes[index]) { isFirstWord = false }
            columns += 1
            if isFirstWord { firstWord += 1 }
        }
        let indent = range.lowerBound - whole.lowerBound
        let isTab = bytes[whole.lowerBound] == 0x09
        return Line(range: range, isIndented: indent >= 2 || isTab, columns: columns, firstWordColumns: firstWord)
    }

    /// "^Bridge closed<", "^By JANE DOE=": old wires mark their lines.
    private func withoutWireMarks(_ range: Range<Int>) -> Range<Int> {
        guard range.count >= 4, bytes[range.lowerBound] == 0x5E, let last = range.last,
            bytes[last] == 0x3C || bytes[last] == 0x3D
        else { return range }
        return ASCII.trimmed(bytes, range.lowerBound + 1..<last)
    }

    /// White space at the ends removed, no-break spaces too.
    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = ASCII.trimmed(bytes, range)
        while range.count >= 2, bytes[range.lowerBound] == 0xC2, bytes[range.lowerBound + 1] == 0xA0 {
            range = ASCII.trimmed(bytes, range.lowerBound + 2..<range.upperBound)
        }
        while range.count >= 2, bytes[range.upperBound - 2] == 0xC2, bytes[range.upperBound - 1] == 0xA0 {
            range = ASCII.trimmed(bytes, range.lowerBound..<range.upperBound - 2)
        }
        return range
    }

    private func pieces() -> [TextPiece] {
        let width = wrapWidth()
        var pieces: [TextPiece] = []
        for (number, group) in groups.enumerated() {
            var start = 0
            for index in group.indices {
                let isLast = index + 1 == group.count
                guard isLast || !continues(group[index], group[index + 1], width) else { continue }
                let range = group[start].range.lowerBound..<group[index].range.upperBound
                pieces.append(TextPiece(range: range, group: number, lines: index - start + 1))
                start = index + 1
            }
        }
        return pieces
    }

    /// The column at which the document's lines were wrapped; nil when they were not.
    private func wrapWidth() -> Int? {
        var breaks = 0
        var width = 0
        var long = 0
        var lines = 0
        for group in groups {
            breaks += group.count - 1
            for line in group {
                lines += 1
                if line.columns <= 110 { width = max(width, line.columns) } else { long += 1 }
            }
        }
        guard breaks >= 3, width >= 40, long * 20 <= lines else { return nil }
        var tight = 0
        for group in groups {
            for (line, next) in zip(group, group.dropFirst()) where isTight(line, next, width) { tight += 1 }
        }
        return tight * 10 >= breaks * 6 ? width : nil
    }

    /// Whether the next line's first word would hardly have fitted.
    private func isTight(_ line: Line, _ next: Line, _ width: Int) -> Bool {
        line.columns + 1 + next.firstWordColumns + 8 > width
    }

    /// Whether two lines belong to one paragraph.
    private func continues(_ line: Line, _ next: Line, _ width: Int?) -> Bool {
        if next.isIndented, !line.isIndented { return false }
        if beginsListItem(next.range) { return false }
        if endsInDash(line) { return true }
        let goesOn = ASCII.isLower(bytes[next.range.lowerBound]) && !TextMarks.isClosed(bytes, line.range)
        guard let width else { return goesOn && line.columns >= 30 }
        return isTight(line, next, width) || goesOn
    }

    /// A dateline on a line of its own: "OSLO, May 3 (Agency) -".
    private func endsInDash(_ line: Line) -> Bool {
        guard line.columns <= 80, line.range.count >= 4, let last = line.range.last else { return false }
        if bytes[last] == 0x2D {
            return ASCII.isSpace(bytes[last - 1]) || bytes[last - 1] == 0x2D && ASCII.isSpace(bytes[last - 2])
        }
        return ASCII.isSpace(bytes[max(0, last - 3)]) && bytes[last - 2] == 0xE2 && bytes[last - 1] == 0x80
            && (bytes[last] == 0x93 || bytes[last] == 0x94)
    }

    private func beginsListItem(_ range: Range<Int>) -> Bool { TextMarks.bulletEnd(bytes, range) != nil }
}

/// Questions about how a stretch of text begins and ends.
enum TextMarks {
    /// Whether it ends as a sentence does: by a full stop, question or exclamation mark, colon or ellipsis, in any
    /// script, before closing quotation marks and brackets.
    ///
    /// "He would not say. (Agency)" is closed, too: the signature after the sentence does not open it again.
    static func isClosed(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        if endsSentence(bytes, range) { return true }
        guard let last = range.last, bytes[last] == 0x29 else { return false }
        let tail = max(range.lowerBound, range.upperBound - 120)..<range.upperBound
        guard let open = bytes[tail].lastIndex(of: 0x28) else { return false }
        return endsSentence(bytes, ASCII.trimmed(bytes, range.lowerBound..<open))
    }

    private static func endsSentence(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound {
            let start = scalarStart(bytes, end, range.lowerBound)
            let scalar = Array(bytes[start..<end])
            if closers.contains(scalar) {
                end = start
                continue
            }
            return enders.contains(scalar)
        }
        return false
    }

    /// Whether a comma, semicolon or dash is last: the sentence goes on elsewhere.
    static func isOpenEnded(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard let last = range.last else { return false }
        if bytes[last] == 0x2C || bytes[last] == 0x3B || bytes[last] == 0x2D { return true }
        return range.count >= 3 && bytes[last - 2] == 0xE2 && bytes[last - 1] == 0x80
            && (bytes[last] == 0x93 || bytes[last] == 0x94)
    }

    private static func scalarStart(_ bytes: [UInt8], _ end: Int, _ lower: Int) -> Int {
        var start = end - 1
        while start > lower, ASCII.isContinuation(bytes[start]) { start -= 1 }
        return start
    }

    private static let closers = Set(
        ["\"", "'", ")", "]", "”", "’", "»", "“", "›", " ", "\u{A0}"].map { Array($0.utf8) })
    private static let enders = Set(
        [".", "!", "?", ":", "…", "。", "！", "？", "؟", "۔", "।", "："].map { Array($0.utf8) })

    /// Where the words after a bullet or item number begin; nil when there is none.
    static func bulletEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let start = range.lowerBound
        guard range.count >= 3 else { return nil }
        if bytes[start] == 0x2D || bytes[start] == 0x2A, bytes[start + 1] == 0x20 { return start + 2 }
        if range.count >= 4, bytes[start] == 0xE2, bytes[start + 1] == 0x80, bytes[start + 2] == 0xA2 {
            return bytes[start + 3] == 0x20 ? start + 4 : start + 3
        }
        var index = start
        while index < range.upperBound, index < start + 3, ASCII.isDigit(bytes[index]) { index += 1 }
        guard index > start, index < start + 3, index + 1 < range.upperBound else { return nil }
        return (bytes[index] == 0x2E || bytes[index] == 0x29) && bytes[index + 1] == 0x20 ? index + 2 : nil
    }

    /// The words of a range, cut at white space.
    static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            while index < range.upperBound, ASCII.isSpace(bytes[index]) { index += 1 }
            let start = index
            while index < range.upperBound, !ASCII.isSpace(bytes[index]) { index += 1 }
            if index > start { words.append(start..<index) }
        }
        return words
    }
}
