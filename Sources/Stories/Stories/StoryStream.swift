public import ExtractionCore

/// Files a stream of JSON lines: `{"id", "title", "text", "published" | "date", "url"}` in, a verdict out.
///
/// Texts are kept in a bounded cache, so that memory does not grow with the stream.
public struct StoryStream {
    public private(set) var book: StoryBook
    /// What the last line leaves behind; nil when it was not filed.
    public private(set) var memory: StoryBook.Memory?
    private var texts: TextCache
    private var names = InputNames()
    private let analyse: (Article) -> Analysis
    private let windows: Windows
    private var clock = StreamClock()
    /// When stories were closed and texts forgotten last, and how many articles were filed since.
    private var closing = Housekeeping(days: 1)
    private var forgetting = Housekeeping(days: 5)
    /// Finds the text of an earlier input that the cache no longer has.
    public var storedText: (String) -> Text? = { _ in nil }
    /// Is told each text that `storedText` may be asked for.
    public var storeText: (String, Text) -> Void = { _, _ in }

    /// How long the stream remembers, in days.
    public struct Windows: Hashable, Sendable {
        /// A story that had nothing for so long is closed.
        public var stories = 14
        /// A copy or update of a text is recognised for so long.
        public var texts = 90
        public init() {}
    }

    /// `analyse` is asked only about updates, to name what their figures count.
    public init(
        book: StoryBook = StoryBook(), cachedBytes: Int = 4 << 20,
        windows: Windows = Windows(),
        analyse: @escaping (Article) -> Analysis
    ) {
        self.book = book
        self.book.options.closedAfterSeconds = Int64(windows.stories) * 86_400
        self.windows = windows
        self.analyse = analyse
        texts = TextCache(limit: cachedBytes)
    }

    /// Answers one line; a line that is no such object gets an error.
    public mutating func line(_ json: [UInt8]) -> [UInt8] {
        memory = nil
        guard let value = JSONValue(parsing: json), case .object = value else {
            return error("not a JSON object", id: nil)
        }
        guard let id = value["id"]?.string ?? value["id"]?.int.map({ String($0) }) else {
            return error("no id", id: nil)
        }
        let article = article(id, value)
        let now = article.published?.instant ?? Instant(milliseconds: 0)
        advance(now)
        let words = TextWords(article.text)
        let print = fingerprint(of: words.words)
        var against: [ArticleID: TextWords] = [:]
        let nominees = book.nominees(for: print)
        for lineage in nominees {
            for (_, version) in book.compared(in: lineage) {
                let earlier = version.article
                against[earlier] = texts[earlier] ?? names[earlier].flatMap(storedText).map { TextWords($0) }
            }
        }
        let filing = book.file(article, words, fingerprint: print, against: against, at: now, nominees: nominees) {
            [analyse] article, filing in StoryStream.changedPart(of: article, filing).map(analyse) ?? Analysis()
        }
        memory = book.memory(of: article.id)
        if filing.kind != .duplicate {
            names.insert(id, article.id)
            storeText(id, article.text)
            texts.insert(words, for: article.id)
        }
        return answer(id, filing)
    }

    /// Applies the stored verdict on an id that was decided before a restart.
    public mutating func restore(_ memory: StoryBook.Memory, id: String, text: Text) {
        advance(memory.at)
        book.restore(memory)
        guard memory.kind != .duplicate else { return }
        names.insert(id, memory.article)
        texts.insert(text, for: memory.article)
    }

    /// Closes stories and forgets texts as the stream's time goes on.
    private mutating func advance(_ now: Instant) {
        closing.filed += 1
        forgetting.filed += 1
        guard let time = clock.time(after: now) else { return }
        let days = { (count: Int) in time.adding(seconds: -Int64(count) * 86_400) }
        if closing.isDue(at: time, of: book.storyCount) { _ = book.closeStories(before: days(windows.stories)) }
        if forgetting.isDue(at: time, of: book.textCount) {
            book.forgetTexts(before: days(windows.texts), furnitureOf: days(windows.stories))
            names = names.kept(book.eachComparable)
        }
    }

    /// Forgetting walks through all that is remembered, so it waits until that has grown by a quarter, or when that is much by an eighth.
    fileprivate struct Housekeeping {
        let days: Int64
        var filed = 0
        private var last: Instant?

        private static let much = 20_000

        init(days: Int64) { self.days = days }

        mutating func isDue(at time: Instant, of count: Int) -> Bool {
            let enough = count / (count > Housekeeping.much ? 8 : 4)
            if let last, last > time.adding(seconds: -days * 86_400) || filed < enough { return false }
            let isFirst = last == nil
            (last, filed) = (time, 0)
            return !isFirst
        }
    }

    /// The article with nothing but the sentences whose figures changed, which is all that its analysis is asked about.
    private static func changedPart(of article: Article, _ filing: Filing) -> Article? {
        guard filing.kind == .update else { return nil }
        var part = article
        part.blocks = []
        for change in filing.changes where change.kind == .figure {
            guard let words = change.words else { continue }
            let sentence = sentenceRange(around: words, in: article.text)
            if part.blocks.last?.range == sentence { continue }
            part.blocks.append(Block(range: sentence, kind: .paragraph))
        }
        part.blocks.sort { $0.range.start < $1.range.start }
        return part.blocks.isEmpty ? nil : part
    }

    private func article(_ id: String, _ value: JSONValue) -> Article {
        let text = Text(value["text"]?.string ?? "")
        let published = (value["published"]?.string ?? value["date"]?.string).flatMap(zonedTime)
        return Article(
            id: ArticleID(of: Array(id.utf8)), origin: .standardInput, url: value["url"]?.string,
            headline: value["title"]?.string, published: published, text: text,
            blocks: text.isEmpty ? [] : [Block(range: text.range, kind: .paragraph)])
    }

    private func answer(_ id: String, _ filing: Filing) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", id)
            let earlier = filing.of.flatMap { names[$0] }
            if filing.kind == .duplicate { writer.member("duplicate_of", earlier) }
            if filing.kind == .update { writer.member("update_of", earlier) }
            if !filing.changes.isEmpty { writer.objects("changes", filing.changes) { $0.change($1) } }
            writer.member("story", filing.story.value)
            if filing.kind != .duplicate, filing.kind != .opened { tell(filing, to: &writer) }
        }
        return writer.bytes
    }

    /// How the story stands now, where there is more to say than that it is there.
    private func tell(_ filing: Filing, to writer: inout JSONWriter) {
        guard let story = book.story(filing.story) else { return }
        writer.member("split_from", filing.split?.value)
        writer.strings("merged", filing.merged.map(\.value))
        writer.member("phase", story.status.rawValue)
        writer.member("sources", story.sources)
        guard filing.kind == .update else { return }
        writer.growth(story.growth(at: story.lastNews))
        let shown = story.shownTimeline(limit: 12)
        writer.timeline(shown, name: { names[$0] }, clock: zuluTime)
    }

    private func error(_ message: String, id: String?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", id)
            writer.object("error") { writer in
                writer.member("code", "unreadable")
                writer.member("message", message)
            }
        }
        return writer.bytes
    }
}

// MARK: images

extension StoryStream {
    /// Writes all that is remembered but the texts, which `storedText` must find again.
    public func write(to image: inout ImageWriter) {
        book.write(to: &image)
        names.write(to: &image)
        clock.write(to: &image)
        for keeping in [closing, forgetting] { keeping.write(to: &image) }
    }

    /// Goes on from an image, if it can be read.
    public mutating func restore(_ image: inout ImageReader) -> Bool {
        let book = StoryBook(&image, options: self.book.options)
        let names = InputNames(&image)
        let clock = StreamClock(&image)
        let (closing, forgetting) = (Housekeeping(&image, days: 1), Housekeeping(&image, days: 5))
        guard !image.isBroken else { return false }
        (self.book, self.names, self.clock) = (book, names, clock)
        (self.closing, self.forgetting) = (closing, forgetting)
        return true
    }
}

extension StreamClock {
    func write(to image: inout ImageWriter) {
        image.values(dates.map(\.milliseconds))
        image.value(UInt32(clamping: next))
    }

    init(_ image: inout ImageReader) {
        dates = image.values(Int64.self).map { Instant(milliseconds: $0) }
        next = Int(image.value(UInt32.self))
    }
}

extension StoryStream.Housekeeping {
    func write(to image: inout ImageWriter) {
        image.value(UInt32(clamping: filed))
        image.optional(last) { $0.instant($1) }
    }

    init(_ image: inout ImageReader, days: Int64) {
        self.init(days: days)
        filed = Int(image.value(UInt32.self))
        last = image.optional { $0.instant() }
    }
}

/// What time it is in a stream: the median of the latest dates, so that one wrong date moves nothing.
private struct StreamClock {
    private var dates: [Instant] = []
    private var next = 0
    private static let count = 15

    /// Nil until enough dates are known.
    mutating func time(after date: Instant) -> Instant? {
        if dates.count < StreamClock.count {
            dates.append(date)
        } else {
            dates[next] = date
            next = (next + 1) % StreamClock.count
        }
        guard dates.count == StreamClock.count, next == 0 else { return nil }
        return dates.sorted()[StreamClock.count / 2]
    }
}

/// The latest texts, as many as fit; of the very latest, the words too.
private struct TextCache {
    private let limit: Int
    private var bytes = 0
    private var texts: [ArticleID: Text] = [:]
    private var order: [ArticleID] = []
    private var first = 0
    private var words: [ArticleID: TextWords] = [:]
    private var wordOrder: [ArticleID] = []
    private var firstWords = 0
    private var wordCount = 0
    /// How many words are kept, at 24 bytes each.
    private static let wordLimit = 160_000

    init(limit: Int) { self.limit = limit }

    subscript(article: ArticleID) -> TextWords? {
        words[article] ?? texts[article].map { TextWords($0) }
    }

    mutating func insert(_ text: Text, for article: ArticleID) {
        if let old = texts.updateValue(text, forKey: article) { bytes -= old.count } else { order.append(article) }
        bytes += text.count
        while bytes > limit, first < order.count {
            if let old = texts.removeValue(forKey: order[first]) { bytes -= old.count }
            first += 1
        }
        if first > 4096, first * 2 > order.count {
            order.removeFirst(first)
            first = 0
        }
    }

    mutating func insert(_ text: TextWords, for article: ArticleID) {
        insert(text.text, for: article)
        if let old = words.updateValue(text, forKey: article) {
            wordCount -= old.words.count
        } else {
            wordOrder.append(article)
        }
        wordCount += text.words.count
        while wordCount > TextCache.wordLimit, firstWords < wordOrder.count {
            if let old = words.removeValue(forKey: wordOrder[firstWords]) { wordCount -= old.words.count }
            firstWords += 1
        }
        if firstWords > 4096, firstWords * 2 > wordOrder.count {
            wordOrder.removeFirst(firstWords)
            firstWords = 0
        }
    }
}

/// Reads `2017-06-06`, `2017-06-06T09:12:00Z` or `…+01:00`.
func zonedTime(_ string: String) -> ZonedTime? {
    guard let day = CivilDate(iso8601: string) else { return nil }
    let bytes = Array(string.utf8)
    var fields = [0, 0, 0]
    var index = 10
    for field in 0..<3 {
        guard index + 2 < bytes.count,
            bytes[index] == (field == 0 ? 0x54 : 0x3A) || (field == 0 && bytes[index] == 0x20),
            let value = digits(bytes, index + 1)
        else { break }
        fields[field] = value
        index += 3
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
        index += 1
        while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
    }
    var offset = 0
    if index + 2 < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
        let hours = digits(bytes, index + 1) ?? 0
        let minutes = digits(bytes, index + (index + 3 < bytes.count && bytes[index + 3] == 0x3A ? 4 : 3)) ?? 0
        offset = (hours * 60 + minutes) * (bytes[index] == UInt8(ascii: "-") ? -1 : 1)
    }
    let seconds = Int64(day.dayNumber) * 86_400 + Int64(fields[0] * 3600 + fields[1] * 60 + fields[2] - offset * 60)
    return ZonedTime(Instant(seconds: seconds), offsetMinutes: offset, hasTime: bytes.count > 10)
}

private func digits(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard index + 1 < bytes.count, bytes[index] &- 0x30 < 10, bytes[index + 1] &- 0x30 < 10 else { return nil }
    return Int(bytes[index] - 0x30) * 10 + Int(bytes[index + 1] - 0x30)
}
