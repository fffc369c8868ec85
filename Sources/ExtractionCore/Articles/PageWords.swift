// The words of a page as numbers: one look at the text counts and hashes them, and every later question, from the
// title's words to a block that stands twice, compares hashes.

/// Words of some text in order: a hash of each word's folded letters, and where it begins.
struct PageWords: Sendable {
    private(set) var hashes: [UInt64] = []
    /// In the text.
    private(set) var starts: [Int32] = []

    init() {}

    init(_ text: [UInt8]) { append(text, text.indices) }

    /// The hash of words that follow each other, from the hashes of those before and of the next.
    static func join(_ before: UInt64, _ next: UInt64) -> UInt64 {
        ((before << 5 | before >> 59) ^ next) &* 0x9E37_79B9_7F4A_7C15
    }

    /// The hash of one word, or of several parted by blanks, as the lists of words name them.
    static func key(_ phrase: some Sequence<UInt8>) -> UInt64 {
        let words = PageWords(Array(phrase)).hashes
        guard let first = words.first else { return 0 }
        return words.dropFirst().reduce(first, join)
    }

    /// The letters of the first word of a range, as one writes them in a list.
    static func word(_ text: [UInt8], _ range: Range<Int>) -> String {
        var scan = WordScan(text, range)
        return scan.next() ? String(decoding: text[scan.start..<scan.position], as: UTF8.self).lowercased() : ""
    }

    mutating func reserve(_ count: Int) {
        hashes.reserveCapacity(count)
        starts.reserveCapacity(count)
    }

    /// Takes the words of a range behind those that are there, and counts what stands in it.
    @discardableResult
    mutating func append(_ text: [UInt8], _ range: Range<Int>) -> WordCounts {
        var scan = WordScan(text, range)
        while scan.next() {
            hashes.append(scan.hash)
            starts.append(Int32(truncatingIfNeeded: scan.start))
        }
        return scan.counts
    }

    /// How many of some words begin in one of the spans; both are in order.
    func count(_ words: Range<Int>, startingIn spans: [Range<Int>]) -> Int {
        guard !spans.isEmpty else { return 0 }
        var count = 0
        var span = 0
        for word in words {
            let start = Int(starts[word])
            while span < spans.count, spans[span].upperBound <= start { span += 1 }
            guard span < spans.count else { break }
            if spans[span].contains(start) { count += 1 }
        }
        return count
    }
}

/// What one look at a run of text counts.
struct WordCounts: Sendable {
    /// Runs of letters and digits; scripts without blanks count a word for every two characters.
    var words = 0
    /// Words that begin with a capital.
    var capitals = 0
    var letters = 0
    var smallLetters = 0
    var digits = 0
    /// Marks that sentences end with, at the end of a word.
    var sentenceEnds = 0
    var commas = 0
    /// Marks that stand between links: `|`, `»`, `›`.
    var bars = 0
    var hasCopyright = false
    /// It speaks of cookies, as notices that lie over a page do in every language.
    var saysCookie = false

    init() {}

    init(_ text: [UInt8], _ range: Range<Int>) {
        var scan = WordScan(text, range)
        while scan.next() {}
        self = scan.counts
    }
}

/// Goes from word to word. Marks of several bytes part words as ASCII ones do; everything else of 0x80 and above is a
/// letter.
private struct WordScan {
    private let text: [UInt8]
    private let end: Int
    private var index: Int
    /// Where it reads next.
    var position: Int { index }
    private var ideographs = 0
    private(set) var counts = WordCounts()
    private(set) var hash: UInt64 = 0
    private(set) var start = 0

    init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        index = range.lowerBound
        end = min(range.upperBound, text.count)
    }

    /// Moves to the next word; false at the end.
    mutating func next() -> Bool {
        while index < end, !isInWord(text[index]) { passMark() }
        guard index < end else {
            counts.words += ideographs / 2
            ideographs = 0
            return false
        }
        start = index
        counts.words &+= 1
        if ASCII.isUpper(text[index]) || isLatinCapital(index) { counts.capitals &+= 1 }
        hash = FNV.start
        while index < end, isInWord(text[index]) { passLetter() }
        if text[start] | 0x20 == 0x63, index &- start >= 6, isCookie { counts.saysCookie = true }
        return true
    }

    /// A byte that belongs to a word.
    private func isInWord(_ byte: UInt8) -> Bool {
        if byte < 0x80 { return ASCII.isAlphanumeric(byte) }
        switch byte {
        // Latin signs, general punctuation and symbols, emoji.
        case 0xC2, 0xE2, 0xF0: return false
        // CJK punctuation.
        case 0xE3: return index &+ 1 >= end || text[index &+ 1] != 0x80
        default: return true
        }
    }

    private mutating func passLetter() {
        let byte = text[index]
        if byte < 0x80 {
            if ASCII.isDigit(byte) {
                counts.digits &+= 1
            } else {
                counts.letters &+= 1
                if byte >= 0x61 { counts.smallLetters &+= 1 }
            }
            // Digits have the bit that makes letters small.
            hash = FNV.next(hash, byte | 0x20)
            index &+= 1
        } else if (0xC3...0xD1).contains(byte), index &+ 1 < end {
            let letter = WordScan.folded(UInt16(byte & 0x1F) << 6 | UInt16(text[index &+ 1] & 0x3F))
            hash = FNV.next(
                FNV.next(hash, UInt8(truncatingIfNeeded: letter >> 8)), UInt8(truncatingIfNeeded: letter))
            index &+= 2
        } else {
            if (0xE3...0xE9).contains(byte) { ideographs &+= 1 }
            hash = FNV.next(hash, byte)
            index &+= 1
        }
    }

    /// A Latin, Greek or Cyrillic letter of two bytes as a small one.
    private static func folded(_ letter: UInt16) -> UInt16 {
        switch letter {
        case 0xC0...0xDE: letter == 0xD7 ? letter : letter + 0x20
        case 0x100...0x137, 0x14A...0x177: letter | 1
        case 0x139...0x148, 0x179...0x17E: letter & 1 == 1 ? letter + 1 : letter
        case 0x391...0x3A9, 0x410...0x42F: letter + 0x20
        case 0x400...0x40F: letter + 0x50
        default: letter
        }
    }

    private func isLatinCapital(_ index: Int) -> Bool {
        text[index] == 0xC3 && index &+ 1 < end && text[index &+ 1] < 0x9F
    }

    private var isCookie: Bool {
        text[start &+ 1] | 0x20 == 0x6F && text[start &+ 2] | 0x20 == 0x6F && text[start &+ 3] | 0x20 == 0x6B
            && text[start &+ 4] | 0x20 == 0x69 && text[start &+ 5] | 0x20 == 0x65
    }

    /// Counts what stands between words.
    private mutating func passMark() {
        let byte = text[index]
        index &+= 1
        switch byte {
        case 0x20: return
        case 0x2E, 0x21, 0x3F:
            if index >= end || !ASCII.isAlphanumeric(text[index]) { counts.sentenceEnds &+= 1 }
        case 0x2C: counts.commas &+= 1
        case 0x7C: counts.bars &+= 1
        case 0xC2, 0xE2, 0xE3: passLongMark(byte)
        case 0xF0: index = min(end, index &+ 3)
        default: return
        }
    }

    private mutating func passLongMark(_ byte: UInt8) {
        guard index < end else { return }
        let second = text[index]
        let third = index &+ 1 < end ? text[index &+ 1] : 0
        index = min(end, index &+ (byte == 0xC2 ? 1 : 2))
        switch (byte, second, third) {
        case (0xC2, 0xA9, _): counts.hasCopyright = true
        case (0xC2, 0xBB, _), (0xE2, 0x80, 0xBA): counts.bars &+= 1
        case (0xE3, 0x80, 0x82): counts.sentenceEnds &+= 1
        default: return
        }
    }
}
