import ExtractionCore

/// What the inputs are called whose texts are known, by their articles' ids, which are the hashes of these names.
struct InputNames: Sendable {
    /// The names one after another, each behind its length.
    private var bytes: [UInt8] = []
    /// Where names start, from 1, below a part of the hash; 0 is free.
    private var slots = [UInt64](repeating: 0, count: 64)
    private var used = 0

    private static let offsetBits: UInt64 = 40

    private static func tag(_ article: ArticleID) -> UInt64 { article.low & ~(1 << offsetBits - 1) }

    private func start(_ tag: UInt64) -> Int { Int(tag.multipliedFullWidth(by: UInt64(slots.count)).high) }

    private func next(_ slot: Int) -> Int { slot + 1 == slots.count ? 0 : slot + 1 }

    /// The name of an input.
    subscript(article: ArticleID) -> String? {
        name(of: article).map { String(decoding: $0, as: UTF8.self) }
    }

    private func name(of article: ArticleID) -> ArraySlice<UInt8>? {
        let tag = InputNames.tag(article)
        var slot = start(tag)
        while slots[slot] != 0 {
            let offset = Int(slots[slot] & (1 << InputNames.offsetBits - 1)) - 1
            if slots[slot] ^ tag < 1 << InputNames.offsetBits {
                let name = name(at: offset)
                if ArticleID(of: Array(name)) == article { return name }
            }
            slot = next(slot)
        }
        return nil
    }

    private func name(at offset: Int) -> ArraySlice<UInt8> {
        let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
        return bytes[offset + 4..<offset + 4 + length]
    }

    /// Notes what the input of an article is called.
    mutating func insert(_ name: String, _ article: ArticleID) {
        if self.name(of: article) == nil { insert(Array(name.utf8)[...], article) }
    }

    private mutating func insert(_ name: ArraySlice<UInt8>, _ article: ArticleID) {
        if used * 5 >= slots.count * 4 { grow() }
        let entry = InputNames.tag(article) | UInt64(bytes.count + 1)
        if bytes.count + name.count + 4 > bytes.capacity {
            bytes.reserveCapacity(bytes.count + bytes.count / 4 + name.count + 256)
        }
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: name.count >> shift)) }
        bytes += name
        place(entry)
    }

    private mutating func place(_ entry: UInt64) {
        var slot = start(entry & ~(1 << InputNames.offsetBits - 1))
        while slots[slot] != 0 { slot = next(slot) }
        slots[slot] = entry
        used += 1
    }

    private mutating func grow() {
        let entries = slots.filter { $0 != 0 }
        slots = [UInt64](repeating: 0, count: entries.count * 3 / 2)
        used = 0
        for entry in entries { place(entry) }
    }

    /// Those of some articles alone.
    func kept(_ articles: (_ keep: (ArticleID) -> Void) -> Void) -> InputNames {
        var kept = InputNames()
        articles { article in
            if let name = name(of: article) { kept.insert(name, article) }
        }
        return kept
    }
}

extension InputNames {
    func write(to image: inout ImageWriter) {
        image.values(bytes)
        image.values(slots)
        image.value(UInt32(clamping: used))
    }

    init(_ image: inout ImageReader) {
        bytes = image.values()
        slots = image.values()
        used = Int(image.value(UInt32.self))
    }
}
