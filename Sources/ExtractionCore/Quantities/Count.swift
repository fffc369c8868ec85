// A count is a number as written, with what makes it vague: "at least 12", "3,000-4,000", "tens of thousands".

struct Count: Sendable {
    /// Indices of its pieces, half-open; words such as "at least" belong to it.
    let first: Int
    let end: Int
    let low: Double
    /// `Double.infinity` when the text sets no upper end.
    let high: Double
    let precision: Precision
    /// A currency code or "percent"; empty for a bare number.
    var unit = ""
}

/// Reads the counts of one sentence.
struct CountReader {
    let marked: MarkedReading
    let view: PieceView

    func counts() -> [Count] {
        var found: [Count] = []
        var index = view.range.lowerBound
        while index < view.range.upperBound {
            if let count = count(at: index) {
                found.append(count)
                index = max(count.end, index + 1)
            } else {
                index += 1
            }
        }
        return found
    }

    func count(at start: Int) -> Count? {
        guard mayBegin(start) else { return nil }
        var index = start
        var precision = Precision.exact
        while let word = leading(index), index - start < 3 {
            precision = precision == .exact || word != .about ? word : precision
            index += 1
            if view.function(index) == .than { index += 1 }
        }
        if index > start, !isNumeric(index) { return nil }
        if view.function(index) == .between, let range = between(index) { return range }
        guard marked.time(at: index) == nil, !isPartOfName(index) else { return nil }
        guard let bare = vague(at: index) ?? money(at: index) ?? exact(at: index) else { return nil }
        return qualified(bare, from: start, precision)
    }

    private func mayBegin(_ index: Int) -> Bool {
        isNumeric(index) || leading(index) != nil || view.function(index) == .between
    }

    private func isNumeric(_ index: Int) -> Bool {
        let piece = view[index]
        if piece.kind == .number || piece.meaning.number >= 0 { return true }
        if piece.meaning.tags.isDisjoint(with: [.multiple, .dozen, .dozens, .scores, .few]) == false { return true }
        if piece.function == .a || piece.function == .the {
            return view.has(index + 1, .dozen) || view.meaning(index + 1).multiplier > 0 || view.has(index + 1, .few)
        }
        return piece.kind == .mark && [0x24, 0x23, 0x5E].contains(piece.mark) && view.isNumber(index + 1)
            || currencyPrefix(index)
    }

    /// "US$5m": the dollar sign after a country's letters.
    private func currencyPrefix(_ index: Int) -> Bool {
        view.isWord(index) && view[index].count <= 2 && view.isMark(index + 1, "$") && view[index + 1].isGlued
            && view.isNumber(index + 2)
    }

    private func leading(_ index: Int) -> Precision? {
        let tags = view.meaning(index).tags
        if tags.contains(.atLeast) || tags.contains(.moreThan) { return .atLeast }
        if tags.contains(.atMost) { return view.function(index) == .under && !isNumeric(index + 1) ? nil : .atMost }
        if tags.contains(.about) { return .about }
        return nil
    }

    /// Numbers inside names and words: "Flight 370", "F-16", "24-hour", "21st", ages and scores.
    private func isPartOfName(_ index: Int) -> Bool {
        let piece = view[index]
        if piece.kind == .number {
            if piece.isGlued, view.isWord(index - 1) { return true }
            if view.isHyphen(index - 1), view.isWord(index - 2) { return true }
            if view[index + 1].isGlued, [.st, .nd, .rd, .th].contains(view.function(index + 1)) { return true }
            if view.isMark(index + 1, "/") || view.isMark(index + 1, ":") && view[index + 2].isGlued { return true }
            if view.isMark(index - 1, "/") || view.isMark(index - 1, ":") && piece.isGlued { return true }
            if let mention = marked.mention(at: index), mention.range.count > piece.count { return true }
            let before = view[index - 1]
            if before.kind == .word, before.isCapitalised, index - 1 > view.range.lowerBound, before.function == nil,
                before.meaning.tags.isDisjoint(with: [.atLeast, .moreThan, .about, .atMost]),
                !view.has(index + 1, .people), before.meaning.outcome == nil, marked.mention(at: index - 1) == nil
            {
                return true
            }
        }
        return isAge(index)
    }

    /// "aged 12", "a 12-year-old", "Maria Ruiz, 34,".
    private func isAge(_ index: Int) -> Bool {
        if view.function(index - 1) == .aged || view.function(index - 1) == .age { return true }
        let end = view.number(at: index)?.end ?? index + 1
        let next = view.isHyphen(end) ? end + 1 : end
        if view.meaning(next).unit != nil, view.function(view.isHyphen(next + 1) ? next + 2 : next + 1) == .old {
            return true
        }
        guard view.isMark(index - 1, ","), view.isNumber(index), view[index].number < 120 else { return false }
        guard marked.mention(at: index - 2) != nil || view[index - 2].isCapitalised else { return false }
        return view.isMark(index + 1, ",") || view.isMark(index + 1, ".") || view.function(index + 1) == .and
    }

    // MARK: Forms

    private func exact(at index: Int) -> Count? {
        guard let number = view.number(at: index) else { return nil }
        if view.isHyphen(number.end) || rangeWord(number.end) {
            if let second = view.number(at: number.end + 1) {
                guard second.value > number.value, !isScore(index, second.end) else { return nil }
                let scaled = scale(number.value, like: second, from: number.end + 1)
                return unitAfter(
                    Count(first: index, end: second.end, low: scaled, high: second.value, precision: .exact))
            }
            if view.isHyphen(number.end) { return nil }
        }
        if view.has(number.end, .dozen) {
            return Count(
                first: index, end: number.end + 1, low: number.value * 12, high: number.value * 12, precision: .about)
        }
        return unitAfter(Count(first: index, end: number.end, low: number.value, high: number.value, precision: .exact))
    }

    /// "three to four": the word stands between two numbers.
    private func rangeWord(_ index: Int) -> Bool { view.function(index) == .to && view.number(at: index + 1) != nil }

    /// "3 to 4 million": the factor belongs to both.
    private func scale(_ first: Double, like second: NumberPhrase, from index: Int) -> Double {
        guard first < 1000, view.isNumber(index), view[index].number > 0 else { return first }
        return first * (second.value / view[index].number)
    }

    private func isScore(_ first: Int, _ end: Int) -> Bool {
        guard view.isNumber(first), view[first].number < 200 else { return false }
        return view.isHyphen(first + 1) && !view.isWord(end) && !view.isMark(end, "%")
    }

    private func between(_ index: Int) -> Count? {
        guard let low = view.number(at: index + 1), view.function(low.end) == .and,
            let high = view.number(at: low.end + 1), high.value > low.value, marked.time(at: index + 1) == nil
        else { return nil }
        return unitAfter(Count(first: index, end: high.end, low: low.value, high: high.value, precision: .exact))
    }

    /// "dozens", "tens of thousands", "several hundred", "a dozen", "hundreds".
    private func vague(at start: Int) -> Count? {
        var index = start
        if view.function(index) == .a { index += 1 }
        let tags = view.meaning(index).tags
        func vague(_ low: Double, _ high: Double, _ end: Int) -> Count {
            Count(first: start, end: end, low: low, high: high, precision: .vague)
        }
        if tags.contains(.dozen) { return Count(first: start, end: index + 1, low: 12, high: 12, precision: .about) }
        if view.function(index + 1) == .of, view.has(index + 2, .multiple) {
            let factor = Double(view.meaning(index + 2).multiplier)
            if tags.contains(.dozens) { return vague(24 * factor, 100 * factor - 1, index + 3) }
            if tags.contains(.multiple) {
                let step = Double(view.meaning(index).multiplier)
                return vague(2 * step * factor, 10 * step * factor - 1, index + 3)
            }
        }
        if tags.contains(.dozens) { return vague(24, 99, index + 1) }
        if tags.contains(.scores), view.function(index + 1) == .of { return vague(40, 199, index + 1) }
        if tags.contains(.multiple) {
            let factor = Double(view.meaning(index).multiplier)
            return vague(2 * factor, 10 * factor - 1, index + 1)
        }
        if tags.contains(.few), view.meaning(index + 1).multiplier > 0, !view.has(index + 1, .multiple) {
            let factor = Double(view.meaning(index + 1).multiplier)
            return vague(2 * factor, 10 * factor - 1, index + 2)
        }
        if index > start, view.meaning(index).multiplier > 0 {
            let factor = Double(view.meaning(index).multiplier)
            return Count(first: start, end: index + 1, low: factor, high: factor, precision: .exact)
        }
        return nil
    }

    private func money(at start: Int) -> Count? {
        var index = start
        if currencyPrefix(index) { index += 1 }
        let code: String? =
            switch view[index].kind == .mark ? view[index].mark : 0 {
            case 0x24: "USD"
            case 0x23 where view[index].count == 2: "GBP"
            case 0x5E where view[index].count == 3: "EUR"
            default: nil
            }
        guard let code, var number = view.number(at: index + 1) else { return nil }
        if let factor = letterFactor(number.end) {
            number = NumberPhrase(value: number.value * factor, end: number.end + 1)
        }
        return Count(
            first: start, end: number.end, low: number.value, high: number.value, precision: .exact, unit: code)
    }

    /// The "m", "bn" or "k" glued to a number.
    private func letterFactor(_ index: Int) -> Double? {
        let piece = view[index]
        guard piece.isGlued, piece.kind == .word, piece.count <= 2 else { return nil }
        if piece.function == .m { return 1e6 }
        if piece.hash == CountReader.billion { return 1e9 }
        return piece.hash == CountReader.thousand ? 1e3 : nil
    }

    private static let billion = "bn".utf8.reduce(FNV.start) { FNV.next($0, $1) }
    private static let thousand = "k".utf8.reduce(FNV.start) { FNV.next($0, $1) }

    private func unitAfter(_ count: Count) -> Count {
        if view.isMark(count.end, "%") || view.function(count.end) == .percent {
            return Count(
                first: count.first, end: count.end + 1, low: count.low, high: count.high, precision: count.precision,
                unit: "percent")
        }
        if view.function(count.end) == .per, view.function(count.end + 1) == .cent {
            return Count(
                first: count.first, end: count.end + 2, low: count.low, high: count.high, precision: count.precision,
                unit: "percent")
        }
        return count
    }

    private func qualified(_ count: Count, from start: Int, _ precision: Precision) -> Count {
        let isVague = count.precision == .vague
        var low = count.low
        var high = count.high
        switch precision {
        case .atLeast: high = .infinity
        case .atMost: low = 0
        default: break
        }
        if precision == .atMost, count.low == count.high { low = 0 }
        return Count(
            first: start, end: count.end, low: low, high: high,
            precision: precision == .exact ? count.precision : isVague && precision == .about ? .vague : precision,
            unit: count.unit)
    }
}
