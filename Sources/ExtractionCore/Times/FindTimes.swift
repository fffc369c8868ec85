/// Finds when, how long and how often, in text order.
///
/// Values are TIMEX3: `2017-06-05`, `2017-W23`, `P3M`, `XXXX-WXX-1`. Nothing is ever counted from today's clock.
public func findTimes(in text: TokenizedText, lexicon: Lexicon) -> [TimeExpression] {
    findTimes(in: CloseReading(of: text, lexicon: lexicon))
}

func findTimes(in reading: CloseReading) -> [TimeExpression] {
    var found: [TimeExpression] = []
    var anchor = anchor(of: reading)
    for sentence in reading.sentences.indices {
        let view = reading.view(sentence)
        var index = view.range.lowerBound
        let isFuture = view.range.contains { view.has($0, .future) }
        while index < view.range.upperBound {
            let grammar = TimeGrammar(view: view, anchor: anchor, isFuture: isFuture)
            guard let match = grammar.match(at: index), match.end > index else {
                index += 1
                continue
            }
            found.append(
                TimeExpression(
                    range: view.textRange(index, through: match.end - 1), kind: match.meaning.kind,
                    value: match.meaning.value, from: match.meaning.from, to: match.meaning.to))
            remember(match.meaning, in: &anchor)
            index = match.end
        }
    }
    return found
}

private func remember(_ meaning: TimeMeaning, in anchor: inout TimeAnchor) {
    if meaning.isDay || meaning.kind == .time, let day = meaning.from { anchor.lastDay = day }
    if let year = meaning.from?.year, meaning.to?.year == year { anchor.lastYear = year }
    let value = Array(meaning.value.utf8)
    if value.count == 7, value[5] == UInt8(ascii: "Q"), let year = anchor.lastYear {
        anchor.lastQuarter = (year, Int(value[6]) - 48)
    }
}

/// What the article's times are counted from: chosen once, from its days and from the years that it names.
private func anchor(of reading: CloseReading) -> TimeAnchor {
    let reference = reading.text.article.referenceDay
    var years: [Int] = []
    for sentence in reading.sentences.indices {
        let view = reading.view(sentence)
        for index in view.range where view.isDigits(index, count: 4) {
            guard let year = view.whole(index), (1000...2100).contains(year) else { continue }
            let before = view.meaning(index - 1).month > 0 || view.meaning(index - 2).month > 0
            let function = view.function(index - 1)
            if before || function == .in || function == .since || function == .of { years.append(year) }
        }
    }
    let far = years.filter { year in reference.map { abs($0.year - year) > 1 } ?? true }
    let isNarrative = reference == nil ? false : far.count >= 6 && far.count * 4 > years.count * 3
    let textDay = reference == nil ? firstFullDay(of: reading) : nil
    return TimeAnchor(
        reference: reference, textDay: textDay, textYear: reference?.year ?? textDay?.year ?? mostFrequent(years),
        isNarrative: isNarrative)
}

/// The first day that the text gives with its year.
private func firstFullDay(of reading: CloseReading) -> CivilDate? {
    let nowhere = TimeAnchor(reference: nil, textDay: nil, textYear: nil, isNarrative: false)
    for sentence in reading.sentences.indices {
        let grammar = TimeGrammar(view: reading.view(sentence), anchor: nowhere, isFuture: false)
        for index in grammar.view.range {
            let piece = grammar.view[index]
            guard piece.kind == .number || piece.meaning.month > 0 || piece.meaning.weekday > 0 else { continue }
            if let date = grammar.date(at: index), date.meaning.isDay, let day = date.meaning.from { return day }
        }
    }
    return nil
}

private func mostFrequent(_ years: [Int]) -> Int? {
    let sorted = years.sorted()
    var best: (year: Int, count: Int)?
    var count = 0
    for (index, year) in sorted.enumerated() {
        count = index > 0 && sorted[index - 1] == year ? count + 1 : 1
        if count > (best?.count ?? 0) { best = (year, count) }
    }
    return best?.year
}
