// Times told by their distance from the article's day: "yesterday", "last week", "two years ago", "this summer".

extension TimeGrammar {
    func relative(at start: Int) -> Match? {
        let piece = view[start]
        if piece.meaning.tags.contains(.dayOffset) { return (dayOffset(Int(piece.meaning.dayOffset)), start + 1) }
        if piece.meaning.tags.contains(.tonight) {
            let day = anchor.isNarrative ? nil : anchor.day.map(TimeMeaning.day)
            return ((day ?? TimeMeaning(value: "XXXX-XX-XX")).at("TNI"), start + 1)
        }
        return ago(at: start) ?? told(at: start) ?? pointed(at: start) ?? season(at: start) ?? weekend(at: start)
            ?? yearAgo(at: start)
    }

    /// "today" in a history is a reader's or a speaker's: no day that the text tells.
    private func dayOffset(_ days: Int) -> TimeMeaning {
        guard let day = anchor.reference, !anchor.isNarrative else {
            return .reference(days == 0 ? 1 : days < 0 ? 2 : 3)
        }
        return .day(day.adding(days: days))
    }

    // MARK: last, this, next

    /// "last week", "the past two months", "this morning", "next Monday", "last night", "the coming years".
    private func pointed(at start: Int) -> Match? {
        var index = start
        switch view.function(index) {
        case .the: index += 1
        case .these where view.meaning(index + 1).unit == .day: return (.reference(1), index + 2)
        case .these: index += 1
        case .this where view.has(index + 1, [.last, .next]): index += 1
        default: break
        }
        let hasArticle = view.function(start) == .the
        if hasArticle, let first = firstOf(index) { return first }
        let isLast = view.has(index, .last)
        let isThis = view.has(index, .this) || view.function(index) == .these
        let isNext = view.has(index, .next)
        let recent = view.meaning(index).tags.contains(.adjective) ? view.meaning(index).reference : 0
        guard isLast || isThis || isNext || recent > 0 else { return nil }
        let step = isLast ? -1 : isNext ? 1 : 0
        let next = index + 1
        if recent > 1 { return recentUnits(recent, index, start) }
        if isThis, hasArticle { return current(index) }
        if let counted = counted(at: next) { return counted }
        if let unit = view.meaning(next).unit { return pointedUnit(unit, step, next, hasArticle) }
        return pointedName(next, step) ?? (recent == 1 && index == start ? (.reference(1), index + 1) : nil)
    }

    /// "the first nine months", "the latest six weeks": as long as it says.
    private func firstOf(_ index: Int) -> Match? {
        guard view.meaning(index).ordinal == 1 || view.has(index, .latest) || view.isWord(index, "final"),
            let number = view.number(at: index + 1), let unit = view.meaning(number.end).unit,
            view.has(number.end, .plural)
        else { return nil }
        return (.duration(unit.duration(Int(number.value))), number.end + 1)
    }

    /// "the current year", "the current fiscal year", "the current quarter".
    private func current(_ index: Int) -> Match? {
        let next = view.function(index + 1) == .fiscal ? index + 2 : index + 1
        guard let unit = view.meaning(next).unit, !view.has(next, .plural), let meaning = shifted(unit, 0) else {
            return nil
        }
        return (meaning, next + 1)
    }

    /// "recent weeks", "recent", "future".
    private func recentUnits(_ code: UInt8, _ index: Int, _ start: Int) -> Match? {
        let next = index + 1
        if let unit = view.meaning(next).unit, view.has(next, .plural), code == 2 {
            return (.duration(unit.duration(nil)), next + 1)
        }
        guard index == start, code == 2 || anchor.isNarrative else { return nil }
        return (.reference(code), next)
    }

    /// "the past three months": as long as it says, not a point.
    private func counted(at index: Int) -> Match? {
        if view.has(index, .few) || view.function(index) == .couple {
            var next = index + 1
            if view.function(next) == .of { next += 1 }
            guard let unit = view.meaning(next).unit else { return nil }
            return (.duration(unit.duration(view.function(index) == .couple ? 2 : nil)), next + 1)
        }
        guard let number = view.number(at: index) else { return nil }
        var end = number.end
        if [.to, .or].contains(view.function(end)), let last = view.number(at: end + 1) { end = last.end }
        guard let unit = view.meaning(end).unit else { return nil }
        return (.duration(unit.duration(Int(number.value))), end + 1)
    }

    private func pointedUnit(_ unit: TimeUnit, _ step: Int, _ index: Int, _ hasArticle: Bool) -> Match? {
        if view.has(index, .plural) {
            if view.isWord(index - 1, "coming") { return (.reference(3), index + 1) }
            return (.duration(unit.duration(nil)), index + 1)
        }
        // "the past year" lasted a year; "last year" is a year of the calendar.
        if hasArticle, step < 0, unit != .quarter { return (.duration(unit.duration(1)), index + 1) }
        if hasArticle, unit == .decade || unit == .century { return (.duration(unit.duration(1)), index + 1) }
        if step == 0, unit == .day { return nil }
        var end = index + 1
        guard let meaning = shifted(unit, step) else { return nil }
        if unit == .year, view.function(end) == .s, let quarter = ownQuarter(at: end + 1, meaning) {
            return quarter
        }
        if view.function(end) == .or, view.function(end + 1) == .so { end += 2 }
        return (meaning, end)
    }

    /// "last year's third quarter", "last year's quarter".
    private func ownQuarter(at index: Int, _ year: TimeMeaning) -> Match? {
        let ordinal = Int(view.meaning(index).ordinal)
        guard let number = year.from?.year else { return nil }
        if view.meaning(index).unit == .quarter, let told = anchor.lastQuarter {
            return (TimeMeaning.quarter(told.quarter, of: number).aside, index + 1)
        }
        let next = view.isHyphen(index + 1) ? index + 2 : index + 1
        guard (1...4).contains(ordinal), view.meaning(next).unit == .quarter else { return nil }
        return (.quarter(ordinal, of: number), next + 1)
    }

    /// A unit of the calendar some steps away: the week before this one, the month after it.
    func shifted(_ unit: TimeUnit, _ step: Int) -> TimeMeaning? {
        guard let day = anchor.day else {
            if unit == .year, let year = anchor.year, anchor.isNarrative { return .year(year + step) }
            return .reference(step == 0 ? 1 : step < 0 ? 2 : 3)
        }
        switch unit {
        case .second, .minute, .hour: return .reference(step == 0 ? 1 : step < 0 ? 2 : 3)
        case .century: return TimeMeaning(value: twoDigits(max(0, day.year / 100 + step)))
        case .decade: return .decade((day.year / 10 + step) * 10)
        case .quarter:
            let quarters = day.year * 4 + (day.month - 1) / 3 + step
            return quarters > 0 ? .quarter(quarters % 4 + 1, of: quarters / 4) : nil
        case .year: return .year((anchor.isNarrative ? anchor.lastYear ?? day.year : day.year) + step)
        default: return moved(day, unit, step)
        }
    }

    /// "last Friday", "next June", "last summer", "last night", "this morning", "last weekend".
    private func pointedName(_ index: Int, _ step: Int) -> Match? {
        let meaning = view.meaning(index)
        if meaning.weekday > 0 {
            let direction: TimeAnchor.Direction = step < 0 ? .past : step > 0 ? .next : .coming
            guard let day = anchor.day(weekday: Int(meaning.weekday), direction: direction) else {
                return (TimeMeaning(value: "XXXX-WXX-\(meaning.weekday)", isDay: true), index + 1)
            }
            // "this coming Sunday, 8 March" is one day.
            let next = view.isMark(index + 1, ",") ? index + 2 : index + 1
            let date =
                dayFirst(at: next, weekday: Int(meaning.weekday)) ?? monthDay(at: next, weekday: Int(meaning.weekday))
            if let date, date.meaning.from == day { return date }
            return (.day(day), index + 1)
        }
        if meaning.month > 0, view.isName(index) { return pointedMonth(Int(meaning.month), step, index) }
        if meaning.season > 0 { return pointedSeason(Int(meaning.season), step, index) }
        if meaning.dayPart > 0 {
            guard step <= 0 else { return nil }
            let day = anchor.isNarrative ? nil : anchor.day?.adding(days: step)
            return (
                (day.map(TimeMeaning.day) ?? TimeMeaning(value: "XXXX-XX-XX")).at(
                    TimeGrammar.dayParts[Int(meaning.dayPart)]),
                index + 1
            )
        }
        guard view.function(index) == .weekend, let day = anchor.day else { return nil }
        return (.week(of: day.adding(days: step * 7), weekend: true), index + 1)
    }

    private func pointedMonth(_ month: Int, _ step: Int, _ index: Int) -> Match? {
        let end = afterMonth(index)
        guard let day = anchor.day else { return (.month(month, of: anchor.year), end) }
        let year =
            switch step {
            case -1: month < day.month ? day.year : day.year - 1
            case 1: month > day.month ? day.year : day.year + 1
            default: day.year
            }
        if let number = dayNumber(at: end), let date = CivilDate(year: year, month: month, day: number.value) {
            return (.day(date), number.end)
        }
        return (.month(month, of: year), end)
    }

    private func pointedSeason(_ season: Int, _ step: Int, _ index: Int) -> Match? {
        guard let day = anchor.day else { return (.season(season, of: nil), index + 1) }
        // A season ends with the month of its number times three, winter with February.
        let isOver = season < 4 && day.month > season * 3 + 2
        let hasBegun = season < 4 && day.month >= season * 3
        let year = step < 0 ? (isOver ? day.year : day.year - 1) : step > 0 && hasBegun ? day.year + 1 : day.year
        return (.season(season, of: year), index + 1)
    }

    /// "the summer of 1998", "summer 2016", "the winter", "winter".
    private func season(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        if index > start, view.has(index, .early) { index += view.isHyphen(index + 1) ? 2 : 1 }
        let season = Int(view.meaning(index).season)
        guard season > 0 else { return nil }
        if let tail = tailYear(at: index + 1) { return (seasonNamed(season, tail.value), tail.end) }
        let after = view.function(index + 1)
        // "the fall of the wall", "spring up", "Prague Spring" are none.
        if after == .of || after == .from || after == .up || after == .out || after == .to { return nil }
        if view[index].isCapitalised, index > view.range.lowerBound, view[index - 1].isCapitalised && index - 1 != start
        {
            return nil
        }
        if view[index].isCapitalised, view[index + 1].isCapitalised, index == start { return nil }
        if view.isWord(index, "fall") || view.isWord(index, "spring") && index == start {
            switch view.function(index - 1) {
            case .in, .by, .since, .until, .during, .and, .of: break
            case .the where view.isWord(index, "fall") && after != .in: break
            default: return nil
            }
        }
        if view[index].count > 6, view.isPluralSeason(index) { return nil }
        if let ahead = yearAhead(at: index + 1, month: 0) { return (seasonNamed(season, ahead), index + 1) }
        let told = anchor.isNarrative ? anchor.toldYear(of: season == 4 ? 1 : season * 3) : anchor.year
        return (.season(season, of: told), index + 1)
    }

    func seasonNamed(_ season: Int, _ year: Int) -> TimeMeaning {
        var meaning = TimeMeaning.season(season, of: year)
        meaning.seasonYear = year
        return meaning
    }

    private func weekend(at start: Int) -> Match? {
        guard view.function(start) == .the, view.function(start + 1) == .weekend, let day = anchor.day else {
            return nil
        }
        let isToday = day.weekday >= 6 || isFuture(at: start)
        return (.week(of: isToday ? day : day.adding(days: -7), weekend: true), start + 2)
    }
}
