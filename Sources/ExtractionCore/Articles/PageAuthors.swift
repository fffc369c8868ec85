/// Who a page says wrote it: in JSON-LD and meta elements, else in elements that are marked as an author's, best those
/// near the headline.
struct PageAuthors: Sendable {
    /// The headline's node, once it is known.
    var near: Int?

    // Elements that may be an author's, by what says so.
    private var marked: [Int] = []
    private var named: [Int] = []
    private var linked: [Int] = []

    private struct Found: Sendable {
        let node: Int
        let names: [String]
    }

    private static let most = 100
    /// An author's line stands within so many nodes of the headline.
    private static let reach = -80...260

    // MARK: collecting

    private static let telling =
        AttributeName.class.bit | AttributeName.id.bit | AttributeName.rel.bit | AttributeName.itemprop.bit
        | AttributeName.href.bit

    mutating func look(at tree: MarkupTree, _ index: Int) {
        guard tree.nodes[index].attributeNames & PageAuthors.telling != 0 else { return }
        for at in tree.nodes[index].attributes {
            let value = tree.attributes[at].value
            switch tree.attributes[at].name {
            case .rel:
                if ASCII.find("author", in: tree.bytes, value) != nil { PageAuthors.add(index, to: &marked) }
            case .itemprop:
                if ASCII.matches("author", in: tree.bytes, value) { PageAuthors.add(index, to: &marked) }
            case .class, .id:
                if PageAuthors.isAuthors(tree.bytes, value) { PageAuthors.add(index, to: &named) }
            case .href:
                if tree.nodes[index].tag == .a, PageAuthors.isProfile(tree.bytes, value) {
                    PageAuthors.add(index, to: &linked)
                }
            default: break
            }
        }
    }

    private static func add(_ node: Int, to list: inout [Int]) {
        if list.count < most, list.last != node { list.append(node) }
    }

    /// A class or id that names an author's line or box, and not what stands beside the name in it.
    private static func isAuthors(_ bytes: [UInt8], _ value: Range<Int>) -> Bool {
        guard value.count < 200 else { return false }
        var isNamed = false
        for index in value.dropLast(5) {
            switch bytes[index] | 0x20 {
            case 0x61: isNamed = isNamed || ASCII.matches("author", in: bytes, index..<index + 6)
            case 0x62: isNamed = isNamed || ASCII.matches("byline", in: bytes, index..<index + 6)
            default: continue
            }
        }
        return isNamed && !others.contains { ASCII.find($0, in: bytes, value) != nil }
    }

    /// Parts of an author's box that hold no name, and the authors of comments.
    private static let others = [
        "bio", "image", "photo", "avatar", "description", "position", "title", "social", "date", "count", "role",
        "link", "reviewer", "editor", "comment",
    ].map { Array($0.utf8) }

    /// An address with a folder that is named for authors.
    private static func isProfile(_ bytes: [UInt8], _ address: Range<Int>) -> Bool {
        var start = address.lowerBound
        for index in address where bytes[index] == 0x2F {
            if index > start, profiles.contains(where: { ASCII.matches($0, in: bytes, start..<index) }) {
                return start > address.lowerBound
            }
            start = index + 1
        }
        return false
    }

    private static let profiles = ["author", "authors", "contributor", "contributors", "staff", "by", "people"].map {
        Array($0.utf8)
    }

    /// The names in an element; nil when it holds none.
    private static func found(_ tree: MarkupTree, _ node: Int) -> Found? {
        // A box may begin with a label of its own, or with a picture's.
        for line in lines(tree, node) ?? [] {
            let names = names(line)
            if !names.isEmpty { return Found(node: node, names: names) }
        }
        return nil
    }

    /// The text of a small subtree, cut where blocks begin and end; nil when it is long.
    private static func lines(_ tree: MarkupTree, _ index: Int) -> [String]? {
        let end = Int(tree.nodes[index].end)
        guard end - index < 60 else { return nil }
        var lines: [String] = []
        var line: [UInt8] = []
        var size = 0
        func close() {
            let text = ASCII.folded(CharacterReferences.decoded(String(decoding: line, as: UTF8.self)))
            if !text.isEmpty { lines.append(text) }
            line = []
        }
        for at in index..<end {
            let node = tree.nodes[at]
            if node.isText {
                size += node.text.count
                guard size < 400 else { return nil }
                CharacterReferences.append(tree.bytes, node.text, to: &line)
            } else if !node.tag.isInline || node.tag == .br || node.tag == .img {
                close()
            } else if let last = line.last, ASCII.isLetter(last) {
                // Boxes are put together from pieces with nothing between them.
                line.append(0x7C)
            }
        }
        close()
        // "By", then the name in a block of its own.
        return lines.count > 1 ? lines + [lines[0] + " " + lines[1]] : lines
    }

    // MARK: choosing

    func chosen(_ tree: MarkupTree, meta: [String: String], schema: SchemaFacts, site: String?) -> (
        names: [String], source: ArticleDetails.Provenance
    ) {
        // An outlet signs for nobody; where nobody else does, its name may be its author's.
        let folded = site?.lowercased()
        var sources: [[String]] = []
        for source in 0..<PageAuthors.keys.count + 5 {
            let names = names(from: source, tree, meta, schema)
            let people = names.filter { $0.lowercased() != folded }
            if !people.isEmpty {
                return (people.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, PageAuthors.kind(of: source))
            }
            sources.append(names)
        }
        if let own = sources.firstIndex(where: { !$0.isEmpty }) {
            return (Array(sources[own].prefix(1)), PageAuthors.kind(of: own))
        }
        let stated = PageAuthors.keys.prefix(2).map { meta[$0] } + [meta["twitter:data1"]] + schema.authors
        return (stated.compactMap { $0 }.first(where: PageAuthors.isTeam).map { [ASCII.folded($0)] } ?? [], .meta)
    }

    private static let keys = [
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
        "citation_author", "cxenseparse:author", "authors", "og:article:author",
    ]

    private static func kind(of source: Int) -> ArticleDetails.Provenance {
        source == 0 ? .jsonLD : source <= keys.count + 1 ? .meta : .dom
    }

    /// What the sources say, in the order of what they are worth.
    private func names(from source: Int, _ tree: MarkupTree, _ meta: [String: String], _ schema: SchemaFacts)
        -> [String]
    {
        switch source - PageAuthors.keys.count {
        case -PageAuthors.keys.count: return schema.authors.flatMap(PageAuthors.names)
        case ..<1: return meta[PageAuthors.keys[source - 1]].map(PageAuthors.names) ?? []
        case 1:
            for number in 1...2 where meta["twitter:label\(number)"]?.lowercased().contains("written") == true {
                return PageAuthors.names(meta["twitter:data\(number)"] ?? "")
            }
            return []
        case 2: return closest(marked, tree)
        case 3: return closest(named, tree)
        default: return closest(linked, tree)
        }
    }

    /// A team or desk that signs with a name of its own: "Harbour News Desk", but not "Staff".
    private static func isTeam(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        guard (2...5).contains(words.count), let last = words.last?.lowercased(), let first = words.first?.lowercased()
        else { return false }
        return ["team", "desk", "staff", "editors", "newsroom", "bureau"].contains(last)
            && !["editorial", "news", "the", "our", "web", "marketing", "content", "staff"].contains(first)
    }

    /// The names nearest the headline: those below it go before those above.
    private func closest(_ nodes: [Int], _ tree: MarkupTree) -> [String] {
        func first(_ nodes: some Collection<Int>) -> Found? {
            nodes.lazy.compactMap { PageAuthors.found(tree, $0) }.first
        }
        guard let near else { return first(nodes.prefix(24))?.names ?? [] }
        let inReach = nodes.filter { PageAuthors.reach.contains($0 - near) }
        guard let found = first(inReach.filter { $0 > near }) ?? first(inReach.filter { $0 <= near }.reversed()) else {
            return first(nodes.prefix(24))?.names ?? []
        }
        // Several authors have an element each, side by side.
        let others = inReach.filter { $0 > found.node && $0 - found.node < 24 }
        return others.compactMap { PageAuthors.found(tree, $0) }.reduce(into: found.names) { names, next in
            for name in next.names where !names.contains(where: { $0.contains(name) || name.contains($0) }) {
                names.append(name)
            }
        }
    }

    // MARK: names

    private static let labels = [
        "written by", "posted by", "published by", "text by", "words by", "story by", "article by", "reported by",
        "report by", "by", "authors", "author", "von", "text", "par", "por", "di", "door", "af", "av", "autor",
        "autorin",
        "auteur",
    ]

    /// Clean names of an author line; none when it is an address or a line of prose.
    static func names(_ text: String) -> [String] {
        var text = ASCII.folded(text)
        guard text.utf8.count <= 300, !text.contains("@"), !text.contains("://") else { return [] }
        var isCut = true
        while isCut {
            isCut = false
            let lower = text.lowercased()
            for label in labels where lower.hasPrefix(label) {
                let rest = text.dropFirst(label.count)
                guard let next = rest.first, next == ":" || next == " " else { continue }
                text = ASCII.trimmed(String(rest.drop { $0 == ":" || $0 == " " }))
                isCut = true
                break
            }
        }
        var parts: [String] = []
        for part in text.split(whereSeparator: { ",;|•·/".contains($0) }) {
            for joined in PageTitle.split(String(part), " and ") { parts += PageTitle.split(joined, " & ") }
        }
        return accepted(parts.map(cleaned))
    }

    /// The parts that are names: credentials are passed over, a role or an employer ends the list.
    private static func accepted(_ parts: [String]) -> [String] {
        var names: [String] = []
        for part in parts where !part.isEmpty {
            if isCredential(part) { continue }
            guard isName(part) else {
                if names.isEmpty { continue }
                break
            }
            names.append(part)
        }
        return names
    }

    /// Without a title of respect's full stop, blanks and what follows in brackets.
    private static func cleaned(_ part: String) -> String {
        var part = part
        if let bracket = part.firstIndex(of: "("), bracket != part.startIndex { part = String(part[..<bracket]) }
        return ASCII.trimmed(part)
    }

    private static func isCredential(_ part: String) -> Bool {
        let letters = part.filter(\.isLetter)
        guard letters.count <= 6, !part.contains(" ") || part.count <= 10 else { return false }
        return !letters.isEmpty && letters.count(where: \.isUppercase) * 2 > letters.count
            && (letters.count <= 5 && letters.dropFirst().contains(where: \.isUppercase))
    }

    private static let roleWords: Set<String> = [
        "admin", "administrator", "editor", "editors", "staff", "guest", "team", "author", "authors", "share", "writer",
        "correspondent", "reporter", "director", "manager", "head", "president", "officer", "founder", "ceo",
        "marketing",
        "consultant", "specialist", "coordinator", "certified", "senior", "sr", "contributor", "contributors",
        "editorial",
        "published", "updated", "posted", "read", "min", "reviewed", "view", "more", "follow", "about", "all", "posts",
        "articles", "comments", "insights", "from", "the", "with", "on", "in", "for", "and", "candidate",
        "representative", "development", "redaktion", "redaction", "rédaction", "redazione", "redacción", "desk",
        "newsroom", "contact", "date", "blog", "news", "profile", "photo", "image", "subscribe", "sign", "content",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday",
    ]

    /// At most five words, no figures, none that names an office; the first letter large, or the whole one word.
    private static func isName(_ part: String) -> Bool {
        let words = part.split(separator: " ")
        guard (1...5).contains(words.count), (3...50).contains(part.count), !part.contains(where: \.isNumber),
            part.contains(where: \.isLetter), !part.contains(where: { "?!:…<>{}[]=".contains($0) })
        else { return false }
        for word in words {
            let bare = word.lowercased().filter(\.isLetter)
            if roleWords.contains(bare) { return false }
        }
        guard words.count > 1 else { return true }
        return words.count(where: { $0.first?.isUppercase == true || $0.first?.isCased == false }) * 2 > words.count
    }
}
