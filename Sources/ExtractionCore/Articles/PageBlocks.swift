// A page becomes an array of blocks: runs of text between the borders of block elements, each with its words, its
// linked words and its place in the tree. Everything after this works on the array.

/// A run of text of a page.
struct PageBlock: Sendable {
    /// In `PageBlocks.text`.
    var range: Range<Int>
    /// The innermost block element around it.
    var node: Int
    var kind: Block.Kind
    var isInTable: Bool
    /// Its element, or one around it, is marked as not shown.
    var isHidden: Bool
    var linkedWords: Int
    var counts: WordCounts

    var words: Int { counts.words }
    var linkShare: Float { words == 0 ? 1 : Float(linkedWords) / Float(words) }

    /// Words of running prose: sentences with few links.
    var prose: Float {
        guard words >= 10, counts.sentenceEnds > 0, linkShare < 0.35 else { return 0 }
        return Float(words) * (1 - linkShare)
    }
}

/// What one look at a run of text counts.
struct WordCounts: Sendable {
    /// Runs of letters and digits; scripts without blanks count a word for every two characters.
    var words = 0
    /// Words that begin with a capital.
    var capitals = 0
    var letters = 0
    var smallLetters = 0
    var digits = 0
    /// Marks that sentences end with, at the end of a word.
    var sentenceEnds = 0
    var commas = 0
    /// Marks that stand between links: `|`, `»`, `›`.
    var bars = 0
    var hasCopyright = false

    init(_ text: [UInt8], _ range: Range<Int>) {
        var isInWord = false
        var ideographs = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text[index]
            if byte == 0xC2 || byte == 0xE2 || byte == 0xE3 && index + 1 < range.upperBound && text[index + 1] == 0x80 {
                isInWord = countMark(text, index, range.upperBound) && isInWord
                index += byte == 0xC2 ? 2 : 3
                continue
            }
            let isWord = ASCII.isAlphanumeric(byte) || byte >= 0x80
            if isWord {
                if !isInWord {
                    words += 1
                    if ASCII.isUpper(byte) || byte == 0xC3 && index + 1 < range.upperBound && text[index + 1] < 0x9F {
                        capitals += 1
                    }
                }
                if ASCII.isLetter(byte) {
                    letters += 1
                    if byte >= 0x61 { smallLetters += 1 }
                } else if byte < 0x80 {
                    digits += 1
                } else if (0xE3...0xE9).contains(byte) {
                    ideographs += 1
                }
            } else if byte == 0x2E || byte == 0x21 || byte == 0x3F {
                if index + 1 >= range.upperBound || !ASCII.isAlphanumeric(text[index + 1]) { sentenceEnds += 1 }
            } else if byte == 0x2C {
                commas += 1
            } else if byte == 0x7C {
                bars += 1
            }
            isInWord = isWord
            index += 1
        }
        words += ideographs / 2
    }

    /// Counts a mark of several bytes; true for an apostrophe, which ends no word.
    private mutating func countMark(_ text: [UInt8], _ index: Int, _ end: Int) -> Bool {
        guard index + 1 < end else { return false }
        if text[index] == 0xC2 {
            if text[index + 1] == 0xA9 { hasCopyright = true } else if text[index + 1] == 0xBB { bars += 1 }
            return false
        }
        guard index + 2 < end, text[index + 1] == 0x80 else { return false }
        if text[index] == 0xE3 {
            if text[index + 2] == 0x82 { sentenceEnds += 1 }
            return false
        }
        if text[index + 2] == 0xBA { bars += 1 }
        return text[index + 2] == 0x99
    }
}

/// Cuts a page into blocks.
struct PageBlocks: Sendable {
    private(set) var text: [UInt8] = []
    private(set) var blocks: [PageBlock] = []

    private struct Open {
        let end: Int
        let node: Int
        let kind: Block.Kind
        let isLink: Bool
        let isBlock: Bool
        let isInTable: Bool
        let isHidden: Bool

        static let page = Open(
            end: .max, node: 0, kind: .paragraph, isLink: false, isBlock: true, isInTable: false, isHidden: false)
    }

    private var stack: [Open] = []
    private var start = 0
    private var linkedWords = 0
    private var linkStart: Int?
    private var breaks = 0

    init(_ tree: MarkupTree) {
        text.reserveCapacity(tree.bytes.count / 4)
        var index = 0
        while index < tree.nodes.count {
            while let last = stack.last, last.end <= index { leave(last) }
            let node = tree.nodes[index]
            if node.isText {
                append(tree.bytes, Int(node.start)..<Int(node.stop))
            } else if PageBlocks.isSkipped(node.tag) {
                index = Int(node.end)
                continue
            } else {
                enter(tree, index)
            }
            index += 1
        }
        while let last = stack.last { leave(last) }
        flush(.page)
    }

    /// The same for blocks of the same text, and nearly never for others: of length, beginning and end.
    func key(of block: PageBlock) -> UInt64 {
        let start = OddsTable.step(UInt64(block.range.count), 0)
        let head = text[block.range.prefix(64)].reduce(start, OddsTable.step)
        return block.range.count <= 64 ? head : text[block.range.suffix(64)].reduce(head, OddsTable.step)
    }

    /// What is no text at all.
    private static func isSkipped(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .script, .style, .noscript, .template, .svg, .math, .iframe, .object, .canvas, .head, .title, .select,
            .textarea, .button, .audio, .video, .input, .map, .embed:
            true
        default: false
        }
    }

    /// Pages that a script puts together later hold their text in such elements, so they are only marked.
    private static func isMarkedHidden(_ tree: MarkupTree, _ index: Int) -> Bool {
        let first = Int(tree.nodes[index].firstAttribute)
        for at in first..<first + Int(tree.nodes[index].attributeCount) {
            let name = tree.attributes[at].name
            let value = tree.attributes[at].value
            switch name.count {
            case 5 where ASCII.matches(Names.style, in: tree.bytes, name):
                if isNoDisplay(tree.bytes, value) { return true }
            case 6 where ASCII.matches(Names.hidden, in: tree.bytes, name): return true
            case 11 where ASCII.matches(Names.ariaHidden, in: tree.bytes, name):
                if ASCII.matches(Names.true, in: tree.bytes, value), tree.nodes[index].tag != .body { return true }
            default: break
            }
        }
        return false
    }

    private enum Names {
        static let style = Array("style".utf8)
        static let hidden = Array("hidden".utf8)
        static let ariaHidden = Array("aria-hidden".utf8)
        static let display = Array("display".utf8)
        static let `true` = Array("true".utf8)
    }

    private static func isNoDisplay(_ bytes: [UInt8], _ style: Range<Int>) -> Bool {
        guard let at = ASCII.find(Names.display, in: bytes, style) else { return false }
        return bytes[at + 7..<min(style.upperBound, at + 16)].filter { !ASCII.isSpace($0) }.starts(with: ":none".utf8)
    }

    private mutating func enter(_ tree: MarkupTree, _ index: Int) {
        let node = tree.nodes[index]
        let outer = stack.last ?? .page
        if node.tag == .br {
            breaks += 1
            if breaks >= 2 { flush(outer) } else { appendBlank() }
            return
        }
        if node.tag == .hr { return flush(outer) }
        let isBlock = !node.tag.isInline
        if isBlock { flush(outer) }
        let isLink = outer.isLink || node.tag == .a
        if isLink, linkStart == nil { linkStart = text.count }
        guard Int(node.end) > index + 1 else { return }
        stack.append(
            Open(
                end: Int(node.end), node: isBlock ? index : outer.node, kind: PageBlocks.kind(node.tag, outer.kind),
                isLink: isLink, isBlock: isBlock, isInTable: outer.isInTable || node.tag == .table,
                isHidden: outer.isHidden || PageBlocks.isMarkedHidden(tree, index)))
    }

    private static func kind(_ tag: HTMLTag, _ outer: Block.Kind) -> Block.Kind {
        if outer == .caption { return .caption }
        switch tag {
        case .h1, .h2, .h3, .h4, .h5, .h6: return .heading
        case .figcaption, .figure: return .caption
        case .blockquote, .q: return .quote
        case .li, .dt, .dd: return outer == .quote ? .quote : .listItem
        default: return outer
        }
    }

    private mutating func leave(_ open: Open) {
        stack.removeLast()
        if open.isLink, stack.last?.isLink != true, let from = linkStart {
            linkedWords += WordCounts(text, from..<text.count).words
            linkStart = nil
        }
        if open.isBlock { flush(open) }
    }

    /// Ends the run that stands in an element.
    private mutating func flush(_ open: Open) {
        if let from = linkStart {
            linkedWords += WordCounts(text, max(from, start)..<max(from, text.count)).words
            linkStart = text.count
        }
        let range = ASCII.trimmed(text, start..<text.count)
        if !range.isEmpty {
            let counts = WordCounts(text, range)
            if counts.words > 0 {
                // A figure may be the frame of a whole passage; a caption is short.
                let isPassage = open.kind == .caption && counts.words > 60 && counts.sentenceEnds > 2
                blocks.append(
                    PageBlock(
                        range: range, node: open.node, kind: isPassage ? .paragraph : open.kind,
                        isInTable: open.isInTable,
                        isHidden: open.isHidden, linkedWords: min(counts.words, linkedWords), counts: counts))
            }
        }
        start = text.count
        linkedWords = 0
        breaks = 0
    }

    private mutating func appendBlank() {
        if text.count > start, let last = text.last, last != 0x20 { text.append(0x20) }
    }

    /// White space folded; no-break spaces are blanks; soft hyphens and zero-width characters go.
    private mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        guard ASCII.hasByte(0x26, in: bytes, range) else { return appendFolded(bytes, range) }
        var decoded: [UInt8] = []
        CharacterReferences.append(bytes, range, to: &decoded)
        appendFolded(decoded, 0..<decoded.count)
    }

    private mutating func appendFolded(_ bytes: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte > 0x20, byte != 0xC2, byte != 0xE2 {
                let first = index
                while index < range.upperBound, bytes[index] > 0x20, bytes[index] != 0xC2, bytes[index] != 0xE2 {
                    index += 1
                }
                text += bytes[first..<index]
                breaks = 0
            } else if byte <= 0x20 {
                if ASCII.isSpace(byte) { appendBlank() }
                index += 1
            } else if byte == 0xC2, index + 1 < range.upperBound, bytes[index + 1] == 0xA0 || bytes[index + 1] == 0xAD {
                if bytes[index + 1] == 0xA0 { appendBlank() }
                index += 2
            } else if byte == 0xE2, index + 2 < range.upperBound, bytes[index + 1] == 0x80,
                (0x8B...0x8F).contains(bytes[index + 2])
            {
                index += 3
            } else {
                text.append(byte)
                breaks = 0
                index += 1
            }
        }
    }
}
