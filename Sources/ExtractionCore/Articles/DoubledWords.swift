// A word typed twice ("of of") is a slip only where English never doubles it. "had had", "that that", "in in" and
// "very very" can be meant, and names double ("Duran Duran"), so the list is closed and short.

/// Finds words that were typed twice.
enum DoubledWords {
    static func repairs(in bytes: [UInt8], _ range: Range<Int>) -> [Repair] {
        var repairs: [Repair] = []
        var previous: Range<Int>?
        var index = range.lowerBound
        while index < range.upperBound {
            guard isWordByte(bytes[index]) else {
                // Only blanks may stand between the two.
                if !ASCII.isSpace(bytes[index]) { previous = nil }
                index += 1
                continue
            }
            let start = index
            while index < range.upperBound, isWordByte(bytes[index]) { index += 1 }
            let word = start..<index
            if let first = previous, word.count == first.count,
                ASCII.lower(bytes[first.lowerBound]) == ASCII.lower(bytes[start]), isSlip(bytes, first, word)
            {
                let replacement = String(decoding: bytes[first], as: UTF8.self)
                repairs.append(Repair(range: TextRange(first.lowerBound, word.upperBound), replacement: replacement))
                previous = nil
            } else {
                previous = word
            }
        }
        return repairs
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte >= 0x80 || byte == 0x27 || byte == 0x2D
    }

    private static func isSlip(_ bytes: [UInt8], _ first: Range<Int>, _ second: Range<Int>) -> Bool {
        guard first.count <= 7 else { return false }
        let word = ASCII.lowered(bytes[first])
        guard word == ASCII.lowered(bytes[second]), neverDoubled.contains(word) else { return false }
        // "the The" begins a name: both words are meant ("the The Hague court" is not for us to mend).
        let sameCase = bytes[first].elementsEqual(bytes[second])
        return sameCase || ASCII.isLower(bytes[second.lowerBound])
    }

    private static let neverDoubled: Set<String> = [
        "the", "a", "an", "of", "to", "and", "for", "with", "from", "at", "by", "as", "or", "but", "if", "than", "into",
        "his",
        "their", "its", "our", "your", "they", "we", "are", "were", "be", "been", "has", "have", "this", "these",
        "those", "which",
        "who", "when", "while", "about", "between", "against", "said",
    ]
}
