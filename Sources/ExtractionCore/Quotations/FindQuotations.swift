// A stretch between marks gets its speaker from the nearest verb of saying that may belong to it: right behind it,
// right before it, in the sentence before; else from the stretch before it, which the same person goes on from.

/// Finds who said what in quotation marks, in text order; each stretch between marks is a quotation of its own.
func findQuotations(in marked: MarkedReading, quoted: [Quoted], cues: [Cue]) -> [Quotation] {
    var finder = QuotationFinder(marked: marked, quoted: quoted, cues: cues)
    return finder.quotations()
}

extension MarkedReading {
    /// For each piece, whether it stands between quotation marks.
    func quotedPieces(_ quoted: [Quoted]) -> [Bool] {
        var out = [Bool](repeating: false, count: reading.pieces.count)
        for stretch in quoted {
            var piece = reading.piece(at: stretch.range.lower)
            while piece < out.count, reading.pieces[piece].range.lower < stretch.range.upper {
                out[piece] = true
                piece += 1
            }
        }
        return out
    }
}

private struct QuotationFinder {
    let marked: MarkedReading
    let quoted: [Quoted]
    let cues: [Cue]
    /// The cues' verbs by piece, ascending.
    private let positions: [Int]
    private var last: (source: Source, cue: Int, block: Int, quote: Int)?

    init(marked: MarkedReading, quoted: [Quoted], cues: [Cue]) {
        self.marked = marked
        self.quoted = quoted
        self.cues = cues
        positions = cues.map(\.verb)
    }

    mutating func quotations() -> [Quotation] {
        var found: [Quotation] = []
        for (index, stretch) in quoted.enumerated() {
            let cue = cue(for: index)
            var source = cue?.source
            if source == nil { source = signature(index) ?? carriedOver(index) }
            let words = wordCount(stretch.range)
            if words < 4, cue == nil { continue }
            if words < 2 { continue }
            if let source {
                last = (source, cue?.verb ?? last?.cue ?? -1, stretch.block, index)
            }
            let verb = cue?.verb ?? (source == nil ? nil : last?.cue)
            found.append(
                Quotation(
                    range: stretch.range,
                    speaker: source.map { Speaker(entity: $0.entity, name: $0.name, role: $0.role) },
                    cue: verb.flatMap(cueWord), isDirect: true))
        }
        return found
    }

    private func cueWord(_ piece: Int) -> String? {
        guard piece >= 0, piece < marked.reading.pieces.count else { return nil }
        return marked.text.text.string(marked.reading.pieces[piece].range).lowercased()
    }

    private func wordCount(_ range: TextRange) -> Int {
        var piece = marked.reading.piece(at: range.lower)
        var count = 0
        while piece < marked.reading.pieces.count, marked.reading.pieces[piece].range.lower < range.upper {
            if marked.reading.pieces[piece].kind != .mark { count += 1 }
            piece += 1
        }
        return count
    }

    // MARK: The cue beside it

    /// The outside pieces next to a stretch: from after its closing mark to the next stretch, and back.
    private func gapAfter(_ index: Int) -> Range<Int> {
        let stretch = quoted[index]
        let first = marked.reading.piece(at: stretch.range.upper)
        let blockEnd = marked.text.article.blocks[stretch.block].range.upper
        var limit = marked.reading.piece(at: blockEnd)
        if index + 1 < quoted.count, quoted[index + 1].block == stretch.block {
            limit = marked.reading.piece(at: quoted[index + 1].range.lower)
        }
        return first..<max(first, limit)
    }

    private func gapBefore(_ index: Int) -> Range<Int> {
        let stretch = quoted[index]
        let end = marked.reading.piece(at: stretch.range.lower)
        var first = marked.reading.piece(at: marked.text.article.blocks[stretch.block].range.lower)
        if index > 0, quoted[index - 1].block == stretch.block {
            first = marked.reading.piece(at: quoted[index - 1].range.upper)
        }
        return min(first, end)..<end
    }

    private func cues(in range: Range<Int>) -> ArraySlice<Cue> {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if positions[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < positions.count, positions[end] < range.upperBound { end += 1 }
        return cues[low..<end]
    }

    private func cue(for index: Int) -> Cue? {
        let after = behind(index)
        let before = ahead(index)
        if let after, after.distance <= 2, endsOpen(index) { return after.cue }
        if let before, before.leads { return before.cue }
        if let after, after.distance <= 12 { return after.cue }
        return before?.cue
    }

    /// Whether the stretch ends in a comma or the like, so that its sentence goes on behind the mark.
    private func endsOpen(_ index: Int) -> Bool {
        let end = quoted[index].range.upper
        let bytes = marked.text.text.bytes
        guard end > 0, end <= bytes.count else { return false }
        if [0x2C, 0x3F, 0x21].contains(bytes[end - 1]) { return true }
        // The comma may stand behind the mark, and the full stop before it when what follows is small.
        let gap = gapAfter(index).prefix(3)
        return gap.contains { marked.reading.pieces[$0].mark == 0x2C }
            || bytes[end - 1] == 0x2D || bytes[end - 1] == 0x94
    }

    private func behind(_ index: Int) -> (cue: Cue, distance: Int)? {
        let gap = gapAfter(index)
        guard let cue = cues(in: gap).first else { return nil }
        let start = max(cue.region.lowerBound, gap.lowerBound)
        var distance = 0
        var piece = gap.lowerBound
        while piece < min(start, gap.upperBound) {
            let mark = marked.reading.pieces[piece].mark
            if mark == 0x3B || ends(piece) { return nil }
            if mark != 0x22 && mark != 0x2C && mark != 0x27 { distance += 1 }
            piece += 1
        }
        // Behind a full stop inside the marks a new sentence begins, unless the verb comes first or right away.
        let bytes = marked.text.text.bytes
        let end = quoted[index].range.upper
        if end > 0, end <= bytes.count, bytes[end - 1] == 0x2E, !(cue.isInverted && distance == 0) {
            let first = marked.reading.pieces.indices.contains(start) ? marked.reading.pieces[start] : nil
            if first?.isCapitalised ?? true, marked.mention(at: start) == nil || distance > 0 { return nil }
            if first?.isCapitalised ?? false { return nil }
        }
        return (cue, distance)
    }

    private func ahead(_ index: Int) -> (cue: Cue, leads: Bool)? {
        let gap = gapBefore(index)
        let found = cues(in: gap)
        guard let last = found.last else { return nil }
        // "said he thought": the verb of saying leads, not the one of thinking behind it.
        let strong = found.last { $0.sentence == last.sentence && isStrong($0) }
        let cue = strong ?? last
        var sentenceEnds = 0
        for piece in max(cue.region.upperBound, gap.lowerBound)..<max(gap.upperBound, cue.region.upperBound) {
            guard marked.reading.pieces.indices.contains(piece) else { break }
            if ends(piece) { sentenceEnds += 1 }
        }
        // The last mark before the opening one: a comma or colon hands over to the words.
        var piece = gap.upperBound - 1
        while piece > gap.lowerBound,
            marked.reading.pieces[piece].mark == 0x22 || marked.reading.pieces[piece].mark == 0x27
        { piece -= 1 }
        let hands =
            piece >= gap.lowerBound && marked.reading.pieces[piece].kind == .mark
            && (marked.reading.pieces[piece].mark == 0x2C || marked.reading.pieces[piece].mark == 0x3A)
        if sentenceEnds > 1 { return nil }
        let isSame = sentenceEnds == 0
        return (cue, isSame && (hands || piece - cue.verb <= 30))
    }

    private func isStrong(_ cue: Cue) -> Bool { marked.reading.pieces[cue.verb].meaning.tags.contains(.strongCue) }

    private func ends(_ piece: Int) -> Bool {
        let sentence = marked.reading.sentence(of: piece)
        guard sentence < marked.reading.sentences.count else { return true }
        return marked.reading.endsSentence(piece, in: marked.reading.sentences[sentence])
    }

    /// "…" - Ana Ruiz: a dash and a name behind the mark.
    private func signature(_ index: Int) -> Source? {
        let gap = gapAfter(index).prefix(8)
        guard let dash = gap.first(where: { marked.reading.pieces[$0].mark != 0x22 }),
            marked.reading.pieces[dash].mark == 0x2D
        else { return nil }
        let view = marked.view(marked.reading.sentence(of: dash + 1))
        guard let phrase = marked.phrase(from: dash + 1, in: view), view[phrase.lowerBound].isCapitalised,
            view[phrase.upperBound - 1].isCapitalised
        else { return nil }
        if let mention = marked.mention(at: phrase.upperBound - 1), let entity = marked.entity(of: mention) {
            return Source(
                entity: entity.id, name: entity.name, role: entity.role, kind: nil, isPerson: true, pieces: phrase)
        }
        return Source(
            entity: nil, name: marked.words(phrase, in: view), role: nil, kind: nil, isPerson: true, pieces: phrase)
    }

    // MARK: Speakers that stay

    /// The speaker of the stretch before: in the same paragraph, or in the one before when this one only quotes.
    private func carriedOver(_ index: Int) -> Source? {
        let stretch = quoted[index]
        if let last, last.block == stretch.block || quoted[last.quote].isOpen && last.block + 1 == stretch.block {
            return last.source
        }
        let gap = gapBefore(index)
        if let last, stretch.block > last.block, stretch.block - last.block <= 1, gap.count <= 2 { return last.source }
        // A person named before it in the same paragraph.
        for piece in gap.reversed() {
            guard let mention = marked.mention(at: piece), let entity = marked.entity(of: mention),
                entity.kind == .person
            else { continue }
            return Source(
                entity: entity.id, name: entity.name, role: entity.role, kind: nil, isPerson: true,
                pieces: piece..<piece + 1)
        }
        if stretch.block > 0, let last, stretch.block - last.block <= 2, gap.count <= 2 { return last.source }
        return nil
    }
}
