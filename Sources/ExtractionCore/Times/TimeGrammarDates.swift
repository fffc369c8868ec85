// Days and months by name or number.

extension TimeGrammar {
    /// "Monday (5 June)", "June 5, 2017", "the 5th of June", "2017-06-05", "June 2017", "June", "1998".
    func date(at start: Int) -> Match? {
        let piece = view[start]
        if piece.meaning.holiday > 0 { return holiday(at: start) }
        if piece.meaning.weekday > 0 { return weekday(at: start) }
        if piece.meaning.month > 0 { return monthFirst(at: start) }
        if piece.kind == .number || piece.meaning.ordinal > 0 || view.function(start) == .the
            || piece.meaning.era == 2 || piece.meaning.number > 0
        {
            return isoDate(at: start) ?? slashDate(at: start) ?? dayFirst(at: start, weekday: nil)
                ?? dayAlone(at: start) ?? secondDay(at: start) ?? year(at: start)
        }
        return nil
    }

    private func weekday(at start: Int) -> Match? {
        let weekday = Int(view.meaning(start).weekday)
        guard isName(start, minimum: 3) else { return nil }
        var next = start + 1
        let isShort = view[start].count <= 5
        if view.isMark(next, "."), isShort { next += 1 }
        let isBracketed = view.isMark(next, "(")
        if isBracketed || view.isMark(next, ",") { next += 1 }
        if view.function(next) == .the, view[next + 1].kind == .number { next += 1 }
        if let date = dayFirst(at: next, weekday: weekday) ?? monthDay(at: next, weekday: weekday) {
            if isBracketed, view.isMark(date.end, ")") { return (date.meaning, date.end + 1) }
            return date
        }
        // "Sun" and "Sat" alone are names and words.
        if isShort, !view.isMark(start + 1, ".") || view.function(start - 1) != .on { return nil }
        if view.meaning(start + 1).dayPart == 0, view[start].range.count > 6, isPluralWeekday(start) {
            return (TimeMeaning(kind: .set, value: "XXXX-WXX-\(weekday)"), start + 1)
        }
        let direction: TimeAnchor.Direction = isDeadline(start) || isFuture(at: start) ? .coming : .recent
        guard let day = anchor.day(weekday: weekday, direction: direction) else {
            return (TimeMeaning(value: "XXXX-WXX-\(weekday)", isDay: true), start + 1)
        }
        return (.day(day), start + 1)
    }

    /// "until Friday", "by 9 a.m. EST Tuesday".
    private func isDeadline(_ index: Int) -> Bool {
        var before = index - 1
        while before > index - 8,
            view.isNumber(before) || view[before].kind == .mark || view.has(before, .zone)
                || view.meaning(before).dayHalf > 0 || [.a, .p, .m].contains(view.function(before))
        {
            before -= 1
        }
        return [.until, .till, .by].contains(view.function(before))
    }

    private func isPluralWeekday(_ index: Int) -> Bool {
        // Only whole names have a plural, and each of them ends in "days".
        let names = [0, 6, 7, 9, 8, 6, 8, 6]
        let weekday = Int(view.meaning(index).weekday)
        return weekday < names.count && view[index].count == names[weekday] + 1
    }

    /// Short names ("Sun", "Mar", "May") count with a capital only.
    func isName(_ index: Int, minimum: Int) -> Bool {
        view[index].isCapitalised || view[index].count > 4 && view.function(index) != .march
    }

    /// "Christmas", "Christmas Day", "Christmas Eve 1914".
    private func holiday(at start: Int) -> Match? {
        guard view[start].isCapitalised else { return nil }
        let monthDay = Int(view.meaning(start).holiday)
        var end = start + 1
        var isEve = false
        if view[end].isCapitalised, view.function(end) == .day {
            end += 1
        } else if view[end].isCapitalised, view.function(end) == .eve {
            (isEve, end) = (true, end + 1)
        } else if view[end].isCapitalised {
            return nil
        }
        let (month, day) = (monthDay / 100, monthDay % 100 - (isEve ? 1 : 0))
        let tail = tailYear(at: end)
        let year =
            tail?.value ?? anchor.year(month: month, day: day, weekday: nil, isFuture: isFuture(at: start))
        guard let year, let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return (.day(date), tail?.end ?? end)
    }

    /// "5 June 2017", "5th of June", "the fifth of June": a day, then its month.
    func dayFirst(at start: Int, weekday: Int?) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        guard let day = dayNumber(at: index) else { return nil }
        index = day.end
        // "3-5 May", "3 to 5 May" tell two days; the first has its month from the second.
        if let last = rangeEnd(at: index) {
            return month(last, day: day.value, weekday: weekday, after: afterMonth(last), end: day.end)
        }
        if view.function(index) == .of { index += 1 }
        guard view.meaning(index).month > 0, isName(index, minimum: 3) else { return nil }
        return month(index, day: day.value, weekday: weekday, after: afterMonth(index), end: nil)
    }

    /// The index of the month in "to 22 February", "-5 May".
    private func rangeEnd(at index: Int) -> Int? {
        var next = index
        switch view.function(next) {
        case .to, .and, .or, .through, .until: next += 1
        default:
            guard view.isMark(next, "-") else { return nil }
            next += 1
        }
        guard let last = dayNumber(at: next), view.isNumber(next), view.meaning(last.end).month > 0,
            isName(last.end, minimum: 3)
        else { return nil }
        return last.end
    }

    func dayNumber(at index: Int) -> (value: Int, end: Int)? {
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

    /// "on the 20th": a day of the month told of.
    private func dayAlone(at start: Int) -> Match? {
        guard view.function(start) == .the, view.function(start - 1) == .on, view.isNumber(start + 1),
            let day = dayNumber(at: start + 1), day.end == start + 3,
            !view.isWord(day.end) || view.function(day.end) != nil && view.function(day.end) != .of
        else { return nil }
        let told = anchor.lastMonth ?? anchor.day.map { ($0.year, $0.month) }
        guard let told, let date = CivilDate(year: told.year, month: told.month, day: day.value) else {
            return (TimeMeaning(value: "XXXX-XX-" + twoDigits(day.value)), day.end)
        }
        return (.day(date), day.end)
    }

    /// "5" in "May 4 and 5" and "May 4-5".
    private func secondDay(at index: Int) -> Match? {
        guard view.isNumber(index), let day = view.whole(index), view[index].count <= 2, let last = anchor.lastDay,
            day > last.day, view.whole(index - 2) == last.day,
            view.isHyphen(index - 1) || [.and, .to, .through].contains(view.function(index - 1)),
            view.meaning(index - 3).month == last.month || view.meaning(index - 4).month == last.month,
            !view.isWord(index + 1) || view.function(index + 1) != nil,
            let date = CivilDate(year: last.year, month: last.month, day: day)
        else { return nil }
        return (.day(date), index + 1)
    }

    /// The index after a month's name and the full stop of its short form.
    func afterMonth(_ index: Int) -> Int {
        let isShort =
            view[index].count == 3 && view.meaning(index).month != 5
            || view[index].count == 4 && view.meaning(index).month == 9
        return isShort && view.isMark(index + 1, ".") && view[index + 1].isGlued ? index + 2 : index + 1
    }

    private func monthFirst(at start: Int) -> Match? {
        guard isName(start, minimum: 3) else { return nil }
        if let date = monthDay(at: start, weekday: nil) { return date }
        let next = afterMonth(start)
        let isShort = view[start].count <= 3 && view.meaning(start).month != 5 || next > start + 1
        let month = Int(view.meaning(start).month)
        if let tail = tailYear(at: next) { return (.month(month, of: tail.value), tail.end) }
        let ahead = yearAhead(at: next, month: month)
        if isShort || ahead == nil && isOtherWord(start) { return nil }
        let year =
            ahead ?? anchor.year(month: month, day: nil, weekday: nil, isFuture: isFuture(at: start))
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
    func monthDay(at start: Int, weekday: Int?) -> Match? {
        guard view.meaning(start).month > 0, isName(start, minimum: 3) else { return nil }
        var next = afterMonth(start)
        if view.function(next) == .the { next += 1 }
        guard let day = dayNumber(at: next), eraYear(at: next) == nil else { return nil }
        if view.isMark(day.end, ":"), view[day.end].isGlued, view.isNumber(day.end + 1) { return nil }
        return month(start, day: day.value, weekday: weekday, after: day.end, end: day.end)
    }

    private func month(_ index: Int, day: Int, weekday: Int?, after: Int, end: Int?) -> Match? {
        let month = Int(view.meaning(index).month)
        guard day <= CivilDate.days(inMonth: month, of: 2000) else { return nil }
        let tail = tailYear(at: after)
        let isFirstOfTwo = (end ?? index) < index
        let last = isFirstOfTwo ? end ?? after : tail?.end ?? after
        let named =
            tail?.value ?? yearAhead(at: after, month: month)
            ?? anchor.year(month: month, day: day, weekday: weekday, isFuture: isFuture(at: index))
        guard let named else {
            return (TimeMeaning(value: "XXXX-" + twoDigits(month) + "-" + twoDigits(day), isDay: true), last)
        }
        guard let date = CivilDate(year: named, month: month, day: day) else { return nil }
        return (.day(date), last)
    }

    /// The year after a month or day: ", 2017", "of 1990", "last year", "of that year".
    func tailYear(at start: Int) -> (value: Int, end: Int)? {
        var index = start
        if view.isMark(index, ",") { index += 1 }
        if let year = yearNumber(at: index), !view.has(year.end, .people) { return year }
        index = start
        if let words = yearWords(at: index) { return words }
        if view.function(index) == .of { index += 1 }
        if index > start, let year = yearNumber(at: index) ?? yearWords(at: index) { return year }
        if index > start, view.function(index) == .the { index += 1 }
        guard view.meaning(index + 1).unit == .year, !view.has(index + 1, .plural) else { return nil }
        if view.function(index) == .that || view.function(index) == .same {
            return (anchor.lastYear ?? anchor.year).map { ($0, index + 2) }
        }
        guard let year = anchor.year else { return nil }
        if view.has(index, .last) { return (year - 1, index + 2) }
        if view.has(index, .this) { return (year, index + 2) }
        return view.has(index, .next) ? (year + 1, index + 2) : nil
    }

    /// The year that the later of two days or months names for both: "in March and April 1990".
    func yearAhead(at start: Int, month: Int, depth: Int = 0) -> Int? {
        var index = start
        if view.isMark(index, ",") { index += 1 }
        switch view.function(index) {
        case .and, .or, .to, .through, .until, .till: index += 1
        default:
            if view.isMark(index, "-") { index += 1 } else if index == start { return nil }
        }
        let limit = index + 4
        while index < limit, view.has(index, .early) || view.isHyphen(index) || view.function(index) == .the {
            index += 1
        }
        if let day = dayNumber(at: index) { index = day.end }
        let isMonth = view.meaning(index).month > 0 && isName(index, minimum: 3)
        guard isMonth || view.meaning(index).season > 0 else { return nil }
        let last = isMonth ? Int(view.meaning(index).month) : month
        index = isMonth ? afterMonth(index) : index + 1
        if isMonth, view.isNumber(index), let day = dayNumber(at: index) { index = day.end }
        let next = view.isMark(index, ",") || view.function(index) == .of ? index + 1 : index
        if let year = yearNumber(at: next)?.value { return month > last ? year - 1 : year }
        return depth < 3 ? yearAhead(at: index, month: month, depth: depth + 1) : nil
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
