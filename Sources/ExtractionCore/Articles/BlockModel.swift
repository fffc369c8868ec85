// The weights of the main text: how much a word of a class name or of a short line speaks for the article or against
// it, and a small ensemble of decision trees over a block's features. Both are learnt from open annotations by
// Benchmarks/main-text/train.py and lie in Config/lexicon/main-text.tsv.

/// Says how likely each block of a page is to be its article.
struct BlockModel: Sendable {
    /// Log-odds of the words in class, id, role and itemprop attributes.
    private(set) var classWords = OddsTable()
    /// Log-odds of the words, pairs and beginnings of short blocks.
    private(set) var lineWords = OddsTable()
    /// A block at or above it is kept.
    private(set) var threshold: Float = 0.5
    private var trees: [Tree] = []

    static let file = "main_text"
    /// The weights that the program carries.
    static let embedded = BlockModel(EmbeddedFile.bytes(file))

    /// A tree as flat arrays; a negative child is the leaf with that number, counted from -1 down.
    private struct Tree {
        var features: [UInt8] = []
        var thresholds: [Float] = []
        var left: [Int16] = []
        var right: [Int16] = []
        var leaves: [Float] = []

        func value(_ row: ArraySlice<Float>) -> Float {
            var node = 0
            while node < features.count {
                let feature = row.startIndex + Int(features[node])
                guard feature < row.endIndex else { return 0 }
                let next = Int(row[feature] <= thresholds[node] ? left[node] : right[node])
                if next < 0 { return -next <= leaves.count ? leaves[-next - 1] : 0 }
                // Children come after their parent, so this ends.
                guard next > node else { return 0 }
                node = next
            }
            return leaves.first ?? 0
        }
    }

    /// Reads weights; a line that is none is passed over.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: 0x0A) where line.first != 0x23 {
            let fields = line.split(separator: 0x09)
            guard fields.count >= 2 else { continue }
            switch (String(decoding: fields[0], as: UTF8.self), fields.count) {
            case ("class", 3): classWords.insert(fields[1], BlockModel.number(fields[2]))
            case ("line", 3): lineWords.insert(fields[1], BlockModel.number(fields[2]))
            case ("threshold", 2): threshold = BlockModel.number(fields[1])
            case ("tree", 3): trees.append(BlockModel.tree(fields[1], leaves: fields[2]))
            default: continue
            }
        }
    }

    private static func tree(_ nodes: ArraySlice<UInt8>, leaves: ArraySlice<UInt8>) -> Tree {
        var tree = Tree()
        for node in nodes.split(separator: 0x20) {
            let parts = node.split(separator: 0x2C).map(number)
            guard parts.count == 4 else { continue }
            tree.features.append(UInt8(clamping: Int(parts[0])))
            tree.thresholds.append(parts[1])
            tree.left.append(Int16(clamping: Int(parts[2])))
            tree.right.append(Int16(clamping: Int(parts[3])))
        }
        tree.leaves = leaves.split(separator: 0x20).map(number)
        return tree
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Float {
        let value = Float(String(decoding: bytes, as: UTF8.self)) ?? 0
        return value.magnitude < 1e9 ? value : 0
    }

    /// The score of a row of features, in log-odds.
    func score(_ row: ArraySlice<Float>) -> Float { trees.reduce(0) { $0 + $1.value(row) } }

    /// Whether a score is that of the article.
    func isKept(_ score: Float) -> Bool { score >= threshold }
}

/// Words' hashes and their weights: a flat table with open addressing.
struct OddsTable: Sendable {
    private var keys = [UInt64](repeating: 0, count: 16)
    private var values = [Float](repeating: 0, count: 16)
    private var used = 0

    static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    /// FNV-1a, a byte at a time, so that a phrase's hash goes on from its first word's.
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// The weight of a hash; nil for a word that says nothing.
    subscript(hash: UInt64) -> Float? {
        var slot = start(hash)
        while keys[slot] != 0 {
            if keys[slot] == hash { return values[slot] }
            slot = (slot + 1) & (keys.count - 1)
        }
        return nil
    }

    mutating func insert(_ word: some Sequence<UInt8>, _ value: Float) {
        if used * 2 >= keys.count { grow() }
        insert(hash: word.reduce(OddsTable.seed, OddsTable.step), value)
    }

    private mutating func insert(hash: UInt64, _ value: Float) {
        var slot = start(hash)
        while keys[slot] != 0, keys[slot] != hash { slot = (slot + 1) & (keys.count - 1) }
        if keys[slot] == 0 { used += 1 }
        keys[slot] = hash
        values[slot] = value
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        values = [Float](repeating: 0, count: oldKeys.count * 2)
        used = 0
        for (key, value) in zip(oldKeys, oldValues) where key != 0 { insert(hash: key, value) }
    }

    private func start(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 32) & (keys.count - 1) }
}

/// Sum, smallest and largest of some weights.
struct Odds: Sendable {
    var sum: Float = 0
    var least: Float = 0
    var most: Float = 0

    mutating func add(_ value: Float) {
        sum += value
        least = min(least, value)
        most = max(most, value)
    }

    mutating func add(_ other: Odds) {
        sum += other.sum
        least = min(least, other.least)
        most = max(most, other.most)
    }
}
