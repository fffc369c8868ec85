/// Finds the figures of a text with what they count, in text order; times, ages and tolls are none.
func findQuantities(in marked: MarkedReading, besides tolls: [Toll] = []) -> [Quantity] {
    var found: [Quantity] = []
    for sentence in marked.reading.sentences.indices {
        guard marked.isRunningText(sentence) else { continue }
        let view = marked.view(sentence)
        let reader = CountReader(marked: marked, view: view)
        for count in reader.counts() {
            if let quantity = reader.quantity(count) { found.append(quantity) }
        }
    }
    var next = 0
    return found.filter { quantity in
        while next < tolls.count, tolls[next].range.end <= quantity.range.start { next += 1 }
        return next >= tolls.count || !tolls[next].range.overlaps(quantity.range)
    }
}

extension MarkedReading {
    /// Whether a sentence tells the story: headings and captions do not.
    func isRunningText(_ sentence: Int) -> Bool {
        guard text.sentences.indices.contains(sentence) else { return false }
        let block = text.sentences[sentence].block
        return text.article.blocks.indices.contains(block) && text.article.blocks[block].isRunningText
    }
}

extension CountReader {
    /// The count with the noun that it counts; nil for a bare small number, which may count anything.
    func quantity(_ count: Count) -> Quantity? {
        let head = count.unit.isEmpty ? head(after: count) : nil
        if head == nil, count.unit.isEmpty, count.high < 10 || count.precision == .exact && count.high < 100 {
            return nil
        }
        let last = head ?? count.end - 1
        let unit = head.map { marked.text.text.string(view[$0].range).lowercased() } ?? count.unit
        return Quantity(
            range: view.textRange(count.first, through: max(last, count.first)), low: count.low, high: count.high,
            unit: unit, precision: count.precision)
    }

    /// The index of the noun that a count counts: "3,000-4,000 Islamic State **fighters**".
    func head(after count: Count) -> Int? {
        var index = count.end
        if view.function(index) == .of {
            index += 1
            if [.the, .his, .her, .their, .its, .those, .them].contains(view.function(index)) { index += 1 }
        }
        var head: Int?
        var words = 0
        while index < view.range.upperBound, words < 6 {
            if let mention = marked.mention(at: index), mention.form != .pronoun, !view.has(index, .people) {
                index = marked.end(of: mention, from: index)
                words += 1
                if view.isHyphen(index) { index += 1 }
                continue
            }
            if view.isHyphen(index) {
                index += 1
                continue
            }
            guard view.isWord(index), view.has(index, .people) || !marked.endsPhrase(view, index) else { break }
            if isCountedNoun(index, count) { head = index } else if head != nil { break }
            index += 1
            words += 1
        }
        return head
    }

    private func isCountedNoun(_ index: Int, _ count: Count) -> Bool {
        let piece = view[index]
        if piece.function == .more || piece.function == .s { return false }
        if piece.meaning.tags.contains(.people) { return true }
        guard piece.kind == .word, piece.function == nil || piece.function == .others, !piece.isCapitalised else {
            return false
        }
        let bytes = marked.text.text.bytes
        let last = bytes[piece.range.upper - 1]
        if count.low == 1, count.high == 1 { return !marked.endsPhrase(view, index) && piece.count > 2 }
        // A plural; words in "-ss", "-us" and "-is" are none.
        guard last == UInt8(ascii: "s"), piece.count > 3 else { return false }
        let before = bytes[piece.range.upper - 2]
        return before != UInt8(ascii: "s") && before != UInt8(ascii: "u") && before != UInt8(ascii: "i")
    }
}
