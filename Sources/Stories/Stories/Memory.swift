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
    /// Version 1 had no marks on terms and no merged stories, version 2 nothing from `agency` on.
    private static let version: UInt8 = 3

    /// A compact binary form.
    public func bytes() -> [UInt8] {
        var out = MemoryWriter()
        out.byte(Self.version)
        out.id(article)
        out.integer(at.milliseconds)
        out.integer(dated.milliseconds)
        out.optional(fingerprint.exact) { $0.id($1) }
        out.hashes(fingerprint.sketch)
        out.hashes(sentences)
        out.count(Int(lineage))
        out.string(story.value)
        out.byte(UInt8(clamping: Filing.Kind.stored.firstIndex(of: kind) ?? 0))
        out.optional(of) { $0.id($1) }
        out.optional(headline) { $0.string($1) }
        out.optional(site) { $0.string($1) }
        out.list(terms) {
            $0.hash($1.hash)
            $0.byte($1.count | ($1.isEveryday ? 0x40 : 0) | ($1.isHeadlineName ? 0x80 : 0))
        }
        out.list(people) { $0.string($1) }
        out.list(places) { $0.string($1) }
        out.list(tolls) { $0.toll($1) }
        out.byte((hasText ? 1 : 0) | (hasNews ? 2 : 0))
        out.list(merged) { $0.string($1.value) }
        out.optional(agency) { $0.string($1) }
        out.list(happenings) { $0.happening($1) }
        out.hashes(events)
        out.count(Int(language))
        out.hashes(names)
        out.optional(split) { writer, split in
            writer.string(split.from.value)
            writer.hashes(split.lineages)
            writer.hash(split.bridge ?? 0)
        }
        return out.bytes
    }

    /// Reads what `bytes` gave; nil for anything else.
    public init?(bytes: [UInt8]) {
        var input = MemoryReader(bytes: bytes)
        let version = input.byte()
        guard (1...Self.version).contains(version) else { return nil }
        article = input.id()
        at = Instant(milliseconds: input.integer())
        dated = Instant(milliseconds: input.integer())
        fingerprint = Fingerprint()
        fingerprint.exact = input.optional { $0.id() }
        fingerprint.sketch = input.list { $0.hash() }
        sentences = input.list { $0.hash() }
        lineage = UInt32(clamping: input.count())
        story = StoryID(input.string())
        kind = input.choice(Filing.Kind.stored) ?? .opened
        of = input.optional { $0.id() }
        headline = input.optional { $0.string() }
        site = input.optional { $0.string() }
        terms = input.list { $0.term(version) }
        people = input.list { $0.string() }
        places = input.list { $0.string() }
        tolls = input.list { $0.toll() }
        let flags = input.byte()
        hasText = flags & 1 != 0
        hasNews = flags & 2 != 0
        if version > 1 { merged = input.list { StoryID($0.string()) } }
        if version > 2 {
            agency = input.optional { $0.string() }
            happenings = input.list { $0.happening() }
            events = input.list { $0.hash() }
            language = UInt16(clamping: input.count())
            names = input.list { $0.hash() }
            split = input.optional { input in
                let from = StoryID(input.string())
                let lineages = input.list { $0.hash() }
                let bridge = input.hash()
                return StoryBook.Split(from: from, lineages: lineages, bridge: bridge == 0 ? nil : bridge)
            }
        }
        guard input.isComplete else { return nil }
    }
}

extension Filing.Kind {
    /// In the order of their stored numbers; only ever grows at the end.
    fileprivate static let stored: [Filing.Kind] = [.duplicate, .update, .joined, .opened]
}

extension Precision {
    fileprivate static let stored: [Precision] = [.exact, .about, .atLeast, .atMost, .vague]
}

private struct MemoryWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    mutating func word(_ value: UInt64, bytes count: Int = 8) {
        for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(place * 8))) }
    }

    mutating func integer(_ value: Int64) { word(UInt64(bitPattern: value)) }
    mutating func hash(_ value: UInt32) { word(UInt64(value), bytes: 4) }
    mutating func hashes(_ values: [UInt32]) { list(values) { $0.hash($1) } }

    mutating func id(_ id: ArticleID) {
        word(id.high)
        word(id.low)
    }

    mutating func count(_ value: Int) {
        var rest = UInt64(clamping: value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func string(_ value: String) {
        count(value.utf8.count)
        bytes.append(contentsOf: value.utf8)
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout MemoryWriter, Value) -> Void) {
        byte(value == nil ? 0 : 1)
        if let value { write(&self, value) }
    }

    mutating func list<Value>(_ values: [Value], _ write: (inout MemoryWriter, Value) -> Void) {
        count(values.count)
        for value in values { write(&self, value) }
    }

    mutating func happening(_ happening: Happening) {
        byte(UInt8(clamping: Happening.Kind.allCases.firstIndex(of: happening.kind) ?? 0))
        optional(happening.time) { $0.string($1) }
        integer(happening.told.milliseconds)
        id(happening.article)
        optional(happening.sentence) { writer, range in
            writer.count(range.lower)
            writer.count(range.count)
        }
        string(happening.words)
    }

    mutating func toll(_ toll: StoryToll) {
        string(toll.id)
        byte(UInt8(clamping: Toll.Outcome.allCases.firstIndex(of: toll.outcome) ?? 0))
        integer(Int64(toll.low))
        integer(Int64(toll.high))
        byte(UInt8(clamping: Precision.stored.firstIndex(of: toll.precision) ?? 0))
        for text in [toll.source, toll.time, toll.place, toll.cause, toll.site, toll.supersedes] {
            optional(text) { $0.string($1) }
        }
        byte(toll.isCumulative ? 1 : 0)
        id(toll.article)
        integer(toll.read.milliseconds)
    }
}

private struct MemoryReader {
    private let bytes: [UInt8]
    private var index = 0
    private var isBroken = false

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isComplete: Bool { !isBroken && index == bytes.count }

    mutating func byte() -> UInt8 {
        guard index < bytes.count else {
            isBroken = true
            return 0
        }
        index += 1
        return bytes[index - 1]
    }

    mutating func word(bytes count: Int = 8) -> UInt64 {
        var value: UInt64 = 0
        for place in 0..<count { value |= UInt64(byte()) << UInt64(place * 8) }
        return value
    }

    mutating func integer() -> Int64 { Int64(bitPattern: word()) }
    mutating func hash() -> UInt32 { UInt32(truncatingIfNeeded: word(bytes: 4)) }

    mutating func id() -> ArticleID {
        let digits = hexadecimal(
            [word(), word()].flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
            })
        return ArticleID(hex: digits) ?? ArticleID(of: [])
    }

    mutating func count() -> Int {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            let byte = byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(clamping: value) }
        }
        isBroken = true
        return 0
    }

    mutating func string() -> String {
        let count = count()
        guard count <= bytes.count - index else {
            isBroken = true
            return ""
        }
        index += count
        return String(decoding: bytes[index - count..<index], as: UTF8.self)
    }

    mutating func optional<Value>(_ read: (inout MemoryReader) -> Value) -> Value? {
        byte() == 0 ? nil : read(&self)
    }

    mutating func list<Value>(_ read: (inout MemoryReader) -> Value) -> [Value] {
        let count = count()
        guard count <= bytes.count - index else {
            isBroken = true
            return []
        }
        var values: [Value] = []
        for _ in 0..<count where !isBroken { values.append(read(&self)) }
        return values
    }

    mutating func term(_ version: UInt8) -> Term {
        let hash = hash()
        let byte = byte()
        if version == 1 { return Term(hash: hash, count: byte) }
        return Term(
            hash: hash, count: byte & 0x3F, isEveryday: byte & 0x40 != 0, isHeadlineName: byte & 0x80 != 0)
    }

    mutating func choice<Value>(_ values: [Value]) -> Value? {
        let index = Int(byte())
        if index < values.count { return values[index] }
        isBroken = true
        return nil
    }

    mutating func happening() -> Happening {
        let kind = choice(Happening.Kind.allCases) ?? .event
        let time = optional { $0.string() }
        let told = Instant(milliseconds: integer())
        let article = id()
        let sentence = optional { reader in
            let start = Int(Int32(clamping: reader.count()))
            return TextRange(start, Int(Int32(clamping: start + Int(Int32(clamping: reader.count())))))
        }
        return Happening(
            kind: kind, time: time, told: told, article: article, sentence: sentence, words: string())
    }

    mutating func toll() -> StoryToll {
        let id = string()
        let outcome = choice(Toll.Outcome.allCases) ?? .killed
        let (low, high) = (Int(truncatingIfNeeded: integer()), Int(truncatingIfNeeded: integer()))
        let precision = choice(Precision.stored) ?? .exact
        let texts = (0..<6).map { _ in optional { $0.string() } }
        let isCumulative = byte() != 0
        let article = self.id()
        return StoryToll(
            id: id, outcome: outcome, low: low, high: high, precision: precision, source: texts[0], time: texts[1],
            isCumulative: isCumulative, place: texts[2], cause: texts[3], article: article, site: texts[4],
            read: Instant(milliseconds: integer()), supersedes: texts[5])
    }
}
