// A claim is what a source is said to say, in the article's words: the clause behind "X said", before ", X said",
// or beside "according to X". A sentence that only a word softens ("reportedly") is a claim without a source.

/// Finds indirect speech and hedged statements, in text order.
func findClaims(in marked: MarkedReading, cues: [Cue], isQuoted: [Bool]) -> [Claim] {
    var found: [Claim] = []
    var next = 0
    for sentence in marked.reading.sentences.indices where marked.isRunningText(sentence) {
        while next < cues.count, cues[next].sentence < sentence { next += 1 }
        var end = next
        while end < cues.count, cues[end].sentence == sentence { end += 1 }
        let finder = ClaimFinder(marked: marked, view: marked.view(sentence), isQuoted: isQuoted)
        let claims = finder.claims(cues[next..<end])
        if claims.isEmpty, let hedged = finder.hedgedSentence(sentence) { found.append(hedged) }
        found.append(contentsOf: claims)
        next = end
    }
    return found
}

private struct ClaimFinder {
    let marked: MarkedReading
    let view: PieceView
    let isQuoted: [Bool]

    func claims(_ cues: ArraySlice<Cue>) -> [Claim] {
        var found: [Claim] = []
        for cue in cues {
            guard let source = cue.source, let content = content(of: cue, cues) else { continue }
            guard content.count >= 3, !isMostlyQuoted(content) else { continue }
            if found.contains(where: { $0.range.overlaps(range(content)) }) { continue }
            found.append(claim(content, source, cue))
        }
        return found
    }

    private func range(_ pieces: Range<Int>) -> TextRange {
        view.textRange(pieces.lowerBound, through: pieces.upperBound - 1)
    }

    private func claim(_ content: Range<Int>, _ source: Source, _ cue: Cue) -> Claim {
        let hedgePiece = content.first { view.has($0, .hedge) && !(isQuoted.indices.contains($0) && isQuoted[$0]) }
        let verb = marked.text.text.string(view[cue.verb].range).lowercased()
        return Claim(
            range: range(content),
            attribution: Attribution(
                entity: source.entity, name: source.name, kind: source.kind, cue: verb, stance: cue.stance),
            hedge: hedgePiece.map { marked.words(view[$0].range).lowercased() })
    }

    /// What a cue covers: the clause behind it, or the one before it when the cue ends the sentence.
    private func content(of cue: Cue, _ cues: ArraySlice<Cue>) -> Range<Int>? {
        if view.function(cue.verb) == .according { return besideAccording(cue) }
        let behind = afterCue(cue)
        if endsQuotation(cue) { return nil }
        if !cue.isInverted, let behind, behind.count >= 3 { return behind }
        return beforeCue(cue, cues)
    }

    /// The words said are the quotation right before it.
    private func endsQuotation(_ cue: Cue) -> Bool {
        let first = cue.region.lowerBound
        return (max(view.range.lowerBound, first - 2)..<max(first, view.range.lowerBound)).contains {
            isQuoted.indices.contains($0) && isQuoted[$0]
        }
    }

    private func afterCue(_ cue: Cue) -> Range<Int>? {
        var index = cue.region.upperBound
        // "said on Monday that", "told reporters in X that": past hearer and time to "that".
        var probe = index
        while probe < view.range.upperBound, probe - index < 14 {
            if view.function(probe) == .that { break }
            if view[probe].kind == .mark || marked.isVerb(view, probe) { break }
            probe += 1
        }
        if view.function(probe) == .that, !view.isMark(probe, ",") {
            index = probe + 1
        } else {
            index = pastHearer(index, cue)
        }
        if view.isMark(index, ":") || view.isMark(index, ",") { index += 1 }
        let end = clauseEnd(from: index)
        guard index < end, takesClause(cue, index) else { return nil }
        return index..<end
    }

    private func pastHearer(_ start: Int, _ cue: Cue) -> Int {
        var index = start
        if view.has(index, .hearer) || view.function(index) == .reporters { index += 1 }
        if view.function(index) == .on || view.function(index) == .in, marked.time(at: index + 1) != nil { index += 1 }
        if view.function(cue.verb) == .told, index == start, let hearer = marked.phrase(from: index, in: view, limit: 6)
        {
            index = hearer.upperBound
        }
        while marked.time(at: index) != nil, index < view.range.upperBound, index - start < 8 { index += 1 }
        return index
    }

    /// "said the offensive has started" says something; "called for calm", "described as" do not state a clause.
    private func takesClause(_ cue: Cue, _ index: Int) -> Bool {
        if view.function(index - 1) == .that { return true }
        // "put the death toll at 61".
        if view.meaning(cue.verb).stance == nil { return true }
        // "…, the ministry said on Monday, as others warned": what was said stands before.
        if view.isMark(index - 1, ","), [.as, .while, .after, .when, .and, .but].contains(view.function(index)) {
            return false
        }
        if view.has(cue.verb, .strongCue) {
            switch view.function(index) {
            case .in, .on, .at, .during, .after, .before, .as, .with, .from, .by, .of, .to, .for:
                return (index..<view.range.upperBound).contains { isFinite($0) }
            default: return true
            }
        }
        switch view.function(index) {
        case .to, .for, .of, .with, .as, .on, .by, .in, .at, .from: return false
        default:
            return cue.stance != .says && (index..<min(index + 14, view.range.upperBound)).contains { isFinite($0) }
        }
    }

    private func isFinite(_ index: Int) -> Bool {
        guard marked.time(at: index) == nil else { return false }
        return switch view.function(index) {
        case .was, .were, .is, .are, .has, .have, .had, .will, .would, .could, .may, .might: true
        default: view.meaning(index).outcome != nil
        }
    }

    /// The end of the clause: before the sentence's last mark, a quotation's end, or ", which".
    private func clauseEnd(from start: Int) -> Int {
        var end = view.range.upperBound
        while end > start, view[end - 1].kind == .mark, !view.isMark(end - 1, ")"), !view.isMark(end - 1, "%") {
            end -= 1
        }
        for index in start..<max(start, end) {
            if view.isMark(index, ";") { return index }
            guard view.isMark(index, ",") else { continue }
            switch view.function(index + 1) {
            case .where, .which, .who, .whom: return index
            default: break
            }
        }
        return end
    }

    private func beforeCue(_ cue: Cue, _ cues: ArraySlice<Cue>) -> Range<Int>? {
        var first = afterDateline
        for other in cues where other.verb < cue.verb { first = max(first, other.region.upperBound) }
        var source = cue.region.lowerBound
        while source > first, [.the, .a, .an, .its, .his, .her, .their].contains(view.function(source - 1)) {
            source -= 1
        }
        var end = source
        while end > first, view[end - 1].kind == .mark { end -= 1 }
        guard end < source, view.isMark(end, ",") else { return nil }
        return end > first ? first..<end : nil
    }

    /// The first piece behind the dateline.
    private var afterDateline: Int {
        var first = view.range.lowerBound
        guard let dateline = marked.text.article.dateline else { return first }
        while first < view.range.upperBound, view[first].range.lower < dateline.range.upper { first += 1 }
        return first
    }

    private func besideAccording(_ cue: Cue) -> Range<Int>? {
        let first = afterDateline
        if cue.region.lowerBound == first {
            var start = cue.region.upperBound
            while start < view.range.upperBound, !view.isMark(start, ",") { start += 1 }
            let end = clauseEnd(from: start + 1)
            return start + 1 < end ? start + 1..<end : nil
        }
        var end = cue.region.lowerBound
        while end > first, view[end - 1].kind == .mark { end -= 1 }
        return end > first ? first..<end : nil
    }

    private func isMostlyQuoted(_ content: Range<Int>) -> Bool {
        let quoted = content.reduce(0) { $0 + (isQuoted.indices.contains($1) && isQuoted[$1] ? 1 : 0) }
        return quoted * 2 > content.count
    }

    /// "Militants have reportedly blocked the road": a claim nobody stands behind.
    func hedgedSentence(_ sentence: Int) -> Claim? {
        let hedge = view.range.first { index in
            view.meaning(index).hedgeStance != nil && !(isQuoted.indices.contains(index) && isQuoted[index])
        }
        guard let hedge else { return nil }
        return Claim(
            range: marked.text.sentences[sentence].range, attribution: nil,
            hedge: marked.words(view[hedge].range).lowercased())
    }
}
