/// A place's name where it stands in the text, before it is settled which place it means.
struct Toponym {
    enum Standing: Sendable {
        /// A name that the tagger took for a place's.
        case place
        /// A nationality: means its country.
        case demonym
        /// Inside a longer name, or the state behind a town.
        case nested
        /// A name that the tagger took for something else; what stands around it must speak for a place.
        case doubtful
    }

    let range: TextRange
    let first: Int
    let last: Int
    let sentence: Int
    let standing: Standing
    /// Index into the names; nil for a part of one.
    let name: Int?
    /// Where its spelling stands in the gazetteer: equal for equal spellings.
    let spelling: Int
    /// What it may mean.
    var candidates: [PlaceRecord]
    /// What stands behind it and holds it: the places of "Ohio" in "Dublin, Ohio".
    var containers: [PlaceRecord] = []
    /// What it is said to lie near: "north of Raqqa".
    var neighbours: [PlaceRecord] = []
    /// Whether a word before it speaks of being there, as "in" and "near" do, or it goes on a list of such places.
    var isWhere = false
    /// Whether its one word is an everyday word or a given name: then the gazetteer's word for it weighs little.
    var isCommon = false
}

/// Finds everything in an article that names a place.
struct ToponymFinder {
    private let reading: Reading
    private let image: GazetteerImage
    private(set) var found: [Toponym] = []
    /// No article tells of more places; behind them a flood of names would only take memory.
    private static let limit = 20_000
    private var spelling: [UInt8] = []

    /// `kinds` says what each name was taken for.
    init(_ reading: Reading, _ names: [Name], kinds: [Entity.Kind?]) {
        self.reading = reading
        image = reading.lexicon.gazetteer.image
        for (index, name) in names.enumerated() {
            guard found.count < ToponymFinder.limit else { break }
            switch kinds[index] {
            case .place: addPlace(name, index)
            case .group: addDemonym(name, index)
            case .organisation: addOrganisation(name, index)
            case .person:
                addDoubtful(name, index)
                if name.count > 1 { addLead(of: name) }
            case nil: break
            }
        }
    }

    // MARK: What names are taken for

    private mutating func addPlace(_ name: Name, _ index: Int) {
        let length = found.count
        if name.count == 1, name.range != reading.text.tokens[name.first].range {
            add(name, index, .place, spelled: spell(name.range, isTitled: false))
        } else {
            add(name, index, .place, spelled: spell(name.first, name.last))
        }
        if found.count == length { addParts(of: name, isPlace: true) }
    }

    private mutating func addDemonym(_ name: Name, _ index: Int) {
        guard let code = name.known, let country = image.country(Gazetteer.code(code)) else {
            return addParts(of: name, isPlace: false)
        }
        found.append(
            Toponym(
                range: name.range, first: name.first, last: name.last, sentence: name.sentence, standing: .demonym,
                name: index, spelling: -country.index - 1, candidates: [country]))
    }

    private mutating func addOrganisation(_ name: Name, _ index: Int) {
        let length = found.count
        if name.known == nil || name.known == "" { addDoubtful(name, index) }
        if found.count == length, name.count > 1 { addParts(of: name, isPlace: false) }
    }

    private mutating func addDoubtful(_ name: Name, _ index: Int) {
        guard name.title == nil, name.form != .acronym else { return }
        add(name, index, .doubtful, spelled: spell(name.first, name.last))
    }

    private mutating func add(_ name: Name, _ index: Int, _ standing: Toponym.Standing, spelled offset: Int) {
        let candidates = candidates(offset, behind: name.last)
        guard !candidates.isEmpty else { return }
        var toponym = Toponym(
            range: name.range, first: name.first, last: name.last, sentence: name.sentence, standing: standing,
            name: index, spelling: offset, candidates: candidates)
        toponym.isCommon = isCommon(name.first, name.last)
        let short = surround(&toponym)
        if let before = found.last(where: { $0.name != nil }), before.isWhere, before.sentence == name.sentence,
            before.last + 2 == name.first, [",", "and", "or"].contains(reading.words[name.first - 1])
        {
            toponym.isWhere = true
        }
        found.append(toponym)
        if let short { found.append(short) }
    }

    /// The places inside a longer name: the longest from the left, then on behind it.
    private mutating func addParts(of name: Name, isPlace: Bool) {
        var first = name.first
        while first <= name.last {
            guard reading.isCapital[first] else {
                first += 1
                continue
            }
            var last = min(first + 3, name.last)
            var length = 0
            while last >= first, length == 0 {
                if last - first + 1 < name.count, let part = part(first, last, of: name) {
                    found.append(part)
                    length = last - first + 1
                }
                last -= 1
            }
            first += max(1, length)
        }
    }

    /// "Texas Gov. Perry", "Walker County Sheriff Jones": a place that a person's name was taken to begin with.
    private mutating func addLead(of name: Name) {
        for last in stride(from: min(name.first + 2, name.last - 1), through: name.first, by: -1) {
            guard let part = part(name.first, last, of: name), !part.isCommon,
                part.standing == .demonym
                    || part.candidates.contains(where: { $0.kind != .city && ($0.isKnown || last > name.first) })
            else { continue }
            found.append(part)
            return
        }
    }

    private func isCommon(_ first: Int, _ last: Int) -> Bool {
        first == last
            && (reading.lists[first].contains(.everyday) || reading.lists[first].contains(.givenNames)
                || isWord(first))
    }

    private func isWord(_ token: Int) -> Bool {
        let lists = reading.lists[token]
        return lists.contains(.common) || lists.contains(.calendar) || lists.contains(.titles)
            || lists.contains(.placeKinds) || lists.contains(.organisationHeads)
    }

    /// Whether the words of a name around a part make it another name: "New London", "Red River", "White Street".
    private func isCut(_ first: Int, _ last: Int, of name: Name, _ candidates: [PlaceRecord]) -> Bool {
        if first > name.first, ToponymFinder.openings.contains(reading.words[first - 1]) { return true }
        guard last < name.last else { return false }
        let next = reading.words[last + 1]
        if ToponymFinder.streets.contains(next) { return true }
        // "The Texas Forest Service" is of Texas all the same.
        guard !candidates.contains(where: { $0.isKnown && ($0.kind == .division || $0.kind == .country) }) else {
            return false
        }
        return next != "county" && reading.lexicon.value(next, in: .placeKinds) == "place"
    }

    private static let openings: Set<String> = [
        "new", "fort", "ft.", "port", "lake", "mount", "mt.", "san", "santa", "st.", "st", "saint", "los", "las", "el",
        "la", "old", "cape", "point",
    ]
    private static let streets: Set<String> = [
        "street", "st.", "road", "rd.", "avenue", "ave.", "boulevard", "lane", "drive", "highway", "way", "court",
    ]

    private mutating func part(_ first: Int, _ last: Int, of name: Name) -> Toponym? {
        if let code = reading.lexicon.value(reading.key(first, last), in: .demonyms),
            let country = image.country(Gazetteer.code(code))
        {
            return Toponym(
                range: reading.text.range(first, through: last), first: first, last: last, sentence: name.sentence,
                standing: .demonym, name: nil, spelling: -country.index - 1, candidates: [country])
        }
        guard first < last || !isWord(first) else { return nil }
        let offset = spell(first, last)
        let candidates = candidates(offset, behind: last)
        guard !candidates.isEmpty, !isCut(first, last, of: name, candidates) else { return nil }
        var part = Toponym(
            range: reading.text.range(first, through: last), first: first, last: last, sentence: name.sentence,
            standing: .nested, name: nil, spelling: offset, candidates: candidates)
        part.isCommon = isCommon(first, last)
        return part
    }

    // MARK: Spellings

    /// Where the tokens' spelling stands in the gazetteer: blanks and apostrophes made plain, "BEIRUT" as "Beirut".
    private mutating func spell(_ first: Int, _ last: Int) -> Int {
        let range = reading.text.range(first, through: last)
        let offset = spell(range, isTitled: false)
        guard offset == 0, range.count > 3, (first...last).allSatisfy({ reading.isAcronym($0) }) else { return offset }
        return spell(range, isTitled: true)
    }

    private mutating func spell(_ range: TextRange, isTitled: Bool) -> Int {
        spelling.removeAll(keepingCapacity: true)
        let text = reading.text.text
        var offset = range.lower
        while offset < range.upper, spelling.count < 200 {
            let byte = text[offset]
            if byte == 0xE2, offset + 2 < range.upper, text[offset + 1] == 0x80, text[offset + 2] == 0x99 {
                spelling.append(0x27)
                offset += 2
            } else if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                if spelling.last != 0x20 { spelling.append(0x20) }
            } else {
                let isInside = spelling.last.map { $0 != 0x20 && $0 != 0x2D } ?? false
                spelling.append(isTitled && isInside ? folded(byte) : byte)
            }
            offset += 1
        }
        return image.name(spelling)
    }

    /// The places that a spelling may mean here, by what follows it.
    private func candidates(_ offset: Int, behind last: Int) -> [PlaceRecord] {
        guard offset > 0 else { return [] }
        var all = image.places(ofName: offset)
        guard reading.words.indices.contains(last + 1) else { return all }
        // "The Las Lomas mine" is not the city of that name.
        if reading.isSite(last + 1) { all.removeAll { $0.kind == .city && $0.people < 500_000 } }
        if ToponymFinder.divisions.contains(reading.words[last + 1]), all.contains(where: { $0.kind == .division }) {
            all.removeAll { $0.kind == .city }
        }
        return all
    }

    private static let divisions: Set<String> = [
        "province", "governorate", "region", "state", "oblast", "prefecture", "department",
    ]
}

// What stands around a place's name.
extension ToponymFinder {
    private static let directions: Set<String> = [
        "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "north-east",
        "north-west", "south-east", "south-west", "near", "outside", "suburb", "outskirts",
    ]
    private static let quarters: Set<String> = ["northern", "southern", "eastern", "western", "central", "the"]
    private static let wheres: Set<String> = ["in", "near", "outside", "around", "downtown"]

    /// Reads what holds a place and what it lies near; a short form of a state is a toponym of its own.
    private mutating func surround(_ toponym: inout Toponym) -> Toponym? {
        let sentence = reading.text.sentences[toponym.sentence].tokens
        if toponym.first > sentence.lowerBound {
            toponym.isWhere = ToponymFinder.wheres.contains(reading.words[toponym.first - 1])
        }
        var token = toponym.last + 1
        guard token + 1 < sentence.upperBound else { return nil }
        let isComma = [",", "("].contains(reading.words[token])
        if isComma, let short = shortState(token + 1, sentence, of: toponym) {
            toponym.containers = short.candidates
            return short
        }
        if isComma || reading.words[token] == "in" {
            token += 1
            if token < sentence.upperBound, ToponymFinder.quarters.contains(reading.words[token]) { token += 1 }
            toponym.containers = holders(token, sentence)
        }
        if toponym.containers.isEmpty { toponym.neighbours = neighbours(toponym.last + 1, sentence) }
        return nil
    }

    private mutating func holders(_ token: Int, _ sentence: Range<Int>) -> [PlaceRecord] {
        guard token < sentence.upperBound, reading.isCapital[token] else { return [] }
        for last in stride(from: min(token + 2, sentence.upperBound - 1), through: token, by: -1) {
            let places = candidates(spell(token, last), behind: last)
            if !places.isEmpty { return places.filter { $0.kind != .city || $0.people >= 20_000 } }
        }
        return []
    }

    /// "Ill." behind "Springfield,": one token or two ("W. Va.").
    private mutating func shortState(_ token: Int, _ sentence: Range<Int>, of town: Toponym) -> Toponym? {
        for last in [token + 1, token] where last < sentence.upperBound && reading.isCapital[last] {
            spelling = [0x2C]
            for offset in reading.text.range(token, through: last)
                .lower..<reading.text.range(token, through: last).upper
            where reading.text.text[offset] != 0x2E && (reading.text.text[offset] != 0x20 || last == token + 1) {
                spelling.append(reading.text.text[offset])
            }
            var offset = image.name(spelling)
            if offset == 0 { offset = image.name(spelling.filter { $0 != 0x20 }) }
            guard offset > 0, let state = image.places(ofName: offset).first else { continue }
            let range = reading.text.range(token, through: last)
            let next = last + 1
            // A full stop that is a token of its own belongs to a short form that needs one.
            let isStopped =
                next < sentence.upperBound - 1 && reading.words[next] == "."
                && reading.text.tokens[next].range.lower == range.upper
            return Toponym(
                range: isStopped ? TextRange(range.lower, range.upper + 1) : range, first: token, last: last,
                sentence: town.sentence, standing: .nested, name: nil, spelling: offset, candidates: [state])
        }
        return nil
    }

    /// "Hazima, a village north of Raqqa": what a direction within a few words leads to.
    private mutating func neighbours(_ start: Int, _ sentence: Range<Int>) -> [PlaceRecord] {
        var token = start
        while token < min(start + 6, sentence.upperBound - 1), !reading.isCapital[token] {
            if ToponymFinder.directions.contains(reading.words[token]) {
                let next = reading.words[token + 1] == "of" ? token + 2 : token + 1
                return holders(next, sentence).filter { $0.kind == .city || $0.kind == .county }
            }
            token += 1
        }
        return []
    }
}
