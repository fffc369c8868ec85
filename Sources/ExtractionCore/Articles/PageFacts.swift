// What a page says about itself: JSON-LD, meta elements, headings, bylines and dates. One pass collects what every
// source gives; PageTitle, PageAuthors and PageDates choose, in the order of what each source is worth. A name or day
// that no source gives is left out.

/// Title, authors, dates and address of a page.
struct PageFacts: Sendable {
    var title: String?
    /// The `<title>` as it is.
    var documentTitle: String?
    var authors: [String] = []
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
    var section: String? { schema.section ?? meta["article:section"] }

    private(set) var schema = SchemaFacts()
    private var meta: [String: String] = [:]
    private var headings: [(node: Int, text: String)] = []
    private var people = PageAuthors()

    init(_ tree: MarkupTree) {
        collect(tree)
        site = meta["og:site_name"] ?? schema.publisher
        canonical = canonical ?? meta["og:url"]
        description = meta["description"] ?? meta["og:description"]
        articleBody = schema.body
        isPaywalled = schema.isFree.map { !$0 }
        language = language ?? meta["og:locale"].map { $0.split(separator: "_").first.map(String.init) ?? $0 }
        let chosen = PageTitle(
            headings: headings, documentTitle: documentTitle, openGraph: meta["og:title"] ?? meta["twitter:title"],
            schema: schema.headline, site: site)
        title = chosen.title
        if title != nil { sources.append(.init("title", chosen.source)) }
        people.near = chosen.node
        let signed = people.chosen(tree, meta: meta, schema: schema, site: site)
        authors = signed.names
        if !authors.isEmpty { sources.append(.init("authors", signed.source)) }
        dates.take(meta: meta, schema: schema, headline: chosen.node)
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
            case .time: dates.add(time: tree, index)
            default:
                guard tree.nodes[index].attributeNames != 0 else { continue }
                people.look(at: tree, index)
                dates.look(at: tree, index)
            }
        }
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
                ?? tree.attribute(.itemprop, of: index),
            let content = tree.attribute(.content, of: index)
        else { return }
        let key = ASCII.lowered(name.utf8)
        let value = CharacterReferences.decoded(ASCII.folded(content))
        guard !value.isEmpty else { return }
        if meta[key] == nil { meta[key] = value } else if key == "citation_author" { meta[key]? += "; " + value }
    }

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
