// Names are runs of capitalised words. What belongs to a run is decided from left to right; what stands before the name
// proper (a title, a nationality, a sentence's first word) is cut off afterwards.

/// Finds the names of an article.
struct NameScanner {
    let reading: Reading
    private(set) var names: [Name] = []

    init(_ reading: Reading) {
        self.reading = reading
        for (index, sentence) in reading.text.sentences.enumerated() {
            if reading.isShouted[index] { scanShouted(sentence, index) } else { scan(sentence, index) }
        }
    }

    private var words: [String] { reading.text.words }

    private mutating func scan(_ sentence: Sentence, _ index: Int) {
        var token = sentence.tokens.lowerBound
        while token < sentence.tokens.upperBound {
            token = scanToken(token, sentence, index)
        }
    }

    /// Takes what begins at a token, and says where to go on.
    private mutating func scanToken(_ token: Int, _ sentence: Sentence, _ index: Int) -> Int {
        guard reading.isCapital[token] else { return token + 1 }
        if let prefix = modifierPrefix(token) {
            addPart(token, prefix, index)
            return token + 1
        }
        if let end = titleEnd(token), (token..<end).contains(where: { !reading.isCapital[$0] }) {
            guard end < sentence.tokens.upperBound, reading.isCapital[end] else { return end }
            let last = runEnd(end, sentence)
            finish(end, last, token..<end, sentence, index)
            return last + 1
        }
        if let phrase = knownPhrase(token, sentence) {
            add(token, phrase.last, index, known: phrase.value)
            return phrase.last + 1
        }
        guard startsName(token, sentence) else { return token + 1 }
        let last = runEnd(token, sentence)
        cut(token, last, sentence, index)
        return last + 1
    }

    /// In capitals only what the lists know counts.
    private mutating func scanShouted(_ sentence: Sentence, _ index: Int) {
        var token = sentence.tokens.lowerBound
        while token < sentence.tokens.upperBound {
            if reading.isCapital[token], let phrase = knownPhrase(token, sentence), phrase.last > token {
                add(token, phrase.last, index, known: phrase.value)
                token = phrase.last + 1
            } else {
                if reading.isCapital[token], isKnownPlace(token) { add(token, token, index) }
                token += 1
            }
        }
    }

    private func isKnownPlace(_ token: Int) -> Bool {
        let lists = reading.lists[token]
        if lists.contains(.common) || lists.contains(.everyday) || lists.contains(.givenNames) { return false }
        let surface = reading.text.string(token)
        let entries = reading.lexicon.gazetteer.entries(named: reading.isAcronym(token) ? titled(surface) : surface)
        return entries.contains { $0.kind != .city || $0.thousands >= 300 }
    }

    /// A well-known organisation, or a place of several words.
    private func knownPhrase(_ token: Int, _ sentence: Sentence) -> (last: Int, value: String?)? {
        var best: (last: Int, value: String?)?
        if let found = reading.lexicon.longestPhrase(at: token, in: words, list: .organisations) {
            let last = token + found.count - 1
            if last < sentence.tokens.upperBound, found.count > 1 || isSure(token, sentence),
                !extends(last, sentence) || found.count > 2
            {
                best = (last, found.value)
            }
        }
        var last = min(token + 3, sentence.tokens.upperBound - 1)
        while last > (best?.last ?? token) {
            if reading.isCapital[last], reading.lexicon.gazetteer.contains(reading.surface(token, last)) {
                return extends(last, sentence) ? nil : (last, nil)
            }
            last -= 1
        }
        return best
    }

    /// A well-known name of one word: an acronym must be in capitals, an everyday word needs a capital elsewhere.
    private func isSure(_ token: Int, _ sentence: Sentence) -> Bool {
        let lists = reading.lists[token]
        if reading.text.tokens[token].range.count <= 3, !reading.isAcronym(token) { return false }
        guard lists.contains(.everyday) || lists.contains(.common) || lists.contains(.givenNames) else { return true }
        if reading.isAcronym(token) { return true }
        return !reading.startsSentence(token, of: sentence) && !lists.contains(.givenNames)
    }

    /// Whether a name goes on behind a token with a word that makes it another name.
    private func extends(_ last: Int, _ sentence: Sentence) -> Bool {
        let next = last + 1
        guard next < sentence.tokens.upperBound, reading.isCapital[next] else { return false }
        let lists = reading.lists[next]
        return !lists.contains(.calendar) && !lists.contains(.common) && !lists.contains(.titles)
            && !lists.contains(.roles)
    }

    func startsName(_ token: Int, _ sentence: Sentence) -> Bool {
        let lists = reading.lists[token]
        if lists.contains(.calendar) && !lists.contains(.givenNames) { return false }
        if lists.contains(.common) {
            if reading.isAcronym(token), isListed(token) { return true }
            return lists.contains(.givenNames) && !reading.startsSentence(token, of: sentence)
        }
        return !words[token].hasPrefix("'")
    }
}

extension NameScanner {
    /// "US" and "WHO", which in small letters are everyday words.
    private func isListed(_ token: Int) -> Bool {
        reading.lists[token].contains(.organisations)
            || reading.lexicon.gazetteer.contains(reading.text.string(token))
    }
}

// How far a run goes.
extension NameScanner {
    private static let particles: Set<String> = [
        "de", "del", "della", "di", "da", "do", "dos", "das", "bin", "ibn", "bint", "van", "von", "der", "den", "ter",
        "la", "le", "du", "des", "al", "el", "ul", "ud", "y", "&", "zu", "af", "av",
    ]

    private func runEnd(_ start: Int, _ sentence: Sentence) -> Int {
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

    private func continuesRun(_ token: Int, _ sentence: Sentence) -> Bool {
        guard reading.isCapital[token], modifierPrefix(token) == nil, !words[token].hasPrefix("'") else { return false }
        let lists = reading.lists[token]
        if lists.contains(.calendar) && !lists.contains(.givenNames) { return false }
        return !lists.contains(.common) || lists.contains(.givenNames) || lists.contains(.organisationHeads)
    }

    /// The capitalised word behind "of", "for", "and", "de": when the name goes on with it.
    private func joinedEnd(_ start: Int, _ last: Int, _ sentence: Sentence) -> Int? {
        let connector = last + 1
        if words[connector] == ",", connector + 1 < sentence.tokens.upperBound {
            return ["inc", "inc.", "ltd", "ltd.", "llc", "jr.", "jr"].contains(words[connector + 1])
                ? connector + 1 : nil
        }
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

    private func joins(_ connector: String, _ start: Int, _ last: Int, _ next: Int, _ sentence: Sentence) -> Bool {
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
    private func joinsAnd(_ start: Int, _ last: Int, _ next: Int, _ sentence: Sentence) -> Bool {
        guard last - start <= 1, !reading.isAcronym(last), reading.lists[last].contains(.everyday),
            reading.lists[next].contains(.everyday)
        else { return false }
        var end = next
        while end + 1 < sentence.tokens.upperBound, end - next < 3, reading.isCapital[end + 1] { end += 1 }
        return end > next && isHead(end)
    }

    private func isHead(_ token: Int) -> Bool { reading.lists[token].contains(.organisationHeads) }

    /// Words that "of" goes on from: "University of", "Bay of", "House of".
    private func opensOf(_ token: Int) -> Bool {
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

// Cutting titles, nationalities and first words off a run.
extension NameScanner {
    private mutating func cut(_ start: Int, _ end: Int, _ sentence: Sentence, _ index: Int) {
        var first = start
        if reading.startsSentence(first, of: sentence) { first = skipEveryday(first, end, sentence) }
        guard first <= end else { return }
        if let at = titleInside(first, end) {
            if at.lowerBound > first { finish(first, at.lowerBound - 1, nil, sentence, index) }
            let next = at.upperBound
            if next <= end { finish(next, end, at, sentence, index) }
            return
        }
        finish(first, end, nil, sentence, index)
    }

    private func skipEveryday(_ start: Int, _ end: Int, _ sentence: Sentence) -> Int {
        var first = start
        while first <= end {
            let lists = reading.lists[first]
            let isNameWord = lists.contains(.titles) || lists.contains(.demonyms) || lists.contains(.organisationHeads)
            if reading.isAcronym(first) { return first }
            let isPlain = lists.contains(.everyday) || reading.small.contains(reading.text.tokens[first].hash)
            let isNamedElsewhere = reading.inside.contains(reading.text.tokens[first].hash)
            if first == end {
                let isName = !isPlain || (isNamedElsewhere && !reading.small.contains(reading.text.tokens[first].hash))
                return isName ? first : end + 1
            }
            guard isPlain, !isNameWord, !lists.contains(.givenNames), !isNamedElsewhere else { return first }
            first += 1
        }
        return first
    }

    /// The first title in a run that is no part of an organisation's name.
    private func titleInside(_ first: Int, _ last: Int) -> Range<Int>? {
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

    private func titleEnd(_ token: Int) -> Int? {
        reading.lexicon.longestPhrase(at: token, in: words, list: .titles).map { token + $0.count }
    }

    private func isStrongHead(_ token: Int) -> Bool {
        guard let value = reading.lexicon.value(words[token], in: .organisationHeads) else { return false }
        return value != "weak"
    }

    /// Cuts nationalities off the front and records the name.
    private mutating func finish(
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

    private func demonymCount(_ token: Int, _ end: Int) -> Int? {
        guard let found = reading.lexicon.longestPhrase(at: token, in: words, list: .demonyms),
            token + found.count - 1 <= end
        else { return nil }
        return found.count
    }

    /// "British Army", "Libyan Desert", "Islamic Society of Canada": the nationality is part of the name.
    private func keepsDemonym(_ first: Int, _ next: Int, _ end: Int) -> Bool {
        guard next <= end else { return false }
        if reading.lists[next].contains(.demonyms) && next == end { return false }
        if reading.lists[next].contains(.givenNames) && !isHead(end) { return false }
        if (next...end).contains(where: { words[$0] == "of" || words[$0] == "for" }) { return true }
        return isHead(end) || reading.lists[end].contains(.placeKinds) || end - next >= 1
    }

    /// A single word that is no name: a title, an office, an everyday word.
    private func isBareWord(_ token: Int, _ title: Range<Int>?, _ sentence: Sentence) -> Bool {
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

// Recording.
extension NameScanner {
    private mutating func add(
        _ first: Int, _ last: Int, _ sentence: Int, title: Range<Int>? = nil, known: String? = nil
    ) {
        if first == last, splitPair(first, sentence) { return }
        var name = Name(
            first: first, last: last, sentence: sentence, range: reading.text.range(first, through: last),
            key: reading.key(first, last))
        name.title = title
        name.known = known
        if first == last, reading.isAcronym(first) { name.form = .acronym }
        names.append(name)
    }

    private mutating func addGroup(_ first: Int, _ last: Int, _ sentence: Int) {
        var name = Name(
            first: first, last: last, sentence: sentence, range: reading.text.range(first, through: last),
            key: reading.key(first, last))
        name.form = .demonym
        name.kind = .group
        name.known = reading.lexicon.value(name.key, in: .demonyms)
        names.append(name)
    }

    /// The name inside "US-led" or "Britain-based".
    private mutating func addPart(_ token: Int, _ length: Int, _ sentence: Int) {
        let start = reading.text.tokens[token].range.lower
        let part = TextRange(start, start + length)
        addPart(token, part, sentence)
    }

    private mutating func addPart(_ token: Int, _ part: TextRange, _ sentence: Int) {
        let surface = reading.text.text.string(part)
        let key = surface.lowercased()
        let isGroup = reading.lexicon.contains(key, in: .demonyms)
        let isOrganisation = reading.lexicon.contains(key, in: .organisations)
        guard isGroup || isOrganisation || reading.lexicon.gazetteer.contains(surface),
            !reading.lexicon.contains(key, in: .common)
        else { return }
        var name = Name(first: token, last: token, sentence: sentence, range: part, key: key)
        name.form = isGroup ? .demonym : .name
        name.kind = isGroup ? .group : nil
        name.known =
            isGroup
            ? reading.lexicon.value(key, in: .demonyms)
            : isOrganisation
                ? reading.lexicon.value(key, in: .organisations) : nil
        names.append(name)
    }

    /// "Syria-Iraq": two names joined by a hyphen.
    private mutating func splitPair(_ token: Int, _ sentence: Int) -> Bool {
        let range = reading.text.tokens[token].range
        guard let hyphen = (range.lower..<range.upper).first(where: { reading.text.text[$0] == 0x2D }) else {
            return false
        }
        let left = TextRange(range.lower, hyphen)
        let right = TextRange(hyphen + 1, range.upper)
        guard isPlaceOrGroup(left), isPlaceOrGroup(right),
            !reading.lexicon.gazetteer.contains(reading.text.string(token))
        else { return false }
        addPart(token, left, sentence)
        addPart(token, right, sentence)
        return true
    }

    private func isPlaceOrGroup(_ range: TextRange) -> Bool {
        let surface = reading.text.text.string(range)
        return range.count > 1
            && (reading.lexicon.contains(surface.lowercased(), in: .demonyms)
                || reading.lexicon.gazetteer.entries(named: surface).contains { $0.kind != .city || $0.thousands > 500 })
    }
}

/// "BEIRUT" as "Beirut".
func titled(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst().lowercased() }
