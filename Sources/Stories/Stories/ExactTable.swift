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
        let kept = keys.indices.filter { keys[$0] != 0 && isKept(places[$0]) }.map { (keys[$0], places[$0]) }
        let size = max(64, kept.count * 3 / 2)
        keys = [UInt64](repeating: 0, count: size)
        places = [Place](repeating: Place(lineage: 0, version: 0), count: size)
        used = 0
        for (key, place) in kept {
            let slot = slot(of: key)
            (keys[slot], places[slot]) = (key, place)
            used += 1
        }
    }
}

extension ExactTable {
    func write(to image: inout ImageWriter) {
        let kept = keys.indices.filter { keys[$0] != 0 }
        image.values(kept.map { keys[$0] })
        image.values(kept.map { places[$0].lineage })
        image.values(kept.map { places[$0].version })
    }

    init(_ image: inout ImageReader) {
        let known = image.values(UInt64.self)
        let (lineages, versions) = (image.values(UInt32.self), image.values(UInt32.self))
        let size = max(64, known.count * 3 / 2)
        keys = [UInt64](repeating: 0, count: size)
        places = [Place](repeating: Place(lineage: 0, version: 0), count: size)
        for (key, (lineage, version)) in zip(known, zip(lineages, versions)) {
            insert(key, Place(lineage: lineage, version: version))
        }
    }
}
