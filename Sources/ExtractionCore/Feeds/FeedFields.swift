/// An address with what it stands for.
struct FeedLink: Hashable, Sendable {
    var url: String
    var rel: String
    var type: String?
    var length: Int?
}

/// The raw fields of a channel or item, put together when it closes: several vocabularies say the same thing, and the
/// plainest has the first word.
struct FeedFields: Sendable {
    var values: [String: FeedValue] = [:]
    var links: [FeedLink] = []
    var authors: [Person] = []
    var enclosures: [Enclosure] = []
    var about: String?
    var language: String?
    var guidIsAddress = true
    var pace = PublishingPace()

    static func key(_ vocabulary: FeedVocabulary, isInAtom: Bool, _ name: String) -> String {
        switch vocabulary {
        case .plain: isInAtom ? "atom:" + name : name
        case .atom: "atom:" + name
        case .dublinCore: "dc:" + name
        case .content: "content:" + name
        case .itunes: "itunes:" + name
        case .media: "media:" + name
        case .other: "other:" + name
        }
    }

    static func nonEmpty(_ string: String) -> String? { string.isEmpty ? nil : string }

    /// The last element of a name wins when it says something; of several contents the first one that is not empty.
    mutating func add(_ key: String, _ value: FeedValue) {
        if values[key] != nil, value.decoded.allSatisfy(ASCII.isSpace), !value.hasMarkup { return }
        values[key] = value
    }

    // MARK: reading

    private func text(_ keys: [String]) -> String? {
        for key in keys { if let value = values[key], let text = FeedFields.nonEmpty(value.text) { return text } }
        return nil
    }

    /// Plain text of a field that may hold HTML.
    private func plain(_ keys: [String]) -> String? {
        for key in keys {
            guard let value = values[key] else { continue }
            let markup = value.markup(isAtom: key.hasPrefix("atom:"))
            let words =
                markup.isHTML
                ? HTMLSanitizer.plainText(markup.bytes) : ASCII.folded(String(decoding: markup.bytes, as: UTF8.self))
            if !words.isEmpty { return words }
        }
        return nil
    }

    private func html(_ keys: [String], _ url: String?) -> String? {
        for key in keys {
            guard let value = values[key] else { continue }
            let markup = value.markup(isAtom: key.hasPrefix("atom:"))
            let bytes = markup.isHTML ? markup.bytes : HTMLSanitizer.escaped(markup.bytes)
            let clean = ASCII.trimmed(HTMLSanitizer.sanitized(bytes, base: value.base ?? url))
            if !clean.isEmpty { return clean }
        }
        return nil
    }

    private func time(_ keys: [String]) -> ZonedTime? {
        for key in keys { if let time = values[key].flatMap({ FeedDate.time($0.text) }) { return time } }
        return nil
    }

    private func link(_ url: String?) -> String? {
        if let value = values["link"], let text = FeedFields.nonEmpty(value.text) {
            return resolvedURL(text, against: value.base ?? url)
        }
        let alternates = links.filter { $0.rel == "alternate" || $0.rel.isEmpty }
        if let best = alternates.first(where: {
            $0.type == nil || $0.type?.hasSuffix("html") == true || $0.type?.hasSuffix("xhtml+xml") == true
        }) {
            return best.url
        }
        return alternates.first?.url
    }

    private static let published = [
        "pubdate", "atom:published", "atom:issued", "published", "issued", "atom:created", "dc:created", "dc:issued",
        "dc:date", "date", "pubdatetime",
    ]
    private static let updated = [
        "atom:updated", "atom:modified", "updated", "modified", "lastbuilddate", "dc:modified", "dc:date",
    ]

    private func people() -> [Person] {
        if !authors.isEmpty { return authors }
        for key in [
            "author", "managingeditor", "webmaster", "dc:creator", "dc:author", "itunes:author", "creator",
            "media:credit",
        ] {
            if let text = text([key]) { return [FeedFields.person(text)] }
        }
        return []
    }

    /// "mail (Name)", "Name (mail)", "Name <mail>", a bare mail or a bare name.
    static func person(_ text: String) -> Person {
        for (open, close) in [("(", ")"), ("<", ">")] {
            guard text.hasSuffix(close), let start = text.lastIndex(of: Character(open)) else { continue }
            let outside = ASCII.trimmed(String(text[..<start]))
            let inside = ASCII.trimmed(String(text[text.index(after: start)...].dropLast()))
            if inside.contains("@") { return Person(name: nonEmpty(outside), email: inside) }
            if outside.contains("@") { return Person(name: nonEmpty(inside), email: outside) }
        }
        if text.contains("@"), !text.contains(" ") { return Person(email: text) }
        return Person(name: text)
    }

    // MARK: making

    func feed(format: String, drafts: [FeedFields], cut: Int, url: String?) -> Feed {
        var feed = Feed(format: format)
        feed.id = text(["atom:id", "id", "guid"])
        feed.title = plain(["title", "atom:title", "dc:title", "itunes:title", "media:title"])
        feed.link = link(url)
        feed.subtitle = plain([
            "description", "atom:subtitle", "atom:tagline", "subtitle", "tagline", "dc:description", "itunes:summary",
            "itunes:subtitle",
        ])
        feed.updated = time([
            "atom:updated", "atom:modified", "updated", "lastbuilddate", "modified", "pubdate", "dc:modified",
            "dc:date", "atom:published",
        ])
        feed.language = text(["language", "dc:language"]) ?? language
        feed.authors = people()
        feed.pace = pace
        if let ttl = text(["ttl"]) { feed.pace.readTimeToLive(ttl) }
        feed.pace.readUpdates(period: text(["other:updateperiod"]), frequency: text(["other:updatefrequency"]))
        feed.pace.dropContradictions()
        let base = feed.link.flatMap { WebAddress($0).scheme == nil ? nil : $0 } ?? url
        feed.entries = drafts.map { $0.entry(base) }
        if cut > 0 { feed.notes.append("\(cut) entries beyond the limit left out") }
        return feed
    }

    func entry(_ url: String?) -> Entry {
        var entry = Entry()
        entry.id = text(["guid", "atom:id", "id"]) ?? about ?? text(["dc:identifier"])
        entry.link = link(url)
        if entry.link == nil, guidIsAddress, let id = values["guid"]?.text, id.hasPrefix("http") { entry.link = id }
        entry.title = plain(["title", "atom:title", "dc:title", "media:title", "itunes:title"])
        entry.contentHTML = html(["content:encoded", "encoded", "atom:content", "content", "body", "fullitem"], url)
        entry.summaryHTML = html(
            [
                "description", "atom:summary", "summary", "dc:description", "itunes:summary", "itunes:subtitle",
                "media:description",
            ], url)
        entry.published = time(FeedFields.published)
        entry.updated = time(FeedFields.updated)
        entry.authors = people()
        entry.enclosures =
            enclosures
            + links.filter { $0.rel == "enclosure" }.map {
                Enclosure(url: $0.url, mediaType: $0.type, length: $0.length)
            }
        return entry
    }
}
