// Times counted from what the text has just told: "the next day", "that year", "two weeks later".

extension TimeGrammar {
    /// The day, month or year told last, as far as a unit needs it.
    private func lastTold(_ unit: TimeUnit) -> CivilDate? {
        switch unit {
        case .day, .week, .fortnight:
            guard let day = anchor.lastDay else { return nil }
            // A month told since then is where the story has gone.
            if anchor.isNarrative, let month = anchor.lastMonth, month != (day.year, day.month) { return nil }
            return day
        case .month, .quarter:
            guard let month = anchor.lastMonth, month.year == anchor.lastYear else { return nil }
            return CivilDate(year: month.year, month: month.month, day: 1)
        case .year, .decade, .century: return anchor.lastYear.flatMap { CivilDate(year: $0, month: 1, day: 1) }
        case .second, .minute, .hour: return nil
        }
    }

    /// "the next day", "the following year", "the previous month", "that morning", "the same year", "the day before".
    func told(at start: Int) -> Match? {
        var index = start
        let hasArticle = view.function(index) == .the
        if hasArticle || view.function(index) == .that { index += 1 }
        if view.function(index) == .same, index > start { return point(index + 1, 0, isOpen: true) }
        if view.function(start) == .that { return point(index, 0, isOpen: false) }
        guard hasArticle else { return nil }
        if view.has(index, .told) {
            let step = view.has(index, .last) ? -1 : 1
            if view.function(index) == .next, !anchor.isNarrative, view.meaning(index + 1).unit != .day,
                view.meaning(index + 1).dayPart == 0
            {
                return nil
            }
            return point(index + 1, step, isOpen: true)
        }
        let after = view.function(index + 1)
        guard view.meaning(index).unit == .day || view.meaning(index).unit == .year, view.has(index, .plural) == false,
            after == .before || after == .after, view[index + 2].kind == .mark,
            let match = point(index, after == .before ? -1 : 1, isOpen: true)
        else { return nil }
        return (match.meaning, index + 2)
    }

    /// The unit or part of the day at an index, some steps from the one told last.
    private func point(_ index: Int, _ step: Int, isOpen: Bool) -> Match? {
        let meaning = view.meaning(index)
        if meaning.dayPart > 0 {
            guard let day = lastTold(.day) else {
                return isOpen
                    ? (TimeMeaning(value: "XXXX-XX-XX").at(TimeGrammar.dayParts[Int(meaning.dayPart)]), index + 1) : nil
            }
            return (TimeMeaning.day(day.adding(days: step)).at(TimeGrammar.dayParts[Int(meaning.dayPart)]), index + 1)
        }
        guard let unit = meaning.unit, !view.has(index, .plural) else { return nil }
        switch unit {
        case .second, .minute, .hour, .quarter, .fortnight, .century: return nil
        case .decade where step != 0: return (.duration(unit.duration(1)), index + 1)
        default: break
        }
        guard let base = lastTold(unit) else {
            let open: [TimeUnit: String] = [.day: "XXXX-XX-XX", .week: "XXXX-WXX", .month: "XXXX-XX", .year: "XXXX"]
            return isOpen ? open[unit].map { (TimeMeaning(value: $0, isDay: unit == .day), index + 1) } : nil
        }
        if unit == .decade { return (.decade(base.year / 10 * 10), index + 1) }
        guard let moved = moved(base, unit, step) else { return nil }
        let isBack = step < 0 || unit == .week && step == 0
        return (isBack ? moved.aside : moved, index + 1)
    }

    /// "the year", "the month", "the week": the one told of, in news the running one.
    func theUnit(at start: Int) -> Match? {
        let isThat = view.function(start) == .that
        guard isThat || view.function(start) == .the, let unit = view.meaning(start + 1).unit,
            !view.has(start + 1, .plural), unit == .year || unit == .month || unit == .week,
            !view.isNumber(start + 2)
        else { return nil }
        let base = isThat || anchor.isNarrative ? lastTold(unit) : anchor.day
        guard let base, let meaning = moved(base, unit, 0) else { return nil }
        return (meaning.aside, start + 2)
    }

    /// The calendar unit some units away from a day.
    func moved(_ day: CivilDate, _ unit: TimeUnit, _ step: Int) -> TimeMeaning? {
        guard abs(step) < 100_000 else { return nil }
        switch unit {
        case .day: return .day(day.adding(days: step))
        case .week: return .week(of: day.adding(days: step * 7))
        case .fortnight: return .week(of: day.adding(days: step * 14))
        case .month:
            let months = day.year * 12 + day.month - 1 + step
            return .month((months % 12 + 12) % 12 + 1, of: (months - (months % 12 + 12) % 12) / 12)
        case .year: return .year(day.year + step)
        case .decade: return .year(day.year + step * 10)
        case .second, .minute, .hour: return .duration(unit.duration(abs(step)))
        case .quarter, .century: return .reference(step < 0 ? 2 : 3)
        }
    }

    /// A day after the news that the clause does not speak of as to come: it was counted from something untold.
    private func isUnheard(_ meaning: TimeMeaning, at index: Int) -> Bool {
        guard let day = anchor.reference, !anchor.isNarrative, let from = meaning.from else { return false }
        return from > day && !isFuture(at: index)
    }

    /// "two years ago", "a week earlier", "three days later", "weeks before".
    func ago(at start: Int) -> Match? {
        guard let span = span(at: start) else { return nil }
        var index = span.end
        if view.function(index) == .or, view.function(index + 1) == .so { index += 2 }
        let word = view.function(index)
        let isBefore = word == .before && (view[index + 1].kind == .mark) || view.isWord(index, "previously")
        guard word == .ago || word == .earlier || word == .later || isBefore else { return nil }
        let end = index + 1
        guard let count = span.count else { return (.reference(word == .later ? 3 : 2), end) }
        let step = word == .later ? count : -count
        if span.unit == .year, count == 1, word == .ago || word == .earlier, let quarter = anchor.lastQuarter {
            return (TimeMeaning.quarter(quarter.quarter, of: quarter.year + step).aside, end)
        }
        let base = word == .ago ? anchor.day : lastTold(span.unit) ?? (anchor.isNarrative ? nil : anchor.day)
        guard let base, let meaning = moved(base, span.unit, step), !isUnheard(meaning, at: start) else {
            return (.reference(step < 0 ? 2 : 3), end)
        }
        return (word == .later ? meaning : meaning.aside, end)
    }
}
