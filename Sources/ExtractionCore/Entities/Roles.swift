/// Finds what the words beside a name say that somebody is.
struct Roles {
    let reading: Reading

    private var words: [String] { reading.text.words }

    /// "a spokesman for the SDF" behind a name, else "SDF spokesman" before it, else the title.
    func role(of name: Name, kind: Entity.Kind) -> (role: String, rank: Int)? {
        let sentence = reading.text.sentences[name.sentence]
        if kind == .organisation { return descriptor(name, sentence).map { ($0, 2) } }
        guard kind == .person else { return nil }
        if let role = apposition(name, sentence) { return (role, 3) }
        if let role = modifier(name, sentence) { return (role, 2) }
        return name.title.map {
            (reading.text.text.string(reading.text.range($0.lowerBound, through: $0.upperBound - 1)), 1)
        }
    }

    /// "X, a spokesman for the SDF," without the article.
    private func apposition(_ name: Name, _ sentence: Sentence) -> String? {
        let comma = name.last + 1
        guard comma + 2 < sentence.tokens.upperBound, words[comma] == "," else { return nil }
        var first = comma + 1
        if ["a", "an", "the", "who", "his", "her", "their", "its", "our"].contains(words[first]) {
            if words[first] == "who" {
                guard ["is", "was", "heads", "leads"].contains(words[first + 1]),
                    first + 3 < sentence.tokens.upperBound,
                    ["a", "an", "the"].contains(words[first + 2])
                else { return nil }
                first += 2
            }
            first += 1
        }
        var token = first
        var hasRole = false
        while token < sentence.tokens.upperBound, token - first < 14 {
            let word = words[token]
            if [",", ".", ";", ":", "\"", "\u{201D}", "(", "\u{2013}", "\u{2014}", "--", "who", "which", "that"]
                .contains(word)
            {
                break
            }
            if reading.lists[token].contains(.speechVerbs), token > first { break }
            if reading.lists[token].contains(.roles) {
                hasRole = true
            } else if !hasRole, reading.lists[token].contains(.common),
                !["of", "and", "for", "the", "former", "senior", "top", "chief", "first", "last", "new"].contains(word)
            {
                return nil
            }
            token += 1
        }
        guard hasRole, token > first else { return nil }
        return string(first, token - 1)
    }

    /// "SDF spokesman X": the noun and what stands before it, back to a small word.
    private func modifier(_ name: Name, _ sentence: Sentence) -> String? {
        let titleStart = name.title?.lowerBound ?? name.first
        let noun = titleStart - 1
        guard noun >= sentence.tokens.lowerBound else { return nil }
        if let title = name.title, !reading.lists[noun].contains(.roles) {
            return officeBefore(title, sentence)
        }
        guard reading.lists[noun].contains(.roles) else { return nil }
        var first = noun
        while first - 1 >= sentence.tokens.lowerBound, noun - first < 4, belongsToOffice(first - 1),
            !isVerbOfAnother(first - 1, sentence)
        { first -= 1 }
        // A rank between the office and the name ("spokesman Col X") is no part of the office.
        return string(withQualifier(first, sentence), noun)
    }

    /// "US Secretary of State X": the bodies and countries before a title belong to it.
    private func officeBefore(_ title: Range<Int>, _ sentence: Sentence) -> String? {
        var first = title.lowerBound
        while first - 1 >= sentence.tokens.lowerBound, title.lowerBound - first < 4, reading.isCapital[first - 1],
            !reading.lists[first - 1].contains(.common), !reading.lists[first - 1].contains(.calendar)
        {
            first -= 1
        }
        first = withQualifier(first, sentence)
        return first < title.lowerBound ? string(first, title.upperBound - 1) : nil
    }

    /// "former", "acting", "late" before an office: without it the role would be wrong.
    private func withQualifier(_ first: Int, _ sentence: Sentence) -> Int {
        var first = first
        while first - 1 >= sentence.tokens.lowerBound, Roles.qualifiers.contains(words[first - 1]) { first -= 1 }
        return first
    }

    private static let qualifiers: Set<String> = [
        "former", "ex", "late", "acting", "interim", "deputy", "vice", "outgoing", "incoming", "ousted", "jailed",
        "self-styled", "self-proclaimed", "then", "one-time", "assistant", "designate", "retired", "exiled", "deposed",
        "police", "onetime", "would-be", "caretaker",
    ]

    private func belongsToOffice(_ token: Int) -> Bool {
        guard reading.text.tokens[token].kind == .word else { return false }
        if words[token].hasPrefix("'") { return true }
        if reading.lists[token].contains(.speechVerbs) { return false }
        return !reading.lists[token].contains(.common) && !reading.lists[token].contains(.calendar)
            && (reading.isCapital[token] || reading.lists[token].contains(.everyday))
    }

    /// "Rana met army spokesman X": a small word behind somebody's name may be a verb, so the office begins after it.
    private func isVerbOfAnother(_ token: Int, _ sentence: Sentence) -> Bool {
        guard !reading.isCapital[token], token - 1 >= sentence.tokens.lowerBound, reading.isCapital[token - 1],
            !reading.lists[token].contains(.collectives)
        else { return false }
        let lists = reading.lists[token - 1]
        // "Former prime minister": a sentence's first word is no name.
        if Roles.qualifiers.contains(words[token - 1]) || lists.contains(.everyday) { return false }
        return !lists.contains(.demonyms) && !lists.contains(.organisations) && !reading.isAcronym(token - 1)
            && !reading.lexicon.gazetteer.contains(reading.text.string(token - 1))
    }

    /// What an organisation is: an everyday word, one with a possessive behind it, a name.
    private func describes(_ token: Int, _ sentence: Sentence) -> Bool {
        if belongsToOffice(token) { return true }
        return words[token + 1].hasPrefix("'") && reading.text.tokens[token].kind == .word
    }

    /// "State news agency" before a name; where it has its seat ("Britain-based") is no role.
    private func descriptor(_ name: Name, _ sentence: Sentence) -> String? {
        let noun = name.first - 1
        guard noun >= sentence.tokens.lowerBound, reading.text.tokens[noun].kind == .word else { return nil }
        let kind = reading.lexicon.value(words[noun], in: .collectives) ?? ""
        guard kind.hasSuffix("descriptor"), !reading.isCapital[noun] else { return nil }
        var first = noun
        while first - 1 >= sentence.tokens.lowerBound, noun - first < 5, describes(first - 1, sentence) { first -= 1 }
        while first < noun, words[first].hasPrefix("'") { first += 1 }
        let isStart = first == sentence.tokens.lowerBound && !reading.lists[first].contains(.demonyms)
        let role = string(first, noun)
        return isStart ? role.prefix(1).lowercased() + role.dropFirst() : role
    }

    private func string(_ first: Int, _ last: Int) -> String {
        let role = reading.text.text.string(reading.text.range(first, through: last))
        return role.split(whereSeparator: { $0 == " " || $0.isNewline }).joined(separator: " ")
    }
}
