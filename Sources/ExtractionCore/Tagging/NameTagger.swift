// Rules find names first; the tagger sees what they found beside the words themselves and has the last word on where a
// name begins, where it ends and what kind of thing it names.

/// Labels the tokens of articles with names, in as many passes as there are models.
struct NameTagger {
    let models: [NameModel]

    /// The names of an article, given what the rules found; nationalities and names inside a token stay as they are.
    func names(in reading: Reading, ruled: NameScanner) -> [Name] {
        let traits = TokenTraits(reading, names: RuledNames(reading, ruled.names).all)
        var labels: [NameLabel]?
        for model in models { labels = NameTagger.labels(model, traits, after: labels) }
        guard var labels else { return ruled.names }
        for craft in ruled.crafts { NameTagger.set(nil, craft, &labels) }
        // What an acronym in brackets spells out, there and elsewhere.
        let settled = Set(ruled.names.lazy.filter { $0.kind == .organisation }.map(\.key))
        for name in ruled.names where name.kind != .group && settled.contains(name.key) {
            NameTagger.set(.organisation, name.first..<(name.last + 1), &labels)
        }
        return TaggedNames(reading: reading, ruled: ruled.names, labels: labels).all
    }

    /// Settles the labels of a range; a name that goes on behind it begins there.
    private static func set(_ kind: Entity.Kind?, _ range: Range<Int>, _ labels: inout [NameLabel]) {
        for token in range {
            labels[token] = kind.flatMap { NameLabel($0, isFirst: token == range.lowerBound) } ?? .outside
        }
        guard range.upperBound < labels.count, let next = labels[range.upperBound].kind,
            !labels[range.upperBound].isFirst
        else { return }
        labels[range.upperBound] = NameLabel(next, isFirst: true) ?? .outside
    }

    /// The score of being no name for a token that is far from every capital.
    private static let sure: Int32 = 1 << 20

    /// The label of each token, after what the pass before found.
    static func labels(_ model: NameModel, _ traits: TokenTraits, after first: [NameLabel]?) -> [NameLabel] {
        let features = TagFeatures(
            traits: traits, templates: model.templates, firstPass: first.map { FirstPass(labels: $0, in: traits) })
        var labels = [NameLabel](repeating: .outside, count: traits.all.count)
        var scores: [Int32] = []
        var ofWords: [UInt64: SIMD8<Int32>] = [:]
        func ofWord(_ trait: TokenTraits.Trait) -> SIMD8<Int32> {
            let key = mix(trait.word, UInt64(trait.rule))
            if let known = ofWords[key] { return known }
            var sum = SIMD8<Int32>()
            features.eachOfWord(trait) { model.add($0, to: &sum) }
            ofWords[key] = sum
            return sum
        }
        for (index, sentence) in traits.reading.text.sentences.enumerated() {
            scores.removeAll(keepingCapacity: true)
            for token in sentence.tokens {
                var sum = SIMD8<Int32>()
                if traits.all[token].isNear {
                    if traits.all[token].run >= 0 { sum = ofWord(traits.all[token]) }
                    features.each(token, of: sentence, at: index) { model.add($0, to: &sum) }
                } else {
                    sum[0] = NameTagger.sure
                }
                for label in 0..<NameLabel.count { scores.append(sum[label]) }
            }
            let found = NameDecoder.labels(scores: scores, transitions: model.transitions)
            for (offset, token) in sentence.tokens.enumerated() { labels[token] = found[offset] }
        }
        return labels
    }
}

/// The names that the rules found, with their kinds, as the tagger sees them.
struct RuledNames {
    private(set) var all: [TokenTraits.RuledName] = []

    init(_ reading: Reading, _ names: [Name]) {
        let clusters = Clusters(reading, names)
        for cluster in clusters.all where cluster.parent == nil {
            let parts = [cluster.evidence.person, cluster.evidence.organisation, cluster.evidence.place].sorted()
            let margin = RuledNames.level(parts[2] - parts[1])
            let strength = RuledNames.level(parts[2])
            for index in cluster.names {
                let name = clusters.names[index]
                // A name inside a token is not the tagger's.
                guard name.range == reading.text.range(name.first, through: name.last) else { continue }
                all.append(
                    TokenTraits.RuledName(
                        first: name.first, last: name.last, kind: cluster.kind, margin: margin, strength: strength))
            }
        }
    }

    private static func level(_ evidence: Double) -> UInt8 {
        evidence < 0.5 ? 0 : evidence < 1.5 ? 1 : evidence < 3 ? 2 : evidence < 5 ? 3 : evidence < 8 ? 4 : 5
    }
}

/// Names from labels.
struct TaggedNames {
    private let reading: Reading
    private var ruled: [Int: Name] = [:]
    private(set) var all: [Name] = []

    init(reading: Reading, ruled: [Name], labels: [NameLabel]) {
        self.reading = reading
        for name in ruled { self.ruled[name.first] = self.ruled[name.first] ?? name }
        for (index, sentence) in reading.text.sentences.enumerated() { add(sentence, index, labels) }
        addParts(ruled, labels)
        all.sort { $0.range < $1.range }
    }

    private mutating func add(_ sentence: Sentence, _ index: Int, _ labels: [NameLabel]) {
        var token = sentence.tokens.lowerBound
        while token < sentence.tokens.upperBound {
            guard let kind = labels[token].kind else {
                token += 1
                continue
            }
            let last = NameLabel.last(of: token, in: labels, before: sentence.tokens.upperBound)
            all += row(token, last, sentence, index) ?? [name(token, last, kind, sentence, index)]
            token = last + 1
        }
    }

    /// Names that the lists know, right behind one another in a line of capitals, three of them or with a body among them
    /// ("Raqqa Syria Islamic State"): key words, and not one name. Nil when the tokens are anything else.
    private func row(_ first: Int, _ last: Int, _ sentence: Sentence, _ index: Int) -> [Name]? {
        guard reading.isShouted[index] else { return nil }
        var names: [Name] = []
        var hasBody = false
        var next = first
        while next <= last {
            let body = reading.lexicon.longestPhrase(at: next, in: reading.words, list: .organisations)
            let end = ruled[next]?.last ?? next + (body?.count ?? 1) - 1
            guard end <= last else { return nil }
            let isPlace = reading.lexicon.gazetteer.contains(reading.surface(next, end))
            guard isPlace || body?.count == end - next + 1 else { return nil }
            hasBody = hasBody || !isPlace
            names.append(name(next, end, isPlace ? .place : .organisation, sentence, index))
            next = end + 1
        }
        return names.count > (hasBody ? 1 : 2) ? names : nil
    }

    /// "Kigoma regional commander": a place of the gazetteer before what only places have.
    private func isRuled(_ token: Int, _ sentence: Sentence) -> Bool {
        let next = token + 1
        return next < sentence.tokens.upperBound && TaggedNames.administrative.contains(reading.words[next])
            && !reading.isCapital[next] && reading.lexicon.gazetteer.contains(reading.text.string(token))
    }

    private static let administrative: Set<String> = [
        "regional", "provincial", "municipal", "district", "county", "city",
    ]

    /// "Tan Sri" is a title though "Tan" is a name.
    private func titleLength(at token: Int) -> Int? {
        let found = reading.lexicon.longestPhrase(at: token, in: reading.words, list: .titles)
        return found.flatMap { $0.count > 1 || !isGivenName(token) ? $0.count : nil }
    }

    /// Letters behind a person's name that are no part of it.
    private static let honours: Set<String> = [
        "QC", "KC", "SC", "SAN", "MP", "MEP", "MSP", "MLA", "OBE", "CBE", "MBE", "KBE", "DBE", "OAM", "FRS", "PhD",
        "Esq",
    ]

    private func name(_ start: Int, _ end: Int, _ tagged: Entity.Kind, _ sentence: Sentence, _ index: Int) -> Name {
        var first = start
        var last = end
        let kind = tagged == .organisation && start == last && isRuled(start, sentence) ? .place : tagged
        if kind == .person {
            if first + 1 < last, reading.startsSentence(first, of: sentence), reading.lists[first].contains(.roles),
                !isGivenName(first)
            {
                first += 1
            }
            while first < last, let count = titleLength(at: first), first + count <= last {
                first += count
            }
            while first < last, TaggedNames.honours.contains(reading.text.string(last)) { last -= 1 }
        }
        let range = reading.text.range(first, through: last)
        if var name = ruled[first], name.range == range, name.kind != .group {
            name.tagged = kind
            return name
        }
        var name = Name(first: first, last: last, sentence: index, range: range, key: reading.key(first, last))
        name.tagged = kind
        name.title = title(before: first, of: sentence)
        if first == last, reading.isAcronym(first) { name.form = .acronym }
        if kind == .organisation,
            let found = reading.lexicon.longestPhrase(at: first, in: reading.words, list: .organisations),
            found.count == last - first + 1
        {
            name.known = found.value
        }
        return name
    }

    /// "Dean Ashworth" has a given name that is a title elsewhere.
    private func isGivenName(_ token: Int) -> Bool { reading.lists[token].contains(.givenNames) }

    private func title(before first: Int, of sentence: Sentence) -> Range<Int>? {
        var start = first
        while start > sentence.tokens.lowerBound, reading.isCapital[start - 1],
            reading.lists[start - 1].contains(.titles)
        {
            start -= 1
        }
        return start < first ? start..<first : nil
    }

    /// Nationalities, and names inside a token, where the tagger found nothing.
    private mutating func addParts(_ ruled: [Name], _ labels: [NameLabel]) {
        for name in ruled {
            let isWhole = name.range == reading.text.range(name.first, through: name.last)
            guard name.kind == .group || !isWhole,
                (name.first...name.last).allSatisfy({ labels[$0] == .outside })
            else { continue }
            all.append(name)
        }
    }
}
