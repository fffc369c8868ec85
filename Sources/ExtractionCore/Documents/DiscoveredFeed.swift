/// A feed that a page names.
public struct DiscoveredFeed: Hashable, Sendable {
    public var url: String
    public var title: String?
}

extension NewsReader {
    /// The feeds that a page names, best first: those of its head, else links of its body that look like feeds.
    ///
    /// A feed of comments is none that anybody means, so it comes last.
    public func feeds(namedIn document: Document) -> [DiscoveredFeed] {
        guard DocumentKind(of: document) == .html, let text = try? Charset.decode(document.bytes) else { return [] }
        var tokens = MarkupTokenizer(text.utf8, isXML: false)
        var base = document.url
        var declared: [DiscoveredFeed] = []
        var linked: [DiscoveredFeed] = []
        while tokens.next() {
            guard tokens.kind == .startTag, declared.count + linked.count < 200 else { continue }
            switch tokens.lowerName {
            case "base": base = tokens.attribute("href").map { resolvedURL($0, against: document.url) } ?? base
            case "link":
                guard DiscoveredFeed.isAlternate(tokens.attribute("rel")),
                    DiscoveredFeed.isFeed(type: tokens.attribute("type"))
                else { continue }
                declared += DiscoveredFeed.link(tokens.attribute("href"), base, title: tokens.attribute("title"))
            case "a":
                guard let address = tokens.attribute("href"), DiscoveredFeed.looksLikeFeed(address) else { continue }
                linked += DiscoveredFeed.link(address, base, title: tokens.attribute("title"))
            default: continue
            }
        }
        var seen: Set<String> = []
        let links = (declared.isEmpty ? linked : declared).filter { seen.insert($0.url).inserted }
        return links.filter { !$0.isOfComments } + links.filter(\.isOfComments)
    }
}

extension DiscoveredFeed {
    fileprivate var isOfComments: Bool {
        let address = ASCII.lowered(url.utf8)
        return address.contains("/comments/") || address.contains("comments/feed")
            || ASCII.lowered((title ?? "").utf8).contains("comment")
    }

    fileprivate static func link(_ address: String?, _ base: String?, title: String?) -> [DiscoveredFeed] {
        guard let address = address.map({ ASCII.trimmed($0) }), !address.isEmpty else { return [] }
        let url = resolvedURL(address, against: base)
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { return [] }
        return [DiscoveredFeed(url: url, title: title.flatMap { FeedFields.nonEmpty(ASCII.trimmed($0)) })]
    }

    fileprivate static func isAlternate(_ relation: String?) -> Bool {
        guard let relation else { return false }
        let words = ASCII.lowered(relation.utf8).split(separator: " ")
        return words.contains("alternate") || words.contains("feed")
    }

    fileprivate static func isFeed(type: String?) -> Bool {
        guard let type else { return false }
        let name = ASCII.trimmed(ASCII.lowered(type.utf8.prefix { $0 != 0x3B }))
        return [
            "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
            "application/xml", "text/xml", "application/json",
        ].contains(name)
    }

    /// `/feed`, `/rss.xml`, `/index.atom` and the like.
    fileprivate static func looksLikeFeed(_ address: String) -> Bool {
        let path = ASCII.lowered(address.utf8.prefix { $0 != 0x23 && $0 != 0x3F })
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        return ["feed", "rss", "atom", "feed.json"].contains(last) || last.hasSuffix(".rss") || last.hasSuffix(".atom")
            || last.hasSuffix("rss.xml") || last.hasSuffix("feed.xml") || last.hasSuffix("atom.xml")
    }
}
