/// The sentences that tell what came before the news: an earlier time is named, or the verb says that it had begun.
func findBackground(in marked: MarkedReading) -> [TextRange] {
    var found: [TextRange] = []
    let reference = marked.text.article.referenceDay
    for sentence in marked.reading.sentences.indices where sentence > 0 && marked.isRunningText(sentence) {
        let view = marked.view(sentence)
        guard !view.range.isEmpty, isBackground(marked, view, reference) else { continue }
        found.append(marked.text.sentences[sentence].range)
        if found.count == 8 { break }
    }
    return found
}

private func isBackground(_ marked: MarkedReading, _ view: PieceView, _ reference: CivilDate?) -> Bool {
    var isEarlier = false
    for index in view.range {
        guard let time = marked.time(at: index) else { continue }
        switch time.kind {
        case .date, .time:
            guard let to = time.to else { continue }
            guard let reference else {
                isEarlier = isEarlier || time.value.utf8.count <= 7
                continue
            }
            // A day of this fortnight is news: the sentence tells what is reported.
            if to.dayNumber >= reference.dayNumber - 14 { return false }
            isEarlier = true
        case .duration:
            isEarlier =
                isEarlier
                || view.function(index - 1) == .for && time.value.hasPrefix("P") && !time.value.hasPrefix("PT")
        case .set: continue
        }
    }
    return isEarlier
        && view.range.contains { view.has($0, .background) || view.function($0) == .been || view.function($0) == .was }
        || isEarlier && !view.range.contains { view.has($0, .future) }
}
