// Cuts blocks into words, numbers and marks by bytes. Whatever is no white space ends up in exactly one token.

/// Cuts an article into tokens and sentences.
///
/// A word keeps its inner apostrophes and hyphens ("don't", "US-led", "al-Assad"); a possessive 's is a token of its
/// own; an abbreviation or initial keeps its full stop ("Mr.", "U.S.", "J."). In a range such as "3,000-4,000" the
/// hyphen is a token.
public func tokenize(_ article: Article, lexicon: Lexicon) -> TokenizedText {
    var tokenizer = Tokenizer(bytes: article.text.bytes, lexicon: lexicon)
    var sentences: [Sentence] = []
    for (index, block) in article.blocks.enumerated() {
        let first = tokenizer.tokens.count
        tokenizer.cut(from: block.range.lower, to: block.range.upper)
        SentenceSplitter(tokenizer: tokenizer, lexicon: lexicon).split(
            first..<tokenizer.tokens.count, block: index, into: &sentences)
    }
    return TokenizedText(article: article, tokens: tokenizer.tokens, sentences: sentences, words: tokenizer.words)
}

/// Cuts bytes into tokens.
struct Tokenizer {
    let bytes: [UInt8]
    let lexicon: Lexicon
    private(set) var tokens: [Token] = []
    private(set) var words: [String] = []
    private var end = 0

    init(bytes: [UInt8], lexicon: Lexicon) {
        self.bytes = bytes
        self.lexicon = lexicon
        tokens.reserveCapacity(bytes.count / 5)
        words.reserveCapacity(bytes.count / 5)
    }

    /// Adds the tokens of a stretch; what lies outside the text or before the last token is left out.
    mutating func cut(from start: Int, to end: Int) {
        self.end = min(max(0, end), bytes.count)
        var offset = max(start, tokens.last?.range.upper ?? 0)
        while offset < self.end {
            let space = spaceLength(offset)
            offset = space > 0 ? offset + space : cutToken(at: offset)
        }
    }

    private func byte(_ offset: Int) -> UInt8 { offset >= 0 && offset < end ? bytes[offset] : 0 }

    private mutating func cutToken(at start: Int) -> Int {
        if let address = addressEnd(start) { return add(start, address, .symbol) }
        let byte = bytes[start]
        if isDigit(byte) { return add(start, numberEnd(start), .number) }
        if startsWord(start) { return cutWord(at: start) }
        if byte == 0x2E { return add(start, runEnd(start, 0x2E), .punctuation) }
        if byte == 0x2D { return add(start, runEnd(start, 0x2D), .punctuation) }
        let length = max(1, scalarLength(start))
        return add(start, min(start + length, end), isPunctuation(start) ? .punctuation : .symbol)
    }

    /// A word with its possessive cut off, or its full stop kept.
    private mutating func cutWord(at start: Int) -> Int {
        let stop = wordEnd(start)
        if let possessive = possessiveStart(start, stop), possessive > start {
            _ = add(start, possessive, .word)
            return add(possessive, stop, .word)
        }
        return add(start, keepsFullStop(start, stop) ? stop + 1 : stop, .word)
    }

    private mutating func add(_ start: Int, _ stop: Int, _ kind: Token.Kind) -> Int {
        var hash = FNV.start
        var isASCII = true
        for offset in start..<stop {
            if bytes[offset] >= 0x80 { isASCII = false }
            hash = FNV.next(hash, folded(bytes[offset]))
        }
        tokens.append(Token(range: TextRange(start, stop), kind: kind, hash: hash))
        words.append(isASCII ? lowerASCII(start, stop) : lowerUnicode(start, stop))
        return stop
    }

    private func lowerASCII(_ start: Int, _ stop: Int) -> String {
        String(decoding: bytes[start..<stop].lazy.map { folded($0) }, as: UTF8.self)
    }

    private func lowerUnicode(_ start: Int, _ stop: Int) -> String {
        var word = ""
        for character in String(decoding: bytes[start..<stop], as: UTF8.self) {
            if character == "\u{2019}" || character == "\u{2BC}" {
                word.append("'")
            } else if character == "\u{2010}" || character == "\u{2011}" {
                word.append("-")
            } else {
                word += character.lowercased()
            }
        }
        return word
    }
}

// What the bytes at an offset are.
extension Tokenizer {
    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    private func isCapital(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }

    private func scalarLength(_ offset: Int) -> Int {
        switch bytes[offset] {
        case 0xC0..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0...: 4
        default: 1
        }
    }

    /// Bytes of white space at an offset: ASCII, no-break and typographic blanks, the byte order mark.
    private func spaceLength(_ offset: Int) -> Int {
        let first = bytes[offset]
        if first <= 0x20 || first == 0x7F { return 1 }
        if first == 0xC2, byte(offset + 1) == 0xA0 || byte(offset + 1) == 0x85 || byte(offset + 1) == 0xAD { return 2 }
        if first == 0xE2, byte(offset + 1) == 0x80 {
            let last = byte(offset + 2)
            return (0x80...0x8F).contains(last) || (0xA8...0xAF).contains(last) ? 3 : 0
        }
        if first == 0xE3, byte(offset + 1) == 0x80, byte(offset + 2) == 0x80 { return 3 }
        return first == 0xEF && byte(offset + 1) == 0xBB && byte(offset + 2) == 0xBF ? 3 : 0
    }

    /// Marks of Latin-1 (¡ to ¿, × and ÷), general punctuation to arrows and pictures, CJK marks, emoji.
    private func isMark(_ offset: Int) -> Bool {
        switch bytes[offset] {
        case 0xC2: return byte(offset + 1) != 0xAA && byte(offset + 1) != 0xB5 && byte(offset + 1) != 0xBA
        case 0xC3: return byte(offset + 1) == 0x97 || byte(offset + 1) == 0xB7
        case 0xE2: return byte(offset + 1) < 0xB0
        case 0xE3: return byte(offset + 1) == 0x80
        case 0xEF: return byte(offset + 1) >= 0xBC && byte(offset + 1) <= 0xBF
        case 0xF0: return byte(offset + 1) == 0x9F
        default: return false
        }
    }

    private func startsWord(_ offset: Int) -> Bool {
        let byte = bytes[offset]
        return isLetter(byte) || (byte >= 0x80 && !isMark(offset))
    }

    /// Quotation marks, dashes and stops; the rest of the marks are symbols.
    private func isPunctuation(_ offset: Int) -> Bool {
        switch bytes[offset] {
        case 0x21, 0x22, 0x27, 0x28, 0x29, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x3B, 0x3F, 0x5B, 0x5D, 0x60, 0x7B, 0x7D: true
        case 0xC2:
            byte(offset + 1) == 0xAB || byte(offset + 1) == 0xBB || byte(offset + 1) == 0xA1
                || byte(offset + 1) == 0xBF || byte(offset + 1) == 0xB7
        case 0xE2: byte(offset + 1) == 0x80 && byte(offset + 2) >= 0x90
        case 0xE3: byte(offset + 1) == 0x80
        default: false
        }
    }

    /// Bytes of an apostrophe that may stand inside a word.
    private func apostropheLength(_ offset: Int) -> Int {
        if byte(offset) == 0x27 { return 1 }
        return byte(offset) == 0xE2 && byte(offset + 1) == 0x80 && byte(offset + 2) == 0x99 ? 3 : 0
    }

    private func hyphenLength(_ offset: Int) -> Int {
        if byte(offset) == 0x2D { return 1 }
        let last = byte(offset + 2)
        return byte(offset) == 0xE2 && byte(offset + 1) == 0x80 && (last == 0x90 || last == 0x91) ? 3 : 0
    }

    private func continuesWord(_ offset: Int) -> Bool {
        offset < end && (isDigit(bytes[offset]) || startsWord(offset))
    }
}

// How far a token goes.
extension Tokenizer {
    private func runEnd(_ start: Int, _ mark: UInt8) -> Int {
        var offset = start
        while byte(offset) == mark { offset += 1 }
        return offset
    }

    private func wordEnd(_ start: Int) -> Int {
        var offset = start
        while offset < end {
            if continuesWord(offset) {
                offset += scalarLength(offset)
                continue
            }
            guard let next = joint(offset, wordStart: start) else { break }
            offset = next
        }
        return min(offset, end)
    }

    /// Where a word goes on after an inner apostrophe, hyphen, ampersand or full stop; nil when it ends here.
    private func joint(_ offset: Int, wordStart: Int) -> Int? {
        let mark = max(apostropheLength(offset), hyphenLength(offset))
        if mark > 0 { return offset + mark < end && continuesWord(offset + mark) ? offset + mark : nil }
        if byte(offset) == 0x26 {
            return isCapital(byte(offset - 1)) && isCapital(byte(offset + 1)) ? offset + 1 : nil
        }
        guard byte(offset) == 0x2E else { return nil }
        let isSingle = offset - 1 == wordStart || [0x2E, 0x2D].contains(byte(offset - 2))
        if isSingle, isLetter(byte(offset - 1)) {
            // "U.S." and "a.m." keep every full stop, as "U.K.-based" does.
            let isLetterNext = isLetter(byte(offset + 1)) && !isLetter(byte(offset + 2))
            if isLetterNext { return offset + 1 }
            let isDotted = offset - 2 > wordStart && byte(offset - 2) == 0x2E
            return isDotted && byte(offset + 1) == 0x2D && isLetter(byte(offset + 2)) ? offset + 1 : nil
        }
        return domainEnd(offset)
    }

    /// "example.com": the full stop of an address, not of a sentence.
    private func domainEnd(_ offset: Int) -> Int? {
        var stop = offset + 1
        while stop - offset < 6, isLetter(byte(stop)) { stop += 1 }
        guard stop - offset > 2, stop <= end, !continuesWord(stop) else { return nil }
        let suffix = lowerASCII(offset + 1, stop)
        return ["com", "org", "net", "gov", "edu", "info", "co", "uk", "tv"].contains(suffix) ? offset + 1 : nil
    }

    /// Whether the full stop after a word belongs to it: "U.S.", "J." before a name, "Lt." and other abbreviations.
    private func keepsFullStop(_ start: Int, _ stop: Int) -> Bool {
        guard byte(stop) == 0x2E, byte(stop + 1) != 0x2E else { return false }
        if stop - start >= 3, byte(stop - 2) == 0x2E, isLetter(byte(stop - 1)) { return true }
        let next = byte(stop + 1) == 0x20 ? stop + 2 : stop + 1
        if stop - start == 1 { return isCapital(byte(start)) && byte(start) != 0x49 && isCapital(byte(next)) }
        guard stop - start <= 6, let kind = lexicon.value(lowerASCII(start, stop), in: .abbreviations) else {
            return false
        }
        switch kind {
        case "number": return isDigit(byte(next))
        case "title": return isCapital(byte(start)) && !continuesWord(stop + 1)
        default: return true
        }
    }

    /// Where the 's of "Cairo's" begins.
    private func possessiveStart(_ start: Int, _ stop: Int) -> Int? {
        guard stop - start >= 3, byte(stop - 1) | 0x20 == 0x73 else { return nil }
        if byte(stop - 2) == 0x27 { return stop - 2 }
        return stop - start >= 5 && apostropheLength(stop - 4) == 3 ? stop - 4 : nil
    }

    /// Digits with their separators, and letters such as those of "5th" and "1990s".
    private func numberEnd(_ start: Int) -> Int {
        var offset = digitsEnd(start)
        while byte(offset) == 0x2C, isDigit(byte(offset + 1)) {
            let group = digitsEnd(offset + 1)
            let isGroup = group - offset == 4 || (group - offset == 3 && byte(group) == 0x2C)
            guard isGroup else { break }
            offset = group
        }
        if byte(offset) == 0x2E, isDigit(byte(offset + 1)) {
            let decimals = digitsEnd(offset + 1)
            // 12.5.2017 is no number but three.
            if !(byte(decimals) == 0x2E && isDigit(byte(decimals + 1))), byte(start - 1) != 0x2E { offset = decimals }
        }
        var letters = offset
        while letters - offset < 3, isLetter(byte(letters)) { letters += 1 }
        guard !continuesWord(letters) else { return offset }
        return ["st", "nd", "rd", "th", "s"].contains(lowerASCII(offset, letters)) ? letters : offset
    }

    private func digitsEnd(_ start: Int) -> Int {
        var offset = start
        while isDigit(byte(offset)) { offset += 1 }
        return offset
    }

    /// The end of a web address that starts here.
    private func addressEnd(_ start: Int) -> Int? {
        let isAddress = hasPrefix("http://", start) || hasPrefix("https://", start) || hasPrefix("www.", start)
        guard isAddress else { return nil }
        var offset = start
        while offset < end, bytes[offset] > 0x20, bytes[offset] != 0x22, bytes[offset] != 0x3E, bytes[offset] < 0x80 {
            offset += 1
        }
        while offset > start + 4, [0x2E, 0x2C, 0x29, 0x3B, 0x3A, 0x21, 0x3F, 0x27].contains(bytes[offset - 1]) {
            offset -= 1
        }
        return offset
    }

    private func hasPrefix(_ prefix: StaticString, _ start: Int) -> Bool {
        guard byte(start) == 0x68 || byte(start) == 0x77 else { return false }
        var offset = start
        for wanted in prefix.description.utf8 {
            guard byte(offset) == wanted else { return false }
            offset += 1
        }
        return true
    }
}
