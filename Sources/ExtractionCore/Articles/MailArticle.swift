extension NewsReader {
    /// The article of a mail's own text; what is attached to it are documents of their own.
    ///
    /// `transcode` turns encodings that the core leaves to the system into UTF-8.
    public func article(
        inMail document: Document, transcode: @escaping Transcode = { _, _ in nil }
    ) throws(DocumentError) -> Article {
        let mail = MailMessage(document.bytes, transcode: transcode)
        let header = MailFields(mail.header, transcode)
        let text = MailWords(mail, isForward: header.isForward, headline: document.title ?? header.subject)
        guard !text.bytes.isEmpty else { throw reason(mail) }
        guard text.bytes.count <= options.articleLimit else {
            throw .tooLarge(bytes: text.bytes.count, limit: options.articleLimit)
        }
        if TextNoise(text.bytes).isNoise { throw .undecodable("binary bytes, no text") }
        let fields = fields(of: document, mail, header, text)
        if let blocks = text.blocks, !blocks.isEmpty {
            return ArticleMaker.article(
                text: Text(repairing: text.bytes), blocks: blocks, origin: document.origin, fields: fields)
        }
        return ArticleMaker.article(text: Text(repairing: text.bytes), origin: document.origin, fields: fields)
    }

    /// A mail with documents attached, and a box of mails, hold many articles.
    func contents(ofMail document: Document) throws(DocumentError) -> DocumentContents {
        guard var reader = MemberReader(source: BytesInMemory(document.bytes), as: document) else {
            return .article(try article(inMail: document))
        }
        var members: [Member] = []
        while let (name, result) = reader.next() {
            let article = result.flatMap { document in
                Result { () throws(DocumentError) in try self.article(in: document) }
            }
            members.append(Member(name: name, result: article))
        }
        return .members(members)
    }

    /// Why a mail has no text.
    private func reason(_ mail: MailMessage) -> DocumentError {
        if mail.isCut { return .undecodable("too many parts, or parts nested too deeply") }
        return mail.attachments.isEmpty ? .empty : .undecodable("no text in the mail itself")
    }

    private func fields(
        of document: Document, _ mail: MailMessage, _ header: MailFields, _ text: MailWords
    ) -> ArticleFields {
        var fields = ArticleFields()
        // A text that was passed on inside the mail is its first sender's.
        let sender = text.passedOn["from"].map { MailSender(Array($0.utf8)) { _, _ in nil } }
        fields.headline =
            document.title ?? header.subject ?? text.passedOn["subject"].map { MailFields.subject($0).words }
        fields.bylines = [sender.map(\.person) ?? header.author].compactMap { $0 }
        fields.site = sender.map(\.organisation) ?? header.publication
        // It is written in the clock of whoever passed it on, which is not said.
        let passedOn = (text.passedOn["date"] ?? text.passedOn["sent"]).flatMap(FeedDate.time).map {
            ZonedTime(Instant(seconds: Int64($0.day.dayNumber) * 86_400), hasTime: false)
        }
        fields.published = document.published ?? passedOn ?? header.published
        fields.url = document.url ?? header.url
        fields.canonicalURL = fields.url.map(canonicalURL)
        fields.language = header.language
        fields.captions = text.captions
        if mail.isCut { fields.notes.append("mail cut at its limit of parts") }
        fields.notes += mail.unread.prefix(20).map { "attachment not read: " + $0 }
        return fields
    }
}

/// The words of a mail's body.
struct MailWords {
    private(set) var bytes: [UInt8] = []
    /// Nil for plain text, whose blocks are found by their form.
    private(set) var blocks: [Block]?
    private(set) var captions: [String] = []
    private(set) var passedOn: [String: String] = [:]

    init(_ mail: MailMessage, isForward: Bool, headline: String?) {
        for piece in mail.body {
            let plain = piece.plain.map { MailLines(mail.plainText($0), isForward: isForward) }
            let page = piece.html.map { MailPage(mail.text($0), isForward: isForward, headline: headline) }
            let plainWords = plain.reduce(0) { $0 + MailWords.size($1.text) }
            let pageWords = page.reduce(0) { $0 + MailWords.size($1.text) }
            // Two forms of one text: the page tells headings and lists, unless it lacks the text.
            if pageWords > 0, pageWords * 10 >= plainWords * 6 {
                page.forEach { append($0) }
            } else {
                plain.forEach { append($0) }
            }
        }
    }

    private static func size(_ text: [UInt8]) -> Int { text.count { !ASCII.isSpace($0) } }

    private mutating func append(_ lines: MailLines) {
        let text = MailFurniture.without(lines.text)
        guard !text.isEmpty else { return }
        passedOn.merge(lines.passedOn) { first, _ in first }
        let start = open()
        bytes += text
        guard blocks != nil else { return }
        for role in BlockRoles.roles(of: TextLines.pieces(of: text), in: text) {
            let range = role.piece.range
            blocks?.append(
                Block(range: TextRange(start + range.lowerBound, start + range.upperBound), kind: role.kind))
        }
    }

    private mutating func append(_ page: MailPage) {
        guard !page.text.isEmpty else { return }
        passedOn.merge(page.passedOn) { first, _ in first }
        captions += page.captions
        if blocks == nil { blocks = bytes.isEmpty ? [] : plainBlocks() }
        let start = open()
        bytes += page.text
        blocks? += page.blocks.map {
            Block(range: TextRange(start + $0.range.lower, start + $0.range.upper), kind: $0.kind)
        }
    }

    /// The blocks of the plain text so far.
    private func plainBlocks() -> [Block] {
        BlockRoles.roles(of: TextLines.pieces(of: bytes), in: bytes).map {
            Block(range: TextRange($0.piece.range.lowerBound, $0.piece.range.upperBound), kind: $0.kind)
        }
    }

    private mutating func open() -> Int {
        if !bytes.isEmpty { bytes += [0x0A, 0x0A] }
        return bytes.count
    }
}
