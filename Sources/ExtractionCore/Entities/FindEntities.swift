/// Finds who and what an article names: mentions in text order without overlaps, entities by first mention.
public func findEntities(
    in text: TokenizedText, lexicon: Lexicon
) -> (mentions: [Mention], entities: [Entity], places: [PlaceMention], notes: [Note]) {
    let reading = Reading(text, lexicon)
    let ruled = NameScanner(reading)
    var names = NameTagger(models: lexicon.nameModels).names(in: reading, ruled: ruled)
    let descriptions = Descriptions(reading: reading)
    let bodies = descriptions.bodies(besides: names)
    names = withoutOverlaps(names, bodies)
    let clusters = Clusters(reading, names)
    var drafts = EntityDrafts(reading, clusters)
    drafts.addShortForms(descriptions)
    drafts.addPronouns(descriptions)
    drafts.resolvePlaces()
    return (drafts.mentions(), drafts.entities(), drafts.places, clusters.notes)
}

/// Bodies take the place of the nationalities inside them.
private func withoutOverlaps(_ names: [Name], _ bodies: [Name]) -> [Name] {
    let all = (names + bodies).sorted {
        $0.range.start == $1.range.start ? $0.range.end > $1.range.end : $0.range.start < $1.range.start
    }
    var kept: [Name] = []
    var end: Int32 = 0
    for name in all where name.range.start >= end && !name.range.isEmpty {
        kept.append(name)
        end = name.range.end
    }
    return kept
}

/// Entities in the making.
struct EntityDrafts {
    private let reading: Reading
    private let names: [Name]
    /// The names of each entity, in text order; the entity's id is the index plus one.
    private var members: [[Int]] = []
    private var kinds: [Entity.Kind] = []
    private var known: [String?] = []
    private var extra: [Mention] = []
    /// In text order.
    private(set) var places: [PlaceMention] = []
    private var placeOf: [Place?] = []

    init(_ reading: Reading, _ clusters: Clusters) {
        self.reading = reading
        names = clusters.names
        let groups = clusters.all.filter { $0.parent == nil && !$0.names.isEmpty }
            .map { (names: $0.names.sorted(), kind: $0.kind, known: $0.known) }
            .sorted { $0.names[0] < $1.names[0] }
        for group in groups {
            members.append(group.names)
            kinds.append(group.kind)
            known.append(group.known)
        }
    }

    mutating func addShortForms(_ descriptions: Descriptions) {
        var bodies: [(last: String, entity: Int)] = []
        var taken: Set<Int> = []
        for (index, group) in members.enumerated() {
            for member in group {
                taken.formUnion(names[member].first...names[member].last)
                guard kinds[index] == .organisation, names[member].count > 1 else { continue }
                let last = reading.words[names[member].last]
                if reading.lists[names[member].last].contains(.collectives) {
                    bodies.append((last, index + 1))
                }
            }
        }
        extra += descriptions.shortForms(of: bodies, besides: taken)
    }

    mutating func addPronouns(_ descriptions: Descriptions) {
        var persons: [(range: TextRange, entity: Int)] = []
        var gender: [Int: Character] = [:]
        for (index, group) in members.enumerated() where kinds[index] == .person {
            for member in group {
                persons.append((names[member].range, index + 1))
                if let found = genderOf(names[member]) { gender[index + 1] = found }
            }
        }
        persons.sort { $0.range < $1.range }
        extra += descriptions.pronouns(persons: persons, gender: gender)
    }

    /// Settles which places the names mean; a name that turns out to be a place's becomes one.
    mutating func resolvePlaces() {
        var owner = [Int](repeating: -1, count: names.count)
        for (index, group) in members.enumerated() { for member in group { owner[member] = index } }
        let resolver = PlaceResolver(reading, names, kinds: owner.map { $0 < 0 ? nil : kinds[$0] })
        let described = Set(extra.lazy.map(\.entity))
        placeOf = [Place?](repeating: nil, count: members.count)
        for (index, toponym) in resolver.toponyms.enumerated() {
            guard let place = resolver.place(of: index) else { continue }
            if let owner = toponym.name.map({ owner[$0] }), owner >= 0, toponym.standing != .demonym {
                if toponym.standing == .doubtful {
                    guard !described.contains(owner + 1), isOneName(owner) else { continue }
                    kinds[owner] = .place
                }
                if placeOf[owner] == nil { placeOf[owner] = place }
            }
            places.append(PlaceMention(range: toponym.range, place: place))
        }
        places.sort { $0.range < $1.range }
    }

    /// Whether all names of an entity are one word for word, without a title.
    private func isOneName(_ index: Int) -> Bool {
        members[index].allSatisfy { names[$0].key == names[members[index][0]].key && names[$0].title == nil }
    }

    private func genderOf(_ name: Name) -> Character? {
        if let title = name.title {
            switch reading.words[title.lowerBound] {
            case "mr", "mr.", "sir", "lord", "king", "prince", "sheikh", "father", "baron": return "m"
            case "mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "queen", "princess", "sister", "baroness":
                return "f"
            default: break
            }
        }
        guard name.count > 1 else { return nil }
        return reading.lexicon.value(reading.words[name.first], in: .givenNames)?.first
    }

    func mentions() -> [Mention] {
        var found = extra
        for (index, group) in members.enumerated() {
            for member in group {
                let name = names[member]
                found.append(
                    Mention(range: name.range, sentence: name.sentence, entity: index + 1, form: name.form))
            }
        }
        return found.sorted { $0.range < $1.range }
    }

    func entities() -> [Entity] {
        var counts = [Int](repeating: 0, count: members.count)
        for mention in extra where mention.entity <= counts.count { counts[mention.entity - 1] += 1 }
        let roles = Roles(reading: reading)
        return members.indices.map { index in
            var forms = forms(of: index)
            let group = members[index].map { names[$0] }
            let place = placeOf.indices.contains(index) ? placeOf[index] : nil
            // A dateline writes "KATHMANDU".
            if let place, forms[0].utf8.count > 3, titled(forms[0]) == place.name, forms[0] == forms[0].uppercased() {
                forms.removeAll { $0 == place.name }
                forms.insert(place.name, at: 0)
            }
            return Entity(
                id: index + 1, kind: kinds[index], name: forms[0], aliases: Array(forms.dropFirst()),
                mentions: members[index].count + counts[index], role: role(group, kinds[index], roles),
                place: place)
        }
    }

    /// All spellings, the fullest first.
    private func forms(of index: Int) -> [String] {
        var forms: [String] = []
        for member in members[index] {
            let form = shown(names[member])
            if !forms.contains(form) { forms.append(form) }
        }
        guard let best = forms.indices.max(by: { fullness(forms[$0], $0) < fullness(forms[$1], $1) }) else {
            return [""]
        }
        forms.swapAt(0, best)
        return forms
    }

    private func fullness(_ form: String, _ index: Int) -> (Int, Int, Int) {
        (form.split(separator: " ").count, form.utf8.count, -index)
    }

    private func shown(_ name: Name) -> String {
        reading.text.text.string(name.range).split(whereSeparator: { $0 == " " || $0.isNewline || $0 == "\u{A0}" })
            .joined(separator: " ")
    }

    private func role(_ group: [Name], _ kind: Entity.Kind, _ roles: Roles) -> String? {
        var best: (role: String, rank: Int)?
        for name in group.prefix(20) {
            guard let found = roles.role(of: name, kind: kind) else { continue }
            if found.rank > best?.rank ?? 0 { best = found }
        }
        return best?.role
    }
}
