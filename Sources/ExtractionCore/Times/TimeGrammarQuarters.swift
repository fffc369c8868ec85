// Quarters and halves of a year, as reports of earnings count them.

extension TimeGrammar {
    /// "the third quarter of 1990", "third-quarter", "fiscal 1990 first quarter", "the latest quarter".
    func quarter(at start: Int) -> Match? {
        var index = start
        var year: Int?
        if view.function(index) == .the { index += 1 }
        if let named = yearNumber(at: index) { (year, index) = (named.value, named.end) }
        if view.function(index) == .fiscal { index += view.isHyphen(index + 1) ? 2 : 1 }
        let ordinal = Int(view.meaning(index).ordinal)
        guard (1...4).contains(ordinal) else {
            return view.function(start) == .fiscal ? fiscalYear(at: start) : namelessQuarter(at: start)
        }
        let isCompound = view.isHyphen(index + 1)
        var next = isCompound ? index + 2 : index + 1
        guard view.meaning(next).unit == .quarter, !view.has(next, .plural) else { return nil }
        // "the third-quarter loss": the article is the loss's.
        if isCompound, view.function(start) == .the { return nil }
        next += 1
        if let named = trailingYear(at: next) { (year, next) = (named.year, named.end) }
        return (.quarter(ordinal, of: year ?? quarterYear(ordinal)), next)
    }

    /// "fiscal 1989": told as the year of the same number.
    private func fiscalYear(at start: Int) -> Match? {
        guard view.function(start) == .fiscal else { return nil }
        let next = view.meaning(start + 1).unit == .year ? start + 2 : start + 1
        return yearNumber(at: next).map { (.year($0.value), $0.end) }
    }

    func quarterAfterYear(_ year: Int, at start: Int) -> Match? {
        var index = start
        if view.function(index) == .fiscal { index += 1 }
        let ordinal = Int(view.meaning(index).ordinal)
        if view.isHyphen(index + 1) { index += 1 }
        guard (1...4).contains(ordinal), view.meaning(index + 1).unit == .quarter else { return nil }
        return (.quarter(ordinal, of: year), index + 2)
    }

    /// "the latest quarter", "the quarter", "the 1990 quarter", "the latest period".
    private func namelessQuarter(at start: Int) -> Match? {
        guard view.function(start) == .the else { return nil }
        var index = start + 1
        if let year = yearNumber(at: index), let told = anchor.lastQuarter, isQuarterOrPeriod(year.end) {
            return (.quarter(told.quarter, of: year.value), year.end + 1)
        }
        let isLatest = view.has(index, .latest)
        if isLatest { index += 1 }
        if view.meaning(index).unit == .quarter, !view.has(index, .plural) {
            if let ended = quarterEnded(index + 1) { return (ended, index + 1) }
            return anchor.reportedQuarter.map { (.quarter($0.quarter, of: $0.year), index + 1) }
        }
        guard isLatest, view.isPeriod(index), let told = anchor.lastQuarter else { return nil }
        return (.quarter(told.quarter, of: told.year), index + 1)
    }

    /// "ended Sept. 30": the quarter of the calendar that ends then.
    private func quarterEnded(_ index: Int) -> TimeMeaning? {
        guard view.isWord(index, "ended") || view.isWord(index, "ending"), let end = date(at: index + 1),
            let day = end.meaning.from, day.month % 3 == 0
        else { return nil }
        return .quarter(day.month / 3, of: day.year)
    }

    func isQuarterOrPeriod(_ index: Int) -> Bool {
        view.meaning(index).unit == .quarter && !view.has(index, .plural) || view.isPeriod(index)
    }

    /// "the first half of 1990", "the second half".
    func half(at start: Int) -> Match? {
        let index = view.function(start) == .the ? start + 1 : start
        let ordinal = Int(view.meaning(index).ordinal)
        let isSecond = ordinal == 2 || view.has(index, .last) || view.isWord(index, "latter")
        guard isSecond || ordinal == 1 else { return nil }
        let next = view.isHyphen(index + 1) ? index + 2 : index + 1
        guard view.function(next) == .half else { return nil }
        if let year = trailingYear(at: next + 1) { return (.half(isSecond ? 2 : 1, of: year.year), year.end) }
        guard view.function(next + 1) == .of, let year = theUnit(at: next + 2), let number = year.meaning.from?.year
        else { return nil }
        return (.half(isSecond ? 2 : 1, of: number), year.end)
    }

    /// "of 1990", "of last year", "1990" after a period.
    private func trailingYear(at start: Int) -> (year: Int, end: Int)? {
        var index = start
        if view.isMark(index, ",") { index += 1 }
        if view.function(index) == .of || view.function(index) == .in { index += 1 }
        if view.function(index) == .fiscal { index += 1 }
        if index > start, let year = yearNumber(at: index) { return (year.value, year.end) }
        guard let year = anchor.year, view.meaning(index + 1).unit == .year, !view.isMark(start, ",") else {
            return nil
        }
        if view.has(index, .last) { return (year - 1, index + 2) }
        if view.has(index, .this) { return (year, index + 2) }
        if view.has(index, .next) { return (year + 1, index + 2) }
        return nil
    }

    /// The year of a quarter told without one: the last that has ended or is running.
    private func quarterYear(_ quarter: Int) -> Int? {
        guard let reference = anchor.reference, !anchor.isNarrative else { return anchor.year }
        let isAhead = quarter > (reference.month + 2) / 3
        return isAhead && !isFuture(at: view.range.lowerBound) ? reference.year - 1 : reference.year
    }

    /// "the year-earlier quarter", "the comparable year-ago period", "year-ago".
    func yearAgo(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the { index += 1 }
        if index > start, view.has(index, .latest) { index += 1 }
        guard view.meaning(index).unit == .year, view.isHyphen(index + 1),
            view.function(index + 2) == .ago || view.function(index + 2) == .earlier
        else { return nil }
        var end = index + 3
        if let span = span(at: end), span.count != nil, !span.isArticle {
            return (.duration(span.unit.duration(span.count)), span.end)
        }
        var ordinal = Int(view.meaning(end).ordinal)
        if ordinal > 0, view.meaning(end + 1).unit == .quarter { end += 1 } else { ordinal = 0 }
        if isQuarterOrPeriod(end) {
            end += 1
        } else if index > start {
            // "the year-earlier results": the article is the results'.
            return nil
        }
        if let told = anchor.lastQuarter ?? (ordinal > 0 ? anchor.reportedQuarter : nil) {
            let quarter: TimeMeaning = .quarter(ordinal > 0 ? ordinal : told.quarter, of: told.year - 1)
            return (quarter.aside, end)
        }
        return anchor.year.map { (TimeMeaning.year($0 - 1).aside, end) }
    }
}
