extension NewsReader {
    /// What stands in a document: one article, or the members of a feed or of JSON lines.
    ///
    /// A member that cannot be read is a failed member, never a failed document.
    public func contents(of document: Document) throws(DocumentError) -> DocumentContents {
        guard !isBlank(document.bytes) else { throw .empty }
        switch DocumentKind(of: document) {
        case .plainText, .html, .markdown, .word, .openDocument: return .article(try article(in: document))
        case .mail, .mailbox: return try contents(ofMail: document)
        case .gzip, .zip, .warc: return .members(members(ofContainer: document))
        case .jsonLines: return .members(members(ofLines: document))
        case .feed, .jsonFeed: return .members(try members(ofFeed: document))
        case .opml, .addressList, .shortcut: throw .unsupported(DocumentKind(of: document).name)
        case .unsupported(let name): throw .unsupported(name)
        }
    }

    /// The one article of a plain text or HTML page; with `entry`, the article of that feed entry.
    ///
    /// The page's text is preferred, the entry's own text is taken when the document is no page.
    public func article(in document: Document, entry: Entry? = nil) throws(DocumentError) -> Article {
        if let entry {
            if !isBlank(document.bytes), DocumentKind(of: document) == .html,
                let page = try? pageArticle(document, entry: entry)
            {
                return page
            }
            return try entryArticle(entry, document)
        }
        guard !isBlank(document.bytes) else { throw .empty }
        switch DocumentKind(of: document) {
        case .html: return try pageArticle(document, entry: nil)
        case .plainText: return try textArticle(document)
        case .word, .openDocument: return try officeArticle(document)
        case .gzip, .zip, .warc, .mailbox: throw .unsupported(DocumentKind(of: document).name)
        case .markdown: return try markdownArticle(document)
        case .mail: return try article(inMail: document)
        case .feed, .jsonFeed: throw .unsupported("feed")
        case .jsonLines: throw .unsupported("json lines")
        case .opml, .addressList, .shortcut: throw .unsupported(DocumentKind(of: document).name)
        case .unsupported(let name): throw .unsupported(name)
        }
    }

    /// The article of a clean text, which is kept byte for byte when it is valid UTF-8.
    public func article(
        text: [UInt8], origin: Document.Origin = .standardInput, url: String? = nil, title: String? = nil,
        published: ZonedTime? = nil
    ) throws(DocumentError) -> Article {
        guard !isBlank(text) else { throw .empty }
        guard text.count <= options.articleLimit else {
            throw .tooLarge(bytes: text.count, limit: options.articleLimit)
        }
        var fields = ArticleFields()
        fields.url = url
        fields.canonicalURL = url.map(canonicalURL)
        fields.headline = title
        fields.published = published
        return ArticleMaker.article(text: Text(repairing: text), origin: origin, fields: fields)
    }

    private func isBlank(_ bytes: [UInt8]) -> Bool {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return bytes[start...].allSatisfy(ASCII.isSpace)
    }

    private func decoded(_ document: Document) throws(DocumentError) -> DecodedText {
        do {
            return try Charset.decode(document.bytes, mediaTypeCharset: document.charset)
        } catch {
            throw .undecodable(error.message)
        }
    }

    private func textArticle(_ document: Document) throws(DocumentError) -> Article {
        guard document.bytes.count <= options.articleLimit else {
            throw .tooLarge(bytes: document.bytes.count, limit: options.articleLimit)
        }
        let text = try decoded(document)
        if TextNoise(text.utf8).isNoise { throw .undecodable("binary bytes, no text") }
        guard !isBlank(text.utf8) else { throw .empty }
        var article = try article(
            text: text.utf8, origin: document.origin, url: document.url, title: document.title,
            published: document.published)
        article.notes += text.notes
        return article
    }

    private func members(ofContainer document: Document) -> [Member] {
        guard var reader = MemberReader(source: BytesInMemory(document.bytes), as: document) else { return [] }
        var members: [Member] = []
        while let (name, result) = reader.next() {
            do throws(DocumentError) {
                members.append(Member(name: name, result: .success(try article(in: result.get()))))
            } catch {
                members.append(Member(name: name, result: .failure(error)))
            }
        }
        return members
    }

    private func members(ofLines document: Document) -> [Member] {
        let lines = JSONLines.lines(of: document.bytes)
        // One value over several lines: a pretty-printed record, or an array of records.
        if let whole = JSONValue(parsing: document.bytes) {
            let records = whole.array.isEmpty ? [whole] : whole.array
            return records.enumerated().map { member($0.element, name: String($0.offset + 1), document) }
        }
        return lines.map { line in
            guard let value = JSONValue(parsing: document.bytes[line.range]) else {
                return Member(
                    name: String(line.number), result: .failure(.undecodable("line \(line.number) is no JSON")))
            }
            return member(value, name: String(line.number), document)
        }
    }

    private func member(_ record: JSONValue, name: String, _ document: Document) -> Member {
        Member(name: record["id"]?.string ?? name, result: recordArticle(record, name: name, document))
    }

    private func recordArticle(_ record: JSONValue, name: String, _ document: Document) -> Result<
        Article, DocumentError
    > {
        let html = record["html"]?.string
        guard let body = record["text"]?.string ?? html ?? record["body"]?.string else { return .failure(.empty) }
        var part = document
        part.bytes = Array(body.utf8)
        if case .file(let file, _) = document.origin { part.origin = .file(name: file, member: name) }
        part.mediaType = html != nil && record["text"] == nil ? "text/html" : "text/plain"
        part.charset = "utf-8"
        part.url = record["url"]?.string ?? document.url
        part.title = record["title"]?.string
        part.published = (record["published"] ?? record["date"])?.string.flatMap(FeedDate.time) ?? document.published
        do throws(DocumentError) {
            guard !isBlank(part.bytes) else { return .failure(.empty) }
            return .success(part.mediaType == "text/html" ? try pageArticle(part, entry: nil) : try textArticle(part))
        } catch {
            return .failure(error)
        }
    }
}

/// How much of a text cannot be text.
struct TextNoise {
    private(set) var isNoise = false

    /// Counts control and replacement characters in valid UTF-8.
    init(_ bytes: [UInt8]) {
        var strange = 0
        var scalars = 0
        for (index, byte) in bytes.enumerated() where !ASCII.isContinuation(byte) {
            scalars += 1
            if byte < 0x20 ? !ASCII.isSpace(byte) && byte != 0x1B : byte == 0x7F { strange += 1 }
            let isReplacement =
                byte == 0xEF && index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] == 0xBD
            let isC1 = byte == 0xC2 && index + 1 < bytes.count && bytes[index + 1] < 0xA0
            if isReplacement || isC1 { strange += 1 }
        }
        isNoise = strange * 25 > scalars && strange > 1
    }
}
