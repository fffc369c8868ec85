import ExtractionCore

/// A figure of a text with its scale, so that 17.1 million and 17,121,000 agree within what is stated.
struct NumberValue: Hashable {
    let value: Double
    /// Half a unit of the last digit that is stated.
    let slack: Double

    func agrees(with other: NumberValue) -> Bool { abs(value - other.value) <= max(slack, other.slack) }
}

extension TextWords {
    /// The words of the number that a word is part of: "forty-one" is two words and one number.
    func numberWords(_ index: Int) -> Range<Int> {
        if isTens(index), isUnit(index + 1), isJoined(index) { return index..<index + 2 }
        if isUnit(index), index > 0, isTens(index - 1), isJoined(index - 1) { return index - 1..<index + 1 }
        return index..<index + 1
    }

    private func isTens(_ index: Int) -> Bool { spelled(index).map { $0 >= 20 && $0 <= 90 } ?? false }
    private func isUnit(_ index: Int) -> Bool { spelled(index).map { $0 >= 1 && $0 <= 9 } ?? false }

    private func spelled(_ index: Int) -> Double? {
        guard words.indices.contains(index), words[index].traits.contains(.spelled) else { return nil }
        return NumberWords.shared.value(words[index].hash)
    }

    /// A hyphen or a blank stands between a word and the next.
    private func isJoined(_ index: Int) -> Bool {
        let end = Int(words[index].end)
        guard Int(words[index + 1].start) == end + 1, end < text.count else { return false }
        return text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: " ")
    }

    /// The value of the number that a number word or numeral is part of; nil for anything else.
    func number(_ index: Int) -> NumberValue? {
        let all = numberWords(index)
        guard words[index].isNumber, let (first, places) = digits(words[all.lowerBound]) else { return nil }
        let digits = all.count == 2 ? first + (spelled(all.lowerBound + 1) ?? 0) : first
        var scale = 1.0
        if all.upperBound < words.count { scale = NumberWords.shared.scale(words[all.upperBound].hash) }
        var unit = scale
        for _ in 0..<places { unit /= 10 }
        // Exact counts stand for themselves; only a decimal or a scale says that something was rounded.
        let slack = places == 0 && scale == 1 ? 0 : unit / 2
        return NumberValue(value: digits * scale, slack: slack)
    }

    private func digits(_ word: NormalWord) -> (Double, Int)? {
        if word.traits.contains(.spelled) { return NumberWords.shared.value(word.hash).map { ($0, 0) } }
        var value = 0.0
        var places = 0
        var isFraction = false
        let end = min(Int(word.end), text.count)
        for index in min(Int(word.start), end)..<min(end, Int(word.start) + 40) {
            let byte = text[index]
            if byte &- 0x30 < 10 {
                value = value * 10 + Double(byte - 0x30)
                if isFraction { places += 1 }
            } else if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if byte != UInt8(ascii: ",") {
                break
            }
        }
        for _ in 0..<places { value /= 10 }
        return (value, places)
    }
}

/// The values behind the hashes of number words and scales.
struct NumberWords: Sendable {
    static let shared = NumberWords()
    static let one = NormalWord.hash("1")

    private let values: [UInt64: Double]
    private let scales: [UInt64: Double]

    private init() {
        var values: [UInt64: Double] = [:]
        for value in 0...99 { values[NormalWord.hash(String(value))] = Double(value) }
        self.values = values
        var scales: [UInt64: Double] = [:]
        let names: [(String, Double)] = [
            ("dozen", 12), ("hundred", 100), ("thousand", 1000), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12),
        ]
        for (name, scale) in names { scales[NormalWord.hash(name)] = scale }
        self.scales = scales
    }

    func value(_ hash: UInt64) -> Double? { values[hash] }
    func scale(_ hash: UInt64) -> Double { scales[hash] ?? 1 }
}
