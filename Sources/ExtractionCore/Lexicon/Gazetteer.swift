// The gazetteer keeps its lines as they are and finds them by a hash of each name; a line is read when it is asked for.
// Names are compared as written: "Of" and "Same" are towns, "of" and "same" are not.

/// Countries, cities and regions by name.
public struct Gazetteer: Sendable {
    /// One line of the gazetteer.
    public struct Entry: Hashable, Sendable {
        public enum Kind: UInt8, Sendable { case country, city, region }

        public let kind: Kind
        public let name: String
        /// ISO 3166-1 alpha-2; empty for seas, rivers and regions of several countries.
        public let country: String
        /// First-level region, as GeoNames codes it; a country's capital.
        public let region: String
        public let latitude: Double
        public let longitude: Double
        public let thousands: Int
        /// A GeoNames number, or what kind of region it is.
        public let id: String
    }

    private struct Name: Sendable {
        let start: UInt32
        let count: UInt8
        let kind: UInt8
        let line: UInt32
    }

    private var bytes: [UInt8] = []
    private var names: [Name] = []
    private var slots: [UInt32] = []
    /// Country codes to the first name of their lines.
    private var countries: [UInt16: UInt32] = [:]

    init() {}

    init(countries: [UInt8], places: [UInt8], regions: [UInt8]) {
        bytes.reserveCapacity(countries.count + places.count + regions.count + 3)
        names.reserveCapacity(places.count / 20)
        read(countries, .country)
        read(places, .city)
        read(regions, .region)
        var size = 16
        while size < names.count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        for index in names.indices { insert(index) }
    }

    private mutating func read(_ source: [UInt8], _ kind: Entry.Kind) {
        let base = bytes.count
        bytes += source
        bytes.append(0x0A)
        var line = base
        var name = base
        var isName = true
        for index in base..<bytes.count {
            switch bytes[index] {
            case 0x0A:
                line = index + 1
                name = line
                isName = true
            case 0x09 where isName:
                add(name, index, line, kind)
                isName = false
                if kind == .country, index + 2 < bytes.count {
                    countries[UInt16(bytes[index + 1]) << 8 | UInt16(bytes[index + 2])] = UInt32(line)
                }
            case 0x7C where isName:
                add(name, index, line, kind)
                name = index + 1
            default: break
            }
        }
    }

    private mutating func add(_ start: Int, _ end: Int, _ line: Int, _ kind: Entry.Kind) {
        guard end > start, end - start < 256, bytes[line] != 0x23 else { return }
        names.append(Name(start: UInt32(start), count: UInt8(end - start), kind: kind.rawValue, line: UInt32(line)))
    }

    private mutating func insert(_ index: Int) {
        var hash = FNV.start
        let start = Int(names[index].start)
        for offset in start..<(start + Int(names[index].count)) { hash = FNV.next(hash, bytes[offset]) }
        var slot = place(hash)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }

    private func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ (hash >> 31)) & (slots.count - 1) }

    /// Every place of that name, as written; cities with most people first among cities.
    public func entries(named name: String) -> [Entry] {
        var found: [Entry] = []
        visit(name) { found.append(entry($0)) }
        return found
    }

    public func contains(_ name: String) -> Bool {
        var isFound = false
        visit(name) { _ in isFound = true }
        return isFound
    }

    /// The country with an ISO 3166-1 alpha-2 code.
    public func country(_ code: String) -> Entry? {
        let code = Array(code.utf8)
        guard code.count == 2, let line = countries[UInt16(code[0]) << 8 | UInt16(code[1])] else { return nil }
        return entry(Name(start: line, count: 0, kind: Entry.Kind.country.rawValue, line: line))
    }

    private func visit(_ name: String, _ body: (Name) -> Void) {
        guard !slots.isEmpty else { return }
        var hash = FNV.start
        for byte in name.utf8 { hash = FNV.next(hash, byte) }
        var slot = place(hash)
        while slots[slot] != 0 {
            let candidate = names[Int(slots[slot]) - 1]
            let start = Int(candidate.start)
            if Int(candidate.count) == name.utf8.count,
                bytes[start..<(start + Int(candidate.count))].elementsEqual(name.utf8)
            {
                body(candidate)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
    }

    private func entry(_ name: Name) -> Entry {
        var fields: [String] = []
        var start = Int(name.line)
        var index = start
        while index < bytes.count, bytes[index] != 0x0A {
            let isFirst = fields.isEmpty
            if bytes[index] == 0x09 || (isFirst && bytes[index] == 0x7C) {
                fields.append(String(decoding: bytes[start..<index], as: UTF8.self))
                while isFirst, index < bytes.count, bytes[index] != 0x09, bytes[index] != 0x0A { index += 1 }
                start = index + 1
            }
            index += 1
        }
        if start <= index { fields.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
        while fields.count < 7 { fields.append("") }
        return Entry(
            kind: Entry.Kind(rawValue: name.kind) ?? .region, name: fields[0], country: fields[1], region: fields[2],
            latitude: Double(fields[3]) ?? 0, longitude: Double(fields[4]) ?? 0, thousands: Int(fields[5]) ?? 0,
            id: fields[6])
    }
}
