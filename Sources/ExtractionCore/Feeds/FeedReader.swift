// Feeds are XML by name only. The reader keeps a stack of open elements and mends by a few rules: an end tag closes
// the nearest open element of its name, a stray one is ignored, a new item closes the last one, a new field one that
// was left open, and the end of the bytes closes everything. Nothing that was read is thrown away because of what
// follows. Fields are places in the document until the feed is made of them.

/// Reads RSS, RDF, Atom, CDF and sitemaps.
struct FeedReader {
    /// What an open element is in the feed.
    enum Role: UInt8 { case root, channel, entry, group, person, skipped, field, inner }

    struct Open {
        let key: UInt64
        let role: Role
        let name: FeedName
        /// The base address in force, by its number.
        let base: Int32
    }

    /// A tag's name, cut at its colon.
    struct Element {
        let vocabulary: FeedVocabulary
        let name: FeedName
        let key: UInt64

        var isEntry: Bool { (name == .item || name == .entry) && (vocabulary == .plain || vocabulary == .atom) }
    }

    var tokens: MarkupTokenizer
    let limits: FeedLimits
    var source: FeedDocument
    var stack: [Open] = []
    /// How many open elements have a key that ends in these bits: most stray end tags are found out at once.
    private var openKeys = [UInt16](repeating: 0, count: 64)
    /// Elements deeper than the limit: counted, not kept.
    var overflow = 0
    private var prefixes: [(name: Range<Int>, vocabulary: FeedVocabulary)] = []
    var format: FeedFormat?
    var hasChannel = false
    var channel = FeedFields()
    var item: FeedFields?
    var value: FeedValue?
    var purpose = FeedPurpose.title
    /// Where the content of the open field begins.
    var valueStart = 0
    var person = Person()
    private var items: [FeedFields] = []
    private var itemsLeftOut = 0
    private var notes: [String] = []

    /// The feed in some UTF-8; nil when there is none.
    static func feed(in text: [UInt8], url: String?, limits: FeedLimits = FeedLimits()) -> Feed? {
        let (bytes, notes) = FeedMending.mended(text)
        var reader = FeedReader(bytes, url: url, limits: limits)
        reader.notes = notes
        return reader.read()
    }

    private init(_ bytes: [UInt8], url: String?, limits: FeedLimits) {
        tokens = MarkupTokenizer(bytes, isXML: true, to: limits.document)
        source = FeedDocument(bytes: bytes, url: url)
        self.limits = limits
    }

    private mutating func read() -> Feed? {
        if tokens.bytes.count > limits.document { note("the document is cut at \(limits.document) bytes") }
        while tokens.next() {
            switch tokens.kind {
            case .text: addText()
            case .cdata: addSection()
            case .startTag: open()
            case .endTag: close()
            case .comment, .doctype, .instruction, .rawText: break
            }
        }
        if item != nil {
            item?.isCut = true
            note("the document ends within an entry")
        }
        pop(to: 0, at: tokens.range.upperBound)
        guard let format else { return nil }
        var feed = channel.feed(format: format, items: items, source)
        if itemsLeftOut > 0 { note("\(itemsLeftOut) entries beyond the limit left out") }
        if tokens.hasSkippedAttributes { note("attributes beyond the limit left out") }
        feed.notes = notes
        return feed
    }

    mutating func note(_ text: String) { if !notes.contains(text) { notes.append(text) } }

    // MARK: text

    private mutating func addText() {
        guard value != nil || stack.last?.role == .person else { return }
        guard !ASCII.trimmed(tokens.bytes, tokens.content).isEmpty else { return }
        if value != nil {
            value?.add(tokens.content, isLiteral: false)
        } else if person.name == nil {
            // An author in words where elements should be.
            person.name = ASCII.trimmed(CharacterReferences.decoded(tokens.bytes, tokens.content))
        }
    }

    private mutating func addSection() {
        guard value != nil else { return }
        cutSwallowing()
        value?.add(tokens.content, isLiteral: true)
    }

    /// A section whose end is missing runs on to the end of a later one: it holds the opening of that, and before it
    /// the end tag of the field it stands in.
    private mutating func cutSwallowing() {
        let bytes = tokens.bytes
        let content = tokens.content
        guard content.upperBound == tokens.range.upperBound || opensSection(content) else { return }
        guard let field = stack.last(where: { $0.role == .field }) else { return }
        var at = content.lowerBound
        while at < content.upperBound {
            at = ByteScan.first(0x3C, in: bytes, from: at, to: content.upperBound)
            guard at + 1 < content.upperBound else { return }
            if bytes[at + 1] == 0x2F {
                var end = at + 2
                while end < content.upperBound, end < at + 80, bytes[end] != 0x3E { end += 1 }
                if element(at + 2..<end).key == field.key {
                    tokens.cut(at: at)
                    note("a section without an end")
                    return
                }
            }
            at += 1
        }
    }

    private func opensSection(_ content: Range<Int>) -> Bool {
        var at = content.lowerBound
        while at < content.upperBound {
            at = ByteScan.first(0x5B, in: tokens.bytes, from: at, to: content.upperBound)
            let start = at - 2
            if start >= content.lowerBound, at + 7 <= content.upperBound,
                ASCII.matches("<![cdata[", in: tokens.bytes, start..<at + 7)
            {
                return true
            }
            at += 1
        }
        return false
    }

    // MARK: names

    /// The vocabulary and local name of a tag's name.
    func element(_ name: Range<Int>) -> Element {
        let bytes = tokens.bytes
        var key: UInt64 = 0
        var colon: Int?
        for index in name {
            if bytes[index] == 0x3A, colon == nil {
                colon = index
                key = 0
            } else {
                key = NameKey.step(key, bytes[index])
            }
        }
        let local = FeedName(key: key)
        guard let colon else {
            return Element(vocabulary: format == .atom ? .atom : .plain, name: local, key: key)
        }
        return Element(vocabulary: vocabulary(name.lowerBound..<colon), name: local, key: key)
    }

    private func vocabulary(_ prefix: Range<Int>) -> FeedVocabulary {
        for bound in prefixes.reversed() where bound.name.count == prefix.count {
            if zip(bound.name, prefix).allSatisfy({ tokens.bytes[$0] == tokens.bytes[$1] }) { return bound.vocabulary }
        }
        // What is bound to nothing is taken by its local name, unless the prefix is a usual one.
        return FeedVocabulary(prefix: ASCII.lowered(tokens.bytes[prefix])) ?? (format == .atom ? .atom : .plain)
    }

    mutating func bindPrefixes() {
        for attribute in tokens.attributes where attribute.name.count > 6 && prefixes.count < 256 {
            let start = attribute.name.lowerBound
            guard tokens.bytes[start] | 0x20 == 0x78, ASCII.matches("xmlns:", in: tokens.bytes, start..<start + 6)
            else {
                continue
            }
            let name = start + 6..<attribute.name.upperBound
            let bound = FeedVocabulary(address: CharacterReferences.decoded(tokens.bytes, attribute.value))
            // A usual prefix keeps its meaning when the address is misspelt.
            let usual = FeedVocabulary(prefix: ASCII.lowered(tokens.bytes[name]))
            prefixes.append((name, bound == .other ? usual ?? .other : bound))
        }
    }

    // MARK: the stack

    /// False beyond the limit of depth.
    @discardableResult mutating func push(_ element: Open) -> Bool {
        guard stack.count < limits.depth else {
            if !tokens.isSelfClosing { overflow += 1 }
            note("elements deeper than the limit passed over")
            return false
        }
        stack.append(element)
        openKeys[Int(element.key & 63)] += 1
        return true
    }

    /// Where the nearest open element of that key stands.
    private func place(of key: UInt64) -> Int? {
        openKeys[Int(key & 63)] == 0 ? nil : stack.lastIndex { $0.key == key }
    }

    private mutating func close() {
        let key = element(tokens.name).key
        let place = place(of: key)
        if overflow > 0 {
            // Whatever is open beyond the limit ends with what it stands in.
            guard let place, stack[place].role != .inner else {
                overflow -= 1
                return
            }
        }
        guard let place else { return }
        pop(to: place, at: tokens.range.lowerBound)
    }

    /// Closes elements until so many are open; the content of a field among them ends at `end`.
    mutating func pop(to count: Int, at end: Int) {
        overflow = 0
        while stack.count > count, let element = stack.popLast() {
            openKeys[Int(element.key & 63)] -= 1
            switch element.role {
            case .field: endField(element, at: end)
            case .person: endPerson()
            case .entry: endItem()
            case .root, .channel, .group, .skipped, .inner: break
            }
        }
    }

    private mutating func endItem() {
        guard let done = item.take() else { return }
        if items.count < limits.entries { items.append(done) } else { itemsLeftOut += 1 }
    }
}
