/// The vocabularies that feeds mix, told apart by the address a prefix is bound to and, failing that, by the prefix.
enum FeedVocabulary: Sendable {
    case plain, atom, dublinCore, content, itunes, media, syndication, news, html
    /// Known or not, it says nothing that is kept.
    case other

    /// By the usual prefix, in small letters; nil for one nobody knows.
    init?(prefix: String) {
        switch prefix {
        case "", "rss", "rss1", "rss2", "rdf", "sitemap": self = .plain
        case "atom", "a10", "atom10", "atom03": self = .atom
        case "dc", "dcterms", "dcterm", "dct": self = .dublinCore
        case "content": self = .content
        case "itunes": self = .itunes
        case "media": self = .media
        case "sy", "syn": self = .syndication
        case "news": self = .news
        case "xhtml", "html": self = .html
        case "slash", "wfw", "thr", "georss", "geo", "gml", "feedburner", "podcast", "googleplay", "cc",
            "creativecommons", "admin", "gd", "opensearch", "ext", "trackback", "annotate", "ag", "cp", "ev", "image",
            "video", "l", "ss", "taxo", "search", "snf", "yandex", "webfeeds":
            self = .other
        default: return nil
        }
    }

    /// By the address, which occurs in the wrong case, with `https`, without its last slash and with blanks around it.
    init(address: String) {
        let address = ASCII.lowered(ASCII.trimmed(address).utf8)
        let bytes = Array(address.utf8)
        func has(_ part: StaticString) -> Bool { ASCII.find(part, in: bytes, 0..<bytes.count) != nil }
        if has("2005/atom") || has("purl.org/atom") {
            self = .atom
        } else if has("purl.org/dc/") {
            self = .dublinCore
        } else if has("rss/1.0/modules/content") {
            self = .content
        } else if has("itunes.com/dtds") {
            self = .itunes
        } else if has("search.yahoo.com/mrss") || has("tools.search.yahoo.com") {
            self = .media
        } else if has("rss/1.0/modules/syndication") {
            self = .syndication
        } else if has("schemas/sitemap-news") {
            self = .news
        } else if has("1999/xhtml") {
            self = .html
        } else if has("purl.org/rss/1.0/modules") {
            self = .other
        } else if has("purl.org/rss") || has("netscape.com/rdf") || has("rdf-syntax-ns") || has("rssnamespace")
            || has("backend.userland.com/rss") || has("schemas/sitemap/") || address.hasSuffix("rss/0.9")
        {
            self = .plain
        } else {
            self = .other
        }
    }
}
