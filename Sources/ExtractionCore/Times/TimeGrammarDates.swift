// Days and months by name or number.

extension TimeGrammar {
    /// "Monday (5 June)", "June 5, 2017", "the 5th of June", "2017-06-05", "June 2017", "June", "1998".
    func date(at start: Int) -> Match? {
        let piece = view[start]
        if piece.kind == .number || piece.meaning.ordinal > 0 || view.function(start) == .the {
            return isoDate(at: start) ?? slashDate(at: start) ?? dayFirst(at: start, weekday: nil) ?? year(at: start)
        }
        if piece.meaning.weekday > 0 { return weekday(at: start) }
        if piece.meaning.month > 0 { return monthFirst(at: start, weekday: nil) }
        return nil
    }

    private func weekday(at start: Int) -> Match? {
        let weekday = Int(view.meaning(start).weekday)
        guard isName(start, minimum: 3) else { return nil }
        var next = start + 1
        if view.isMark(next, "."), view[start].count <= 5, view[start].count != 6 { next += 1 }
        let isBracketed = view.isMark(next, "(")
        if isBracketed || view.isMark(next, ",") { next += 1 }
        if view.function(next) == .the, view[next + 1].kind == .number { next += 1 }
        if let date = dayFirst(at: next, weekday: weekday) ?? monthDay(at: next, weekday: weekday) {
            if isBracketed, view.isMark(date.end, ")") { return (date.meaning, date.end + 1) }
            return date
        }
        if view.meaning(start + 1).dayPart == 0, view[start].range.count > 8, isPluralWeekday(start) {
            return (TimeMeaning(kind: .set, value: "XXXX-WXX-\(weekday)"), start + 1)
        }
        let isDeadline = view.function(start - 1) == .until || view.function(start - 1) == .till
        guard let day = anchor.day(weekday: weekday, direction: isFuture || isDeadline ? .coming : .recent) else {
            var meaning = TimeMeaning(value: "XXXX-WXX-\(weekday)")
            meaning.isDay = true
            return (meaning, start + 1)
        }
        return (.day(day), start + 1)
    }

    private func isPluralWeekday(_ index: Int) -> Bool {
        // Only whole names have a plural, and each of them ends in "days".
        let names = [0, 6, 7, 9, 8, 6, 8, 6]
        let weekday = Int(view.meaning(index).weekday)
        return weekday < names.count && view[index].count == names[weekday] + 1 && view[index].count > 5
    }

    /// Short names ("Sun", "Mar", "May") count with a capital only.
    func isName(_ index: Int, minimum: Int) -> Bool {
        view[index].isCapitalised || view[index].count > 4 && view.function(index) != .march
    }

    /// "5 June 2017", "5th of June", "the fifth of June": a day, then its month.
    func dayFirst(at start: Int, weekday: Int?) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        guard let day = dayNumber(at: index) else { return nil }
        index = day.end
        // "3-5 May" tells two days; the first has its month from the second.
        if view.isHyphen(index), let last = dayNumber(at: index + 1), view.meaning(last.end).month > 0 {
            return month(last.end, day: day.value, weekday: weekday, yearAt: afterMonth(last.end), end: day.end)
        }
        if view.function(index) == .of { index += 1 }
        guard view.meaning(index).month > 0, isName(index, minimum: 3) else { return nil }
        return month(index, day: day.value, weekday: weekday, yearAt: afterMonth(index), end: nil)
    }

    private func dayNumber(at index: Int) -> (value: Int, end: Int)? {
        if let day = view.whole(index), (1...31).contains(day), view[index].count <= 2 {
            switch view.function(index + 1) {
            case .st, .nd, .rd, .th: return (day, index + 2)
            default: return (day, index + 1)
            }
        }
        var ordinal = Int(view.meaning(index).ordinal)
        guard ordinal > 0 || view.meaning(index).number == 20 || view.meaning(index).number == 30 else { return nil }
        if ordinal == 0, view.isHyphen(index + 1), view.meaning(index + 2).ordinal > 0 {
            ordinal = Int(view.meaning(index).number) + Int(view.meaning(index + 2).ordinal)
            return (ordinal, index + 3)
        }
        return ordinal > 0 ? (ordinal, index + 1) : nil
    }

    /// The index after a month's name and the full stop of its short form.
    private func afterMonth(_ index: Int) -> Int {
        let isShort =
            view[index].count == 3 && view.meaning(index).month != 5
            || view[index].count == 4 && view.meaning(index).month == 9
        return isShort && view.isMark(index + 1, ".") && view[index + 1].isGlued ? index + 2 : index + 1
    }

    private func monthFirst(at start: Int, weekday: Int?) -> Match? {
        guard isName(start, minimum: 3) else { return nil }
        if let date = monthDay(at: start, weekday: weekday) { return date }
        var next = afterMonth(start)
        let isShort = view[start].count <= 3 && view.meaning(start).month != 5 || next > start + 1
        let month = Int(view.meaning(start).month)
        if view.isMark(next, ","), view.isDigits(next + 1, count: 4) { next += 1 }
        if view.function(next) == .of { next += 1 }
        if let year = yearNumber(at: next) { return (.month(month, of: year), next + 1) }
        if let year = yearWords(at: next) { return (.month(month, of: year.value), year.end) }
        if isShort || isOtherWord(start) { return nil }
        if view.has(next, .last) || view.has(next, .this), view.meaning(next + 1).unit == .year, let year = anchor.year
        {
            return (.month(month, of: view.has(next, .last) ? year - 1 : year), next + 2)
        }
        let year = anchor.year(month: month, day: nil, weekday: nil, isFuture: isFuture)
        return (.month(month, of: year), start + 1)
    }

    /// "may" and "march" are months only where a preposition or the like stands before them.
    private func isOtherWord(_ index: Int) -> Bool {
        guard view.function(index) == .may || view.function(index) == .march else { return false }
        switch view.function(index - 1) {
        case .in, .of, .since, .until, .by, .from, .to, .till, .during, .and, .or, .mid, .through, .between:
            return false
        case .a: return view.function(index) == .march
        default: return !view.has(index - 1, [.early, .last, .next, .this, .every, .about, .atMost])
        }
    }

    /// "June 5", "June 5, 2017", "June 5th".
    private func monthDay(at start: Int, weekday: Int?) -> Match? {
        guard view.meaning(start).month > 0, isName(start, minimum: 3) else { return nil }
        var next = afterMonth(start)
        if view.function(next) == .the { next += 1 }
        guard let day = dayNumber(at: next), view[next].kind == .number || view.meaning(next).ordinal > 0 else {
            return nil
        }
        if view.isMark(day.end, ":"), view[day.end].isGlued, view.isNumber(day.end + 1) { return nil }
        return month(start, day: day.value, weekday: weekday, yearAt: day.end, end: day.end)
    }

    private func month(_ index: Int, day: Int, weekday: Int?, yearAt: Int, end: Int?) -> Match? {
        let month = Int(view.meaning(index).month)
        guard day <= CivilDate.days(inMonth: month, of: 2000) else { return nil }
        var next = yearAt
        if view.isMark(next, ","), yearNumber(at: next + 1) != nil { next += 1 }
        var year = yearNumber(at: next)
        var last = year == nil ? max(end ?? 0, yearAt) : next + 1
        if year == nil, let words = yearWords(at: next) { (year, last) = (words.value, words.end) }
        if let end, end < index { last = end }
        let named = year ?? anchor.year(month: month, day: day, weekday: weekday, isFuture: isFuture)
        guard let named else {
            var meaning = TimeMeaning(value: "XXXX-" + twoDigits(month) + "-" + twoDigits(day))
            meaning.isDay = true
            return (meaning, last)
        }
        guard let date = CivilDate(year: named, month: month, day: day) else { return nil }
        return (.day(date), last)
    }

    private func isoDate(at start: Int) -> Match? {
        guard view.isDigits(start, count: 4), view.isHyphen(start + 1) || view.isMark(start + 1, "/"),
            view.isDigits(start + 2, count: 2), view[start + 2].isGlued, view[start + 3].mark == view[start + 1].mark,
            view.isDigits(start + 4, count: 2), view[start + 4].isGlued,
            let year = view.whole(start), let month = view.whole(start + 2), let day = view.whole(start + 4),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return (.day(date), start + 5)
    }

    /// "25/6/2017": only when it can be read in one way.
    private func slashDate(at start: Int) -> Match? {
        guard view.isMark(start + 1, "/"), view[start + 1].isGlued, view.isMark(start + 3, "/"),
            view[start + 3].isGlued,
            let first = view.whole(start), let second = view.whole(start + 2), var year = view.whole(start + 4),
            view[start].count <= 2, view[start + 2].count <= 2, view[start + 4].count == 4 || view[start + 4].count == 2
        else { return nil }
        if view[start + 4].count == 2 { year += year > 50 ? 1900 : 2000 }
        let monthFirst = CivilDate(year: year, month: first, day: second)
        let dayFirst = CivilDate(year: year, month: second, day: first)
        guard let date = monthFirst ?? dayFirst, monthFirst == nil || dayFirst == nil || first == second else {
            return nil
        }
        return (.day(date), start + 5)
    }
}
