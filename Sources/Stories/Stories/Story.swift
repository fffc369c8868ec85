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
    /// Publications with a text of their own; those that print another's text are not independent.
    public var sites: [String]
    /// Most frequent first.
    public var people: [String]
    public var places: [String]
    public var terms: [String]
    public var tolls: [StoryToll]
    public var status: Status
    /// Stories that turned out to tell of the same event; their ids are never given again.
    public var merged: [StoryID] = []

    public init(
        id: StoryID, headline: String = "", opened: Instant, last: Instant, articles: Int = 0, duplicates: Int = 0,
        sites: [String] = [], people: [String] = [], places: [String] = [], terms: [String] = [],
        tolls: [StoryToll] = [], status: Status = .new
    ) {
        self.id = id
        self.headline = headline
        self.opened = opened
        self.last = last
        self.articles = articles
        self.duplicates = duplicates
        self.sites = sites
        self.people = people
        self.places = places
        self.terms = terms
        self.tolls = tolls
        self.status = status
    }

    mutating func absorb(_ other: Story) {
        opened = min(opened, other.opened)
        last = max(last, other.last)
        articles += other.articles
        duplicates += other.duplicates
        for site in other.sites where !sites.contains(site) { sites.append(site) }
        tolls += other.tolls
        merged += [other.id] + other.merged
        status = .updated
    }

    /// Tolls that no later one of the same source replaced.
    public var currentTolls: [StoryToll] {
        let replaced = Set(tolls.compactMap(\.supersedes))
        return tolls.filter { !replaced.contains($0.id) }
    }
}
