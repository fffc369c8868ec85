extension NewsReader {
    /// The article of a Word or OpenDocument text: roles by its styles, and by their form where the styles say nothing.
    func officeArticle(_ document: Document) throws(DocumentError) -> Article {
        let office = try OfficeReader.text(of: document)
        var text: [UInt8] = []
        var pieces: [TextPiece] = []
        var kinds: [Block.Kind?] = []
        for (index, paragraph) in office.paragraphs.enumerated() {
            let isNextRow = paragraph.kind == .row && index > 0 && office.paragraphs[index - 1].kind == .row
            if !text.isEmpty { text += isNextRow ? [0x0A] : [0x0A, 0x0A] }
            let start = text.count
            text += Text(repairing: paragraph.text).bytes
            pieces.append(TextPiece(range: start..<text.count, group: index, lines: 1))
            kinds.append(Block.Kind(paragraph.kind))
            guard text.count <= options.articleLimit else {
                throw .tooLarge(bytes: text.count, limit: options.articleLimit)
            }
        }
        guard !text.isEmpty else { throw .empty }
        let fields = fields(of: document, office)
        var article = ArticleMaker.article(
            text: Text(repairing: text), origin: document.origin, fields: fields, pieces: pieces, kinds: kinds)
        if article.bylines.isEmpty {
            article.bylines = office.authors.filter(isPersonName)
            if !article.bylines.isEmpty { article.details.sources.append(.init("authors", .meta)) }
        }
        return article
    }

    private func fields(of document: Document, _ office: OfficeText) -> ArticleFields {
        var fields = ArticleFields()
        fields.url = document.url
        fields.canonicalURL = document.url.map(canonicalURL)
        let shown =
            office.paragraphs.first { $0.kind == .title }
            ?? office.paragraphs.first.flatMap {
                $0.kind == .heading ? $0 : nil
            }
        fields.headline = document.title ?? shown.map { ASCII.folded(String(decoding: $0.text, as: UTF8.self)) }
        if fields.headline == nil, let title = office.title, isHeadline(title) {
            fields.headline = title
            fields.details.sources.append(.init("title", .meta))
        }
        fields.published = document.published
        fields.take((office.created ?? office.modified).map { ($0, .meta) })
        fields.details.modified = office.modified
        return fields
    }

    /// Programs put the name of the file, or of themselves, where nobody gave a title.
    private func isHeadline(_ title: String) -> Bool {
        let lower = ASCII.lowered(title.utf8)
        let isFile = [".doc", ".docx", ".odt", ".dotx", ".rtf"].contains { lower.hasSuffix($0) }
        return title.contains(" ") && !isFile && !lower.hasPrefix("microsoft word")
    }

    /// Whether an author is a person's name and not the name of an account.
    private func isPersonName(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        let accounts: Set<String> = [
            "user", "admin", "administrator", "office", "microsoft", "windows", "owner", "guest", "desktop", "computer",
            "test", "default", "unknown",
        ]
        return (2...5).contains(words.count) && name.utf8.count <= 80 && !name.utf8.contains(where: ASCII.isDigit)
            && words.first?.first?.isUppercase == true && words.last?.first?.isUppercase == true
            && !words.contains { accounts.contains(ASCII.lowered($0.utf8)) }
    }
}

extension Block.Kind {
    /// Nil where the style says nothing.
    fileprivate init?(_ kind: OfficeText.Kind) {
        switch kind {
        case .title, .heading: self = .heading
        case .listItem: self = .listItem
        case .quote: self = .quote
        case .caption: self = .caption
        case .row: self = .paragraph
        case .paragraph: return nil
        }
    }
}
