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
    /// Every tree's nodes, one tree after the other, and where each tree begins.
    private var nodes: [Node] = []
    private var roots: [Int] = []

    static let files = ["main_text", "page_labels"]
    /// The weights that the program carries.
    static let embedded = BlockModel(EmbeddedFile.bytes("main_text"))
    /// What a label of `page_labels` weighs; the learnt weights of such words lie around it.
    private static let labelWeight: Float = -2.5

    /// A node; a leaf has no feature, and its threshold is its value. Children come after their parent.
    private struct Node: Sendable {
        var feature: Int16
        var threshold: Float
        var left: Int32
        var right: Int32
    }

    /// After so many trees, a score so far from doubt is not going to change sides.
    private static let firstTrees = 24
    private static let sureScore: Float = 2.2

    /// Reads weights, after those of the labels that the program carries; a line that is none is passed over.
    init(_ bytes: [UInt8]) {
        for label in EmbeddedFile.bytes("page_labels").split(separator: 0x0A) where label.first != 0x23 {
            lineWords.insert([0x5E] + label, BlockModel.labelWeight)
        }
        for line in bytes.split(separator: 0x0A) where line.first != 0x23 {
            let fields = line.split(separator: 0x09)
            guard fields.count >= 2 else { continue }
            switch (String(decoding: fields[0], as: UTF8.self), fields.count) {
            case ("class", 3): classWords.insert(fields[1], BlockModel.number(fields[2]))
            case ("line", 3): lineWords.insert(fields[1], BlockModel.number(fields[2]))
            case ("threshold", 2): threshold = BlockModel.number(fields[1])
            case ("tree", 3): addTree(fields[1], leaves: fields[2])
            default: continue
            }
        }
    }

    private mutating func addTree(_ branches: ArraySlice<UInt8>, leaves: ArraySlice<UInt8>) {
        let branches = branches.split(separator: 0x20).map { $0.split(separator: 0x2C).map(BlockModel.number) }
        let leaves = leaves.split(separator: 0x20).map(BlockModel.number)
        guard branches.allSatisfy({ $0.count == 4 }), !leaves.isEmpty else { return }
        let root = nodes.count
        /// A negative child is the leaf with that number, counted from -1 down.
        func place(_ child: Float, after parent: Int) -> Int32 {
            let place = child < 0 ? branches.count - 1 - Int(child) : Int(child)
            let isThere = place > parent && place < branches.count + leaves.count
            return Int32(root + (isThere ? place : branches.count))
        }
        for (index, branch) in branches.enumerated() {
            nodes.append(
                Node(
                    feature: Int16(clamping: Int(branch[0])), threshold: branch[1],
                    left: place(branch[2], after: index), right: place(branch[3], after: index)))
        }
        for leaf in leaves { nodes.append(Node(feature: -1, threshold: leaf, left: 0, right: 0)) }
        roots.append(root)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Float {
        let value = Float(String(decoding: bytes, as: UTF8.self)) ?? 0
        return value.magnitude < 1e9 ? value : 0
    }

    /// The score of the row of features that begins at `start`, in log-odds.
    func score(_ rows: [Float], from start: Int, width: Int) -> Float {
        var sum: Float = 0
        for (number, root) in roots.enumerated() {
            if number == BlockModel.firstTrees, sum.magnitude > BlockModel.sureScore { return sum }
            var node = nodes[root]
            while node.feature >= 0 {
                let feature = Int(node.feature)
                let isLeft = feature >= width || rows[start + feature] <= node.threshold
                node = nodes[Int(isLeft ? node.left : node.right)]
            }
            sum += node.threshold
        }
        return sum
    }

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
