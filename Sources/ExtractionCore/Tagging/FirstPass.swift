// About half of an article's names come again. The second pass over an article sees what the first made of each word
// elsewhere: the label that it mostly got, and its place in the longest name that holds it.

/// What the first pass of the tagger made of an article.
struct FirstPass {
    /// The label of each token.
    let labels: [NameLabel]
    /// How a word was labelled in the article, by the word.
    private var votes: [UInt64: Votes] = [:]

    private struct Votes {
        /// How often a word was in a name of each kind, and in none.
        var kinds: (person: Int, organisation: Int, place: Int, none: Int) = (0, 0, 0, 0)
        /// Of the longest name that holds the word.
        var length = 0
        var kind: UInt8 = 0
        /// Whether the word is that name's first and last.
        var isFirst = false
        var isLast = false
    }

    init(labels: [NameLabel], in traits: TokenTraits) {
        self.labels = labels
        for sentence in traits.reading.text.sentences {
            var token = sentence.tokens.lowerBound
            while token < sentence.tokens.upperBound {
                guard labels[token].rawValue != 0 else {
                    if traits.reading.isCapital[token] {
                        votes[traits.all[token].word, default: Votes()].kinds.none += 1
                    }
                    token += 1
                    continue
                }
                let last = NameLabel.last(of: token, in: labels, before: sentence.tokens.upperBound)
                for inner in token...last { count(inner, token, last, traits) }
                token = last + 1
            }
        }
    }

    private mutating func count(_ token: Int, _ first: Int, _ last: Int, _ traits: TokenTraits) {
        let kind = (labels[first].rawValue - 1) / 2
        var found = votes[traits.all[token].word, default: Votes()]
        switch kind {
        case 0: found.kinds.person += 1
        case 1: found.kinds.organisation += 1
        default: found.kinds.place += 1
        }
        if last - first + 1 > found.length {
            found.length = last - first + 1
            found.kind = kind
            found.isFirst = token == first
            found.isLast = token == last
        }
        votes[traits.all[token].word] = found
    }

    /// The label that a word mostly got in the article and how clearly, as one small number; 0 when it was in no name
    /// and never stood with a capital.
    func vote(_ word: UInt64) -> UInt64 {
        guard let found = votes[word] else { return 0 }
        let counts = [found.kinds.person, found.kinds.organisation, found.kinds.place, found.kinds.none]
        let most = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        let sum = counts.reduce(0, +)
        let share: UInt64 = counts[most] == sum ? 2 : counts[most] * 3 > sum * 2 ? 1 : 0
        return UInt64(most + 1) << 8 | share << 4 | UInt64(min(sum, 4))
    }

    /// The longest name of the article that holds a word: its kind, its length, and the word's place in it.
    func longest(_ word: UInt64) -> UInt64 {
        guard let found = votes[word], found.length > 0 else { return 0 }
        return UInt64(found.kind + 1) << 8 | UInt64(min(found.length, 5)) << 4 | (found.isFirst ? 2 : 0)
            | (found.isLast ? 1 : 0)
    }
}
