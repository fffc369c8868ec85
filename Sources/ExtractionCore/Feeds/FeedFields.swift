/// What a channel or an item says, as places in the document, each purpose by its plainest element.
struct FeedFields: Sendable {
    /// The best element for each purpose so far.
    private var values = FeedFields.nothing
    /// Several authors of the same rank.
    private var moreAuthors: [FeedValue] = []
    var authors: [Person] = []
    var links: [FeedLink] = []
    var enclosures: [FeedLink] = []
    var about: String?
    var language: String?
    var pace = PublishingPace()
    private var published: ZonedTime?
    private var updated: ZonedTime?
    private var date: ZonedTime?
    /// An RSS guid is an address unless it says otherwise.
    var guidIsAddress = true
    var isCut = false

    private static let nothing = [FeedValue](repeating: FeedValue(range: 0..<0), count: FeedPurpose.allCases.count)

    static func nonEmpty(_ string: String) -> String? { string.isEmpty ? nil : string }

    /// Keeps a value unless a plainer element spoke before; of two of one rank the last has the word.
    mutating func add(_ purpose: FeedPurpose, _ value: FeedValue, _ bytes: [UInt8]) {
        let place = Int(purpose.rawValue)
        guard value.form != .blank, value.rank <= values[place].rank else { return }
        switch purpose {
        case .hour: return pace.readSkippedHour(value.string(in: bytes))
        case .day: return pace.readSkippedDay(value.string(in: bytes))
        case .published, .updated, .date:
            // A date that cannot be read is none: the next best has the word.
            guard let time = FeedDate.time(value, bytes) else { return }
            switch purpose {
            case .published: published = time
            case .updated: updated = time
            default: date = time
            }
        case .author:
            if value.rank < values[place].rank {
                moreAuthors.removeAll()
            } else if moreAuthors.count < 64 {
                moreAuthors.append(values[place])
            }
        default: break
        }
        values[place] = value
    }

    // MARK: reading

    private func value(_ purpose: FeedPurpose) -> FeedValue? {
        let value = values[Int(purpose.rawValue)]
        return value.form == .blank ? nil : value
    }

    private func text(_ purpose: FeedPurpose, _ source: FeedDocument) -> String? {
        value(purpose).flatMap { FeedFields.nonEmpty($0.string(in: source.bytes)) }
    }

    /// A title or the like: as plain text and, where it is marked up, as HTML.
    private func line(_ purpose: FeedPurpose, _ source: FeedDocument) -> (plain: String?, html: String?) {
        guard let value = value(purpose) else { return (nil, nil) }
        let hasMarks =
            value.form == .mixed || value.form == .markup || value.mode == .base64 || value.type == .binary
            || ASCII.hasByte(0x26, in: source.bytes, value.range)
            || ASCII.hasByte(0x3C, in: source.bytes, value.range)
        guard hasMarks else {
            let text = value.string(in: source.bytes)
            return (FeedFields.nonEmpty(FeedFields.isFolded(text) ? text : ASCII.folded(text)), nil)
        }
        let (bytes, isHTML) = value.markup(in: source.bytes)
        guard isHTML else {
            return (FeedFields.nonEmpty(ASCII.folded(String(decoding: bytes, as: UTF8.self))), nil)
        }
        let html =
            ASCII.hasByte(0x3C, in: bytes, 0..<bytes.count)
            ? FeedText(source: bytes, base: source.base(value)).html : nil
        return (FeedFields.nonEmpty(HTMLSanitizer.plainText(bytes)), html)
    }

    /// Whether every white space of a trimmed text is one blank.
    private static func isFolded(_ text: String) -> Bool {
        var last: UInt8 = 0
        for byte in text.utf8 {
            if byte <= 0x20, byte != 0x20 || last == 0x20 { return false }
            last = byte
        }
        return true
    }

    private func body(_ purpose: FeedPurpose, _ source: FeedDocument) -> FeedText? {
        guard let value = value(purpose) else { return nil }
        let (bytes, isHTML) = value.markup(in: source.bytes)
        return FeedText(source: isHTML ? bytes : HTMLSanitizer.escaped(bytes), base: source.base(value))
    }

    private func link(_ source: FeedDocument) -> String? {
        if let value = value(.link) {
            let text = value.string(in: source.bytes)
            if !text.isEmpty { return source.resolved(text, value.base) }
        }
        let alternates = links.filter { $0.rel == .alternate }
        let best = alternates.first { link in
            guard let type = link.type.map({ source.attribute($0) }) else { return true }
            return type.hasSuffix("html") || type.hasSuffix("xhtml+xml")
        }
        return (best ?? alternates.first).map(source.address)
    }

    /// An Atom id may be relative to a base that the feed states.
    private func id(_ source: FeedDocument) -> String? {
        guard let value = value(.id), let id = text(.id, source) else { return about }
        return value.isAtom && value.base >= 0 ? source.resolved(id, value.base) : id
    }

    private func people(_ source: FeedDocument) -> [Person] {
        if !authors.isEmpty { return authors }
        guard let last = value(.author) else { return [] }
        var people: [Person] = []
        for value in moreAuthors + [last] {
            let text = value.string(in: source.bytes)
            if text.isEmpty { continue }
            let person = Person(text: text)
            if !people.contains(person) { people.append(person) }
        }
        return people
    }

    // MARK: making

    func feed(format: FeedFormat, items: [FeedFields], _ source: FeedDocument) -> Feed {
        var feed = Feed(format: format.rawValue)
        feed.id = id(source)
        (feed.title, feed.titleHTML) = line(.title, source)
        feed.link = link(source)
        (feed.subtitle, feed.subtitleHTML) = line(.summary, source)
        feed.selfLink = links.first { $0.rel == .itself }.map(source.address)
        feed.hub = links.first { $0.rel == .hub }.map(source.address)
        feed.updated = updated ?? published ?? date
        feed.language = text(.language, source) ?? language
        feed.authors = people(source)
        feed.pace = pace
        if let ttl = text(.timeToLive, source) { feed.pace.readTimeToLive(ttl) }
        feed.pace.readUpdates(period: text(.updatePeriod, source), frequency: text(.updateFrequency, source))
        feed.pace.dropContradictions()
        var source = source
        if let link = feed.link, WebAddress(link).scheme != nil { source.url = link }
        feed.entries.reserveCapacity(items.count)
        for item in items { feed.entries.append(item.entry(format, source)) }
        if feed.title == nil { feed.title = items.first?.text(.publication, source) }
        return feed
    }

    private func entry(_ format: FeedFormat, _ source: FeedDocument) -> Entry {
        var entry = Entry()
        entry.id = id(source)
        entry.link = link(source)
        if entry.link == nil, guidIsAddress, let id = entry.id, id.hasPrefix("http") { entry.link = id }
        if entry.id == nil, format.isSitemap { entry.id = entry.link }
        (entry.title, entry.titleHTML) = line(.title, source)
        entry.content = body(.content, source)
        entry.summary = body(.summary, source)
        entry.published = published ?? date
        entry.updated = updated ?? date
        entry.language = text(.language, source) ?? language
        entry.authors = people(source)
        if !enclosures.isEmpty || !links.isEmpty {
            entry.enclosures = (enclosures + links.filter { $0.rel == .enclosure }).map(source.enclosure)
        }
        entry.isCut = isCut
        return entry
    }
}
