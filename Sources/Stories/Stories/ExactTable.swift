import ExtractionCore

/// Where texts stand, by the hash of their words: sixteen bytes a text.
struct ExactTable: Sendable {
    /// A lineage, and a version in it.
    struct Place: Sendable, BitwiseCopyable {
        let lineage: UInt32
        let version: UInt32
    }

    /// Half of the hash, which is as good as all of it; 0 is free.
    private var keys = [UInt64](repeating: 0, count: 64)
    private var places = [Place](repeating: Place(lineage: 0, version: 0), count: 64)
    private var used = 0

    private static func key(_ hash: ArticleID) -> UInt64 { hash.low == 0 ? 1 : hash.low }

    private func slot(of key: UInt64) -> Int {
        var slot = Int(key.multipliedFullWidth(by: UInt64(keys.count)).high)
        while keys[slot] != 0, keys[slot] != key { slot = slot + 1 == keys.count ? 0 : slot + 1 }
        return slot
    }

    subscript(hash: ArticleID) -> Place? {
        let slot = slot(of: ExactTable.key(hash))
        return keys[slot] == 0 ? nil : places[slot]
    }

    /// Notes a text that is not there yet.
    mutating func insert(_ hash: ArticleID, _ place: Place) { insert(ExactTable.key(hash), place) }

    private mutating func insert(_ key: UInt64, _ place: Place) {
        if used * 5 >= keys.count * 4 { rebuild { _ in true } }
        let slot = slot(of: key)
        if keys[slot] == 0 { used += 1 }
        (keys[slot], places[slot]) = (key, place)
    }

    mutating func removeAll(where isGone: (UInt32) -> Bool) { rebuild { !isGone($0.lineage) } }

    /// Keeps some, and makes room for half as many more.
    private mutating func rebuild(_ isKept: (Place) -> Bool) {
        let (oldKeys, oldPlaces) = (keys, places)
        let kept = oldKeys.indices.count { oldKeys[$0] != 0 && isKept(oldPlaces[$0]) }
        keys = [UInt64](repeating: 0, count: max(64, kept * 3 / 2))
        places = [Place](repeating: Place(lineage: 0, version: 0), count: keys.count)
        used = kept
        for index in oldKeys.indices where oldKeys[index] != 0 && isKept(oldPlaces[index]) {
            let slot = slot(of: oldKeys[index])
            (keys[slot], places[slot]) = (oldKeys[index], oldPlaces[index])
        }
    }
}

extension ExactTable {
    func write(to image: inout ImageWriter) {
        image.value(UInt32(clamping: used))
        for slot in keys.indices where keys[slot] != 0 {
            image.value(keys[slot])
            image.value(places[slot].lineage)
            image.value(places[slot].version)
        }
    }

    init(_ image: inout ImageReader) {
        let count = Int(image.value(UInt32.self))
        // At its size from the start: entries in the order of their slots would pile up in a table that grows.
        keys = [UInt64](repeating: 0, count: min(1 << 28, max(64, count * 3 / 2)))
        places = [Place](repeating: Place(lineage: 0, version: 0), count: keys.count)
        for _ in 0..<count where !image.isBroken {
            let key = image.value(UInt64.self)
            let lineage = image.value(UInt32.self)
            insert(key, Place(lineage: lineage, version: image.value()))
        }
    }
}
