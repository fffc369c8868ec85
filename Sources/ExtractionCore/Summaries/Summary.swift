// News tells its news first, so a summary is the lead unless something speaks against a sentence: a quotation, a
// question, a pronoun whose noun is missing. The first real sentence is never passed over. Sentences stay verbatim.

/// Chooses the sentences that sum an article up, in text order.
///
/// `maxWords` is a budget: the sentence that reaches it is the last one. Without it three sentences aim at 75 words in
/// all. A range starts behind a dateline and behind the first of two doubled words, so that what is shown is verbatim.
public func summarise(_ text: TokenizedText, maxSentences: Int = 3, maxWords: Int = 0) -> [TextRange] {
    guard maxSentences > 0 else { return [] }
    let candidates = SummaryCandidates(text).sentences
    guard let first = candidates.first else { return [] }
    var chosen = [first]
    var words = first.words
    if maxWords > 0 {
        for candidate in candidates.dropFirst() where words < maxWords && chosen.count < maxSentences {
            chosen.append(candidate)
            words += candidate.words
        }
        return chosen.map(\.range)
    }
    let budget = 25 * maxSentences
    let ranked = candidates.dropFirst().prefix(max(7, 3 * maxSentences)).sorted {
        $0.score == $1.score ? $0.range < $1.range : $0.score > $1.score
    }
    for candidate in ranked where chosen.count < maxSentences {
        guard words + candidate.words <= budget || words < budget / 2 else { continue }
        chosen.append(candidate)
        words += candidate.words
    }
    return chosen.map(\.range).sorted()
}

/// A sentence that may stand in a summary.
struct SummaryCandidate {
    let range: TextRange
    let words: Int
    /// Higher is better; nothing but sums of a few constants, the same on every machine.
    let score: Double
}

/// Finds the sentences of the running text, once each, and scores them.
struct SummaryCandidates {
    private(set) var sentences: [SummaryCandidate] = []
    private let text: TokenizedText

    init(_ text: TokenizedText) {
        self.text = text
        var seen: Set<[UInt64]> = []
        var fragments: [SummaryCandidate] = []
        for sentence in text.sentences {
            guard sentences.count < 40 else { break }
            guard sentence.block < text.article.blocks.count, text.block(of: sentence).isRunningText else { continue }
            guard let range = shown(sentence) else { continue }
            let words = sentence.tokens.filter { text.tokens[$0].kind == .word || text.tokens[$0].kind == .number }
            guard !words.isEmpty, seen.insert(words.map { text.tokens[$0].hash }).inserted else { continue }
            let score = score(sentence, words.count, position: sentences.count)
            let candidate = SummaryCandidate(range: range, words: words.count, score: score)
            if isFragment(sentence, words.count) { fragments.append(candidate) } else { sentences.append(candidate) }
        }
        if sentences.isEmpty { sentences = fragments }
    }

    /// The sentence without a dateline and without the first of two doubled words; nil when nothing is left.
    private func shown(_ sentence: Sentence) -> TextRange? {
        var start = sentence.range.lower
        if let dateline = text.article.dateline?.range, dateline.upper > start, dateline.lower <= start {
            guard
                let token = sentence.tokens.first(where: {
                    text.tokens[$0].range.lower >= dateline.upper && text.tokens[$0].kind != .punctuation
                })
            else { return nil }
            start = text.tokens[token].range.lower
        }
        for repair in text.article.repairs where repair.range.lower == start {
            let second = repair.range.upper - repair.replacement.utf8.count
            if second > start, second < sentence.range.upper,
                text.text.string(TextRange(second, repair.range.upper)) == repair.replacement
            {
                start = second
            }
        }
        return start < sentence.range.upper ? TextRange(start, end(of: sentence, from: start)) : nil
    }

    /// What runs on without an end is no sentence: of it the first words are enough.
    private static let byteLimit = 1000

    private func end(of sentence: Sentence, from start: Int) -> Int {
        let limit = start + SummaryCandidates.byteLimit
        guard sentence.range.upper > limit else { return sentence.range.upper }
        let last = sentence.tokens.last { text.tokens[$0].range.upper <= limit }
        let end = last.map { text.tokens[$0].range.upper } ?? start
        return end > start ? end : text.text.boundary(before: limit)
    }

    /// A line such as a credit: short and without an end mark.
    private func isFragment(_ sentence: Sentence, _ words: Int) -> Bool {
        guard let last = sentence.tokens.last else { return true }
        let isEnded =
            [".", "!", "?", "\"", "\u{201D}", "\u{2019}", "'", ")", "\u{2026}", "..."].contains(text.words[last])
            || text.words[last].hasSuffix(".")
        return !isEnded && words < 12 || words < 3
    }

    private func score(_ sentence: Sentence, _ words: Int, position: Int) -> Double {
        var score = -0.35 * Double(min(position, 20))
        guard let first = sentence.tokens.first else { return score }
        let opening = text.words[first]
        if ["\"", "\u{201C}", "'", "\u{2018}"].contains(opening) { score -= 0.8 }
        if ["but", "and", "so", "it", "he", "she", "they", "this", "these", "those", "however", "still"].contains(
            opening)
        {
            score -= 0.2
        }
        if text.words[sentence.tokens.upperBound - 1] == "?" { score -= 0.8 }
        if sentence.tokens.contains(where: { ["i", "we", "my", "our"].contains(text.words[$0]) }) { score -= 0.4 }
        if sentence.tokens.contains(where: { text.tokens[$0].kind == .number }) { score += 0.25 }
        if words < 8 { score -= 0.6 }
        if words > 38 { score -= 0.3 }
        return score
    }
}
