// The gazetteer as `Config/lexicon/make-gazetteer.py` packs it, looked up where it lies: nothing is parsed at the start,
// and only the pages that a look-up touches are ever read. Little-endian:
//
//     head     "CTGZ", version, count of places, count of slots (a power of two), bytes of names, count of countries, 0
//     slots    an offset into the names for each hash, 0 where there is none; the next slot is tried on a clash
//     places   24 bytes each: offset of the chief name, GeoNames number, people, country code, division (a place),
//              latitude and longitude in hundredths, kind, flags, 0; countries first, in the order of their codes
//     names    length, the name, count of places, their indices
//
// A damaged image finds less or finds wrong places; it never reads outside itself.

/// The packed gazetteer.
struct GazetteerImage: Sendable {
    private let bytes: FixedBytes
    private let places: Int
    private let slots: Int
    private let namesStart: Int
    private let countries: Int

    private static let head = 28
    private static let placeSize = 24

    /// An image that is none, or of another version or length than it says, holds no places.
    init(_ bytes: FixedBytes) {
        let places = Int(bytes.word(8))
        let slots = Int(bytes.word(12))
        let namesStart = GazetteerImage.head + slots * 4 + places * GazetteerImage.placeSize
        let isSound =
            bytes.word(0) == 0x5A47_5443 && bytes.word(4) == 1 && slots > 0 && slots & (slots - 1) == 0
            && namesStart + Int(bytes.word(16)) == bytes.count && bytes.word(20) <= bytes.word(8)
        self.bytes = bytes
        self.namesStart = namesStart
        self.places = isSound ? places : 0
        self.slots = isSound ? slots : 0
        countries = isSound ? Int(bytes.word(20)) : 0
    }

    /// Where a name stands; 0 when it is not in the gazetteer.
    func name(_ name: some Collection<UInt8>) -> Int {
        guard slots > 0, !name.isEmpty, name.count < 256 else { return 0 }
        var hash = FNV.start
        for byte in name { hash = FNV.next(hash, byte) }
        var slot = Int(truncatingIfNeeded: hash ^ (hash >> 31)) & (slots - 1)
        for _ in 0..<slots {
            let offset = Int(bytes.word(GazetteerImage.head + slot * 4))
            guard offset > 0 else { return 0 }
            if equals(offset, name) { return offset }
            slot = (slot + 1) & (slots - 1)
        }
        return 0
    }

    private func equals(_ offset: Int, _ name: some Collection<UInt8>) -> Bool {
        var at = namesStart + offset
        guard Int(bytes.byte(at)) == name.count else { return false }
        for byte in name {
            at += 1
            if bytes.byte(at) != byte { return false }
        }
        return true
    }

    /// The places of the name at an offset, those with most people first.
    func places(ofName offset: Int) -> [PlaceRecord] {
        guard offset > 0 else { return [] }
        let at = namesStart + offset
        let list = at + 1 + Int(bytes.byte(at))
        return (0..<Int(bytes.byte(list))).compactMap { place(Int(bytes.word(list + 1 + $0 * 4))) }
    }

    /// Whether a name at an offset is a well-known place's.
    func isKnown(ofName offset: Int) -> Bool {
        let list = namesStart + offset + 1 + Int(bytes.byte(namesStart + offset))
        return offset > 0
            && (0..<Int(bytes.byte(list))).contains { place(Int(bytes.word(list + 1 + $0 * 4)))?.isKnown ?? false }
    }

    func place(_ index: Int) -> PlaceRecord? {
        guard index >= 0, index < places else { return nil }
        let at = GazetteerImage.head + slots * 4 + index * GazetteerImage.placeSize
        guard let kind = PlaceRecord.Kind(rawValue: bytes.byte(at + 20)) else { return nil }
        return PlaceRecord(
            index: index, kind: kind, country: bytes.half(at + 12), division: Int(bytes.half(at + 14)),
            latitude: Double(Int16(bitPattern: bytes.half(at + 16))) / 100,
            longitude: Double(Int16(bitPattern: bytes.half(at + 18))) / 100, people: Int(bytes.word(at + 8)),
            flags: bytes.byte(at + 21))
    }

    /// The place's chief name and GeoNames number; 0 for those that were written by hand.
    func details(of index: Int) -> (name: String, number: UInt32) {
        guard index >= 0, index < places else { return ("", 0) }
        let at = GazetteerImage.head + slots * 4 + index * GazetteerImage.placeSize
        let name = namesStart + Int(bytes.word(at))
        return (bytes.string(name + 1, count: Int(bytes.byte(name))), bytes.word(at + 4))
    }

    /// The country with a code as `PlaceRecord` holds it.
    func country(_ code: UInt16) -> PlaceRecord? {
        var low = 0
        var high = countries
        while low < high {
            let middle = (low + high) / 2
            guard let country = place(middle) else { return nil }
            if country.country == code { return country }
            if country.country < code { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

/// A place of the gazetteer in numbers.
struct PlaceRecord: Sendable {
    enum Kind: UInt8, Sendable { case country, city, region, division, county }

    /// Where it stands in the gazetteer: its identity.
    let index: Int
    let kind: Kind
    /// Two ASCII letters of ISO 3166-1, the first in the low byte; 0 for none.
    let country: UInt16
    /// The index of its first-level division; 0 for none, its own for a division.
    let division: Int
    let latitude: Double
    let longitude: Double
    let people: Int
    let flags: UInt8

    /// Well enough known for its name alone to speak for a place.
    var isKnown: Bool { flags & 1 != 0 }
    var isCapital: Bool { flags & 2 != 0 }

    /// About how many kilometres lie between; good for some hundreds of them.
    func distance(to other: PlaceRecord) -> Double {
        let north = (latitude - other.latitude) * 111
        var east = abs(longitude - other.longitude)
        if east > 180 { east = 360 - east }
        // The cosine of the middle latitude, near enough.
        let middle = (latitude + other.latitude) / 2 / 57.3
        let shrink = max(0.05, 1 - middle * middle / 2 + middle * middle * middle * middle / 24)
        return (north * north + east * 111 * shrink * east * 111 * shrink).squareRoot()
    }
}
