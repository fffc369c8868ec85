/// Terms with weights whose squares sum to one, by ascending hash.
struct TermVector: Hashable, Sendable {
    private(set) var hashes: [UInt32] = []
    private(set) var weights: [Float] = []

    /// Weighs each term by how often it stands and how rare it is.
    init(_ terms: [Term], rarity: (Term) -> Float) {
        var sum: Float = 0
        hashes.reserveCapacity(terms.count)
        weights.reserveCapacity(terms.count)
        for term in terms {
            let weight = (1 + binaryLogarithm(Float(term.count)) * 0.7) * rarity(term)
            hashes.append(term.hash)
            weights.append(weight)
            sum += weight * weight
        }
        let length = sum.squareRoot()
        if length > 0 { for index in weights.indices { weights[index] /= length } }
    }

    /// The same of weights that are known, by ascending hash.
    init(_ hashes: [UInt32], _ weights: [Float]) {
        self.hashes = hashes
        let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        self.weights = length > 0 ? weights.map { $0 / length } : weights
    }

    /// The places of the heaviest terms, the heaviest first.
    func heaviest(_ count: Int) -> [Int] { Stories.heaviest(count, of: hashes, weights) }

    func contains(_ hash: UInt32) -> Bool { place(of: hash, in: hashes) != nil }
}

/// The terms of an article as the search for its story weighs them: the heaviest first in `heaviest`, and each found by
/// its hash.
struct WeighedTerms: Sendable {
    let terms: [Term]
    let vector: TermVector
    /// Places.
    let heaviest: [Int]
    /// Open addressing by hash; places from 1.
    private let slots: [UInt16]
    private static let size = 2048

    init(_ terms: [Term], _ vector: TermVector, heaviest count: Int) {
        self.terms = terms
        self.vector = vector
        heaviest = vector.heaviest(count)
        var slots = [UInt16](repeating: 0, count: WeighedTerms.size)
        for (place, hash) in vector.hashes.prefix(WeighedTerms.size / 2).enumerated() {
            var slot = Int(hash) & (WeighedTerms.size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (WeighedTerms.size - 1) }
            slots[slot] = UInt16(place + 1)
        }
        self.slots = slots
    }

    func place(of hash: UInt32) -> Int? {
        var slot = Int(hash) & (WeighedTerms.size - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if vector.hashes[place] == hash { return place }
            slot = (slot + 1) & (WeighedTerms.size - 1)
        }
        return nil
    }
}

/// The sum of a story's vectors: what its articles are about together.
struct Centre: Hashable, Sendable {
    private(set) var hashes: [UInt32] = []
    /// The weights in units of `unit`: two bytes each, a 65,535th of the heaviest apart.
    private var steps: [UInt16] = []
    private var unit: Float = 0
    private(set) var length: Float = 0
    /// How many vectors are in it.
    private(set) var count = 0

    private static let most = 400
    private static let trimmed = 300

    var weights: [Float] { steps.map { Float($0) * unit } }

    mutating func add(_ vector: TermVector) { add(vector.hashes, vector.weights, count: 1) }
    mutating func add(_ other: Centre) { add(other.hashes, other.weights, count: other.count) }

    /// The cosine of the angle between an article and this one; `isWanted` says which of its terms count.
    @inline(__always)
    func cosine(_ article: WeighedTerms, where isWanted: (Term) -> Bool = { _ in true }) -> Float {
        guard length > 0 else { return 0 }
        var sum: Float = 0
        for index in hashes.indices {
            guard let place = article.place(of: hashes[index]), isWanted(article.terms[place]) else { continue }
            sum += article.vector.weights[place] * Float(steps[index])
        }
        return sum * unit / length
    }

    func cosine(_ other: Centre) -> Float {
        length > 0 && other.length > 0
            ? product(other.hashes, other.weights, hashes, weights) / length / other.length : 0
    }

    /// How alike its articles are to a vector on average: a topic's centre is near to much, its articles are not.
    func meanCosine(_ cosine: Float) -> Float { count > 0 ? cosine * length / Float(count) : 0 }

    func contains(_ hash: UInt32) -> Bool { place(of: hash, in: hashes) != nil }

    private mutating func add(_ newHashes: [UInt32], _ newWeights: [Float], count added: Int) {
        var (left, right) = (0, 0)
        var (sumHashes, sumWeights): ([UInt32], [Float]) = ([], [])
        sumHashes.reserveCapacity(hashes.count + newHashes.count)
        sumWeights.reserveCapacity(hashes.count + newHashes.count)
        while left < hashes.count || right < newHashes.count {
            let isLeft = right == newHashes.count || (left < hashes.count && hashes[left] <= newHashes[right])
            let isRight = left == hashes.count || (right < newHashes.count && newHashes[right] <= hashes[left])
            sumHashes.append(isLeft ? hashes[left] : newHashes[right])
            sumWeights.append((isLeft ? Float(steps[left]) * unit : 0) + (isRight ? newWeights[right] : 0))
            if isLeft { left += 1 }
            if isRight { right += 1 }
        }
        count += added
        if sumHashes.count > Centre.most {
            let kept = heaviest(Centre.trimmed, of: sumHashes, sumWeights).sorted()
            (sumHashes, sumWeights) = (kept.map { sumHashes[$0] }, kept.map { sumWeights[$0] })
        }
        hashes = sumHashes
        unit = (sumWeights.max() ?? 0) / Float(UInt16.max)
        // Weights are never below 0.
        steps = sumWeights.map { unit > 0 ? UInt16(min(Float(UInt16.max), ($0 / unit).rounded())) : 0 }
        length = steps.reduce(0) { $0 + Float($1) * Float($1) }.squareRoot() * unit
    }
}

private func product(_ oneHashes: [UInt32], _ one: [Float], _ otherHashes: [UInt32], _ other: [Float]) -> Float {
    var (left, right) = (0, 0)
    var sum: Float = 0
    while left < oneHashes.count, right < otherHashes.count {
        let (first, second) = (oneHashes[left], otherHashes[right])
        if first == second { sum += one[left] * other[right] }
        if first <= second { left += 1 }
        if second <= first { right += 1 }
    }
    return sum
}

private func place(of hash: UInt32, in hashes: [UInt32]) -> Int? {
    var (low, high) = (0, hashes.count)
    while low < high {
        let middle = (low + high) / 2
        if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < hashes.count && hashes[low] == hash ? low : nil
}

/// The places of the heaviest of some weights, the heaviest first; of equal ones, the lesser hash.
private func heaviest(_ count: Int, of hashes: [UInt32], _ weights: [Float]) -> [Int] {
    guard weights.count > count else {
        return weights.indices.sorted { (weights[$1], hashes[$0]) < (weights[$0], hashes[$1]) }
    }
    // Hashes ascend, so a place that comes later never goes before an equal one.
    var kept: [Int] = []
    kept.reserveCapacity(count + 1)
    for index in weights.indices {
        if kept.count == count, let last = kept.last, weights[index] <= weights[last] { continue }
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if weights[kept[middle]] >= weights[index] { low = middle + 1 } else { high = middle }
        }
        kept.insert(index, at: low)
        if kept.count > count { kept.removeLast() }
    }
    return kept
}

/// The logarithm to base 2, good to a hundredth; the standard library alone has none.
func binaryLogarithm(_ value: Float) -> Float {
    guard value > 0, value.isFinite else { return 0 }
    let m = value.significand
    return Float(value.exponent) + (-m / 3 + 2) * m - 5 / 3
}

/// Two to the power of minus `value`, straight between whole powers.
func halved(_ value: Float) -> Float {
    guard value > 0 else { return 1 }
    guard value < 60 else { return 0 }
    let whole = value.rounded(.down)
    return Float(sign: .plus, exponent: -Int(whole), significand: 1) * (1 - (value - whole) / 2)
}

extension Centre {
    func write(to image: inout ImageWriter) {
        image.values(hashes)
        image.values(steps)
        image.value(unit)
        image.value(length)
        image.value(UInt32(clamping: count))
    }

    init(_ image: inout ImageReader) {
        (hashes, steps) = (image.values(), image.values())
        (unit, length) = (image.value(), image.value())
        count = Int(image.value(UInt32.self))
    }
}
