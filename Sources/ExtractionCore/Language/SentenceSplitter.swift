// A sentence ends at a stop unless what stands before it (an abbreviation, an initial) or after it (a small letter,
// the verb of saying after a quotation) speaks against it.

/// Cuts the tokens of a block into sentences.
struct SentenceSplitter {
    private let bytes: [UInt8]
    private let tokens: [Token]
    private let words: [String]
    private let lexicon: Lexicon

    /// A sentence longer than this is cut, so that nothing downstream depends on a missing full stop.
    static let limit = 400

    init(tokenizer: Tokenizer, lexicon: Lexicon) {
        bytes = tokenizer.bytes
        tokens = tokenizer.tokens
        words = tokenizer.words
        self.lexicon = lexicon
    }

    func split(_ range: Range<Int>, block: Int, into sentences: inout [Sentence]) {
        var first = range.lowerBound
        var index = first
        while index < range.upperBound {
            if let last = sentenceEnd(at: index, from: first, limit: range.upperBound) {
                append(first, last, block, &sentences)
                first = last + 1
                index = last
            }
            index += 1
        }
        if first < range.upperBound { append(first, range.upperBound - 1, block, &sentences) }
    }

    private func append(_ first: Int, _ last: Int, _ block: Int, _ sentences: inout [Sentence]) {
        let range = TextRange(tokens[first].range.lower, tokens[last].range.upper)
        sentences.append(Sentence(range: range, tokens: first..<(last + 1), block: block))
    }

    /// The last token of the sentence that ends at this token, closing marks included; nil when none ends here.
    private func sentenceEnd(at index: Int, from first: Int, limit: Int) -> Int? {
        if index - first >= SentenceSplitter.limit { return index }
        guard let stop = stop(at: index) else { return nil }
        var last = index
        while last + 1 < limit, closes(last + 1) { last += 1 }
        guard last + 1 < limit else { return last }
        return isBoundary(stop, at: index, last: last, limit: limit) ? last : nil
    }

    private enum Stop { case full, question, ellipsis, abbreviation }

    private func stop(at index: Int) -> Stop? {
        switch words[index] {
        case ".", "\u{3002}": return .full
        case "?", "!": return .question
        case "..", "...", "....", "\u{2026}": return .ellipsis
        default:
            return tokens[index].kind == .word && bytes[tokens[index].range.upper - 1] == 0x2E ? .abbreviation : nil
        }
    }

    private func isBoundary(_ stop: Stop, at index: Int, last: Int, limit: Int) -> Bool {
        var next = last + 1
        let gap = tokens[next].range.lower > tokens[last].range.upper
        while next < limit, opens(next) { next += 1 }
        guard next < limit else { return true }
        let isCapital = startsWithCapital(next)
        switch stop {
        case .abbreviation:
            return gap && (isCapital || next > last + 1) && abbreviationEnds(index, before: next)
        case .full:
            return gap
                ? !startsSmall(next)
                : isCapital && tokens[next].kind == .word && last == index && index > 0
                    && tokens[index - 1].range.count > 1
        case .question:
            if last > index, isCapital, speaks(after: next, limit: limit) { return false }
            return gap && !startsSmall(next)
        case .ellipsis:
            return gap && isCapital
        }
    }

    /// After an abbreviation only an everyday word in capitals begins a sentence, and never after a title.
    private func abbreviationEnds(_ index: Int, before next: Int) -> Bool {
        if lexicon.value(words[index], in: .abbreviations) == "title" { return false }
        if next > 0, words[next - 1] == "\"" || words[next - 1] == "\u{201C}" { return true }
        return lexicon.contains(words[next], in: .common)
    }

    /// `"Is it over?" Smith asked`: the sentence goes on behind the quotation.
    private func speaks(after next: Int, limit: Int) -> Bool {
        for index in next..<min(next + 4, limit) where lexicon.contains(words[index], in: .speechVerbs) { return true }
        return false
    }

    private func closes(_ index: Int) -> Bool {
        guard tokens[index].range.lower == tokens[index - 1].range.upper else { return false }
        switch words[index] {
        case "\"", "'", ")", "]", "\u{201D}", "\u{2019}", "\u{BB}", "?", "!": return true
        default: return false
        }
    }

    private func opens(_ index: Int) -> Bool {
        switch words[index] {
        case "\"", "'", "(", "[", "\u{201C}", "\u{2018}", "\u{AB}", "-", "--", "\u{2013}", "\u{2014}", "\u{2022}": true
        default: false
        }
    }

    private func startsWithCapital(_ index: Int) -> Bool {
        let first = bytes[tokens[index].range.lower]
        if first < 0x80 { return (first >= 0x41 && first <= 0x5A) || tokens[index].kind == .number }
        return !startsSmall(index)
    }

    private func startsSmall(_ index: Int) -> Bool {
        let range = tokens[index].range
        let first = bytes[range.lower]
        if first < 0x80 { return first >= 0x61 && first <= 0x7A }
        return String(decoding: bytes[range.lower..<range.upper], as: UTF8.self).first?.isLowercase ?? false
    }
}
