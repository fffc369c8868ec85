/// Lists of feeds, as feed readers exchange them.
public enum OPML {
    /// A feed of a list.
    public struct Outline: Hashable, Sendable {
        public let title: String?
        public let xmlURL: String
        public let htmlURL: String?
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
