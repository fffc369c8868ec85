/// What the words of short blocks say: "share this", "by …", "read more".
enum ShortLine {
    /// Blocks with more words are prose, and their words say nothing.
    static let mostWords = 14

    /// The weights of a block's words, neighbouring pairs, first word and first three words.
    static func odds(_ words: PageWords, _ block: PageBlock, _ model: BlockModel) -> Odds {
        var odds = Odds()
        guard block.words <= mostWords else { return odds }
        func add(_ key: UInt64) {
            let weight = model.lineWords[key]
            if weight != 0 { odds.add(weight) }
        }
        var beginning = start
        for (count, index) in block.wordRange.enumerated() {
            let word = words.hashes[index]
            add(word)
            if count > 0 { add(PageWords.join(words.hashes[index - 1], word)) }
            if count < 3 {
                beginning = PageWords.join(beginning, word)
                add(beginning)
            }
        }
        return odds
    }

    /// Goes before the hashes of words that begin a line.
    static let start: UInt64 = 0x5E

    /// The key of a word, a pair, or with a `^` of a line's beginning.
    static func key(_ entry: ArraySlice<UInt8>) -> UInt64 {
        guard entry.first == 0x5E else { return PageWords.key(entry) }
        return PageWords(Array(entry)).hashes.reduce(start, PageWords.join)
    }

    /// The hash of the first three words, which teasers and buttons repeat.
    static func opening(_ words: ArraySlice<UInt64>) -> UInt64 { words.prefix(3).reduce(0, PageWords.join) }

    /// The same for every three words in a row.
    static func openings(_ text: [UInt8]) -> [UInt64] {
        let words = PageWords(text).hashes
        return words.indices.dropLast(2).map { opening(words[$0...]) }
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
        for hash in PageWords(Array(title.utf8.prefix(600))).hashes where hashes.count < 60 && !hashes.contains(hash) {
            hashes.append(hash)
            mask |= 1 << (hash >> 58)
        }
    }

    func overlap(_ words: ArraySlice<UInt64>) -> Overlap {
        guard !hashes.isEmpty, !words.isEmpty else { return Overlap() }
        var shared: Float = 0
        var hits: UInt64 = 0
        for hash in words {
            guard mask & (1 << (hash >> 58)) != 0, let place = hashes.firstIndex(of: hash) else { continue }
            shared += 1
            hits |= 1 << UInt64(place)
        }
        return Overlap(
            ofBlock: shared / Float(words.count), ofTitle: Float(hits.nonzeroBitCount) / Float(hashes.count))
    }
}
