public import ExtractionCore

extension StoryBook {
    /// What one filing leaves behind, so that the book can be built again after a restart.
    public struct Memory: Hashable, Sendable {
        public var article: ArticleID
        public var at: Instant
        /// When it was published, else when it was read.
        public var dated: Instant
        public var fingerprint: Fingerprint
        /// Hashes of its first and last sentences, from which page furniture is learned.
        public var sentences: [UInt32]
        /// Counts from 1; 0 for a text too short to be recognised.
        public var lineage: UInt32
        public var story: StoryID
        public var kind: Filing.Kind
        public var of: ArticleID?
        public var headline: String?
        public var site: String?
        public var terms: [Term]
        public var people: [String]
        public var places: [String]
        public var tolls: [StoryToll]
        public var hasText: Bool
        public var hasNews: Bool
        /// Stories that were found to be one with this article's.
        public var merged: [StoryID] = []
        /// The agency that its text is credited to.
        public var agency: String?
        /// What it adds to the story's timeline.
        public var happenings: [Happening] = []
        /// Its events, by hashes of type and day.
        public var events: [UInt32] = []
        /// Two letters of its language; 0 for English, or none known.
        public var language: UInt16 = 0
        /// Its names and numbers, as other languages have them too.
        public var names: [UInt32] = []
        /// The story that it showed to be two.
        public var split: StoryBook.Split?
    }
}

extension StoryBook.Memory {
    /// What whoever keeps a memory has beside it, so that the memory need not hold it.
    public struct Source {
        public let article: ArticleID
        public let text: Text

        public init(article: ArticleID, text: Text) {
            self.article = article
            self.text = text
        }
    }

    private static let version: UInt8 = 4

    private struct Flags: OptionSet {
        let rawValue: UInt16

        static let isOfSource = Flags(rawValue: 1 << 2)
        static let hasText = Flags(rawValue: 1 << 3)
        static let hasNews = Flags(rawValue: 1 << 4)
        static let isOwnStory = Flags(rawValue: 1 << 5)
        static let exact = Flags(rawValue: 1 << 6)
        static let of = Flags(rawValue: 1 << 7)
        static let headline = Flags(rawValue: 1 << 8)
        static let site = Flags(rawValue: 1 << 9)
        static let agency = Flags(rawValue: 1 << 10)
        static let split = Flags(rawValue: 1 << 11)
        /// Names, tolls and the like.
        static let facts = Flags(rawValue: 1 << 12)
        /// The terms of a headline, which follow from its address too.
        static let terms = Flags(rawValue: 1 << 13)
    }

    /// A compact binary form; with a source, without what follows from it.
    public func bytes(beside source: Source? = nil) -> [UInt8] {
        // A copy's text is not kept beside it.
        let isOfSource = source?.article == article && kind != .duplicate
        let flags = flags(isOfSource: isOfSource)
        var out = MemoryWriter()
        out.byte(Self.version)
        out.word(UInt64(flags.rawValue), bytes: 2)
        if !isOfSource { out.id(article) }
        out.difference(at.milliseconds)
        out.difference(dated.milliseconds &- at.milliseconds)
        out.count(Int(lineage))
        if !flags.contains(.isOwnStory) { out.string(story.value) }
        if let of { out.id(of) }
        for text in [headline, site, agency] { if let text { out.string(text) } }
        if !isOfSource { writeWords(to: &out) }
        if flags.contains(.terms) { writeTerms(to: &out) }
        if flags.contains(.facts) { writeFacts(to: &out) }
        if let split {
            out.string(split.from.value)
            out.hashes(split.lineages)
            out.hash(split.bridge ?? 0)
        }
        return out.bytes
    }

    private func flags(isOfSource: Bool) -> Flags {
        var flags = Flags(rawValue: UInt16(clamping: Filing.Kind.stored.firstIndex(of: kind) ?? 0))
        let hasFacts =
            !(people.isEmpty && places.isEmpty && tolls.isEmpty && merged.isEmpty && happenings.isEmpty
            && events.isEmpty && language == 0)
        let all: [(Flags, Bool)] = [
            (.isOfSource, isOfSource), (.hasText, hasText), (.hasNews, hasNews),
            (.isOwnStory, story == StoryID(openedBy: article)), (.exact, fingerprint.exact != nil), (.of, of != nil),
            (.headline, headline != nil), (.site, site != nil), (.agency, agency != nil), (.split, split != nil),
            (.facts, hasFacts), (.terms, isOfSource && !hasText),
        ]
        for (flag, isSet) in all where isSet { flags.insert(flag) }
        return flags
    }

    /// What follows from the text.
    private func writeWords(to out: inout MemoryWriter) {
        if let exact = fingerprint.exact { out.id(exact) }
        out.ascending(fingerprint.sketch)
        out.hashes(sentences)
        writeTerms(to: &out)
        out.hashes(names)
    }

    private func writeTerms(to out: inout MemoryWriter) {
        out.list(terms) {
            $0.hash($1.hash)
            $0.byte($1.count | ($1.isEveryday ? 0x40 : 0) | ($1.isHeadlineName ? 0x80 : 0))
        }
    }

    private func writeFacts(to out: inout MemoryWriter) {
        out.list(people) { $0.string($1) }
        out.list(places) { $0.string($1) }
        out.list(tolls) { $0.toll($1) }
        out.list(merged) { $0.string($1.value) }
        out.list(happenings) { $0.happening($1) }
        out.hashes(events)
        out.count(Int(language))
    }

    /// Reads what `bytes` gave, with the same source beside it; nil for anything else.
    public init?(bytes: [UInt8], beside source: Source? = nil) {
        var input = MemoryReader(bytes: bytes)
        let version = input.byte()
        guard (1...Self.version).contains(version) else { return nil }
        if version < Self.version { self.init(&input, version: version) } else { self.init(&input, source) }
        guard input.isComplete else { return nil }
    }

    private init?(_ input: inout MemoryReader, _ source: Source?) {
        let bits = UInt16(truncatingIfNeeded: input.word(bytes: 2))
        let flags = Flags(rawValue: bits)
        guard bits < 1 << 14, !flags.contains(.isOfSource) || source != nil else { return nil }
        kind = Filing.Kind.stored[Int(bits & 3)]
        if flags.contains(.isOfSource), let source { article = source.article } else { article = input.id() }
        at = Instant(milliseconds: input.difference())
        dated = Instant(milliseconds: at.milliseconds &+ input.difference())
        lineage = UInt32(clamping: input.count())
        story = flags.contains(.isOwnStory) ? StoryID(openedBy: article) : StoryID(input.string())
        of = flags.contains(.of) ? input.id() : nil
        headline = flags.contains(.headline) ? input.string() : nil
        site = flags.contains(.site) ? input.string() : nil
        agency = flags.contains(.agency) ? input.string() : nil
        (hasText, hasNews) = (flags.contains(.hasText), flags.contains(.hasNews))
        (fingerprint, sentences, terms) = (Fingerprint(), [], [])
        (people, places, tolls) = ([], [], [])
        if !flags.contains(.isOfSource) { readWords(&input, hasExact: flags.contains(.exact)) }
        let kept = flags.contains(.terms) ? input.list { $0.term(Self.version) } : nil
        if flags.contains(.facts) { readFacts(&input) }
        if flags.contains(.split) {
            let from = StoryID(input.string())
            let lineages = input.list { $0.hash() }
            let bridge = input.hash()
            split = StoryBook.Split(from: from, lineages: lineages, bridge: bridge == 0 ? nil : bridge)
        }
        if flags.contains(.isOfSource), let source { follow(TextWords(source.text), terms: kept) }
    }

    private mutating func readWords(_ input: inout MemoryReader, hasExact: Bool) {
        fingerprint.exact = hasExact ? input.id() : nil
        fingerprint.sketch = input.ascending()
        sentences = input.list { $0.hash() }
        terms = input.list { $0.term(Self.version) }
        names = input.list { $0.hash() }
    }

    private mutating func readFacts(_ input: inout MemoryReader) {
        people = input.list { $0.string() }
        places = input.list { $0.string() }
        tolls = input.list { $0.toll() }
        merged = input.list { StoryID($0.string()) }
        happenings = input.list { $0.happening() }
        events = input.list { $0.hash() }
        language = UInt16(clamping: input.count())
    }

    /// Works out again what filing took from the text of an article whose places were not analysed.
    private mutating func follow(_ words: TextWords, terms kept: [Term]?) {
        fingerprint = ExtractionCore.fingerprint(of: words.words)
        sentences = PlainSentence.keys(of: words.words)
        terms = kept ?? Stories.terms(headline: TextWords(Text(headline ?? "")), body: words)
        guard kind != .update, hasText else { return }
        names = NameKeys(words, skipsEveryday: language == 0).hashes
    }
}
