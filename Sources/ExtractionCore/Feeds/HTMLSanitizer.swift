// What a feed carries as HTML is shown to people, so only what is known to be harmless passes: an allow-list of
// elements, a short list of attributes, and addresses of three schemes.

/// Passes harmless HTML and drops the rest.
enum HTMLSanitizer {
    /// The allowed part of some HTML, addresses resolved against `base`.
    static func sanitized(_ html: [UInt8], base: String? = nil) -> String {
        var tokens = MarkupTokenizer(html, isXML: false)
        var out: [UInt8] = []
        out.reserveCapacity(html.count)
        /// Open elements whose whole content goes.
        var dropped: [HTMLTag] = []
        while tokens.next() {
            switch tokens.kind {
            case .text: if dropped.isEmpty { appendText(tokens.bytes, tokens.content, to: &out) }
            case .cdata: if dropped.isEmpty { appendEscaped(tokens.bytes[tokens.content], to: &out) }
            case .startTag:
                let tag = HTMLTag(name: tokens.bytes[tokens.name])
                if dropsContent(tag) {
                    if !tag.isVoid, !tokens.isSelfClosing, dropped.count < 64 { dropped.append(tag) }
                } else if dropped.isEmpty, isAllowed(tag) {
                    appendTag(tokens, base: base, to: &out)
                }
            case .endTag:
                let tag = HTMLTag(name: tokens.bytes[tokens.name])
                if let open = dropped.lastIndex(of: tag) {
                    dropped.removeSubrange(open...)
                } else if dropped.isEmpty, isAllowed(tag), !tag.isVoid {
                    out += [0x3C, 0x2F]
                    out += tokens.bytes[tokens.name].map(ASCII.lower)
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
    static func escaped(_ text: some Sequence<UInt8>) -> [UInt8] {
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
        for byte in bytes[range] {
            if byte == 0x3C { out += "&lt;".utf8 } else if byte >= 0x20 || ASCII.isSpace(byte) { out.append(byte) }
        }
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

    private static let attributes: Set<String> = [
        "href", "src", "alt", "title", "width", "height", "datetime", "cite", "colspan", "rowspan", "lang", "dir",
        "poster", "controls",
        "start", "type", "class", "id", "rel", "align", "valign", "name", "border", "target", "abbr", "summary", "span",
        "value", "shape",
    ]
    private static let addresses: Set<String> = ["href", "src", "cite", "poster"]

    private static func appendTag(_ tokens: MarkupTokenizer, base: String?, to out: inout [UInt8]) {
        out.append(0x3C)
        out += tokens.bytes[tokens.name].map(ASCII.lower)
        var seen: Set<String> = []
        for attribute in tokens.attributes {
            let name = ASCII.lowered(tokens.bytes[attribute.name])
            guard attributes.contains(name), seen.insert(name).inserted else { continue }
            var value = CharacterReferences.decoded(tokens.bytes, attribute.value)
            if addresses.contains(name) {
                guard isHarmless(value) else { continue }
                value = resolvedURL(value, against: base)
            }
            out.append(0x20)
            out += name.utf8
            out += "=\"".utf8
            appendEscaped(value.utf8, to: &out)
            out.append(0x22)
        }
        out.append(0x3E)
    }

    /// Relative, or http, https or mailto once white space and controls are out.
    static func isHarmless(_ url: String) -> Bool {
        let bytes = url.utf8.filter { $0 > 0x20 && $0 != 0x7F }
        guard let colon = bytes.firstIndex(of: 0x3A) else { return true }
        let scheme = bytes[..<colon]
        if scheme.contains(where: { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }) { return true }
        return ["http", "https", "mailto"].contains(ASCII.lowered(scheme))
    }
}
