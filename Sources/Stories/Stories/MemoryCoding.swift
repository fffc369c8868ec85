import ExtractionCore

// How memories are written. What is stored stays readable for ever.

extension Filing.Kind {
    /// In the order of their stored numbers; only ever grows at the end.
    static let stored: [Filing.Kind] = [.duplicate, .update, .joined, .opened]
}

extension Precision {
    static let stored: [Precision] = [.exact, .about, .atLeast, .atMost, .vague]
}

struct MemoryWriter {
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
        short(UInt64(clamping: value))
    }

    /// Seven bits a byte, the lowest first.
    private mutating func short(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Small numbers of either sign take few bytes.
    mutating func difference(_ value: Int64) {
        short(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// Hashes that ascend take few bytes; others are kept as well.
    mutating func ascending(_ values: [UInt32]) {
        count(values.count)
        var last: UInt32 = 0
        for value in values {
            count(Int(value &- last))
            last = value
        }
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

struct MemoryReader {
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
        let high = word()
        return ArticleID(high: high, low: word())
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

    mutating func difference() -> Int64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let byte = byte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
        }
        isBroken = true
        return 0
    }

    mutating func ascending() -> [UInt32] {
        var last: UInt32 = 0
        return list { reader in
            last = last &+ UInt32(truncatingIfNeeded: reader.count())
            return last
        }
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

extension StoryBook.Memory {
    /// Reads what earlier versions wrote: version 1 had no marks on terms and no merged stories, version 2 nothing from
    /// `agency` on.
    init?(_ input: inout MemoryReader, version: UInt8) {
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
