// "The number of people killed in the fire rose to 21", "put the number of dead miners at 11", "put the dead at nine": the
// figure stands behind the word of the outcome, where a verb of counting leads to it.

extension TollFinder {
    /// The figure that a count of victims is given.
    func counted(_ word: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        let opening = countOpening(word)
        guard opening.map({ isOfPeople($0 + 2..<word, word) }) ?? isPut(word) else { return nil }
        for count in counts where count.first > word && count.first - word < 24 {
            if (word + 1..<count.first).contains(where: { view.isMark($0, ";") || view.isMark($0, ".") }) { return nil }
            guard leads(to: count, from: word, counts) else { continue }
            let victims = opening.map { $0 + 2..<word }
            return Finding(
                count: count, verb: word, outcome: outcome, last: count.end - 1,
                victims: victims.flatMap { $0.isEmpty ? nil : $0 })
        }
        return nil
    }

    /// Where "number of" stands, a few words of whom before the word of the outcome.
    private func countOpening(_ word: Int) -> Int? {
        for index in stride(from: word - 2, through: max(view.range.lowerBound, word - 7), by: -1) {
            if view.function(index) == .number, view.function(index + 1) == .of { return index }
            if index + 1 < word, marked.isVerb(view, index + 1) || !view.isWord(index + 1) { return nil }
        }
        return nil
    }

    /// "number of people killed", "number of dead workers", "number of injured", and of no cattle.
    private func isOfPeople(_ before: Range<Int>, _ word: Int) -> Bool {
        func isPerson(_ index: Int) -> Bool {
            view.has(index, .people) || [.people, .those, .others].contains(view.function(index))
        }
        let next = word + 1
        let isBare = !view.isWord(next) || view.function(next) != nil || marked.isVerb(view, next)
        return before.contains(where: isPerson) || before.isEmpty && (isBare || isPerson(next))
    }

    /// "put the dead at".
    private func isPut(_ word: Int) -> Bool {
        view.meaning(word).outcomeForm == UInt8(ascii: "n") && view.function(word - 1) == .the
            && spells(word - 2, TollFinder.putting) && view.function(word + 1) == .at
    }

    private func leads(to count: Count, from word: Int, _ counts: [Count]) -> Bool {
        var index = count.first - 1
        while view.has(index, .atLeast) || view.function(index) == .least || view.has(index, .hedge) { index -= 1 }
        switch view.function(index) {
        case .reached, .stands, .stood: return true
        case .is, .was: return true
        case .at:
            let isPlaced = (view.range.lowerBound..<word).contains { spells($0, TollFinder.putting) }
            return isPlaced || [.stands, .stood].contains(view.function(index - 1))
        case .to:
            if [.rose, .rises, .risen, .climbed].contains(view.function(index - 1)) { return true }
            if spells(index - 1, TollFinder.rising) { return true }
            // "rose from three to nine".
            return counts.contains { $0.end == index && view.function($0.first - 1) == .from }
        default: return false
        }
    }

    private static let putting: Set<String> = ["put", "puts", "putting", "placed", "places"]
    private static let rising: Set<String> = [
        "rise", "rising", "climb", "climbs", "climbing", "increased", "increases", "jumped", "jumps", "grew", "grown",
        "grows",
        "soared", "went", "gone", "up", "doubled", "fell", "fallen", "revised", "dropped", "lowered", "raised",
    ]

    private func spells(_ index: Int, _ words: Set<String>) -> Bool {
        guard view.range.contains(index), view.isWord(index), view[index].count <= 12 else { return false }
        let range = view[index].range
        let bytes = marked.text.text.bytes[range.lower..<range.upper].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        return words.contains(String(decoding: bytes, as: UTF8.self))
    }
}
