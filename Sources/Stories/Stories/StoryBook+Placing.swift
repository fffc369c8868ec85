import ExtractionCore

extension StoryBook {
    /// An article as the comparison sees it.
    struct Draft {
        let memory: Memory
        let words: TextWords
        let verdict: Placement
    }

    /// Where a text belongs by its words alone.
    enum Placement {
        case same(ExactTable.Place)
        case duplicate(lineage: UInt32, version: ArticleID)
        case update(lineage: UInt32, version: ArticleID, changes: [Change])
        /// A text of its own. It tells of no event that the lineages in `apart` tell of.
        case other(apart: [UInt32])
    }

    func draft(
        of article: Article, _ words: TextWords, fingerprint known: Fingerprint?, against texts: [ArticleID: TextWords],
        at now: Instant, nominees: [UInt32]?
    ) -> Draft {
        let print = known ?? fingerprint(of: words.words)
        let dated = article.published?.instant ?? now
        let verdict = placement(of: words, print, nominees, against: texts, dated: dated)
        let memory = Memory(
            article: article.id, at: now, dated: dated, fingerprint: print,
            sentences: PlainSentence.keys(of: words.words), lineage: 0, story: StoryID(""), kind: .opened, of: nil,
            headline: article.headline, site: site(of: article), terms: [], people: [], places: [], tolls: [],
            hasText: !words.words.isEmpty, hasNews: false)
        return Draft(memory: memory, words: words, verdict: verdict)
    }

    private func placement(
        of words: TextWords, _ print: Fingerprint, _ known: [UInt32]?, against texts: [ArticleID: TextWords],
        dated: Instant
    ) -> Placement {
        if let hash = print.exact, let place = exact[hash] { return .same(place) }
        guard words.words.count >= options.fewestWords else { return .other(apart: []) }
        let nominees = known ?? index.nominees(for: print.sketch)
        guard !nominees.isEmpty else { return .other(apart: []) }
        let isFurniture = index.furniture(in: words.words)
        var best: Ranked?
        var apart: [UInt32] = []
        for lineage in nominees {
            for (_, version) in compared(in: lineage) {
                guard let text = texts[version.article] else { continue }
                let hours = Double(abs(dated.milliseconds &- version.dated.milliseconds)) / 3_600_000
                let comparison = Comparison(
                    text, words, isFurniture: isFurniture, hoursApart: hours)
                let verdict = comparison.verdict()
                if verdict == .otherOccasion { apart.append(lineage) }
                guard let found = ranked(verdict, lineage, version.article) else { continue }
                if best.map({ !($0 < found) }) ?? true { best = found }
            }
        }
        return best?.placement ?? .other(apart: apart)
    }

    private struct Ranked: Comparable {
        let placement: Placement
        let isUpdate: Bool
        let distance: Distance

        /// A duplicate of one version goes before any update of another.
        static func < (left: Ranked, right: Ranked) -> Bool {
            left.isUpdate == right.isUpdate ? left.distance < right.distance : !left.isUpdate
        }
        static func == (left: Ranked, right: Ranked) -> Bool {
            left.isUpdate == right.isUpdate && left.distance == right.distance
        }
    }

    /// Nil for another article.
    private func ranked(_ verdict: Verdict, _ lineage: UInt32, _ version: ArticleID) -> Ranked? {
        switch verdict {
        case .different, .otherOccasion: nil
        case .duplicate(let distance):
            Ranked(placement: .duplicate(lineage: lineage, version: version), isUpdate: false, distance: distance)
        case .update(let changes, let distance):
            Ranked(
                placement: .update(lineage: lineage, version: version, changes: changes), isUpdate: true,
                distance: distance)
        }
    }

    /// Fills in story and lineage, and says what the words alone decide.
    mutating func place(_ draft: Draft, _ article: Article, _ places: [PlaceMention] = []) -> (Memory, Filing) {
        var memory = draft.memory
        switch draft.verdict {
        case .same(let place):
            let version = lineages[place.lineage]?.versions[safe: Int(place.version)]?.article
            return duplicate(&memory, place.lineage, version ?? article.id, isExact: true)
        case .duplicate(let lineage, let version):
            return duplicate(&memory, lineage, version, isExact: false)
        case .update(let lineage, let version, let changes):
            memory.lineage = lineage
            memory.kind = .update
            memory.story = storyID(of: lineage)
            memory.terms = terms(headline: TextWords(Text(article.headline ?? "")), body: draft.words)
            return (memory, Filing(kind: .update, story: memory.story, of: version, changes: changes))
        case .other(let apart):
            let stories = Set(apart.compactMap { lineages[$0]?.story }.map(living))
            return another(&memory, draft.words, article, places, apart: stories)
        }
    }

    private func duplicate(
        _ memory: inout Memory, _ lineage: UInt32, _ version: ArticleID, isExact: Bool
    ) -> (Memory, Filing) {
        memory.lineage = lineage
        memory.kind = .duplicate
        memory.of = version
        memory.story = storyID(of: lineage)
        return (memory, Filing(kind: .duplicate, story: memory.story, of: version, isExact: isExact))
    }

    /// A text of its own: it joins the story that is most like it, or opens one.
    private mutating func another(
        _ memory: inout Memory, _ words: TextWords, _ article: Article, _ places: [PlaceMention], apart: Set<UInt32>
    ) -> (Memory, Filing) {
        memory.language = language(of: article, words)
        let keys = memory.hasText ? NameKeys(words, skipsEveryday: memory.language == 0, places: places) : NameKeys()
        memory.names = keys.hashes
        if !words.words.isEmpty { memory.lineage = nextLineage }
        let headline = TextWords(Text(article.headline ?? ""))
        memory.terms =
            memory.hasText
            ? terms(headline: headline, body: words) : headlineTerms(headline, url: article.canonicalURL ?? article.url)
        if let match = match(memory, apart: apart) {
            memory.kind = .joined
            memory.story = match.story
            memory.merged = match.merged
        } else if let story = translated(memory, keys, apart: apart) {
            memory.kind = .joined
            memory.story = story
        } else {
            memory.story = freshID(for: article.id)
        }
        var filing = Filing(kind: memory.kind, story: memory.story)
        filing.merged = memory.merged
        return (memory, filing)
    }

    /// The story that an article belongs to, and those that are one with it.
    private mutating func match(_ memory: Memory, apart: Set<UInt32>) -> Match? {
        let isHeadline = !memory.hasText
        let weighed = storyIndex.weighed(memory.terms, isHeadline: isHeadline)
        self.weighed = weighed
        let threshold = isHeadline ? options.headlineThreshold : options.storyThreshold
        var found: [(number: UInt32, score: Float)] = []
        // What cannot change meanwhile is asked without a copy.
        let states = stories.values
        for number in storyIndex.candidates(weighed) where !apart.contains(number) && isOpen(number, memory.at) {
            guard let place = stories.place(of: number) else { continue }
            let score = states[place].about.similarity(
                weighed, at: memory.dated, isHeadline: isHeadline, threshold: threshold, language: memory.language)
            if score >= threshold { found.append((number, score)) }
        }
        guard let best = found.max(by: { $0.score < $1.score }) else { return nil }
        guard isHeadline else { return Match(story: storyIDs[best.number]) }
        found.sort { $0.score > $1.score }
        let merged = merging(found.prefix(3).map(\.number), into: best.number)
        return Match(story: merged.story, merged: merged.merged)
    }

    struct Match {
        let story: StoryID
        var merged: [StoryID] = []
    }

    func isOpen(_ number: UInt32, _ moment: Instant) -> Bool {
        guard let place = stories.place(of: number) else { return true }
        return !Story.isClosed(
            stories.values[place].story.status, stories.values[place].story.lastNews, at: moment,
            after: options.closedAfterSeconds)
    }

    /// The largest of a story and of those that are one with it, and the ids of the rest.
    private func merging(_ others: [UInt32], into story: UInt32) -> (story: StoryID, merged: [StoryID]) {
        guard var best = stories[story] else { return (storyIDs[story], []) }
        var merged: [StoryID] = []
        for number in others where number != story {
            guard let other = stories[number], best.about.centre.cosine(other.about.centre) >= options.mergeThreshold,
                best.about.centre.sharesWords(with: other.about.centre, atLeast: options.mergeThresholdOfRest)
            else {
                continue
            }
            let isLarger = other.about.centre.count > best.about.centre.count
            merged.append(isLarger ? best.story.id : other.story.id)
            if isLarger { best = other }
        }
        return (best.story.id, merged)
    }

    private func storyID(of lineage: UInt32) -> StoryID {
        lineages[lineage].map { storyIDs[living($0.story)] } ?? StoryID("")
    }

    /// An id that no story has: of more digits when the usual one is taken.
    func freshID(for article: ArticleID) -> StoryID {
        let usual = StoryID(openedBy: article)
        if storyNumbers[usual] == nil { return usual }
        let digits = article.hex
        for length in stride(from: 16, through: 32, by: 4) {
            let id = StoryID("s-" + digits.prefix(length))
            if storyNumbers[id] == nil { return id }
        }
        return StoryID("s-\(digits)-\(nextStory)")
    }

    private func site(of article: Article) -> String? {
        if let site = article.site, !site.isEmpty { return site }
        return (article.canonicalURL ?? article.url).flatMap(host(of:))
    }

    private func host(of url: String) -> String? {
        let bytes = url.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = bytes[colon...].dropFirst()
        guard rest.starts(with: "//".utf8) else { return nil }
        let host = rest.dropFirst(2).prefix { byte in !"/?#:".utf8.contains(byte) }
        let bare = host.starts(with: "www.".utf8) ? host.dropFirst(4) : host
        let folded = bare.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        return host.isEmpty ? nil : String(decoding: folded, as: UTF8.self)
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
