/// What the words of short blocks say: "share this", "by …", "read more".
enum ShortLine {
    /// Blocks with more words are prose, and their words say nothing.
    static let mostWords = 14

    /// The weights of a block's words, neighbouring pairs, first word and first three words.
    static func odds(_ text: [UInt8], _ block: PageBlock, _ model: BlockModel) -> Odds {
        var odds = Odds()
        guard block.words <= mostWords else { return odds }
        eachKey(text, block.range) {
            let weight = model.lineWords[$0]
            if weight != 0 { odds.add(weight) }
        }
        return odds
    }

    /// The hashes of `word`, `word word`, `^word`, `^word word` and `^word word word`.
    private static func eachKey(_ text: [UInt8], _ range: Range<Int>, _ body: (UInt64) -> Void) {
        var previous: UInt64?
        var opening = OddsTable.step(OddsTable.seed, 0x5E)
        var count = 0
        FoldedWords.each(text, range) { word in
            body(FoldedWords.hash(text, word, after: OddsTable.seed))
            if let previous { body(FoldedWords.hash(text, word, after: OddsTable.step(previous, 0x20))) }
            previous = FoldedWords.hash(text, word, after: OddsTable.seed)
            if count < 3 {
                if count > 0 { opening = OddsTable.step(opening, 0x20) }
                opening = FoldedWords.hash(text, word, after: opening)
                body(opening)
            }
            count += 1
        }
    }

    /// The hash of the first three words, which teasers and buttons repeat.
    static func opening(_ text: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash = OddsTable.seed
        var count = 0
        FoldedWords.each(text, range.prefix(60)) { word in
            if count < 3 { hash = OddsTable.step(FoldedWords.hash(text, word, after: hash), 0x20) }
            count += 1
        }
        return hash
    }

    /// The same for every three words in a row.
    static func openings(_ text: [UInt8]) -> [UInt64] {
        var words: [Range<Int>] = []
        FoldedWords.each(text, text.indices) { words.append($0) }
        return words.indices.dropLast(2).map { opening(text, words[$0].lowerBound..<words[$0 + 2].upperBound) }
    }

    /// A date, an age or a reading time: "12 May", "3/4/2024", "5 min read", "2 hours ago".
    static func isDated(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var previous = 0..<0
        var wasNumber = false
        var wasMonth = false
        var isFound = false
        FoldedWords.each(text, range) { word in
            let isNumber = ASCII.isDigit(text[word.lowerBound])
            let isNear = word.lowerBound - previous.upperBound <= 2
            let isMonth = !isNumber && (3...9).contains(word.count) && months.contains(prefix(text, word))
            if isNumber {
                if isNear, wasMonth || wasNumber && isDateMark(text, previous.upperBound) { isFound = true }
            } else if wasNumber, isNear, isMonth || minutes.contains(word.count) && prefix(text, word) == minute {
                isFound = true
            } else if word.count == 3, prefix(text, word) == ago {
                isFound = true
            }
            (wasMonth, wasNumber, previous) = (isMonth, isNumber, word)
        }
        return isFound
    }

    /// The first three letters in lower case, as a number.
    private static func prefix(_ text: [UInt8], _ word: Range<Int>) -> UInt32 {
        word.prefix(3).reduce(0) { $0 << 8 | UInt32(ASCII.lower(text[$1])) }
    }

    private static func number(_ letters: String) -> UInt32 { letters.utf8.reduce(0) { $0 << 8 | UInt32($1) } }
    private static let months = Set(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map(number))
    private static let minute = number("min")
    private static let ago = number("ago")
    /// Lengths of "min", "mins", "minute" and "minutes".
    private static let minutes = [3, 4, 6, 7]

    private static func isDateMark(_ text: [UInt8], _ index: Int) -> Bool {
        index < text.count && (text[index] == 0x2F || text[index] == 0x2E || text[index] == 0x2D)
    }
}

/// Words as runs of letters and digits in any script.
enum FoldedWords {
    /// Calls `body` with the range of each word.
    static func each(_ text: [UInt8], _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start: Int?
        for index in range {
            let byte = text[index]
            if ASCII.isAlphanumeric(byte) || byte >= 0x80 {
                if start == nil { start = index }
            } else if let first = start {
                body(first..<index)
                start = nil
            }
        }
        if let start { body(start..<range.upperBound) }
    }

    /// FNV-1a over the letters in lower case, going on from a hash.
    static func hash(_ text: [UInt8], _ word: Range<Int>, after seed: UInt64) -> UInt64 {
        word.reduce(seed) { OddsTable.step($0, ASCII.lower(text[$1])) }
    }

    /// The first bytes in lower case, everything but words folded to single blanks.
    static func folded(_ bytes: ArraySlice<UInt8>, limit: Int) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes where out.count < limit {
            if ASCII.isAlphanumeric(byte) || byte >= 0x80 {
                out.append(ASCII.lower(byte))
            } else if let last = out.last, last != 0x20 {
                out.append(0x20)
            }
        }
        return out
    }
}

/// The words of a page's title.
struct TitleWords: Sendable {
    private var hashes: [UInt64] = []
    private var mask: UInt64 = 0

    struct Overlap: Sendable {
        /// Shares of the block's words and of the title's that the other has.
        var ofBlock: Float = 0
        var ofTitle: Float = 0
    }

    init(_ title: String) {
        let bytes = Array(title.utf8.prefix(600))
        var found: [UInt64] = []
        FoldedWords.each(bytes, bytes.indices) { found.append(FoldedWords.hash(bytes, $0, after: OddsTable.seed)) }
        for hash in found where hashes.count < 60 && !hashes.contains(hash) {
            hashes.append(hash)
            mask |= 1 << (hash >> 58)
        }
    }

    func overlap(_ text: [UInt8], _ range: Range<Int>) -> Overlap {
        guard !hashes.isEmpty else { return Overlap() }
        var words: Float = 0
        var shared: Float = 0
        var hits: UInt64 = 0
        FoldedWords.each(text, range) { word in
            words += 1
            let hash = FoldedWords.hash(text, word, after: OddsTable.seed)
            guard mask & (1 << (hash >> 58)) != 0, let place = hashes.firstIndex(of: hash) else { return }
            shared += 1
            hits |= 1 << UInt64(place)
        }
        guard words > 0 else { return Overlap() }
        return Overlap(ofBlock: shared / words, ofTitle: Float(hits.nonzeroBitCount) / Float(hashes.count))
    }
}
