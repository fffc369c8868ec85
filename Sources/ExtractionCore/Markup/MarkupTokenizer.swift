// One tolerant tokenizer for HTML and XML. It never goes back over what it has read: a comment, CDATA section or raw
// text that is never closed is found out once for each kind, and after that taken as if it had not been opened.

/// An attribute as ranges over the tokenizer's bytes; the value is not decoded.
struct MarkupAttribute: Hashable, Sendable {
    var name: Range<Int>
    var value: Range<Int>
}

/// Splits bytes into tags, text and the rest.
struct MarkupTokenizer {
    enum Kind: Sendable { case text, rawText, cdata, startTag, endTag, comment, doctype, instruction }

    static let attributeLimit = 256
    static let nameLimit = 1024

    let bytes: [UInt8]
    let isXML: Bool
    /// Where reading ends.
    private let end: Int
    private(set) var kind = Kind.text
    /// The whole token with its marks.
    private(set) var range = 0..<0
    /// What stands between the marks: the text, the words of a comment.
    private(set) var content = 0..<0
    /// The name of a tag as it is written.
    private(set) var name = 0..<0
    private(set) var attributes: [MarkupAttribute] = []
    private(set) var isSelfClosing = false
    /// An element had more attributes than are kept.
    private(set) var hasSkippedAttributes = false
    private var index = 0
    private var rawText: RawText?
    private var unclosed: Set<Mark> = []
    /// The last closing mark found, by kind.
    private var closings = [-1, -1, -1, -1]

    /// What ends a token that holds markup as it is.
    private enum Mark: Hashable {
        case comment, angle, instruction, cdata, subset
        case element(RawText)

        var bytes: StaticString {
            switch self {
            case .comment: "-->"
            case .angle: ">"
            case .instruction: "?>"
            case .cdata, .subset: "]]>"
            case .element: "</"
            }
        }
    }

    /// The elements whose content is no markup.
    private enum RawText {
        case script, style, title, textarea, noscript, iframe, xmp, noembed, noframes

        var name: StaticString {
            switch self {
            case .script: "script"
            case .style: "style"
            case .title: "title"
            case .textarea: "textarea"
            case .noscript: "noscript"
            case .iframe: "iframe"
            case .xmp: "xmp"
            case .noembed: "noembed"
            case .noframes: "noframes"
            }
        }
    }

    init(_ bytes: [UInt8], isXML: Bool, from start: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.isXML = isXML
        self.end = min(max(0, end ?? bytes.count), bytes.count)
        index = min(max(0, start), self.end)
    }

    /// Takes the current section to end at `place`, inside it: what was taken for its content is read again.
    mutating func cut(at place: Int) {
        guard content.contains(place) else { return }
        content = content.lowerBound..<place
        range = range.lowerBound..<place
        index = place
    }

    /// Moves to the next token; false at the end.
    mutating func next() -> Bool {
        if let element = rawText {
            rawText = nil
            if readRawText(until: element) { return true }
        }
        guard index < end else { return false }
        if bytes[index] == 0x3C, readMarkup() { return true }
        readText()
        return true
    }

    /// The lower-case name of the current tag.
    var lowerName: String { ASCII.lowered(bytes[name]) }

    /// Text runs up to the next `<` that opens something.
    private mutating func readText() {
        let start = index
        repeat {
            index = ByteScan.first(0x3C, in: bytes, from: index + 1, to: end)
        } while index < end && !opensMarkup(index)
        kind = .text
        range = start..<index
        content = range
    }

    private func opensMarkup(_ at: Int) -> Bool {
        guard at + 1 < end else { return false }
        let next = bytes[at + 1]
        return ASCII.isLetter(next) || next == 0x2F || next == 0x21 || next == 0x3F
            || (isXML && (next >= 0x80 || next == 0x5F))
    }

    private mutating func readMarkup() -> Bool {
        guard opensMarkup(index) else { return false }
        switch bytes[index + 1] {
        case 0x21: return readDeclaration()
        case 0x3F: return readUntil(isXML ? .instruction : .angle, after: 2, .instruction)
        case 0x2F: return readEndTag()
        default: return readStartTag()
        }
    }

    private mutating func readDeclaration() -> Bool {
        if starts("<!--") {
            // "<!-->" and "<!--->" are whole comments.
            if starts("<!-->") { return finish(.comment, index..<index + 5, index + 4..<index + 4) }
            if starts("<!--->") { return finish(.comment, index..<index + 6, index + 4..<index + 4) }
            if readUntil(.comment, after: 4, .comment) { return true }
            return readUntil(.angle, after: 4, .comment)
        }
        if starts("<![cdata[") {
            if readUntil(.cdata, after: 9, .cdata) { return true }
            return finish(.cdata, index..<end, index + 9..<end)
        }
        return readDoctype()
    }

    /// A document type may hold an internal subset in brackets, which is skipped: it defines nothing here.
    private mutating func readDoctype() -> Bool {
        let start = index
        var at = index + 2
        var depth = 0
        var firstAngle: Int?
        let skipsSubset = isXML && !unclosed.contains(.subset)
        while at < end {
            let byte = bytes[at]
            if byte == 0x5B { depth += 1 } else if byte == 0x5D { depth -= 1 }
            at += 1
            guard byte == 0x3E else { continue }
            firstAngle = firstAngle ?? at
            if depth <= 0 || !skipsSubset { break }
        }
        if depth > 0, skipsSubset, at == end {
            // A bracket that is never closed hides nothing.
            unclosed.insert(.subset)
            at = firstAngle ?? end
        }
        return finish(.doctype, start..<at, start + 2..<max(start + 2, at - 1))
    }

    private func starts(_ mark: StaticString) -> Bool {
        ASCII.matches(mark, in: bytes, index..<min(end, index + mark.utf8CodeUnitCount))
    }

    private mutating func finish(_ kind: Kind, _ range: Range<Int>, _ content: Range<Int>) -> Bool {
        self.kind = kind
        self.range = range
        self.content = content
        index = range.upperBound
        return true
    }

    /// Reads up to a closing mark; false when there is none, which is remembered.
    private mutating func readUntil(_ mark: Mark, after skip: Int, _ kind: Kind) -> Bool {
        guard unclosed.isEmpty || !unclosed.contains(mark) else { return false }
        let from = min(index + skip, end)
        guard let close = closing(mark, from) else {
            unclosed.insert(mark)
            return false
        }
        var content = from..<close
        var after = close + mark.bytes.utf8CodeUnitCount
        if isXML, kind == .comment || kind == .instruction, holdsAnother(kind, content) {
            // XML forbids it: the mark that was found closes a later one, and this one ends where it can.
            let angle = ByteScan.first(0x3E, in: bytes, from: from, to: close)
            let open = ByteScan.first(0x3C, in: bytes, from: from, to: angle)
            content = from..<open
            after = open < angle ? open : angle + 1
        }
        return finish(kind, index..<after, content)
    }

    /// Where a closing mark begins. The place is kept: what was cut short has the same one as those after it.
    private mutating func closing(_ mark: Mark, _ start: Int) -> Int? {
        let kind = mark == .cdata ? 0 : mark == .comment ? 1 : mark == .instruction ? 2 : 3
        if closings[kind] >= start, kind < 3 { return closings[kind] }
        guard let place = kind == 0 ? sectionEnd(start) : find(mark.bytes, start) else { return nil }
        closings[kind] = place
        return place
    }

    private func holdsAnother(_ kind: Kind, _ content: Range<Int>) -> Bool {
        let mark: StaticString = kind == .comment ? "<!--" : "<?"
        var at = content.lowerBound
        while at < content.upperBound {
            at = ByteScan.first(0x3C, in: bytes, from: at, to: content.upperBound)
            let after = at + mark.utf8CodeUnitCount
            if after <= content.upperBound, ASCII.matches(mark, in: bytes, at..<after) { return true }
            at += 1
        }
        return false
    }

    private func sectionEnd(_ start: Int) -> Int? {
        var at = start
        while at < end {
            at = ByteScan.first(0x5D, in: bytes, from: at, to: end)
            if at + 2 < end, bytes[at + 1] == 0x5D, bytes[at + 2] == 0x3E { return at }
            at += 1
        }
        return nil
    }

    /// Where a mark that ends with `>` begins.
    private func find(_ mark: StaticString, _ start: Int) -> Int? {
        let before = mark.utf8CodeUnitCount - 1
        var at = start + before
        while at < end {
            at = ByteScan.first(0x3E, in: bytes, from: at, to: end)
            if at < end, ASCII.matches(mark, in: bytes, at - before..<at + 1) { return at - before }
            at += 1
        }
        return nil
    }
}

extension MarkupTokenizer {
    private func isNameEnd(_ byte: UInt8) -> Bool {
        byte <= 0x3E && (ASCII.isSpace(byte) || byte == 0x3E || byte == 0x2F || byte == 0x3C)
    }

    private mutating func readEndTag() -> Bool {
        let start = index
        var at = index + 2
        let first = at
        while at < end, !isNameEnd(bytes[at]) { at += 1 }
        let name = first..<min(at, first + MarkupTokenizer.nameLimit)
        while at < end, bytes[at] != 0x3E, bytes[at] != 0x3C { at += 1 }
        if at < end, bytes[at] == 0x3E { at += 1 }
        self.name = name
        attributes.removeAll(keepingCapacity: true)
        return finish(name.isEmpty ? .comment : .endTag, start..<at, name)
    }

    private mutating func readStartTag() -> Bool {
        let start = index
        var at = index + 1
        while at < end, !isNameEnd(bytes[at]) { at += 1 }
        name = start + 1..<min(at, start + 1 + MarkupTokenizer.nameLimit)
        attributes.removeAll(keepingCapacity: true)
        isSelfClosing = false
        while at < end, bytes[at] != 0x3E, bytes[at] != 0x3C {
            if ASCII.isSpace(bytes[at]) {
                at += 1
            } else if bytes[at] == 0x2F {
                isSelfClosing = at + 1 < end && bytes[at + 1] == 0x3E
                at += 1
            } else {
                at = readAttribute(at)
            }
        }
        if at < end, bytes[at] == 0x3E { at += 1 }
        if !isXML { rawText = MarkupTokenizer.rawText(bytes, name) }
        return finish(.startTag, start..<at, name)
    }

    /// Reads one attribute and gives the index after it; always moves on.
    private mutating func readAttribute(_ start: Int) -> Int {
        var at = start + 1
        while at < end, bytes[at] != 0x3D, !isNameEnd(bytes[at]) { at += 1 }
        let name = start..<at
        var next = at
        while next < end, ASCII.isSpace(bytes[next]) { next += 1 }
        var value = at..<at
        if next < end, bytes[next] == 0x3D {
            (value, at) = readValue(next + 1)
        }
        if attributes.count >= MarkupTokenizer.attributeLimit {
            hasSkippedAttributes = true
        } else if name.count <= MarkupTokenizer.nameLimit {
            attributes.append(MarkupAttribute(name: name, value: value))
        }
        return at
    }

    private func readValue(_ start: Int) -> (Range<Int>, Int) {
        var at = start
        while at < end, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < end else { return (at..<at, at) }
        let quote = bytes[at]
        if quote == 0x22 || quote == 0x27 {
            let first = at + 1
            at = ByteScan.first(quote, in: bytes, from: first, to: end)
            if isXML, at == end || !mayFollowValue(at + 1), ASCII.hasByte(0x3C, in: bytes, first..<at) {
                // A quotation mark is missing, and what was found opens the next value: the tag ends where it can.
                at = first
                while at < end, bytes[at] != 0x3E, bytes[at] != 0x3C { at += 1 }
                return (first..<at, at)
            }
            return (first..<at, min(at + 1, end))
        }
        let first = at
        while at < end, !ASCII.isSpace(bytes[at]), bytes[at] != 0x3E { at += 1 }
        return (first..<at, at)
    }

    private func mayFollowValue(_ at: Int) -> Bool { at >= end || isNameEnd(bytes[at]) || bytes[at] == 0x3F }

    private static func rawText(_ bytes: [UInt8], _ name: Range<Int>) -> RawText? {
        guard name.count >= 3, name.count <= 9 else { return nil }
        func element(_ element: RawText) -> RawText? { ASCII.matches(element.name, in: bytes, name) ? element : nil }
        return switch (ASCII.lower(bytes[name.lowerBound]), name.count) {
        case (0x69, 6): element(.iframe)
        case (0x6E, 7): element(.noembed)
        case (0x6E, 8): element(.noscript) ?? element(.noframes)
        case (0x73, 5): element(.style)
        case (0x73, 6): element(.script)
        case (0x74, 5): element(.title)
        case (0x74, 8): element(.textarea)
        case (0x78, 3): element(.xmp)
        default: nil
        }
    }

    /// Reads the text up to the end tag of a raw text element; false when it is empty or never closed.
    private mutating func readRawText(until element: RawText) -> Bool {
        guard unclosed.isEmpty || !unclosed.contains(.element(element)) else { return false }
        var at = index
        while at < end {
            at = ByteScan.first(0x3C, in: bytes, from: at, to: end)
            if at + 1 < end, bytes[at + 1] == 0x2F, isName(element.name, at + 2) {
                guard at > index else { return false }
                return finish(.rawText, index..<at, index..<at)
            }
            at += 1
        }
        unclosed.insert(.element(element))
        // What follows an open script is program text, not prose; an open title or text area hides nothing.
        guard element == .script || element == .style, index < end else { return false }
        return finish(.rawText, index..<end, index..<end)
    }

    private func isName(_ wanted: StaticString, _ start: Int) -> Bool {
        let after = start + wanted.utf8CodeUnitCount
        guard after <= end, ASCII.matches(wanted, in: bytes, start..<after) else { return false }
        return after == end || isNameEnd(bytes[after])
    }
}

extension MarkupTokenizer {
    /// The decoded value of the first attribute of that lower-case name.
    func attribute(_ wanted: StaticString) -> String? {
        attributeValue(wanted).map { CharacterReferences.decoded(bytes, $0) }
    }

    /// Where the value of the first attribute of that lower-case name stands.
    func attributeValue(_ wanted: StaticString) -> Range<Int>? {
        for attribute in attributes where ASCII.matches(wanted, in: bytes, attribute.name) { return attribute.value }
        return nil
    }
}
