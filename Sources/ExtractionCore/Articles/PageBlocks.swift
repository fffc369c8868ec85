// A page becomes an array of blocks: runs of text between the borders of block elements, each with its words, its
// linked words and its place in the tree. Everything after this works on the array.

/// A run of text of a page.
struct PageBlock: Sendable {
    /// In `PageBlocks.text`.
    var range: Range<Int>
    /// Its words in `PageBlocks.words`.
    var wordRange: Range<Int>
    /// The innermost block element around it.
    var node: Int
    var kind: Block.Kind
    var isInTable: Bool
    /// Its element, or one around it, is marked as not shown.
    var isHidden: Bool
    var linkedWords: Int
    /// Words in `b` and `strong`.
    var boldWords: Int
    /// A picture stands between it and the block before.
    var followsImage: Bool
    var counts: WordCounts

    var words: Int { counts.words }
    var linkShare: Float { words == 0 ? 1 : Float(linkedWords) / Float(words) }

    /// Words of running prose: sentences with few links.
    var prose: Float {
        guard words >= 10, counts.sentenceEnds > 0, linkShare < 0.35 else { return 0 }
        return Float(words) * (1 - linkShare)
    }
}

/// Cuts a page into blocks.
struct PageBlocks: Sendable {
    private(set) var text: [UInt8] = []
    private(set) var words = PageWords()
    private(set) var blocks: [PageBlock] = []

    private struct Open {
        var end = Int32.max
        var node: Int32 = 0
        var kind = Block.Kind.paragraph
        var isLink = false
        var isBold = false
        var isBlock = true
        var isInTable = false
        var isHidden = false
        var isInArticle = false
    }

    /// The elements around the place that is read; the page itself is the first.
    private var stack = [Open()]
    private var start = 0
    /// The links and the bold stretches of the block that is read.
    private var links: [Range<Int>] = []
    private var linkStart: Int?
    private var bolds: [Range<Int>] = []
    private var boldStart: Int?
    private var hasImage = false
    /// One stands behind the first words of the block that is read.
    private var hasLaterImage = false
    private var breaks = 0
    private var hasLeftOut = false

    /// The site's menus and its footer are left out, unless hardly anything else has prose.
    init(_ tree: MarkupTree) {
        read(tree, withMenus: false)
        guard !blocks.contains(where: { $0.prose > 0 }), hasLeftOut else { return }
        self = PageBlocks()
        read(tree, withMenus: true)
    }

    private init() {}

    private mutating func read(_ tree: MarkupTree, withMenus: Bool) {
        text.reserveCapacity(tree.bytes.count / 4)
        words.reserve(tree.bytes.count / 32)
        var index = 0
        while index < tree.nodes.count {
            while stack.count > 1, stack[stack.count - 1].end <= index { leave() }
            let node = tree.nodes[index]
            if node.isText {
                append(tree.bytes, node.text)
            } else if PageBlocks.isSkipped(node.tag) {
                index = Int(node.end)
                continue
            } else if !withMenus, isMenu(tree, index) {
                hasLeftOut = true
                flush(stack[stack.count - 1])
                index = Int(node.end)
                continue
            } else {
                enter(tree, index)
            }
            index += 1
        }
        while stack.count > 1 { leave() }
        flush(stack[0])
    }

    /// A menu, or a footer that is not an article's own: no sentence of 5,000 elements stood in a text. One that holds
    /// much of the page was never closed.
    private func isMenu(_ tree: MarkupTree, _ index: Int) -> Bool {
        let node = tree.nodes[index]
        switch node.tag {
        case .nav: break
        case .footer: if stack[stack.count - 1].isInArticle { return false }
        default:
            guard node.has(.role), let role = tree.rawAttribute(.role, of: index),
                ASCII.matches("navigation", in: tree.bytes, role)
            else { return false }
        }
        return (Int(node.end) - index) * 3 < tree.nodes.count
    }

    /// The same for blocks of the same words, and nearly never for others: of their number, the first and the last.
    func key(of block: PageBlock) -> UInt64 {
        let all = words.hashes[block.wordRange]
        let head = all.prefix(16).reduce(UInt64(block.range.count), PageWords.join)
        return all.count <= 16 ? head : all.dropFirst(16).suffix(16).reduce(head, PageWords.join)
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
        let node = tree.nodes[index]
        guard node.attributeNames & hiding != 0 else { return false }
        if node.has(.hidden) { return true }
        if node.has(.ariaHidden), node.tag != .body, let value = tree.rawAttribute(.ariaHidden, of: index),
            ASCII.matches("true", in: tree.bytes, value)
        {
            return true
        }
        return tree.rawAttribute(.style, of: index).map { isNoDisplay(tree.bytes, $0) } ?? false
    }

    private static let hiding = AttributeName.hidden.bit | AttributeName.ariaHidden.bit | AttributeName.style.bit

    private static func isNoDisplay(_ bytes: [UInt8], _ style: Range<Int>) -> Bool {
        says("display", ":none", bytes, style) || says("visibility", ":hidden", bytes, style)
    }

    private static func says(_ name: StaticString, _ value: String, _ bytes: [UInt8], _ style: Range<Int>) -> Bool {
        guard let at = ASCII.find(name, in: bytes, style) else { return false }
        let rest = bytes[at + name.utf8CodeUnitCount..<min(style.upperBound, at + name.utf8CodeUnitCount + 12)]
        return rest.filter { !ASCII.isSpace($0) }.starts(with: value.utf8)
    }

    private mutating func enter(_ tree: MarkupTree, _ index: Int) {
        let node = tree.nodes[index]
        let outer = stack[stack.count - 1]
        if node.tag == .br {
            breaks += 1
            if breaks >= 2 { flush(outer) } else { appendBlank() }
            return
        }
        if node.tag == .hr { return flush(outer) }
        if node.tag == .img || node.tag == .ampimg {
            if text.count > start { hasLaterImage = true } else { hasImage = true }
        }
        let isBlock = !node.tag.isInline
        if isBlock { flush(outer) }
        guard Int(node.end) > index + 1 else { return }
        // An anchor without an address is a place, no link.
        let isLink = outer.isLink || node.tag == .a && node.has(.href)
        if isLink, linkStart == nil { linkStart = text.count }
        let isBold = outer.isBold || node.tag == .b || node.tag == .strong
        if isBold, boldStart == nil { boldStart = text.count }
        stack.append(
            Open(
                end: node.end, node: isBlock ? Int32(truncatingIfNeeded: index) : outer.node,
                kind: PageBlocks.kind(node.tag, outer.kind),
                isLink: isLink, isBold: isBold, isBlock: isBlock, isInTable: outer.isInTable || node.tag == .table,
                isHidden: outer.isHidden || PageBlocks.isMarkedHidden(tree, index),
                isInArticle: outer.isInArticle || node.tag == .article || node.tag == .main))
    }

    private static func kind(_ tag: HTMLTag, _ outer: Block.Kind) -> Block.Kind {
        if outer == .caption { return .caption }
        switch tag {
        case .h1, .h2, .h3, .h4, .h5, .h6: return .heading
        case .figcaption, .figure: return .caption
        case .blockquote, .q: return .quote
        case .li, .dt, .dd: return outer == .quote ? .quote : .listItem
        // A heading that was never closed has paragraphs in it.
        case .p, .table, .ul, .ol, .dl, .section, .article: return outer == .heading ? .paragraph : outer
        default: return outer
        }
    }

    private mutating func leave() {
        let open = stack.removeLast()
        if open.isLink, !stack[stack.count - 1].isLink, let from = linkStart {
            if from < text.count { links.append(from..<text.count) }
            linkStart = nil
        }
        if open.isBold, !stack[stack.count - 1].isBold, let from = boldStart {
            if from < text.count { bolds.append(from..<text.count) }
            boldStart = nil
        }
        if open.isBlock { flush(open) }
    }

    /// Ends the run that stands in an element.
    private mutating func flush(_ open: Open) {
        if text.count > start { take(open) }
        start = text.count
        if linkStart != nil { linkStart = start }
        if boldStart != nil { boldStart = start }
        breaks = 0
    }

    private mutating func take(_ open: Open) {
        if let from = linkStart, from < text.count { links.append(from..<text.count) }
        if let from = boldStart, from < text.count { bolds.append(from..<text.count) }
        let range = ASCII.trimmed(text, start..<text.count)
        let first = words.hashes.count
        let counts = words.append(text, range)
        if counts.words > 0 {
            let wordRange = first..<words.hashes.count
            // A figure may be the frame of a whole passage, and prose may be set like a heading.
            let isPassage =
                open.kind == .caption && counts.words > 60 && counts.sentenceEnds > 2
                || open.kind == .heading && counts.words > 24 && counts.sentenceEnds > 0
            blocks.append(
                PageBlock(
                    range: range, wordRange: wordRange, node: Int(open.node), kind: isPassage ? .paragraph : open.kind,
                    isInTable: open.isInTable, isHidden: open.isHidden,
                    linkedWords: share(words.count(wordRange, startingIn: links), counts, wordRange),
                    boldWords: share(words.count(wordRange, startingIn: bolds), counts, wordRange),
                    followsImage: hasImage, counts: counts))
            hasImage = false
        }
        hasImage = hasImage || hasLaterImage
        hasLaterImage = false
        links.removeAll(keepingCapacity: true)
        bolds.removeAll(keepingCapacity: true)
    }

    /// Scripts without blanks have more words than runs of letters.
    private func share(_ found: Int, _ counts: WordCounts, _ runs: Range<Int>) -> Int {
        found == runs.count ? counts.words : found * counts.words / max(1, runs.count)
    }

    private mutating func appendBlank() {
        if text.count > start, let last = text.last, last != 0x20 { text.append(0x20) }
    }

    /// White space folded; no-break spaces are blanks; soft hyphens and zero-width characters go.
    private mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        // Most white space is the indentation of the markup.
        var first = range.lowerBound
        while first < range.upperBound, ASCII.isSpace(bytes[first]) { first &+= 1 }
        if first > range.lowerBound { appendBlank() }
        guard first < range.upperBound else { return }
        let start = text.count
        if ASCII.hasByte(0x26, in: bytes, first..<range.upperBound) {
            CharacterReferences.append(bytes, first..<range.upperBound, to: &text)
        } else {
            text += bytes[first..<range.upperBound]
        }
        fold(from: start)
        if text.count > start + 1 || text.count == start + 1 && text[start] != 0x20 { breaks = 0 }
    }

    /// Folds what was appended, in place: it only gets shorter.
    private mutating func fold(from start: Int) {
        // A blank at the start of a run, or after a blank, is none.
        let isBlank = start == self.start || text[start - 1] == 0x20
        let count = PageBlocks.folded(&text, from: start, isBlank)
        text.removeLast(text.count - count)
    }

    /// The number of bytes that are left.
    private static func folded(_ bytes: inout [UInt8], from start: Int, _ isBlank: Bool) -> Int {
        var text = bytes.mutableSpan
        let count = text.count
        var isBlank = isBlank
        var target = start
        var index = start
        while index < count {
            let byte = text[index]
            index &+= 1
            if byte > 0x20, byte != 0xC2, byte != 0xE2 {
                text[target] = byte
                target &+= 1
                isBlank = false
                continue
            }
            var isSpace = ASCII.isSpace(byte)
            if byte == 0xC2, index < count, text[index] == 0xA0 || text[index] == 0xAD {
                isSpace = text[index] == 0xA0
                index &+= 1
            } else if byte == 0xE2, index + 1 < count, text[index] == 0x80, (0x8B...0x8F).contains(text[index + 1]) {
                index &+= 2
            } else if byte > 0x20 {
                text[target] = byte
                target &+= 1
                isBlank = false
            }
            if isSpace, !isBlank {
                text[target] = 0x20
                target &+= 1
                isBlank = true
            }
        }
        return target
    }
}
