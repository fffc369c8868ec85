// Days as people write them in captions, datelines and bylines: "6 June 2017", "June 6, 2017", "2017-06-06". A form
// that two countries read differently, such as 03/04/2017, is left alone: a wrong day is worse than none.

/// A day as it stands in a text.
struct WrittenDate: Hashable, Sendable {
    let range: Range<Int>
    let month: Int
    let day: Int
    /// Nil when the text gives none ("June 5").
    let year: Int?

    /// The day, its year taken as the one that brings it nearest to `reference` when the text gives none.
    func date(near reference: CivilDate? = nil) -> CivilDate? {
        if let year { return CivilDate(year: year, month: month, day: day) }
        guard let reference else { return nil }
        let candidates = (-1...1).compactMap { CivilDate(year: reference.year + $0, month: month, day: day) }
        return candidates.min { abs($0.dayNumber - reference.dayNumber) < abs($1.dayNumber - reference.dayNumber) }
    }

    /// The dates of a range in text order.
    static func all(in bytes: [UInt8], _ range: Range<Int>) -> [WrittenDate] {
        let words = DateWords(bytes, range).words
        var dates: [WrittenDate] = []
        var index = 0
        while index < words.count {
            if let (date, used) = read(words, index) {
                dates.append(date)
                index += used
            } else {
                index += 1
            }
        }
        return dates
    }

    static func first(in string: String) -> WrittenDate? {
        let bytes = Array(string.utf8)
        return all(in: bytes, 0..<bytes.count).first
    }

    private static func read(_ words: [DateWord], _ index: Int) -> (WrittenDate, Int)? {
        let word = words[index]
        func at(_ offset: Int) -> DateWord? { index + offset < words.count ? words[index + offset] : nil }
        func year(_ offset: Int) -> Int? {
            guard let number = at(offset)?.number, at(offset)?.length == 4, (1900...2100).contains(number) else {
                return nil
            }
            return number
        }
        func made(_ year: Int?, _ month: Int, _ day: Int, _ used: Int) -> (WrittenDate, Int)? {
            guard (1...12).contains(month), (1...31).contains(day), let last = at(used - 1) else { return nil }
            let range = word.range.lowerBound..<last.range.upperBound
            return (WrittenDate(range: range, month: month, day: day, year: year), used)
        }
        if let month = word.month, let day = at(1)?.number, at(1)?.length ?? 9 <= 2 {
            return year(2) != nil ? made(year(2), month, day, 3) : made(nil, month, day, 2)
        }
        guard let number = word.number else { return nil }
        if word.length <= 2 {
            let skip = at(1)?.isOf == true ? 1 : 0
            if let month = at(1 + skip)?.month {
                let yearAt = at(2 + skip)?.isOf == true ? 3 + skip : 2 + skip
                return year(yearAt) != nil
                    ? made(year(yearAt), month, number, yearAt + 1) : made(nil, month, number, 2 + skip)
            }
            return nil
        }
        if word.length == 4, word.joinedByHyphen, let month = at(1)?.number, at(1)?.joinedByHyphen == true,
            at(1)?.length == 2, let day = at(2)?.number, at(2)?.length == 2, (1900...2100).contains(number)
        {
            return made(number, month, day, 3)
        }
        return nil
    }

    /// The number of a month's name in a few European languages, whole or cut, lower case.
    static func month(_ name: String) -> Int? { months[name] }

    private static let months: [String: Int] = {
        let names = [
            "january jan januar jänner janvier enero gennaio janeiro januari ene gen janv",
            "february feb februar février febrero febbraio fevereiro februari févr fév",
            "march mar märz mars marzo março maart mär mrz",
            "april apr avril abril aprile avr abr",
            "may mai mayo maggio maio mei mag",
            "june jun juni juin junio giugno junho giu",
            "july jul juli juillet julio luglio julho juil lug",
            "august aug août agosto augustus ago",
            "september sep sept septembre septiembre settembre setembro set",
            "october oct oktober octobre octubre ottobre outubro okt ott out",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dicembre dezembro dez déc dic",
        ]
        var months: [String: Int] = [:]
        for (index, list) in names.enumerated() {
            for name in list.split(separator: " ") { months[String(name)] = index + 1 }
        }
        return months
    }()
}

/// A word or number that may be part of a date.
struct DateWord: Hashable, Sendable {
    var range: Range<Int>
    var number: Int?
    var length: Int
    var month: Int?
    /// "of", "de": may stand between day and month.
    var isOf: Bool
    /// A hyphen follows at once.
    var joinedByHyphen: Bool
}

/// Cuts a range into words and numbers; what may not stand inside a date becomes a word that is neither.
private struct DateWords {
    var words: [DateWord] = []

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        var index = max(0, range.lowerBound)
        let end = min(bytes.count, range.upperBound)
        while index < end {
            let start = index
            if ASCII.isDigit(bytes[index]) {
                index = readNumber(bytes, index, end)
            } else if ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 {
                while index < end, ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 { index += 1 }
                addWord(bytes, start..<index)
            } else {
                if !isFiller(bytes[index]) { addOther(index..<index + 1) }
                index += 1
            }
        }
    }

    /// Blanks, commas, dots and hyphens join the parts of a date.
    private func isFiller(_ byte: UInt8) -> Bool {
        ASCII.isSpace(byte) || byte == 0x2C || byte == 0x2E || byte == 0x2D
    }

    private mutating func addOther(_ range: Range<Int>) {
        words.append(DateWord(range: range, number: nil, length: 0, month: nil, isOf: false, joinedByHyphen: false))
    }

    private mutating func addWord(_ bytes: [UInt8], _ range: Range<Int>) {
        guard range.count <= 12 else { return addOther(range) }
        let word = String(decoding: bytes[range], as: UTF8.self).lowercased()
        let isCapital = ASCII.isUpper(bytes[range.lowerBound])
        // "may" and "march" are verbs unless they are written like names.
        let month =
            isCapital || !["may", "mar", "march", "set", "out", "ago"].contains(word) ? WrittenDate.month(word) : nil
        words.append(
            DateWord(
                range: range, number: nil, length: range.count, month: month, isOf: word == "of" || word == "de",
                joinedByHyphen: false))
    }

    private mutating func readNumber(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        var value = 0
        while index < end, ASCII.isDigit(bytes[index]) {
            if index - start < 9 { value = value * 10 + Int(bytes[index] - 0x30) }
            index += 1
        }
        let length = index - start
        let isHyphen = index < end && bytes[index] == 0x2D
        if index + 1 < end, length <= 2, ASCII.isLetter(bytes[index]) {
            let suffix = ASCII.lowered(bytes[index..<index + 2])
            let after = index + 2
            if ["st", "nd", "rd", "th"].contains(suffix), after >= end || !ASCII.isLetter(bytes[after]) {
                index = after
            }
        }
        // "2,500" and "3.5" are amounts.
        let isAmount =
            index + 1 < end && (bytes[index] == 0x2C || bytes[index] == 0x2E) && ASCII.isDigit(bytes[index + 1])
        words.append(
            DateWord(
                range: start..<index, number: isAmount ? nil : value, length: length, month: nil, isOf: false,
                joinedByHyphen: isHyphen))
        return index
    }
}
