public import ExtractionCore

/// A dated line of a story's timeline, with the article that tells it.
public struct Happening: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable { case opened, figure, event, correction }

    public let kind: Kind
    /// When it happened, a TIMEX3 value; nil where the text does not say, and the article's time stands for it.
    public let time: String?
    /// When its article was published, else read.
    public let told: Instant
    public let article: ArticleID
    /// The sentence that tells it, in Unicode scalars of the article's text; nil for a headline.
    public let sentence: TextRange?
    /// The article's own words, or what an update's change says.
    public let words: String

    public init(
        kind: Kind, time: String? = nil, told: Instant, article: ArticleID, sentence: TextRange? = nil, words: String
    ) {
        self.kind = kind
        self.time = time
        self.told = told
        self.article = article
        self.sentence = sentence
        self.words = words
    }

    /// The day it is ordered by: the day of the event where the text gives one, else the day it was told.
    public var day: CivilDate {
        time.flatMap(Happening.firstDay) ?? CivilDate(told, offsetMinutes: 0)
    }

    /// `2017-06-05T09:00` and `2017-06-05/2017-06-07` begin on 5 June; months and open days have no first day here.
    static func firstDay(_ value: String) -> CivilDate? { CivilDate(iso8601: String(value.prefix(10))) }

    /// Whether the two most likely tell of the same thing.
    func isSame(as other: Happening) -> Bool {
        kind == other.kind && words == other.words && (time == nil || other.time == nil || time == other.time)
    }
}

extension Story {
    /// How many happenings a story keeps besides its opening; of more, the earliest told are forgotten.
    static let mostHappenings = 20

    /// What happened, in the order of the days it happened on; the opening stands among the rest.
    public var timeline: [Happening] {
        guard let first else { return happenings }
        let opening = Happening(kind: .opened, told: opened, article: first, words: headline)
        // Stable, so that what was told first of a day stands first.
        return ([opening] + happenings).enumerated()
            .sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    }

    /// The timeline when it tells more than its one article does, and no more than `limit` lines: the opening and what
    /// was told last.
    public func shownTimeline(limit: Int) -> [Happening] {
        let all = timeline
        guard all.contains(where: { $0.article != first }) else { return [] }
        guard all.count > limit else { return all }
        let latest = Set(
            all.indices.filter { all[$0].kind != .opened }.sorted { (all[$1].told, $1) < (all[$0].told, $0) }
                .prefix(limit - 1))
        return all.indices.filter { latest.contains($0) || all[$0].kind == .opened }.map { all[$0] }
    }

    mutating func add(_ new: [Happening]) {
        for happening in new where !happenings.contains(where: { $0.isSame(as: happening) }) {
            happenings.append(happening)
        }
        if happenings.count > Story.mostHappenings { happenings.removeFirst(happenings.count - Story.mostHappenings) }
    }
}

extension StoryBook {
    private static let mostEvents = 3
    private static let mostFigures = 3
    private static let mostLetters = 160

    /// What an article adds to its story's timeline.
    func happenings(of article: Article, _ analysis: Analysis, _ filing: Filing, dated: Instant) -> [Happening] {
        guard !(filing.changes.isEmpty && analysis.events.isEmpty) else { return [] }
        let offsets = ScalarOffsets(article.text)
        func happening(_ kind: Happening.Kind, _ time: String?, _ range: TextRange?, _ words: String) -> Happening {
            let sentence = range.map { sentenceRange(around: $0, in: article.text) }
            return Happening(
                kind: kind, time: time, told: dated, article: article.id,
                sentence: sentence.map { TextRange(offsets.scalar($0.lower), offsets.scalar($0.upper)) },
                words: clipped(words))
        }
        let corrections = filing.changes.filter { $0.kind == .correction }.prefix(1)
        // A first figure by another source is news of the story as well; a first figure of a text is not told here.
        let figures = filing.changes.filter { $0.kind == .toll || ($0.kind == .figure && $0.from != nil) }
        let known = Set(story(filing.story)?.eventKeys ?? [])
        var new = corrections.map { happening(.correction, nil, $0.words, $0.summary) }
        // A figure changed when it was told so, whenever what it counts happened.
        new += figures.prefix(StoryBook.mostFigures).map { happening(.figure, nil, $0.words, $0.summary) }
        var seen: Set<UInt32> = []
        for event in analysis.events where event.modality == .happened && isOfThisNews(event, dated) {
            guard seen.count < StoryBook.mostEvents else { break }
            let key = eventKey(event.type, event.time)
            // A day not given may be any day that the story knows, and the other way round.
            let other = event.time == nil ? eventKey(event.type, "any") : eventKey(event.type, nil)
            if known.contains(key) || known.contains(other) || !seen.insert(key).inserted { continue }
            new.append(happening(.event, event.time, event.range, article.shown(event.range)))
        }
        return new
    }

    /// An event without a day is most likely the article's news; one of weeks before is its background.
    private func isOfThisNews(_ event: Event, _ told: Instant) -> Bool {
        guard let time = event.time else { return true }
        guard let day = Happening.firstDay(time) else { return false }
        return (-14...1).contains(day.dayNumber - CivilDate(told, offsetMinutes: 0).dayNumber)
    }

    /// What tells one event of a story from another: its type and its day.
    func eventKeys(of analysis: Analysis) -> [UInt32] {
        var keys: [UInt32] = []
        for event in analysis.events where event.modality == .happened {
            for key in [eventKey(event.type, event.time), eventKey(event.type, "any")] where !keys.contains(key) {
                keys.append(key)
            }
        }
        return Array(keys.prefix(12))
    }

    private func eventKey(_ type: String, _ time: String?) -> UInt32 {
        UInt32(truncatingIfNeeded: NormalWord.hash((type + " " + (time ?? "").prefix(10)).utf8) >> 32)
    }

    private func clipped(_ words: String) -> String {
        guard words.utf8.count > StoryBook.mostLetters else { return words }
        let text = Text(words)
        let end = text.boundary(before: StoryBook.mostLetters)
        let cut = text.bytes[..<end].lastIndex(of: 0x20) ?? end
        return text.string(TextRange(0, cut)) + " …"
    }
}

/// The sentence that a range of a text stands in, as far as full stops and line ends show it.
func sentenceRange(around words: TextRange, in text: Text) -> TextRange {
    func isEnd(_ index: Int) -> Bool {
        let byte = text[index]
        if byte == 0x0A { return true }
        guard byte == 0x2E || byte == 0x21 || byte == 0x3F, index + 1 < text.count else { return false }
        return text[index + 1] == 0x20 || text[index + 1] == 0x0A
    }
    var (start, end) = (min(Int(words.start), text.count), min(Int(words.end), text.count))
    while start > 0, !isEnd(start - 1) { start -= 1 }
    while start < end, text[start] == 0x20 { start += 1 }
    while end < text.count, !isEnd(end) { end += 1 }
    return TextRange(start, min(end + 1, text.count))
}
