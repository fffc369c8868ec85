/// What every step of finding names needs to know about the tokens.
struct Reading {
    let text: TokenizedText
    let lexicon: Lexicon
    /// The word lists of each token.
    let lists: [WordLists]
    /// Whether a token begins with a capital, or with a small article as "al-Assad" does.
    let isCapital: [Bool]
    /// Hashes of words that stand in small letters somewhere in the article.
    private(set) var small: Set<UInt64> = []
    /// Hashes of capitalised words inside sentences.
    private(set) var inside: Set<UInt64> = []
    /// Sentences in capitals or with a capital on nearly every word: capitals tell nothing there.
    private(set) var isShouted: [Bool] = []

    init(_ text: TokenizedText, _ lexicon: Lexicon) {
        self.text = text
        self.lexicon = lexicon
        lists = text.words.map { lexicon.lists(of: $0) }
        isCapital = text.tokens.indices.map { Reading.isCapital(text, $0) }
        for sentence in text.sentences { observe(sentence) }
    }

    private mutating func observe(_ sentence: Sentence) {
        var capitals = 0
        var words = 0
        var shouts = 0
        for token in sentence.tokens where text.tokens[token].kind == .word && !text.words[token].hasPrefix("'") {
            words += 1
            if isCapital[token] { capitals += 1 }
            if isAcronym(token) { shouts += 1 }
        }
        let isEnded = sentence.tokens.last.map { text.words[$0] == "." } ?? false
        let shouted = words >= 4 && (isEnded ? shouts * 10 >= words * 7 : capitals * 10 >= words * 7)
        isShouted.append(shouted)
        for token in sentence.tokens where text.tokens[token].kind == .word {
            if !isCapital[token] {
                small.insert(text.tokens[token].hash)
            } else if !shouted, !startsSentence(token, of: sentence) {
                inside.insert(text.tokens[token].hash)
            }
        }
    }

    var words: [String] { text.words }

    /// Whether a capital says nothing here: the first word of a sentence or quotation, or behind a colon.
    func startsSentence(_ token: Int, of sentence: Sentence) -> Bool {
        guard token > sentence.tokens.lowerBound else { return true }
        switch text.words[token - 1] {
        case "\"", "\u{201C}", "\u{2018}", "'", ":", "\u{2022}", "(", "-", "\u{2013}", "\u{2014}", "...", "\u{2026}",
            "*":
            return true
        default: return false
        }
    }

    /// Whether a word is written in capitals only, two of them at least.
    func isAcronym(_ token: Int) -> Bool {
        let range = text.tokens[token].range
        var capitals = 0
        for offset in range.lower..<range.upper {
            switch text.text[offset] {
            case 0x41...0x5A: capitals += 1
            case 0x61...0x7A, 0x80...: return false
            default: break
            }
        }
        return capitals >= 2
    }

    /// A small-letter noun for a site that the name before it has: "the Las Lomas mine", "Kutu forest".
    func isSite(_ token: Int) -> Bool {
        guard text.tokens.indices.contains(token), !isCapital[token] else { return false }
        switch lexicon.value(words[token], in: .placeKinds) {
        case "site", "facility": return true
        case "place": return !Reading.administrative.contains(words[token])
        default: return false
        }
    }

    private static let administrative: Set<String> = [
        "province", "governorate", "county", "district", "region", "territory", "territories", "oblast", "krai",
        "raion",
        "prefecture", "canton", "municipality", "township", "village", "republic", "strip", "coast",
    ]

    func surface(_ first: Int, _ last: Int) -> String {
        first == last ? text.string(first) : (first...last).map { text.string($0) }.joined(separator: " ")
    }

    func key(_ first: Int, _ last: Int) -> String {
        first == last ? text.words[first] : text.words[first...last].joined(separator: " ")
    }

    private static func isCapital(_ text: TokenizedText, _ token: Int) -> Bool {
        guard text.tokens[token].kind == .word else { return false }
        let range = text.tokens[token].range
        let first = text.text[range.lower]
        if first >= 0x41 && first <= 0x5A { return true }
        if first >= 0xC3 { return text.string(token).first?.isUppercase ?? false }
        return hasSmallArticle(text, token)
    }

    /// "al-Assad", "ash-Shaab", "d'Estaing".
    private static func hasSmallArticle(_ text: TokenizedText, _ token: Int) -> Bool {
        let range = text.tokens[token].range
        var offset = range.lower
        while offset < range.upper, offset - range.lower < 5 {
            let byte = text.text[offset]
            if byte == 0x2D || byte == 0x27 {
                let next = offset + 1
                return next < range.upper && text.text[next] >= 0x41 && text.text[next] <= 0x5A
                    && ["al", "el", "ar", "as", "ash", "at", "az", "an", "ad", "ul", "ed", "es", "d", "l"].contains(
                        String(text.words[token].prefix(offset - range.lower)))
            }
            offset += 1
        }
        return false
    }
}
