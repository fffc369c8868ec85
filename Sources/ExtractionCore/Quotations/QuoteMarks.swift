// Pairs quotation marks paragraph by paragraph. Curly marks pair by their kind, straight ones by what stands
// beside them; an odd mark costs itself and nothing else.

/// A stretch between marks.
struct Quoted: Hashable, Sendable {
    /// The words without the marks.
    let range: TextRange
    /// Index of the block it stands in.
    let block: Int
    /// The mark that should end it is missing: the quotation goes on in the next paragraph.
    let isOpen: Bool
}

/// Every stretch between double quotation marks, or between single ones where a text uses those, in text order.
func findQuoted(in article: Article) -> [Quoted] {
    var found: [Quoted] = []
    for (index, block) in article.blocks.enumerated() where block.isRunningText || block.kind == .quote {
        var pairer = QuotePairer(bytes: article.text.bytes, block: index, range: block.range)
        found.append(contentsOf: pairer.pairs(single: false))
    }
    found = found.filter { !$0.isOpen || goesOn($0, in: article) }
    guard found.isEmpty else { return found }
    for (index, block) in article.blocks.enumerated() where block.isRunningText {
        var pairer = QuotePairer(bytes: article.text.bytes, block: index, range: block.range)
        found.append(contentsOf: pairer.pairs(single: true))
    }
    return found
}

/// Whether the next paragraph opens with a mark, as a quotation over several paragraphs does.
private func goesOn(_ stretch: Quoted, in article: Article) -> Bool {
    guard stretch.block + 1 < article.blocks.count else { return false }
    let bytes = article.text.bytes
    let start = article.blocks[stretch.block + 1].range.lower
    guard start < bytes.count else { return false }
    if bytes[start] == 0x22 { return true }
    return start + 2 < bytes.count && bytes[start] == 0xE2 && bytes[start + 1] == 0x80 && bytes[start + 2] == 0x9C
}

private struct QuotePairer {
    let bytes: [UInt8]
    let block: Int
    let range: TextRange
    private var found: [Quoted] = []

    init(bytes: [UInt8], block: Int, range: TextRange) {
        self.bytes = bytes
        self.block = block
        self.range = TextRange(min(range.lower, bytes.count), min(range.upper, bytes.count))
    }

    private enum Mark { case opening, closing, either }

    mutating func pairs(single: Bool) -> [Quoted] {
        var open: Int?
        var offset = range.lower
        while offset < range.upper {
            guard let (mark, length) = single ? singleMark(at: offset) : doubleMark(at: offset) else {
                offset += 1
                continue
            }
            if let start = open {
                if mark == .opening, !single {
                    // A second opening mark: the first was not closed. Keep the later one.
                    open = offset + length
                } else if mark != .opening {
                    add(start, offset, isOpen: false)
                    open = nil
                }
            } else if mark != .closing {
                open = offset + length
            }
            offset += length
        }
        if let open, !single { add(open, range.upper, isOpen: true) }
        return found
    }

    private mutating func add(_ start: Int, _ end: Int, isOpen: Bool) {
        var (start, end) = (start, end)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        guard end > start else { return }
        found.append(Quoted(range: TextRange(start, end), block: block, isOpen: isOpen))
    }

    private func doubleMark(at offset: Int) -> (Mark, Int)? {
        let byte = bytes[offset]
        if byte == 0x22 { return (straight(offset, 1), 1) }
        if byte == 0xC2, at(offset + 1) == 0xAB { return (.opening, 2) }
        if byte == 0xC2, at(offset + 1) == 0xBB { return (.closing, 2) }
        guard byte == 0xE2, at(offset + 1) == 0x80 else { return nil }
        return switch at(offset + 2) {
        case 0x9C, 0x9E, 0x9F: (.opening, 3)
        case 0x9D: (.closing, 3)
        default: nil
        }
    }

    /// A single mark, but not an apostrophe: that stands between letters or after an "s" without an opening mark.
    private func singleMark(at offset: Int) -> (Mark, Int)? {
        let byte = bytes[offset]
        if byte == 0xE2, at(offset + 1) == 0x80, at(offset + 2) == 0x98 { return (.opening, 3) }
        let length = byte == 0x27 ? 1 : byte == 0xE2 && at(offset + 1) == 0x80 && at(offset + 2) == 0x99 ? 3 : 0
        guard length > 0, at(offset - 1) != 0x27, at(offset + 1) != 0x27 else { return nil }
        let afterLetter = isLetter(at(offset - 1))
        let beforeLetter = isLetter(at(offset + length))
        if beforeLetter { return afterLetter || length == 3 ? nil : (.opening, 1) }
        return (.closing, length)
    }

    /// A straight mark opens after white space or a bracket and closes before white space or a mark.
    private func straight(_ offset: Int, _ length: Int) -> Mark {
        let before = offset > range.lower ? bytes[offset - 1] : 0x20
        let after = offset + length < range.upper ? bytes[offset + length] : 0x20
        let opens = before <= 0x20 || before == 0x28 || before == 0x5B || before == 0x2D || before == 0x94
        let closes = after <= 0x20 || after < 0x30 && after != 0x24 && after != 0x27 || after == 0x3B || after == 0x3F
        if opens == closes { return .either }
        return opens ? .opening : .closing
    }

    private func at(_ offset: Int) -> UInt8 { offset >= range.lower && offset < range.upper ? bytes[offset] : 0x20 }

    private func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0xC3 && byte != 0xE2
    }
}
