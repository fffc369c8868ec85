import ExtractionCore

/// A figure of a text with its scale, so that 17.1 million and 17,121,000 agree within what is stated.
struct NumberValue: Hashable {
    let value: Double
    /// Half a unit of the last digit that is stated.
    let slack: Double

    func agrees(with other: NumberValue) -> Bool { abs(value - other.value) <= max(slack, other.slack) }
}

extension TextWords {
    /// The value of a number word or numeral; nil for anything else.
    func number(_ index: Int) -> NumberValue? {
        let word = words[index]
        guard word.isNumber, let (digits, places) = digits(word) else { return nil }
        var scale = 1.0
        if index + 1 < words.count { scale = NumberWords.shared.scale(words[index + 1].hash) }
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
