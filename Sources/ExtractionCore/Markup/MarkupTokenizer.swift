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
    private(set) var kind = Kind.text
    /// The whole token with its marks.
    private(set) var range = 0..<0
    /// What stands between the marks: the text, the words of a comment.
    private(set) var content = 0..<0
    /// The name of a tag as it is written.
    private(set) var name = 0..<0
    private(set) var attributes: [MarkupAttribute] = []
    private(set) var isSelfClosing = false
    private var index = 0
    private var rawTextName: StaticString?
    private var unclosed: Set<String> = []

    init(_ bytes: [UInt8], isXML: Bool, from start: Int = 0) {
        self.bytes = bytes
        self.isXML = isXML
        index = min(max(0, start), bytes.count)
    }

    /// Moves to the next token; false at the end.
    mutating func next() -> Bool {
        if let name = rawTextName {
            rawTextName = nil
            if readRawText(until: name) { return true }
        }
        guard index < bytes.count else { return false }
        if bytes[index] == 0x3C, readMarkup() { return true }
        readText()
        return true
    }

    /// The lower-case name of the current tag.
    var lowerName: String { ASCII.lowered(bytes[name]) }

    /// Text runs up to the next `<` that opens something.
    private mutating func readText() {
        let start = index
        index += 1
        while index < bytes.count, bytes[index] != 0x3C || !opensMarkup(index) { index += 1 }
        kind = .text
        range = start..<index
        content = range
    }

    private func opensMarkup(_ at: Int) -> Bool {
        guard at + 1 < bytes.count else { return false }
        let next = bytes[at + 1]
        return ASCII.isLetter(next) || next == 0x2F || next == 0x21 || next == 0x3F
            || (isXML && (next >= 0x80 || next == 0x5F))
    }

    private mutating func readMarkup() -> Bool {
        guard opensMarkup(index) else { return false }
        switch bytes[index + 1] {
        case 0x21: return readDeclaration()
        case 0x3F: return readUntil(isXML ? "?>" : ">", after: 2, .instruction)
        case 0x2F: return readEndTag()
        default: return readStartTag()
        }
    }

    private mutating func readDeclaration() -> Bool {
        if starts("<!--") {
            // "<!-->" and "<!--->" are whole comments.
            if starts("<!-->") { return finish(.comment, index..<index + 5, index + 4..<index + 4) }
            if starts("<!--->") { return finish(.comment, index..<index + 6, index + 4..<index + 4) }
            if readUntil("-->", after: 4, .comment) { return true }
            return readUntil(">", after: 4, .comment)
        }
        if starts("<![CDATA[") {
            if readUntil("]]>", after: 9, .cdata) { return true }
            return finish(.cdata, index..<bytes.count, index + 9..<bytes.count)
        }
        return readDoctype()
    }

    /// A document type may hold an internal subset in brackets, which is skipped: it defines nothing here.
    private mutating func readDoctype() -> Bool {
        let start = index
        var at = index + 2
        var depth = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == 0x5B { depth += 1 } else if byte == 0x5D { depth -= 1 }
            at += 1
            if byte == 0x3E, depth <= 0 || !isXML { break }
        }
        return finish(.doctype, start..<at, start + 2..<max(start + 2, at - 1))
    }

    private func starts(_ mark: StaticString) -> Bool {
        let wanted = mark.description.utf8
        return bytes.count - index >= wanted.count && bytes[index..<index + wanted.count].elementsEqual(wanted)
    }

    private mutating func finish(_ kind: Kind, _ range: Range<Int>, _ content: Range<Int>) -> Bool {
        self.kind = kind
        self.range = range
        self.content = content
        index = range.upperBound
        return true
    }

    /// Reads up to a closing mark; false when there is none, which is remembered.
    private mutating func readUntil(_ mark: StaticString, after skip: Int, _ kind: Kind) -> Bool {
        let key = mark.description
        guard !unclosed.contains(key) else { return false }
        let from = min(index + skip, bytes.count)
        guard let end = find(Array(key.utf8), from) else {
            unclosed.insert(key)
            return false
        }
        return finish(kind, index..<end + key.utf8.count, from..<end)
    }

    private func find(_ mark: [UInt8], _ start: Int) -> Int? {
        guard let first = mark.first else { return nil }
        var at = start
        while at + mark.count <= bytes.count {
            if bytes[at] == first, bytes[at..<at + mark.count].elementsEqual(mark) { return at }
            at += 1
        }
        return nil
    }
}

extension MarkupTokenizer {
    private func isNameEnd(_ byte: UInt8) -> Bool {
        ASCII.isSpace(byte) || byte == 0x3E || byte == 0x2F || byte == 0x3C
    }

    private mutating func readEndTag() -> Bool {
        let start = index
        var at = index + 2
        let first = at
        while at < bytes.count, !isNameEnd(bytes[at]) { at += 1 }
        let name = first..<min(at, first + MarkupTokenizer.nameLimit)
        while at < bytes.count, bytes[at] != 0x3E, bytes[at] != 0x3C { at += 1 }
        if at < bytes.count, bytes[at] == 0x3E { at += 1 }
        self.name = name
        attributes.removeAll(keepingCapacity: true)
        return finish(name.isEmpty ? .comment : .endTag, start..<at, name)
    }

    private mutating func readStartTag() -> Bool {
        let start = index
        var at = index + 1
        while at < bytes.count, !isNameEnd(bytes[at]) { at += 1 }
        name = start + 1..<min(at, start + 1 + MarkupTokenizer.nameLimit)
        attributes.removeAll(keepingCapacity: true)
        isSelfClosing = false
        while at < bytes.count, bytes[at] != 0x3E, bytes[at] != 0x3C {
            if ASCII.isSpace(bytes[at]) {
                at += 1
            } else if bytes[at] == 0x2F {
                isSelfClosing = at + 1 < bytes.count && bytes[at + 1] == 0x3E
                at += 1
            } else {
                at = readAttribute(at)
            }
        }
        if at < bytes.count, bytes[at] == 0x3E { at += 1 }
        if !isXML { rawTextName = MarkupTokenizer.rawTextName(bytes, name) }
        return finish(.startTag, start..<at, name)
    }

    /// Reads one attribute and gives the index after it; always moves on.
    private mutating func readAttribute(_ start: Int) -> Int {
        var at = start + 1
        while at < bytes.count, bytes[at] != 0x3D, !isNameEnd(bytes[at]) { at += 1 }
        let name = start..<at
        var next = at
        while next < bytes.count, ASCII.isSpace(bytes[next]) { next += 1 }
        var value = at..<at
        if next < bytes.count, bytes[next] == 0x3D {
            (value, at) = readValue(next + 1)
        }
        if attributes.count < MarkupTokenizer.attributeLimit, name.count <= MarkupTokenizer.nameLimit {
            attributes.append(MarkupAttribute(name: name, value: value))
        }
        return at
    }

    private func readValue(_ start: Int) -> (Range<Int>, Int) {
        var at = start
        while at < bytes.count, ASCII.isSpace(bytes[at]) { at += 1 }
        guard at < bytes.count else { return (at..<at, at) }
        let quote = bytes[at]
        if quote == 0x22 || quote == 0x27 {
            let first = at + 1
            at = first
            while at < bytes.count, bytes[at] != quote { at += 1 }
            return (first..<at, min(at + 1, bytes.count))
        }
        let first = at
        while at < bytes.count, !ASCII.isSpace(bytes[at]), bytes[at] != 0x3E { at += 1 }
        return (first..<at, at)
    }

    private static func rawTextName(_ bytes: [UInt8], _ name: Range<Int>) -> StaticString? {
        guard name.count >= 3, name.count <= 9 else { return nil }
        switch ASCII.lowered(bytes[name]) {
        case "script": return "script"
        case "style": return "style"
        case "title": return "title"
        case "textarea": return "textarea"
        case "noscript": return "noscript"
        case "iframe": return "iframe"
        case "xmp": return "xmp"
        case "noembed": return "noembed"
        case "noframes": return "noframes"
        default: return nil
        }
    }

    /// Reads the text up to the end tag of a raw text element; false when it is empty or never closed.
    private mutating func readRawText(until name: StaticString) -> Bool {
        let key = name.description
        guard !unclosed.contains(key) else { return false }
        let wanted = Array(key.utf8)
        var at = index
        while at + wanted.count + 1 < bytes.count {
            if bytes[at] == 0x3C, bytes[at + 1] == 0x2F, isName(wanted, at + 2) {
                guard at > index else { return false }
                return finish(.rawText, index..<at, index..<at)
            }
            at += 1
        }
        unclosed.insert(key)
        // What follows an open script is program text, not prose; an open title or text area hides nothing.
        guard key == "script" || key == "style", index < bytes.count else { return false }
        return finish(.rawText, index..<bytes.count, index..<bytes.count)
    }

    private func isName(_ wanted: [UInt8], _ start: Int) -> Bool {
        guard start + wanted.count <= bytes.count else { return false }
        for offset in 0..<wanted.count where ASCII.lower(bytes[start + offset]) != wanted[offset] { return false }
        let after = start + wanted.count
        return after >= bytes.count || isNameEnd(bytes[after])
    }
}

extension MarkupTokenizer {
    /// The decoded value of the first attribute of that lower-case name.
    func attribute(_ wanted: StaticString) -> String? {
        let name = wanted.description.utf8
        for attribute in attributes where attribute.name.count == name.count {
            var same = true
            for (offset, byte) in name.enumerated() where ASCII.lower(bytes[attribute.name.lowerBound + offset]) != byte
            {
                same = false
                break
            }
            if same { return CharacterReferences.decoded(bytes, attribute.value) }
        }
        return nil
    }
}
