/// Chooses which of the places of a name an article means.
struct PlaceResolver {
    private let gazetteer: Gazetteer
    private let reading: Reading
    /// How often the article names something of a country.
    private var countries: [String: Int] = [:]

    init(_ reading: Reading, _ names: [Name]) {
        self.reading = reading
        gazetteer = reading.lexicon.gazetteer
        for name in names {
            if name.kind == .group, let code = name.known, !code.isEmpty {
                countries[code, default: 0] += 1
            } else if name.kind == nil {
                let entries = gazetteer.entries(named: surface(name))
                // A name that two countries share tells nothing.
                let isShared = entries.lazy.filter { $0.kind == .country }.count > 1
                for entry in entries where entry.kind != .city && !entry.country.isEmpty && !isShared {
                    countries[entry.country, default: 0] += entry.kind == .country ? 2 : 1
                }
                if let only = entries.first, entries.count == 1, only.kind == .city, only.thousands >= 100 {
                    countries[only.country, default: 0] += 1
                }
            }
        }
    }

    private func surface(_ name: Name) -> String {
        NameEvidence(reading: reading).placeName(name)
    }

    /// The likeliest place: a country before a region before a city, unless what follows says where it lies.
    func place(of names: [Name]) -> Place? {
        guard let name = names.first else { return nil }
        var best: (entry: Gazetteer.Entry, score: Double)?
        // "The Las Lomas mine" is not the city of that name.
        let isSite = names.allSatisfy { reading.isSite($0.last + 1) }
        let containers = names.prefix(8).flatMap(container(of:))
        // "Aurora province" is no city of a country that the article does not speak of.
        let isRegion = names.allSatisfy { name in
            let next = name.last + 1
            return reading.words.indices.contains(next) && PlaceResolver.regions.contains(reading.words[next])
        }
        for entry in gazetteer.entries(named: surface(name)) {
            if entry.kind == .city, isSite && entry.thousands < 500 || isRegion && countries[entry.country] == nil {
                continue
            }
            let score = score(entry, containers)
            if best.map({ score > $0.score }) ?? true { best = (entry, score) }
        }
        return best.map { place($0.entry, named: surface(name)) }
    }

    private static let regions: Set<String> = [
        "province", "governorate", "county", "district", "region", "state", "oblast", "prefecture", "department",
        "municipality",
    ]

    private func score(_ entry: Gazetteer.Entry, _ containers: [Gazetteer.Entry]) -> Double {
        var score = 0.0
        switch entry.kind {
        case .country: score = 9
        case .region: score = entry.region.isEmpty ? 6 : 7
        case .city:
            score = Double(min(entry.thousands, 30_000).bitWidth - max(1, entry.thousands).leadingZeroBitCount) / 2.5
        }
        if !entry.country.isEmpty { score += min(4, Double(countries[entry.country] ?? 0)) }
        for container in containers where container.country == entry.country && !entry.country.isEmpty {
            if container.kind == .country { score += 20 }
            if container.kind == .region, container.region == entry.region { score += 25 }
        }
        return score
    }

    /// The places named right behind a comma: "Manchester, England".
    private func container(of name: Name) -> [Gazetteer.Entry] {
        let sentence = reading.text.sentences[name.sentence]
        var token = name.last + 1
        guard token + 1 < sentence.tokens.upperBound else { return [] }
        if [",", "in", "("].contains(reading.words[token]) { token += 1 }
        if token < sentence.tokens.upperBound,
            ["northern", "southern", "eastern", "western", "central"].contains(reading.words[token])
        {
            token += 1
        }
        guard token < sentence.tokens.upperBound, token > name.last + 1, reading.isCapital[token] else { return [] }
        for last in stride(from: min(token + 2, sentence.tokens.upperBound - 1), through: token, by: -1) {
            let found = gazetteer.entries(named: reading.surface(token, last)).filter { $0.kind != .city }
            if !found.isEmpty { return found }
        }
        return []
    }

    private func place(_ entry: Gazetteer.Entry, named name: String) -> Place {
        let country = entry.country.isEmpty ? nil : gazetteer.country(entry.country)
        let isNumber = entry.id.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && !entry.id.isEmpty
        return Place(
            name: entry.name, latitude: entry.latitude, longitude: entry.longitude,
            country: entry.country.isEmpty ? nil : entry.country, countryName: country?.name,
            id: isNumber ? "geonames:" + entry.id : nil)
    }
}
