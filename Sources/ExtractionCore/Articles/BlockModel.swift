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
            lineWords.insert(ShortLine.key([0x5E] + label), BlockModel.labelWeight)
        }
        var fields = WeightFields(bytes)
        while fields.nextLine() {
            switch fields.kind {
            case "class": classWords.insert(bytes[fields.word].reduce(FNV.start, FNV.next), fields.number())
            case "line": lineWords.insert(ShortLine.key(bytes[fields.word]), fields.number())
            case "threshold": threshold = fields.number()
            case "tree": addTree(&fields)
            default: continue
            }
        }
    }

    /// Branches of four numbers each, then the leaves.
    private mutating func addTree(_ fields: inout WeightFields) {
        let branches = fields.numbers()
        let leaves = fields.numbers()
        guard branches.count.isMultiple(of: 4), !leaves.isEmpty else { return }
        let root = nodes.count
        let count = branches.count / 4
        /// A negative child is the leaf with that number, counted from -1 down.
        func place(_ child: Float, after parent: Int) -> Int32 {
            let place = child < 0 ? count - 1 - Int(child) : Int(child)
            let isThere = place > parent && place < count + leaves.count
            return Int32(root + (isThere ? place : count))
        }
        for index in 0..<count {
            nodes.append(
                Node(
                    feature: Int16(clamping: Int(branches[index * 4])), threshold: branches[index * 4 + 1],
                    left: place(branches[index * 4 + 2], after: index),
                    right: place(branches[index * 4 + 3], after: index)))
        }
        for leaf in leaves { nodes.append(Node(feature: -1, threshold: leaf, left: 0, right: 0)) }
        roots.append(root)
    }

    /// The score of a row of features, in log-odds.
    func score(_ rows: [Float], _ range: Range<Int>) -> Float {
        let row = rows.span.extracting(range)
        let nodes = nodes.span
        var sum: Float = 0
        for number in roots.indices {
            if number == BlockModel.firstTrees, sum.magnitude > BlockModel.sureScore { return sum }
            var node = nodes[roots[number]]
            while node.feature >= 0 {
                let feature = Int(node.feature)
                let isLeft = feature >= row.count || row[feature] <= node.threshold
                node = nodes[Int(isLeft ? node.left : node.right)]
            }
            sum += node.threshold
        }
        return sum
    }

    /// Whether a score is that of the article.
    func isKept(_ score: Float) -> Bool { score >= threshold }
}

/// Reads the lines and fields of a file of weights.
private struct WeightFields {
    private let bytes: [UInt8]
    private var index = 0
    private var end = 0
    private var next = 0
    private(set) var kind = ""
    /// The field after the kind, where it is a word.
    private(set) var word = 0..<0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Moves to the next line that is no comment; false at the end.
    mutating func nextLine() -> Bool {
        while next < bytes.count {
            index = next
            end = ByteScan.first(0x0A, in: bytes, from: index, to: bytes.count)
            next = end + 1
            let tab = ByteScan.first(0x09, in: bytes, from: index, to: end)
            guard index < end, bytes[index] != 0x23, tab < end else { continue }
            kind = String(decoding: bytes[index..<tab], as: UTF8.self)
            index = tab + 1
            if kind == "class" || kind == "line" {
                let second = ByteScan.first(0x09, in: bytes, from: index, to: end)
                word = index..<second
                index = min(end, second + 1)
            }
            return true
        }
        return false
    }

    /// The numbers up to the next tab or the line's end, parted by blanks and commas.
    mutating func numbers() -> [Float] {
        var numbers: [Float] = []
        while index < end, bytes[index] != 0x09 {
            numbers.append(number())
            while index < end, bytes[index] == 0x20 || bytes[index] == 0x2C { index += 1 }
        }
        index = min(end, index + 1)
        return numbers
    }

    /// A decimal number up to the next mark; 0 for what is none or has no place among weights.
    mutating func number() -> Float {
        let start = index
        let isNegative = index < end && bytes[index] == 0x2D
        if isNegative { index += 1 }
        var digits = 0.0
        var scale = 1.0
        var isFraction = false
        while index < end, bytes[index] == 0x2E || ASCII.isDigit(bytes[index]) {
            if bytes[index] == 0x2E {
                isFraction = true
            } else if digits < 1e15 {
                digits = digits * 10 + Double(bytes[index] - 0x30)
                if isFraction { scale *= 10 }
            }
            index += 1
        }
        var value = Float(isNegative ? -digits / scale : digits / scale)
        if index < end, bytes[index] | 0x20 == 0x65 {
            while index < end, bytes[index] > 0x20, bytes[index] != 0x2C { index += 1 }
            value = Float(String(decoding: bytes[start..<index], as: UTF8.self)) ?? 0
        } else if index == start {
            index += 1
        }
        return value.magnitude < 1e9 ? value : 0
    }
}

/// Words' hashes and their weights: a flat table with open addressing.
struct OddsTable: Sendable {
    private var keys = [UInt64](repeating: 0, count: 16)
    private var values = [Float](repeating: 0, count: 16)
    private var used = 0

    /// The weight of a hash; 0 for a word that says nothing.
    subscript(hash: UInt64) -> Float {
        var slot = start(hash)
        while keys[slot] != 0 {
            if keys[slot] == hash { return values[slot] }
            slot = (slot &+ 1) & (keys.count &- 1)
        }
        return 0
    }

    mutating func insert(_ hash: UInt64, _ value: Float) {
        if used * 2 >= keys.count { grow() }
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
        for (key, value) in zip(oldKeys, oldValues) where key != 0 { insert(key, value) }
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
