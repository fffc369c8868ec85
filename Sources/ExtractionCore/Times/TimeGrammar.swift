// The grammar: at one piece, the longest expression that begins there. Each rule gives what it means and the index
// after its last piece; rules look at neighbours only, so reading a sentence is linear.

struct TimeGrammar {
    let view: PieceView
    let anchor: TimeAnchor

    typealias Match = (meaning: TimeMeaning, end: Int)

    /// The expression that begins at an index, with what leads it in ("early", "about") and its time of day.
    func match(at start: Int) -> Match? {
        let piece = view[start]
        guard piece.kind == .number || piece.meaning.tags.contains(.time) || startsPhrase(start) else { return nil }
        return clockTime(at: start) ?? led(at: start) ?? base(at: start)
    }

    private func startsPhrase(_ index: Int) -> Bool {
        switch view.function(index) {
        case .the, .a, .an, .that, .half, .couple, .at, .more, .less, .fiscal, .quarter, .weekend, .those, .these,
            .year, .per,
            .same:
            true
        default: view.has(index, [.atLeast, .moreThan, .atMost, .about]) || view.meaning(index).multiplier > 0
        }
    }

    func base(at start: Int) -> Match? {
        if let date = date(at: start) { return withDayPart(date) }
        if let relative = relative(at: start) { return withDayPart(relative) }
        return quarter(at: start) ?? half(at: start) ?? set(at: start) ?? duration(at: start) ?? vague(at: start)
    }

    /// "early Tuesday", "mid-November", "the end of 1990", "late in the year", "the morning of 5 June".
    private func led(at start: Int) -> Match? {
        var index = start
        switch view.function(index) {
        case .the, .this, .that: index += 1
        default: break
        }
        if view.has(index, .edge), view.function(index + 1) == .of { return edge(index + 2) }
        if view.has(index, .early), view.function(index) != .later || !isUnitTold(index) {
            var next = index + 1
            if view.isHyphen(next) { next += 1 }
            if index > start, let part = partOfDay(at: next) { return part }
            let hasPreposition = view.function(next) == .in || view.function(next) == .on
            if hasPreposition { next += 1 }
            if view.function(next) == .the, let part = partOfDay(at: next + 1) { return part }
            if hasPreposition, let unit = theUnit(at: next) { return unit }
            guard let match = base(at: next), match.meaning.kind != .duration, match.meaning.kind != .set,
                !match.meaning.value.hasSuffix("_REF")
            else { return nil }
            return match
        }
        return index > start ? partOfDay(at: index) : nil
    }

    private func isUnitTold(_ index: Int) -> Bool { view.meaning(index - 1).unit != nil }

    /// "the end of" October, 1990, the year, last week.
    private func edge(_ start: Int) -> Match? {
        if let unit = theUnit(at: start) { return unit }
        guard let match = base(at: start), match.meaning.kind == .date, !match.meaning.isDay,
            !match.meaning.value.hasSuffix("_REF")
        else { return nil }
        return match
    }

    /// "night of 5 June", "morning hours of Friday", after "the".
    private func partOfDay(at index: Int) -> Match? {
        let part = Int(view.meaning(index).dayPart)
        guard part > 0 else { return nil }
        var next = index + 1
        if view.meaning(next).unit == .hour { next += 1 }
        guard view.function(next) == .of, let day = date(at: next + 1) ?? relative(at: next + 1), day.meaning.isDay
        else { return nil }
        return (day.meaning.at(TimeGrammar.dayParts[part]), day.end)
    }

    /// Whether what is told at an index is yet to come, by the words before it in its clause; where it opens the
    /// sentence, by the words after it.
    func isFuture(at index: Int) -> Bool {
        if view.function(index - 1) == .since || view.function(index + 1) == .s { return false }
        if view.function(index - 1) == .as, view.isWord(index - 2, "soon") || view.isWord(index - 2, "early") {
            return true
        }
        let first = max(view.range.lowerBound, index - 14)
        var before = index - 1
        while before >= first {
            let piece = view[before]
            if piece.meaning.tags.contains(.future) { return view.function(before - 2) != .had }
            if piece.meaning.stance != nil || piece.mark == 0x3B || piece.mark == 0x22 { return false }
            if piece.function == .to, isPlan(before - 1) { return true }
            before -= 1
        }
        guard index - view.range.lowerBound <= 3 else { return false }
        return (index + 1..<min(index + 7, view.range.upperBound)).contains { view.has($0, .future) }
    }

    /// "is to", "are to", "set to".
    private func isPlan(_ index: Int) -> Bool {
        view.function(index) == .is || view.function(index) == .are || view.isWord(index, "set")
    }

    // MARK: Times of day

    /// "10:35 a.m. EDT Thursday", "10pm on Friday", "noon Saturday".
    private func clockTime(at start: Int) -> Match? {
        guard let clock = clock(at: view.isAbout(start) ? start + 1 : start) else { return nil }
        var index = clock.end
        if view.has(index, .zone) { index += 1 }
        var next = index
        if view.isMark(next, ",") { next += 1 }
        if view.function(next) == .on { next += 1 }
        if let day = date(at: next) ?? relative(at: next), day.meaning.isDay {
            return (day.meaning.at(clock.value), day.end)
        }
        if let part = dayPart(at: index) { index = part }
        // A clock time alone belongs to the day told of last, where that is news.
        let told = anchor.lastDay.flatMap { last in
            anchor.isNarrative || anchor.reference.map { abs($0.dayNumber - last.dayNumber) <= 7 } ?? true ? last : nil
        }
        let day = (told ?? anchor.day).map(TimeMeaning.day) ?? TimeMeaning(value: "XXXX-XX-XX")
        return (day.at(clock.value), index)
    }

    private func dayPart(at index: Int) -> Int? {
        guard view.function(index) == .in, view.function(index + 1) == .the, view.meaning(index + 2).dayPart > 0
        else { return nil }
        return index + 3
    }

    private func clock(at start: Int) -> (value: String, end: Int)? {
        let word = view.meaning(start).clock
        if word > 0 {
            return ("T" + (word == 12 ? "12:00" : "24:00"), start + 1)
        }
        guard let hour = view.whole(start), hour <= 24, view[start].count <= 2 else { return nil }
        var minute: Int?
        var index = start + 1
        if view.isMark(index, ":"), view[index].isGlued, view.isDigits(index + 1, count: 2),
            let minutes = view.whole(index + 1), minutes < 60
        {
            minute = minutes
            index += 2
        }
        if let half = halfOfDay(at: index), (1...12).contains(hour) {
            let hours = hour % 12 + (half.isAfternoon ? 12 : 0)
            let value = "T" + twoDigits(hours) + ":" + twoDigits(minute ?? 0)
            return (value, half.end)
        }
        guard let minute, !view.isMark(index, ":"), view.function(index) != .minutes else { return nil }
        return ("T" + twoDigits(hour) + ":" + twoDigits(minute), index)
    }

    private func halfOfDay(at index: Int) -> (isAfternoon: Bool, end: Int)? {
        switch view.meaning(index).dayHalf {
        case 1: return (false, index + 1)
        case 2: return (true, index + 1)
        default: break
        }
        guard let word = view.function(index), word == .a || word == .p else { return nil }
        var next = index + 1
        if view.isMark(next, ".") { next += 1 }
        guard view.function(next) == .m else { return nil }
        return (word == .p, afterStop(next + 1))
    }

    /// The index after the full stop of a short form, unless it is also the sentence's.
    func afterStop(_ index: Int) -> Int {
        view.isMark(index, ".") && view[index].isGlued && index + 1 < view.range.upperBound ? index + 1 : index
    }

    /// "Friday morning", "yesterday evening".
    private func withDayPart(_ match: Match) -> Match {
        let part = view.meaning(match.end).dayPart
        guard match.meaning.isDay, part > 0 else { return match }
        return (match.meaning.at(TimeGrammar.dayParts[Int(part)]), match.end + 1)
    }

    static let dayParts = ["", "TMO", "TAF", "TEV", "TNI"]
}
