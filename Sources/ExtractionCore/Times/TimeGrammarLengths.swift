// Lengths and rhythms: "three years", "a few days", "every week"; and words that only point: "now", "recently".

extension TimeGrammar {
    /// A number and its unit: "three years", "a few days", "2 1/2 hours", "two to three weeks".
    func span(at start: Int) -> (count: Int?, unit: TimeUnit, end: Int, half: Bool, isArticle: Bool)? {
        var index = start
        var isArticle = false
        var count: Int?
        var half = false
        if view.isAbout(index) { index += 1 }
        let first = index
        if let number = view.number(at: index) {
            guard number.value < 1e6 else { return nil }
            count = Int(number.value)
            (index, half) = afterNumber(number.end)
        } else if view.has(index, .few) {
            if view.isWord(start, "over") { return nil }
            index += 1
        } else if view.function(index) == .a || view.function(index) == .an {
            isArticle = true
            index += 1
            count = 1
            if view.has(index, .few) {
                (isArticle, count) = (false, nil)
                index += 1
            } else if view.function(index) == .couple {
                index += view.function(index + 1) == .of ? 2 : 1
                (isArticle, count) = (false, 2)
            } else if view.meaning(index).multiplier > 0, view.meaning(index).unit == nil {
                count = Int(clamping: view.meaning(index).multiplier)
                index += 1
            }
        } else if view.meaning(index).multiplier > 0, view.function(index + 1) == .of, view.has(index + 2, .plural) {
            index += 2
        } else if view.has(index, .plural), view.meaning(index).ordinal == 0, view.meaning(index).unit != .quarter {
            return view.meaning(index).unit.map { (nil, $0, index + 1, false, false) }
        } else {
            return nil
        }
        guard let unit = view.meaning(index).unit, index > start else { return nil }
        if view.meaning(index).ordinal > 0, !view.has(index, .plural), count != 1 || isArticle { return nil }
        if unit == .quarter, isFraction(first, index) { return nil }
        return (count, unit, index + 1, half, isArticle)
    }

    /// "three-quarters", "a quarter of": parts of a whole.
    private func isFraction(_ first: Int, _ index: Int) -> Bool {
        if view.isHyphen(index - 1) || view.function(index + 1) == .of { return true }
        return !view.has(index, .plural) && ![.ago, .earlier, .later].contains(view.function(index + 1))
    }

    /// What may stand between a number and its unit: "1/2", "and a half", "to three", "more", a hyphen.
    private func afterNumber(_ start: Int) -> (end: Int, half: Bool) {
        var index = start
        var half = false
        if view.whole(index) == 1, view.isMark(index + 1, "/"), view.whole(index + 2) == 2 {
            (half, index) = (true, index + 3)
        } else if view.function(index) == .and, view.function(index + 1) == .a, view.function(index + 2) == .half {
            (half, index) = (true, index + 3)
        } else if view.function(index) == .to || view.function(index) == .or || view.isHyphen(index),
            let last = view.number(at: index + 1), view.meaning(last.end).unit != nil
        {
            index = last.end
        }
        if view.isHyphen(index) { index += 1 }
        if view.function(index) == .more || isDescribed(index) { index += 1 }
        return (index, half)
    }

    /// "bloody" in "two bloody weeks".
    private func isDescribed(_ index: Int) -> Bool {
        guard view.isWord(index), view.function(index) == nil, !view[index].isCapitalised,
            view.meaning(index).unit == nil, view.has(index + 1, .plural), let unit = view.meaning(index + 1).unit
        else { return false }
        return unit.rawValue >= TimeUnit.day.rawValue && unit != .quarter && view.meaning(index).multiplier == 0
    }

    func duration(at start: Int) -> Match? {
        if view.function(start) == .per {
            guard let unit = view.meaning(start + 1).unit, !view.has(start + 1, .plural) else { return nil }
            return (TimeMeaning(kind: .set, value: unit.duration(1)), start + 2)
        }
        if let long = long(at: start) { return long }
        let hasArticle = view.function(start) == .the || view.function(start) == .a
        if hasArticle, let number = view.number(at: start + 1) { return articled(start, number) }
        guard let span = span(at: start), !isAge(span.end), !isYearAgo(span.end) else { return nil }
        var end = span.end
        if span.isArticle {
            if view.isHyphen(end) { return nil }
        }
        // "60 Minutes", "24 Hours": names of programmes and the like.
        if view[end - 1].isCapitalised, start > view.range.lowerBound { return nil }
        var half = span.half
        if view.function(end) == .and, view.function(end + 1) == .a, view.function(end + 2) == .half {
            (half, end) = (true, end + 3)
        }
        if view.function(end) == .or, view.number(at: end + 1) != nil && span.isArticle || view.has(end + 1, .plural) {
            end = view.number(at: end + 1)?.end ?? end + 2
        }
        return (.duration(half ? withHalf(span.unit, span.count ?? 0) : span.unit.duration(span.count)), end)
    }

    private func withHalf(_ unit: TimeUnit, _ count: Int) -> String {
        switch unit {
        case .year: "P\(count)Y6M"
        case .day: "P\(count)DT12H"
        case .hour: "PT\(count)H30M"
        case .minute: "PT\(count)M30S"
        default: unit.duration(count).replacingLast(with: ".5")
        }
    }

    /// An age is no time: "12-year-old", "40 years old".
    private func isAge(_ end: Int) -> Bool {
        let next = view.isHyphen(end) ? end + 1 : end
        return view.function(next) == .old || view.isWord(next, "olds")
            || view.function(end) == .of && view.function(end + 1) == .age
    }

    private func isYearAgo(_ end: Int) -> Bool {
        view.isHyphen(end) && (view.function(end + 1) == .ago || view.function(end + 1) == .earlier)
    }

    /// "the nine months", "a three-year period": the article belongs to the length.
    private func articled(_ start: Int, _ number: NumberPhrase) -> Match? {
        guard let span = span(at: start + 1), span.end > number.end, !isAge(span.end) else { return nil }
        let isCompound = !view.has(span.end - 1, .plural)
        if isCompound {
            guard view.isPeriod(span.end) else { return nil }
            return (.duration(span.unit.duration(span.count)), span.end + 1)
        }
        guard view.function(start) == .the else { return nil }
        return (.duration(span.unit.duration(span.count)), span.end)
    }

    /// "year-long", "months-long".
    private func long(at start: Int) -> Match? {
        guard let unit = view.meaning(start).unit, view.isHyphen(start + 1), view.isWord(start + 2, "long") else {
            return nil
        }
        return (.duration(unit.duration(view.has(start, .plural) ? nil : 1)), start + 3)
    }

    /// "every week", "each Thursday", "daily".
    func set(at start: Int) -> Match? {
        if let unit = view.meaning(start).frequency {
            // Before a name it is a newspaper.
            if view[start].isCapitalised && start > view.range.lowerBound || view[start + 1].isCapitalised {
                return nil
            }
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

    /// "now", "recently", "the future", "the year", "the week of 6 March".
    func vague(at start: Int) -> Match? {
        let meaning = view.meaning(start)
        if meaning.tags.contains(.historic) { return anchor.isNarrative ? (.reference(2), start + 1) : nil }
        if meaning.reference > 0, !meaning.tags.contains(.adjective) {
            return (.reference(meaning.reference), start + 1)
        }
        if let end = yearEnd(at: start) { return end }
        guard view.function(start) == .the else { return nil }
        let next = view.meaning(start + 1)
        let endsPhrase = !view.isWord(start + 2) || view.function(start + 2) != nil
        if view.isWord(start + 1, "near"), view.meaning(start + 2).reference == 3 || view.isWord(start + 2, "term") {
            return (.reference(3), start + 3)
        }
        if next.tags.contains(.adjective), next.reference == 3, next.unit == nil, endsPhrase {
            return (.reference(3), start + 2)
        }
        if view.function(start + 1) == .past, endsPhrase { return (.reference(2), start + 2) }
        return bareUnit(at: start)
    }

    /// "year-end", "year's end".
    private func yearEnd(at start: Int) -> Match? {
        guard view.function(start) == .year, let year = anchor.year else { return nil }
        if view.isHyphen(start + 1), view.isWord(start + 2, "end") {
            return CivilDate(year: year, month: 12, day: 31).map { (TimeMeaning.day($0).aside, start + 3) }
        }
        let end = view.function(start + 1) == .s ? start + 2 : start + 1
        return view.isWord(end, "end") ? (TimeMeaning.year(year).aside, end + 1) : nil
    }

    /// "the year", "the week": in news the running one, unless words say which.
    private func bareUnit(at start: Int) -> Match? {
        if let full = fullYear(at: start) { return full }
        guard let unit = view.meaning(start + 1).unit, !view.has(start + 1, .plural) else { return nil }
        let after = start + 2
        if unit == .week, view.function(after) == .of, let day = date(at: after + 1), let from = day.meaning.from,
            day.meaning.isDay
        {
            return (.week(of: from), day.end)
        }
        guard !anchor.isNarrative, unit == .year || unit == .week else { return nil }
        // "player of the year" is an honour, "the first months of the year" a time.
        if view.function(start - 1) == .of, view.meaning(start - 2).unit == nil, view.function(start - 2) != .half,
            view.function(start - 2) != .part, !view.has(start - 2, .edge), !view.isWord(start - 2, "rest")
        {
            return nil
        }
        if view.isWord(after, "ended") || view.isWord(after, "ending") { return (.duration(unit.duration(1)), after) }
        if view.isWord(after), view.function(after) != .s, view.function(after) == nil || isOpenEnded(after) {
            return nil
        }
        if view.isHyphen(after) { return nil }
        return theUnit(at: start)
    }

    /// "the full year", "the fiscal year", "the latest fiscal year".
    private func fullYear(at start: Int) -> Match? {
        let isLatest = view.has(start + 1, .latest)
        let index = isLatest ? start + 2 : start + 1
        guard view.isWord(index, "full") || view.function(index) == .fiscal, view.meaning(index + 1).unit == .year,
            !view.has(index + 1, .plural), !anchor.isNarrative, let year = anchor.year
        else { return nil }
        if view.isWord(index + 2, "ended") || view.isWord(index + 2, "ending") { return (.duration("P1Y"), index + 2) }
        return (TimeMeaning.year(isLatest ? year - 1 : year).aside, index + 2)
    }

    /// "the year of", "the week that", "the year before".
    private func isOpenEnded(_ index: Int) -> Bool {
        switch view.function(index) {
        case .of, .that, .when, .before, .after, .which, .he, .she, .they, .we, .i, .it, .ago, .earlier, .later: true
        default: false
        }
    }
}

extension String {
    /// "P2W" with ".5" becomes "P2.5W".
    fileprivate func replacingLast(with half: String) -> String { String(dropLast()) + half + String(suffix(1)) }
}

extension PieceView {
    func isAbout(_ index: Int) -> Bool { has(index, [.approx, .atLeast, .moreThan, .atMost, .about]) }

    /// A month's name that is not another word here.
    func isName(_ index: Int) -> Bool {
        self[index].isCapitalised || self[index].count > 4 && function(index) != .march
    }

    func isPeriod(_ index: Int) -> Bool { isWord(index, "period") }

    func isPluralSeason(_ index: Int) -> Bool {
        isWord(index, "summers") || isWord(index, "winters") || isWord(index, "autumns") || isWord(index, "springs")
    }
}
