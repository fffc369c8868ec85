// Names that mean the same thing are one cluster: equal strings first, then acronyms, surnames, short and misspelt forms.

/// All names of one thing.
struct Cluster {
    var names: [Int]
    var kind: Entity.Kind
    /// A key of its names: the first one's.
    let key: String
    /// The index of the cluster that it was found to be the same as.
    var parent: Int?
    /// The full name that a list knows.
    var known: String?
    /// What speaks for its kind.
    var evidence = Evidence()
}

/// Groups names.
struct Clusters {
    let reading: Reading
    var names: [Name]
    private(set) var all: [Cluster] = []
    private(set) var notes: [Note] = []
    private var byKey: [String: Int] = [:]
    private let evidence: NameEvidence

    init(_ reading: Reading, _ names: [Name]) {
        self.reading = reading
        self.names = names
        evidence = NameEvidence(reading: reading)
        group()
        joinStrays()
        linkAcronyms()
        linkPersons()
        linkShortNames()
        linkMisspelt()
        linkPlaces()
    }

    /// The cluster that a cluster ended up in.
    func root(_ index: Int) -> Int {
        var index = index
        while let parent = all[index].parent { index = parent }
        return index
    }

    private mutating func group() {
        var sums: [Evidence] = []
        for index in names.indices {
            let key = Clusters.key(names[index])
            if let cluster = byKey[key] {
                all[cluster].names.append(index)
            } else {
                byKey[key] = all.count
                all.append(Cluster(names: [index], kind: names[index].kind ?? .person, key: names[index].key))
                sums.append(names[index].kind == nil ? evidence.ofWords(names[index]) : Evidence())
            }
            let cluster = byKey[key] ?? 0
            if let known = names[index].known, !known.isEmpty { all[cluster].known = known }
            if all[cluster].names.count <= 8 { sums[cluster] += evidence.ofContext(names[index]) }
        }
        let surnames = surnames
        for index in all.indices where names[all[index].names[0]].kind == nil {
            all[index].evidence = sums[index]
            let name = names[all[index].names[0]]
            if let kind = tagged(index) ?? sums[index].kind {
                all[index].kind = kind
            } else if name.count == 1, surnames.contains(where: { isMisspelling(name.key, of: $0) }) {
                all[index].kind = .person
            } else {
                all[index].kind = .organisation
                if name.count == 1 { all[index].names = [] }
            }
        }
    }

    /// What names of one thing share: their words and, where the tagger saw them, their kind, so that a country and its
    /// side, a person and the town of that name stay apart.
    private static func key(_ name: Name) -> String {
        if name.kind == .group { return "*" + name.key }
        return switch name.tagged {
        case .place: "@" + name.key
        case .person: "+" + name.key
        default: name.key
        }
    }

    /// A quarter of the other's names at most; for a body that a place of the gazetteer gives its name, not more than the
    /// place has ("Kigoma regional commander"), since a side is named far more often than its town.
    private func isStray(_ index: Int, beside other: Int) -> Bool {
        let (count, others) = (all[index].names.count, all[other].names.count)
        if all[index].kind == .organisation, all[other].kind == .place, count <= others, let name = first(index) {
            return reading.lexicon.gazetteer.contains(evidence.placeName(name))
        }
        return count * 4 <= others
    }

    /// A kind that the tagger gave a name far less often than another is a slip.
    private mutating func joinStrays() {
        for index in all.indices where all[index].parent == nil && all[index].kind != .group {
            let key = all[index].key
            for other in ["@" + key, "+" + key, key].compactMap({ byKey[$0] }) where other != index {
                guard all[other].parent == nil, all[other].kind != .group, isStray(index, beside: other) else {
                    continue
                }
                merge(index, into: other)
                break
            }
        }
    }

    /// The kind that the tagger gave most of the names; nil when it gave none.
    private func tagged(_ index: Int) -> Entity.Kind? {
        var counts = [0, 0, 0]
        for name in all[index].names {
            if let place = names[name].tagged.flatMap(NameLabel.kinds.firstIndex) { counts[place] += 1 }
        }
        guard let most = counts.max(), most > 0 else { return nil }
        return counts.firstIndex(of: most).map { NameLabel.kinds[$0] }
    }

    /// The last words of names that begin as a person's does.
    private var surnames: Set<String> {
        var found: Set<String> = []
        for name in names where name.count > 1 && found.count < 60 {
            if name.title != nil || reading.lists[name.first].contains(.givenNames) {
                found.insert(reading.words[name.last])
            }
        }
        return found
    }

    private mutating func merge(_ index: Int, into target: Int) {
        let index = root(index)
        let target = root(target)
        guard index != target else { return }
        all[target].names += all[index].names
        if all[target].known == nil { all[target].known = all[index].known }
        all[index].names = []
        all[index].parent = target
    }

    /// "River Euphrates" and "Euphrates River", "UK" and "Britain": names of one line of the gazetteer.
    private mutating func linkPlaces() {
        var byEntry: [String: Int] = [:]
        for index in all.indices where all[index].kind == .place && all[index].parent == nil {
            guard let name = first(index),
                let entry = reading.lexicon.gazetteer.entries(named: evidence.placeName(name)).first(where: {
                    $0.kind != .city
                })
            else { continue }
            let key = entry.name + "/" + entry.country
            if let other = byEntry[key] { merge(index, into: other) } else { byEntry[key] = index }
        }
    }

    /// Clusters of names of several words, so many at most that comparing each with all stays cheap.
    private func longNames(where isWanted: (Cluster) -> Bool) -> [Int] {
        var found: [Int] = []
        for index in all.indices where all[index].parent == nil && isWanted(all[index]) {
            guard found.count < 300 else { break }
            if let name = first(index), name.count > 1 { found.append(index) }
        }
        return found
    }

    private func first(_ index: Int) -> Name? { all[index].names.first.map { names[$0] } }
}

// Acronyms.
extension Clusters {
    private mutating func linkAcronyms() {
        linkBrackets()
        var byKnown: [String: Int] = [:]
        let longNames = longNames { $0.kind != .group }
        for index in all.indices {
            guard let name = first(index), all[index].parent == nil else { continue }
            if let known = all[index].known, let full = byKnown[known.lowercased()] ?? byKey[known.lowercased()] {
                if full != index { unite(acronym: index, full: full) }
                continue
            }
            if let known = all[index].known { byKnown[known.lowercased()] = index }
            guard name.form == .acronym, name.count == 1 else { continue }
            let letters = reading.words[name.first].filter { $0 != "." }
            guard letters.count >= 3 else { continue }
            if let full = longNames.first(where: { other in
                other != index && all[other].parent == nil
                    && first(other).map { $0.count > 1 && spells(letters, $0) } ?? false
            }) {
                unite(acronym: index, full: full)
            }
        }
    }

    /// "Long Name (LN)" and "LN (Long Name)".
    private mutating func linkBrackets() {
        for pair in zip(names.indices, names.indices.dropFirst()) {
            let (left, right) = (names[pair.0], names[pair.1])
            guard right.first == left.last + 2, reading.words[left.last + 1] == "(",
                left.kind != .group, right.kind != .group
            else { continue }
            let isAcronymRight = right.form == .acronym && left.count > 1
            let isAcronymLeft = left.form == .acronym && right.count > 1
            guard isAcronymRight != isAcronymLeft else { continue }
            let acronym = isAcronymRight ? right : left
            let full = isAcronymRight ? left : right
            let letters = reading.words[acronym.first].filter { $0 != "." }
            guard sharesInitials(letters, full), let from = byKey[Clusters.key(acronym)],
                let to = byKey[Clusters.key(full)]
            else { continue }
            unite(acronym: from, full: to)
        }
    }

    /// Whether an acronym beside a name may be its own: it begins as the name does, or has two of its initials, as
    /// acronyms of another language often do.
    private func sharesInitials(_ letters: String, _ name: Name) -> Bool {
        guard let first = letters.first, let start = name.key.first else { return false }
        if first == start || spells(letters, name) { return true }
        let initials = (name.first...name.last).filter { reading.isCapital[$0] }.compactMap { reading.words[$0].first }
        return initials.count > 1 && letters.count <= 6 && Set(initials).intersection(letters).count >= 2
    }

    private mutating func unite(acronym: Int, full: Int) {
        let full = root(full)
        if all[full].kind == .person { all[full].kind = .organisation }
        merge(acronym, into: full)
    }

    /// Whether the initials of a name's words, small words left out or not, are these letters.
    private func spells(_ letters: String, _ name: Name) -> Bool {
        var all = ""
        var capitals = ""
        for token in name.first...name.last {
            for part in reading.words[token].split(separator: "-") {
                guard let initial = part.first else { continue }
                all.append(initial)
                if reading.isCapital[token] { capitals.append(initial) }
            }
        }
        return letters == all || letters == capitals
    }
}

// Persons and short forms.
extension Clusters {
    /// A surname without its article: "al-Assad" and "Assad" are one.
    private func bare(_ word: String) -> String {
        for prefix in ["al-", "el-", "ash-", "ar-", "as-"] where word.hasPrefix(prefix) && word.count > prefix.count + 2
        {
            return String(word.dropFirst(prefix.count))
        }
        return word
    }

    private mutating func linkPersons() {
        var bySurname: [String: Int] = [:]
        for index in all.indices where all[index].kind == .person && all[index].parent == nil {
            guard let name = first(index), name.count > 1 else { continue }
            let surname = bare(reading.words[name.last])
            let key = reading.words[name.first] + " " + surname
            if let other = bySurname[key] {
                merge(index, into: other)
            } else {
                bySurname[key] = index
                if bySurname[surname] == nil { bySurname[surname] = index }
            }
        }
        let givenNames = byGivenName()
        for index in all.indices where all[index].parent == nil && all[index].kind != .group {
            guard let name = first(index), name.count == 1, name.form != .acronym,
                let full = bySurname[bare(name.key)] ?? givenNames[name.key].flatMap({ $0 > 0 ? $0 - 1 : nil })
            else { continue }
            if all[index].kind == .place, evidence.ofWords(name).place > 3, isAfterPreposition(index) { continue }
            if let tagged = name.tagged, tagged != .person { continue }
            merge(index, into: full)
        }
    }

    private func isAfterPreposition(_ index: Int) -> Bool {
        all[index].names.contains {
            let before = names[$0].first - 1
            return before >= 0 && ["in", "near", "from", "to"].contains(reading.words[before])
        }
    }

    /// The persons of several words by given name; 0 stands for more than one, else the index plus one.
    private func byGivenName() -> [String: Int] {
        var found: [String: Int] = [:]
        for index in all.indices where all[index].kind == .person && all[index].parent == nil {
            guard let name = first(index), name.count > 1, reading.lists[name.first].contains(.givenNames) else {
                continue
            }
            found[reading.words[name.first]] = found[reading.words[name.first]] == nil ? index + 1 : 0
        }
        return found
    }

    /// "Goldman" for "Goldman Sachs", "the Observatory" for "Syrian Observatory for Human Rights".
    private mutating func linkShortNames() {
        let longNames = longNames { $0.kind == .organisation }
        for index in all.indices where all[index].parent == nil && all[index].kind != .group {
            guard let name = first(index), name.count == 1, name.form != .acronym, all[index].known == nil else {
                continue
            }
            let isHead = reading.lists[name.first].contains(.organisationHeads)
            guard isHead || (all[index].kind == .organisation && evidence.ofWords(name).place < 2) else { continue }
            let owners = longNames.filter { other in
                guard other != index, all[other].parent == nil, all[other].kind == .organisation,
                    let long = first(other), long.count > 1
                else { return false }
                return isHead
                    ? (long.first...long.last).contains {
                        reading.words[$0] == name.key && ($0 == long.last || headEnds($0, long))
                    }
                    : reading.words[long.first] == name.key
            }
            guard owners.count == 1, let owner = owners.first else { continue }
            for mention in all[index].names where isHead { names[mention].form = .description }
            merge(index, into: owner)
        }
    }

    private func headEnds(_ token: Int, _ name: Name) -> Bool {
        token < name.last && ["of", "for", "on"].contains(reading.words[token + 1])
    }

    /// "Haden" for "Hadden": one letter doubled, dropped or swapped in a person's surname.
    private mutating func linkMisspelt() {
        let persons = all.indices.filter { all[$0].kind == .person && all[$0].parent == nil && !all[$0].names.isEmpty }
        guard persons.count <= 60 else { return }
        for index in all.indices where all[index].parent == nil && all[index].kind != .group {
            guard let name = first(index), name.count == 1, name.key.utf8.count >= 4, name.form != .acronym,
                !reading.lists[name.first].contains(.everyday), evidence.ofWords(name).place < 2, name.known == nil
            else { continue }
            for person in persons where person != index && all[person].parent == nil {
                guard let full = first(person), full.count > 1 else { continue }
                let surname = reading.words[full.last]
                guard isMisspelling(name.key, of: surname) else { continue }
                noteSpelling(name, full, all[index].names.count)
                merge(index, into: person)
                break
            }
        }
    }

    private mutating func noteSpelling(_ odd: Name, _ full: Name, _ times: Int) {
        let often = times == 1 ? "once" : times == 2 ? "twice" : "\(times) times"
        let spelling = reading.text.text.string(odd.range)
        notes.append(
            Note(range: odd.range, text: "name spelt \(spelling) \(often), \(reading.text.string(full.last)) elsewhere")
        )
    }

    /// Spellings that other alphabets' names have in ours: "Kabir" and "Kabeer", "Petrovski" and "Petrovsky".
    private static func sounds(_ word: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for byte in word {
            let last = out.last ?? 0
            let sound = byte == UInt8(ascii: "y") ? UInt8(ascii: "i") : byte
            if sound == UInt8(ascii: "e"), last == UInt8(ascii: "e") {
                out[out.count - 1] = UInt8(ascii: "i")
            } else if sound == UInt8(ascii: "o"), last == UInt8(ascii: "o") {
                out[out.count - 1] = UInt8(ascii: "u")
            } else if sound == UInt8(ascii: "u"), last == UInt8(ascii: "o") {
                out[out.count - 1] = UInt8(ascii: "u")
            } else if sound != last {
                out.append(sound)
            }
        }
        return out
    }

    /// One vowel for another inside a long name; at the end it makes another name ("Kovalenka", "Kovalenko").
    private func isVowelSlip(_ left: [UInt8], _ right: [UInt8], _ start: Int) -> Bool {
        let vowels: Set<UInt8> = [0x61, 0x65, 0x69, 0x6F, 0x75]
        guard left.count >= 7, start < left.count - 2, vowels.contains(left[start]), vowels.contains(right[start])
        else { return false }
        return left[(start + 1)...].elementsEqual(right[(start + 1)...])
    }

    /// Equal but for one letter doubled, left out or swapped with its neighbour, not the first.
    func isMisspelling(_ one: String, of other: String) -> Bool {
        let left = Array(one.utf8)
        let right = Array(other.utf8)
        guard left.count >= 4, right.count >= 4, left[0] == right[0], left != right, abs(left.count - right.count) <= 1
        else { return false }
        // A genitive's or plural's "s" makes another name.
        guard left + [0x73] != right, right + [0x73] != left else { return false }
        var start = 0
        if Clusters.sounds(left) == Clusters.sounds(right) { return true }
        while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
        if left.count == right.count {
            if isVowelSlip(left, right, start) { return true }
            guard start + 1 < left.count, left[start] == right[start + 1], left[start + 1] == right[start] else {
                return false
            }
            return left[(start + 2)...].elementsEqual(right[(start + 2)...])
        }
        let long = left.count > right.count ? left : right
        let short = left.count > right.count ? right : left
        guard long[(start + 1)...].elementsEqual(short[start...]) else { return false }
        // A last letter makes another name ("Smith", "Smiths"); inside, and for a doubled letter, it is a slip.
        return start + 1 < long.count || long[start] == long[start - 1]
    }
}
