/// Lists of feeds, as feed readers exchange them.
public enum OPML {
    /// A feed of a list.
    public struct Outline: Hashable, Sendable {
        public let title: String?
        public let xmlURL: String
        public let htmlURL: String?

        public init(title: String?, xmlURL: String, htmlURL: String? = nil) {
            self.title = title
            self.xmlURL = xmlURL
            self.htmlURL = htmlURL
        }
    }

    /// A list that other feed readers take.
    public static func document(title: String, _ outlines: [Outline]) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n"
        text += "  <head><title>\(escaped(title))</title></head>\n  <body>\n"
        for outline in outlines {
            let name = escaped(outline.title ?? outline.xmlURL)
            text += "    <outline type=\"rss\" text=\"\(name)\" title=\"\(name)\" xmlUrl=\"\(escaped(outline.xmlURL))\""
            if let page = outline.htmlURL { text += " htmlUrl=\"\(escaped(page))\"" }
            text += "/>\n"
        }
        return Array((text + "  </body>\n</opml>\n").utf8)
    }

    /// Controls have no place in XML.
    private static func escaped(_ text: String) -> String {
        escapedMarkup(String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 })))
    }

    /// The outlines that name a feed, in order, whatever folders they stand in.
    public static func outlines(in bytes: [UInt8]) -> [Outline] {
        guard let text = try? Charset.decode(bytes) else { return [] }
        var tokens = MarkupTokenizer(text.utf8, isXML: true)
        var outlines: [Outline] = []
        while tokens.next() {
            guard tokens.kind == .startTag, tokens.lowerName == "outline", let address = tokens.attribute("xmlurl")
            else { continue }
            let url = ASCII.trimmed(address)
            guard !url.isEmpty else { continue }
            let title = tokens.attribute("title") ?? tokens.attribute("text")
            outlines.append(
                Outline(
                    title: title.flatMap { FeedFields.nonEmpty(ASCII.trimmed($0)) }, xmlURL: url,
                    htmlURL: tokens.attribute("htmlurl").flatMap { FeedFields.nonEmpty(ASCII.trimmed($0)) }))
        }
        return outlines
    }
}
