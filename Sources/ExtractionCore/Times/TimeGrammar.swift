// The grammar: at one piece, the longest expression that begins there. Each rule gives what it means and the index
// after its last piece; rules look at neighbours only, so reading a sentence is linear.

struct TimeGrammar {
    let view: PieceView
    let anchor: TimeAnchor
    /// The sentence speaks of what will be.
    let isFuture: Bool

    typealias Match = (meaning: TimeMeaning, end: Int)

    /// The expression that begins at an index, with what leads it in ("early", "about") and its time of day.
    func match(at start: Int) -> Match? {
        let piece = view[start]
        guard piece.kind == .number || piece.meaning.tags.contains(.time) || startsPhrase(start) else { return nil }
        if let clock = clockTime(at: start) { return clock }
        if let led = led(at: start) { return led }
        return base(at: start)
    }

    private func startsPhrase(_ index: Int) -> Bool {
        switch view.function(index) {
        case .the, .a, .an, .that, .half, .couple, .at, .more, .less, .fiscal, .quarter, .weekend, .those, .year: true
        default: view.has(index, [.atLeast, .moreThan, .atMost, .about]) || view.meaning(index).multiplier == 100
        }
    }

    func base(at start: Int) -> Match? {
        if let date = date(at: start) { return withDayPart(date) }
        if let relative = relative(at: start) { return withDayPart(relative) }
        if let quarter = quarter(at: start) { return quarter }
        if let set = set(at: start) { return set }
        return duration(at: start) ?? vague(at: start)
    }

    /// "early Tuesday", "mid-November", "the end of 1990", "nearly two years ago".
    private func led(at start: Int) -> Match? {
        var index = start
        if view.function(index) == .the || view.function(index) == .this { index += 1 }
        if view.has(index, .edge), view.function(index + 1) == .of {
            guard let match = base(at: index + 2), match.meaning.kind == .date, match.meaning.value.utf8.count < 8
            else { return nil }
            return match
        }
        if view.has(index, .early) {
            var next = index + 1
            if view.isHyphen(next) { next += 1 }
            if view.function(next) == .in || view.function(next) == .on { next += 1 }
            guard let match = base(at: next), match.meaning.kind != .duration, match.meaning.kind != .set,
                !match.meaning.value.hasSuffix("_REF")
            else { return nil }
            return match
        }
        guard index == start, isAboutWord(index) else { return nil }
        guard let match = duration(at: index + 1) else { return nil }
        return match
    }

    private func isAboutWord(_ index: Int) -> Bool {
        view.has(index, [.approx, .atLeast, .moreThan, .atMost, .about])
    }

    // MARK: Times of day

    /// "10:35 a.m. EDT Thursday", "10pm on Friday", "noon Saturday".
    private func clockTime(at start: Int) -> Match? {
        guard let clock = clock(at: start) else { return nil }
        var index = clock.end
        if view.has(index, .zone) { index += 1 }
        var next = index
        if view.isMark(next, ",") { next += 1 }
        if view.function(next) == .on { next += 1 }
        if let day = date(at: next) ?? relative(at: next), day.meaning.isDay {
            return (day.meaning.at(clock.value), day.end)
        }
        if let part = dayPart(at: next, afterThe: true) { index = part }
        // A clock time alone belongs to the day told of last, where that is news.
        let told = anchor.lastDay.flatMap { last in
            anchor.reference.map { abs($0.dayNumber - last.dayNumber) <= 7 } ?? true ? last : nil
        }
        let day = (told ?? anchor.day).map(TimeMeaning.day) ?? TimeMeaning(value: "XXXX-XX-XX")
        return (day.at(clock.value), index)
    }

    private func dayPart(at index: Int, afterThe: Bool) -> Int? {
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
        switch view.function(index) {
        case .am: return (false, index + 1)
        case .pm: return (true, index + 1)
        case .a, .p:
            var next = index + 1
            if view.isMark(next, ".") { next += 1 }
            guard view.function(next) == .m else { return nil }
            let ends = view.isMark(next + 1, ".") && next + 2 < view.range.upperBound
            return (view.function(index) == .p, ends ? next + 2 : next + 1)
        default: return nil
        }
    }

    /// "Friday morning", "yesterday evening".
    private func withDayPart(_ match: Match) -> Match {
        let part = view.meaning(match.end).dayPart
        guard match.meaning.isDay, part > 0 else { return match }
        return (match.meaning.at(TimeGrammar.dayParts[Int(part)]), match.end + 1)
    }

    static let dayParts = ["", "TMO", "TAF", "TEV", "TNI"]
}
