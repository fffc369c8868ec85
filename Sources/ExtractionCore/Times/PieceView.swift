/// The pieces of one sentence, safe to ask at any index.
struct PieceView {
    let all: [Piece]
    let range: Range<Int>

    private static let nothing = Piece(
        range: TextRange(0, 0), kind: .mark, isGlued: false, isCapitalised: false, mark: 0, number: 0, hash: 0,
        meaning: .none, function: nil)

    subscript(index: Int) -> Piece { range.contains(index) ? all[index] : PieceView.nothing }

    func meaning(_ index: Int) -> Meaning { self[index].meaning }
    func function(_ index: Int) -> FunctionWord? { self[index].function }
    func has(_ index: Int, _ tags: Meaning.Tags) -> Bool { !self[index].meaning.tags.isDisjoint(with: tags) }
    func isNumber(_ index: Int) -> Bool { self[index].kind == .number }
    func isWord(_ index: Int) -> Bool { self[index].kind == .word }

    /// Whether a word, in lower case, stands at an index: for the few that one rule alone asks for.
    func isWord(_ index: Int, _ word: String) -> Bool {
        guard self[index].kind == .word, self[index].count == word.utf8.count else { return false }
        return self[index].hash == word.utf8.reduce(FNV.start) { FNV.next($0, $1) }
    }

    func isMark(_ index: Int, _ mark: Unicode.Scalar) -> Bool {
        let piece = self[index]
        return piece.kind == .mark && piece.mark == UInt8(ascii: mark)
    }

    /// A dash between two parts of one word or number, without white space around it.
    func isHyphen(_ index: Int) -> Bool { isMark(index, "-") && self[index].isGlued && self[index + 1].isGlued }

    /// "until 1976", "for 1976": where the story will be, not where it is.
    func looksAhead(_ index: Int) -> Bool {
        switch function(index - 1) {
        case .until, .till, .for, .to, .since: true
        default: false
        }
    }

    /// Whether it stands in brackets that opened shortly before.
    func isBracketed(_ index: Int) -> Bool {
        var before = index - 1
        while before >= max(range.lowerBound, index - 8) {
            if isMark(before, "(") { return true }
            if isMark(before, ")") { return false }
            before -= 1
        }
        return false
    }

    func textRange(_ first: Int, through last: Int) -> TextRange {
        TextRange(self[first].range.lower, self[last].range.upper)
    }

    /// A whole number from 0 on without decimals; nil for anything else.
    func whole(_ index: Int) -> Int? {
        guard isNumber(index), self[index].number < 1e12 else { return nil }
        return Int(exactly: self[index].number)
    }

    /// The number of digits written, when the number has no separators.
    func isDigits(_ index: Int, count: Int) -> Bool { isNumber(index) && self[index].count == count }
}

/// A number in words or digits.
struct NumberPhrase {
    let value: Double
    /// The index after its last piece.
    let end: Int
}

extension PieceView {
    /// Reads "12", "3.5 million", "twenty-one", "two hundred and five" at an index.
    func number(at start: Int) -> NumberPhrase? {
        var index = start
        var total = 0.0
        var group = 0.0
        var hasValue = false
        var lastWord = 1000
        while index < range.upperBound, index - start < 12 {
            let piece = self[index]
            if piece.kind == .number {
                guard !hasValue else { break }
                group = piece.number
                hasValue = true
                lastWord = 0
            } else if piece.meaning.number >= 0 {
                let word = Int(piece.meaning.number)
                guard !hasValue || lastWord >= 20 && word < 10 && word > 0 || lastWord == 100 else { break }
                group += Double(word)
                lastWord = word >= 20 ? word : 1
                hasValue = true
            } else if piece.meaning.multiplier > 0, !piece.meaning.tags.contains(.multiple), hasValue {
                let factor = Double(piece.meaning.multiplier)
                if factor == 100 {
                    group *= 100
                } else {
                    total += group * factor
                    group = 0
                }
                lastWord = 100
            } else if hasValue, isHyphen(index), lastWord >= 20, lastWord < 100, meaning(index + 1).number >= 1,
                meaning(index + 1).number < 10
            {
                index += 1
                continue
            } else if hasValue, piece.function == .and, lastWord == 100, meaning(index + 1).number >= 0 {
                index += 1
                continue
            } else {
                break
            }
            index += 1
        }
        guard hasValue else { return nil }
        return NumberPhrase(value: total + group, end: index)
    }
}
