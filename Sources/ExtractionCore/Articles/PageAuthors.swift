/// Who a page says wrote it: in JSON-LD and meta elements, else in elements that are marked as an author's, best those
/// near the headline.
struct PageAuthors: Sendable {
    /// The headline's node, once it is known.
    var near: Int?

    private var marked: [Found] = []
    private var named: [Found] = []
    private var linked: [Found] = []

    private struct Found: Sendable {
        let node: Int
        let names: [String]
    }

    private static let most = 24
    /// An author's line stands within so many nodes of the headline.
    private static let reach = -80...260

    // MARK: collecting

    private enum Names {
        static let rel = Array("rel".utf8)
        static let itemprop = Array("itemprop".utf8)
        static let `class` = Array("class".utf8)
        static let id = Array("id".utf8)
        static let href = Array("href".utf8)
        static let author = Array("author".utf8)
        static let byline = Array("byline".utf8)
        static let comment = Array("comment".utf8)
        static let links = ["/author/", "/authors/", "/contributor/", "/contributors/", "/staff/", "/by/", "/people/"]
            .map { Array($0.utf8) }
        /// Parts of an author's box that hold no name.
        static let others = [
            "bio", "image", "photo", "avatar", "description", "position", "title", "social", "date", "count", "role",
            "link", "reviewer", "editor",
        ].map { Array($0.utf8) }
    }

    mutating func look(at tree: MarkupTree, _ index: Int) {
        let first = Int(tree.nodes[index].firstAttribute)
        for at in first..<first + Int(tree.nodes[index].attributeCount) {
            let (name, value) = (tree.attributes[at].name, tree.attributes[at].value)
            switch name.count {
            case 3 where ASCII.matches(Names.rel, in: tree.bytes, name):
                if ASCII.find(Names.author, in: tree.bytes, value) != nil { add(tree, index, to: \.marked) }
            case 8 where ASCII.matches(Names.itemprop, in: tree.bytes, name):
                if ASCII.matches(Names.author, in: tree.bytes, value) { add(tree, index, to: \.marked) }
            case 5 where ASCII.matches(Names.class, in: tree.bytes, name): lookAtClass(tree, index, value)
            case 2 where ASCII.matches(Names.id, in: tree.bytes, name): lookAtClass(tree, index, value)
            case 4 where tree.nodes[index].tag == .a && ASCII.matches(Names.href, in: tree.bytes, name):
                if Names.links.contains(where: { ASCII.find($0, in: tree.bytes, value) != nil }) {
                    add(tree, index, to: \.linked)
                }
            default: break
            }
        }
    }

    private mutating func lookAtClass(_ tree: MarkupTree, _ index: Int, _ value: Range<Int>) {
        guard value.count < 200, named.count < PageAuthors.most,
            ASCII.find(Names.author, in: tree.bytes, value) != nil
                || ASCII.find(Names.byline, in: tree.bytes, value) != nil,
            ASCII.find(Names.comment, in: tree.bytes, value) == nil,
            !Names.others.contains(where: { ASCII.find($0, in: tree.bytes, value) != nil })
        else { return }
        add(tree, index, to: \.named)
    }

    private mutating func add(_ tree: MarkupTree, _ index: Int, to list: WritableKeyPath<PageAuthors, [Found]>) {
        guard self[keyPath: list].count < PageAuthors.most, let lines = PageAuthors.lines(tree, index) else { return }
        // A box may begin with a label of its own, or with a picture's.
        for line in lines {
            let names = PageAuthors.names(line)
            if !names.isEmpty {
                self[keyPath: list].append(Found(node: index, names: names))
                return
            }
        }
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
                size += Int(node.stop - node.start)
                guard size < 400 else { return nil }
                CharacterReferences.append(tree.bytes, Int(node.start)..<Int(node.stop), to: &line)
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

    func chosen(meta: [String: String], schema: SchemaFacts, site: String?) -> [String] {
        let keys = [
            "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
            "citation_author", "cxenseparse:author", "authors", "og:article:author",
        ]
        var sources = [schema.authors.flatMap(PageAuthors.names)]
        sources += keys.map { PageAuthors.names(meta[$0] ?? "") }
        for number in 1...2 where meta["twitter:label\(number)"]?.lowercased().contains("written") == true {
            sources.append(PageAuthors.names(meta["twitter:data\(number)"] ?? ""))
        }
        sources += [closest(marked), closest(named), closest(linked)]
        // An outlet signs for nobody; where nobody else does, its name may be its author's.
        let folded = site?.lowercased()
        for names in sources {
            let people = names.filter { $0.lowercased() != folded }
            if !people.isEmpty { return people.reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
        }
        if let own = sources.first(where: { !$0.isEmpty }) { return Array(own.prefix(1)) }
        let stated = keys.prefix(2).map { meta[$0] } + [meta["twitter:data1"]] + schema.authors
        return stated.compactMap { $0 }.first(where: PageAuthors.isTeam).map { [ASCII.folded($0)] } ?? []
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
    private func closest(_ found: [Found]) -> [String] {
        guard let near else { return found.first?.names ?? [] }
        let inReach = found.filter { PageAuthors.reach.contains($0.node - near) }
        let first = inReach.first { $0.node > near } ?? inReach.last
        guard let first else { return found.first?.names ?? [] }
        // Several authors have an element each, side by side.
        let others = inReach.filter { $0.node > first.node && $0.node - first.node < 24 }
        return others.reduce(into: first.names) { names, next in
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
