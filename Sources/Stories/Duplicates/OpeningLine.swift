import ExtractionCore

/// Where the dateline that opens a text ends: "CAIRO, June 5 (Agency) -", "By Jane Roe, Nairobi"; 0 without one.
///
/// A grammar, not a list: capitalised words, days and connectors only, closed by a dash, colon, bar or line end.
func openingLineEnd(in text: TextWords) -> Int {
    let words = Words.shared
    var end = 0
    for index in 0..<min(14, text.words.count) {
        let word = text.words[index]
        guard word.isCapitalised || words.connectors.contains(word.hash) || isDateNumber(text, index) else {
            return end
        }
        if closesOpeningLine(text, index) { end = index + 1 }
    }
    return end
}

/// A number that belongs to a date or a time of day; any other figure may be news.
func isDateNumber(_ text: TextWords, _ index: Int) -> Bool {
    let word = text.words[index]
    guard word.isMasked else { return false }
    let neighbours = [index - 1, index + 1].filter { text.words.indices.contains($0) }.map { text.words[$0].hash }
    if neighbours.contains(where: Words.shared.months.contains) { return true }
    if neighbours.contains(where: Words.shared.connectors.contains) { return true }
    guard let value = text.number(index)?.value else { return false }
    return (1900...2100).contains(value) || (word.end - word.start == 4 && value < 2400)
}

/// Whether a dash, colon, bar or line end follows a word.
func closesOpeningLine(_ text: TextWords, _ index: Int) -> Bool {
    let start = Int(text.words[index].end)
    let end = index + 1 < text.words.count ? Int(text.words[index + 1].start) : text.count
    guard start < end, end <= text.count else { return false }
    var isClosed = false
    for offset in start..<end {
        switch text[offset] {
        case UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: "\n"): isClosed = true
        case UInt8(ascii: "-"): isClosed = isClosed || end - start > 1
        case 0xE2:
            isClosed =
                isClosed || (offset + 2 < end && text[offset + 1] == 0x80 && (0x92...0x95).contains(text[offset + 2]))
        default: continue
        }
    }
    return isClosed
}

extension TextWords {
    subscript(offset: Int) -> UInt8 { text[offset] }
    var count: Int { text.count }
}
