// Noun phrases without a parser: walks over words that can stand inside one, and stops at those that cannot.

extension MarkedReading {
    /// Words that end a noun phrase when one reads on from its start.
    func endsPhrase(_ view: PieceView, _ index: Int) -> Bool {
        let piece = view[index]
        if piece.kind == .mark {
            return !(view.isHyphen(index) || piece.mark == 0x26 || isAbbreviationStop(view, index))
        }
        if mention(at: index) != nil { return false }
        if time(at: index) != nil, piece.kind == .word { return true }
        if piece.function == .s { return false }
        if piece.function != nil, !MarkedReading.inPhrase.contains(piece.function) { return true }
        return isVerb(view, index)
    }

    /// The full stop of "Mr.", "Lt. Gen." or an initial: a name goes on behind it.
    private func isAbbreviationStop(_ view: PieceView, _ index: Int) -> Bool {
        view.isMark(index, ".") && view[index].isGlued && view[index - 1].isCapitalised && view[index - 1].count <= 4
            && view[index + 1].isCapitalised
    }

    /// A verb of saying, of harm or of an event: it never stands inside the phrases we look for.
    func isVerb(_ view: PieceView, _ index: Int) -> Bool {
        let meaning = view.meaning(index)
        // "the governor of Kogi state said": a noun before the verb.
        if meaning.stance != nil, view.function(index) != .said, view.has(index + 1, .strongCue) { return false }
        if meaning.stance != nil, !view.isHyphen(index - 1), meaning.event == 0, !view[index].isCapitalised {
            return true
        }
        return meaning.outcome != nil && meaning.outcomeForm != UInt8(ascii: "n") && !meaning.tags.contains(.tollNoun)
    }

    private static let inPhrase: Set<FunctionWord?> = [
        .s, .northern, .southern, .eastern, .western, .central, .north, .south, .east, .west, .capital, .city, .people,
        .man, .woman, .district, .province, .village, .town, .region, .another, .other, .others, .more, .all, .two,
        .one,
        .first, .second, .third, .former, .newly, .spokesman, .spokeswoman, .ceo, .mr, .mrs, .ms, .dr, .de, .al, .el,
        .van, .von, .reporters, .year, .day, .report, .statement, .number, .total, .quarter, .month, .week, .nine, .old,
        .m, .st, .p,
    ]

    /// The noun phrase that begins at an index: its pieces without the article, at most `limit` of them.
    func phrase(from start: Int, in view: PieceView, limit: Int = 7) -> Range<Int>? {
        var index = start
        while let word = view.function(index), [.the, .a, .an, .his, .her, .their, .its, .some].contains(word) {
            index += 1
        }
        let first = index
        while index < view.range.upperBound, index - first < limit {
            if let mention = mention(at: index) {
                index = min(end(of: mention, from: index), view.range.upperBound)
                continue
            }
            if endsPhrase(view, index) { break }
            index += 1
        }
        while index > first, view.isMark(index - 1, "-") || view.function(index - 1) == .s { index -= 1 }
        return index > first ? first..<index : nil
    }

    /// The noun phrase that ends before an index.
    func phrase(to end: Int, in view: PieceView, limit: Int = 9) -> Range<Int>? {
        var index = end
        while index > view.range.lowerBound, end - index < limit {
            if let mention = mention(at: index - 1) {
                index = max(start(of: mention, from: index - 1), view.range.lowerBound)
                continue
            }
            if endsPhrase(view, index - 1) { break }
            index -= 1
        }
        while index < end, view.isMark(index, "-") || view.function(index) == .s { index += 1 }
        return index < end ? index..<end : nil
    }

    func words(_ pieces: Range<Int>, in view: PieceView) -> String {
        words(view.textRange(pieces.lowerBound, through: pieces.upperBound - 1))
    }

    /// Back over what stands between a subject and its verb: "have also", "were reportedly", "had been".
    func beforeAuxiliaries(_ index: Int, in view: PieceView) -> Int {
        var index = index
        while index > view.range.lowerBound {
            let piece = view[index - 1]
            let isAuxiliary = piece.function.map(MarkedReading.auxiliaries.contains) ?? false
            guard isAuxiliary || piece.meaning.tags.contains(.hedge) || isAdverb(view, index - 1) else { break }
            index -= 1
        }
        return index
    }

    private func isAdverb(_ view: PieceView, _ index: Int) -> Bool {
        let range = view[index].range
        guard view.isWord(index), range.count > 4, !view[index].isCapitalised, mention(at: index) == nil else {
            return false
        }
        let bytes = text.text.bytes
        return bytes[range.upper - 1] == UInt8(ascii: "y") && bytes[range.upper - 2] == UInt8(ascii: "l")
            && view.meaning(index).tags.isDisjoint(with: .people) && view.meaning(index).unit == nil
    }

    static let auxiliaries: Set<FunctionWord> = [
        .was, .were, .been, .be, .being, .is, .are, .has, .have, .had, .also, .could, .would, .will, .might, .may,
        .just,
        .not, .do, .does, .did, .later, .earlier, .then, .already, .still, .even, .only, .got, .get, .both, .all, .must,
    ]
}
