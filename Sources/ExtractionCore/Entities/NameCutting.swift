// Cutting titles, nationalities and first words off a run.
extension NameScanner {
    mutating func cut(_ start: Int, _ end: Int, _ sentence: Sentence, _ index: Int) {
        var first = start
        if reading.startsSentence(first, of: sentence) { first = skipEveryday(first, end, sentence) }
        guard first <= end else { return }
        if let at = titleInside(first, end) {
            if at.lowerBound > first, !isAdjective(first, before: at) {
                finish(first, at.lowerBound - 1, nil, sentence, index)
            }
            let next = at.upperBound
            if next <= end { finish(next, end, at, sentence, index) }
            return
        }
        finish(first, end, nil, sentence, index)
    }

    func skipEveryday(_ start: Int, _ end: Int, _ sentence: Sentence) -> Int {
        var first = start
        while first <= end {
            let lists = reading.lists[first]
            let isNameWord = lists.contains(.titles) || lists.contains(.demonyms) || lists.contains(.organisationHeads)
            if reading.isAcronym(first) { return first }
            let isPlain = lists.contains(.everyday) || reading.small.contains(reading.text.tokens[first].hash)
            let isNamedElsewhere = reading.inside.contains(reading.text.tokens[first].hash)
            if first == end {
                if !isNamedElsewhere, opensBody(first, sentence) { return end + 1 }
                let isName = !isPlain || (isNamedElsewhere && !reading.small.contains(reading.text.tokens[first].hash))
                return isName ? first : end + 1
            }
            guard isPlain, !isNameWord, !lists.contains(.givenNames), !isNamedElsewhere else { return first }
            first += 1
        }
        return first
    }

    /// "Federal Prosecutor X", "Regional Governor Y": an everyday word that only qualifies the office behind it.
    private func isAdjective(_ token: Int, before title: Range<Int>) -> Bool {
        token + 1 == title.lowerBound && reading.lists[token].contains(.everyday) && !reading.isAcronym(token)
            && !reading.lists[token].contains(.organisations) && !reading.lists[token].contains(.organisationHeads)
            && !reading.lists[token].contains(.demonyms)
            && !reading.lexicon.gazetteer.contains(reading.text.string(token))
    }

    /// "Riot police", "Border guards" at a sentence's start: an adjective of the small-letter noun behind it.
    private func opensBody(_ token: Int, _ sentence: Sentence) -> Bool {
        guard token + 1 < sentence.tokens.upperBound, !reading.isCapital[token + 1],
            reading.lists[token + 1].contains(.collectives) || reading.lists[token + 1].contains(.roles),
            !reading.lists[token].contains(.givenNames), !reading.lists[token].contains(.demonyms)
        else { return false }
        return !reading.lexicon.gazetteer.contains(reading.text.string(token))
            && !reading.lists[token].contains(.organisations)
    }

    /// The first title in a run that is no part of an organisation's name.
    func titleInside(_ first: Int, _ last: Int) -> Range<Int>? {
        if last > first, isStrongHead(last), !reading.lists[last].contains(.titles) { return nil }
        var token = first
        while token <= last {
            if var end = titleEnd(token), end <= last + 1 {
                while end <= last, let more = titleEnd(end), more <= last + 1 { end = more }
                let isSurname =
                    token > first && end > last && reading.lists[token - 1].contains(.givenNames)
                    && !reading.lists[token].contains(.roles)
                if !isSurname { return token..<end }
            }
            token += 1
        }
        return nil
    }

    func titleEnd(_ token: Int) -> Int? {
        reading.lexicon.longestPhrase(at: token, in: words, list: .titles).map { token + $0.count }
    }

    func isStrongHead(_ token: Int) -> Bool {
        guard let value = reading.lexicon.value(words[token], in: .organisationHeads) else { return false }
        return value != "weak"
    }

    /// Cuts nationalities off the front and records the name.
    mutating func finish(
        _ start: Int, _ end: Int, _ title: Range<Int>?, _ sentence: Sentence, _ index: Int
    ) {
        var first = start
        while first <= end, let count = demonymCount(first, end), !keepsDemonym(first, first + count, end) {
            addGroup(first, first + count - 1, index)
            first += count
        }
        guard first <= end else { return }
        if first == end, isBareWord(first, title, sentence) { return }
        add(first, end, index, title: title)
    }

    func demonymCount(_ token: Int, _ end: Int) -> Int? {
        guard let found = reading.lexicon.longestPhrase(at: token, in: words, list: .demonyms),
            token + found.count - 1 <= end
        else { return nil }
        return found.count
    }

    /// "British Army", "Libyan Desert", "Islamic Society of Canada": the nationality is part of the name.
    func keepsDemonym(_ first: Int, _ next: Int, _ end: Int) -> Bool {
        guard next <= end else { return false }
        if reading.lists[next].contains(.demonyms) && next == end { return false }
        if reading.lists[next].contains(.givenNames) && !isHead(end) { return false }
        if (next...end).contains(where: { words[$0] == "of" || words[$0] == "for" }) { return true }
        return isHead(end) || reading.lists[end].contains(.placeKinds) || end - next >= 1
    }

    /// A single word that is no name: a title, an office, an everyday word.
    func isBareWord(_ token: Int, _ title: Range<Int>?, _ sentence: Sentence) -> Bool {
        let lists = reading.lists[token]
        if title != nil { return false }
        if lists.contains(.roles) && !lists.contains(.givenNames) { return true }
        if lists.contains(.titles) && !lists.contains(.givenNames) { return true }
        if lists.contains(.placeKinds), !lists.contains(.organisationHeads) { return true }
        if reading.text.tokens[token].range.count == 1 { return true }
        return lists.contains(.everyday) && reading.small.contains(reading.text.tokens[token].hash)
            && !reading.isAcronym(token)
    }
}
