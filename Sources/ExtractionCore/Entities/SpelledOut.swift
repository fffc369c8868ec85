// "Doctors for the Islands (DFI)": an acronym in brackets tells where the name before it begins, whatever its words are.

/// Finds the names that acronyms in brackets spell out.
struct SpelledOut {
    let reading: Reading

    /// The first and last token of each.
    func names() -> [Int: Int] {
        var found: [Int: Int] = [:]
        for (index, sentence) in reading.text.sentences.enumerated() where !reading.isShouted[index] {
            for token in sentence.tokens where reading.words[token] == "(" {
                let acronym = token + 1
                guard acronym + 1 < sentence.tokens.upperBound, reading.words[acronym + 1] == ")",
                    reading.isAcronym(acronym), let start = start(of: acronym, in: sentence)
                else { continue }
                found[start] = token - 1
            }
        }
        return found
    }

    /// Where the name begins whose initials are the acronym's letters; small words count only where they must.
    private func start(of acronym: Int, in sentence: Sentence) -> Int? {
        let letters = Array(reading.words[acronym].utf8.filter { $0 != 0x2E })
        guard (2...8).contains(letters.count) else { return nil }
        let last = acronym - 2
        guard last >= sentence.tokens.lowerBound, reading.isCapital[last] else { return nil }
        guard
            let start = start(letters, last, sentence, skipsSmall: true)
                ?? start(letters, last, sentence, skipsSmall: false)
        else { return nil }
        let isPlace = reading.lexicon.gazetteer.contains(reading.surface(start, last))
        return isPlace || last == start ? nil : start
    }

    private func start(_ letters: [UInt8], _ last: Int, _ sentence: Sentence, skipsSmall: Bool) -> Int? {
        var left = letters.count
        var token = last
        while token >= sentence.tokens.lowerBound, last - token < letters.count * 2 + 4 {
            let initial = reading.words[token].utf8.first ?? 0
            if reading.isCapital[token] {
                guard initial == letters[left - 1] else { return nil }
                left -= 1
                if left == 0 { return token }
            } else if !isSmall(token) {
                return nil
            } else if !skipsSmall, initial == letters[left - 1], left > 1 {
                left -= 1
            }
            token -= 1
        }
        return nil
    }

    private func isSmall(_ token: Int) -> Bool {
        reading.words[token].hasPrefix("'")
            || [
                "of", "for", "the", "and", "on", "in", "to", "de", "la", "du", "des", "del", "against", "&", "with",
                "without", "by", "y", "e", "der", "für",
            ].contains(reading.words[token])
    }
}
