/// What a feed document says, whatever its format.
public struct Feed: Hashable, Sendable {
    /// `rss`, `atom`, `rdf` or `json`.
    public var format: String
    public var id: String?
    public var title: String?
    public var link: String?
    public var subtitle: String?
    public var updated: ZonedTime?
    public var language: String?
    public var authors: [Person]
    public var pace: PublishingPace
    public var entries: [Entry]
    /// What was mended or cut on the way.
    public var notes: [String]

    public init(
        format: String, id: String? = nil, title: String? = nil, link: String? = nil, subtitle: String? = nil,
        updated: ZonedTime? = nil, language: String? = nil, authors: [Person] = [],
        pace: PublishingPace = .init(), entries: [Entry] = [], notes: [String] = []
    ) {
        self.format = format
        self.id = id
        self.title = title
        self.link = link
        self.subtitle = subtitle
        self.updated = updated
        self.language = language
        self.authors = authors
        self.pace = pace
        self.entries = entries
        self.notes = notes
    }
}

/// One item of a feed.
public struct Entry: Hashable, Sendable {
    /// The guid (RSS), id (Atom, JSON Feed) as written; nil when the feed gives none.
    public var id: String?
    /// Resolved against the feed's address where it was relative.
    public var link: String?
    /// Plain text.
    public var title: String?
    /// Sanitised HTML.
    public var summaryHTML: String?
    /// Sanitised HTML of the whole article, where the feed carries it.
    public var contentHTML: String?
    public var authors: [Person]
    public var published: ZonedTime?
    public var updated: ZonedTime?
    public var enclosures: [Enclosure]

    public init(
        id: String? = nil, link: String? = nil, title: String? = nil, summaryHTML: String? = nil,
        contentHTML: String? = nil, authors: [Person] = [], published: ZonedTime? = nil, updated: ZonedTime? = nil,
        enclosures: [Enclosure] = []
    ) {
        self.id = id
        self.link = link
        self.title = title
        self.summaryHTML = summaryHTML
        self.contentHTML = contentHTML
        self.authors = authors
        self.published = published
        self.updated = updated
        self.enclosures = enclosures
    }
}

/// Who wrote something, as a feed names them.
public struct Person: Hashable, Sendable {
    public var name: String?
    public var email: String?
    public var url: String?

    public init(name: String? = nil, email: String? = nil, url: String? = nil) {
        self.name = name
        self.email = email
        self.url = url
    }
}

/// A file that belongs to an entry.
public struct Enclosure: Hashable, Sendable {
    public var url: String
    public var mediaType: String?
    public var length: Int?

    public init(url: String, mediaType: String? = nil, length: Int? = nil) {
        self.url = url
        self.mediaType = mediaType
        self.length = length
    }
}
