extension NewsReader {
    /// The article of a page; a feed entry that led to it knows better who wrote it and when.
    func pageArticle(_ document: Document, entry: Entry?) throws(DocumentError) -> Article {
        guard document.bytes.count <= options.pageLimit else {
            throw .tooLarge(bytes: document.bytes.count, limit: options.pageLimit)
        }
        let text: DecodedText
        do { text = try Charset.decode(document.bytes, mediaTypeCharset: document.charset) } catch {
            throw .undecodable(error.message)
        }
        var fields = ArticleFields()
        fields.headline = entry?.title ?? document.title
        fields.published = entry?.published ?? document.published
        fields.bylines = entry?.authors.compactMap(\.name) ?? []
        fields.notes = text.notes
        // What a feed says is known before the page is read.
        if entry?.title != nil { fields.details.sources.append(.init("title", .feed)) }
        if entry?.published != nil { fields.details.sources.append(.init("published", .feed)) }
        if !fields.bylines.isEmpty { fields.details.sources.append(.init("authors", .feed)) }
        guard
            let article = ArticleMaker.article(
                html: text.utf8, origin: document.origin, url: document.url ?? entry?.link, known: fields)
        else {
            throw .empty
        }
        return try withinLimit(article)
    }

    private func withinLimit(_ article: Article) throws(DocumentError) -> Article {
        guard article.text.count <= options.articleLimit else {
            throw .tooLarge(bytes: article.text.count, limit: options.articleLimit)
        }
        return article
    }

    /// The article of a feed entry from what the feed itself carries.
    func entryArticle(_ entry: Entry, _ document: Document) throws(DocumentError) -> Article {
        var fields = ArticleFields()
        fields.url = entry.link ?? document.url
        fields.canonicalURL = fields.url.map(canonicalURL)
        fields.headline = entry.title
        fields.published = entry.published ?? entry.updated ?? document.published
        fields.bylines = entry.authors.compactMap { $0.name ?? $0.email }
        for html in [entry.contentHTML, entry.summaryHTML] {
            guard let html,
                let article = ArticleMaker.article(fragment: Array(html.utf8), origin: document.origin, fields: fields)
            else { continue }
            return try withinLimit(article)
        }
        guard let title = entry.title, !title.isEmpty else { throw .empty }
        fields.notes.append("only the title")
        return ArticleMaker.article(
            text: Text(title), blocks: [Block(range: TextRange(0, title.utf8.count), kind: .paragraph)],
            origin: document.origin, fields: fields)
    }

    func members(ofFeed document: Document) throws(DocumentError) -> [Member] {
        let feed: Feed
        do { feed = try self.feed(in: document) } catch {
            switch error {
            case .empty: throw .empty
            case .notAFeed(let found): throw .unsupported(found)
            }
        }
        return feed.entries.enumerated().map { index, entry in
            let name = entry.id ?? entry.link ?? String(index + 1)
            var part = document
            if case .file(let file, _) = document.origin {
                part.origin = .file(name: file, member: name)
            } else {
                part.origin = .entry(feed: document.url ?? feed.id ?? "", id: name)
            }
            do throws(DocumentError) {
                return Member(name: name, result: .success(try entryArticle(entry, part)))
            } catch {
                return Member(name: name, result: .failure(error))
            }
        }
    }
}
