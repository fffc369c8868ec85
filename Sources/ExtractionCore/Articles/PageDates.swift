/// When a page says it was published and changed.
///
/// What meta elements and JSON-LD state goes first, unless the lines near the headline show readers another day of
/// publication; then what is shown near the headline, then the address, then what stands elsewhere. The day is taken as
/// it is written.
struct PageDates: Sendable {
    private(set) var modified: ZonedTime?
    /// What meta elements and JSON-LD say.
    private(set) var stated: ZonedTime?
    private var statedIn = ArticleDetails.Provenance.meta
    /// A `time` element or a marked date near the headline.
    private(set) var shown: ZonedTime?
    /// One that stands anywhere else.
    private(set) var elsewhere: ZonedTime?
    /// Of a day near the headline that is marked as that of a change.
    private var changed: ZonedTime?

    static let published = [
        "article:published_time", "article:published", "og:article:published_time", "og:published_time", "date",
        "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date",
        "parsely-pub-date", "sailthru.date", "datepublished", "date_published", "pubdate", "publish-date",
        "publish_date", "publishdate", "published-date", "published_date", "published", "publication_date",
        "publication-date", "date.issued", "cxenseparse:recs:publishtime", "article.published", "article_date_original",
        "originalpublicationdate", "displaydate", "release_date", "citation_publication_date", "citation_date",
        "citation_online_date", "article:post_date", "created", "datecreated", "dc.created", "bt:pubdate",
        "rnews:datepublished", "ptime", "last-modified-original", "w-published-date", "publicationdate", "pub_date",
        "uploaddate",
    ]
    static let changes = [
        "article:modified_time", "og:updated_time", "article:modified", "dcterms.modified", "dc.date.modified",
        "datemodified", "lastmod", "last-modified", "updated", "modified", "date_modified", "dateupdate",
    ]

    static func time(_ value: String) -> ZonedTime? {
        FeedDate.time(value) ?? WrittenDate.first(in: value).flatMap { $0.year == nil ? nil : $0.date() }.map(day)
    }

    static func day(_ date: CivilDate) -> ZonedTime {
        ZonedTime(Instant(seconds: Int64(date.dayNumber) * 86_400), hasTime: false)
    }

    /// Whether a day of publication is found.
    var isKnown: Bool { stated != nil || shown != nil }

    /// What markup states.
    mutating func take(meta: [String: String], schema: SchemaFacts) {
        func first(_ keys: [String]) -> ZonedTime? { keys.lazy.compactMap { meta[$0].flatMap(PageDates.time) }.first }
        stated = meta["article:published_time"].flatMap(PageDates.time)
        if stated == nil, let published = schema.published { (stated, statedIn) = (published, .jsonLD) }
        let other = first(PageDates.published)
        stated = stated ?? other
        // The same moment with its own zone tells the day where it was published.
        if let one = stated, one.offsetMinutes == 0, let other, other.offsetMinutes != 0, other.instant == one.instant {
            stated = other
        }
        modified = schema.modified ?? first(PageDates.changes)
        elsewhere = schema.pagePublished
    }

    /// What elements show.
    mutating func take(_ found: ShownDates, _ tree: MarkupTree, headline: Int?, order: DayOrder?) {
        let inClasses = stated == nil || !found.hasMarked ? found.read(tree, order) : []
        shown = found.near(headline, inClasses, isChange: false)
        changed = found.near(headline, inClasses, isChange: true)
        modified = modified ?? changed
        elsewhere = found.marked ?? elsewhere ?? found.only(inClasses)
    }

    /// The day of publication. `written` is the one that a short line near the headline shows. Where it is another than
    /// what the markup states, the markup tells when the page was built, or its clock runs in another zone.
    func published(
        written: CivilDate? = nil, isLabelled: Bool = false, changed changedLine: CivilDate? = nil,
        inAddress: CivilDate? = nil, atEnd: () -> CivilDate? = { nil }
    ) -> (time: ZonedTime, source: ArticleDetails.Provenance)? {
        if let stated {
            // What was changed before it was published was published before.
            let changedBefore = (changedLine ?? changed?.day).flatMap { $0 < stated.day ? $0 : nil }
            guard let seen = written ?? shown?.day ?? changedBefore, isBetter(seen, isLabelled, than: stated) else {
                return (stated, statedIn)
            }
            if let shown, shown.day == seen { return (shown, .dom) }
            return (PageDates.day(seen), .text)
        }
        if let shown { return (shown, .dom) }
        if let written { return (PageDates.day(written), .text) }
        if let inAddress { return (PageDates.day(inAddress), .url) }
        if let elsewhere { return (elsewhere, .dom) }
        if let last = atEnd() { return (PageDates.day(last), .text) }
        return modified.map { ($0, .meta) }
    }

    private func isBetter(_ seen: CivilDate, _ isLabelled: Bool, than stated: ZonedTime) -> Bool {
        let days = seen.dayNumber - stated.day.dayNumber
        if abs(days) == 1 { return stated.hasTime && stated.offsetMinutes == 0 }
        // A later day is mostly that of a change, whatever the page calls it.
        return days < 0 ? days > -PageDates.longAgo : days > 0 && isLabelled && seen != modified?.day
    }

    /// Days after which an older date that is shown is more likely something else's.
    private static let longAgo = 3 * 366
}
