/// An attribute that may stand in sanitised HTML, if its value is harmless.
struct SafeAttribute {
    private enum Kind { case plain, address, addresses, style }

    private let place: Int

    /// By the key of its name; nil for one that is dropped, such as all that hold programs.
    init?(_ key: UInt64) {
        place = SafeAttribute.places[key]
        if place < 0 { return nil }
    }

    /// Its place in a set of those seen.
    var bit: UInt64 { 1 << UInt64(place) }

    private var kind: Kind {
        switch place {
        case 0..<4: .address
        case 4: .addresses
        case 5: .style
        default: .plain
        }
    }

    private static let names = """
        href src cite poster srcset style alt title width height datetime colspan rowspan lang dir controls start type \
        class id rel align valign name border target abbr summary span value shape sizes loading vspace hspace \
        cellpadding cellspacing color face size bgcolor
        """.split(separator: " ")

    private static let places: HashIndex = {
        var places = HashIndex(capacity: names.count)
        for (place, name) in names.enumerated() { places.update(NameKey.of(name.utf8), place) }
        return places
    }()

    /// The decoded value, addresses resolved; nil when it could do harm.
    func harmless(_ bytes: [UInt8], _ range: Range<Int>, base: String?) -> ArraySlice<UInt8>? {
        var value = bytes[range]
        if ASCII.hasByte(0x26, in: bytes, range) {
            var decoded: [UInt8] = []
            CharacterReferences.append(bytes, range, to: &decoded)
            value = decoded[...]
        }
        switch kind {
        case .plain: return value
        case .style: return SafeAttribute.isHarmlessStyle(value) ? value : nil
        case .address: return SafeAttribute.address(value, base: base)
        case .addresses: return SafeAttribute.addresses(value, base: base)
        }
    }

    private static func address(_ value: ArraySlice<UInt8>, base: String?) -> ArraySlice<UInt8>? {
        if value.starts(with: "https://".utf8) || value.starts(with: "http://".utf8) { return value }
        guard isHarmless(value) else { return nil }
        return Array(resolvedURL(String(decoding: value, as: UTF8.self), against: base).utf8)[...]
    }

    /// Relative, or http, https or mailto once white space and controls are out.
    private static func isHarmless(_ address: ArraySlice<UInt8>) -> Bool {
        let bytes = address.filter { $0 > 0x20 && $0 != 0x7F }
        guard let colon = bytes.firstIndex(of: 0x3A) else { return true }
        let scheme = bytes[..<colon]
        if scheme.contains(where: { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }) { return true }
        return ["http", "https", "mailto"].contains(ASCII.lowered(scheme))
    }

    /// Addresses of pictures, each with what it is for, parted by commas.
    private static func addresses(_ value: ArraySlice<UInt8>, base: String?) -> ArraySlice<UInt8>? {
        var out: [UInt8] = []
        var rest = value
        var isChanged = false
        while true {
            rest = rest.drop { ASCII.isSpace($0) || $0 == 0x2C }
            if rest.isEmpty { return isChanged ? out[...] : value }
            var address = rest.prefix { !ASCII.isSpace($0) }
            rest = rest.dropFirst(address.count)
            var use = rest.prefix(0)
            if address.last == 0x2C {
                address = address.dropLast()
            } else {
                use = rest.prefix { $0 != 0x2C }
                rest = rest.dropFirst(use.count)
            }
            let clean = SafeAttribute.address(address, base: base)
            isChanged = isChanged || clean != address
            guard let clean else { continue }
            if !out.isEmpty { out += [0x2C, 0x20] }
            out += clean
            out += use
        }
    }

    /// No programs, no addresses, nothing laid over the page around it, and no way to write these in disguise.
    private static func isHarmlessStyle(_ value: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(value)
        let harmful: [StaticString] = [
            "expression", "behavior", "behaviour", "binding", "import", "url", "script", "position", "\\", "/*", "<",
        ]
        return !harmful.contains { ASCII.find($0, in: bytes, 0..<bytes.count) != nil }
    }
}
