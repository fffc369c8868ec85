// Years, decades, centuries and quarters.

extension TimeGrammar {
    func yearNumber(at index: Int) -> Int? {
        guard view.isDigits(index, count: 4), let year = view.whole(index), (1000...2100).contains(year),
            !view.isMark(index + 1, "%"), view[index + 1].isGlued == false || view[index + 1].kind == .mark
        else { return nil }
        return year
    }

    /// "nineteen ninety-six", "two thousand and five".
    func yearWords(at index: Int) -> (value: Int, end: Int)? {
        let first = view.meaning(index).number
        if first == 19 || first == 18, view.meaning(index + 1).number >= 20 {
            guard let rest = view.number(at: index + 1), rest.value < 100 else { return nil }
            return (Int(first) * 100 + Int(rest.value), rest.end)
        }
        return nil
    }

    /// A bare year: four digits that no noun counts, or digits with "s" for a decade.
    func year(at start: Int) -> Match? {
        if let decade = decade(at: start) { return decade }
        if let century = century(at: start) { return century }
        var index = start
        if view.function(index) == .the, view.meaning(index + 1).unit == .year { index += 2 }
        if view.function(start) == .the, index == start { return nil }
        if let words = yearWords(at: index) { return (.year(words.value), words.end) }
        guard let year = yearNumber(at: index), isYear(year, at: index) else { return nil }
        if let quarter = quarterAfterYear(year, at: index + 1), start == index { return quarter }
        return (.year(year), index + 1)
    }

    private func isYear(_ year: Int, at index: Int) -> Bool {
        if let mark = Optional(view[index - 1]), mark.kind == .mark, mark.mark != 0,
            [0x24, 0x23, 0x5E, 0x2F, 0x2E, 0x3A].contains(mark.mark)
        {
            return false
        }
        if view[index - 1].kind == .number { return false }
        let next = view[index + 1]
        if next.kind == .mark, next.isGlued, next.mark == 0x2F || next.mark == 0x3A || next.mark == 0x25 {
            return false
        }
        if view.isHyphen(index + 1), view.isWord(index + 2) {
            return year >= 1900 && view.meaning(index + 2).unit == nil
        }
        if view.isHyphen(index - 1), view.isWord(index - 2), !view.has(index - 2, .early) { return false }
        if next.meaning.multiplier > 0 || next.meaning.unit != nil && next.meaning.unit != .quarter { return false }
        switch view.function(index - 1) {
        case .in, .since, .until, .before, .after, .during, .by, .from, .till, .of, .to, .and, .between, .fiscal,
            .through:
            return !next.meaning.tags.contains(.people) || view.function(index - 1) == .in
        default:
            return (1900...2100).contains(year) && !next.meaning.tags.contains(.people) && next.function != .percent
        }
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
        let piece = view[index]
        return piece.isGlued
            && (piece.function == .s
                || piece.kind == .word && piece.count == 1
                    && piece.hash == FNV.next(FNV.start, 0x73))
    }

    /// "the 20th century".
    private func century(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        var ordinal = Int(view.meaning(index).ordinal)
        if ordinal == 0, let number = view.whole(index), [.st, .nd, .rd, .th].contains(view.function(index + 1)) {
            ordinal = number
            index += 1
        }
        if view.isHyphen(index + 1) { index += 1 }
        guard (1...30).contains(ordinal), view.meaning(index + 1).unit == .century else { return nil }
        return (TimeMeaning(value: twoDigits(ordinal - 1)), index + 2)
    }

    // MARK: Quarters

    /// "the third quarter of 1990", "third-quarter", "this year's first quarter", "Q3 2017".
    func quarter(at start: Int) -> Match? {
        var index = start
        var year: Int?
        if view.function(index) == .the { index += 1 }
        if view.isDigits(index, count: 4), let named = yearNumber(at: index) { (year, index) = (named, index + 1) }
        if view.function(index) == .fiscal { index += view.isHyphen(index + 1) ? 2 : 1 }
        let ordinal = Int(view.meaning(index).ordinal)
        guard (1...4).contains(ordinal) else { return nil }
        var next = index + 1
        if view.isHyphen(next) { next += 1 }
        guard view.meaning(next).unit == .quarter, !view.has(next, .plural) else { return nil }
        next += 1
        if let named = trailingYear(at: next) { (year, next) = (named.year, named.end) }
        return (.quarter(ordinal, of: year ?? quarterYear(ordinal)), next)
    }

    private func quarterAfterYear(_ year: Int, at start: Int) -> Match? {
        var index = start
        if view.function(index) == .fiscal { index += 1 }
        let ordinal = Int(view.meaning(index).ordinal)
        if view.isHyphen(index + 1) { index += 1 }
        guard (1...4).contains(ordinal), view.meaning(index + 1).unit == .quarter else { return nil }
        return (.quarter(ordinal, of: year), index + 2)
    }

    /// "of 1990", "of last year", "1990" after a period.
    private func trailingYear(at start: Int) -> (year: Int, end: Int)? {
        var index = start
        if view.isMark(index, ",") { index += 1 }
        if view.function(index) == .of || view.function(index) == .in { index += 1 }
        if view.function(index) == .fiscal { index += 1 }
        if index > start, let year = yearNumber(at: index) { return (year, index + 1) }
        guard let year = anchor.year, view.meaning(index + 1).unit == .year, index > start else { return nil }
        if view.has(index, .last) { return (year - 1, index + 2) }
        if view.has(index, .this) { return (year, index + 2) }
        if view.has(index, .next) { return (year + 1, index + 2) }
        return nil
    }

    /// The year of a quarter told without one: the last that has ended or is running.
    private func quarterYear(_ quarter: Int) -> Int? {
        guard let reference = anchor.reference else { return anchor.year }
        let current = (reference.month + 2) / 3
        return quarter > current && !isFuture
            ? (quarter == 4 && current == 4 ? reference.year : reference.year - (quarter > current ? 1 : 0))
            : reference.year
    }
}
