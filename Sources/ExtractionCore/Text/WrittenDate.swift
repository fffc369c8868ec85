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
            let skip = at(1)?.unit == .of ? 1 : 0
            if let month = at(1 + skip)?.month {
                let yearAt = at(2 + skip)?.unit == .of ? 3 + skip : 2 + skip
                return year(yearAt) != nil
                    ? made(year(yearAt), month, number, yearAt + 1) : made(nil, month, number, 2 + skip)
            }
            return nil
        }
        if word.length == 4, at(1)?.unit == .year, at(3)?.unit == .month, (1900...2100).contains(number),
            let month = at(2)?.number,
            let day = at(4)?.number
        {
            return made(number, month, day, 5)
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

    /// The month of a name of plain letters, found without a string.
    fileprivate static func month(_ bytes: [UInt8], _ word: Range<Int>) -> Int? {
        let key = packed(bytes, word)
        let month = plainMonths[key]
        return month > 0 && key != 0 ? month : nil
    }

    /// Up to twelve letters, five bits each; 0 for anything else.
    private static func packed(_ bytes: [UInt8], _ word: Range<Int>) -> UInt64 {
        guard word.count <= 12 else { return 0 }
        var key: UInt64 = 0
        for index in word {
            guard ASCII.isLetter(bytes[index]) else { return 0 }
            key = key << 5 | UInt64(bytes[index] & 0x1F)
        }
        return key
    }

    private static let plainMonths: HashIndex = {
        var index = HashIndex(capacity: months.count)
        for (name, month) in months {
            let key = packed(Array(name.utf8), 0..<name.utf8.count)
            if key != 0 { index.update(key, month) }
        }
        return index
    }()

    private static let months: [String: Int] = {
        // English, German, French, Spanish, Italian, Portuguese, Dutch; Polish, Czech, Russian, Ukrainian as they stand
        // beside a day; Swedish, Danish, Norwegian, Finnish, Turkish, Hungarian, Romanian, Greek.
        let names = [
            "january jan januar jänner januári janvier enero gennaio janeiro januari ene gen janv stycznia sty ledna leden января январь янв січня januára ocak oca tammikuuta január ianuarie ιανουαρίου",
            "february feb februar február février febrero febbraio fevereiro februari févr fév fev lutego lut února únor февраля февраль фев лютого şubat şub helmikuuta februarie φεβρουαρίου",
            "march mar märz mars marzo março maart mär mrz mrt marca března březen марта март мар березня marts mart maaliskuuta március martie μαρτίου",
            "april apr avril abril aprile avr abr kwietnia kwi dubna duben апреля апрель апр квітня nisan nis huhtikuuta április aprilie απριλίου",
            "may mai mayo maggio maio mei mag maja května květen мая май травня maj mayıs toukokuuta május μαΐου",
            "june jun juni juin junio giugno junho giu czerwca cze června červen июня июнь июн червня haziran haz kesäkuuta június iunie ιουνίου",
            "july jul juli juillet julio luglio julho juil lug lipca lip července červenec июля июль июл липня temmuz tem heinäkuuta július iulie ιουλίου",
            "august aug août agosto augustus ago aout sierpnia sie srpna srpen августа август авг серпня augusti ağustos ağu elokuuta augusztus αυγούστου",
            "september sep sept septembre septiembre settembre setembro set setiembre września wrz září сентября сентябрь сен вересня eylül eyl syyskuuta szeptember septembrie σεπτεμβρίου",
            "october oct oktober octobre octubre ottobre outubro okt ott out października paź října říjen октября октябрь окт жовтня ekim eki lokakuuta október octombrie οκτωβρίου",
            "november nov novembre noviembre novembro listopada lis listopadu listopad ноября ноябрь ноя листопада kasım kas marraskuuta noiembrie νοεμβρίου",
            "december dec dezember décembre diciembre dicembre dezembro dez déc dic grudnia gru prosince prosinec декабря декабрь дек грудня aralık ara joulukuuta decembrie δεκεμβρίου",
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
    var unit = Unit.none
    /// A hyphen follows at once.
    var joinedByHyphen: Bool

    enum Unit: Sendable {
        case none
        /// "of", "de": may stand between a day and its month, or a month and its year.
        case of
        /// What follows a year and a month in figures in East Asia.
        case year, month
    }
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
        words.append(DateWord(range: range, number: nil, length: 0, month: nil, joinedByHyphen: false))
    }

    /// Months that are other words in small letters.
    private static let alsoWords: Set<String> = [
        "may", "mar", "march", "set", "out", "ago", "mart", "ara", "tem", "kas", "sie", "lis", "lip", "eki",
    ]
    private static let units: [String: DateWord.Unit] = [
        "of": .of, "de": .of, "del": .of, "年": .year, "년": .year, "月": .month, "월": .month,
    ]

    /// "PublishedApr" are two words whose blank got lost.
    private static func afterSeam(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        let seam = range.dropFirst().last { ASCII.isUpper(bytes[$0]) && ASCII.isLower(bytes[$0 - 1]) }
        return (seam ?? range.lowerBound)..<range.upperBound
    }

    private mutating func addWord(_ bytes: [UInt8], _ whole: Range<Int>) {
        let range = DateWords.afterSeam(bytes, whole)
        guard range.count <= 24 else { return addOther(range) }
        // Most words are plain and neither a month nor short.
        let isPlain = range.allSatisfy { ASCII.isLetter(bytes[$0]) }
        guard !isPlain || range.count <= 3 || WrittenDate.month(bytes, range) != nil else { return addOther(range) }
        let word = String(decoding: bytes[range], as: UTF8.self).lowercased()
        let isCapital = ASCII.isUpper(bytes[range.lowerBound])
        // "may" and "march" are verbs unless they are written like names.
        let month =
            isCapital || !DateWords.alsoWords.contains(word) ? WrittenDate.month(word) : nil
        words.append(
            DateWord(
                range: range, number: nil, length: range.count, month: month, unit: DateWords.units[word] ?? .none,
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
            if ["st", "nd", "rd", "th", "er"].contains(suffix), after >= end || !ASCII.isLetter(bytes[after]) {
                index = after
            }
        }
        // "2,500" and "3.5" are amounts.
        let isAmount =
            index + 1 < end && (bytes[index] == 0x2C || bytes[index] == 0x2E) && ASCII.isDigit(bytes[index + 1])
        words.append(
            DateWord(
                range: start..<index, number: isAmount ? nil : value, length: length, month: nil,
                joinedByHyphen: isHyphen))
        return index
    }
}
