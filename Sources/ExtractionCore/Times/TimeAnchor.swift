// Turns what an expression says ("Monday", "5 June") into days. News counts from its publication day; histories
// count from the dates they tell, so there the last year named leads.

/// What relative expressions are counted from.
struct TimeAnchor {
    /// The day the article is from, where it is known.
    let reference: CivilDate?
    /// The first full date of the text, where there is no reference day: it settles years, not weekdays.
    let textDay: CivilDate?
    /// The year that the text names, where there is no reference day.
    let textYear: Int?
    let isNarrative: Bool
    /// The last day and year named so far.
    var lastDay: CivilDate?
    var lastYear: Int?
    var lastQuarter: (year: Int, quarter: Int)?

    var year: Int? { isNarrative ? lastYear ?? textYear : reference?.year ?? textYear }
    /// The day to count days and weeks from.
    var day: CivilDate? { isNarrative ? lastDay : reference }

    /// The year of a month or day that is told without one.
    func year(month: Int, day: Int?, weekday: Int?, isFuture: Bool) -> Int? {
        guard let reference = reference ?? textDay, !isNarrative else {
            return weekdayYear(around: lastYear ?? textYear, month, day, weekday)
        }
        if let weekday, day != nil, let year = weekdayYear(around: reference.year, month, day, weekday) { return year }
        func distance(_ year: Int) -> Int {
            let first = CivilDate(year: year, month: month, day: 1)
            let exact = CivilDate(year: year, month: month, day: day ?? 1) ?? first
            guard let exact else { return Int.max }
            if day == nil, year == reference.year, month == reference.month { return 0 }
            return exact.dayNumber - reference.dayNumber
        }
        let candidates = [reference.year - 1, reference.year, reference.year + 1]
        func cost(_ year: Int) -> Int {
            let days = distance(year)
            if days == Int.max { return days }
            if isFuture { return days >= 0 ? days : -days * 3 }
            return days <= 0 ? -days : days * 4
        }
        return candidates.min { cost($0) < cost($1) }
    }

    /// The year nearest to one in which the day falls on the weekday that the text names.
    private func weekdayYear(around year: Int?, _ month: Int, _ day: Int?, _ weekday: Int?) -> Int? {
        guard let year, let weekday, let day else { return year }
        for offset in [0, -1, 1] {
            if let date = CivilDate(year: year + offset, month: month, day: day), date.weekday == weekday {
                return year + offset
            }
        }
        return year
    }

    /// The day of a weekday: the most recent one including today, or the coming one.
    func day(weekday: Int, direction: Direction) -> CivilDate? {
        guard let day else { return nil }
        let back = (day.weekday - weekday + 7) % 7
        switch direction {
        case .past: return day.adding(days: -(back == 0 ? 7 : back))
        case .recent: return day.adding(days: -back)
        case .coming: return day.adding(days: (7 - back) % 7)
        case .next: return day.adding(days: back == 0 ? 7 : 7 - back)
        }
    }

    enum Direction { case past, recent, coming, next }
}

/// What an expression means, before its range is known.
struct TimeMeaning {
    var kind: TimeExpression.Kind = .date
    var value: String
    var from: CivilDate?
    var to: CivilDate?
    /// A single day, to which a part of the day may be added.
    var isDay = false

    static func day(_ date: CivilDate) -> TimeMeaning {
        TimeMeaning(value: date.iso8601, from: date, to: date, isDay: true)
    }

    static func month(_ month: Int, of year: Int?) -> TimeMeaning {
        guard let year, let first = CivilDate(year: year, month: month, day: 1) else {
            return TimeMeaning(value: "XXXX-" + twoDigits(month))
        }
        let last = CivilDate(year: year, month: month, day: CivilDate.days(inMonth: month, of: year))
        return TimeMeaning(value: fourDigits(year) + "-" + twoDigits(month), from: first, to: last)
    }

    static func year(_ year: Int) -> TimeMeaning {
        TimeMeaning(
            value: fourDigits(year), from: CivilDate(year: year, month: 1, day: 1),
            to: CivilDate(year: year, month: 12, day: 31))
    }

    static func week(of day: CivilDate, weekend: Bool = false) -> TimeMeaning {
        let monday = day.adding(days: 1 - day.weekday)
        let week = day.isoWeek
        return TimeMeaning(
            value: fourDigits(week.year) + "-W" + twoDigits(week.week) + (weekend ? "-WE" : ""),
            from: weekend ? monday.adding(days: 5) : monday, to: monday.adding(days: 6))
    }

    static func quarter(_ quarter: Int, of year: Int?) -> TimeMeaning {
        guard let year, (1...4).contains(quarter) else { return TimeMeaning(value: "XXXX-Q\(quarter)") }
        let last = quarter * 3
        return TimeMeaning(
            value: fourDigits(year) + "-Q\(quarter)", from: CivilDate(year: year, month: last - 2, day: 1),
            to: CivilDate(year: year, month: last, day: CivilDate.days(inMonth: last, of: year)))
    }

    static func season(_ season: Int, of year: Int?) -> TimeMeaning {
        let codes = ["SP", "SU", "FA", "WI"]
        let code = codes[min(max(0, season - 1), 3)]
        return TimeMeaning(value: (year.map(fourDigits) ?? "XXXX") + "-" + code)
    }

    static func decade(_ first: Int) -> TimeMeaning {
        TimeMeaning(
            value: String(fourDigits(first).prefix(3)) + "X", from: CivilDate(year: first, month: 1, day: 1),
            to: CivilDate(year: first + 9, month: 12, day: 31))
    }

    static func reference(_ code: UInt8) -> TimeMeaning {
        TimeMeaning(value: code == 1 ? "PRESENT_REF" : code == 2 ? "PAST_REF" : "FUTURE_REF")
    }

    static func duration(_ value: String) -> TimeMeaning { TimeMeaning(kind: .duration, value: value) }

    /// With a part of the day: "TMO", or a clock time "T22:00".
    func at(_ time: String) -> TimeMeaning { TimeMeaning(kind: .time, value: value + time, from: from, to: to) }
}

func fourDigits(_ year: Int) -> String {
    let digits = String(abs(year))
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
