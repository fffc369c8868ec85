/// What a feed document says, whatever its format.
public struct Feed: Hashable, Sendable {
    /// `rss`, `atom`, `rdf`, `cdf`, `json`, `rss-json`, `sitemap` or `sitemapindex`.
    public var format: String
    public var id: String?
    /// Plain text.
    public var title: String?
    /// The title as sanitised HTML, where it is marked up.
    public var titleHTML: String?
    public var link: String?
    /// Plain text.
    public var subtitle: String?
    /// The subtitle as sanitised HTML, where it is marked up.
    public var subtitleHTML: String?
    /// Where the feed says it lies itself.
    public var selfLink: String?
    /// Who tells subscribers of news (WebSub).
    public var hub: String?
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
    /// The title as sanitised HTML, where it is marked up.
    public var titleHTML: String?
    public var summary: FeedText?
    /// The whole article, where the feed carries it.
    public var content: FeedText?
    public var authors: [Person]
    public var published: ZonedTime?
    public var updated: ZonedTime?
    public var language: String?
    public var enclosures: [Enclosure]
    /// The document ended within it.
    public var isCut = false

    public init(
        id: String? = nil, link: String? = nil, title: String? = nil, summaryHTML: String? = nil,
        contentHTML: String? = nil, authors: [Person] = [], published: ZonedTime? = nil, updated: ZonedTime? = nil,
        enclosures: [Enclosure] = []
    ) {
        self.id = id
        self.link = link
        self.title = title
        summary = summaryHTML.map(FeedText.init(clean:))
        content = contentHTML.map(FeedText.init(clean:))
        self.authors = authors
        self.published = published
        self.updated = updated
        self.enclosures = enclosures
    }

    /// Sanitised HTML, made at each call.
    public var summaryHTML: String? {
        get { summary?.html }
        set { summary = newValue.map(FeedText.init(clean:)) }
    }

    /// Sanitised HTML of the whole article, made at each call; nil where the feed does not carry it.
    public var contentHTML: String? {
        get { content?.html }
        set { content = newValue.map(FeedText.init(clean:)) }
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
