/// Which of a day and a month a country writes first.
enum DayOrder: Sendable {
    case dayFirst, monthFirst

    /// What a page's language says, with its region or without; where English is all that is known, its address may
    /// name the country.
    init?(language: String?, url: String?) {
        let parts = (language ?? "").lowercased().split { $0 == "-" || $0 == "_" }
        guard let first = parts.first else { return nil }
        guard first == "en" else {
            self = .dayFirst
            return
        }
        if let region = parts.dropFirst().last {
            self = ["us", "ph"].contains(region) ? .monthFirst : .dayFirst
            return
        }
        guard let url else { return nil }
        let address = WebAddress(url)
        let top = address.host?.split(separator: ".").last.map(String.init) ?? ""
        let isBritish = address.path.lowercased().split(separator: "/").prefix(2).contains {
            $0 == "en-gb" || $0 == "uk"
        }
        if isBritish || ["uk", "au", "nz", "ie", "in", "za", "ng", "ke", "sg"].contains(top) {
            self = .dayFirst
        } else if ["gov", "edu", "mil", "us"].contains(top) {
            self = .monthFirst
        } else {
            return nil
        }
    }

    /// What the days of a text say that can be read one way only.
    init?(in text: [UInt8], _ range: Range<Int>) {
        var found: DayOrder?
        NumericDate.each(in: text, range) { date in
            guard date.mark != 0x2E, date.values[0] != date.values[1] else { return }
            if date.values[0] > 12, date.values[1] <= 12 { found = found ?? .dayFirst }
            if date.values[1] > 12, date.values[0] <= 12 { found = found ?? .monthFirst }
        }
        guard let found else { return nil }
        self = found
    }
}

/// Days in figures: "23.07.2025", "23.07.25", "2024/10/31", and "10/31/2024" where only one reading is a day or the order
/// is known.
struct NumericDate: Sendable {
    let range: Range<Int>
    fileprivate let values: [Int]
    fileprivate let lengths: [Int]
    fileprivate let mark: UInt8

    static func first(in text: [UInt8], _ range: Range<Int>, order: DayOrder?) -> CivilDate? {
        all(in: text, range, order: order).first?.day
    }

    static func all(in text: [UInt8], _ range: Range<Int>, order: DayOrder?) -> [(range: Range<Int>, day: CivilDate)] {
        var days: [(range: Range<Int>, day: CivilDate)] = []
        each(in: text, range) { date in
            if let day = date.day(order) { days.append((date.range, day)) }
        }
        return days
    }

    /// Whether a day stands in a range that could be two.
    static func hasAmbiguous(in text: [UInt8], _ range: Range<Int>) -> Bool {
        var isFound = false
        each(in: text, range) { date in
            isFound = isFound || date.day(nil) == nil && date.day(.dayFirst) != nil && date.day(.monthFirst) != nil
        }
        return isFound
    }

    /// Calls `body` with every three numbers that the same mark joins.
    fileprivate static func each(in text: [UInt8], _ range: Range<Int>, _ body: (NumericDate) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            guard ASCII.isDigit(text[index]) else {
                index += 1
                continue
            }
            var at = index
            if let date = read(text, &at, range.upperBound) { body(date) }
            index = max(index + 1, at)
            while index < range.upperBound, ASCII.isDigit(text[index]) { index += 1 }
        }
    }

    private static func read(_ text: [UInt8], _ at: inout Int, _ end: Int) -> NumericDate? {
        let start = at
        var values: [Int] = []
        var lengths: [Int] = []
        var mark: UInt8?
        while let number = number(text, at, end) {
            values.append(number.value)
            lengths.append(number.length)
            at += number.length
            guard values.count < 3, at < end, isMark(text[at]), mark == nil || mark == text[at] else { break }
            // "23. 7. 2025" has blanks behind its dots.
            var next = at + 1
            if text[at] == 0x2E, next < end, text[next] == 0x20 { next += 1 }
            guard next < end, ASCII.isDigit(text[next]) else { break }
            mark = text[at]
            at = next
        }
        // A fourth part makes it a version or an address.
        guard values.count == 3, let mark, at + 1 >= end || text[at] != mark || !ASCII.isDigit(text[at + 1]),
            start == 0 || !isMark(text[start - 1]) || start < 2 || !ASCII.isDigit(text[start - 2])
        else { return nil }
        return NumericDate(range: start..<at, values: values, lengths: lengths, mark: mark)
    }

    private static func isMark(_ byte: UInt8) -> Bool { byte == 0x2E || byte == 0x2F || byte == 0x2D }

    private static func number(_ text: [UInt8], _ start: Int, _ end: Int) -> (value: Int, length: Int)? {
        var index = start
        var value = 0
        while index < end, ASCII.isDigit(text[index]), index - start < 5 {
            value = value * 10 + Int(text[index] - 0x30)
            index += 1
        }
        return index > start && index - start <= 4 ? (value, index - start) : nil
    }

    private func day(_ order: DayOrder?) -> CivilDate? {
        if lengths[0] == 4 { return dated(values[0], values[1], values[2]) }
        guard lengths[0] <= 2, lengths[1] <= 2, lengths[2] == 4 || lengths[2] == 2 && lengths[1] == 2 else {
            return nil
        }
        let year = lengths[2] == 4 ? values[2] : 2000 + values[2]
        // With dots the day comes first everywhere, but a year of two figures may be an American's.
        if mark == 0x2E {
            guard lengths[2] == 4 || order == .dayFirst || values[0] > 12 || values[0] == values[1] else { return nil }
            return dated(year, values[1], values[0])
        }
        // Two figures joined by hyphens may be anything.
        guard lengths[2] == 4 || mark == 0x2F else { return nil }
        if values[0] > 12 { return dated(year, values[1], values[0]) }
        if values[1] > 12 || values[0] == values[1] { return dated(year, values[0], values[1]) }
        switch order {
        case .dayFirst: return dated(year, values[1], values[0])
        case .monthFirst: return dated(year, values[0], values[1])
        case nil: return nil
        }
    }

    private func dated(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
        (1990...2100).contains(year) ? CivilDate(year: year, month: month, day: day) : nil
    }
}
