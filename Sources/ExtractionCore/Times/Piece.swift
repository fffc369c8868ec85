// Tokens are what a reader takes for one word: "3,000-4,000", "US-led", "5/6/2017". The fact finders need their
// parts, so they read the sentences once more, as letters, numbers and marks.

/// A run of letters, a number, or one mark.
struct Piece: Sendable {
    enum Kind: UInt8, Sendable { case word, number, mark }

    let range: TextRange
    let kind: Kind
    /// No white space stands before it.
    let isGlued: Bool
    /// The first letter is a capital.
    let isCapitalised: Bool
    /// A mark in ASCII: every dash is "-", every quotation mark `"` or "'", pounds "#" and euros "^"; 0 for others.
    let mark: UInt8
    let number: Double
    let hash: UInt64
    let meaning: Meaning
    let function: FunctionWord?

    /// How many bytes it has.
    var count: Int { range.count }
}

/// Words of grammar that the finders ask for by name.
enum FunctionWord: String, CaseIterable, Sendable {
    case the, a, an, of, `in`, on, at, by, to, from, since, until, till, during, after, before, between, and,
        or, but, than, that, who, which, whom, he, she, they, it, his, her, their, its, we, i, you, him, them,
        this, these, those, was, were, been, be, being, `is`, are, has, have, had, with, `for`, `as`, per, cent,
        percent, ago, old, fiscal, half, both, more, least, most, up, not, no, so, then, when, `where`, also,
        including, among, another, other, others, all, s = "'s", within, through, over, under, against, into,
        out, off, couple, weekend, st, nd, rd, th, am, pm, p, m, year, day, time, may, march, second, sun, sat,
        mar, says, said, according, told, statement, report, reporters, leaving, left, raising, rose, rises,
        stands, stood, reached, climbed, risen, bringing, one, two, some, someone, nobody, noBody = "none", everyone,
        carried, blamed, claimed, responsibility, `do`, does, did, de, al, el, van, von, mid, eve, quarter,
        nine, first, ad, bc, bce, ce, noon, around, about, near, via, `while`, because, age, aged, number,
        total, spokesman, spokeswoman, ceo, saying, only, just, even, still, already, yet, now, people, man,
        woman, month, week, capital, city, northern, southern, eastern, western, north, south, east, west,
        central, district, province, village, town, region, whose, himself, herself, asked, later, earlier,
        following, same, mr, mrs, ms, dr, don = "don't", last, next, past, every, each, there, here, what, how,
        why, if_ = "if", unless, though, although, like, might, could, would, will, shall, should, can, must,
        less, current, minutes, whether, nor, got, get, `let`, cited, citing, quoted, part, totals, fewer, toll,
        estimated, unknown, amid, despite, killing, shot, dead, alive, whoever, my, our, your, me, us,
        accordance, such, too, own, shortly, meanwhile, however, late, early, third, newly, former
}

extension FunctionWord {
    /// By the hash of the word.
    static let table: [UInt64: FunctionWord] = {
        var table: [UInt64: FunctionWord] = [:]
        for word in FunctionWord.allCases {
            var hash = FNV.start
            for byte in word.rawValue.utf8 { hash = FNV.next(hash, byte) }
            table[hash] = word
        }
        return table
    }()
}

/// Cuts a stretch of text into pieces.
struct PieceCutter {
    let bytes: [UInt8]
    let words: FactWords
    let functions = FunctionWord.table
    private(set) var pieces: [Piece] = []
    private var hasPhraseStart = false

    init(text: Text, words: FactWords) {
        bytes = text.bytes
        self.words = words
        pieces.reserveCapacity(text.count / 5)
    }

    /// Adds the pieces of a range and tells their indices.
    mutating func cut(_ range: TextRange) -> Range<Int> {
        let first = pieces.count
        var offset = max(0, range.lower)
        let end = min(range.upper, bytes.count)
        var isGlued = false
        while offset < end {
            let space = spaceLength(offset, end)
            if space > 0 {
                offset += space
                isGlued = false
                continue
            }
            let byte = bytes[offset]
            if byte >= 0x30 && byte <= 0x39 {
                offset = addNumber(from: offset, to: end, isGlued)
            } else if isLetter(offset, end) {
                offset = addWord(from: offset, to: end, isGlued)
            } else {
                offset = addMark(from: offset, to: end, isGlued)
            }
            isGlued = true
        }
        if hasPhraseStart { joinPhrases(from: first) }
        hasPhraseStart = false
        return first..<pieces.count
    }

    /// Makes each phrase of the lists ("death toll", "at least", "air-strike") one piece.
    private mutating func joinPhrases(from first: Int) {
        var kept = first
        var index = first
        while index < pieces.count {
            var end = index + 1
            if pieces[index].meaning.tags.contains(.phraseStart), let phrase = phrase(at: index) {
                end = phrase.end
                pieces[kept] = Piece(
                    range: TextRange(pieces[index].range.lower, pieces[end - 1].range.upper), kind: .word,
                    isGlued: pieces[index].isGlued, isCapitalised: pieces[index].isCapitalised, mark: 0, number: 0,
                    hash: phrase.hash, meaning: phrase.meaning, function: nil)
            } else {
                pieces[kept] = pieces[index]
            }
            kept += 1
            index = end
        }
        pieces.removeLast(pieces.count - kept)
    }

    private func phrase(at start: Int) -> (end: Int, hash: UInt64, meaning: Meaning)? {
        var best: (end: Int, hash: UInt64, meaning: Meaning)?
        var hash = pieces[start].hash
        var index = start + 1
        var count = 1
        while index < pieces.count, count < FactWords.longestPhrase {
            let piece = pieces[index]
            if piece.kind == .mark, piece.mark == 0x2D, piece.isGlued {
                index += 1
                continue
            }
            guard piece.kind == .word else { break }
            hash = FNV.next(hash, 0x20)
            var offset = piece.range.lower
            while offset < piece.range.upper { (hash, offset) = hashedScalar(hash, offset, piece.range.upper) }
            index += 1
            count += 1
            guard let meaning = words.meanings[hash] else { break }
            if meaning.isMore { best = (index, hash, meaning) }
        }
        return best
    }

    private func spaceLength(_ offset: Int, _ end: Int) -> Int {
        let byte = bytes[offset]
        if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return 1 }
        if byte == 0xC2, offset + 1 < end, bytes[offset + 1] == 0xA0 { return 2 }
        if byte == 0xE2, offset + 2 < end, bytes[offset + 1] == 0x80, bytes[offset + 2] <= 0x8B { return 3 }
        return 0
    }

    /// ASCII letters, and every scalar beyond ASCII but general punctuation, quotation marks and signs of Latin 1.
    private func isLetter(_ offset: Int, _ end: Int) -> Bool {
        let byte = bytes[offset]
        if byte < 0x80 { return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
        guard offset + 1 < end else { return true }
        let next = bytes[offset + 1]
        if byte == 0xC2 { return next == 0xAA || next == 0xB5 || next == 0xBA }
        if byte == 0xE2 { return next > 0x8B && next < 0x90 || next > 0xB0 }
        return !(byte == 0xE3 && next == 0x80) && byte != 0xF0
    }

    /// The length of an apostrophe, straight or curly.
    private func apostrophe(_ offset: Int, _ end: Int) -> Int {
        guard offset < end else { return 0 }
        if bytes[offset] == 0x27 { return 1 }
        if offset + 2 < end, bytes[offset] == 0xE2, bytes[offset + 1] == 0x80, bytes[offset + 2] == 0x99 { return 3 }
        return 0
    }

    private mutating func addWord(from start: Int, to end: Int, _ isGlued: Bool) -> Int {
        var offset = start
        var hash = FNV.start
        while offset < end {
            if isLetter(offset, end) {
                (hash, offset) = hashedScalar(hash, offset, end)
                continue
            }
            let mark = apostrophe(offset, end)
            let next = offset + mark
            guard mark > 0, next < end, isLetter(next, end), !isPossessive(next, end) else { break }
            hash = FNV.next(hash, 0x27)
            offset = next
        }
        let byte = bytes[start]
        append(
            start, offset, .word, isGlued, hash: hash,
            isCapitalised: byte >= 0x41 && byte <= 0x5A || byte == 0xC3 && bytes[min(start + 1, end - 1)] < 0x9F)
        return offset
    }

    private func hashedScalar(_ hash: UInt64, _ offset: Int, _ end: Int) -> (UInt64, Int) {
        let byte = bytes[offset]
        if byte < 0x80 { return (FNV.next(hash, byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte), offset + 1) }
        var hash = FNV.next(hash, byte)
        var next = offset + 1
        while next < end, bytes[next] & 0xC0 == 0x80 {
            hash = FNV.next(hash, bytes[next])
            next += 1
        }
        return (hash, next)
    }

    /// An "s" that ends the word: what stands before the apostrophe is a word of its own.
    private func isPossessive(_ offset: Int, _ end: Int) -> Bool {
        guard bytes[offset] | 0x20 == 0x73 else { return false }
        return offset + 1 >= end || !isLetter(offset + 1, end)
    }

    private mutating func addNumber(from start: Int, to end: Int, _ isGlued: Bool) -> Int {
        var offset = start
        var value = 0.0
        func digit(_ index: Int) -> Bool { index < end && bytes[index] >= 0x30 && bytes[index] <= 0x39 }
        while digit(offset) {
            value = value * 10 + Double(bytes[offset] - 0x30)
            offset += 1
        }
        if offset - start <= 3 {
            while offset < end, bytes[offset] == 0x2C, digit(offset + 1), digit(offset + 2), digit(offset + 3),
                !digit(offset + 4)
            {
                for index in (offset + 1)...(offset + 3) { value = value * 10 + Double(bytes[index] - 0x30) }
                offset += 4
            }
        }
        if offset < end, bytes[offset] == 0x2E, digit(offset + 1) {
            var scale = 0.1
            offset += 1
            while digit(offset) {
                value += Double(bytes[offset] - 0x30) * scale
                scale /= 10
                offset += 1
            }
        }
        append(start, offset, .number, isGlued, number: value < 1e15 ? value : 1e15)
        return offset
    }

    private mutating func addMark(from start: Int, to end: Int, _ isGlued: Bool) -> Int {
        let possessive = apostrophe(start, end)
        if possessive > 0, isGlued, start + possessive < end, isPossessive(start + possessive, end) {
            let hash = FNV.next(FNV.next(FNV.start, 0x27), 0x73)
            append(start, start + possessive + 1, .word, isGlued, hash: hash)
            return start + possessive + 1
        }
        let byte = bytes[start]
        var next = start + 1
        if byte >= 0x80 { while next < end, bytes[next] & 0xC0 == 0x80 { next += 1 } }
        append(start, next, .mark, isGlued, mark: byte < 0x80 ? byte : asciiMark(start, next))
        return next
    }

    /// "US", "IT", "WHO": in capitals these are names.
    private func isAcronym(_ start: Int, _ end: Int) -> Bool {
        guard end - start == 2 || end - start == 3 else { return false }
        return (start..<end).allSatisfy { bytes[$0] >= 0x41 && bytes[$0] <= 0x5A }
    }

    private func asciiMark(_ start: Int, _ end: Int) -> UInt8 {
        if end - start == 2, bytes[start] == 0xC2 {
            return switch bytes[start + 1] {
            case 0xA3: 0x23
            case 0xAB, 0xBB: 0x22
            default: 0
            }
        }
        guard end - start == 3, bytes[start] == 0xE2 else { return 0 }
        if bytes[start + 1] == 0x82, bytes[start + 2] == 0xAC { return 0x5E }
        guard bytes[start + 1] == 0x80 else { return 0 }
        return switch bytes[start + 2] {
        case 0x90...0x95: 0x2D
        case 0x98...0x9B: 0x27
        case 0x9C...0x9F: 0x22
        default: 0
        }
    }

    private mutating func append(
        _ start: Int, _ end: Int, _ kind: Piece.Kind, _ isGlued: Bool, hash: UInt64 = 0, isCapitalised: Bool = false,
        mark: UInt8 = 0, number: Double = 0
    ) {
        let meaning = kind == .word ? words.meanings[hash] ?? .none : .none
        if meaning.tags.contains(.phraseStart) { hasPhraseStart = true }
        pieces.append(
            Piece(
                range: TextRange(start, end), kind: kind, isGlued: isGlued, isCapitalised: isCapitalised, mark: mark,
                number: number, hash: hash, meaning: meaning,
                function: kind == .word && !isAcronym(start, end) ? functions[hash] : nil))
    }
}
