// Documents that hold no article but say where articles are: a list of addresses, a shortcut that was dragged out of a
// browser, a list of feeds, a sitemap.

/// An address of the web that a document names, with what the document says of it.
public struct ListedAddress: Hashable, Sendable {
    public var url: String
    public var title: String?
    public var published: ZonedTime?

    public init(url: String, title: String? = nil, published: ZonedTime? = nil) {
        self.url = url
        self.title = title
        self.published = published
    }
}

extension NewsReader {
    /// The addresses that a document lists, each once, in order; nil when it is no such list.
    ///
    /// A list of lines is told by its name (`.urls`) or type (`text/uri-list`): texts of all kinds hold addresses.
    public func addresses(in document: Document) -> [ListedAddress]? {
        switch DocumentKind(of: document) {
        case .opml:
            return distinct(OPML.outlines(in: document.bytes).map { ListedAddress(url: $0.xmlURL, title: $0.title) })
        case .unsupported("sitemap"):
            guard let feed = try? feed(in: document) else { return nil }
            return distinct(
                feed.entries.compactMap { entry in
                    entry.link.map {
                        ListedAddress(url: $0, title: entry.title, published: entry.published)
                    }
                })
        case .shortcut: return Shortcut.address(in: document.bytes).map { [ListedAddress(url: $0)] } ?? []
        case .addressList: return distinct(AddressLines.addresses(in: document.bytes).map { ListedAddress(url: $0) })
        default: return nil
        }
    }

    private func distinct(_ addresses: [ListedAddress]) -> [ListedAddress] {
        var seen: Set<String> = []
        return addresses.filter { seen.insert($0.url).inserted }
    }
}

/// One address a line; blank lines and those that begin with `#` are none.
enum AddressLines {
    static func isNamed(_ mediaType: String?, _ name: String) -> Bool {
        mediaType == "text/uri-list" || name.hasSuffix(".urls")
    }

    static func addresses(in bytes: [UInt8]) -> [String] {
        guard let text = try? Charset.decode(bytes).utf8 else { return [] }
        return text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).compactMap { line in
            let line = ASCII.trimmed(String(decoding: line, as: UTF8.self))
            return line.isEmpty || line.utf8.first == 0x23 ? nil : line
        }
    }
}

/// The files that desktops make of a link: `.url` and `.desktop` (lines with `URL=`), `.webloc` (a property list).
enum Shortcut {
    static func isShortcut(_ bytes: [UInt8], _ start: Int, _ name: String) -> Bool {
        if name.hasSuffix(".webloc") { return true }
        // Some systems write a part of their own before.
        if name.hasSuffix(".url"), bytes[start] == 0x5B { return true }
        let head = start..<min(bytes.count, start + 64)
        return begins("[internetshortcut]", bytes, head)
            || begins("[desktop entry]", bytes, head) && name.hasSuffix(".desktop")
    }

    private static func begins(_ words: StaticString, _ bytes: [UInt8], _ head: Range<Int>) -> Bool {
        ASCII.find(words, in: bytes, head) == head.lowerBound
    }

    /// Nil when it holds none.
    static func address(in bytes: [UInt8]) -> String? {
        if bytes.starts(with: "bplist00".utf8) { return packed(bytes) }
        guard let text = try? Charset.decode(bytes).utf8 else { return nil }
        let isMarkup = text.first { !ASCII.isSpace($0) } == 0x3C
        return isMarkup ? markup(text) : line(text)
    }

    private static func line(_ text: [UInt8]) -> String? {
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let equals = line.firstIndex(of: 0x3D) else { continue }
            let key = ASCII.trimmed(ASCII.lowered(line[..<equals]))
            let value = ASCII.trimmed(String(decoding: line[(equals + 1)...], as: UTF8.self))
            if key == "url", !value.isEmpty { return value }
        }
        return nil
    }

    /// The string after the key `URL`.
    private static func markup(_ text: [UInt8]) -> String? {
        var tokens = MarkupTokenizer(text, isXML: true)
        var isKey = false
        var isString = false
        var isNamed = false
        while tokens.next() {
            switch tokens.kind {
            case .startTag:
                isKey = tokens.lowerName == "key"
                isString = tokens.lowerName == "string"
            case .text:
                let words = ASCII.trimmed(CharacterReferences.decoded(text, tokens.content))
                if words.isEmpty { continue }
                if isString, isNamed { return words }
                if isKey { isNamed = ASCII.lowered(words.utf8) == "url" }
            default: continue
            }
        }
        return nil
    }

    /// In the binary form a string of ASCII letters stands behind its length.
    private static func packed(_ bytes: [UInt8]) -> String? {
        guard let start = ASCII.find("http", in: bytes, 8..<bytes.count), start >= 3 else { return nil }
        let length: Int
        if bytes[start - 1] & 0xF0 == 0x50, bytes[start - 1] != 0x5F {
            length = Int(bytes[start - 1] & 0x0F)
        } else if bytes[start - 3] == 0x5F, bytes[start - 2] == 0x10 {
            length = Int(bytes[start - 1])
        } else if start >= 4, bytes[start - 4] == 0x5F, bytes[start - 3] == 0x11 {
            length = Int(bytes[start - 2]) << 8 | Int(bytes[start - 1])
        } else {
            return nil
        }
        guard start + length <= bytes.count else { return nil }
        return String(decoding: bytes[start..<start + length], as: UTF8.self)
    }
}
