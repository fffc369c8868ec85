// What stands around a figure: cause, who did it, where and when.

extension TollFinder {
    func toll(_ finding: Finding) -> Toll {
        var first = min(finding.count.first, finding.verb)
        var last = max(finding.last, finding.verb)
        var victims = finding.victims
        if let part = partAfter(last) {
            last = part.upperBound - 1
            if victims == nil { victims = part }
        }
        if let victims { last = max(last, victims.upperBound - 1) }
        let cause = cause(finding, &last)
        while first > view.range.lowerBound, isTollAdjective(first - 1) { first -= 1 }
        let time = marked.timeAround(sentence, near: finding.verb)
        let high = finding.count.high
        return Toll(
            range: view.textRange(first, through: last), outcome: finding.outcome,
            low: Int(clampingDouble: finding.count.low),
            high: high.isFinite ? Int(clampingDouble: high) : Int.max, precision: finding.count.precision,
            victims: victims.map { marked.words($0, in: view) },
            cause: cause.map { marked.reading.words.name(view.meaning($0).cause) },
            blamed: blamed(finding, cause), place: marked.place(sentence, near: finding.verb), time: time?.value,
            timeBasis: time?.basis)
    }

    private func isTollAdjective(_ index: Int) -> Bool {
        view.function(index) == .the && view.meaning(index + 1).tags.contains(.tollNoun)
    }

    /// ", including women and children" right after the figure.
    private func partAfter(_ last: Int) -> Range<Int>? {
        let start = view.isMark(last + 1, ",") ? last + 2 : last + 1
        guard view.function(start) == .including else { return nil }
        var index = start + 1
        while index < view.range.upperBound, index - start < 14 {
            let piece = view[index]
            if piece.kind == .mark, !view.isHyphen(index) { break }
            if marked.isVerb(view, index) || marked.time(at: index) != nil && piece.kind == .word { break }
            switch piece.function {
            case .in, .on, .at, .by, .after, .when, .while, .were, .was, .who, .that, .but, .have, .has:
                return start..<index
            default: index += 1
            }
        }
        return index > start + 1 ? start..<index : nil
    }

    // MARK: Cause and agent

    /// The cause's piece: what follows "in", "by" or "when", what does the killing, else the nearest in the sentence.
    private func cause(_ finding: Finding, _ last: inout Int) -> Int? {
        let isActive = !finding.isPassive && view.meaning(finding.verb).outcomeForm == UInt8(ascii: "v")
        if isActive, let subject = causeBefore(finding.verb) { return subject }
        var index = last + 1
        while index < min(view.range.upperBound, last + 10) {
            if isCause(index) {
                let opens = (last + 1..<index).contains {
                    [.in, .by, .from, .during, .after].contains(view.function($0))
                }
                if opens, index - last <= 4 { last = index }
                if opens || view.function(index - 1) == .the || view.function(index - 1) == .a { return index }
            }
            if view.isMark(index, ".") || view.isMark(index, ";") { break }
            index += 1
        }
        if let before = causeBefore(finding.verb) { return before }
        // "41 died and it warned that cholera could spread": another clause tells another thing.
        let clause = view.range.filter { $0 > last }.prefix { index in
            ![.and, .but, .that, .while, .could, .would, .might].contains(view.function(index))
        }
        return clause.first { isCause($0) }
    }

    private func causeBefore(_ verb: Int) -> Int? {
        view.range.clamped(to: view.range.lowerBound..<max(view.range.lowerBound, verb)).last { isCause($0) }
    }

    /// A word for a cause that is no name and no verb ("flooding into the camps", "to attack").
    private func isCause(_ index: Int) -> Bool {
        guard view.meaning(index).cause > 0, marked.mention(at: index) == nil, view.function(index - 1) != .to else {
            return false
        }
        return view.function(index + 1) != .into
    }

    /// Who did it, only where this sentence says so: "air strikes by X", "killed by X", "X killed".
    private func blamed(_ finding: Finding, _ cause: Int?) -> String? {
        if let cause, view.function(cause + 1) == .by, let agent = agent(at: cause + 2) { return agent }
        if let cause, let adjective = agentBefore(cause) { return adjective }
        if finding.isPassive {
            var index = finding.verb + 1
            while index < view.range.upperBound, index - finding.verb < 6 {
                if view.function(index) == .by { return agent(at: index + 1) }
                if view[index].kind == .mark || view.meaning(index).stance != nil { return nil }
                index += 1
            }
            return nil
        }
        guard view.meaning(finding.verb).outcomeForm == UInt8(ascii: "v"), finding.count.first > finding.verb else {
            return nil
        }
        let end = marked.beforeAuxiliaries(finding.verb, in: view)
        guard let subject = marked.phrase(to: end, in: view), !marked.isBehindPreposition(subject, in: view) else {
            return nil
        }
        let head = subject.upperBound - 1
        if view.meaning(head).cause > 0, !view.has(head, .people) { return nil }
        return isAgent(head) ? name(of: subject) : nil
    }

    private func isAgent(_ head: Int) -> Bool {
        if let mention = marked.mention(at: head), let entity = marked.entity(of: mention) {
            return mention.form != .pronoun && entity.kind != .place
        }
        return view.has(head, [.people, .speakerNoun])
    }

    private func agent(at start: Int) -> String? {
        guard let phrase = marked.phrase(from: start, in: view), view.meaning(phrase.upperBound - 1).cause == 0 else {
            return nil
        }
        return isAgent(phrase.upperBound - 1) || phrase.contains { marked.mention(at: $0) != nil }
            ? name(of: phrase) : nil
    }

    /// "coalition air strikes", "rebel shelling": who stands right before the means.
    private func agentBefore(_ cause: Int) -> String? {
        guard let phrase = marked.phrase(to: cause, in: view, limit: 5), isAgent(phrase.upperBound - 1),
            marked.mention(at: phrase.upperBound - 1)?.form != .demonym
        else { return nil }
        return name(of: phrase)
    }

    /// The entity's name where the phrase ends in one, else the words.
    private func name(of phrase: Range<Int>) -> String {
        if let mention = marked.mention(at: phrase.upperBound - 1), mention.form != .demonym,
            let entity = marked.entity(of: mention), entity.kind != .place
        {
            let start = marked.start(of: mention, from: phrase.upperBound - 1)
            if start <= phrase.lowerBound || entity.kind == .person { return entity.name }
        }
        return marked.words(phrase, in: view)
    }
}

extension Int {
    /// The nearest whole number that fits.
    init(clampingDouble value: Double) {
        self = value >= 9e18 ? Int.max : value <= -9e18 ? Int.min : value.isNaN ? 0 : Int(value)
    }
}

extension MarkedReading {
    /// The place that a sentence tells near a piece, else the paragraph's nearest before it, else the article's.
    func place(_ sentence: Int, near piece: Int) -> Int? {
        if let place = nearestPlace(view(sentence).range, to: piece) { return place }
        let block = text.sentences.indices.contains(sentence) ? text.sentences[sentence].block : -1
        var previous = sentence - 1
        while previous >= 0, sentence - previous <= 12, text.sentences[previous].block == block {
            let range = view(previous).range
            if let place = nearestPlace(range, to: range.upperBound, inCountry: true) { return place }
            previous -= 1
        }
        return isHistory(view(sentence)) ? mainPlace.flatMap(wholeCountry) : mainPlace
    }

    /// The place that a sentence itself tells, else the article's main one.
    func ownPlace(_ sentence: Int, near piece: Int) -> Int? {
        if let place = nearestPlace(view(sentence).range, to: piece) { return place }
        return isHistory(view(sentence)) ? mainPlace.flatMap(wholeCountry) : mainPlace
    }

    /// Whether a sentence tells of another year: what happened then need not have happened here.
    private func isHistory(_ view: PieceView) -> Bool {
        guard let year = text.article.referenceDay?.year else { return false }
        return view.range.contains { index in
            guard let time = time(at: index), let to = time.to, to.year < year,
                self.time(at: index - 1) != time
            else { return false }
            // "Since late 2018" goes on until now; "since 2015, when" looks back.
            return view.function(index - 1) != .since
                || (index + 1..<index + 4).contains { view.function($0) == .when }
        }
    }

    private func wholeCountry(_ id: Int) -> Int? {
        entity(id)?.place.flatMap { $0.name == $0.countryName ? id : nil }
    }

    /// Where somebody lives or spoke, or was taken afterwards: "in hospital in X", "told reporters in X", ", who lives in X,".
    private func isAside(_ index: Int, of range: Range<Int>, for piece: Int) -> Bool {
        let view = PieceView(all: reading.pieces, range: range)
        var before = index - 1
        while before >= range.lowerBound, index - before <= 5 {
            if view.has(before, .elsewhere) || view.meaning(before).stance != nil || view.function(before) == .them {
                return true
            }
            if view[before].kind == .mark { break }
            before -= 1
        }
        while before >= range.lowerBound, index - before <= 12 {
            if view.isMark(before, ","), [.who, .whose, .which].contains(view.function(before + 1)) {
                return piece < before || !(before..<index).contains(piece) && hasComma(view, index, piece)
            }
            before -= 1
        }
        return false
    }

    private func hasComma(_ view: PieceView, _ from: Int, _ to: Int) -> Bool {
        from < to && (from..<to).contains { view.isMark($0, ",") }
    }

    /// `inCountry` leaves out seas and rivers: what happened "there" in a later sentence seldom happened in them.
    private func nearestPlace(_ range: Range<Int>, to piece: Int, inCountry: Bool = false) -> Int? {
        var best: (place: Int, distance: Int)?
        for index in range {
            guard let mention = mention(at: index), mention.form == .name || mention.form == .acronym,
                let entity = entity(of: mention), entity.kind == .place, !isModifier(mention, at: index),
                !inCountry || entity.place?.country != nil, !isAside(index, of: range, for: piece),
                !isInDateline(mention)
            else { continue }
            // What follows the verb ("killed 12 in X") counts before what stands in front of it.
            let distance = index > piece ? index - piece : (piece - index) * 2
            if distance < best?.distance ?? Int.max { best = (entity.id, distance) }
        }
        return best?.place
    }

    /// "US-backed", "Britain-based": the name only describes.
    private func isModifier(_ mention: Mention, at index: Int) -> Bool {
        let end = end(of: mention, from: index)
        guard end < reading.pieces.count else { return false }
        let next = reading.pieces[end]
        // "Lebanon's news agency", "Israel says": not where it happened.
        if next.function == .s || next.meaning.stance != nil && next.meaning.tags.contains(.strongCue) { return true }
        return next.kind == .mark && next.mark == UInt8(ascii: "-") && next.isGlued
    }

    /// The day or span that a sentence tells near a piece, and how it is known.
    func timeAround(_ sentence: Int, near piece: Int) -> (value: String, basis: String)? {
        if let time = nearestTime(view(sentence), to: piece) { return (time.value, time.open ?? "sentence") }
        let block = text.sentences.indices.contains(sentence) ? text.sentences[sentence].block : -1
        var previous = sentence - 1
        while previous >= 0, sentence - previous <= 12, text.sentences[previous].block == block {
            let before = view(previous)
            if isHistory(before) { return nil }
            let isPlan = before.range.contains { before.has($0, .future) }
            if !isPlan, let time = nearestTime(before, to: before.range.upperBound, tellsNews: true), time.open == nil {
                return (time.value, previous == sentence - 1 ? "sentence before" : "paragraph")
            }
            previous -= 1
        }
        return nil
    }

    /// "officials said on Tuesday": when it was said, not when it happened.
    private func isTimeOfSaying(_ view: PieceView, _ index: Int) -> Bool {
        var before = index - 1
        while [.on, .late, .early, .in, .the].contains(view.function(before)) { before -= 1 }
        while view.has(before, .hearer) || view.function(before) == .reporters { before -= 1 }
        return view.has(before, .strongCue) && view.meaning(before).stance != nil
    }

    private func isToCome(_ time: TimeExpression) -> Bool {
        guard let from = time.from, let day = text.article.referenceDay else { return false }
        return from.dayNumber > day.dayNumber
    }

    private func nearestTime(_ view: PieceView, to piece: Int, tellsNews: Bool = false) -> (
        value: String, open: String?
    )? {
        var best: (time: TimeExpression, index: Int, distance: Int)?
        var index = view.range.lowerBound
        while index < view.range.upperBound {
            guard let time = time(at: index) else {
                index += 1
                continue
            }
            let distance = abs(index - piece)
            if isTimeOfSaying(view, index) || tellsNews && isToCome(time) {
                while index < view.range.upperBound, self.time(at: index) == time { index += 1 }
                continue
            }
            if time.kind == .date || time.kind == .time, time.from != nil || time.value.hasPrefix("XXXX"),
                distance < best?.distance ?? Int.max
            {
                best = (time, index, distance)
            }
            while index < view.range.upperBound, self.time(at: index) == time { index += 1 }
        }
        guard let best else { return nil }
        var after = best.index
        while after < view.range.upperBound, self.time(at: after) == best.time { after += 1 }
        // "1998-1999" is a span; "since 2015, when …" tells what happened in 2015.
        if view.isHyphen(after), let end = self.time(at: after + 1), end.to != nil {
            return (best.time.value + "/" + end.value, nil)
        }
        let isThen = view.function(after) == .when || view.isMark(after, ",") && view.function(after + 1) == .when
        guard view.function(best.index - 1) == .since, !(isThen && after <= piece) else {
            return (best.time.value, nil)
        }
        let range = TextRange(view[best.index - 1].range.lower, best.time.range.upper)
        let end = text.article.referenceDay?.iso8601 ?? ""
        return (best.time.value + "/" + end, words(range))
    }
}
