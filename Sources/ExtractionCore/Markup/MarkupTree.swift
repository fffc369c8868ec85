// A page as one flat array in document order. A node knows where its subtree ends, so every walk is a loop, a subtree is
// a range of indices, and sums over subtrees are differences of prefix sums. Inline formatting never moves blocks: the
// adoption agency of the HTML standard is left out.

/// An element or a text of a page.
struct MarkupNode: Sendable {
    /// `unknown` for an element of no interest.
    let tag: HTMLTag
    let isText: Bool
    /// The bits of the attributes it has.
    fileprivate(set) var attributeNames: UInt16 = 0
    let parent: Int32
    /// The index after the last node of the subtree.
    fileprivate(set) var end: Int32
    /// Of a text's bytes, or of an element's attributes.
    fileprivate var lower: Int32
    fileprivate var upper: Int32

    /// The bytes of a text.
    var text: Range<Int> { Int(lower)..<Int(upper) }
    /// Its attributes in the tree's array.
    var attributes: Range<Int> { Int(lower)..<Int(upper) }

    func has(_ name: AttributeName) -> Bool { attributeNames & name.bit != 0 }
}

/// A parsed page.
struct MarkupTree: Sendable {
    static let depthLimit = 512
    static let nodeLimit = 1_000_000
    /// How far up an end tag looks for its element.
    static let reach = 64

    /// An attribute with a value that is not decoded.
    struct Attribute: Sendable {
        let name: AttributeName
        fileprivate let lower: Int32
        fileprivate let upper: Int32
        var value: Range<Int> { Int(lower)..<Int(upper) }
    }

    let bytes: [UInt8]
    private(set) var nodes: [MarkupNode] = []
    /// Those of interest, an element's side by side.
    private(set) var attributes: [Attribute] = []
    private(set) var isCut = false
    private var stack: [Open] = []
    /// How many elements of each tag are open.
    private var openCounts = [Int32](repeating: 0, count: 256)
    private var overflow = 0

    private struct Open {
        let node: Int
        let tag: HTMLTag
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 32 + 16)
        attributes.reserveCapacity(bytes.count / 64)
        nodes.append(MarkupNode(tag: .unknown, isText: false, parent: -1, end: 1, lower: 0, upper: 0))
        push(Open(node: 0, tag: .unknown))
        var tokens = MarkupTokenizer(bytes, isXML: false)
        while tokens.next() {
            guard nodes.count < MarkupTree.nodeLimit else {
                isCut = true
                break
            }
            switch tokens.kind {
            case .text, .rawText, .cdata: append(text: tokens.content)
            case .startTag: open(tokens)
            case .endTag: close(HTMLTag(bytes, tokens.name))
            case .comment, .doctype, .instruction: break
            }
        }
        pop(to: 0)
    }

    private mutating func append(_ tag: HTMLTag, isText: Bool, _ range: Range<Int>, names: UInt16 = 0) {
        nodes.append(
            MarkupNode(
                tag: tag, isText: isText, attributeNames: names,
                parent: Int32(truncatingIfNeeded: stack.last?.node ?? 0),
                end: Int32(truncatingIfNeeded: nodes.count + 1), lower: Int32(clamping: range.lowerBound),
                upper: Int32(clamping: range.upperBound)))
    }

    private mutating func append(text range: Range<Int>) { append(.unknown, isText: true, range) }

    private mutating func open(_ tokens: borrowing MarkupTokenizer) {
        // Held once: read through the tree that is written to, they would be held anew for each attribute.
        let bytes = bytes
        var tag = HTMLTag(bytes, tokens.name)
        let first = attributes.count
        var names: UInt16 = 0
        for index in tokens.attributes.indices {
            guard let name = AttributeName(bytes, tokens.attributes[index].name) else { continue }
            let value = tokens.attributes[index].value
            attributes.append(
                Attribute(
                    name: name, lower: Int32(clamping: value.lowerBound), upper: Int32(clamping: value.upperBound)))
            names |= name.bit
        }
        // A template that is the shadow of an element is shown in its place.
        if tag == .template, names & AttributeName.shadowRoot.bit != 0 { tag = .div }
        closeImplied(by: tag)
        append(tag, isText: false, first..<attributes.count, names: names)
        if tag.isVoid || tag == .unknown && tokens.isSelfClosing { return }
        if stack.count < MarkupTree.depthLimit {
            push(Open(node: nodes.count - 1, tag: tag))
        } else {
            overflow += 1
        }
    }

    private mutating func push(_ open: Open) {
        stack.append(open)
        openCounts[Int(open.tag.rawValue)] += 1
    }

    private mutating func pop(to depth: Int) {
        while stack.count > depth, let open = stack.popLast() {
            openCounts[Int(open.tag.rawValue)] -= 1
            nodes[open.node].end = Int32(truncatingIfNeeded: nodes.count)
        }
    }

    private func isOpen(_ tag: HTMLTag) -> Bool { openCounts[Int(tag.rawValue)] > 0 }
}

extension MarkupTree {
    /// What a walk up the open elements finds.
    private enum Found { case end, wall, nothing }

    /// Ends what an element's start ends: an open paragraph, the last item, the last cell.
    private mutating func closeImplied(by tag: HTMLTag) {
        guard overflow == 0 else { return }
        if tag.closesParagraph, isOpen(.p) {
            close { tag in
                switch tag {
                case .p: .end
                case .table, .td, .th, .button, .caption: .wall
                default: .nothing
                }
            }
        }
        switch tag {
        case .a where isOpen(.a): closeLink()
        case .li where isOpen(.li):
            close { $0 == .li ? .end : $0 == .ul || $0 == .ol || $0 == .menu || $0 == .dir ? .wall : .nothing }
        case .dt, .dd: close { $0 == .dt || $0 == .dd ? .end : $0 == .dl ? .wall : .nothing }
        case .tr where isOpen(.tr): close { $0 == .tr ? .end : $0 == .table ? .wall : .nothing }
        case .td, .th: close { $0 == .td || $0 == .th ? .end : $0 == .tr || $0 == .table ? .wall : .nothing }
        case .tbody, .thead, .tfoot:
            close { $0 == .tbody || $0 == .thead || $0 == .tfoot ? .end : $0 == .table ? .wall : .nothing }
        case .option, .optgroup:
            if isOpen(.option) { close { $0 == .option ? .end : $0 == .select ? .wall : .nothing } }
        default: break
        }
        // What has no place in a head begins the body, with or without a tag of its own.
        if isOpen(.head), !tag.standsInHead { close { $0 == .head ? .end : $0 == .noscript ? .wall : .nothing } }
    }

    private mutating func close(_ look: (HTMLTag) -> Found) {
        var at = stack.count - 1
        let lowest = max(1, stack.count - MarkupTree.reach)
        while at >= lowest {
            switch look(stack[at].tag) {
            case .end: return pop(to: at)
            case .wall: return
            case .nothing: at -= 1
            }
        }
    }

    /// Links do not nest: one that was never closed ends at the next, unless blocks were opened in it.
    private mutating func closeLink() {
        var at = stack.count - 1
        while at >= max(1, stack.count - 8), stack[at].tag.isInline {
            if stack[at].tag == .a { return pop(to: at) }
            at -= 1
        }
    }

    private mutating func close(_ tag: HTMLTag) {
        if overflow > 0 {
            overflow -= 1
            return
        }
        if stack.count > 1, stack[stack.count - 1].tag == tag, tag != .body, tag != .html {
            return pop(to: stack.count - 1)
        }
        guard tag != .unknown, tag != .body, tag != .html else { return }
        // The shadow of an element stands as a plain one.
        let wanted = tag == .template && !isOpen(.template) ? .div : tag
        guard isOpen(wanted) else { return }
        // A stray inline end tag closes no block; the end of a link ends a paragraph that nobody closed in it.
        close { open in
            if open == wanted { return .end }
            return wanted.isInline && !open.isInline && !(wanted == .a && open == .p) ? .wall : .nothing
        }
    }
}

extension MarkupTree {
    /// The decoded value of a node's first attribute of that name.
    func attribute(_ name: AttributeName, of node: Int) -> String? {
        rawAttribute(name, of: node).map { CharacterReferences.decoded(bytes, $0) }
    }

    /// The bytes of the value as they are written.
    func rawAttribute(_ name: AttributeName, of node: Int) -> Range<Int>? {
        guard nodes[node].has(name) else { return nil }
        for at in nodes[node].attributes where attributes[at].name == name { return attributes[at].value }
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
                CharacterReferences.append(bytes, current.text, to: &out)
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
