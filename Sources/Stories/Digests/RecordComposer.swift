public import ExtractionCore

/// Where an article came in, as its record says it.
public struct Provenance: Hashable, Sendable {
    /// The number of the claim, for files.
    public var claim: Int64?
    /// The part of a container.
    public var member: String?

    public init(claim: Int64? = nil, member: String? = nil) {
        self.claim = claim
        self.member = member
    }
}

/// Turns a filing into the body of its digest record.
///
/// Offsets are Unicode scalars over the article's text; `text` is what a reader sees, repairs applied. Nothing is
/// said that the analysis does not say.
public struct RecordComposer: Sendable {
    let filing: Filing
    let article: Article
    let analysis: Analysis
    let story: Story?
    let provenance: Provenance
    private let facts: FactWriter

    /// How much of an article a digest quotes.
    private static let quotationLimit = 4
    private static let claimLimit = 4
    private static let figureLimit = 4
    private static let timelineLimit = 8

    public init(
        filing: Filing, article: Article, analysis: Analysis, story: Story?, provenance: Provenance = .init()
    ) {
        self.filing = filing
        self.article = article
        self.analysis = analysis
        self.story = story
        self.provenance = provenance
        facts = FactWriter(article: article, analysis: analysis)
    }

    /// The record's type.
    public var type: String {
        switch filing.kind {
        case .opened: "story"
        case .update: "update"
        case .joined: "article"
        case .duplicate: "duplicate_count"
        }
    }

    /// Everything after the chain's own members.
    public func write(to json: inout JSONWriter) {
        json.member("story", filing.story.value)
        json.member("split_from", filing.split?.value)
        json.strings("merged", filing.merged.map(\.value))
        switch filing.kind {
        case .duplicate: writeDuplicate(to: &json)
        case .joined: writeReport(to: &json)
        case .opened, .update: writeStory(to: &json)
        }
    }

    // MARK: Kinds

    private func writeDuplicate(to json: inout JSONWriter) {
        json.member("story_headline", story?.headline)
        json.member("of", filing.of?.hex)
        json.array("articles") { json in
            json.object { json in
                self.articleMembers(to: &json)
                json.member("kind", filing.isExact ? "exact" : "near")
            }
        }
        json.member("total", story?.duplicates ?? 1)
        json.member("sites", story?.sites.count)
        json.member("sources", story?.sources)
    }

    private func writeReport(to json: inout JSONWriter) {
        json.member("story_headline", story?.headline)
        json.object("article") { articleMembers(to: &$0) }
        if story?.status == .newPhase { json.member("status", Story.Status.newPhase.rawValue) }
        json.strings("confirms", filing.confirms)
        writeFacts(to: &json)
        writeTimeline(to: &json)
    }

    private func writeTimeline(to json: inout JSONWriter) {
        guard let story else { return }
        json.growth(story.growth(at: story.lastNews))
        json.timeline(
            story.shownTimeline(limit: RecordComposer.timelineLimit), name: { $0.hex },
            clock: { ZonedTime($0, offsetMinutes: 0).iso8601 })
    }

    private func writeStory(to json: inout JSONWriter) {
        json.member("status", story?.status.rawValue ?? (filing.kind == .opened ? "new" : "updated"))
        json.object("headline") { json in
            json.member("article", article.id.hex)
            if article.headline == nil, let range = analysis.summary.first { facts.offsetMembers(range, to: &json) }
            json.member("text", article.headline ?? analysis.summary.first.map(article.shown) ?? firstWords)
        }
        if filing.kind == .update { json.member("story_headline", story?.headline) }
        json.object("article") { articleMembers(to: &$0) }
        json.member("of", filing.of?.hex)
        json.objects("changes", filing.changes) { writeChange($1, to: &$0) }
        json.objects("summary", analysis.summary) { facts.location($1, to: &$0) }
        writeFacts(to: &json)
        json.objects("background", analysis.background) { facts.location($1, to: &$0) }
        json.strings("notes", article.notes + analysis.notes.map(\.text))
        json.member("sources", max(1, story?.sources ?? 1))
        writeTimeline(to: &json)
        let parts = importanceParts
        json.member("importance", rounded(parts.reduce(0) { $0 + $1.1 }))
        json.object("importance_parts") { json in for (name, value) in parts { json.member(name, rounded(value)) } }
    }

    private var firstWords: String {
        let range = article.blocks.first?.range ?? article.text.range
        return article.shown(
            TextRange(range.lower, article.text.boundary(before: min(range.upper, range.lower + 240))))
    }

    // MARK: Parts

    private func articleMembers(to json: inout JSONWriter) {
        json.member("id", article.id.hex)
        json.member("url", article.url)
        json.member("site", article.site)
        json.member("owner", filing.owner)
        json.member("title", article.headline)
        json.strings("authors", article.bylines)
        switch article.origin {
        case .file(let name, let member):
            json.member("file", name)
            json.member("member", provenance.member ?? member)
        case .entry(let feed, let id):
            json.member("feed", feed)
            json.member("entry", id)
        case .page, .standardInput: break
        }
        json.member("claim", provenance.claim.map(Int.init))
        json.member("published", article.published?.iso8601)
        json.member("language", article.language)
        if article.published == nil {
            json.member("content_date", article.contentDate?.iso8601)
            json.member("content_date_basis", article.contentDateBasis)
        }
    }

    private func writeFacts(to json: inout JSONWriter) {
        json.objects("tolls", Array(analysis.tolls.enumerated())) { json, toll in
            writeToll(
                toll.element, filed: toll.offset < filing.tolls.count ? filing.tolls[toll.offset] : nil, to: &json)
        }
        if !filing.rivals.isEmpty {
            json.array("rivals") { json in
                for group in filing.rivals { json.array { json in for id in group { json.value(id) } } }
            }
        }
        let figures = analysis.quantities.filter(isWorthARow)
        json.objects("quantities", Array(figures.prefix(RecordComposer.figureLimit))) { writeQuantity($1, to: &$0) }
        json.objects("quotations", Array(chosenQuotations.prefix(RecordComposer.quotationLimit))) {
            facts.location($1.range, to: &$0)
            facts.quotationMembers($1, to: &$0)
        }
        let hedged = analysis.claims.filter {
            $0.hedge != nil || $0.attribution?.stance == .claims || $0.attribution?.stance == .alleges
        }
        json.objects("claims", Array(hedged.prefix(RecordComposer.claimLimit))) { json, claim in
            facts.location(claim.range, to: &json)
            facts.claimMembers(claim, to: &json)
        }
        json.objects("events", analysis.events) { json, event in
            facts.location(event.range, to: &json)
            facts.eventMembers(event, to: &json)
        }
        writeEntities(to: &json)
    }

    /// A figure by a source, and no "one bang" out of somebody's mouth.
    private func isWorthARow(_ quantity: Quantity) -> Bool {
        guard quantity.attribution != nil, !quantity.unit.isEmpty, quantity.high >= 10 else { return false }
        return !analysis.quotations.contains { $0.range.contains(quantity.range) }
    }

    /// Those with a speaker first, one speaker's words in text order.
    private var chosenQuotations: [Quotation] {
        let direct = analysis.quotations.filter { $0.isDirect && $0.range.count >= 24 }
        let spoken = direct.filter { $0.speaker != nil }
        return (spoken.isEmpty ? direct : spoken)
    }

    private func writeEntities(to json: inout JSONWriter) {
        let ranked = analysis.entities.sorted { ($1.mentions, $0.id) < ($0.mentions, $1.id) }
        json.objects("places", Array(ranked.filter { $0.kind == .place && $0.place != nil }.prefix(6))) {
            json, entity in
            json.member("name", entity.name)
            json.member("country", entity.place?.country)
            json.member("country_name", entity.place?.countryName)
            json.member("latitude", entity.place?.latitude)
            json.member("longitude", entity.place?.longitude)
            json.member("id", entity.place?.id)
        }
        for (name, kind) in [("people", Entity.Kind.person), ("organisations", .organisation)]
            as [(StaticString, Entity.Kind)]
        {
            json.objects(name, Array(ranked.filter { $0.kind == kind }.prefix(8))) { json, entity in
                json.member("name", entity.name)
                json.strings("aliases", entity.aliases)
                json.member("role", entity.role)
            }
        }
    }

    private func writeToll(_ toll: Toll, filed: StoryToll?, to json: inout JSONWriter) {
        json.member("id", filed?.id)
        facts.tollMembers(toll, to: &json)
        json.member("place", analysis.entity(toll.place)?.name)
        if let old = filed?.supersedes {
            json.member("supersedes", old)
            if let toll = story?.tolls.first(where: { $0.id == old }) {
                json.object("was") { json in
                    json.member("low", toll.low)
                    if toll.high != .max { json.member("high", toll.high) }
                    json.member("precision", toll.precision.rawValue)
                }
            }
        }
        facts.location(toll.range, to: &json)
    }

    private func writeQuantity(_ quantity: Quantity, to json: inout JSONWriter) {
        facts.location(quantity.range, to: &json)
        facts.quantityMembers(quantity, to: &json)
        json.member("hedge", analysis.claims.first { $0.range.contains(quantity.range) }?.hedge)
    }

    private func writeChange(_ change: Change, to json: inout JSONWriter) {
        json.change(change)
        if let words = change.words { facts.location(words, to: &json) }
    }

    // MARK: Importance

    /// Each part stands in the record, so that the order of a page can be explained.
    private var importanceParts: [(StaticString, Double)] {
        let sites = min(0.3, 0.1 * Double(max(1, story?.sources ?? 1)))
        let growth = min(0.2, 0.02 * Double((story?.articles ?? 1) - 1))
        let worst = analysis.tolls.filter { $0.outcome == .killed }.map(\.low).max() ?? 0
        var severity = worst == 0 ? 0 : min(0.3, 0.1 + 0.05 * Double(String(worst).utf8.count))
        if analysis.events.contains(where: { $0.modality == .happened && RecordComposer.isGrave($0.type) }) {
            severity += 0.15
        }
        let facts = min(0.1, 0.01 * Double(analysis.tolls.count + analysis.quotations.count + analysis.claims.count))
        return [("sites", sites), ("growth", growth), ("severity", severity), ("facts", facts)]
    }

    private static func isGrave(_ type: String) -> Bool {
        ["attack", "offensive", "disaster", "displacement"].contains { type == $0 || type.hasPrefix($0 + ".") }
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
