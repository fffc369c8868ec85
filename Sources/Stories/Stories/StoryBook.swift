// The book of stories: every article is filed in two steps. `candidates(for:)` names the earlier articles whose texts the
// caller must fetch, since a pure value reads no store; `file` then decides. The decision is written down as a `Memory`
// and applied, and `restore` applies a stored one: a restored book is the filed book by construction.

public import ExtractionCore

/// Remembers recent articles and the stories they tell. A value: the caller keeps it.
public struct StoryBook: Sendable {
    public var options: Options

    public struct Options: Hashable, Sendable {
        /// How alike an article and a story must be, 0 to 1.
        public var storyThreshold: Float = 0.195
        /// The same for an article that is a headline only.
        public var headlineThreshold: Float = 0.075
        /// How alike two stories must be to be one, when a headline belongs to both.
        public var mergeThreshold: Float = 0.15
        /// The same without the word that they share most of.
        public var mergeThresholdOfRest: Float = 0.04
        /// A text with fewer words is only ever recognised when it is the same.
        public var fewestWords = 12
        /// A story that had nothing but copies for so long is closed: a report that is only like it opens another.
        public var closedAfterSeconds: Int64 = 7 * 86_400
        public init() {}
    }

    var lineages = NumberTable<Lineage>()
    var nextLineage: UInt32 = 1
    var stories = NumberTable<StoryState>()
    var nextStory: UInt32 = 1
    var storyNumbers: [StoryID: UInt32] = [:]
    var storyIDs = StoryIDs()
    /// Stories that were found to be one with another.
    var mergedInto: [UInt32: UInt32] = [:]
    var index = LineageIndex()
    var storyIndex = StoryIndex()
    var owners = OwnerTable()
    var ring = NameRing()
    var exact = ExactTable()
    /// When furniture was looked through for what is not seen any more.
    private var swept: Instant?
    private var last: Memory?
    /// What the article that is being filed is about, as its search weighed it.
    var weighed: WeighedTerms?

    /// A text and the versions that descend from it.
    struct Lineage: Sendable {
        var story: UInt32
        /// When its latest version or copy was filed, in seconds since 1970.
        private var lastSecond: UInt32
        private let first: Version
        private var later: [Version] = []

        init(story: UInt32, _ version: Version, at now: Instant) {
            self.story = story
            first = version
            lastSecond = UInt32(clamping: now.seconds)
        }

        /// When its latest version or copy was filed.
        var last: Instant { Instant(seconds: Int64(lastSecond)) }

        mutating func note(_ moment: Instant) { lastSecond = max(lastSecond, UInt32(clamping: moment.seconds)) }

        var versions: [Version] { [first] + later }

        func each(_ take: (Version) -> Void) {
            take(first)
            for version in later { take(version) }
        }

        mutating func append(_ version: Version) { later.append(version) }
    }

    struct Version: Sendable {
        let article: ArticleID
        let dated: Instant
    }

    public init(options: Options = .init()) { self.options = options }

    /// The articles whose texts the caller must hand to `file`.
    public func candidates(for fingerprint: Fingerprint) -> [ArticleID] {
        nominees(for: fingerprint).flatMap { compared(in: $0).map(\.version.article) }
    }

    /// The lineages that a text may belong to; none where that is certain.
    func nominees(for fingerprint: Fingerprint) -> [UInt32] {
        if let exact = fingerprint.exact, self.exact[exact] != nil { return [] }
        return index.nominees(for: fingerprint.sketch)
    }

    /// The versions of a lineage that a text is compared with: the first and the last ones.
    func compared(in lineage: UInt32) -> [(number: Int, version: Version)] {
        guard let versions = lineages[lineage]?.versions else { return [] }
        let numbered = versions.enumerated().map { (number: $0.offset, version: $0.element) }
        return numbered.count <= 6 ? numbered : Array(numbered.prefix(1) + numbered.suffix(5))
    }

    /// Files an article and says what became of it.
    ///
    /// `texts` are those of the candidates; one that is missing is not compared with.
    public mutating func file(
        _ article: Article, _ analysis: Analysis, against texts: [ArticleID: Text], at now: Instant
    ) -> Filing {
        let known = analysis.fingerprint.exact == nil ? nil : analysis.fingerprint
        return file(
            article, TextWords(article.text), fingerprint: known, against: texts.mapValues { TextWords($0) }, at: now,
            places: analysis.places
        ) { _, _ in analysis }
    }

    /// Files an article whose analysis is made only when it is no duplicate; the closure is told what the
    /// text is and what changed in it.
    public mutating func file(
        _ article: Article, fingerprint: Fingerprint?, against texts: [ArticleID: Text], at now: Instant,
        analyse: (Article, Filing) -> Analysis
    ) -> Filing {
        file(
            article, TextWords(article.text), fingerprint: fingerprint,
            against: texts.mapValues { TextWords($0) }, at: now, analyse: analyse)
    }

    /// The same for texts whose words are known.
    mutating func file(
        _ article: Article, _ words: TextWords, fingerprint: Fingerprint?, against texts: [ArticleID: TextWords],
        at now: Instant, places: [PlaceMention] = [], nominees: [UInt32]? = nil,
        analyse: (Article, Filing) -> Analysis
    ) -> Filing {
        weighed = nil
        let draft = draft(
            of: article, words, fingerprint: fingerprint, against: texts, at: now, nominees: nominees)
        var (memory, filing) = place(draft, article, places)
        if let split = split(by: memory) {
            memory.split = split
            memory.story = freshID(for: article.id)
            filing = Filing(kind: .joined, story: memory.story)
            filing.split = split.from
            apply(split, for: memory)
        }
        if filing.kind != .duplicate {
            let analysis = analyse(article, filing)
            describe(&memory, by: analysis)
            fileTolls(of: article, analysis, &memory, &filing)
            memory.agency = AgencyCredit.agency(of: article)
            memory.happenings = happenings(of: article, analysis, filing, dated: memory.dated)
            memory.events = eventKeys(of: analysis)
            memory.kind = filing.kind
            memory.of = filing.of
            memory.tolls = filing.tolls
            memory.hasNews = !filing.changes.isEmpty
        }
        apply(memory)
        weighed = nil
        filing.split = memory.split?.from
        filing.owner = owners.owner(of: memory.lineage).flatMap(owners.name) ?? memory.agency ?? memory.site
        return filing
    }

    /// What the filing just made must leave behind; nil for any other article.
    public func memory(of article: ArticleID) -> Memory? { last?.article == article ? last : nil }

    /// Applies a stored filing. In filing order, this gives exactly the book that filing gave.
    public mutating func restore(_ memory: Memory) {
        if let split = memory.split { apply(split, for: memory) }
        apply(memory)
    }

    /// The story with that id.
    public func story(_ id: StoryID) -> Story? { storyNumbers[id].flatMap { stories[$0] }?.story }

    /// How many texts are known, without copies and versions.
    public var textCount: Int { lineages.count }

    /// Every story in the book, the oldest first.
    public var allStories: [Story] { stories.ascending.map { stories.values[$0].story } }

    /// Lets go of the stories that had nothing since a moment, and gives them back closed.
    ///
    /// Their texts are known until `textsBefore`, if that is earlier: a late copy is still a repeat, and an update opens
    /// its story again. What was rare and has not come back is forgotten, page furniture half a year later. A book restored
    /// without the retired articles lacks what they taught it.
    public mutating func retire(before: Instant, textsBefore: Instant? = nil) -> [Story] {
        let closed = closeStories(before: before)
        forgetTexts(before: textsBefore ?? before, furnitureOf: before)
        return closed
    }

    /// The half of `retire` that is about stories.
    mutating func closeStories(before: Instant) -> [Story] {
        let gone = stories.values.indices.filter { stories.values[$0].story.last < before }
            .sorted { stories.numbers[$0] < stories.numbers[$1] }
        guard !gone.isEmpty else { return [] }
        let numbers = Set(gone.map { stories.numbers[$0] })
        var closed = gone.map { stories.values[$0].story }
        for place in closed.indices {
            closed[place].status = .closed
            for id in [closed[place].id] + closed[place].merged { storyNumbers[id] = nil }
        }
        stories.removeAll { numbers.contains($0) }
        storyIndex.remove(numbers)
        return closed
    }

    /// How many stories are open.
    var storyCount: Int { stories.count }

    /// Calls back with the articles whose texts a new one may be compared with.
    func eachComparable(_ take: (ArticleID) -> Void) {
        for lineage in lineages.values { lineage.each { take($0.article) } }
    }

    /// The half of `retire` that is about texts, and about furniture that has not been seen since half a year before a
    /// moment.
    mutating func forgetTexts(before: Instant, furnitureOf moment: Instant) {
        var old: Set<UInt32> = []
        for (number, lineage) in zip(lineages.numbers, lineages.values)
        where lineage.last < before && !stories.contains(living(lineage.story)) {
            old.insert(number)
        }
        // Furniture is looked through every four weeks, whether or not a text is old.
        let isDue = swept.map { moment >= $0.adding(seconds: 28 * 86_400) } ?? true
        if isDue { swept = moment }
        guard !old.isEmpty || isDue else { return }
        lineages.removeAll { old.contains($0) }
        exact.removeAll { old.contains($0) }
        forgetStoryNumbers()
        index.remove(at: moment) { old.contains($0) }
    }
}

extension StoryBook {
    /// Forgets the ids of stories that nothing leads to any more, and what they were merged into.
    private mutating func forgetStoryNumbers() {
        var lowest = stories.numbers.min() ?? nextStory
        for lineage in lineages.values {
            var number = lineage.story
            lowest = min(lowest, number)
            while let next = mergedInto[number] {
                number = next
                lowest = min(lowest, number)
            }
        }
        storyIDs.forget(before: lowest)
        mergedInto = mergedInto.filter { $0.key >= lowest }
    }
}

// MARK: images

extension StoryBook {
    func writeSweep(to image: inout ImageWriter) { image.optional(swept) { $0.instant($1) } }
    mutating func readSweep(_ image: inout ImageReader) { swept = image.optional { $0.instant() } }
}

// MARK: applying

extension StoryBook {
    private mutating func apply(_ memory: Memory) {
        let number = storyNumber(for: memory)
        for id in memory.merged { merge(id, into: number) }
        let isNewText = memory.lineage == 0 || !lineages.contains(memory.lineage)
        if memory.lineage > 0 { remember(memory, story: number) }
        let owner = owner(of: memory)
        stories.update(number) { $0.add(memory, owner: owner) }
        if memory.kind != .duplicate, !memory.terms.isEmpty {
            let weighed = isNewText ? weighed ?? storyIndex.weighed(memory.terms, isHeadline: !memory.hasText) : nil
            if let weighed { storyIndex.insert(weighed, story: number) }
            stories.update(number) { story in
                story.add(
                    memory.terms, weighed?.vector, dated: memory.dated, language: memory.language,
                    lineage: memory.hasText ? memory.lineage : 0)
            }
        }
        if isNewText, memory.kind != .duplicate { noteNames(of: memory, story: number) }
        last = memory
    }

    /// Whom a text counts for: an update counts for the owner of the text it descends from.
    private mutating func owner(of memory: Memory) -> UInt16? {
        guard memory.kind != .duplicate else { return nil }
        if let owner = owners.owner(of: memory.lineage) { return owner }
        let owner = owners.number(of: memory.agency ?? memory.site)
        owners.set(owner, of: memory.lineage)
        return owner
    }

    mutating func storyNumber(for memory: Memory) -> UInt32 {
        if let number = storyNumbers[memory.story] { return number }
        let number = nextStory
        nextStory += 1
        storyNumbers[memory.story] = number
        storyIDs.append(memory.story)
        stories[number] = StoryState(
            Story(id: memory.story, headline: memory.headline ?? "", opened: memory.at, last: memory.at))
        return number
    }

    private mutating func merge(_ id: StoryID, into number: UInt32) {
        guard let other = storyNumbers[id], other != number, let state = stories.remove(other) else {
            return
        }
        stories.update(number) { $0.absorb(state) }
        for merged in [id] + state.story.merged { storyNumbers[merged] = number }
        mergedInto[other] = number
        storyIndex.move(other, to: number, terms: state.about.centre.hashes)
    }

    /// The number of the story that lives on.
    func living(_ number: UInt32) -> UInt32 {
        var number = number
        while let next = mergedInto[number] { number = next }
        return number
    }

    private mutating func remember(_ memory: Memory, story: UInt32) {
        nextLineage = max(nextLineage, memory.lineage &+ 1)
        let version = Version(article: memory.article, dated: memory.dated)
        if !lineages.contains(memory.lineage) {
            lineages[memory.lineage] = Lineage(story: story, version, at: memory.at)
        } else if memory.kind != .duplicate {
            lineages.update(memory.lineage) { $0.append(version) }
        }
        lineages.update(memory.lineage) { $0.note(memory.at) }
        index.insert(
            sketch: memory.fingerprint.sketch, sentences: memory.sentences, lineage: memory.lineage, at: memory.at)
        guard let hash = memory.fingerprint.exact, exact[hash] == nil else { return }
        let versions = lineages[memory.lineage]?.versions ?? []
        let wanted = memory.kind == .duplicate ? memory.of : memory.article
        let place = versions.lastIndex { $0.article == wanted } ?? max(0, versions.count - 1)
        exact.insert(hash, ExactTable.Place(lineage: memory.lineage, version: UInt32(clamping: place)))
    }
}
