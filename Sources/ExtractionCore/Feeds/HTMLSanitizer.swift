// What a feed carries as HTML is shown to people, so only what is known to be harmless passes: an allow-list of
// elements, a short list of attributes, and addresses of three schemes.

/// Passes harmless HTML and drops the rest.
enum HTMLSanitizer {
    /// The allowed part of some HTML, addresses resolved against `base`.
    static func sanitized(_ html: [UInt8], base: String? = nil) -> String {
        var tokens = MarkupTokenizer(html, isXML: false)
        var out: [UInt8] = []
        out.reserveCapacity(html.count + html.count / 8)
        /// Open elements whose whole content goes.
        var dropped: [HTMLTag] = []
        /// Open elements by tag: an end tag without a start must not close what the HTML is put into.
        var open = [Int](repeating: 0, count: HTMLTag.allCases.count)
        while tokens.next() {
            switch tokens.kind {
            case .text: if dropped.isEmpty { appendText(tokens.bytes, tokens.content, to: &out) }
            case .cdata: if dropped.isEmpty { appendEscaped(tokens.bytes[tokens.content], to: &out) }
            case .startTag:
                let tag = HTMLTag(tokens.bytes, tokens.name)
                if dropsContent(tag) {
                    if !tag.isVoid, !tokens.isSelfClosing, dropped.count < 64 { dropped.append(tag) }
                } else if dropped.isEmpty, isAllowed(tag) {
                    appendTag(tokens, base: base, to: &out)
                    if !tag.isVoid { open[Int(tag.rawValue)] += 1 }
                }
            case .endTag:
                let tag = HTMLTag(tokens.bytes, tokens.name)
                if let place = dropped.lastIndex(of: tag) {
                    dropped.removeSubrange(place...)
                } else if dropped.isEmpty, open[Int(tag.rawValue)] > 0 {
                    open[Int(tag.rawValue)] -= 1
                    out.append(0x3C)
                    out.append(0x2F)
                    appendLower(tokens.bytes, tokens.name, to: &out)
                    out.append(0x3E)
                }
            case .rawText, .comment, .doctype, .instruction: break
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The words of some HTML, references decoded, block elements parted by blanks.
    static func plainText(_ html: [UInt8]) -> String {
        var tokens = MarkupTokenizer(html, isXML: false)
        var out: [UInt8] = []
        while tokens.next() {
            switch tokens.kind {
            case .text: CharacterReferences.append(tokens.bytes, tokens.content, to: &out)
            case .cdata: out += tokens.bytes[tokens.content]
            case .startTag, .endTag:
                let tag = HTMLTag(name: tokens.bytes[tokens.name])
                if !tag.isInline || tag == .br { out.append(0x20) }
            default: break
            }
        }
        return ASCII.folded(String(decoding: out, as: UTF8.self))
    }

    /// Text as HTML: the three marks escaped.
    static func escaped(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 == 0x22 || $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else { return text }
        var out: [UInt8] = []
        appendEscaped(text, to: &out)
        return out
    }

    private static func appendEscaped(_ text: some Sequence<UInt8>, to out: inout [UInt8]) {
        for byte in text {
            switch byte {
            case 0x26: out += "&amp;".utf8
            case 0x3C: out += "&lt;".utf8
            case 0x3E: out += "&gt;".utf8
            case 0x22: out += "&quot;".utf8
            default: out.append(byte)
            }
        }
    }

    /// Text that is HTML already: only a bare `<` has to be escaped.
    private static func appendText(_ bytes: [UInt8], _ range: Range<Int>, to out: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            let mark = ByteScan.first(0x3C, in: bytes, from: index, to: range.upperBound)
            out.append(contentsOf: bytes[index..<mark])
            if mark < range.upperBound { out += "&lt;".utf8 }
            index = mark + 1
        }
    }

    static func appendLower(_ bytes: [UInt8], _ range: Range<Int>, to out: inout [UInt8]) {
        for index in range { out.append(ASCII.lower(bytes[index])) }
    }

    private static func dropsContent(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .script, .style, .iframe, .object, .embed, .noscript, .frame, .frameset, .canvas, .svg, .math, .template,
            .form, .select,
            .textarea, .button, .title, .head:
            true
        default: false
        }
    }

    private static func isAllowed(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .a, .abbr, .address, .article, .aside, .b, .bdi, .bdo, .big, .blockquote, .br, .caption, .center, .cite,
            .code, .col,
            .colgroup, .dd, .del, .details, .dir, .div, .dl, .dt, .em, .figcaption, .figure, .font, .footer, .h1, .h2,
            .h3, .h4, .h5,
            .h6, .header, .hr, .i, .img, .ins, .kbd, .li, .main, .map, .mark, .menu, .ol, .p, .picture, .pre, .q, .s,
            .samp, .section,
            .small, .source, .span, .strike, .strong, .sub, .summary, .sup, .table, .tbody, .td, .tfoot, .th, .thead,
            .time, .tr,
            .tt, .u, .ul, .`var`, .video, .audio, .wbr, .nav, .fieldset, .legend, .label, .area:
            true
        default: false
        }
    }

    private static func appendTag(_ tokens: MarkupTokenizer, base: String?, to out: inout [UInt8]) {
        out.append(0x3C)
        appendLower(tokens.bytes, tokens.name, to: &out)
        var seen: UInt64 = 0
        for attribute in tokens.attributes {
            let name = SafeAttribute(NameKey.of(tokens.bytes, attribute.name))
            guard let name, seen & name.bit == 0 else { continue }
            seen |= name.bit
            guard let value = name.harmless(tokens.bytes, attribute.value, base: base) else { continue }
            out.append(0x20)
            appendLower(tokens.bytes, attribute.name, to: &out)
            out.append(0x3D)
            out.append(0x22)
            appendEscaped(value, to: &out)
            out.append(0x22)
        }
        out.append(0x3E)
    }
}
