public import ExtractionCore

/// One item as a feed lists it.
public struct FeedItem: Hashable, Sendable {
    public let feed: String
    public let guid: String?
    public let link: String?
    public let title: String?
    public let text: Text
    public let date: ZonedTime?

    public init(feed: String, guid: String?, link: String?, title: String?, text: Text, date: ZonedTime?) {
        self.feed = feed
        self.guid = guid
        self.link = link
        self.title = title
        self.text = text
        self.date = date
    }
}

/// What an item of a feed is to those that came before.
public enum ItemVerdict: String, Hashable, Sendable {
    /// Another article.
    case new
    /// This very item of this feed, again.
    case seen
    /// The same article under another item.
    case duplicate = "dup"
    /// The same article with news in it.
    case update
}

/// Tells whether items of feeds are known.
///
/// Identifiers only nominate what to compare with: feeds reuse, share, re-scheme and renumber them, so that trusting
/// them loses news. Where identifier and text disagree, the text decides; a doubt goes to `new` or `update`.
public struct ItemBook: Sendable {
    private struct Known: Sendable {
        let feed: String
        let titleHash: ArticleID?
        let keys: [String]
        let exact: ArticleID?
        let text: Text
        let dated: Instant
    }

    private var book = StoryBook()
    private var known: [ArticleID: Known] = [:]
    /// The latest item by feed and key.
    private var latest: [String: ArticleID] = [:]
    /// Items by the hash of their words.
    private var sameText: [ArticleID: [ArticleID]] = [:]
    private var count = 0

    public init() {}

    /// Files an item and says what it is.
    public mutating func verdict(on item: FeedItem) -> ItemVerdict {
        count += 1
        let id = ArticleID(of: Array(String(count).utf8))
        let keys = itemKeys(item)
        let sameItem = keys.lazy.compactMap { [latest] in latest[$0] }.first
        let print = fingerprint(of: item.text)
        let filing = file(item, id, print)
        let entry = Known(
            feed: item.feed, titleHash: titleHash(item), keys: keys, exact: print.exact, text: item.text,
            dated: instant(item))
        defer {
            known[id] = entry
            for key in keys { latest[key] = id }
            if let exact = print.exact { sameText[exact, default: []].append(id) }
        }
        if print.exact == nil { return bare(entry, sameItem) }
        switch filing.kind {
        case .duplicate: return isSame(entry, as: filing.of, sameItem) ? .seen : .duplicate
        case .update: return .update
        case .opened, .joined: return sameItem.map { follows(entry, $0) } ?? .new
        }
    }

    private mutating func file(_ item: FeedItem, _ id: ArticleID, _ print: Fingerprint) -> Filing {
        let article = Article(
            id: id, origin: .standardInput, url: item.link, headline: item.title, published: item.date, text: item.text,
            blocks: item.text.isEmpty ? [] : [Block(range: item.text.range, kind: .paragraph)])
        var against: [ArticleID: Text] = [:]
        for candidate in book.candidates(for: print) { against[candidate] = known[candidate]?.text }
        return book.file(article, fingerprint: print, against: against, at: instant(item)) { _, _ in Analysis() }
    }

    /// A known text: this very item again when its feed gave it under the same key or headline.
    private func isSame(_ item: Known, as earlier: ArticleID?, _ sameItem: ArticleID?) -> Bool {
        let others = [earlier, sameItem].compactMap(\.self) + (item.exact.flatMap { sameText[$0] } ?? [])
        return others.compactMap { known[$0] }.contains { other in
            other.feed == item.feed
                && (other.titleHash == item.titleHash || !Set(other.keys).isDisjoint(with: item.keys))
        }
    }

    /// An item without text: its headline is all there is.
    private func bare(_ item: Known, _ sameItem: ArticleID?) -> ItemVerdict {
        guard let sameItem, let other = known[sameItem] else { return .new }
        return other.titleHash == item.titleHash ? .seen : .new
    }

    /// The key is known and the text is not: what became of it, when it descends from the old one at all.
    private func follows(_ item: Known, _ sameItem: ArticleID) -> ItemVerdict {
        guard let other = known[sameItem] else { return .new }
        let words = TextWords(item.text)
        let hours = Double(abs(item.dated.milliseconds &- other.dated.milliseconds)) / 3_600_000
        let comparison = Comparison(
            TextWords(other.text), words, isFurniture: [Bool](repeating: false, count: words.words.count),
            hoursApart: hours)
        switch comparison.verdict(fewestShared: 6) {
        case .duplicate: return .seen
        case .update: return .update
        case .different, .otherOccasion: return .new
        }
    }

    private func instant(_ item: FeedItem) -> Instant { item.date?.instant ?? Instant(milliseconds: 0) }

    private func titleHash(_ item: FeedItem) -> ArticleID? {
        item.title.flatMap { fingerprint(of: Text($0)).exact }
    }
}

/// The keys under which a feed's item is looked for: its identifier as given, the same with the scheme folded and a
/// counter cut off, and its link where no identifier is given. Never case-folded: `abc1` and `ABC1` are two items.
func itemKeys(_ item: FeedItem) -> [String] {
    let prefix = item.feed + "\n"
    guard let guid = item.guid, !guid.isEmpty else {
        guard let link = item.link, !link.isEmpty else { return [] }
        return [prefix + "link " + canonicalURL(link)]
    }
    let folded = foldedIdentifier(guid)
    return folded == guid ? [prefix + guid] : [prefix + guid, prefix + folded]
}

/// `http` for `https`, and without a fragment that only counts, such as `#3`.
private func foldedIdentifier(_ guid: String) -> String {
    var folded = guid
    if let hash = folded.lastIndex(of: "#") {
        let counter = folded[folded.index(after: hash)...]
        if !counter.isEmpty, counter.utf8.count <= 6, counter.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
            folded = String(folded[..<hash])
        }
    }
    return folded.hasPrefix("http://") ? "https://" + folded.dropFirst(7) : folded
}
