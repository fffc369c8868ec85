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
    /// The text tells a history by its dates: its own publication day says nothing of them.
    let isNarrative: Bool
    /// The last day, month and year told so far.
    var lastDay: CivilDate?
    var lastMonth: (year: Int, month: Int)?
    var lastYear: Int?
    /// A bare year that was too far from the last to be where the story goes on.
    var doubtedYear: Int?
    /// The last quarter told, and in which sentence.
    var lastQuarter: (year: Int, quarter: Int)?
    var quarterSentence = 0

    static let none = TimeAnchor(reference: nil, textDay: nil, textYear: nil, isNarrative: false)

    var year: Int? { isNarrative ? lastYear ?? textYear : reference?.year ?? textYear }
    /// The day to count days and weeks from.
    var day: CivilDate? { isNarrative ? lastDay : reference }

    /// The quarter that a report of earnings speaks of: the last one named, else the last that had ended.
    var reportedQuarter: (year: Int, quarter: Int)? {
        if let lastQuarter { return lastQuarter }
        guard let reference, !isNarrative else { return nil }
        let quarters = reference.year * 4 + (reference.month - 1) / 3 - 1
        return (quarters / 4, quarters % 4 + 1)
    }

    /// The year of a month or day that is told without one.
    func year(month: Int, day: Int?, weekday: Int?, isFuture: Bool) -> Int? {
        guard let reference = reference ?? textDay, !isNarrative else {
            return weekdayYear(around: toldYear(of: month), month, day, weekday)
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

    /// A history goes forward: January after a December is the next year's.
    func toldYear(of month: Int) -> Int? {
        if let last = lastMonth, last.year == lastYear, last.month >= 10, month <= 3 { return last.year + 1 }
        return lastYear ?? textYear
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
        guard let day = reference, !isNarrative else { return nil }
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
