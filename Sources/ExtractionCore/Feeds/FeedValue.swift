/// The content of one element of a feed, as a place in the document: most of it is never asked for.
struct FeedValue: Sendable {
    /// What the content is made of.
    enum Form: UInt8 { case blank, text, literal, mixed, markup }

    /// What an attribute `type` says of it; only Atom's has a meaning.
    enum TextType: UInt8 { case unsaid, text, html, xhtml, xml, binary, other }

    /// Atom 0.3.
    enum Mode: UInt8 { case unsaid, xml, escaped, base64 }

    var range: Range<Int>
    var form = Form.blank
    /// A CDATA section is in it.
    var holdsSection = false
    var isAtom = false
    var type = TextType.unsaid
    var mode = Mode.unsaid
    /// How plainly its element speaks, as `FeedPurpose` has it.
    var rank = UInt8.max
    /// Where its base address stands in the reader's list; below zero for none.
    var base: Int32 = -1

    /// Text and CDATA sections make a value as long as there is one of them; a second one, or a tag, makes it the whole
    /// range between the element's tags.
    mutating func add(_ content: Range<Int>, isLiteral: Bool) {
        if isLiteral { holdsSection = true }
        if form == .blank {
            form = isLiteral ? .literal : .text
            range = content
        } else if form != .markup {
            form = .mixed
        }
    }

    /// Decoded text without outer white space; where there is markup, the markup as it stands.
    func string(in bytes: [UInt8]) -> String {
        switch form {
        case .blank: return ""
        case .text, .literal:
            let range = ASCII.trimmed(bytes, range)
            if form == .text, ASCII.hasByte(0x26, in: bytes, range) { return CharacterReferences.decoded(bytes, range) }
            return String(decoding: bytes[range], as: UTF8.self)
        case .mixed, .markup: return ASCII.trimmed(String(decoding: decoded(in: bytes), as: UTF8.self))
        }
    }

    /// Text with references decoded, CDATA as it is; where there is markup, the markup with CDATA put in.
    func decoded(in bytes: [UInt8]) -> [UInt8] {
        switch form {
        case .blank: return []
        case .literal: return Array(bytes[range])
        case .markup where !holdsSection: return Array(bytes[range])
        case .text: return CharacterReferences.decodedBytes(bytes, range)
        case .mixed, .markup:
            var out: [UInt8] = []
            out.reserveCapacity(range.count)
            var tokens = MarkupTokenizer(bytes, isXML: true, from: range.lowerBound, to: range.upperBound)
            while tokens.next() {
                switch tokens.kind {
                case .text where form == .mixed: CharacterReferences.append(bytes, tokens.content, to: &out)
                case .cdata: out += bytes[tokens.content]
                case .comment, .doctype, .instruction: break
                default: if form == .markup { out += bytes[tokens.range] }
                }
            }
            return out
        }
    }

    /// The content as HTML, not yet sanitised, and whether it was meant as HTML.
    func markup(in bytes: [UInt8]) -> (bytes: [UInt8], isHTML: Bool) {
        let decoded = decoded(in: bytes)
        guard isAtom else { return (decoded, true) }
        if mode == .base64 || mode == .unsaid && type == .binary && form != .markup,
            let data = Base64.decoded(decoded)
        {
            return (data, type == .html || type == .xhtml)
        }
        if form == .markup { return (FeedValue.withoutDiv(decoded), true) }
        // Atom 0.3 escapes HTML without saying so.
        return (decoded, type == .html || type == .xhtml || mode == .escaped)
    }

    /// XHTML stands in one `div`, which is not part of it.
    private static func withoutDiv(_ bytes: [UInt8]) -> [UInt8] {
        let range = ASCII.trimmed(bytes, 0..<bytes.count)
        var tokens = MarkupTokenizer(bytes, isXML: true, from: range.lowerBound, to: range.upperBound)
        guard tokens.next(), tokens.kind == .startTag, !tokens.isSelfClosing else { return bytes }
        guard tokens.lowerName == "div" || tokens.lowerName.hasSuffix(":div") else { return bytes }
        let start = tokens.range.upperBound
        guard let close = bytes[range].lastIndex(of: 0x3C), close >= start, range.upperBound > close + 1,
            bytes[close + 1] == 0x2F
        else { return bytes }
        return Array(bytes[start..<close])
    }
}

extension FeedValue.TextType {
    /// By the value of an attribute.
    init(_ bytes: [UInt8], _ attribute: Range<Int>?) {
        guard let attribute else {
            self = .unsaid
            return
        }
        if ASCII.matches("html", in: bytes, attribute) {
            self = .html
            return
        }
        let type = ASCII.lowered(bytes[ASCII.trimmed(bytes, attribute)])
        switch type {
        case "", "text", "text/plain": self = .text
        case "html", "text/html": self = .html
        case "xhtml", "application/xhtml+xml": self = .xhtml
        case "application/octet-stream", "application/pdf", "application/zip", "application/gzip": self = .binary
        default:
            if type.hasPrefix("image/") || type.hasPrefix("audio/") || type.hasPrefix("video/") {
                self = type.hasSuffix("xml") ? .xml : .binary
            } else {
                self = type.hasSuffix("xml") ? .xml : .other
            }
        }
    }
}

extension FeedValue.Mode {
    /// By the value of an attribute.
    init(_ bytes: [UInt8], _ attribute: Range<Int>?) {
        switch attribute.map({ ASCII.lowered(bytes[ASCII.trimmed(bytes, $0)]) }) {
        case "xml": self = .xml
        case "escaped": self = .escaped
        case "base64": self = .base64
        default: self = .unsaid
        }
    }
}
