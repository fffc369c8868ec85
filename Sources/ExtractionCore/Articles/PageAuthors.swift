// Who a page says wrote it. JSON-LD and meta elements say it for machines, marked elements and bylines near the headline
// for readers. Each source is read alike and graded by what it is and what it names: a person that markup states goes
// before one that a class hints at, a person before a team, a team before a single word, which often is the name of an
// account, and the outlet itself comes last.

/// The authors a page gives, and how much its word for them is worth.
struct PageAuthors: Sendable {
    /// The names that are chosen.
    struct Choice: Sendable {
        var names: [String] = []
        var grade = 0
        var source = ArticleDetails.Provenance.meta

        /// Takes names that are worth more than those it has. An outlet signs for nobody; where nobody else does, its
        /// name may be its author's.
        fileprivate mutating func take(
            _ found: [String], _ worth: Int, _ source: ArticleDetails.Provenance, _ outlet: OutletName
        ) {
            guard !found.isEmpty, grade < worth else { return }
            let people = found.filter { !outlet.isNamed($0) }
            if !people.isEmpty {
                names = people.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                (grade, self.source) = (worth, source)
            } else if grade < Grade.outlet {
                (names, grade, self.source) = (Array(found.prefix(1)), Grade.outlet, source)
            }
        }
    }

    /// The headline's node.
    let near: Int?

    // Elements that may be an author's, by what says so.
    private var marked: [Int] = []
    private var named: [Int] = []
    private var linked: [Int] = []

    private static let most = 100
    /// An author's line stands within so many nodes of the headline.
    private static let reach = -80...260

    /// A single word there may be its author's name.
    private static let nextTo = 60

    /// What a source's word is worth by what it names.
    enum Grade {
        static let stated = [0, 30, 40, 60]
        static let near = [0, 0, 26, 50]
        static let far = [0, 0, 15, 25]
        static let marked = [0, 0, 26, 58]
        static let markedHandle = 22
        static let shown = [0, 28, 45, 55]
        static let closing = [0, 0, 18, 27]
        static let outlet = 20
    }

    init(near: Int?) { self.near = near }

    // MARK: collecting

    private static let telling =
        AttributeName.rel.bit | AttributeName.itemprop.bit | AttributeName.href.bit

    mutating func look(at tree: MarkupTree, _ index: Int, _ hints: ElementHints) {
        if hints.contains(.author), !hints.contains(.other) { PageAuthors.add(index, to: &named) }
        guard tree.nodes[index].attributeNames & PageAuthors.telling != 0 else { return }
        for at in tree.nodes[index].attributes {
            let value = tree.attributes[at].value
            switch tree.attributes[at].name {
            case .rel:
                if ASCII.find("author", in: tree.bytes, value) != nil { PageAuthors.add(index, to: &marked) }
            case .itemprop:
                if ASCII.matches("author", in: tree.bytes, value) { PageAuthors.add(index, to: &marked) }
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

    private static let profiles = [
        "author", "authors", "contributor", "contributors", "staff", "by", "people", "autor", "autoren", "autores",
        "auteur", "auteurs", "journalist", "journalists", "reporter", "writers", "team",
    ].map { Array($0.utf8) }

    // MARK: elements

    private struct Found: Sendable {
        let node: Int
        let line: AuthorLine
    }

    /// The names in an element; nil when it holds none.
    private static func found(_ tree: MarkupTree, _ node: Int) -> Found? {
        guard let lines = lines(tree, node), !isOthers(tree, node) else { return nil }
        // A box may begin with a label of its own, or with a picture's.
        for text in lines {
            let line = AuthorLine(text)
            if line.isOthers { return nil }
            if line.kind > .handle || line.kind == .handle && (line.isWhole || line.isLabelled) {
                return Found(node: node, line: line)
            }
        }
        return nil
    }

    /// Whether the words before an element say that it names those who edited or checked.
    private static func isOthers(_ tree: MarkupTree, _ node: Int) -> Bool {
        for index in (max(0, node - 8)..<node).reversed() where tree.nodes[index].isText {
            let text = ASCII.trimmed(tree.bytes, tree.nodes[index].text)
            guard !text.isEmpty else { continue }
            guard text.count < 40 else { return false }
            let line = AuthorLine(tree.bytes, text)
            return line.isOthers && line.names.isEmpty
        }
        return false
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
        var at = index
        while at < end {
            let node = tree.nodes[at]
            if node.tag == .script || node.tag == .style || node.tag == .svg || node.tag == .noscript {
                at = Int(node.end)
                continue
            }
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
            at += 1
        }
        close()
        // "By", then the name in a block of its own.
        guard lines.count > 1, AuthorLine(lines[0]).isLabel else { return lines }
        return [lines[0] + " " + lines[1]] + lines
    }

    // MARK: choosing

    static let keys = [
        "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl",
        "citation_author", "citation_authors", "cxenseparse:author", "authors", "og:article:author", "creator",
        "dcterms.author", "article.author", "article_author", "authorname", "author_name",
    ]

    /// What markup states.
    static func stated(meta: [String: String], schema: SchemaFacts, outlet: OutletName) -> Choice {
        var best = Choice()
        func offer(_ texts: [String], _ source: ArticleDetails.Provenance) {
            let lines = texts.map(AuthorLine.init)
            let kind = lines.map(\.kind).max() ?? .none
            // "Ministry of Works and Roads" names a body, whose name is not cut.
            if kind <= .handle, let first = texts.first, let line = lines.first, !line.isWhole || kind == .none {
                return best.take(AuthorLine.isBody(first) ? [ASCII.folded(first)] : [], Grade.outlet, source, outlet)
            }
            let names = lines.filter { $0.kind == kind }.flatMap(\.names)
            best.take(names, Grade.stated[kind.rawValue], source, outlet)
        }
        offer(schema.authors, .jsonLD)
        for key in keys { if let value = meta[key] { offer([value], .meta) } }
        for number in 1...2 where meta["twitter:label\(number)"].map(asksWho) == true {
            offer([meta["twitter:data\(number)"] ?? ""], .meta)
        }
        let bodies = schema.organisations.filter { !outlet.isNamed($0) }.map(ASCII.folded)
        best.take(bodies, Grade.outlet, .jsonLD, outlet)
        return best
    }

    /// Takes what elements show where it is worth more.
    func choose(_ best: inout Choice, _ tree: MarkupTree, _ outlet: OutletName) {
        for (nodes, isMarked) in [(marked, true), (named, false), (linked, false)] {
            let found = closest(nodes, tree)
            let grades = !found.isNear ? Grade.far : isMarked ? Grade.marked : Grade.near
            let handle = isMarked || found.isClose ? Grade.markedHandle : 0
            best.take(found.names, found.kind == .handle ? handle : grades[found.kind.rawValue], .dom, outlet)
        }
    }

    /// "Written by", as plug-ins for blogs put it.
    private static func asksWho(_ label: String) -> Bool {
        AuthorLine(label).isLabel
    }

    private typealias Closest = (names: [String], kind: AuthorLine.Kind, isNear: Bool, isClose: Bool)

    /// The names nearest the headline: those below it go before those above.
    private func closest(_ nodes: [Int], _ tree: MarkupTree) -> Closest {
        func first(_ nodes: some Collection<Int>) -> Found? {
            nodes.lazy.compactMap { PageAuthors.found(tree, $0) }.first
        }
        func far() -> Closest {
            first(nodes.prefix(24)).map { ($0.line.names, $0.line.kind, false, $0.line.isLabelled) } ?? (
                [], .none, false, false
            )
        }
        guard let near else { return far() }
        let inReach = nodes.filter { PageAuthors.reach.contains($0 - near) }
        guard let found = first(inReach.filter { $0 > near }) ?? first(inReach.filter { $0 <= near }.reversed()) else {
            return far()
        }
        // Several authors have an element each, side by side.
        let others = inReach.filter { $0 > found.node && $0 - found.node < 24 }
        let names = others.compactMap { PageAuthors.found(tree, $0)?.line }.reduce(
            into: found.line.names
        ) { names, next in
            guard next.kind == found.line.kind, next.names.count == 1 else { return }
            for name in next.names where !names.contains(where: { $0.contains(name) || name.contains($0) }) {
                names.append(name)
            }
        }
        return (
            names, found.line.kind, true, found.line.isLabelled || (0..<PageAuthors.nextTo).contains(found.node - near)
        )
    }
}

/// Tells whether a name is the outlet's own.
struct OutletName: Sendable {
    private var names: [[UInt8]] = []

    init(site: String?, publisher: String?, address: String?) {
        names = [site, publisher].compactMap { $0 }.map(OutletName.folded)
        if let address {
            let parts = (WebAddress(address).host ?? "").split(separator: ".")
            names += parts.dropLast().filter { $0.utf8.count > 3 }.map { OutletName.folded(String($0)) }
        }
    }

    func isNamed(_ name: String) -> Bool {
        var own = OutletName.folded(name)
        if names.contains(own) { return true }
        // "courier.example" is The Courier.
        if let dot = name.utf8.lastIndex(of: 0x2E) { own = OutletName.folded(String(name[..<dot])) }
        return own.count >= 4 && names.contains { $0 == own || $0.count >= 8 && own.starts(with: $0) }
    }

    /// Letters and figures in lower case.
    private static func folded(_ name: String) -> [UInt8] {
        var bytes = name.utf8.filter { ASCII.isAlphanumeric($0) || $0 >= 0x80 }.map(ASCII.lower)
        if bytes.starts(with: "the".utf8), bytes.count > 6 { bytes.removeFirst(3) }
        if bytes.starts(with: "www".utf8) { bytes.removeFirst(3) }
        return bytes
    }
}
