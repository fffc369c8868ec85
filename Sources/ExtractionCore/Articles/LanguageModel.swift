/// Which languages use a word or a group of three letters, a bit each; built from `Config/lexicon/languages.tsv`.
struct LanguageModel: Sendable {
    static let embedded = LanguageModel(EmbeddedFile.bytes("languages"))

    private var tags: [String] = []
    /// The languages of each script.
    private var scripts = [UInt64](repeating: 0, count: Script.allCases.count)
    private var words: [UInt64: UInt64] = [:]
    private var groups: [UInt64: UInt64] = [:]
    private var english = 0
    /// Writes its nouns with a capital: there "der" before one is no part of a name.
    private var german: UInt64 = 0

    /// Reads lines `tag TAB words TAB text`; a line that is none is left out, as are languages beyond the 64th.
    init(_ bytes: [UInt8]) {
        words.reserveCapacity(4096)
        groups.reserveCapacity(16384)
        for line in bytes.split(separator: 0x0A) where line.first != 0x23 {
            let columns = line.split(separator: 0x09)
            guard columns.count == 3, tags.count < UInt64.bitWidth else { continue }
            add(String(decoding: columns[0], as: UTF8.self), Array(columns[1]), Array(columns[2]))
        }
        english = tags.firstIndex(of: "en") ?? 0
        german = tags.firstIndex(of: "de").map { 1 << UInt64($0) } ?? 0
    }

    private mutating func add(_ tag: String, _ wordList: [UInt8], _ text: [UInt8]) {
        let bit: UInt64 = 1 << UInt64(tags.count)
        tags.append(tag)
        let (wordSample, textSample) = (LetterSample(of: wordList), LetterSample(of: text))
        if let script = textSample.script { scripts[Int(script.rawValue)] |= bit }
        LanguageModel.each(wordSample.letters) {
            words[$0, default: 0] |= bit
        } group: {
            groups[$0, default: 0] |= bit
        }
        LanguageModel.each(textSample.letters) { _ in
        } group: {
            groups[$0, default: 0] |= bit
        }
    }

    /// Calls for each word and each group of three letters; words end at a blank.
    private static func each(_ letters: [UInt32], word: (UInt64) -> Void, group: (UInt64) -> Void) {
        var hash = FNV.start
        for index in letters.indices.dropFirst() {
            let letter = letters[index]
            if index >= 2 {
                group(UInt64(letters[index - 2]) << 42 | UInt64(letters[index - 1]) << 21 | UInt64(letter))
            }
            if letter == 0x20 {
                word(hash)
                hash = FNV.start
            } else {
                hash = (hash ^ UInt64(letter)) &* 0x0000_0100_0000_01B3
            }
        }
    }

    private static let shortText = 12

    /// What a language has in its favour.
    private struct Tally {
        var hits = 0
        var score = 0
    }

    func language(of sample: LetterSample, script: Script) -> String? {
        let candidates = scripts[Int(script.rawValue)]
        var tallies = [Tally](repeating: Tally(), count: tags.count)
        var position = -1
        // In a headline a word said twice is one piece of evidence.
        let isShort = sample.words < LanguageModel.shortText
        var seen: [UInt64] = []
        LanguageModel.each(sample.letters) { word in
            position += 1
            guard var users = words[word].map({ $0 & candidates }), users != 0 else { return }
            let name = sample.isInName(position)
            if name.itself { return }
            if name.within { users &= german | 1 << UInt64(english) }
            guard users != 0, !(isShort && seen.contains(word)) else { return }
            if isShort { seen.append(word) }
            LanguageModel.note(users, LanguageModel.weight(users) * 4, isWord: true, in: &tallies)
        } group: { group in
            guard let users = groups[group].map({ $0 & candidates }), users != 0 else { return }
            LanguageModel.note(users, LanguageModel.weight(users), isWord: false, in: &tallies)
        }
        return verdict(tallies, words: sample.words, isLatin: script == .latin, isForeign: sample.isForeign)
    }

    /// What few languages share says most.
    private static func weight(_ users: UInt64) -> Int {
        switch users.nonzeroBitCount {
        case 1: 6
        case 2: 4
        case 3...4: 3
        case 5...8: 2
        default: 1
        }
    }

    private static func note(_ users: UInt64, _ weight: Int, isWord: Bool, in tallies: inout [Tally]) {
        var users = users
        while users != 0 {
            let index = users.trailingZeroBitCount
            tallies[index].score += weight
            if isWord { tallies[index].hits += 1 }
            users &= users - 1
        }
    }

    private func verdict(_ tallies: [Tally], words: Int, isLatin: Bool, isForeign: Bool) -> String? {
        guard let best = tallies.indices.max(by: { tallies[$0].score < tallies[$1].score }), words > 0 else {
            return nil
        }
        let second = tallies.indices.filter { $0 != best }.map { tallies[$0].score }.max() ?? 0
        guard isLatin else {
            return tallies[best].score >= 6 && tallies[best].score > second ? tags[best] : words >= 30 ? "und" : nil
        }
        let own = tallies[english]
        let needed = isForeign ? 4 : 6
        if own.hits * needed >= words, own.hits >= 2, own.score * 10 >= tallies[best].score * 9 { return "en" }
        if best == english { return own.hits >= 2 || own.hits * 3 >= words ? "en" : nil }
        let found = tallies[best]
        // A language's own words, and letters that English lacks.
        let isClear =
            words < LanguageModel.shortText ? found.score > own.score * 2 || found.hits >= 3 : found.hits * 10 >= words
        if found.hits >= 2, found.hits > own.hits, isClear, found.score * 4 > own.score * 5, found.score > second {
            return tags[best]
        }
        return words >= 40 && own.hits * 25 < words && found.hits * 15 < words ? "und" : nil
    }
}
