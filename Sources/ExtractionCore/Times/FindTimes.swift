/// Finds when, how long and how often, in text order.
///
/// Values are TIMEX3: `2017-06-05`, `2017-W23`, `P3M`, `XXXX-WXX-1`. Nothing is ever counted from today's clock.
public func findTimes(in text: TokenizedText, lexicon: Lexicon) -> [TimeExpression] {
    findTimes(in: CloseReading(of: text, lexicon: lexicon))
}

func findTimes(in reading: CloseReading) -> [TimeExpression] {
    var found: [TimeExpression] = []
    var anchor = TimeAnchor(of: reading)
    for sentence in reading.sentences.indices {
        let view = reading.view(sentence)
        var index = view.range.lowerBound
        if sentence - anchor.quarterSentence > TimeAnchor.quarterReach { anchor.lastQuarter = nil }
        while index < view.range.upperBound {
            let grammar = TimeGrammar(view: view, anchor: anchor)
            guard let match = grammar.match(at: index), match.end > index else {
                index += 1
                continue
            }
            found.append(
                TimeExpression(
                    range: view.textRange(index, through: match.end - 1), kind: match.meaning.kind,
                    value: match.meaning.value, from: match.meaning.from, to: match.meaning.to))
            if !view.isBracketed(index) {
                let opens = index - view.range.lowerBound < 2
                anchor.remember(match.meaning, sentence: sentence, opens: opens, looksAhead: view.looksAhead(index))
            }
            index = match.end
        }
    }
    return found
}

extension TimeAnchor {
    /// A quarter named is spoken of for this many sentences.
    static let quarterReach = 12

    fileprivate mutating func remember(_ meaning: TimeMeaning, sentence: Int, opens: Bool, looksAhead: Bool) {
        if let year = meaning.seasonYear, goesOn(to: year, opens: opens) { lastYear = year }
        guard !meaning.isAside, let from = meaning.from, let to = meaning.to, from.year == to.year else { return }
        if from.month != to.month, !meaning.isQuarter, looksAhead || !goesOn(to: from.year, opens: opens) { return }
        lastYear = from.year
        if from.month == to.month { lastMonth = (from.year, from.month) }
        if meaning.isDay || meaning.kind == .time { lastDay = from }
        if meaning.isQuarter {
            lastQuarter = (from.year, (from.month + 2) / 3)
            quarterSentence = sentence
        }
    }

    /// Whether a bare year is where the story has gone: it opens a sentence, comes soon after the last, or follows
    /// another that was not yet believed.
    private mutating func goesOn(to year: Int, opens: Bool) -> Bool {
        guard let lastYear, !opens, !(lastYear...lastYear + 3).contains(year) else { return true }
        defer { doubtedYear = year }
        guard let doubtedYear else { return false }
        return lastYear < doubtedYear && doubtedYear < year
    }

    /// What the article's times are counted from: chosen once, from its days and from the years that it names.
    fileprivate init(of reading: CloseReading) {
        let reference = reading.text.article.referenceDay
        let evidence = NarrativeEvidence(of: reading, reference: reference)
        // What a wire sends with a dateline is news, however far it looks back.
        let isNarrative = evidence.isNarrative && reading.text.article.dateline == nil
        let textDay = reference == nil ? TimeAnchor.firstFullDay(of: reading) : nil
        self.init(
            reference: reference, textDay: textDay,
            textYear: reference?.year ?? textDay?.year ?? evidence.commonestYear, isNarrative: isNarrative,
            lastYear: isNarrative ? evidence.years.first : nil)
    }

    /// The first day that the text gives with its year.
    private static func firstFullDay(of reading: CloseReading) -> CivilDate? {
        for sentence in reading.sentences.indices {
            let grammar = TimeGrammar(view: reading.view(sentence), anchor: .none)
            for index in grammar.view.range {
                let piece = grammar.view[index]
                guard piece.kind == .number || piece.meaning.month > 0 || piece.meaning.weekday > 0 else { continue }
                if let date = grammar.date(at: index), date.meaning.isDay, let day = date.meaning.from { return day }
            }
        }
        return nil
    }
}

/// What tells a history from news: it names the years that it tells of, and no "yesterday" or "Tuesday".
struct NarrativeEvidence {
    /// The years that the text names, in text order.
    private(set) var years: [Int] = []
    /// How many expressions count from the day of writing: weekdays, "today", "last week".
    private var pointing = 0
    /// How many of the years are not the day of writing's.
    private var otherYears = 0

    init(of reading: CloseReading, reference: CivilDate?) {
        for sentence in reading.sentences.indices {
            let view = reading.view(sentence)
            let grammar = TimeGrammar(view: view, anchor: .none)
            for index in view.range {
                let piece = view[index]
                if piece.kind == .number {
                    if let year = namedYear(at: index, view, grammar) { note(year, reference) }
                } else if piece.meaning.tags.contains(.time), isPointing(index, view) {
                    pointing += 1
                }
            }
        }
    }

    var isNarrative: Bool { otherYears >= 4 && pointing * 10 < otherYears && otherYears * 2 > years.count }

    private mutating func note(_ year: Int, _ reference: CivilDate?) {
        years.append(year)
        if year != reference?.year { otherYears += 1 }
    }

    private func namedYear(at index: Int, _ view: PieceView, _ grammar: TimeGrammar) -> Int? {
        if view[index].count < 4 { return grammar.eraYear(at: index)?.value }
        guard let year = grammar.yearNumber(at: index) else { return nil }
        if view.meaning(index - 1).month > 0 || view.meaning(index - 2).month > 0 { return year.value }
        switch view.function(index - 1) {
        case .in, .since, .of: return year.value
        default:
            let isHeading = view.range.count == 1
            return isHeading || view.isMark(index - 1, "(") || view.isMark(index - 1, "-") ? year.value : nil
        }
    }

    private func isPointing(_ index: Int, _ view: PieceView) -> Bool {
        let meaning = view.meaning(index)
        if meaning.tags.contains(.dayOffset) || meaning.tags.contains(.tonight) { return true }
        if meaning.weekday > 0 { return view[index].count > 4 && view[index].isCapitalised }
        return meaning.tags.contains(.last) && view.function(index) == .last && view.function(index - 1) != .the
            && view.meaning(index + 1).unit != nil
    }

    var commonestYear: Int? {
        let sorted = years.sorted()
        var best: (year: Int, count: Int)?
        var count = 0
        for (index, year) in sorted.enumerated() {
            count = index > 0 && sorted[index - 1] == year ? count + 1 : 1
            if count > (best?.count ?? 0) { best = (year, count) }
        }
        return best?.year
    }
}
