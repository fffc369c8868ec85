// A page as one flat array in document order. A node knows where its subtree ends, so every walk is a loop, a subtree is
// a range of indices, and sums over subtrees are differences of prefix sums. Inline formatting never moves blocks: the
// adoption agency of the HTML standard is left out.

/// An element or a text of a page.
struct MarkupNode: Sendable {
    /// `unknown` for an element of no interest.
    var tag: HTMLTag
    var isText: Bool
    var parent: Int32
    /// The index after the last node of the subtree.
    var end: Int32
    /// Bytes of a text.
    var start: Int32
    var stop: Int32
    var firstAttribute: Int32
    var attributeCount: Int32
}

/// A parsed page.
struct MarkupTree: Sendable {
    static let depthLimit = 256
    static let nodeLimit = 1_000_000
    /// How far up an end tag looks for its element.
    static let reach = 64

    let bytes: [UInt8]
    private(set) var nodes: [MarkupNode] = []
    private(set) var attributes: [MarkupAttribute] = []
    private(set) var isCut = false
    private var stack: [Int] = []
    private var overflow = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 40 + 16)
        append(tag: .unknown, isText: false)
        stack.append(0)
        var tokens = MarkupTokenizer(bytes, isXML: false)
        while tokens.next() {
            guard nodes.count < MarkupTree.nodeLimit else {
                isCut = true
                break
            }
            switch tokens.kind {
            case .text, .rawText, .cdata: append(text: tokens.content)
            case .startTag: open(tokens)
            case .endTag: close(HTMLTag(name: bytes[tokens.name]))
            case .comment, .doctype, .instruction: break
            }
        }
        while let index = stack.popLast() { nodes[index].end = Int32(nodes.count) }
    }

    private mutating func append(tag: HTMLTag, isText: Bool) {
        nodes.append(
            MarkupNode(
                tag: tag, isText: isText, parent: Int32(stack.last ?? -1), end: Int32(nodes.count + 1), start: 0,
                stop: 0,
                firstAttribute: Int32(attributes.count), attributeCount: 0))
    }

    private mutating func append(text range: Range<Int>) {
        append(tag: .unknown, isText: true)
        nodes[nodes.count - 1].start = Int32(clamping: range.lowerBound)
        nodes[nodes.count - 1].stop = Int32(clamping: range.upperBound)
    }

    private mutating func open(_ tokens: MarkupTokenizer) {
        let tag = HTMLTag(name: bytes[tokens.name])
        closeImplied(by: tag)
        append(tag: tag, isText: false)
        attributes += tokens.attributes
        nodes[nodes.count - 1].attributeCount = Int32(tokens.attributes.count)
        if tag.isVoid || tag == .unknown && tokens.isSelfClosing { return }
        if stack.count < MarkupTree.depthLimit { stack.append(nodes.count - 1) } else { overflow += 1 }
    }

    /// Ends what an element's start ends: an open paragraph, the last item, the last cell.
    private mutating func closeImplied(by tag: HTMLTag) {
        guard overflow == 0 else { return }
        if tag.closesParagraph { close([.p], within: [.table, .td, .th, .button, .caption]) }
        switch tag {
        case .a: closeLink()
        case .li: close([.li], within: [.ul, .ol, .menu, .dir])
        case .dt, .dd: close([.dt, .dd], within: [.dl])
        case .tr: close([.tr], within: [.table])
        case .td, .th: close([.td, .th], within: [.tr, .table])
        case .tbody, .thead, .tfoot: close([.tbody, .thead, .tfoot], within: [.table])
        case .option, .optgroup: close([.option], within: [.select])
        case .body: close([.head], within: [])
        default: break
        }
    }

    /// Links do not nest: one that was never closed ends at the next, unless blocks were opened in it.
    private mutating func closeLink() {
        var at = stack.count - 1
        while at >= max(1, stack.count - 8), nodes[stack[at]].tag.isInline {
            if nodes[stack[at]].tag == .a { return pop(to: at) }
            at -= 1
        }
    }

    private mutating func close(_ tags: [HTMLTag], within walls: [HTMLTag]) {
        var at = stack.count - 1
        let lowest = max(1, stack.count - MarkupTree.reach)
        while at >= lowest {
            let tag = nodes[stack[at]].tag
            if tags.contains(tag) { return pop(to: at) }
            if walls.contains(tag) { return }
            at -= 1
        }
    }

    private mutating func close(_ tag: HTMLTag) {
        if overflow > 0 {
            overflow -= 1
            return
        }
        guard tag != .unknown || (stack.last.map { nodes[$0].tag == .unknown } ?? false) else { return }
        guard tag != .body, tag != .html else { return }
        var at = stack.count - 1
        let lowest = max(1, stack.count - MarkupTree.reach)
        while at >= lowest {
            if nodes[stack[at]].tag == tag { return pop(to: at) }
            // A stray inline end tag closes no block.
            if tag.isInline, !nodes[stack[at]].tag.isInline { return }
            at -= 1
        }
    }

    private mutating func pop(to depth: Int) {
        while stack.count > max(1, depth) {
            let index = stack.removeLast()
            nodes[index].end = Int32(nodes.count)
        }
    }
}

extension MarkupTree {
    /// The decoded value of a node's first attribute of that lower-case name.
    func attribute(_ wanted: StaticString, of node: Int) -> String? {
        rawAttribute(wanted, of: node).map { CharacterReferences.decoded(bytes, $0) }
    }

    /// The bytes of the value as they are written.
    func rawAttribute(_ wanted: StaticString, of node: Int) -> Range<Int>? {
        let name = wanted.description.utf8
        let first = Int(nodes[node].firstAttribute)
        for attribute in attributes[first..<first + Int(nodes[node].attributeCount)]
        where attribute.name.count == name.count {
            var isSame = true
            for (offset, byte) in name.enumerated() where ASCII.lower(bytes[attribute.name.lowerBound + offset]) != byte
            {
                isSame = false
                break
            }
            if isSame { return attribute.value }
        }
        return nil
    }

    /// The words of a subtree, scripts and styles left out, white space folded.
    func text(of node: Int) -> String {
        var out: [UInt8] = []
        var index = node
        let end = Int(nodes[node].end)
        while index < end {
            let current = nodes[index]
            if current.isText {
                CharacterReferences.append(bytes, Int(current.start)..<Int(current.stop), to: &out)
            } else if current.tag == .script || current.tag == .style || current.tag == .svg {
                index = Int(current.end)
                continue
            } else if !current.tag.isInline {
                out.append(0x20)
            }
            index += 1
        }
        return ASCII.folded(String(decoding: out, as: UTF8.self))
    }
}
