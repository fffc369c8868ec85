// Times told by their distance: "yesterday", "last week", "two years ago", "the past three months".

extension TimeGrammar {
    func relative(at start: Int) -> Match? {
        let piece = view[start]
        if piece.meaning.tags.contains(.dayOffset) { return (dayOffset(Int(piece.meaning.dayOffset)), start + 1) }
        if piece.meaning.tags.contains(.tonight) {
            return ((anchor.day.map(TimeMeaning.day) ?? .reference(1)).at("TNI"), start + 1)
        }
        return ago(at: start) ?? pointed(at: start) ?? season(at: start) ?? weekend(at: start) ?? yearAgo(at: start)
    }

    private func dayOffset(_ days: Int) -> TimeMeaning {
        guard let day = anchor.day else {
            return .reference(days == 0 ? 1 : days < 0 ? 2 : 3)
        }
        return .day(day.adding(days: days))
    }

    // MARK: last, this, next

    /// "last week", "the past two months", "this morning", "next Monday", "last night", "the coming years".
    private func pointed(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the || view.function(index) == .these { index += 1 }
        let isLast = view.has(index, .last)
        let isThis = view.has(index, .this) || view.function(index) == .these
        let isNext = view.has(index, .next)
        let recent = view.meaning(index).tags.contains(.adjective) ? view.meaning(index).reference : 0
        guard isLast || isThis || isNext || recent > 0 else { return nil }
        let step = isLast ? -1 : isNext ? 1 : 0
        let next = index + 1
        if recent > 0 {
            guard view.meaning(next).unit != nil, view.has(next, .plural) else { return recentAlone(index, start) }
            return (recent == 2 ? .reference(2) : .reference(3), next + 1)
        }
        if index > start, isThis, view.function(index) != .current, view.meaning(index).reference == 0 { return nil }
        if let counted = counted(at: next, step) { return counted }
        if let unit = view.meaning(next).unit { return pointedUnit(unit, step, next, start) }
        return pointedName(next, step)
    }

    private func recentAlone(_ index: Int, _ start: Int) -> Match? {
        guard index == start, view.meaning(index).reference > 0, view.meaning(index).reference < 3 else { return nil }
        return (.reference(view.meaning(index).reference == 1 ? 1 : 2), index + 1)
    }

    /// "the past three months": as long as it says, not a point.
    private func counted(at index: Int, _ step: Int) -> Match? {
        if view.has(index, .few) || view.function(index) == .couple {
            var next = index + 1
            if view.function(next) == .of { next += 1 }
            guard let unit = view.meaning(next).unit else { return nil }
            return (.duration(unit.duration(view.function(index) == .couple ? 2 : nil)), next + 1)
        }
        guard let number = view.number(at: index), let unit = view.meaning(number.end).unit else { return nil }
        return (.duration(unit.duration(Int(number.value))), number.end + 1)
    }

    private func pointedUnit(_ unit: TimeUnit, _ step: Int, _ index: Int, _ start: Int) -> Match? {
        if view.has(index, .plural) { return (.duration(unit.duration(nil)), index + 1) }
        let hasArticle = view.function(start) == .the
        // "the past year" lasted a year; "last year" is a year of the calendar.
        if hasArticle, step < 0, unit != .quarter { return (.duration(unit.duration(1)), index + 1) }
        var end = index + 1
        if unit == .quarter || unit == .year || unit == .week, view.function(end) == .s { end += 0 }
        guard let meaning = shifted(unit, step) else { return nil }
        if unit == .year, view.function(end) == .s, let quarter = ownQuarter(at: end + 1, meaning) {
            return quarter
        }
        return (meaning, end)
    }

    /// "last year's third quarter".
    private func ownQuarter(at index: Int, _ year: TimeMeaning) -> Match? {
        let ordinal = Int(view.meaning(index).ordinal)
        let next = view.isHyphen(index + 1) ? index + 2 : index + 1
        guard (1...4).contains(ordinal), view.meaning(next).unit == .quarter, let number = year.from?.year else {
            return nil
        }
        return (.quarter(ordinal, of: number), next + 1)
    }

    /// A unit of the calendar some steps away: the week before this one, the month after it.
    func shifted(_ unit: TimeUnit, _ step: Int) -> TimeMeaning? {
        guard let day = anchor.day ?? (unit == .year ? nil : anchor.reference) else {
            if unit == .year, let year = anchor.year, anchor.isNarrative { return .year(year + step) }
            return step == 0 ? .reference(1) : .reference(step < 0 ? 2 : 3)
        }
        switch unit {
        case .second, .minute, .hour: return .reference(step == 0 ? 1 : step < 0 ? 2 : 3)
        case .day: return .day(day.adding(days: step))
        case .week: return .week(of: day.adding(days: step * 7))
        case .fortnight: return .week(of: day.adding(days: step * 14))
        case .month:
            let months = day.year * 12 + day.month - 1 + step
            guard months > 0 else { return nil }
            return .month(months % 12 + 1, of: months / 12)
        case .quarter:
            let quarters = day.year * 4 + (day.month - 1) / 3 + step
            guard quarters > 0 else { return nil }
            return .quarter(quarters % 4 + 1, of: quarters / 4)
        case .year: return .year(day.year + step)
        case .decade: return .decade((day.year / 10 + step) * 10)
        case .century: return TimeMeaning(value: twoDigits(max(0, day.year / 100 + step)))
        }
    }

    /// "last Friday", "next June", "last summer", "last night", "this morning", "last weekend".
    private func pointedName(_ index: Int, _ step: Int) -> Match? {
        let meaning = view.meaning(index)
        if meaning.weekday > 0 {
            guard
                let day = anchor.day(
                    weekday: Int(meaning.weekday), direction: step < 0 ? .past : step > 0 ? .next : .coming)
            else { return (TimeMeaning(value: "XXXX-WXX-\(meaning.weekday)"), index + 1) }
            return (.day(day), index + 1)
        }
        if meaning.month > 0, view.isName(index) { return pointedMonth(Int(meaning.month), step, index) }
        if meaning.season > 0 { return pointedSeason(Int(meaning.season), step, index) }
        if meaning.dayPart > 0 {
            guard step <= 0 else { return nil }
            let day = anchor.day?.adding(days: meaning.dayPart == 4 ? step : step)
            return (
                (day.map(TimeMeaning.day) ?? .reference(1)).at(TimeGrammar.dayParts[Int(meaning.dayPart)]), index + 1
            )
        }
        guard view.function(index) == .weekend, let day = anchor.day else { return nil }
        return (.week(of: day.adding(days: step * 7), weekend: true), index + 1)
    }

    private func pointedMonth(_ month: Int, _ step: Int, _ index: Int) -> Match? {
        guard let day = anchor.day else { return (.month(month, of: anchor.year), index + 1) }
        let year =
            switch step {
            case -1: month < day.month ? day.year : day.year - 1
            case 1: month > day.month ? day.year : day.year + 1
            default: day.year
            }
        if let number = view.whole(index + 1), let date = CivilDate(year: year, month: month, day: number) {
            return (.day(date), index + 2)
        }
        return (.month(month, of: year), index + 1)
    }

    private func pointedSeason(_ season: Int, _ step: Int, _ index: Int) -> Match? {
        guard let day = anchor.day else { return (.season(season, of: nil), index + 1) }
        // A season ends with the month of its number times three, winter with February.
        let isOver = season < 4 && day.month > season * 3 + 2
        let hasBegun = season < 4 && day.month >= season * 3
        let year = step < 0 ? (isOver ? day.year : day.year - 1) : step > 0 && hasBegun ? day.year + 1 : day.year
        return (.season(season, of: year), index + 1)
    }

    /// "the summer of 1998", "summer 2016", "the winter".
    private func season(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        let season = Int(view.meaning(index).season)
        guard season > 0 else { return nil }
        var next = index + 1
        if view.function(next) == .of { next += 1 }
        if let year = yearNumber(at: next) { return (.season(season, of: year), next + 1) }
        let needsArticle = season == 1 || season == 3
        guard index > start || !needsArticle && view.function(start - 1) == .in else { return nil }
        if needsArticle, view.function(next) == .in || view.function(index + 1) == .of { return nil }
        return (.season(season, of: anchor.year), index + 1)
    }

    private func weekend(at start: Int) -> Match? {
        guard view.function(start) == .the, view.function(start + 1) == .weekend, let day = anchor.day else {
            return nil
        }
        let weekend = isFuture ? day : day.adding(days: day.weekday >= 6 ? 0 : -7)
        return (.week(of: weekend, weekend: true), start + 2)
    }

    // MARK: Distances

    /// "two years ago", "a week earlier", "three days later".
    private func ago(at start: Int) -> Match? {
        guard let span = span(at: start) else { return nil }
        var index = span.end
        if view.function(index) == .or, view.function(index + 1) == .so { index += 2 }
        let word = view.function(index)
        guard word == .ago || word == .earlier || word == .later || word == .before && view.isMark(index + 1, ".")
        else {
            return nil
        }
        guard let count = span.count else { return word == .ago ? (.reference(2), index + 1) : nil }
        let step = word == .later ? count : -count
        if word != .ago, span.unit == .year, let quarter = anchor.lastQuarter {
            return (.quarter(quarter.quarter, of: quarter.year + step), index + 1)
        }
        if word != .ago, let base = anchor.lastDay { return moved(base, span.unit, step, index + 1) }
        guard let day = anchor.day else { return (.reference(step < 0 ? 2 : 3), index + 1) }
        return moved(day, span.unit, step, index + 1)
    }

    private func moved(_ day: CivilDate, _ unit: TimeUnit, _ step: Int, _ end: Int) -> Match? {
        guard abs(step) < 100_000 else { return nil }
        switch unit {
        case .day: return (.day(day.adding(days: step)), end)
        case .week: return (.week(of: day.adding(days: step * 7)), end)
        case .fortnight: return (.week(of: day.adding(days: step * 14)), end)
        case .month:
            let months = day.year * 12 + day.month - 1 + step
            guard months > 0 else { return nil }
            return (.month(months % 12 + 1, of: months / 12), end)
        case .year: return day.year + step > 0 ? (.year(day.year + step), end) : nil
        case .decade: return day.year + step * 10 > 0 ? (.year(day.year + step * 10), end) : nil
        case .second, .minute, .hour: return (.duration(unit.duration(abs(step))), end)
        default: return (.reference(step < 0 ? 2 : 3), end)
        }
    }

    /// "the year-earlier quarter", "year-ago".
    private func yearAgo(at start: Int) -> Match? {
        let index = view.function(start) == .the ? start + 1 : start
        guard view.meaning(index).unit == .year, view.isHyphen(index + 1),
            view.function(index + 2) == .ago || view.function(index + 2) == .earlier
        else { return nil }
        var end = index + 3
        var ordinal = Int(view.meaning(end).ordinal)
        if ordinal > 0, view.meaning(end + 1).unit == .quarter { end += 1 } else { ordinal = 0 }
        let isQuarter = view.meaning(end).unit == .quarter
        if isQuarter || view.isPeriod(end) { end += 1 }
        if let quarter = anchor.lastQuarter {
            return (.quarter(ordinal > 0 ? ordinal : quarter.quarter, of: quarter.year - 1), end)
        }
        return anchor.year.map { (.year($0 - 1), end) }
    }

    // MARK: Lengths and rhythms

    /// A number and its unit: "three years", "a few days", "2 1/2 hours", "half an hour".
    func span(at start: Int) -> (count: Int?, unit: TimeUnit, end: Int, half: Bool, isArticle: Bool)? {
        var index = start
        var isArticle = false
        var count: Int?
        var half = false
        if view.isAbout(index) { index += 1 }
        if let number = view.number(at: index) {
            guard number.value < 1e6 else { return nil }
            count = Int(number.value)
            index = number.end
            if view.whole(index) == 1, view.isMark(index + 1, "/"), view.whole(index + 2) == 2 {
                (half, index) = (true, index + 3)
            }
            if view.isHyphen(index) { index += 1 }
            if view.function(index) == .more { index += 1 }
        } else if view.has(index, .few) {
            index += 1
        } else if view.function(index) == .a || view.function(index) == .an {
            isArticle = true
            index += 1
            if view.has(index, .few) {
                isArticle = false; index += 1
            } else if view.function(index) == .couple {
                index += view.function(index + 1) == .of ? 2 : 1
                count = 2
                isArticle = false
            } else if view.meaning(index).multiplier > 0, view.meaning(index).unit == nil {
                count = Int(view.meaning(index).multiplier)
                index += 1
            } else {
                count = 1
            }
        } else if view.has(index, .plural), view.meaning(index).unit != nil, view.meaning(index).ordinal == 0 {
            return view.meaning(index).unit.map { (nil, $0, index + 1, false, false) }
        } else {
            return nil
        }
        guard let unit = view.meaning(index).unit, index > start else { return nil }
        if view.meaning(index).ordinal > 0, !view.has(index, .plural), count != 1 || isArticle { return nil }
        return (count, unit, index + 1, half, isArticle)
    }

    func duration(at start: Int) -> Match? {
        guard let span = span(at: start) else { return nil }
        var end = span.end
        // An age is no time: "12-year-old", "40 years old".
        let afterHyphen = view.isHyphen(end) ? end + 1 : end
        if view.function(afterHyphen) == .old || view.function(end) == .of && view.function(end + 1) == .age {
            return nil
        }
        var value = span.unit.duration(span.count)
        if span.half, let count = span.count {
            value = span.unit == .year ? "P\(count)Y6M" : span.unit == .hour ? "PT\(count)H30M" : value
        }
        if span.isArticle {
            // "million a day" is a rate.
            if view.isNumber(start - 1) || view.meaning(start - 1).multiplier > 0 || view.function(start - 1) == .cent {
                return nil
            }
        }
        if view.function(end) == .and, view.function(end + 1) == .a, view.function(end + 2) == .half { end += 3 }
        return (.duration(value), end)
    }

    /// "every week", "each Thursday", "daily".
    func set(at start: Int) -> Match? {
        if let unit = view.meaning(start).frequency {
            if view[start].isCapitalised, start > view.range.lowerBound { return nil }
            return (TimeMeaning(kind: .set, value: unit.duration(1)), start + 1)
        }
        guard view.has(start, .every) else { return nil }
        let next = view.meaning(start + 1)
        if let unit = next.unit, next.ordinal == 0 {
            return (TimeMeaning(kind: .set, value: unit.duration(1)), start + 2)
        }
        if next.weekday > 0 { return (TimeMeaning(kind: .set, value: "XXXX-WXX-\(next.weekday)"), start + 2) }
        if next.month > 0, view[start + 1].isCapitalised {
            return (TimeMeaning(kind: .set, value: "XXXX-" + twoDigits(Int(next.month))), start + 2)
        }
        guard let number = view.number(at: start + 1), let unit = view.meaning(number.end).unit else { return nil }
        return (TimeMeaning(kind: .set, value: unit.duration(Int(number.value))), number.end + 1)
    }

    /// "now", "recently", "the future", "the quarter".
    func vague(at start: Int) -> Match? {
        let meaning = view.meaning(start)
        if meaning.reference > 0, !meaning.tags.contains(.adjective) {
            return (.reference(meaning.reference), start + 1)
        }
        if view.function(start) == .the, view.meaning(start + 1).tags.contains(.adjective),
            view.meaning(start + 1).reference == 3,
            view.meaning(start + 2).unit == nil, !view.isWord(start + 2) || view.function(start + 2) != nil
        {
            return (.reference(3), start + 2)
        }
        if view.function(start) == .the, view.function(start + 1) == .past, !view.isWord(start + 2) {
            return (.reference(2), start + 2)
        }
        if view.function(start) == .the, view.meaning(start + 1).unit == .quarter, !view.has(start + 1, .plural),
            let quarter = anchor.lastQuarter
        {
            return (.quarter(quarter.quarter, of: quarter.year), start + 2)
        }
        return nil
    }
}

extension PieceView {
    func isAbout(_ index: Int) -> Bool { has(index, [.approx, .atLeast, .moreThan, .atMost, .about]) }

    /// A month's name that is not another word here.
    func isName(_ index: Int) -> Bool {
        self[index].isCapitalised || self[index].count > 4 && function(index) != .march
    }

    func isPeriod(_ index: Int) -> Bool { self[index].kind == .word && self[index].hash == PieceView.periodHash }

    private static let periodHash = "period".utf8.reduce(FNV.start) { FNV.next($0, $1) }
}
