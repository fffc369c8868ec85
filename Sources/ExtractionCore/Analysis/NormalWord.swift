// Words as duplicates are compared by: case, punctuation, white space and the kind of quotation mark do not count,
// "twelve" is "12", "17,000" is "17000", "U.S." is one word. The hashes are stored, so they never change with the
// process or the Swift version.

/// A word or number of a text in its normal form.
public struct NormalWord: Hashable, Sendable {
    /// A fixed hash of the normal form; equal on every machine.
    public let hash: UInt64
    public let start: Int32
    public let end: Int32
    public let traits: Traits

    /// What a comparison wants to know about a word besides its hash.
    public struct Traits: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Begins with a digit, or is a number word such as "twelve".
        public static let number = Traits(rawValue: 1)
        /// Counts as `#` in shingles: numbers, "million", and words with a digit in them.
        public static let masked = Traits(rawValue: 2)
        public static let capitalised = Traits(rawValue: 4)
        public static let opensSentence = Traits(rawValue: 8)
        public static let opensLine = Traits(rawValue: 16)
        /// A number written in letters.
        public static let spelled = Traits(rawValue: 32)
        /// A stop word: it tells nothing of what a text is about.
        public static let stop = Traits(rawValue: 64)
    }

    public init(hash: UInt64, start: Int, end: Int, traits: Traits) {
        self.hash = hash
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
        self.traits = traits
    }

    public var range: TextRange { TextRange(Int(start), Int(end)) }
    public var isNumber: Bool { traits.contains(.number) }
    public var isMasked: Bool { traits.contains(.masked) }
    public var isCapitalised: Bool { traits.contains(.capitalised) }
    public var opensSentence: Bool { traits.contains(.opensSentence) }
    public var isStop: Bool { traits.contains(.stop) }

    /// The hash that a lower-case ASCII word has here.
    public static func hash(_ word: String) -> UInt64 {
        var hash = WordHash()
        for byte in word.utf8 { hash.add(byte) }
        return hash.value
    }
}

/// FNV-1a with a final mix.
struct WordHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var value: UInt64 { mixedBits(state) }
}

/// Spreads every bit over all others (the finaliser of SplitMix64).
public func mixedBits(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
}

/// The words of a text in their normal form, in text order.
public func normalWords(of text: Text) -> [NormalWord] {
    var scanner = NormalWordScanner(bytes: text.bytes)
    return scanner.words()
}

private struct NormalWordScanner {
    private let bytes: [UInt8]
    private let forms = WordForms.shared
    private var index = 0
    private var wordStart = 0
    /// What stood between the last word and here.
    private var newLine = true
    private var fullStop = true
    /// Of the last word; a length of 0 is none.
    private var lastHash: UInt64 = 0
    private var lastLength = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func words() -> [NormalWord] {
        var words: [NormalWord] = []
        words.reserveCapacity(bytes.count / 5 + 1)
        while index < bytes.count {
            let byte = bytes[index]
            if !startsWord(byte) {
                skip(byte)
                continue
            }
            words.append(word())
            newLine = false
            fullStop = false
        }
        return words
    }

    private func startsWord(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return highLength(at: index).isWord }
        return ASCIIClass.isAlphanumeric(byte) || byte == UInt8(ascii: "%")
    }

    private mutating func skip(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): newLine = true
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): fullStop = true
        default: break
        }
        index += byte < 0x80 ? 1 : max(1, highLength(at: index).length)
    }

    private func isAfterAbbreviation() -> Bool { lastLength == 1 || lastLength > 1 && forms.isAbbreviation(lastHash) }

    private mutating func word() -> NormalWord {
        let start = index
        wordStart = index
        let first = bytes[index]
        var hash = WordHash()
        var traits: NormalWord.Traits = []
        if first == UInt8(ascii: "%") {
            index += 1
            (lastHash, lastLength) = (forms.percent, 1)
            return NormalWord(hash: forms.percent, start: start, end: index, traits: .stop)
        }
        if ASCIIClass.isUpper(first) || (first == 0xC3 && index + 1 < bytes.count && bytes[index + 1] < 0x9F) {
            traits.insert(.capitalised)
        }
        if ASCIIClass.isDigit(first) {
            traits.formUnion([.number, .masked])
            number(&hash)
        }
        if letters(&hash) { traits.insert(.masked) }
        if newLine {
            traits.formUnion([.opensLine, .opensSentence])
        } else if fullStop, !ASCIIClass.isLower(first), !isAfterAbbreviation() {
            traits.insert(.opensSentence)
        }
        let form = forms.form(of: hash.value)
        (lastHash, lastLength) = (form.hash, index - start)
        return NormalWord(hash: form.hash, start: start, end: index, traits: traits.union(form.traits))
    }

    /// Digits with thousands separators left out; the decimal point stays.
    private mutating func number(_ hash: inout WordHash) {
        var isFraction = false
        while index < bytes.count {
            let byte = bytes[index]
            if ASCIIClass.isDigit(byte) {
                hash.add(byte)
                index += 1
            } else if byte == UInt8(ascii: ","), !isFraction, digits(after: index) == 3 {
                index += 1
            } else if byte == UInt8(ascii: "."), !isFraction, digits(after: index) > 0 {
                hash.add(byte)
                isFraction = true
                index += 1
            } else {
                return
            }
        }
    }

    private func digits(after index: Int) -> Int {
        var count = 0
        while count < 4, index + 1 + count < bytes.count, ASCIIClass.isDigit(bytes[index + 1 + count]) { count += 1 }
        return count
    }

    /// Letters, digits and inner apostrophes; true when a digit was among them.
    private mutating func letters(_ hash: inout WordHash) -> Bool {
        var hasDigit = false
        var run = plainLetters(&hash)
        while index < bytes.count {
            let byte = bytes[index]
            if ASCIIClass.isLetter(byte) {
                hash.add(byte | 0x20)
                run += 1
                index += 1
            } else if ASCIIClass.isDigit(byte) {
                hash.add(byte)
                hasDigit = true
                index += 1
            } else if byte == UInt8(ascii: "'"), index + 1 < bytes.count, ASCIIClass.isLetter(bytes[index + 1]) {
                index += 1
            } else if byte == UInt8(ascii: "."), run == 1, isInitial(index + 1) {
                run = 0
                index += 1
            } else if byte >= 0x80 {
                guard high(&hash) else { return hasDigit }
                run += 2
            } else {
                return hasDigit
            }
        }
        return hasDigit
    }

    /// ASCII letters from here on, which are most of all bytes; how many there are.
    private mutating func plainLetters(_ hash: inout WordHash) -> Int {
        let end = NormalWordScanner.endOfLetters(bytes, index, &hash)
        defer { index = end }
        return end - index
    }

    private static func endOfLetters(_ bytes: [UInt8], _ start: Int, _ hash: inout WordHash) -> Int {
        let span = bytes.span
        var (at, state) = (start, hash)
        while at < span.count {
            // In bounds by the condition.
            let letter = unsafe span[unchecked: at] | 0x20
            guard letter &- 0x61 < 26 else { break }
            state.add(letter)
            at &+= 1
        }
        hash = state
        return at
    }

    /// Whether one letter stands there alone, as the S of "U.S.".
    private func isInitial(_ index: Int) -> Bool {
        guard index < bytes.count, ASCIIClass.isLetter(bytes[index]) else { return false }
        return index + 1 >= bytes.count || !ASCIIClass.isAlphanumeric(bytes[index + 1])
    }

    /// One character beyond ASCII; false when the word ends before it.
    private mutating func high(_ hash: inout WordHash) -> Bool {
        let (length, isWord) = highLength(at: index)
        if isApostrophe(index), index + 3 < bytes.count, ASCIIClass.isLetter(bytes[index + 3]) {
            index += 3
            return true
        }
        guard isWord else { return false }
        // Scripts without blanks: every character is a word of its own, so that shingles mean something.
        let standsAlone = length == 3 && (0xE3...0xE9).contains(bytes[index])
        if standsAlone, index != wordStart { return false }
        let end = min(index + length, bytes.count)
        addFolded(index..<end, to: &hash)
        index = end
        return !standsAlone
    }

    private func isApostrophe(_ index: Int) -> Bool {
        index + 2 < bytes.count && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
            && (bytes[index + 2] == 0x98 || bytes[index + 2] == 0x99)
    }

    /// Folds the case of Latin-1 and Cyrillic letters.
    private func addFolded(_ range: Range<Int>, to hash: inout WordHash) {
        if range.count == 2 {
            let (lead, trail) = (bytes[range.lowerBound], bytes[range.lowerBound + 1])
            switch (lead, trail) {
            case (0xC3, 0x80...0x9E): return add(lead, trail + 0x20, &hash)
            case (0xD0, 0x90...0x9F): return add(lead, trail + 0x20, &hash)
            case (0xD0, 0xA0...0xAF): return add(0xD1, trail - 0x20, &hash)
            default: return add(lead, trail, &hash)
            }
        }
        for offset in range { hash.add(bytes[offset]) }
    }

    private func add(_ lead: UInt8, _ trail: UInt8, _ hash: inout WordHash) {
        hash.add(lead)
        hash.add(trail)
    }

    /// How long the character is, and whether it belongs to words: dashes, quotation marks and blanks do not.
    private func highLength(at index: Int) -> (length: Int, isWord: Bool) {
        let lead = bytes[index]
        switch lead {
        case 0xC2: return (2, false)
        case 0xC3...0xDF: return (2, true)
        case 0xE2: return (3, index + 1 >= bytes.count || bytes[index + 1] > 0x8B)
        case 0xE3: return (3, index + 1 >= bytes.count || bytes[index + 1] != 0x80)
        case 0xEF: return (3, false)
        case 0xE0...0xEE: return (3, true)
        case 0xF0...0xF7: return (4, true)
        default: return (1, false)
        }
    }
}

private enum ASCIIClass {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    static func isAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}

extension NormalWord {
    /// The hash of some bytes that are in normal form already.
    public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = WordHash()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    public static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash = WordHash()
        for byte in bytes { hash.add(byte) }
        return hash.value
    }

    /// The hash of the bytes of a word, ASCII letters lower-cased and apostrophes left out.
    public static func foldedHash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
        var hash = WordHash()
        for index in range where bytes[index] != UInt8(ascii: "'") {
            let byte = bytes[index]
            hash.add(byte &- 0x41 < 26 ? byte | 0x20 : byte)
        }
        return hash.value
    }
}
