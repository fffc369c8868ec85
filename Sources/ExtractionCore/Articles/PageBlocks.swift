// A page becomes an array of blocks: runs of text between the borders of block elements, each with its words, its
// linked words and its place in the tree. Everything after this works on the array.

/// A run of text of a page.
struct PageBlock: Sendable {
    /// In `PageBlocks.text`.
    var range: Range<Int>
    /// The innermost block element around it.
    var node: Int
    var kind: Block.Kind
    var words: Int
    var linkedWords: Int
    /// Marks that sentences end with.
    var sentenceEnds: Int
    /// Its element is a list item's, a cell's or a heading's, not a paragraph's.
    var isInTable: Bool

    var linkShare: Double { words == 0 ? 1 : Double(linkedWords) / Double(words) }

    /// How much running prose it is, in words.
    var prose: Double {
        guard kind == .paragraph || kind == .quote || kind == .listItem, words >= 8, linkShare < 0.35 else { return 0 }
        let weight = kind == .listItem || isInTable ? 0.5 : sentenceEnds > 0 ? 1 : 0.4
        return Double(min(words, 300)) * (1 - linkShare) * weight
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
    }

    private var stack: [Open] = []
    private var start = 0
    private var linkedBytes = 0
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
            } else if PageBlocks.isSkipped(tree, index) {
                index = Int(node.end)
                continue
            } else {
                enter(tree, index)
            }
            index += 1
        }
        while let last = stack.last { leave(last) }
        flush(node: 0, kind: .paragraph, isInTable: false)
    }

    /// What never shows.
    private static func isSkipped(_ tree: MarkupTree, _ index: Int) -> Bool {
        switch tree.nodes[index].tag {
        case .script, .style, .noscript, .template, .svg, .math, .iframe, .object, .canvas, .head, .title, .select,
            .textarea, .button,
            .audio, .video, .input, .map, .embed:
            return true
        default: break
        }
        guard tree.nodes[index].attributeCount > 0 else { return false }
        if tree.rawAttribute("hidden", of: index) != nil { return true }
        if let value = tree.rawAttribute("aria-hidden", of: index), value.count == 4, tree.nodes[index].tag != .body {
            return tree.bytes[value].elementsEqual("true".utf8)
        }
        if let style = tree.rawAttribute("style", of: index), let at = ASCII.find("display", in: tree.bytes, style) {
            let rest = tree.bytes[at + 7..<min(style.upperBound, at + 16)].filter { !ASCII.isSpace($0) }
            return rest.starts(with: ":none".utf8)
        }
        return false
    }

    private mutating func enter(_ tree: MarkupTree, _ index: Int) {
        let node = tree.nodes[index]
        let outer = stack.last
        if node.tag == .br {
            breaks += 1
            if breaks >= 2 { flushHere() } else { appendBlank() }
            return
        }
        if node.tag == .hr { return flushHere() }
        let isBlock = !node.tag.isInline
        if isBlock { flushHere() }
        let isLink = outer?.isLink == true || node.tag == .a
        if isLink, linkStart == nil { linkStart = text.count }
        guard Int(node.end) > index + 1 else { return }
        stack.append(
            Open(
                end: Int(node.end), node: isBlock ? index : outer?.node ?? 0,
                kind: kind(tree, index, outer?.kind ?? .paragraph), isLink: isLink,
                isBlock: isBlock, isInTable: outer?.isInTable == true || node.tag == .table))
    }

    private func kind(_ tree: MarkupTree, _ index: Int, _ outer: Block.Kind) -> Block.Kind {
        if outer == .caption { return .caption }
        switch tree.nodes[index].tag {
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
            linkedBytes += words(from..<text.count)
            linkStart = nil
        }
        if open.isBlock { flush(node: open.node, kind: open.kind, isInTable: open.isInTable) }
    }

    private mutating func flushHere() {
        flush(
            node: stack.last?.node ?? 0, kind: stack.last?.kind ?? .paragraph, isInTable: stack.last?.isInTable ?? false
        )
    }

    private mutating func flush(node: Int, kind: Block.Kind, isInTable: Bool) {
        if let from = linkStart {
            linkedBytes += words(max(from, start)..<max(max(from, start), text.count))
        }
        let range = ASCII.trimmed(text, start..<text.count)
        if !range.isEmpty {
            let words = words(range)
            blocks.append(
                PageBlock(
                    range: range, node: node, kind: kind, words: words, linkedWords: min(words, linkedBytes),
                    sentenceEnds: sentenceEnds(range),
                    isInTable: isInTable))
        }
        start = text.count
        linkedBytes = 0
        breaks = 0
        if linkStart != nil { linkStart = text.count }
    }

    /// Words between blanks; scripts without blanks count a word for every two characters.
    private func words(_ range: Range<Int>) -> Int {
        var count = 0
        var wasSpace = true
        var ideographs = 0
        for index in range {
            let byte = text[index]
            let isSpace = byte == 0x20
            if wasSpace, !isSpace { count += 1 }
            if (0xE3...0xE9).contains(byte) { ideographs += 1 }
            wasSpace = isSpace
        }
        return count + ideographs / 2
    }

    private func sentenceEnds(_ range: Range<Int>) -> Int {
        var ends = 0
        for index in range {
            let byte = text[index]
            if byte == 0x2E || byte == 0x21 || byte == 0x3F {
                if index + 1 >= range.upperBound || !ASCII.isAlphanumeric(text[index + 1]) { ends += 1 }
            } else if byte == 0x82, index >= 2, text[index - 1] == 0x80, text[index - 2] == 0xE3 {
                ends += 1
            }
        }
        return ends
    }

    private mutating func appendBlank() {
        if text.count > start, let last = text.last, last != 0x20 { text.append(0x20) }
    }

    /// White space folded; no-break spaces are blanks; soft hyphens and zero-width characters go.
    private mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        var decoded: [UInt8] = []
        var source = range
        var isDecoded = false
        if bytes[range].contains(0x26) {
            CharacterReferences.append(bytes, range, to: &decoded)
            source = 0..<decoded.count
            isDecoded = true
        }
        func at(_ index: Int) -> UInt8 { isDecoded ? decoded[index] : bytes[index] }
        var index = source.lowerBound
        while index < source.upperBound {
            let byte = at(index)
            if ASCII.isSpace(byte) {
                appendBlank()
                index += 1
            } else if byte == 0xC2, index + 1 < source.upperBound, at(index + 1) == 0xA0 || at(index + 1) == 0xAD {
                if at(index + 1) == 0xA0 { appendBlank() }
                index += 2
            } else if byte == 0xE2, index + 2 < source.upperBound, at(index + 1) == 0x80,
                (0x8B...0x8F).contains(at(index + 2))
            {
                index += 3
            } else {
                if byte >= 0x20 {
                    text.append(byte)
                    breaks = 0
                }
                index += 1
            }
        }
    }
}
