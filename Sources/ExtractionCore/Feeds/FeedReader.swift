// Feeds are XML by name only. The reader keeps a stack of open elements and mends by a few rules: an end tag closes
// the nearest open element of its name, a stray one is ignored, a new item closes the last one, and the end of the
// bytes closes everything. Nothing that was read is thrown away because of what follows.

/// Reads RSS, RDF and Atom.
struct FeedReader {
    static let depthLimit = 256
    static let entryLimit = 20_000

    private enum Role { case root, channel, entry, person, skipped, field, inner }

    private struct Open {
        let name: String
        let role: Role
        let base: String?
    }

    private var tokens: MarkupTokenizer
    private let url: String?
    private var stack: [Open] = []
    /// Elements deeper than the limit: counted, not kept.
    private var overflow = 0
    private var vocabularies: [String: FeedVocabulary] = [:]
    private var format: String?
    private var channel = FeedFields()
    private var item: FeedFields?
    private var value: FeedValue?
    private var valueKey = ""
    private var person = Person()
    private var drafts: [FeedFields] = []
    private var entriesCut = 0

    /// The feed in some UTF-8; nil when there is none.
    static func feed(in bytes: [UInt8], url: String?) -> Feed? {
        var reader = FeedReader(bytes, url: url)
        return reader.read()
    }

    private init(_ bytes: [UInt8], url: String?) {
        tokens = MarkupTokenizer(bytes, isXML: true)
        self.url = url
    }

    private mutating func read() -> Feed? {
        while tokens.next() {
            switch tokens.kind {
            case .text: value?.appendText(tokens.bytes, tokens.content)
            case .cdata: value?.appendLiteral(tokens.bytes[tokens.content])
            case .startTag: open()
            case .endTag: close()
            case .comment, .doctype, .instruction, .rawText: break
            }
        }
        while !stack.isEmpty { pop() }
        guard let format else { return nil }
        return channel.feed(format: format, drafts: drafts, cut: entriesCut, url: url)
    }

    // MARK: elements

    private mutating func open() {
        let (vocabulary, name) = element()
        for attribute in tokens.attributes where attribute.name.count > 6 { bind(attribute) }
        if value != nil, !(isEntryName(name) && !valueKey.hasSuffix("content")) {
            value?.appendTag(tokens.bytes[tokens.range])
            if !tokens.isSelfClosing { push(Open(name: name, role: .inner, base: nil)) }
            return
        }
        if isEntryName(name), vocabulary == .plain || vocabulary == .atom, format != nil || name == "entry" {
            closeEntry()
        }
        let base = tokens.attribute("xml:base").map { resolvedURL($0, against: currentBase) } ?? stack.last?.base
        let role = role(of: name, vocabulary)
        push(Open(name: name, role: role, base: base))
        begin(role, name, vocabulary, base)
        if tokens.isSelfClosing, overflow == 0 { pop() } else if tokens.isSelfClosing { overflow -= 1 }
    }

    private var currentBase: String? { stack.last?.base ?? url }

    private func isEntryName(_ name: String) -> Bool { name == "item" || name == "entry" }

    /// The current tag's vocabulary and local name, folded.
    private func element() -> (FeedVocabulary, String) {
        let whole = tokens.lowerName
        guard let colon = whole.utf8.firstIndex(of: 0x3A) else { return (.plain, whole) }
        let prefix = String(whole[..<colon])
        let local = String(whole[whole.utf8.index(after: colon)...])
        return (vocabularies[prefix] ?? FeedVocabulary(prefix: prefix) ?? .plain, local)
    }

    private mutating func bind(_ attribute: MarkupAttribute) {
        let name = ASCII.lowered(tokens.bytes[attribute.name])
        guard name.hasPrefix("xmlns:"), vocabularies.count < 64 else { return }
        let prefix = String(name.dropFirst(6))
        let bound = FeedVocabulary(address: CharacterReferences.decoded(tokens.bytes, attribute.value))
        // A usual prefix keeps its meaning when the address is misspelt.
        vocabularies[prefix] = bound == .other ? FeedVocabulary(prefix: prefix) ?? .other : bound
    }

    private mutating func push(_ element: Open) {
        if stack.count < FeedReader.depthLimit { stack.append(element) } else { overflow += 1 }
    }

    private func role(of name: String, _ vocabulary: FeedVocabulary) -> Role {
        guard let parent = stack.last?.role else {
            return isEntryName(name)
                ? .entry : ["rss", "rdf", "feed"].contains(name) ? .root : name == "channel" ? .channel : .skipped
        }
        switch parent {
        case .root, .channel:
            if isEntryName(name), vocabulary == .plain || vocabulary == .atom { return .entry }
            if name == "channel" { return .channel }
            // Their children say more about the channel.
            if name == "skiphours" || name == "skipdays" { return .channel }
            if ["image", "textinput", "cloud", "items", "owner", "source"].contains(name),
                vocabulary != .media
            {
                return .skipped
            }
            return isPerson(name, vocabulary) ? .person : .field
        case .entry:
            if ["source"].contains(name) { return .skipped }
            if vocabulary == .media, name == "group" { return .channel == parent ? .skipped : .entry }
            return isPerson(name, vocabulary) ? .person : .field
        case .person: return .field
        case .skipped:
            // A feed's root may stand inside something else, such as a page or an envelope.
            return format == nil && ["rss", "rdf", "feed"].contains(name) ? .root : .skipped
        case .field, .inner: return .skipped
        }
    }

    /// Atom's author holds elements; RSS's holds text.
    private func isPerson(_ name: String, _ vocabulary: FeedVocabulary) -> Bool {
        (name == "author" || name == "contributor") && (vocabulary == .atom || vocabulary == .plain && format == "atom")
    }

    private mutating func begin(_ role: Role, _ name: String, _ vocabulary: FeedVocabulary, _ base: String?) {
        switch role {
        case .root:
            if format == nil { format = name == "feed" ? "atom" : name == "rdf" ? "rdf" : "rss" }
            channel.language = channel.language ?? tokens.attribute("xml:lang")
        case .channel:
            if format == nil { format = "rss" }
            channel.about = channel.about ?? tokens.attribute("rdf:about")
        case .entry:
            if format == nil { format = name == "entry" ? "atom" : "rss" }
            if item == nil {
                item = FeedFields()
                item?.about = tokens.attribute("rdf:about")
            }
        case .person: person = Person()
        case .field: beginField(name, vocabulary, base)
        case .skipped, .inner: break
        }
    }

    private mutating func beginField(_ name: String, _ vocabulary: FeedVocabulary, _ base: String?) {
        let isInAtom = vocabulary == .atom || vocabulary == .plain && format == "atom"
        if name == "link", vocabulary == .plain || vocabulary == .atom, let href = tokens.attribute("href") {
            addLink(href, base)
        }
        if let enclosure = enclosure(name, vocabulary) { item?.enclosures.append(enclosure) }
        var value = FeedValue()
        value.base = base
        if isInAtom {
            value.type = tokens.attribute("type")
            value.mode = tokens.attribute("mode")
        }
        if name == "guid" {
            item?.guidIsAddress = tokens.attribute("ispermalink").map { ASCII.lowered($0.utf8) } != "false"
        }
        self.value = value
        valueKey = FeedFields.key(vocabulary, isInAtom: isInAtom, name)
    }

    private mutating func addLink(_ href: String, _ base: String?) {
        let rel = tokens.attribute("rel").map { ASCII.lowered(ASCII.trimmed($0).utf8) } ?? "alternate"
        let link = FeedLink(
            url: resolvedURL(href, against: base ?? url), rel: rel, type: tokens.attribute("type"),
            length: tokens.attribute("length").flatMap { Int($0) })
        if item != nil { item?.links.append(link) } else { channel.links.append(link) }
    }

    private func enclosure(_ name: String, _ vocabulary: FeedVocabulary) -> Enclosure? {
        guard name == "enclosure" || vocabulary == .media && name == "content" else { return nil }
        guard let address = tokens.attribute("url") else { return nil }
        let length = tokens.attribute("length") ?? tokens.attribute("filesize")
        return Enclosure(
            url: resolvedURL(address, against: currentBase), mediaType: tokens.attribute("type"),
            length: length.flatMap { Int($0) })
    }

    private mutating func close() {
        if overflow > 0 {
            overflow -= 1
            return
        }
        let (_, name) = element()
        guard let index = stack.lastIndex(where: { $0.name == name }) else { return }
        // The end tag of an inner element is part of the value.
        if stack[index].role == .inner { value?.appendTag(tokens.bytes[tokens.range]) }
        while stack.count > index { pop() }
    }

    private mutating func closeEntry() {
        guard let index = stack.lastIndex(where: { $0.role == .entry }) else {
            // An item within a half-open field of the channel.
            while let last = stack.last, last.role == .field || last.role == .inner || last.role == .person { pop() }
            return
        }
        while stack.count > index { pop() }
    }

    private mutating func pop() {
        guard let element = stack.popLast() else { return }
        switch element.role {
        case .field: endField(element)
        case .person:
            if person != Person() {
                if item != nil { item?.authors.append(person) } else { channel.authors.append(person) }
            }
        case .entry:
            guard let done = item, !stack.contains(where: { $0.role == .entry }) else { return }
            if drafts.count < FeedReader.entryLimit { drafts.append(done) } else { entriesCut += 1 }
            item = nil
        case .root, .channel, .skipped, .inner: break
        }
    }

    private mutating func endField(_ element: Open) {
        guard let value else { return }
        self.value = nil
        if stack.last?.role == .person {
            switch element.name {
            case "name": person.name = FeedFields.nonEmpty(value.text)
            case "email": person.email = FeedFields.nonEmpty(value.text)
            case "uri", "url", "homepage":
                person.url = FeedFields.nonEmpty(value.text).map { resolvedURL($0, against: element.base ?? url) }
            default: break
            }
        } else if item != nil {
            item?.add(valueKey, value)
        } else {
            switch valueKey {
            case "hour": channel.pace.readSkippedHour(value.text)
            case "day": channel.pace.readSkippedDay(value.text)
            default: channel.add(valueKey, value)
            }
        }
    }
}
