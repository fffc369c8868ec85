extension ArticleMaker {
    /// The article of an HTML page in UTF-8; nil when it has no words.
    static func article(html: [UInt8], origin: Document.Origin, url: String?, known: ArticleFields) -> Article? {
        let tree = MarkupTree(html)
        let facts = PageFacts(tree, url: url)
        let page = PageBlocks(tree)
        var fields = known
        // What is known from outside stays, so the page is no source for it.
        fields.headline = known.headline ?? facts.title
        let main = MainText(
            tree, page, headline: facts.title, title: facts.documentTitle, description: facts.description)
        var text: [UInt8] = []
        var blocks: [Block] = []
        for index in main.kept {
            let block = page.blocks[index]
            if !text.isEmpty { text += [0x0A, 0x0A] }
            let start = text.count
            text += page.text[block.range]
            let kind = block.kind == .caption ? .paragraph : block.kind
            blocks.append(Block(range: TextRange(start, text.count), kind: kind))
        }
        if let body = facts.articleBody, isRescue(body, for: text) {
            fields.notes.append("text taken from the page's metadata")
            fields.take(facts.dates.published())
            fields.details.sources.append(.init("text", .jsonLD))
            return finish(Text(body), nil, origin, url, fields, facts)
        }
        if isShort(text), let script = ScriptText(tree), script.html.count > 3 * text.count,
            let article = article(script: script, origin, url, fields, facts)
        {
            return article
        }
        guard !text.isEmpty else { return nil }
        fields.captions += main.captions.map { String(decoding: page.text[page.blocks[$0].range], as: UTF8.self) }
        let around = PageDetails(page: page, main: main, facts: facts)
        fields.standfirst = fields.standfirst ?? around.standfirst
        fields.details.isPaywalled = around.isPaywalled
        fields.details.liveEntries = around.liveEntries(blocks.map(\.range), isLive: facts.schema.isLive)
        fields.details.confidence = main.confidence
        fields.details.sources.append(.init("text", .dom))
        fields.take(ShownLines(page, from: main.headline, kept: main.kept, order: facts.order), facts, url)
        if tree.isCut { fields.notes.append("page cut at its element limit") }
        return finish(Text(repairing: text), blocks, origin, url, fields, facts)
    }

    /// The article that lies in a script, with what the page says about it.
    private static func article(
        script: ScriptText, _ origin: Document.Origin, _ url: String?, _ known: ArticleFields, _ facts: PageFacts
    ) -> Article? {
        var fields = known
        fields.notes.append(script.note)
        fields.take(facts.dates.published())
        fields.details.sources.append(.init("text", .script))
        guard let parts = article(fragment: script.html, origin: origin, fields: fields) else { return nil }
        fields.captions = parts.captions
        return finish(parts.text, parts.blocks, origin, url, fields, facts)
    }

    /// So short that the article may lie elsewhere.
    private static func isShort(_ text: [UInt8]) -> Bool { text.count < 800 }

    /// The article of a piece of HTML that is all article, such as a feed entry's content; nil when it has no words.
    static func article(fragment: [UInt8], origin: Document.Origin, fields known: ArticleFields) -> Article? {
        let page = PageBlocks(MarkupTree(fragment))
        var fields = known
        var text: [UInt8] = []
        var blocks: [Block] = []
        for block in page.blocks {
            let words = page.text[block.range]
            if block.kind == .caption {
                fields.captions.append(String(decoding: words, as: UTF8.self))
                continue
            }
            if !text.isEmpty { text += [0x0A, 0x0A] }
            let start = text.count
            text += words
            blocks.append(Block(range: TextRange(start, text.count), kind: block.kind))
        }
        guard !text.isEmpty else { return nil }
        return article(text: Text(repairing: text), blocks: blocks, origin: origin, fields: fields)
    }

    /// The day in an address such as `/2019/05/04/`, `/2019/may/04/` or `-20190504`.
    fileprivate static func addressDay(_ url: String?) -> CivilDate? {
        guard let url else { return nil }
        let parts = WebAddress(url).path.split { $0 == "/" || $0 == "-" || $0 == "_" || $0 == "." }.map(String.init)
        for index in parts.indices {
            let number = Int(parts[index])
            if parts[index].utf8.count == 8, let number, (1990...2100).contains(number / 10_000),
                let date = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
            {
                return date
            }
            guard parts[index].utf8.count == 4, let year = number, (1990...2100).contains(year),
                index + 2 < parts.count,
                let month = Int(parts[index + 1]) ?? WrittenDate.month(parts[index + 1].lowercased()),
                let day = Int(parts[index + 2]), let date = CivilDate(year: year, month: month, day: day)
            else { continue }
            return date
        }
        return nil
    }

    /// Metadata replaces the page's text only where the page hardly has any.
    private static func isRescue(_ body: String, for text: [UInt8]) -> Bool {
        text.count < 250 && body.utf8.count > 2 * text.count + 200 && !body.contains("<")
    }

    private static func finish(
        _ text: Text, _ blocks: [Block]?, _ origin: Document.Origin, _ url: String?, _ known: ArticleFields,
        _ facts: PageFacts
    ) -> Article {
        var fields = known
        let address = fields.url ?? url
        fields.url = address ?? facts.canonical
        fields.canonicalURL = fields.canonicalURL ?? canonical(facts.canonical, address)
        fields.site = fields.site ?? facts.site
        fields.details.modified = facts.dates.modified ?? fields.details.modified
        fields.details.section = facts.section
        for source in facts.sources where !fields.details.sources.contains(where: { $0.field == source.field }) {
            fields.details.sources.append(source)
        }
        if fields.bylines.isEmpty { fields.bylines = facts.authors }
        fields.language = fields.language ?? facts.language.flatMap { $0.isEmpty ? nil : $0 }
        guard let blocks else { return article(text: text, origin: origin, fields: fields) }
        return article(text: text, blocks: blocks, origin: origin, fields: fields)
    }

    /// The page's own word counts on its own site only, and not when it names the home page.
    private static func canonical(_ link: String?, _ url: String?) -> String? {
        guard let link else { return url.map(canonicalURL) }
        let resolved = canonicalURL(resolvedURL(link, against: url))
        guard let url else { return resolved }
        let own = canonicalURL(url)
        let target = WebAddress(resolved)
        guard target.host == WebAddress(own).host, target.path.count > 1 else { return own }
        return resolved
    }
}

extension ArticleFields {
    /// Who and when, as the page's markup and its lines say.
    fileprivate mutating func take(_ shown: ShownLines, _ facts: PageFacts, _ url: String?) {
        if published == nil {
            take(
                facts.dates.published(
                    written: shown.day, isLabelled: shown.isLabelled, changed: shown.changed,
                    inAddress: ArticleMaker.addressDay(url ?? facts.canonical),
                    atEnd: { shown.changed ?? shown.dayElsewhere() }))
        }
        if details.modified == nil, facts.dates.modified == nil { details.modified = shown.changed.map(PageDates.day) }
        if bylines.isEmpty, shown.grade > facts.choice.grade {
            bylines = shown.authors
            details.sources.append(.init("authors", .text))
        }
    }
}
