// Guesses a text's language: its script first, then, where a script writes several languages, the commonest words and
// the groups of three letters of `Config/lexicon/languages.tsv`. English must win by little, others by much: a
// wrong "not English" would cost an article all its facts.

enum LanguageGuess {
    /// A BCP 47 tag; "und" where the text is long enough to tell that it is in none of the languages known; nil when it
    /// is too short or too strange to tell.
    static func language(of bytes: [UInt8]) -> String? {
        if EnglishWords.embedded.areMost(of: bytes) { return "en" }
        let sample = LetterSample(of: bytes)
        guard let script = sample.script else { return nil }
        return script.onlyLanguage ?? LanguageModel.embedded.language(of: sample, script: script)
    }

    /// What to call an article's language: templates name a wrong one often enough that plain words prevail, but a tag
    /// knows regions and close relatives better.
    static func settled(named tag: String?, textOf bytes: [UInt8]) -> String? {
        guard let guess = language(of: bytes) else { return tag }
        guard let tag, !tag.isEmpty else { return guess }
        let (named, guessed) = (root(tag), root(guess))
        if named == guessed || guessed == "und" && named != "en" { return tag }
        let isRelative = relatives.contains { $0.contains(named) && $0.contains(guessed) }
        return isRelative ? tag : guess
    }

    /// Languages so close that few words tell them apart.
    private static let relatives: [Set<String>] = [
        ["no", "nb", "nn", "da"], ["hr", "sr", "bs", "sh", "cnr"], ["id", "ms"], ["zh", "yue"], ["pt", "gl"],
        ["cs", "sk"], ["fil", "tl"], ["fa", "prs", "tg"], ["he", "iw"], ["mk", "bg"], ["hi", "mr", "ne"],
        ["nl", "af", "fy"], ["es", "ca", "gl", "ast"], ["tr", "az"], ["am", "ti"],
    ]

    private static func root(_ tag: String) -> String {
        String(tag.lowercased().prefix { $0 != "-" && $0 != "_" })
    }
}

/// The quick way for most of the news: so many small words of English that it can be nothing else.
struct EnglishWords: Sendable {
    static let embedded = EnglishWords(
        "the of and to in is that was for on with as at by from it said has were have be are this they he his her who "
            + "which not but an or had been will would after more than their its about into when there")

    private var hashes: Set<UInt64> = []

    private init(_ words: String) {
        for word in words.utf8.split(separator: 0x20) {
            hashes.insert(word.reduce(FNV.start) { FNV.next($0, $1) })
        }
    }

    /// Whether a quarter of the first words are among them, in a text nearly all in plain letters.
    func areMost(of bytes: [UInt8]) -> Bool {
        var (words, hits, foreign) = (0, 0, 0)
        var hash = FNV.start
        let end = min(bytes.count, 1500)
        for byte in bytes[..<end] {
            if ASCII.isLetter(byte) {
                hash = FNV.next(hash, byte | 0x20)
            } else {
                if byte >= 0x80 { foreign += 1 }
                guard hash != FNV.start else { continue }
                words += 1
                if hashes.contains(hash) { hits += 1 }
                hash = FNV.start
            }
        }
        return words >= 20 && hits * 4 >= words && foreign * 40 < end
    }
}

/// The letters of a text's beginning, in lower case, cut into words of one script.
struct LetterSample {
    /// Letters with a blank between words.
    private(set) var letters: [UInt32] = [0x20]
    /// Which words are written as names are: a capital and a small letter.
    private(set) var names: [Bool] = []
    var words: Int { names.count }
    /// The script of most of the letters.
    let script: Script?

    /// More would not tell more.
    private static let limit = 4096

    init(of bytes: [UInt8]) {
        var counts = [Int](repeating: 0, count: Script.allCases.count)
        letters.reserveCapacity(min(bytes.count, LetterSample.limit) + 2)
        var offset = 0
        var capital = false
        var isName = false
        let end = min(bytes.count, LetterSample.limit)
        while offset < end {
            let scalar = LetterSample.scalar(bytes, &offset)
            if let script = Script(of: scalar) {
                let folded = LetterSample.folded(scalar)
                if letters.last == 0x20 {
                    (capital, isName) = (folded != scalar, folded != scalar)
                } else if capital {
                    (capital, isName) = (false, folded == scalar)
                }
                counts[Int(script.rawValue)] += script.weight
                letters.append(folded)
            } else if !LetterSample.isSilent(scalar), letters.last != 0x20 {
                letters.append(0x20)
                names.append(isName)
            }
        }
        if letters.last != 0x20 {
            letters.append(0x20)
            names.append(isName)
        }
        script = LetterSample.commonest(counts)
    }

    private static func commonest(_ counts: [Int]) -> Script? {
        let total = counts.reduce(0, +)
        func count(_ script: Script) -> Int { counts[Int(script.rawValue)] }
        // Japanese mixes its syllables with Chinese characters.
        let eastAsian = count(.han) + count(.kana)
        if eastAsian * 2 > total { return count(.kana) * 12 > eastAsian ? .kana : .han }
        guard let best = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[best] >= 2,
            counts[best] * 2 > total
        else { return nil }
        return Script(rawValue: UInt8(best))
    }

    /// More than one letter in 25 is one that English lacks.
    var isForeign: Bool { letters.count { $0 >= 0x80 } * 25 > letters.count }

    /// Whether a word is a name or within one, as "de la" is in "Jean de la Fontaine".
    func isInName(_ word: Int) -> (itself: Bool, within: Bool) {
        func name(_ index: Int) -> Bool { names.indices.contains(index) && names[index] }
        if name(word) { return (true, true) }
        let follows = name(word - 1) || name(word - 2)
        return (false, follows && (name(word + 1) || name(word + 2)))
    }

    private static func scalar(_ bytes: [UInt8], _ offset: inout Int) -> UInt32 {
        let first = bytes[offset]
        let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard length > 1, offset + length <= bytes.count else {
            offset += 1
            return first < 0x80 ? UInt32(first) : 0
        }
        var value = UInt32(first) & (0xFF >> UInt32(length + 1))
        for index in offset + 1..<offset + length { value = value << 6 | UInt32(bytes[index] & 0x3F) }
        offset += length
        return value
    }

    /// Marks that stand within words: the vowel signs of Arabic and Hebrew, soft hyphens.
    private static func isSilent(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xAD, 0x300...0x36F, 0x591...0x5C7, 0x610...0x61A, 0x640, 0x64B...0x65F, 0x670, 0x200D: true
        default: false
        }
    }

    /// Lower case, for the scripts that have cases.
    private static func folded(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x41...0x5A, 0xC0...0xDE, 0x391...0x3A9, 0x410...0x42F: scalar + 32
        case 0x130: 0x69
        case 0x18F: 0x259
        case 0x139...0x148, 0x179...0x17E: scalar + scalar % 2
        case 0x100...0x177, 0x218...0x21B, 0x460...0x4FF, 0x1E00...0x1EFF: scalar | 1
        case 0x400...0x40F: scalar + 80
        default: scalar
        }
    }
}
