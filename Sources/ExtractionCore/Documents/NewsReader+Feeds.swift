extension NewsReader {
    /// The feed in a document, whatever the document calls itself.
    public func feed(in document: Document) throws(FeedError) -> Feed {
        guard !document.bytes.allSatisfy(ASCII.isSpace) else { throw .empty }
        let kind = DocumentKind(of: document)
        let isJSON = kind == .jsonFeed || kind == .jsonLines || kind == .unsupported("json")
        let isMarkup = !kind.isBinary || kind == .unsupported("sitemap") || kind == .unsupported("xml")
        guard isJSON || isMarkup else { throw .notAFeed(found: kind.name) }
        let text: DecodedText
        do { text = try Charset.decode(document.bytes, mediaTypeCharset: document.charset) } catch {
            throw .notAFeed(found: "undecodable text")
        }
        guard var feed = isJSON ? jsonFeed(text, document) : FeedReader.feed(in: text.utf8, url: document.url) else {
            throw .notAFeed(found: isJSON ? "json" : kind.name)
        }
        feed.notes += text.notes
        return feed
    }

    private func jsonFeed(_ text: DecodedText, _ document: Document) -> Feed? {
        let (bytes, notes) = FeedMending.mended(text.utf8)
        guard let (value, isWhole) = JSONValue.mended(parsing: bytes),
            var feed = JSONFeedReader.feed(in: value, url: document.url)
        else { return nil }
        feed.notes += notes
        if !isWhole { feed.notes.append("the document ends within an entry") }
        return feed
    }
}

extension DocumentKind {
    /// A word for people.
    public var name: String {
        switch self {
        case .plainText: "text"
        case .html: "html"
        case .feed: "feed"
        case .jsonFeed: "json feed"
        case .jsonLines: "json lines"
        case .opml: "opml"
        case .addressList: "list of addresses"
        case .shortcut: "link"
        case .gzip: "gzip"
        case .zip: "zip"
        case .warc: "warc"
        case .word: "docx"
        case .openDocument: "odt"
        case .mail: "mail"
        case .mailbox: "mail box"
        case .markdown: "markdown"
        case .unsupported(let name): name
        }
    }
}
