/// A name, pronoun or description in the text that stands for an entity.
public struct Mention: Hashable, Sendable {
    public enum Form: String, Sendable { case name, acronym, pronoun, demonym, description }

    public let range: TextRange
    /// Index into `Analysis.sentences`.
    public let sentence: Int
    /// `Entity.id`.
    public let entity: Int
    public let form: Form

    public init(range: TextRange, sentence: Int, entity: Int, form: Form) {
        self.range = range
        self.sentence = sentence
        self.entity = entity
        self.form = form
    }
}

/// Somebody or something in the world that an article names.
public struct Entity: Hashable, Sendable {
    public enum Kind: String, Sendable { case person, organisation, place, group }

    /// From 1, in order of first mention.
    public let id: Int
    public let kind: Kind
    /// The fullest form that the article gives.
    public let name: String
    public let aliases: [String]
    /// How many mentions it has.
    public let mentions: Int
    /// "spokesman for the SDF", as the text says it.
    public let role: String?
    public let place: Place?

    public init(
        id: Int, kind: Kind, name: String, aliases: [String] = [], mentions: Int, role: String? = nil,
        place: Place? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.aliases = aliases
        self.mentions = mentions
        self.role = role
        self.place = place
    }
}

/// An entry of the gazetteer.
public struct Place: Hashable, Sendable {
    public let name: String
    public let latitude: Double
    public let longitude: Double
    /// ISO 3166-1 alpha-2; nil for seas, rivers and regions of several countries.
    public let country: String?
    /// The country's English name.
    public let countryName: String?
    /// Such as `geonames:172955`.
    public let id: String?

    public init(
        name: String, latitude: Double, longitude: Double, country: String?, countryName: String?, id: String?
    ) {
        self.name = name
        self.latitude = latitude
        self.longitude = longitude
        self.country = country
        self.countryName = countryName
        self.id = id
    }
}

/// Where an article names a place: as a mention of its own, inside a longer name ("Paris Police Department"), behind
/// another place ("Springfield, Ill.") or as a nationality.
public struct PlaceMention: Hashable, Sendable {
    public let range: TextRange
    public let place: Place

    public init(range: TextRange, place: Place) {
        self.range = range
        self.place = place
    }
}
