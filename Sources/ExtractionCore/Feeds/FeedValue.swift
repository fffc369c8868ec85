/// The vocabularies that feeds mix, told apart by prefix and, where it is bound, by address.
enum FeedVocabulary: Hashable, Sendable {
    case plain, atom, dublinCore, content, itunes, media, other

    /// By the usual prefix; nil for one nobody knows.
    init?(prefix: String) {
        switch prefix {
        case "", "rss", "rss1", "rdf": self = .plain
        case "atom", "a10", "atom10", "atom03": self = .atom
        case "dc", "dcterms", "dcterm", "dct": self = .dublinCore
        case "content": self = .content
        case "itunes": self = .itunes
        case "media": self = .media
        case "xhtml", "html", "sy", "slash", "wfw", "thr", "georss", "geo", "feedburner", "podcast", "googleplay", "cc",
            "creativecommons", "admin", "gd", "openSearch", "opensearch", "ext", "trackback", "annotate", "ag", "cp",
            "ev", "image", "l", "ss", "syn", "taxo", "search", "snf", "yandex", "webfeeds":
            self = .other
        default: return nil
        }
    }

    init(address: String) {
        let address = ASCII.lowered(ASCII.trimmed(address).utf8)
        func has(_ part: StaticString) -> Bool {
            let bytes = Array(address.utf8)
            return ASCII.find(part, in: bytes, 0..<bytes.count) != nil
        }
        if has("2005/atom") || has("purl.org/atom") {
            self = .atom
        } else if has("purl.org/dc/") {
            self = .dublinCore
        } else if has("rss/1.0/modules/content") {
            self = .content
        } else if has("itunes.com/dtds") {
            self = .itunes
        } else if has("search.yahoo.com/mrss") {
            self = .media
        } else if has("purl.org/rss/1.0/modules") {
            self = .other
        } else if has("purl.org/rss") || has("netscape.com/rdf") || has("rdf-syntax-ns") || has("rssnamespace") {
            self = .plain
        } else {
            self = .other
        }
    }
}

/// The content of one element of a feed while it is read, and what it means.
struct FeedValue: Sendable {
    static let limit = 4 << 20

    /// How Atom says what the content is.
    var type: String?
    var mode: String?
    var base: String?
    /// Text with references decoded and CDATA as it is.
    var decoded: [UInt8] = []
    /// The content as it is written, tags and all.
    var inner: [UInt8] = []
    var hasMarkup = false

    mutating func appendText(_ bytes: [UInt8], _ range: Range<Int>) {
        guard decoded.count < FeedValue.limit, inner.count < FeedValue.limit else { return }
        CharacterReferences.append(bytes, range, to: &decoded)
        inner += bytes[range]
    }

    mutating func appendLiteral(_ bytes: ArraySlice<UInt8>) {
        guard decoded.count < FeedValue.limit, inner.count < FeedValue.limit else { return }
        decoded += bytes
        inner += bytes
    }

    mutating func appendTag(_ bytes: ArraySlice<UInt8>) {
        hasMarkup = true
        if inner.count < FeedValue.limit { inner += bytes }
    }

    /// Decoded text without controls and outer white space.
    var text: String {
        ASCII.trimmed(String(decoding: (hasMarkup ? inner : decoded).filter(FeedValue.isKept), as: UTF8.self))
    }

    private static func isKept(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || ASCII.isSpace(byte) }

    /// The content as HTML, not yet sanitised, and whether it was meant as HTML.
    func markup(isAtom: Bool) -> (bytes: [UInt8], isHTML: Bool) {
        guard isAtom else { return ((hasMarkup ? inner : decoded).filter(FeedValue.isKept), true) }
        let type = type.map { ASCII.lowered(ASCII.trimmed($0).utf8) } ?? "text"
        let mode = mode.map { ASCII.lowered($0.utf8) }
        if mode == "base64" || mode == nil && isBinary(type) && !hasMarkup, let bytes = Base64.decoded(decoded) {
            return (bytes, type.hasSuffix("html"))
        }
        if type == "xhtml" || type == "application/xhtml+xml" || type == "html" || type == "text/html" {
            return hasMarkup ? (FeedValue.withoutDiv(inner), true) : (decoded.filter(FeedValue.isKept), true)
        }
        if hasMarkup { return (FeedValue.withoutDiv(inner), true) }
        // Atom 0.3 escapes HTML without saying so.
        if mode == "escaped" { return (decoded.filter(FeedValue.isKept), true) }
        return (decoded.filter(FeedValue.isKept), false)
    }

    private func isBinary(_ type: String) -> Bool {
        type.contains("/") && !type.hasPrefix("text/") && !type.hasSuffix("xml") && !type.hasSuffix("json")
            && !type.hasSuffix("html")
    }

    /// XHTML stands in one `div`, which is not part of it.
    private static func withoutDiv(_ bytes: [UInt8]) -> [UInt8] {
        let range = ASCII.trimmed(bytes, 0..<bytes.count)
        var tokens = MarkupTokenizer(Array(bytes[range]), isXML: true)
        guard tokens.next(), tokens.kind == .startTag, !tokens.isSelfClosing else { return bytes }
        guard tokens.lowerName == "div" || tokens.lowerName.hasSuffix(":div") else { return bytes }
        let start = range.lowerBound + tokens.range.upperBound
        guard let close = bytes[range].lastIndex(of: 0x3C), close >= start, bytes.count > close + 1,
            bytes[close + 1] == 0x2F
        else { return bytes }
        return Array(bytes[start..<close])
    }
}

/// RFC 4648 base 64, white space ignored.
enum Base64 {
    /// Nil when a byte is none of the alphabet's.
    static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes where !ASCII.isSpace(byte) && byte != 0x3D {
            guard let value = value(of: byte) else { return nil }
            bits = (bits & 0xFFFF) << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return out
    }

    /// The six bits of a letter of the alphabet, or of that for addresses; nil for any other byte.
    static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case 0x2B, 0x2D: 62
        case 0x2F, 0x5F: 63
        default: nil
        }
    }
}
