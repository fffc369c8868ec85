import ExtractionCore

extension StoryBook {
    /// Notes whom and what an article names.
    func describe(_ memory: inout Memory, by analysis: Analysis) {
        let named = analysis.entities.sorted { ($1.mentions, $0.id) < ($0.mentions, $1.id) }
        memory.people = named.filter { $0.kind == .person }.prefix(6).map(\.name)
        memory.places = named.filter { $0.kind == .place }.prefix(6).map { $0.place?.name ?? $0.name }
    }

    /// Files the article's tolls by source: repeats confirm, the same source's new figure revises, others stand beside.
    func fileTolls(of article: Article, _ analysis: Analysis, _ memory: inout Memory, _ filing: inout Filing) {
        let known = story(filing.story)?.tolls ?? []
        var filer = TollFiler(known: known, story: filing.story, lineage: articles(of: memory.lineage))
        let raw = analysis.tolls.map { filer.toll($0, in: article, analysis, memory) }
        for (toll, words) in zip(raw, analysis.tolls.map(\.range)) { filer.file(toll, words) }
        filing.tolls = filer.filed
        filing.confirms = filer.confirms
        filing.rivals = filer.rivals
        filing.changes = merged(filing.changes, filer, analysis, filing.kind)
        if filing.kind == .joined, let revised = filer.revised {
            filing = Filing(
                kind: .update, story: filing.story, of: revised.article, changes: filing.changes,
                confirms: filing.confirms, tolls: filing.tolls, rivals: filing.rivals)
        }
    }

    private func articles(of lineage: UInt32) -> Set<ArticleID> {
        Set(lineages[lineage]?.versions.map(\.article) ?? [])
    }

    /// A figure that is a toll is told as a toll.
    private func merged(
        _ changes: [Change], _ filer: TollFiler, _ analysis: Analysis, _ kind: Filing.Kind
    ) -> [Change] {
        guard kind != .opened else { return [] }
        var merged = filer.changes
        for change in changes where !isDate(change, analysis) {
            // "Kills 9" in a heading is the "at least nine" of the text.
            if change.kind == .figure,
                merged.contains(where: { $0.from?.low == change.from?.low && $0.to?.low == change.to?.low })
            {
                continue
            }
            guard let words = change.words, change.kind == .figure,
                let toll = analysis.tolls.first(where: { $0.range.overlaps(words) })
            else {
                merged.append(change)
                continue
            }
            // Another outlet told it before: the figure is new in this text and no news in the story.
            if filer.confirmed.contains(where: { $0.overlaps(words) }) { continue }
            let known = merged.firstIndex { $0.words?.overlaps(words) ?? false }
            if let known, merged[known].from != nil || change.from == nil { continue }
            if let known { merged[known] = named(change, toll) } else { merged.append(named(change, toll)) }
        }
        return merged
    }

    /// "June 5" became "June 6": no figure that anybody counts.
    private func isDate(_ change: Change, _ analysis: Analysis) -> Bool {
        guard change.kind == .figure, let words = change.words else { return false }
        return analysis.times.contains { $0.range.overlaps(words) }
    }

    /// A changed figure with what it counts, for a story whose earlier tolls nobody filed.
    private func named(_ change: Change, _ toll: Toll) -> Change {
        let now = change.to.map { shownFigure($0.low) } ?? "?"
        let before = change.from.map { "was \(shownFigure($0.low)), now " } ?? ""
        let source = toll.attribution.map { " (\($0.name))" } ?? ""
        return Change(
            kind: .toll, outcome: toll.outcome, from: change.from, to: change.to, source: toll.attribution?.name,
            words: change.words, summary: "\(toll.outcome.rawValue): \(before)\(now)\(source)")
    }
}

/// Files the tolls of one article into a story.
struct TollFiler {
    private let known: [StoryToll]
    private let replaced: Set<String>
    private let prefix: String
    private var next: Int
    /// Articles of the same text lineage: their unsourced figures are this article's own earlier ones.
    private let lineage: Set<ArticleID>
    private(set) var filed: [StoryToll] = []
    private(set) var confirms: [String] = []
    /// Where the article repeats tolls that the story has.
    private(set) var confirmed: [TextRange] = []
    private(set) var rivals: [[String]] = []
    private(set) var changes: [Change] = []
    private(set) var revised: StoryToll?

    init(known: [StoryToll], story: StoryID, lineage: Set<ArticleID>) {
        self.known = known
        replaced = Set(known.compactMap(\.supersedes))
        prefix = "t-" + story.value.dropFirst(2) + "-"
        next = known.count + 1
        self.lineage = lineage
    }

    func toll(_ toll: Toll, in article: Article, _ analysis: Analysis, _ memory: StoryBook.Memory) -> StoryToll {
        let place = analysis.entity(toll.place)
        let bases: Set<String> = ["sentence", "sentence before", "paragraph", "publication"]
        return StoryToll(
            id: "", outcome: toll.outcome, low: toll.low, high: toll.high, precision: toll.precision,
            source: source(toll, analysis), time: toll.time,
            isCumulative: toll.timeBasis.map { !bases.contains($0) } ?? false, place: place?.place?.name ?? place?.name,
            cause: toll.cause, article: article.id, site: memory.site, read: memory.at)
    }

    private func source(_ toll: Toll, _ analysis: Analysis) -> String? {
        guard let attribution = toll.attribution else { return nil }
        return analysis.entity(attribution.entity)?.name ?? attribution.name
    }

    mutating func file(_ toll: StoryToll, _ words: TextRange) {
        guard filed.count < 64, !filed.contains(where: { isRepeat(toll, of: $0) }) else { return }
        let same = known.filter { isSameSource($0, toll) && ($0.isComparable(with: toll) || isRepeated($0, toll)) }
        if let repeated = same.last(where: { $0.isSame(toll) }), !returns(toll, to: repeated, same) {
            confirm(repeated)
            confirmed.append(words)
            return
        }
        if toll.source == nil, let told = known.last(where: { $0.isSame(toll) && $0.isComparable(with: toll) }) {
            // Another outlet had this figure before; that nobody is named for it does not make it another.
            confirm(told)
            confirmed.append(words)
            return
        }
        let open = same.filter { !replaced.contains($0.id) && !revisedIDs.contains($0.id) }
        let before = open.min { (distance($0, toll), $0.id) < (distance($1, toll), $1.id) }
        for other in known where !isSameSource(other, toll) && other.isComparable(with: toll) && other.isSame(toll) {
            confirm(other)
        }
        let mine = numbered(toll, supersedes: before?.id)
        noteRivals(of: mine)
        filed.append(mine)
        changes.append(change(mine, before, words))
        if let before, revised == nil { revised = before }
    }

    private var revisedIDs: Set<String> { Set(filed.compactMap(\.supersedes)) }

    private mutating func confirm(_ toll: StoryToll) {
        if !confirms.contains(toll.id) { confirms.append(toll.id) }
    }

    /// The same source's same large figure, though one text places it in the town and the other in the province.
    private func isRepeated(_ old: StoryToll, _ new: StoryToll) -> Bool {
        old.isSame(new) && old.outcome == new.outcome && old.isCumulative == new.isCumulative && new.low >= 10
    }

    private func isRepeat(_ toll: StoryToll, of other: StoryToll) -> Bool {
        toll.isSame(other) && toll.isComparable(with: other) && key(toll.source) == key(other.source)
    }

    /// The publication that gave the newer figure goes back to the older one: that is news. Another's is an old copy.
    private func returns(_ toll: StoryToll, to repeated: StoryToll, _ same: [StoryToll]) -> Bool {
        guard replaced.contains(repeated.id), let site = toll.site else { return false }
        return same.last { !replaced.contains($0.id) }?.site == site
    }

    private func distance(_ left: StoryToll, _ right: StoryToll) -> Int {
        let difference = left.low.subtractingReportingOverflow(right.low)
        return difference.overflow ? .max : Int(clamping: difference.partialValue.magnitude)
    }

    private func isSameSource(_ old: StoryToll, _ new: StoryToll) -> Bool {
        guard key(old.source) == key(new.source) else { return false }
        return new.source != nil || lineage.contains(old.article) || (old.site != nil && old.site == new.site)
    }

    private func key(_ source: String?) -> String? {
        guard var key = source?.lowercased() else { return nil }
        if key.hasPrefix("the ") { key.removeFirst(4) }
        return key
    }

    private mutating func noteRivals(of toll: StoryToll) {
        let others = known.filter { !replaced.contains($0.id) && !revisedIDs.contains($0.id) } + filed
        let against = others.filter {
            $0.id != toll.supersedes && !isSameSource($0, toll)
                && (key($0.source) != key(toll.source) || $0.article != toll.article)
                && $0.isComparable(with: toll) && !$0.overlaps(toll)
        }
        if !against.isEmpty { rivals.append(against.map(\.id) + [toll.id]) }
    }

    private mutating func numbered(_ toll: StoryToll, supersedes: String?) -> StoryToll {
        defer { next += 1 }
        return StoryToll(
            id: prefix + String(next), outcome: toll.outcome, low: toll.low, high: toll.high, precision: toll.precision,
            source: toll.source, time: toll.time, isCumulative: toll.isCumulative, place: toll.place,
            cause: toll.cause, article: toll.article, site: toll.site, read: toll.read, supersedes: supersedes)
    }

    private func change(_ toll: StoryToll, _ before: StoryToll?, _ words: TextRange) -> Change {
        let source = toll.source.map { " (\($0))" } ?? ""
        let figures = before.map { "was \($0.shown), now \(toll.shown)" } ?? toll.shown
        return Change(
            kind: .toll, outcome: toll.outcome, from: before?.figure, to: toll.figure, source: toll.source,
            supersedes: before?.id, words: words, summary: "\(toll.outcome.rawValue): \(figures)\(source)")
    }
}
