// Which places an article's names mean is settled for all of them together. Every candidate starts with what its kind and
// its people speak for; each name then votes for the countries and divisions of its candidates, in proportion to how
// likely they are, and the candidates are weighed again with the votes of the other names. So the places that only one
// region has pull the ambiguous ones to it: local news mostly speaks of one region. What is said outright ("Alexandria,
// Louisiana", "north of Raqqa") comes before everything. Where nothing decides, nothing is said.

/// Chooses which of the places of a name an article means.
struct PlaceResolver {
    private let gazetteer: Gazetteer
    /// Everything that names a place, in text order.
    let toponyms: [Toponym]
    /// One sense per spelling, unless the text holds it in two places.
    private var senses: [Sense] = []
    private var senseOf: [Int] = []
    private var countries: [UInt16: Double] = [:]
    private var divisions: [Int: Double] = [:]

    private struct Sense {
        let spelling: Int
        var candidates: [PlaceRecord]
        var containers: [PlaceRecord]
        var neighbours: [PlaceRecord]
        var standing: Toponym.Standing
        /// How often a word says that something is there.
        var wheres: Double
        let isCommon: Bool
        var count = 1.0
        /// How likely each candidate is.
        var shares: [Double] = []
    }

    init(_ reading: Reading, _ names: [Name], kinds: [Entity.Kind?]) {
        gazetteer = reading.lexicon.gazetteer
        toponyms = ToponymFinder(reading, names, kinds: kinds).found
        group()
        for _ in 0..<3 {
            for index in senses.indices { weigh(index) }
            vote()
        }
        for index in senses.indices { weigh(index) }
    }

    // MARK: Senses

    private mutating func group() {
        var first: [Int: Int] = [:]
        for toponym in toponyms {
            if let known = first[toponym.spelling],
                toponym.containers.isEmpty || senses[known].containers.isEmpty
                    || toponym.containers.map(\.index) == senses[known].containers.map(\.index)
            {
                merge(toponym, into: known)
                senseOf.append(known)
            } else {
                if first[toponym.spelling] == nil { first[toponym.spelling] = senses.count }
                senseOf.append(senses.count)
                senses.append(
                    Sense(
                        spelling: toponym.spelling, candidates: Array(toponym.candidates.prefix(40)),
                        containers: toponym.containers, neighbours: toponym.neighbours, standing: toponym.standing,
                        wheres: toponym.isWhere ? 1 : 0, isCommon: toponym.isCommon))
            }
        }
    }

    private mutating func merge(_ toponym: Toponym, into index: Int) {
        senses[index].count += 1
        if senses[index].containers.isEmpty { senses[index].containers = toponym.containers }
        if senses[index].neighbours.isEmpty { senses[index].neighbours = toponym.neighbours }
        if toponym.standing == .place || senses[index].standing == .doubtful, toponym.standing != .doubtful {
            senses[index].standing = toponym.standing
        }
        if toponym.isWhere { senses[index].wheres += 1 }
    }

    // MARK: Weighing

    private mutating func weigh(_ index: Int) {
        let scores = senses[index].candidates.indices.map { score(index, $0) }
        let best = scores.max() ?? 0
        var shares = scores.map { PlaceResolver.power($0 - best) }
        let sum = shares.reduce(0, +)
        for candidate in shares.indices { shares[candidate] /= max(sum, 1e-9) }
        senses[index].shares = shares
    }

    private func score(_ index: Int, _ candidate: Int) -> Double {
        let sense = senses[index]
        let place = sense.candidates[candidate]
        var score = PlaceResolver.start(place)
        score += held(place, sense)
        var country = countries[place.country] ?? 0
        var division = divisions[place.division] ?? 0
        if candidate < sense.shares.count {
            // Its own votes do not count.
            let voice = PlaceResolver.voice(sense)
            for (other, share) in zip(sense.candidates, sense.shares) where other.country == place.country {
                country -= share * voice
                if other.division == place.division { division -= share * voice }
            }
        }
        if place.country != 0 { score += min(3.5, 1.3 * PlaceResolver.level(country)) }
        if place.division != 0, place.kind != .division || place.people > 0 {
            score += min(6, 2.2 * PlaceResolver.level(division))
        }
        return score
    }

    /// What a place's kind and people speak for.
    private static func start(_ place: PlaceRecord) -> Double {
        let size = level(Double(place.people) / 1000) / 2
        switch place.kind {
        case .country: return 9.5
        case .region: return 7
        case .division: return place.isKnown ? 7 : min(4.5, 1 + size / 2)
        case .county: return 2
        case .city: return size + (place.isCapital ? 1 : 0)
        }
    }

    /// What the text says outright of where the place lies.
    private func held(_ place: PlaceRecord, _ sense: Sense) -> Double {
        var best = 0.0
        for container in sense.containers where container.index != place.index {
            switch container.kind {
            case .country where container.country == place.country && place.kind != .country: best = max(best, 14)
            case .division where container.index == place.division: best = max(best, 18)
            case .county where container.division == place.division && container.distance(to: place) < 100:
                best = max(best, 16)
            case .region where container.country == place.country && container.distance(to: place) < 400:
                best = max(best, 8)
            case .city where container.distance(to: place) < 80 && place.kind == .city: best = max(best, 5)
            default: break
            }
        }
        for neighbour in sense.neighbours
        where neighbour.index != place.index && neighbour.distance(to: place) < 120 && place.kind == .city {
            best = max(best, 6)
        }
        return best
    }

    private static func voice(_ sense: Sense) -> Double {
        let voice = min(2, 0.5 + 0.5 * sense.count)
        guard sense.standing == .doubtful, !sense.isCommon else { return sense.standing == .doubtful ? 0 : voice }
        // A side is named by its state: "Kansas beat Baylor" tells where the article is at home, too. And where somebody
        // is in it, it is a place whatever it was taken for.
        if sense.candidates.contains(where: { $0.isKnown && $0.kind != .city }) { return voice }
        return sense.wheres * 2 >= sense.count ? voice / 2 : 0
    }

    private mutating func vote() {
        countries.removeAll(keepingCapacity: true)
        divisions.removeAll(keepingCapacity: true)
        for sense in senses {
            let voice = PlaceResolver.voice(sense)
            for (place, share) in zip(sense.candidates, sense.shares) where share > 0.01 {
                if place.country != 0 { countries[place.country, default: 0] += share * voice }
                if place.division != 0 { divisions[place.division, default: 0] += share * voice }
            }
        }
    }

    // MARK: Answers

    /// The place that a toponym means; nil where nothing decides.
    func place(of toponym: Int) -> Place? { decision(toponym).map(place) }

    private func decision(_ toponym: Int) -> PlaceRecord? {
        let sense = senses[senseOf[toponym]]
        guard let best = sense.shares.indices.max(by: { sense.shares[$0] < sense.shares[$1] }) else { return nil }
        let choice = sense.candidates[best]
        // Candidates next to each other are one answer.
        var share = 0.0
        for (place, other) in zip(sense.candidates, sense.shares) where place.distance(to: choice) < 100 {
            share += other
        }
        guard share >= PlaceResolver.least else { return nil }
        if held(choice, sense) > 0 { return choice }
        let support = support(of: choice, sense)
        switch sense.standing {
        case .doubtful: return isBelieved(choice, sense, support) ? choice : nil
        case .nested where sense.isCommon: return choice.isKnown && choice.kind != .city ? choice : nil
        case .nested: return isFamous(choice) || support > 1 ? choice : nil
        case .place, .demonym: return isFamous(choice) || support > 0.4 ? choice : nil
        }
    }

    /// Whether a name that was taken for something else is a place's all the same.
    private func isBelieved(_ place: PlaceRecord, _ sense: Sense, _ support: Double) -> Bool {
        if sense.isCommon { return sense.wheres * 2 >= sense.count && support > 2.5 }
        if place.isKnown, place.kind != .city || place.people >= 500_000 { return true }
        return sense.wheres * 2 >= sense.count && support > 1
    }

    private func isFamous(_ place: PlaceRecord) -> Bool {
        place.isKnown && (place.kind != .city || place.isCapital || place.people >= 80_000)
    }

    /// How much the other names of the article speak for the place's division and country.
    private func support(of place: PlaceRecord, _ sense: Sense) -> Double {
        let voice = PlaceResolver.voice(sense)
        var country = countries[place.country] ?? 0
        var division = divisions[place.division] ?? 0
        for (other, share) in zip(sense.candidates, sense.shares) where other.country == place.country {
            country -= share * voice
            if other.division == place.division { division -= share * voice }
        }
        return place.division == 0 ? country : max(division, country / 2)
    }

    /// The least share of the likeliest place.
    private static let least = 0.45

    private func place(_ record: PlaceRecord) -> Place {
        let details = gazetteer.image.details(of: record.index)
        let country = gazetteer.image.country(record.country)
        return Place(
            name: details.name, latitude: record.latitude, longitude: record.longitude,
            country: record.country == 0 ? nil : Gazetteer.letters(record.country),
            countryName: country.map { gazetteer.image.details(of: $0.index).name },
            id: details.number == 0 ? nil : "geonames:" + String(details.number))
    }

    // MARK: Numbers

    /// The binary logarithm of one more than a number, straight between powers of two.
    private static func level(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        let number = value + 1
        return Double(number.exponent) + number.significand - 1
    }

    /// Two to a power that is not above zero, straight between whole ones, steepened to be near that of e.
    private static func power(_ value: Double) -> Double {
        let scaled = max(-60, value * 1.44)
        let whole = scaled.rounded(.down)
        return Double(sign: .plus, exponent: Int(whole), significand: 1 + (scaled - whole))
    }
}
