/// Who did what, where and when: from the lead sentence, filled from the first event.
func findW5(in marked: MarkedReading, events: [Event]) -> W5 {
    var answer = W5()
    guard let lead = marked.reading.sentences.indices.first(where: marked.isLead) else { return answer }
    let view = marked.view(lead)
    answer.what = marked.words(marked.text.sentences[lead].range)
    answer.who =
        leadName(marked, view, skipsOf: true) ?? events.first.flatMap { $0.actors.first }
        ?? leadName(marked, marked.view(lead + 1), skipsOf: true) ?? leadName(marked, view, skipsOf: false)
        ?? events.first.flatMap { $0.actors.first ?? $0.victims.first ?? $0.targets.first }
    let place = marked.place(lead, near: view.range.lowerBound) ?? events.lazy.compactMap(\.place).first
    answer.place = place.flatMap(marked.entity)?.name ?? marked.text.article.dateline?.place
    answer.when =
        leadTime(marked, view) ?? events.lazy.compactMap(\.time).first
        ?? marked.text.article.referenceDay?.iso8601
    return answer
}

extension MarkedReading {
    /// A sentence of the story with enough words to say something.
    fileprivate func isBehindOf(_ index: Int, in view: PieceView) -> Bool {
        view.function(index - 1) == .of || view.function(index - 1) == .the && view.function(index - 2) == .of
    }

    fileprivate func isLead(_ sentence: Int) -> Bool { isRunningText(sentence) && view(sentence).range.count >= 5 }
}

/// The first person or organisation of the sentence (one after "of" only describes another); a place that acts only when there is nobody else.
private func leadName(_ marked: MarkedReading, _ view: PieceView, skipsOf: Bool) -> String? {
    var place: String?
    for index in view.range {
        guard let mention = marked.mention(at: index), mention.form != .demonym,
            let entity = marked.entity(of: mention), !marked.isInDateline(mention),
            !(skipsOf && marked.isBehindOf(index, in: view))
        else { continue }
        if entity.kind != .place { return entity.name }
        if place == nil, index == view.range.lowerBound { place = entity.name }
    }
    return place
}

private func leadTime(_ marked: MarkedReading, _ view: PieceView) -> String? {
    for index in view.range {
        guard let time = marked.time(at: index), time.kind == .date || time.kind == .time, !time.value.hasSuffix("_REF")
        else { continue }
        return time.value
    }
    return nil
}
