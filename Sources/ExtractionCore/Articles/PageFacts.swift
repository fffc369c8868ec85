// What a page says about itself: JSON-LD, meta elements, headings, bylines and dates. One pass collects what is stated
// for machines, a second one what the elements near the headline show to readers; PageTitle, PageAuthors and PageDates
// choose, in the order of what each source is worth. A name or day that no source gives is left out.

/// Title, authors, dates and address of a page.
struct PageFacts: Sendable {
    var title: String?
    /// The `<title>` as it is.
    var documentTitle: String?
    var authors: [String] { choice.names }
    /// The authors, and how sure they are.
    private(set) var choice = PageAuthors.Choice()
    var canonical: String?
    var site: String?
    var language: String?
    var description: String?
    /// The text that JSON-LD gives for the article, where it does.
    var articleBody: String?
    /// JSON-LD says that one must pay to read all of it.
    var isPaywalled: Bool?
    var dates = PageDates()
    private(set) var sources: [ArticleDetails.FieldSource] = []

    /// The part of the publication.
    var section: String? {
        [schema.section, meta["article:section"]].compactMap { $0 }.first {
            !PageFacts.noSections.contains($0.lowercased())
        }
    }

    /// What systems call the part that nobody chose.
    private static let noSections: Set<String> = [
        "", "uncategorized", "uncategorised", "unkategorisiert", "allgemein", "general", "sin categoría", "non classé",
        "senza categoria", "sem categoria", "geen categorie", "bez kategorii", "nezařazené", "без рубрики",
    ]
    /// What is no publication's name.
    private static let noSites: Set<String> = [
        "home", "homepage", "home page", "startseite", "website", "blog", "wordpress",
    ]

    private(set) var schema = SchemaFacts()
    private var meta: [String: String] = [:]
    private var headings: [(node: Int, text: String)] = []

    /// Which of day and month the page writes first.
    private(set) var order: DayOrder?

    init(_ tree: MarkupTree, url: String? = nil) {
        collect(tree)
        site = [meta["og:site_name"], schema.publisher, meta["application-name"]].compactMap { $0 }.first {
            !PageFacts.noSites.contains($0.lowercased())
        }
        canonical = canonical ?? meta["og:url"]
        description = meta["description"] ?? meta["og:description"]
        articleBody = schema.body
        isPaywalled = schema.isFree.map { !$0 }
        language = language.flatMap(PageFacts.languageTag) ?? meta["og:locale"].flatMap(PageFacts.languageTag)
        let chosen = PageTitle(
            headings: headings, documentTitle: documentTitle, openGraph: meta["og:title"] ?? meta["twitter:title"],
            schema: schema.headline, site: site)
        title = chosen.title
        if title != nil { sources.append(.init("title", chosen.source)) }
        order = DayOrder(language: language, url: url ?? canonical)
        let outlet = OutletName(site: site, publisher: schema.publisher, address: url ?? canonical)
        choice = PageAuthors.stated(meta: meta, schema: schema, outlet: outlet)
        dates.take(meta: meta, schema: schema)
        takeShown(tree, near: chosen.node, outlet)
        if !authors.isEmpty { sources.append(.init("authors", choice.source)) }
    }

    /// Nodes before and after the headline that are looked at first.
    private static let reach = -80...260

    /// Who and when in the elements near the headline; the rest of the page is looked at only where that is not enough.
    private mutating func takeShown(_ tree: MarkupTree, near headline: Int?, _ outlet: OutletName) {
        let whole = 1..<max(1, tree.nodes.count)
        let nearby = headline.map {
            max(1, $0 + PageFacts.reach.lowerBound)..<min(whole.upperBound, $0 + PageFacts.reach.upperBound)
        }
        for range in [nearby, whole].compactMap({ $0 }) {
            let needsAuthors = choice.grade < PageAuthors.Grade.near[3]
            guard range == nearby || needsAuthors || !dates.isKnown else { return }
            var people = PageAuthors(near: headline)
            var shown = ShownDates()
            for index in range where tree.nodes[index].attributeNames != 0 || tree.nodes[index].tag == .time {
                let hints = PageFacts.hints(tree, index)
                if needsAuthors { people.look(at: tree, index, hints) }
                shown.look(at: tree, index, hints)
            }
            if choice.grade < PageAuthors.Grade.stated[3] { people.choose(&choice, tree, outlet) }
            dates.take(shown, tree, headline: headline, order: order)
        }
    }

    /// A language's tag as BCP 47 writes it, less what few understand: "de-DE" for "de_de" and "de-DE-formal"; nil for what
    /// is none.
    static func languageTag(_ value: String) -> String? {
        let parts = ASCII.trimmed(value).split { $0 == "-" || $0 == "_" }
        guard let first = parts.first, (2...3).contains(first.utf8.count), first.utf8.allSatisfy(ASCII.isLetter) else {
            return nil
        }
        var tag = first.lowercased()
        for part in parts.dropFirst().prefix(2) {
            if part.utf8.count == 4, part.utf8.allSatisfy(ASCII.isLetter) {
                tag += "-" + part.prefix(1).uppercased() + part.dropFirst().lowercased()
            } else if part.utf8.count == 2, part.utf8.allSatisfy(ASCII.isLetter) {
                return tag + "-" + part.uppercased()
            } else if part.utf8.count == 3, part.utf8.allSatisfy(ASCII.isDigit) {
                return tag + "-" + part
            } else {
                return tag
            }
        }
        return tag
    }

    // MARK: collecting

    private mutating func collect(_ tree: MarkupTree) {
        for index in 1..<max(1, tree.nodes.count) where !tree.nodes[index].isText {
            switch tree.nodes[index].tag {
            case .html:
                language =
                    language ?? tree.attribute(.lang, of: index).flatMap { $0.isEmpty ? nil : String($0.prefix(12)) }
            case .meta: addMeta(tree, index)
            case .title: if documentTitle == nil { documentTitle = PageFacts.short(tree, index, 400) }
            case .link: addLink(tree, index)
            case .script: addScript(tree, index)
            case .h1:
                if headings.count < 8, let text = PageFacts.short(tree, index, 400) { headings.append((index, text)) }
            default: continue
            }
        }
    }

    /// What the class and the id of an element say.
    private static func hints(_ tree: MarkupTree, _ index: Int) -> ElementHints {
        var hints: ElementHints = []
        guard tree.nodes[index].has(.class) || tree.nodes[index].has(.id) else { return hints }
        for at in tree.nodes[index].attributes {
            let name = tree.attributes[at].name
            if name == .class || name == .id { hints.formUnion(ElementHints(tree.bytes, tree.attributes[at].value)) }
        }
        return hints
    }

    /// The text of a small subtree; nil when it is empty or long.
    static func short(_ tree: MarkupTree, _ index: Int, _ limit: Int) -> String? {
        guard Int(tree.nodes[index].end) - index < 60 else { return nil }
        let text = CharacterReferences.decoded(tree.text(of: index))
        return text.isEmpty || text.utf8.count > limit ? nil : text
    }

    private mutating func addMeta(_ tree: MarkupTree, _ index: Int) {
        guard
            let name = tree.attribute(.property, of: index) ?? tree.attribute(.name, of: index)
                ?? tree.attribute(.itemprop, of: index)
        else { return }
        let key = ASCII.lowered(name.utf8)
        guard PageFacts.asked.contains(key), let content = tree.attribute(.content, of: index) else { return }
        let value = CharacterReferences.decoded(ASCII.folded(content))
        guard !value.isEmpty else { return }
        if meta[key] == nil { meta[key] = value } else if PageFacts.listed.contains(key) { meta[key]? += "; " + value }
    }

    /// The names that something here asks for.
    private static let asked = Set(PageAuthors.keys + PageDates.published + PageDates.changes).union([
        "og:site_name", "application-name", "og:url", "og:title", "og:description", "og:locale", "twitter:title",
        "twitter:label1", "twitter:label2", "twitter:data1", "twitter:data2", "description", "article:section",
    ])

    /// Elements that are repeated for every author.
    private static let listed: Set<String> = ["citation_author", "citation_authors", "dc.creator", "author"]

    private mutating func addLink(_ tree: MarkupTree, _ index: Int) {
        guard canonical == nil, let rel = tree.attribute(.rel, of: index), ASCII.lowered(rel.utf8) == "canonical"
        else { return }
        canonical = tree.attribute(.href, of: index).map(ASCII.trimmed)
    }

    private mutating func addScript(_ tree: MarkupTree, _ index: Int) {
        guard let type = tree.rawAttribute(.type, of: index), ASCII.find("ld+json", in: tree.bytes, type) != nil else {
            return
        }
        let next = index + 1
        guard next < tree.nodes.count, tree.nodes[next].isText else { return }
        let range = tree.nodes[next].text
        guard range.count <= 2 << 20 else { return }
        schema.read(script: tree.bytes, range)
    }
}
