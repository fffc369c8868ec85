/// What an expression means, before its range is known.
struct TimeMeaning {
    var kind: TimeExpression.Kind = .date
    var value: String
    var from: CivilDate?
    var to: CivilDate?
    /// A single day, to which a part of the day may be added.
    var isDay = false
    /// Looks aside ("two years earlier"): what follows is not counted from it.
    var isAside = false
    var isQuarter = false
    /// The year that the text gives a season, whose days differ by hemisphere.
    var seasonYear: Int?

    var aside: TimeMeaning {
        var meaning = self
        meaning.isAside = true
        return meaning
    }

    static func day(_ date: CivilDate) -> TimeMeaning {
        TimeMeaning(
            value: yearText(date.year) + "-" + twoDigits(date.month) + "-" + twoDigits(date.day), from: date, to: date,
            isDay: true)
    }

    static func month(_ month: Int, of year: Int?) -> TimeMeaning {
        guard let year, let first = CivilDate(year: year, month: month, day: 1) else {
            return TimeMeaning(value: "XXXX-" + twoDigits(month))
        }
        let last = CivilDate(year: year, month: month, day: CivilDate.days(inMonth: month, of: year))
        return TimeMeaning(value: yearText(year) + "-" + twoDigits(month), from: first, to: last)
    }

    static func year(_ year: Int) -> TimeMeaning {
        TimeMeaning(
            value: yearText(year), from: CivilDate(year: year, month: 1, day: 1),
            to: CivilDate(year: year, month: 12, day: 31))
    }

    static func week(of day: CivilDate, weekend: Bool = false) -> TimeMeaning {
        let monday = day.adding(days: 1 - day.weekday)
        let week = day.isoWeek
        return TimeMeaning(
            value: yearText(week.year) + "-W" + twoDigits(week.week) + (weekend ? "-WE" : ""),
            from: weekend ? monday.adding(days: 5) : monday, to: monday.adding(days: 6))
    }

    static func quarter(_ quarter: Int, of year: Int?) -> TimeMeaning {
        guard let year, (1...4).contains(quarter) else { return TimeMeaning(value: "XXXX-Q\(quarter)") }
        let last = quarter * 3
        return TimeMeaning(
            value: yearText(year) + "-Q\(quarter)", from: CivilDate(year: year, month: last - 2, day: 1),
            to: CivilDate(year: year, month: last, day: CivilDate.days(inMonth: last, of: year)),
            isQuarter: true)
    }

    static func season(_ season: Int, of year: Int?) -> TimeMeaning {
        let codes = ["SP", "SU", "FA", "WI"]
        let code = codes[min(max(0, season - 1), 3)]
        return TimeMeaning(value: (year.map(yearText) ?? "XXXX") + "-" + code)
    }

    static func decade(_ first: Int) -> TimeMeaning {
        TimeMeaning(
            value: String(yearText(first).dropLast()), from: CivilDate(year: first, month: 1, day: 1),
            to: CivilDate(year: first + 9, month: 12, day: 31))
    }

    /// The first or second half of a year.
    static func half(_ half: Int, of year: Int) -> TimeMeaning {
        TimeMeaning(
            value: yearText(year) + "-H\(half)", from: CivilDate(year: year, month: half * 6 - 5, day: 1),
            to: CivilDate(year: year, month: half * 6, day: half == 1 ? 30 : 31))
    }

    static func century(_ ordinal: Int, isBC: Bool) -> TimeMeaning {
        TimeMeaning(value: (isBC ? "BC" : "") + twoDigits(ordinal - 1))
    }

    static func reference(_ code: UInt8) -> TimeMeaning {
        TimeMeaning(value: code == 1 ? "PRESENT_REF" : code == 2 ? "PAST_REF" : "FUTURE_REF")
    }

    static func duration(_ value: String) -> TimeMeaning { TimeMeaning(kind: .duration, value: value) }

    /// With a part of the day: "TMO", or a clock time "T22:00".
    func at(_ time: String) -> TimeMeaning { TimeMeaning(kind: .time, value: value + time, from: from, to: to) }
}

/// A year as TIMEX3 writes it: "2017", and "BC0490" for the year -489 of the astronomers.
func yearText(_ year: Int) -> String {
    let digits = String(year > 0 ? year : 1 - year)
    return (year > 0 ? "" : "BC") + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
