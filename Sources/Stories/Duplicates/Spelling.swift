import ExtractionCore

/// Whether two words are one word spelt in two ways: a typing error, or British and American spelling.
///
/// Never true of numbers: 1987 is not a misspelt 1978. Names are held to swapped and doubled letters.
func isSpelling(_ left: TextWords, _ leftIndex: Int, _ right: TextWords, _ rightIndex: Int) -> Bool {
    let (one, other) = (left.words[leftIndex], right.words[rightIndex])
    if one.isMasked || other.isMasked { return false }
    let lengths = (Int(one.end - one.start), Int(other.end - other.start))
    guard min(lengths.0, lengths.1) >= 4, abs(lengths.0 - lengths.1) <= 2, lengths.0 <= 40 else { return false }
    let (a, b) = (FoldedWord(left, leftIndex), FoldedWord(right, rightIndex))
    guard a[0] == b[0] else { return false }
    return isSpelling(a, b, isName: one.isCapitalised && other.isCapitalised)
}

/// A word's bytes where they stand, ASCII letters lower-cased.
private struct FoldedWord {
    private let bytes: [UInt8]
    private let start: Int
    let count: Int

    init(_ text: TextWords, _ index: Int) {
        bytes = text.text.bytes
        start = min(Int(text.words[index].start), bytes.count)
        count = min(Int(text.words[index].end), bytes.count) - start
    }

    subscript(index: Int) -> UInt8 {
        let byte = bytes[start + index]
        return byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}

private func isSpelling(_ a: FoldedWord, _ b: FoldedWord, isName: Bool) -> Bool {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    var start = 0
    while start < short.count, short[start] == long[start] { start += 1 }
    var end = 0
    while end < short.count - start, short[short.count - 1 - end] == long[long.count - 1 - end] { end += 1 }
    let middle = (short: short.count - start - end, long: long.count - start - end)
    switch middle {
    case (0, 0): return true
    case (0, 1):
        let letter = long[start]
        let isDoubled =
            (start > 0 && long[start - 1] == letter) || (start + 1 < long.count && long[start + 1] == letter)
        return isDoubled || (!isName && end > 0)
    case (0, 2):
        return !isName && end == 0 && short.count >= 6
            && long[long.count - 2] == UInt8(ascii: "m") && long[long.count - 1] == UInt8(ascii: "e")
    case (1, 1): return !isName && end > 0 && short.count >= 5
    case (2, 2): return short[start] == long[start + 1] && short[start + 1] == long[start]
    default: return false
    }
}

/// Whether one letter was put in, left out or exchanged, or two were swapped, in words of four and more.
func isOneEdit(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard short.count >= 4, long.count - short.count <= 1 else { return false }
    let start = zip(short, long).prefix { $0 == $1 }.count
    let end = zip(short.dropFirst(start).reversed(), long.dropFirst(start).reversed()).prefix { $0 == $1 }.count
    let rest = short.count - start - end
    return rest <= 1 || (rest == 2 && short[start] == long[start + 1] && short[start + 1] == long[start])
}
