/// Whether an article is about sport, and which sentences are rows of a table: there towns are sides.
struct SportSigns {
    /// 0 for no sport, 1 for a little, 2 for a report or a table.
    private(set) var level: UInt8 = 0

    private static let words: Set<UInt64> = Set(
        [
            "goal", "goals", "striker", "midfielder", "goalkeeper", "coach", "league", "cup", "match", "innings",
            "wicket",
            "wickets", "final", "semifinal", "semi-final", "season", "halftime", "half-time", "penalty", "championship",
            "tournament", "soccer", "football", "basketball", "rugby", "cricket", "tennis", "baseball", "hockey",
            "quarterback", "touchdown", "scored", "winger", "referee", "standings", "playoff", "playoffs", "inning",
            "homer", "fixture", "fixtures", "kick-off", "kickoff", "stadium", "points", "beat", "lost", "drew", "won",
        ].map { FNV.hash($0, from: FNV.start) })

    init(_ reading: Reading) {
        var signs = 0
        for (index, token) in reading.text.tokens.enumerated() {
            if SportSigns.words.contains(token.hash) {
                signs += 1
            } else if token.kind == .number, SportSigns.isScore(reading.words[index]) {
                signs += 2
            }
        }
        let share = signs * 100 / max(reading.text.tokens.count, 1)
        level = signs < 4 || share < 1 ? 0 : share < 3 ? 1 : 2
    }

    /// "2-1"
    static func isScore(_ word: String) -> Bool {
        let parts = word.utf8.split(omittingEmptySubsequences: false) { $0 == 0x2D }
        return parts.count == 2 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { 48...57 ~= $0 } }
    }

    /// Whether a third of what stands in a sentence is numbers.
    static func isRow(_ sentence: Sentence, in reading: Reading) -> Bool {
        var numbers = 0
        var words = 0
        for token in sentence.tokens {
            switch reading.text.tokens[token].kind {
            case .number: numbers += 1
            case .word: words += 1
            default: break
            }
        }
        return numbers >= 2 && numbers * 2 >= words
    }
}
