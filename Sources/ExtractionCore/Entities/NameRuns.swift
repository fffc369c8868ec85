// How far a run goes.
extension NameScanner {
    private static let particles: Set<String> = [
        "de", "del", "della", "di", "da", "do", "dos", "das", "bin", "ibn", "bint", "van", "von", "der", "den", "ter",
        "la", "le", "du", "des", "al", "el", "ul", "ud", "y", "&", "zu", "af", "av",
    ]

    func runEnd(_ start: Int, _ sentence: Sentence) -> Int {
        var last = start
        while last + 1 < sentence.tokens.upperBound, last - start < 12 {
            let next = last + 1
            if continuesRun(next, sentence) {
                last = next
            } else if let joined = joinedEnd(start, last, sentence) {
                last = joined
            } else {
                break
            }
        }
        return last
    }

    func continuesRun(_ token: Int, _ sentence: Sentence) -> Bool {
        guard reading.isCapital[token], modifierPrefix(token) == nil, !words[token].hasPrefix("'") else { return false }
        let lists = reading.lists[token]
        if lists.contains(.calendar) && !lists.contains(.givenNames) { return isSurname(token, sentence) }
        return !lists.contains(.common) || lists.contains(.givenNames) || lists.contains(.organisationHeads)
    }

    /// "Theresa May said": a month behind a given name and before no number is a surname.
    private func isSurname(_ token: Int, _ sentence: Sentence) -> Bool {
        guard words[token] == "may" || words[token] == "march" || words[token] == "august",
            token > sentence.tokens.lowerBound, reading.isCapital[token - 1],
            reading.lists[token - 1].contains(.givenNames)
        else { return false }
        let next = token + 1
        return next >= sentence.tokens.upperBound || reading.text.tokens[next].kind != .number
    }

    /// The capitalised word behind "of", "for", "and", "de": when the name goes on with it.
    func joinedEnd(_ start: Int, _ last: Int, _ sentence: Sentence) -> Int? {
        let connector = last + 1
        if words[connector] == ",", connector + 1 < sentence.tokens.upperBound {
            return ["inc", "inc.", "ltd", "ltd.", "llc", "jr.", "jr"].contains(words[connector + 1])
                ? connector + 1 : nil
        }
        if words[connector] == "'s" || words[connector] == "'" { return membersEnd(last, connector, sentence) }
        var next = connector
        while next < sentence.tokens.upperBound, next - connector < 3,
            NameScanner.particles.contains(words[next]) || ["of", "for", "the", "and", "on"].contains(words[next])
        {
            next += 1
        }
        guard next > connector, next < sentence.tokens.upperBound, reading.isCapital[next],
            !reading.lists[next].contains(.calendar), modifierPrefix(next) == nil
        else { return nil }
        return joins(words[connector], start, last, next, sentence) ? next : nil
    }

    /// "Teachers' Union", "Farmers' Party": a union's or party's name goes on behind those whose it is, while
    /// "Britain's Parliament" is two names.
    private func membersEnd(_ last: Int, _ connector: Int, _ sentence: Sentence) -> Int? {
        let word = words[last]
        let isMany =
            word.hasSuffix("men") || word.hasSuffix("people") || word.hasSuffix("children") || word.hasSuffix("s")
        guard isMany, !isKnownPlace(last), !reading.lists[last].contains(.givenNames),
            reading.lists[last].contains(.everyday) || word.hasSuffix("men") || word.hasSuffix("ers")
        else { return nil }
        var end = connector
        while end + 1 < sentence.tokens.upperBound, end - connector < 4, reading.isCapital[end + 1] {
            end += 1
            if isHead(end) { return end }
        }
        return nil
    }

    func joins(_ connector: String, _ start: Int, _ last: Int, _ next: Int, _ sentence: Sentence) -> Bool {
        switch connector {
        case "of": return opensOf(last) && !(next == last + 2 && reading.lists[next].contains(.titles))
        case "for", "on":
            return (start...last).contains { isHead($0) } && !reading.lists[last].contains(.titles)
        case "and":
            if (start...last).contains(where: { words[$0] == "of" || words[$0] == "for" }) {
                return isHead(start) && !reading.lists[next].contains(.givenNames)
            }
            return joinsAnd(start, last, next, sentence)
        case "the": return false
        default: return true
        }
    }

    /// "Food and Drug Administration": what follows ends in an organisation's head, what precedes is no name by itself.
    func joinsAnd(_ start: Int, _ last: Int, _ next: Int, _ sentence: Sentence) -> Bool {
        guard last - start <= 1, !reading.isAcronym(last), reading.lists[last].contains(.everyday),
            reading.lists[next].contains(.everyday)
        else { return false }
        var end = next
        while end + 1 < sentence.tokens.upperBound, end - next < 3, reading.isCapital[end + 1] { end += 1 }
        return end > next && isHead(end)
    }

    func isHead(_ token: Int) -> Bool { reading.lists[token].contains(.organisationHeads) }

    /// Words that "of" goes on from: "University of", "Bay of", "House of".
    func opensOf(_ token: Int) -> Bool {
        if isHead(token) { return true }
        if let kind = reading.lexicon.value(words[token], in: .placeKinds) { return kind == "place" }
        return [
            "house", "republic", "kingdom", "state", "sons", "friends", "order", "knights", "joint", "city",
            "brotherhood", "institutes", "sisters", "hall", "school", "voice", "bay", "isle", "gulf", "daughters",
        ].contains(words[token])
    }

    /// How many bytes of "US-led" are a name; nil when the word is a name as a whole.
    func modifierPrefix(_ token: Int) -> Int? {
        guard let hyphen = words[token].utf8.lastIndex(of: 0x2D) else { return nil }
        let suffix = String(words[token][words[token].index(after: hyphen)...])
        let bytes = reading.text.tokens[token].range
        let offset = words[token].utf8.distance(from: words[token].startIndex, to: hyphen)
        guard bytes.lower + offset + 1 < bytes.upper else { return nil }
        let first = reading.text.text[bytes.lower + offset + 1]
        let isSmall = first >= 0x61 && first <= 0x7A
        guard isSmall,
            suffix.hasSuffix("ed") || suffix.hasSuffix("ing") || reading.lexicon.contains(suffix, in: .modifiers)
        else { return nil }
        return offset
    }
}
