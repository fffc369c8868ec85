// Names are runs of capitalised words. What belongs to a run is decided from left to right; what stands before the name
// proper (a title, a nationality, a sentence's first word) is cut off afterwards.

/// Finds the names of an article.
struct NameScanner {
    let reading: Reading
    private(set) var names: [Name] = []
    /// The tokens of ships, storms, campaigns and types of craft, which name neither persons nor bodies.
    private(set) var crafts: [Range<Int>] = []
    /// The first and last token of names that an acronym in brackets spells out.
    private let spelledOut: [Int: Int]

    init(_ reading: Reading) {
        self.reading = reading
        spelledOut = SpelledOut(reading: reading).names()
        for (index, sentence) in reading.text.sentences.enumerated() {
            if reading.isShouted[index] { scanShouted(sentence, index) } else { scan(sentence, index) }
        }
    }

    var words: [String] { reading.text.words }

    mutating func scan(_ sentence: Sentence, _ index: Int) {
        var token = sentence.tokens.lowerBound
        while token < sentence.tokens.upperBound {
            token = scanToken(token, sentence, index)
        }
    }

    /// Takes what begins at a token, and says where to go on.
    mutating func scanToken(_ token: Int, _ sentence: Sentence, _ index: Int) -> Int {
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
        if let last = spelledOut[token] {
            add(token, last, index)
            names[names.count - 1].kind = .organisation
            return last + 1
        }
        if let phrase = knownPhrase(token, sentence) {
            add(token, phrase.last, index, known: phrase.value)
            return phrase.last + 1
        }
        if let end = craftEnd(token, sentence) {
            crafts.append(token..<end)
            return end
        }
        guard startsName(token, sentence) else { return token + 1 }
        let last = runEnd(token, sentence)
        cut(token, last, sentence, index)
        return last + 1
    }

    /// In capitals only what the lists know counts.
    mutating func scanShouted(_ sentence: Sentence, _ index: Int) {
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

    /// Ships ("MV Star") and types of craft ("An-24") are neither bodies nor persons: where such a name ends.
    func craftEnd(_ token: Int, _ sentence: Sentence) -> Int? {
        let isShip = ["mv", "hms", "uss", "ss", "mt"].contains(words[token]) && reading.isAcronym(token)
        let isNamed = token + 1 < sentence.tokens.upperBound && reading.isCapital[token + 1]
        // "Typhoon Lando", "Operation Red Dawn": a storm or campaign with a person's name is none.
        let isEvent = ["typhoon", "hurricane", "cyclone", "storm", "operation"].contains(words[token])
        if isNamed, isShip || isEvent && !isHead(token + 1) { return runEnd(token, sentence) + 1 }
        let parts = words[token].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count <= 3, parts[1].utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) ?? false
        else { return nil }
        return token + 1
    }

    func isKnownPlace(_ token: Int) -> Bool {
        let lists = reading.lists[token]
        if lists.contains(.common) || lists.contains(.everyday) || lists.contains(.givenNames) { return false }
        let surface = reading.text.string(token)
        let entries = reading.lexicon.gazetteer.entries(named: reading.isAcronym(token) ? titled(surface) : surface)
        return entries.contains { $0.kind != .city || $0.thousands >= 300 }
    }

    /// A well-known organisation, or a place of several words.
    func knownPhrase(_ token: Int, _ sentence: Sentence) -> (last: Int, value: String?)? {
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
    func isSure(_ token: Int, _ sentence: Sentence) -> Bool {
        let lists = reading.lists[token]
        if reading.text.tokens[token].range.count <= 3, !reading.isAcronym(token) { return false }
        guard lists.contains(.everyday) || lists.contains(.common) || lists.contains(.givenNames) else { return true }
        if reading.isAcronym(token) { return true }
        return !reading.startsSentence(token, of: sentence) && !lists.contains(.givenNames)
    }

    /// Whether a name goes on behind a token with a word that makes it another name.
    func extends(_ last: Int, _ sentence: Sentence) -> Bool {
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
    func isListed(_ token: Int) -> Bool {
        reading.lists[token].contains(.organisations)
            || reading.lexicon.gazetteer.contains(reading.text.string(token))
    }
}

// Recording.
extension NameScanner {
    mutating func add(
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

    mutating func addGroup(_ first: Int, _ last: Int, _ sentence: Int) {
        var name = Name(
            first: first, last: last, sentence: sentence, range: reading.text.range(first, through: last),
            key: reading.key(first, last))
        name.form = .demonym
        name.kind = .group
        name.known = reading.lexicon.value(name.key, in: .demonyms)
        names.append(name)
    }

    /// The name inside "US-led" or "Britain-based".
    mutating func addPart(_ token: Int, _ length: Int, _ sentence: Int) {
        let start = reading.text.tokens[token].range.lower
        let part = TextRange(start, start + length)
        addPart(token, part, sentence)
    }

    mutating func addPart(_ token: Int, _ part: TextRange, _ sentence: Int) {
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
    mutating func splitPair(_ token: Int, _ sentence: Int) -> Bool {
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

    func isPlaceOrGroup(_ range: TextRange) -> Bool {
        let surface = reading.text.text.string(range)
        return range.count > 1
            && (reading.lexicon.contains(surface.lowercased(), in: .demonyms)
                || reading.lexicon.gazetteer.entries(named: surface).contains { $0.kind != .city || $0.thousands > 500 })
    }
}

/// "BEIRUT" as "Beirut".
func titled(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst().lowercased() }
