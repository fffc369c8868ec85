public import ExtractionCore

/// One event as many articles tell it.
public struct Story: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable { case new, updated, newPhase = "new_phase", quiet, closed }

    public let id: StoryID
    public var headline: String
    public var opened: Instant
    public var last: Instant
    /// Without duplicates.
    public var articles: Int
    public var duplicates: Int
    /// Independent sources: owners of its texts. Copies of one agency's text are one source, whoever prints them.
    public var sources: Int { max(1, owners.count) }
    /// Publications with a text of their own.
    public var sites: [String]
    /// Most frequent first.
    public var people: [String]
    public var places: [String]
    /// The words that its headline makes it by.
    public var terms: [String] { Story.contentWords(of: headline) }
    public var tolls: [StoryToll]
    public var status: Status
    /// Stories that turned out to tell of the same event; their ids are never given again.
    public var merged: [StoryID] = []
    /// The story that it was a part of, when it turned out to be another event.
    public internal(set) var splitFrom: StoryID?
    /// Stories that were parts of this one.
    public internal(set) var splits: [StoryID] = []
    /// The article that opened it.
    public internal(set) var first: ArticleID?
    /// When a text of its own came last; copies do not count.
    public internal(set) var lastNews: Instant
    /// What its articles after the first told of, as they told it; see `timeline`.
    var happenings: [Happening] = []
    /// Which events are known, by type and day.
    var eventKeys: [UInt32] = []
    /// By day, the earliest first.
    var days: [DayCount] = []
    /// Whose texts it has, by number, in order of appearance.
    var owners: [UInt16] = []

    public init(
        id: StoryID, headline: String = "", opened: Instant, last: Instant, articles: Int = 0, duplicates: Int = 0,
        sites: [String] = [], people: [String] = [], places: [String] = [],
        tolls: [StoryToll] = [], status: Status = .new
    ) {
        self.id = id
        self.headline = headline
        self.opened = opened
        self.last = last
        lastNews = opened
        self.articles = articles
        self.duplicates = duplicates
        self.sites = sites
        self.people = people
        self.places = places
        self.tolls = tolls
        self.status = status
    }

    private static func contentWords(of headline: String) -> [String] {
        let text = TextWords(Text(headline))
        var words: [String] = []
        for word in text.words where !word.isStop && word.end - word.start > 2 {
            let shown = text.text.string(word.range)
            if !words.contains(shown) { words.append(shown) }
            if words.count == 8 { break }
        }
        return words
    }

    mutating func absorb(_ other: Story) {
        if other.opened < opened { (opened, first) = (other.opened, other.first) }
        lastNews = max(lastNews, other.lastNews)
        absorbDays(of: other)
        splits += other.splits
        for key in other.eventKeys { note(eventKey: key) }
        add(other.happenings)
        last = max(last, other.last)
        articles += other.articles
        duplicates += other.duplicates
        for site in other.sites where !sites.contains(site) { sites.append(site) }
        tolls += other.tolls
        merged += [other.id] + other.merged
        status = .updated
    }

    mutating func note(eventKey key: UInt32) {
        if eventKeys.count < 32, !eventKeys.contains(key) { eventKeys.append(key) }
    }

    /// Tolls that no later one of the same source replaced.
    public var currentTolls: [StoryToll] {
        let replaced = Set(tolls.compactMap(\.supersedes))
        return tolls.filter { !replaced.contains($0.id) }
    }
}
