/// When a page says it was published and changed.
///
/// Machine-readable dates of the article itself go first, then what is shown near the headline, then the address, then
/// what stands elsewhere. The day is taken as it is written.
struct PageDates: Sendable {
    private(set) var modified: ZonedTime?
    /// What meta elements and JSON-LD say.
    private(set) var stated: ZonedTime?
    private var statedIn = ArticleDetails.Provenance.meta
    /// A `time` element or a marked date near the headline.
    private(set) var shown: ZonedTime?
    /// One that stands anywhere else.
    private(set) var elsewhere: ZonedTime?

    private var times: [(node: Int, time: ZonedTime)] = []
    private var items: [(node: Int, time: ZonedTime)] = []
    private static let most = 24
    private static let reach = -60...260

    private static let published = [
        "article:published_time", "article:published", "og:article:published_time", "og:published_time", "date",
        "dc.date", "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date",
        "parsely-pub-date", "sailthru.date", "datepublished", "date_published", "pubdate", "publish-date",
        "publish_date", "publishdate", "published-date", "published_date", "published", "publication_date",
        "publication-date", "date.issued", "cxenseparse:recs:publishtime", "article.published", "article_date_original",
        "originalpublicationdate", "displaydate", "release_date", "citation_publication_date", "citation_date",
        "citation_online_date", "article:post_date", "created", "datecreated", "dc.created", "bt:pubdate",
        "rnews:datepublished", "ptime", "last-modified-original",
    ]
    private static let changed = [
        "article:modified_time", "og:updated_time", "article:modified", "dcterms.modified", "dc.date.modified",
        "datemodified", "lastmod", "last-modified", "updated", "modified", "date_modified",
    ]

    mutating func add(time tree: MarkupTree, _ index: Int) {
        guard times.count < PageDates.most,
            let value = tree.attribute(.datetime, of: index) ?? PageFacts.short(tree, index, 60)
        else { return }
        if let time = PageDates.time(value) ?? PageFacts.short(tree, index, 60).flatMap(PageDates.time) {
            times.append((index, time))
        }
    }

    mutating func look(at tree: MarkupTree, _ index: Int) {
        guard let itemprop = tree.rawAttribute(.itemprop, of: index),
            ASCII.matches("datepublished", in: tree.bytes, itemprop), items.count < PageDates.most,
            let value = tree.attribute(.content, of: index) ?? tree.attribute(.datetime, of: index)
                ?? PageFacts.short(tree, index, 60), let time = PageDates.time(value)
        else { return }
        items.append((index, time))
    }

    private static func time(_ value: String) -> ZonedTime? {
        FeedDate.time(value) ?? WrittenDate.first(in: value).flatMap { $0.year == nil ? nil : $0.date() }.map(day)
    }

    static func day(_ date: CivilDate) -> ZonedTime {
        ZonedTime(Instant(seconds: Int64(date.dayNumber) * 86_400), hasTime: false)
    }

    /// Chooses, once everything is collected.
    mutating func take(meta: [String: String], schema: SchemaFacts, headline: Int?) {
        func first(_ keys: [String]) -> ZonedTime? { keys.lazy.compactMap { meta[$0].flatMap(PageDates.time) }.first }
        modified = schema.modified ?? first(PageDates.changed)
        stated = meta["article:published_time"].flatMap(PageDates.time)
        if stated == nil, let published = schema.published { (stated, statedIn) = (published, .jsonLD) }
        stated = stated ?? first(PageDates.published)
        shown = near(headline, items) ?? near(headline, times)
        elsewhere = items.first?.time ?? schema.pagePublished ?? times.first?.time
    }

    /// The first below the headline, else the last above it.
    private func near(_ headline: Int?, _ found: [(node: Int, time: ZonedTime)]) -> ZonedTime? {
        guard let headline else { return found.count == 1 ? found.first?.time : nil }
        let inReach = found.filter { PageDates.reach.contains($0.node - headline) }
        return (inReach.first { $0.node > headline } ?? inReach.last)?.time
    }

    /// The day of publication. `written` is the one that a short line near the headline shows; where it is earlier than
    /// what the markup states, the markup tells when the page was built anew.
    func published(
        written: CivilDate? = nil, inAddress: CivilDate? = nil, atEnd: () -> CivilDate? = { nil }
    ) -> (time: ZonedTime, source: ArticleDetails.Provenance)? {
        if let stated, let seen = written ?? shown?.day, seen.dayNumber < stated.day.dayNumber - 1,
            seen.dayNumber > stated.day.dayNumber - PageDates.longAgo
        {
            return (PageDates.day(seen), written == nil ? .dom : .text)
        }
        if let stated { return (stated, statedIn) }
        if let shown { return (shown, .dom) }
        if let written { return (PageDates.day(written), .text) }
        if let inAddress { return (PageDates.day(inAddress), .url) }
        if let elsewhere { return (elsewhere, .dom) }
        if let last = atEnd() { return (PageDates.day(last), .text) }
        return modified.map { ($0, .meta) }
    }

    /// Days after which an older date that is shown is more likely something else's.
    private static let longAgo = 3 * 366
}
