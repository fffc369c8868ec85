// Names are compared as written: "Of" and "Same" are towns, "of" and "same" are not. The tagger sees what is well known
// only; small towns share their names with people and things too often to speak for a place, and come in when it is
// settled that a name names one.

/// Countries, cities and regions by name.
public struct Gazetteer: Sendable {
    /// A place that is well known.
    public struct Entry: Hashable, Sendable {
        public enum Kind: UInt8, Sendable { case country, city, region }

        public let kind: Kind
        public let name: String
        /// ISO 3166-1 alpha-2; empty for seas, rivers and regions of several countries.
        public let country: String
        public let latitude: Double
        public let longitude: Double
        public let thousands: Int
        /// Its GeoNames number; nil for those written by hand.
        public let id: String?
    }

    let image: GazetteerImage

    /// Reads what make-gazetteer.py packed; damaged bytes make a gazetteer that knows less.
    public init(image bytes: [UInt8] = []) { image = GazetteerImage(FixedBytes(copying: bytes)) }

    init(_ bytes: FixedBytes) { image = GazetteerImage(bytes) }

    /// Every well-known place of that name, as written.
    public func entries(named name: String) -> [Entry] {
        image.places(ofName: image.name(name.utf8)).lazy.filter(\.isKnown).map(entry)
    }

    public func contains(_ name: String) -> Bool {
        image.isKnown(ofName: image.name(name.utf8))
    }

    /// The country with an ISO 3166-1 alpha-2 code.
    public func country(_ code: String) -> Entry? { image.country(Gazetteer.code(code)).map(entry) }

    static func code(_ letters: String) -> UInt16 {
        guard letters.utf8.count == 2 else { return 0 }
        return letters.utf8.reversed().reduce(0) { $0 << 8 | UInt16($1) }
    }

    static func letters(_ code: UInt16) -> String {
        code == 0 ? "" : String(decoding: [UInt8(code & 0xFF), UInt8(code >> 8)], as: UTF8.self)
    }

    private func entry(_ record: PlaceRecord) -> Entry {
        let details = image.details(of: record.index)
        let kind: Entry.Kind =
            switch record.kind {
            case .country: .country
            case .city: .city
            case .region, .division, .county: .region
            }
        return Entry(
            kind: kind, name: details.name, country: Gazetteer.letters(record.country), latitude: record.latitude,
            longitude: record.longitude, thousands: record.people / 1000,
            id: details.number == 0 ? nil : String(details.number))
    }
}
