extension NewsReader {
    /// The article of a Markdown text: words and blocks without the marks.
    func markdownArticle(_ document: Document) throws(DocumentError) -> Article {
        guard document.bytes.count <= options.articleLimit else {
            throw .tooLarge(bytes: document.bytes.count, limit: options.articleLimit)
        }
        let text: DecodedText
        do { text = try Charset.decode(document.bytes, mediaTypeCharset: document.charset) } catch {
            throw .undecodable(error.message)
        }
        if TextNoise(text.utf8).isNoise { throw .undecodable("binary bytes, no text") }
        let lines = MarkdownLines.withFeeds(text.utf8)
        let matter = FrontMatter(lines)
        var parts = MarkdownParts(MarkdownBlocks(lines, from: matter.end))
        guard !parts.text.isEmpty else { throw .empty }
        var fields = MarkdownParts.fields(of: matter, knownFrom: document)
        fields.headline = fields.headline ?? parts.headline
        parts.markHead(headline: fields.headline)
        if fields.bylines.isEmpty { fields.bylines = parts.bylines }
        fields.captions = parts.captions
        fields.notes = text.notes
        return ArticleMaker.article(
            text: Text(repairing: parts.text), blocks: parts.blocks, origin: document.origin, fields: fields)
    }
}

enum MarkdownLines {
    /// Lines ended by a line feed alone.
    static func withFeeds(_ bytes: [UInt8]) -> [UInt8] {
        guard ASCII.hasByte(0x0D, in: bytes, 0..<bytes.count) else { return bytes }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            if byte != 0x0D {
                out.append(byte)
            } else if index + 1 == bytes.count || bytes[index + 1] != 0x0A {
                out.append(0x0A)
            }
        }
        return out
    }
}

/// A Markdown text with the roles of its blocks.
struct MarkdownParts {
    let text: [UInt8]
    private(set) var blocks: [Block]
    let captions: [String]
    private(set) var bylines: [String] = []
    /// The first heading, unless running text stands above it.
    private(set) var headline: String?

    init(_ markdown: MarkdownBlocks) {
        text = markdown.text
        blocks = markdown.blocks
        captions = markdown.captions
        let first = blocks.indices.first { blocks[$0].kind == .heading }
        guard let first else { return }
        let above = blocks[..<first].reduce(0) { $1.isRunningText ? $0 + $1.range.count : $0 }
        if above < 200 || markdown.levels[first] == 1 { headline = words(blocks[first]) }
    }

    private func words(_ block: Block) -> String {
        String(decoding: text[block.range.lower..<block.range.upper], as: UTF8.self)
    }

    /// The headline repeated, and bylines below it, are furniture.
    mutating func markHead(headline: String?) {
        for index in blocks.indices.prefix(6) where blocks[index].kind == .paragraph {
            let range = blocks[index].range
            if let headline, words(blocks[index]) == headline {
                blocks[index] = Block(range: range, kind: .heading)
            } else if index > 0, let names = Byline.names(in: text, range.lower..<range.upper, allowsBareName: true) {
                if bylines.isEmpty { bylines = names }
                blocks[index] = Block(range: range, kind: .heading)
            }
        }
    }

    /// What front matter says; what is known from outside counts before it.
    static func fields(of matter: FrontMatter, knownFrom document: Document) -> ArticleFields {
        func time(_ found: String?) -> ZonedTime? { found.flatMap(FeedDate.time) }
        var fields = ArticleFields()
        fields.headline = document.title ?? matter.first("title", "headline")
        fields.standfirst = matter.first("description", "standfirst", "subtitle", "summary", "excerpt", "deck", "dek")
        fields.bylines = authors(matter)
        fields.published =
            document.published
            ?? time(matter.first("date", "published", "pubdate", "published_at", "publishdate", "created"))
        fields.details.modified = time(matter.first("updated", "modified", "lastmod", "last_modified_at"))
        let link = matter.first("url", "link", "canonical_url", "canonical", "permalink", "source")
        fields.url =
            document.url ?? link.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
        fields.canonicalURL = fields.url.map(canonicalURL)
        fields.site = matter.first("publication", "site", "site_name", "publisher")
        fields.language = matter.first("language", "lang").flatMap { $0.utf8.count <= 12 ? $0 : nil }
        fields.details.section = matter.first("section", "category")
        return fields
    }

    private static func authors(_ matter: FrontMatter) -> [String] {
        matter.all("author", "authors", "byline").flatMap { value -> [String] in
            let bytes = Array(value.utf8)
            if let names = Byline.names(in: bytes, 0..<bytes.count, allowsBareName: false) { return names }
            return value.split(separator: ",").flatMap { $0.split(separator: "&") }.map { ASCII.trimmed(String($0)) }
                .filter { !$0.isEmpty && !$0.contains("@") }
        }
    }
}
