/// Which stories the latest articles belong to, by their names and numbers: as many as fit, whatever the stream's length.
struct NameRing: Sendable {
    struct Entry: Sendable, BitwiseCopyable {
        let key: UInt32
        let story: UInt32
        let language: UInt16
        /// Days since 1970.
        let day: UInt16
    }

    private static let most = 1 << 16
    private static let buckets = 1 << 14
    static let days = 3

    private var entries: [Entry] = []
    private var next = 0
    /// The latest entry of a bucket, and the ones before and after each entry in its bucket, from 1.
    private var heads: [UInt32] = []
    private var before: [UInt32] = []
    private var after: [UInt32] = []
    /// How many entries are of other languages than English.
    private(set) var foreign = 0

    mutating func insert(_ keys: [UInt32], story: UInt32, language: UInt16, day: UInt16) {
        if heads.isEmpty, !keys.isEmpty { heads = [UInt32](repeating: 0, count: NameRing.buckets) }
        for key in keys {
            let entry = Entry(key: key, story: story, language: language, day: day)
            if language != 0 { foreign += 1 }
            if entries.count < NameRing.most {
                entries.append(entry)
                before.append(0)
                after.append(0)
            } else {
                if entries[next].language != 0 { foreign -= 1 }
                unlink(next)
                entries[next] = entry
            }
            let bucket = Int(key) & (NameRing.buckets - 1)
            before[next] = heads[bucket]
            after[next] = 0
            if heads[bucket] > 0 { after[Int(heads[bucket]) - 1] = UInt32(next + 1) }
            heads[bucket] = UInt32(next + 1)
            next = (next + 1) % NameRing.most
        }
    }

    /// The oldest entry ends its bucket's chain.
    private mutating func unlink(_ oldest: Int) {
        if after[oldest] > 0 {
            before[Int(after[oldest]) - 1] = 0
        } else {
            heads[Int(entries[oldest].key) & (NameRing.buckets - 1)] = 0
        }
    }

    /// Calls `body` with each entry of a key, the latest first.
    func each(_ key: UInt32, _ body: (Entry) -> Void) {
        guard !heads.isEmpty else { return }
        var place = Int(heads[Int(key) & (NameRing.buckets - 1)]) - 1
        while place >= 0 {
            if entries[place].key == key { body(entries[place]) }
            place = Int(before[place]) - 1
        }
    }
}

extension NameRing {
    func write(to image: inout ImageWriter) {
        image.values(entries)
        for links in [heads, before, after] { image.values(links) }
        image.value(UInt32(clamping: next))
        image.value(UInt32(clamping: foreign))
    }

    init(_ image: inout ImageReader) {
        entries = image.values()
        (heads, before, after) = (image.values(), image.values(), image.values())
        next = Int(image.value(UInt32.self))
        foreign = Int(image.value(UInt32.self))
    }
}
