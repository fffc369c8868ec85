/// What is known about an article besides its text.
struct ArticleFields: Sendable {
    var url: String?
    var canonicalURL: String?
    var site: String?
    var headline: String?
    var standfirst: String?
    var bylines: [String] = []
    var published: ZonedTime?
    var language: String?
    var captions: [String] = []
    var notes: [String] = []
    var details = ArticleDetails()

    /// Takes a time of publication where none is known.
    mutating func take(_ found: (time: ZonedTime, source: ArticleDetails.Provenance)?) {
        guard published == nil, let found else { return }
        published = found.time
        details.sources.append(.init("published", found.source))
    }
}

/// Makes articles from clean text.
enum ArticleMaker {
    /// An article from plain text, which stays as it is; its blocks, bylines and captions are found by their form.
    ///
    /// Where the paragraphs are known, they are the `pieces`, and `kinds` says what is known about each.
    static func article(
        text: Text, origin: Document.Origin, fields: ArticleFields, pieces: [TextPiece]? = nil,
        kinds: [Block.Kind?] = []
    ) -> Article {
        let bytes = text.bytes
        var roles = BlockRoles.roles(of: pieces ?? TextLines.pieces(of: bytes), in: bytes)
        for (index, kind) in zip(roles.indices, kinds) { roles[index].kind = kind ?? roles[index].kind }
        var fields = fields
        var captions: [String] = []
        for role in roles {
            let words = { ASCII.folded(String(decoding: bytes[role.piece.range], as: UTF8.self)) }
            if role.kind == .caption { captions.append(words()) }
            if role.isHeadline, fields.headline == nil { fields.headline = WireLine.withoutVersion(words()) }
            if role.isByline, fields.bylines.isEmpty {
                let line = role.isLabelled ? Array(("by " + words()).utf8) : Array(bytes[role.piece.range])
                fields.bylines = Byline.names(in: line, 0..<line.count, allowsBareName: true) ?? []
            }
        }
        let blocks = roles.filter { !$0.isFurniture }.map { block in
            let repeatsHeadline = block.kind == .paragraph && isSame(bytes, block.piece.range, fields.headline)
            let range = TextRange(block.piece.range.lowerBound, block.piece.range.upperBound)
            return Block(range: range, kind: repeatsHeadline ? .heading : block.kind)
        }
        fields.captions += captions
        let inCaption = roles.lazy.filter { $0.kind == .caption }.compactMap { date(bytes, $0.piece.range) }.first
        var article = article(text: text, blocks: blocks, origin: origin, fields: fields, near: inCaption)
        if article.published == nil, article.dateline?.date == nil, article.contentDate == nil {
            let dateLine = roles.lazy.filter(\.isDateLine).compactMap { date(bytes, $0.piece.range) }.first
            article.contentDate = dateLine
            article.contentDateBasis = dateLine == nil ? nil : "date line"
        }
        if article.published == nil, article.dateline?.date == nil, article.contentDate == nil {
            article.contentDate = inCaption
            article.contentDateBasis = inCaption == nil ? nil : "caption"
        }
        return article
    }

    /// An article from text whose blocks are known.
    ///
    /// A dateline without a year gets the one that is nearest to the publication, else to `day`.
    static func article(
        text: Text, blocks: [Block], origin: Document.Origin, fields: ArticleFields, near day: CivilDate? = nil
    ) -> Article {
        let bytes = text.bytes
        let fields = fields.limited
        let language = LanguageGuess.settled(named: fields.language, textOf: bytes)
        let isEnglish = language.map { $0.hasPrefix("en") } ?? true
        let running = blocks.filter(\.isRunningText)
        let repairs =
            isEnglish
            ? blocks.flatMap { DoubledWords.repairs(in: bytes, $0.range.lower..<$0.range.upper) } : []
        let dateline = running.prefix(2).lazy.compactMap {
            DatelineReader.dateline(in: bytes, $0.range.lower..<$0.range.upper, near: fields.published?.day ?? day)
        }.first
        return Article(
            id: identity(bytes, headline: fields.headline), origin: origin, url: fields.url,
            canonicalURL: fields.canonicalURL, site: fields.site, headline: fields.headline,
            standfirst: fields.standfirst, bylines: fields.bylines, dateline: dateline, published: fields.published,
            language: language, text: text, blocks: blocks, captions: fields.captions, repairs: repairs,
            notes: fields.notes, details: fields.details)
    }

    /// The hash of the text; a text too short to be told from others counts with its headline.
    static func identity(_ bytes: [UInt8], headline: String?) -> ArticleID {
        guard bytes.count < 200 else { return ArticleID(of: bytes) }
        return ArticleID(of: Array((headline ?? "").utf8) + [0x0A] + bytes)
    }

    private static func date(_ bytes: [UInt8], _ range: Range<Int>) -> CivilDate? {
        WrittenDate.all(in: bytes, range).lazy.filter { $0.year != nil }.compactMap { $0.date() }.first
    }

    private static func isSame(_ bytes: [UInt8], _ range: Range<Int>, _ headline: String?) -> Bool {
        guard let headline, range.count < 400 else { return false }
        return ASCII.folded(String(decoding: bytes[range], as: UTF8.self)) == ASCII.folded(headline)
    }
}
