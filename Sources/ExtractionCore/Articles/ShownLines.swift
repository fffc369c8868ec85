/// Who and when, as the short lines around a page's headline show it to its readers.
struct ShownLines {
    /// The day below the headline, or just above it.
    private(set) var day: CivilDate?
    private(set) var authors: [String] = []

    private static let mostWords = 20

    /// Looks at the lines from the headline's block to a little below the first block of the article.
    init(_ page: PageBlocks, from headline: Int?, to first: Int, language: String?) {
        let start = max(0, (headline ?? first) - 4)
        let end = min(page.blocks.count, max(first, headline ?? 0) + 4)
        guard start < end else { return }
        let lines = (start..<end).filter { page.blocks[$0].words <= ShownLines.mostWords }
        // What stands below the headline goes before what stands above it.
        let ordered = lines.filter { $0 >= headline ?? 0 } + lines.filter { $0 < headline ?? 0 }
        for index in ordered {
            let range = page.blocks[index].range
            if authors.isEmpty { authors = ShownLines.names(page.text, range) }
            if day == nil { day = ShownLines.day(page.text, range, language) }
        }
        if authors.isEmpty { authors = ShownLines.closing(page, after: end) }
    }

    /// The day that a line anywhere on the page says it was published or changed on.
    static func dayElsewhere(_ page: PageBlocks, language: String?) -> CivilDate? {
        for block in page.blocks where block.words <= 16 && saysWhen(page.text, block.range) {
            if let day = day(page.text, block.range, language) { return day }
        }
        return nil
    }

    private static func names(_ text: [UInt8], _ range: Range<Int>) -> [String] {
        // A byline ends where a bar or dot begins the date.
        let end = text[range].firstIndex { $0 == 0x7C } ?? range.upperBound
        guard let names = Byline.names(in: text, range.lowerBound..<end, allowsBareName: false) else { return [] }
        return names.flatMap(PageAuthors.names)
    }

    /// A byline in the last lines of a page, as columns have it.
    private static func closing(_ page: PageBlocks, after first: Int) -> [String] {
        for block in page.blocks.dropFirst(first) where block.words <= 12 {
            guard openings.contains(where: { ASCII.matches($0, in: page.text, block.range.prefix($0.count)) }) else {
                continue
            }
            let names = names(page.text, block.range)
            if !names.isEmpty { return names }
        }
        return []
    }

    private static let openings = ["written by", "posted by", "by "].map { Array($0.utf8) }

    private static func day(_ text: [UInt8], _ range: Range<Int>, _ language: String?) -> CivilDate? {
        for date in WrittenDate.all(in: text, range) where date.year != nil {
            if let day = date.date() { return day }
        }
        return NumericDate.first(in: text, range, language: language)
    }

    private static let words = ["published", "updated", "posted", "modified", "created", "reviewed", "stand:", "date"]
        .map { Array($0.utf8) }

    private static func saysWhen(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        words.contains { ASCII.find($0, in: text, range) != nil }
    }
}

/// Days in figures: "23.07.2025", "2024/10/31", and "10/31/2024" where only one reading is a day or the language says
/// which one is meant.
enum NumericDate {
    static func first(in text: [UInt8], _ range: Range<Int>, language: String?) -> CivilDate? {
        var index = range.lowerBound
        while index < range.upperBound {
            guard ASCII.isDigit(text[index]) else {
                index += 1
                continue
            }
            var numbers: [(value: Int, length: Int)] = []
            var mark: UInt8?
            var at = index
            while let number = number(text, at, range.upperBound) {
                numbers.append(number)
                at += number.length
                guard numbers.count < 3, at + 1 < range.upperBound, ASCII.isDigit(text[at + 1]),
                    text[at] == 0x2E || text[at] == 0x2F || text[at] == 0x2D, mark == nil || mark == text[at]
                else { break }
                mark = text[at]
                at += 1
            }
            if numbers.count == 3, let mark, let day = day(numbers, mark, language) { return day }
            index = max(index + 1, at)
        }
        return nil
    }

    private static func number(_ text: [UInt8], _ start: Int, _ end: Int) -> (value: Int, length: Int)? {
        var index = start
        var value = 0
        while index < end, ASCII.isDigit(text[index]), index - start < 5 {
            value = value * 10 + Int(text[index] - 0x30)
            index += 1
        }
        return index > start && index - start <= 4 ? (value, index - start) : nil
    }

    private static func day(_ numbers: [(value: Int, length: Int)], _ mark: UInt8, _ language: String?) -> CivilDate? {
        let values = numbers.map(\.value)
        if numbers[0].length == 4 { return dated(values[0], values[1], values[2]) }
        guard numbers[2].length == 4, numbers[0].length <= 2, numbers[1].length <= 2 else { return nil }
        // With dots the day comes first everywhere.
        if mark == 0x2E || values[0] > 12 { return dated(values[2], values[1], values[0]) }
        if values[1] > 12 || values[0] == values[1] { return dated(values[2], values[0], values[1]) }
        switch language?.lowercased() {
        case "en-us", "en_us": return dated(values[2], values[0], values[1])
        case nil, "en": return nil
        default: return dated(values[2], values[1], values[0])
        }
    }

    private static func dated(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
        (1990...2100).contains(year) ? CivilDate(year: year, month: month, day: day) : nil
    }
}
