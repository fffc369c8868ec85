// A word typed twice ("of of") is a slip only where English never doubles it. "had had", "that that", "in in" and
// "very very" can be meant, and names double ("Duran Duran"), so the list is closed and short.

/// Finds words that were typed twice.
enum DoubledWords {
    static func repairs(in bytes: [UInt8], _ range: Range<Int>) -> [Repair] {
        var repairs: [Repair] = []
        // What stands between two blanks, and how much of its end is a word.
        var index = range.lowerBound
        var previous = index..<index
        while index < range.upperBound {
            let end = ByteScan.firstBlank(in: bytes, from: index, to: range.upperBound)
            if end > index {
                let word = start(of: index..<end, in: bytes)
                if word.count == previous.count, !word.isEmpty,
                    ASCII.lower(bytes[previous.lowerBound]) == ASCII.lower(bytes[index]), isSlip(bytes, previous, word)
                {
                    let replacement = String(decoding: bytes[previous], as: UTF8.self)
                    repairs.append(
                        Repair(range: TextRange(previous.lowerBound, word.upperBound), replacement: replacement))
                    previous = end..<end
                } else {
                    previous = Self.end(of: index..<end, in: bytes)
                }
            }
            index = end + 1
        }
        return repairs
    }

    /// The word that a run begins with; empty when it is longer than any that is looked for.
    private static func start(of run: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var end = run.lowerBound
        while end < run.upperBound, isWordByte(bytes[end]) {
            end += 1
            if end - run.lowerBound > longest { return run.lowerBound..<run.lowerBound }
        }
        return run.lowerBound..<end
    }

    /// The word that a run ends with, the same.
    private static func end(of run: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
        var start = run.upperBound
        while start > run.lowerBound, isWordByte(bytes[start - 1]) {
            start -= 1
            if run.upperBound - start > longest { return run.upperBound..<run.upperBound }
        }
        return start..<run.upperBound
    }

    private static let longest = 7

    private static func isWordByte(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte >= 0x80 || byte == 0x27 || byte == 0x2D
    }

    private static func isSlip(_ bytes: [UInt8], _ first: Range<Int>, _ second: Range<Int>) -> Bool {
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
