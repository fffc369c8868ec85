/// The likeliest sequence of labels, given scores of labels and of neighbours (Viterbi).
struct NameDecoder {
    private static let none = Int32.min / 4

    /// `scores` holds one value a label and token; `transitions` one a pair, from the previous label to the next.
    static func labels(scores: [Int32], transitions: [Int32]) -> [NameLabel] {
        let width = NameLabel.count
        let count = scores.count / width
        guard count > 0 else { return [] }
        var best = [Int32](repeating: none, count: scores.count)
        var from = [UInt8](repeating: 0, count: scores.count)
        for label in 0..<width where isAllowed(0, label) { best[label] = scores[label] &+ transitions[label] }
        for token in 1..<max(1, count) {
            let row = token * width
            for label in 0..<width {
                var value = none
                var previous = 0
                for other in 0..<width where isAllowed(other, label) {
                    let sum = best[row - width + other] &+ transitions[other * width + label]
                    if sum > value {
                        value = sum
                        previous = other
                    }
                }
                best[row + label] = value &+ scores[row + label]
                from[row + label] = UInt8(previous)
            }
        }
        var label = 0
        let last = (count - 1) * width
        for other in 1..<width where best[last + other] > best[last + label] { label = other }
        var labels = [NameLabel](repeating: .outside, count: count)
        for token in (0..<count).reversed() {
            labels[token] = NameLabel(rawValue: UInt8(label))
            label = Int(from[token * width + label])
        }
        return labels
    }

    private static func isAllowed(_ previous: Int, _ next: Int) -> Bool { allowed[previous * NameLabel.count + next] }

    private static let allowed: [Bool] = (0..<(NameLabel.count * NameLabel.count)).map {
        NameLabel(rawValue: UInt8($0 % NameLabel.count)).follows(
            NameLabel(rawValue: UInt8($0 / NameLabel.count)))
    }
}
