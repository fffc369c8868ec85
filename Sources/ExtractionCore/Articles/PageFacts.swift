// What a page says about itself: JSON-LD, meta elements, the headline, bylines and dates. Each source is asked in the
// order of what it is worth; a name or day that no source gives is left out.

/// Title, authors, date and address of a page.
struct PageFacts: Sendable {
    var title: String?
    /// The `<title>` as it is.
    var documentTitle: String?
    var authors: [String] = []
    var published: ZonedTime?
    var canonical: String?
    var site: String?
    var language: String?
    var description: String?
    /// The text that JSON-LD gives for the article, where it does.
    var articleBody: String?

    private var meta: [String: String] = [:]
    private var headings: [String] = []
    private var schema = SchemaFacts()
    private var relAuthors: [String] = []
    private var bylineAuthors: [String] = []
    private var firstTime: ZonedTime?
    private var itemTime: ZonedTime?

    init(_ tree: MarkupTree) {
        collect(tree)
        site = meta["og:site_name"] ?? schema.publisher
        canonical = canonical ?? meta["og:url"]
        description = meta["description"] ?? meta["og:description"]
        articleBody = schema.body
        language = language ?? meta["og:locale"].map { $0.split(separator: "_").first.map(String.init) ?? $0 }
        title = chosenTitle()
        authors = chosenAuthors()
        published = chosenDate()
    }

    // MARK: collecting

    private mutating func collect(_ tree: MarkupTree) {
        for index in 1..<max(1, tree.nodes.count) where !tree.nodes[index].isText {
            switch tree.nodes[index].tag {
            case .html:
                language =
                    language ?? tree.attribute("lang", of: index).flatMap { $0.isEmpty ? nil : String($0.prefix(12)) }
            case .meta: addMeta(tree, index)
            case .title: if documentTitle == nil { documentTitle = short(tree, index, 400) }
            case .link: addLink(tree, index)
            case .script: addScript(tree, index)
            case .h1: if headings.count < 8, let text = short(tree, index, 400) { headings.append(text) }
            case .time: addTime(tree, index)
            default: addPeople(tree, index)
            }
        }
    }

    /// The text of a small subtree; nil when it is empty or long.
    private func short(_ tree: MarkupTree, _ index: Int, _ limit: Int) -> String? {
        guard Int(tree.nodes[index].end) - index < 60 else { return nil }
        let text = CharacterReferences.decoded(tree.text(of: index))
        return text.isEmpty || text.utf8.count > limit ? nil : text
    }

    private mutating func addMeta(_ tree: MarkupTree, _ index: Int) {
        guard
            let name = tree.attribute("property", of: index) ?? tree.attribute("name", of: index)
                ?? tree.attribute("itemprop", of: index),
            let content = tree.attribute("content", of: index)
        else { return }
        let key = ASCII.lowered(name.utf8)
        let value = CharacterReferences.decoded(ASCII.folded(content))
        if meta[key] == nil, !value.isEmpty { meta[key] = value }
    }

    private mutating func addLink(_ tree: MarkupTree, _ index: Int) {
        guard canonical == nil, let rel = tree.attribute("rel", of: index), ASCII.lowered(rel.utf8) == "canonical"
        else { return }
        canonical = tree.attribute("href", of: index).map(ASCII.trimmed)
    }

    private mutating func addScript(_ tree: MarkupTree, _ index: Int) {
        guard let type = tree.rawAttribute("type", of: index), ASCII.find("ld+json", in: tree.bytes, type) != nil else {
            return
        }
        let next = index + 1
        guard next < tree.nodes.count, tree.nodes[next].isText else { return }
        let range = Int(tree.nodes[next].start)..<Int(tree.nodes[next].stop)
        guard range.count <= 2 << 20 else { return }
        // Raw line ends inside strings are common, and as harmless as blanks.
        let json = tree.bytes[range].map { $0 < 0x20 ? 0x20 : $0 }
        if let value = JSONValue(parsing: json) { schema.read(value) }
    }

    private mutating func addTime(_ tree: MarkupTree, _ index: Int) {
        guard firstTime == nil, let value = tree.attribute("datetime", of: index) ?? short(tree, index, 60) else {
            return
        }
        firstTime = FeedDate.time(value) ?? WrittenDate.first(in: value)?.date().map(PageFacts.day)
    }

    private mutating func addPeople(_ tree: MarkupTree, _ index: Int) {
        guard tree.nodes[index].attributeCount > 0 else { return }
        if let rel = tree.rawAttribute("rel", of: index), ASCII.find("author", in: tree.bytes, rel) != nil {
            return add(tree, index, to: \.relAuthors)
        }
        if let item = tree.rawAttribute("itemprop", of: index) {
            let name = ASCII.lowered(tree.bytes[item])
            if name == "author" { return add(tree, index, to: \.relAuthors) }
            if name == "datepublished", itemTime == nil {
                itemTime =
                    (tree.attribute("content", of: index) ?? tree.attribute("datetime", of: index)
                    ?? short(tree, index, 60)).flatMap(FeedDate.time)
            }
        }
        guard bylineAuthors.isEmpty else { return }
        for name in ["class", "id"] as [StaticString] {
            guard let value = tree.rawAttribute(name, of: index), value.count < 200 else { continue }
            if ASCII.find("byline", in: tree.bytes, value) != nil || ASCII.find("author", in: tree.bytes, value) != nil
            {
                return add(tree, index, to: \.bylineAuthors)
            }
        }
        if tree.nodes[index].tag == .a, relAuthors.isEmpty, let href = tree.rawAttribute("href", of: index),
            ASCII.find("/author/", in: tree.bytes, href) != nil
        {
            add(tree, index, to: \.bylineAuthors)
        }
    }

    private mutating func add(_ tree: MarkupTree, _ index: Int, to list: WritableKeyPath<PageFacts, [String]>) {
        guard self[keyPath: list].count < 6, let text = short(tree, index, 120) else { return }
        for name in PageFacts.names(text) where !self[keyPath: list].contains(name) { self[keyPath: list].append(name) }
    }

    // MARK: choosing

    /// The heading that shares most words with `<title>`, else `og:title` or `<title>` without the site's name.
    private func chosenTitle() -> String? {
        func words(_ text: String) -> Set<String> {
            Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        }
        let whole = words(documentTitle ?? meta["og:title"] ?? "")
        var best: (share: Double, heading: String)?
        for heading in headings {
            let own = words(heading)
            guard own.count >= 2 else { continue }
            let share = Double(own.intersection(whole).count) / Double(own.count)
            if share >= 0.5, share > best?.share ?? 0 { best = (share, heading) }
        }
        if let best { return best.heading }
        let named = meta["og:title"] ?? documentTitle ?? schema.headline
        return named.map(withoutSite) ?? headings.first
    }

    /// A last part of at most five words after a bar or dash is the site's name.
    private func withoutSite(_ title: String) -> String {
        if let site, title.hasSuffix(site), title != site {
            let cut = ASCII.trimmed(String(title.dropLast(site.count)))
            let bare = cut.reversed().drop { "|-–—·: ".contains($0) }.reversed()
            if bare.count >= 8, bare.count < cut.count { return String(bare) }
        }
        for mark in [" | ", " - ", " – ", " — ", " · ", " :: "] {
            let parts = PageFacts.split(title, mark)
            guard parts.count > 1, let last = parts.last, last.split(separator: " ").count <= 5 else { continue }
            let rest = parts.dropLast().joined(separator: mark)
            if rest.split(separator: " ").count >= 2 { return rest }
        }
        return title
    }

    private static func split(_ text: String, _ mark: String) -> [String] {
        let bytes = Array(text.utf8)
        let wanted = Array(mark.utf8)
        var parts: [String] = []
        var start = 0
        var index = 0
        while index + wanted.count <= bytes.count {
            if bytes[index..<index + wanted.count].elementsEqual(wanted) {
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
                index += wanted.count
                start = index
            } else {
                index += 1
            }
        }
        parts.append(String(decoding: bytes[start...], as: UTF8.self))
        return parts
    }

    private func chosenAuthors() -> [String] {
        let fromMeta = [
            "author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author", "dcterms.creator",
        ]
        .compactMap { meta[$0] }.flatMap(PageFacts.names)
        for names in [schema.authors.flatMap(PageFacts.names), fromMeta, relAuthors, bylineAuthors] {
            let people = names.filter { $0 != site }
            if !people.isEmpty { return people.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
        }
        return []
    }

    private func chosenDate() -> ZonedTime? {
        let keys = [
            "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date",
            "datepublished", "pubdate",
            "publish-date", "publishdate", "article.published", "cxenseparse:recs:publishtime", "og:published_time",
            "publication_date", "date.issued",
        ]
        return meta["article:published_time"].flatMap(FeedDate.time) ?? schema.published ?? keys.lazy.compactMap {
            meta[$0].flatMap(FeedDate.time)
        }.first
            ?? itemTime ?? firstTime
    }

    static func day(_ date: CivilDate) -> ZonedTime {
        ZonedTime(Instant(seconds: Int64(date.dayNumber) * 86_400), hasTime: false)
    }

    /// Clean names of an author line; none when it is an address or a line of prose.
    static func names(_ text: String) -> [String] {
        var text = ASCII.folded(text)
        for prefix in ["by ", "written by ", "von ", "par ", "por ", "author: ", "posted by ", "by: ", "autor: "]
        where ASCII.lowered(text.utf8).hasPrefix(prefix) {
            text = String(text.dropFirst(prefix.count))
        }
        guard !text.contains("@"), !text.contains("://"), !text.contains("/") else { return [] }
        var parts: [String] = []
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" || $0 == "•" }) {
            for joined in PageFacts.split(String(part), " and ") { parts += PageFacts.split(joined, " & ") }
        }
        return parts.map(ASCII.trimmed).filter { part in
            let words = part.split(separator: " ")
            return words.count <= 5 && part.count >= 3 && part.count <= 50 && !part.contains(where: \.isNumber)
                && !["admin", "editor", "staff", "guest", "editorial team", "team", "author", "authors", "share"]
                    .contains(part.lowercased())
        }
    }
}

/// What JSON-LD says about the article of a page.
struct SchemaFacts: Sendable {
    var authors: [String] = []
    var published: ZonedTime?
    var headline: String?
    var publisher: String?
    var body: String?
    private var people: [String: String] = [:]

    private static let types: Set<String> = [
        "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "LiveBlogPosting", "Report",
        "TechArticle", "ScholarlyArticle", "MedicalWebPage", "WebPage", "SocialMediaPosting", "Review",
        "BackgroundNewsArticle", "AdvertiserContentArticle",
    ]

    /// Visits the values breadth first, at most 8,000 of them.
    mutating func read(_ value: JSONValue) {
        var queue = [value]
        var index = 0
        var articles: [JSONValue] = []
        while index < queue.count, index < 8000 {
            let current = queue[index]
            index += 1
            queue += current.array
            guard !current.members.isEmpty else { continue }
            let types = current["@type"].map { $0.array.isEmpty ? [$0] : $0.array }?.compactMap(\.string) ?? []
            if types.contains(where: SchemaFacts.types.contains) { articles.append(current) }
            if let id = current["@id"]?.string, let name = current["name"]?.string,
                types.contains("Person") || types.contains("Organization")
            {
                people[id] = name
            }
            for member in current.members { queue.append(member.value) }
        }
        // A page that only wraps the article speaks last.
        for article in articles.filter({ $0["@type"]?.string != "WebPage" })
            + articles.filter({ $0["@type"]?.string == "WebPage" })
        { take(article) }
    }

    private mutating func take(_ article: JSONValue) {
        if authors.isEmpty, let author = article["author"] {
            authors = (author.array.isEmpty ? [author] : author.array).compactMap {
                $0.string ?? $0["name"]?.string ?? $0["@id"]?.string.flatMap { people[$0] }
            }
        }
        published = published ?? article["datePublished"]?.string.flatMap(FeedDate.time)
        headline = headline ?? (article["headline"] ?? article["name"])?.string
        publisher = publisher ?? article["publisher"]?["name"]?.string
        body = body ?? article["articleBody"]?.string
    }
}
