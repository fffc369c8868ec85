/// The document that the fields of a feed point into.
struct FeedDocument: Sendable {
    let bytes: [UInt8]
    /// The bases that `xml:base` set, by the numbers that values carry.
    var bases: [String] = []
    /// What is relative where no base is set: the feed's link, else its address.
    var url: String?

    func base(_ value: FeedValue) -> String? { base(value.base) }

    private func base(_ number: Int32) -> String? { number >= 0 ? bases[Int(number)] : url }

    func attribute(_ range: Range<Int>) -> String { ASCII.trimmed(CharacterReferences.decoded(bytes, range)) }

    func address(_ link: FeedLink) -> String { resolved(attribute(link.address), link.base) }

    func enclosure(_ link: FeedLink) -> Enclosure {
        Enclosure(
            url: address(link), mediaType: link.type.map(attribute),
            length: link.length.flatMap { Int(attribute($0)) })
    }

    /// An address as seen from the base in force, its host in small letters.
    func resolved(_ address: String, _ base: Int32) -> String {
        if FeedDocument.isWeb(address) { return FeedDocument.withLowerHost(address) }
        // Words are no address: "the link of article 1", in a script that addresses do not have.
        if address.utf8.contains(where: { $0 >= 0x80 }), !address.utf8.contains(where: FeedDocument.isAddressMark) {
            return address
        }
        let base = self.base(base)
        return FeedDocument.withLowerHost(
            FeedDocument.fromRoot(address, base) ?? resolvedURL(address, against: base))
    }

    /// The commonest relative address, a path from the root, put behind the base's host; nil for any other.
    private static func fromRoot(_ address: String, _ base: String?) -> String? {
        guard let base, isWeb(base), address.utf8.first == 0x2F else { return nil }
        var last: UInt8 = 0x2E
        for byte in address.utf8.dropFirst() {
            if byte == 0x2F, last == 0x2E { return nil }
            last = byte
        }
        guard last != 0x2E, !ASCII.isSpace(last) else { return nil }
        let host = base.utf8.dropFirst(8).firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }
        return base[..<(host ?? base.endIndex)] + address
    }

    private static func isAddressMark(_ byte: UInt8) -> Bool {
        byte == 0x2F || byte == 0x3A || byte == 0x3F || byte == 0x2E || byte == 0x23
    }

    private static func isWeb(_ address: String) -> Bool {
        address.hasPrefix("https://") || address.hasPrefix("http://")
    }

    private static func hasCapitalBeforePath(_ address: String) -> Bool {
        var slashes = 0
        for byte in address.utf8 {
            if ASCII.isUpper(byte) { return true }
            if byte == 0x2F { slashes += 1 }
            if slashes == 3 { return false }
        }
        return false
    }

    private static func withLowerHost(_ address: String) -> String {
        guard hasCapitalBeforePath(address) else { return address }
        let bytes = address.utf8
        guard let slashes = bytes.firstIndex(of: 0x2F), bytes[slashes...].starts(with: [0x2F, 0x2F]),
            bytes[..<slashes].last == 0x3A
        else { return address }
        let host = bytes[bytes.index(slashes, offsetBy: 2)...]
        let end = host.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 || $0 == 0x40 } ?? bytes.endIndex
        guard bytes[..<end].contains(where: ASCII.isUpper) else { return address }
        return ASCII.lowered(bytes[..<end]) + String(address[end...])
    }
}

/// A link or an enclosure of a feed, its parts as places in the document.
struct FeedLink: Sendable {
    enum Relation: UInt8 { case alternate, enclosure, itself, hub, other }

    var address: Range<Int>
    var rel = Relation.alternate
    var type: Range<Int>?
    var length: Range<Int>?
    var base: Int32 = -1
}

extension FeedLink.Relation {
    init(_ attribute: String?) {
        switch attribute.map({ ASCII.lowered(ASCII.trimmed($0).utf8) }) {
        case nil, "", "alternate": self = .alternate
        case "enclosure": self = .enclosure
        case "self": self = .itself
        case "hub": self = .hub
        default: self = .other
        }
    }
}

/// The families of feeds, by what an item is called and where it stands.
enum FeedFormat: String, Sendable {
    case rss, rdf, atom, cdf, sitemap, sitemapindex
    case rssInJSON = "rss-json"

    var isSitemap: Bool { self == .sitemap || self == .sitemapindex }

    /// By the name of a document's root.
    init?(root: FeedName) {
        switch root {
        case .rss: self = .rss
        case .rdf: self = .rdf
        case .feed: self = .atom
        case .urlset: self = .sitemap
        case .sitemapindex: self = .sitemapindex
        default: return nil
        }
    }
}
