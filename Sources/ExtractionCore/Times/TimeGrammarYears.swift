// Years, decades and centuries.

extension TimeGrammar {
    /// Four digits that may be a year, or a year with its era.
    func yearNumber(at index: Int) -> (value: Int, end: Int)? {
        if let year = eraYear(at: index) { return year }
        guard view.isDigits(index, count: 4), let year = view.whole(index), (1000...2100).contains(year),
            !view.isMark(index + 1, "%"),
            !view[index + 1].isGlued || view[index + 1].kind == .mark || view.function(index + 1) == .s
        else { return nil }
        return (year, index + 1)
    }

    /// "490 BC", "AD 70", and the first of "492-490 BC": counted as astronomers do, 1 BC being the year 0.
    func eraYear(at index: Int) -> (value: Int, end: Int)? {
        if view.meaning(index).era == 2, view[index].count == 2, let year = yearDigits(index + 1) {
            return (year, index + 2)
        }
        guard let year = yearDigits(index) else { return nil }
        if let era = era(at: index + 1) { return (era.isBC ? 1 - year : year, era.end) }
        let isSpan = view.isMark(index + 1, "-") || [.to, .and, .or, .until].contains(view.function(index + 1))
        guard isSpan, let last = yearDigits(index + 2), last < year, let era = era(at: index + 3), era.isBC else {
            return nil
        }
        return (1 - year, index + 1)
    }

    private func yearDigits(_ index: Int) -> Int? {
        guard view.isNumber(index), view[index].count <= 4, let year = view.whole(index), year > 0 else { return nil }
        return year
    }

    private func era(at index: Int) -> (isBC: Bool, end: Int)? {
        guard view[index].isCapitalised else { return nil }
        switch view.meaning(index).era {
        case 1: return (true, index + 1)
        case 2: return (false, index + 1)
        default: break
        }
        let marks = view.isWord(index, "b") && view.isMark(index + 1, ".") && view.isWord(index + 2, "c")
        return marks ? (true, afterStop(index + 3)) : nil
    }

    /// "nineteen ninety-six".
    func yearWords(at index: Int) -> (value: Int, end: Int)? {
        let first = view.meaning(index).number
        if first == 2, view.meaning(index + 1).multiplier == 1000, let year = view.number(at: index),
            (2000..<2100).contains(year.value), view.meaning(index - 1).unit == .year || view.function(index - 1) == .in
        {
            return (Int(year.value), year.end)
        }
        guard first == 19 || first == 18, view.meaning(index + 1).number >= 20,
            let rest = view.number(at: index + 1), rest.value < 100
        else { return nil }
        return (Int(first) * 100 + Int(rest.value), rest.end)
    }

    /// A bare year: four digits that no noun counts, or digits with "s" for a decade.
    func year(at start: Int) -> Match? {
        if let decade = decade(at: start) ?? century(at: start) { return decade }
        if let year = eraYear(at: start) { return (.year(year.value), year.end) }
        if let short = shortYear(at: start) { return short }
        var index = start
        if view.function(index) == .the, view.meaning(index + 1).unit == .year, !view.has(index + 1, .plural) {
            index += 2
        }
        if view.function(start) == .the, index == start { return nil }
        if let words = yearWords(at: index) { return (.year(words.value), words.end) }
        guard let year = yearNumber(at: index), isYear(year.value, at: index) else { return nil }
        let season = Int(view.meaning(year.end).season)
        if season > 0, !view[year.end].isCapitalised { return (seasonNamed(season, year.value), year.end + 1) }
        if start == index, let quarter = quarterAfterYear(year.value, at: year.end) { return quarter }
        return (.year(year.value), year.end)
    }

    /// "94" in "1990-94".
    private func shortYear(at index: Int) -> Match? {
        guard view.isDigits(index, count: 2), view.isHyphen(index - 1), view.isDigits(index - 2, count: 4),
            let first = view.whole(index - 2), let short = view.whole(index), (1500...2100).contains(first)
        else { return nil }
        let year = first / 100 * 100 + short
        return year > first ? (.year(year), index + 1) : nil
    }

    private func isYear(_ year: Int, at index: Int) -> Bool {
        if isSpan(year, at: index) { return true }
        let before = view[index - 1]
        let next = view[index + 1]
        if before.kind == .number || before.kind == .mark && [0x24, 0x23, 0x5E, 0x2F, 0x2E, 0x3A].contains(before.mark)
        {
            return false
        }
        if next.kind == .mark, next.isGlued,
            next.mark == 0x2F || next.mark == 0x25
                || view.isMark(index + 1, ":")
                    && view.isNumber(index + 2)
        {
            return false
        }
        if view.isHyphen(index + 1), view.isWord(index + 2) {
            return year >= 1900 && view.meaning(index + 2).unit == nil
        }
        if view.isHyphen(index - 1), view.isWord(index - 2) {
            return view.has(index - 2, .early) || view.isWord(index - 2, "pre") || view.isWord(index - 2, "post")
        }
        if next.meaning.multiplier > 0 || next.meaning.unit != nil && next.meaning.unit != .quarter { return false }
        switch view.function(index - 1) {
        case .in, .since, .until, .before, .after, .during, .by, .from, .till, .of, .to, .and, .between, .fiscal,
            .through, .around, .or:
            return !next.meaning.tags.contains(.people) || view.function(index - 1) == .in
        default: return isYearAlone(year, at: index)
        }
    }

    /// Whether another year stands behind a dash: "1792-1797".
    private func isSpan(_ year: Int, at index: Int) -> Bool {
        func other(_ dash: Int, _ index: Int) -> Int? {
            guard view.isMark(dash, "-"), view.isDigits(index, count: 4) else { return nil }
            return view.whole(index)
        }
        if let last = other(index + 1, index + 2), (year...2100).contains(last), last - year < 500 { return true }
        guard let first = other(index - 1, index - 2) else { return false }
        return (1000...year).contains(first) && year - first < 500
    }

    private func isYearAlone(_ year: Int, at index: Int) -> Bool {
        let next = view[index + 1]
        if view.has(index - 1, .early) { return true }
        if view.isMark(index - 1, "("), next.kind == .mark || view.function(index + 1) != nil { return year >= 1500 }
        if next.meaning.tags.contains(.people) || next.function == .percent { return false }
        // In a history a number near the year told of is another year.
        if anchor.isNarrative, let last = anchor.lastYear, abs(year - last) <= 25 { return true }
        if index == view.range.lowerBound, next.kind == .mark { return year >= 1500 }
        // "Windows 1995": a number within a name.
        let before = view[index - 1]
        if before.isCapitalised, before.function == nil, before.meaning.season == 0, index - 1 > view.range.lowerBound {
            return false
        }
        return (1900...2100).contains(year)
    }

    /// "the 1990s", "the '90s", "the nineties", "1980s".
    private func decade(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        if view.has(index, .early) { index += view.isHyphen(index + 1) ? 2 : 1 }
        if view.isMark(index, "'") { index += 1 }
        if view.meaning(index).decade > 0, view.function(start) == .the {
            return (.decade(1900 + Int(view.meaning(index).decade)), index + 1)
        }
        guard let first = view.whole(index), first % 10 == 0, isPluralS(index + 1) else { return nil }
        if view.isDigits(index, count: 4), (1000...2100).contains(first) { return (.decade(first), index + 2) }
        if view.isDigits(index, count: 2), view.function(start) == .the || view.isMark(index - 1, "'") {
            return (.decade(first < 30 ? 2000 + first : 1900 + first), index + 2)
        }
        return nil
    }

    private func isPluralS(_ index: Int) -> Bool {
        view[index].isGlued && (view.function(index) == .s || view.isWord(index, "s"))
    }

    /// "the 20th century", "the 4th century BC".
    private func century(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        if view.has(index, .early) { index += view.isHyphen(index + 1) ? 2 : 1 }
        guard let ordinal = dayNumber(at: index), ordinal.value <= 30 else { return nil }
        index = view.isHyphen(ordinal.end) ? ordinal.end + 1 : ordinal.end
        guard view.meaning(index).unit == .century, !view.has(index, .plural) else { return nil }
        let era = era(at: index + 1)
        return (.century(ordinal.value, isBC: era?.isBC ?? false), era?.end ?? index + 1)
    }
}
