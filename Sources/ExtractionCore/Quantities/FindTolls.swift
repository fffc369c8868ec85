// Tolls are found from the word that says what befell people ("killed", "missing", "death toll"); the figure is
// looked for where that word's grammar puts it: its subject, its object, or right before it. Each figure is kept
// as its source states it: nothing is added up, and a part ("including 3 children") is never a toll of its own.

/// Finds how many people were killed, wounded, missing, detained, displaced or abducted, in text order.
func findTolls(in marked: MarkedReading) -> [Toll] {
    // No report counts the dead more often; what does is no report.
    let limit = 200
    var found: [Toll] = []
    for sentence in marked.reading.sentences.indices where marked.isRunningText(sentence) {
        guard found.count < limit else { break }
        let finder = TollFinder(marked: marked, sentence: sentence)
        guard finder.hasOutcome else { continue }
        found.append(contentsOf: finder.tolls())
    }
    if found.count > limit { found.removeSubrange(limit...) }
    return found
}

struct TollFinder {
    let marked: MarkedReading
    let sentence: Int
    let view: PieceView
    let reader: CountReader

    init(marked: MarkedReading, sentence: Int) {
        self.marked = marked
        self.sentence = sentence
        view = marked.view(sentence)
        reader = CountReader(marked: marked, view: view)
    }

    var hasOutcome: Bool { view.range.contains { view.meaning($0).outcome != nil } }

    /// A figure, the word of its outcome, and the victims' words.
    struct Finding {
        let count: Count
        let verb: Int
        let outcome: Toll.Outcome
        /// The last piece of what is counted.
        let last: Int
        var victims: Range<Int>?
        var isPassive = false
    }

    func tolls() -> [Toll] {
        let counts = reader.counts().filter { $0.unit.isEmpty && !isPart($0) }
        var found: [Finding] = []
        var used: Set<Int> = []
        for index in view.range {
            guard let outcome = view.meaning(index).outcome, !isDenied(index) else { continue }
            let free = counts.filter { !used.contains($0.first) }
            guard let finding = finding(index, outcome, free) else { continue }
            used.insert(finding.count.first)
            found.append(finding)
            // "12 people were killed or wounded" is one figure for both; it stands under the first.
        }
        return found.map(toll).sorted { $0.range < $1.range }
    }

    private func finding(_ verb: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        let meaning = view.meaning(verb)
        if meaning.tags.contains(.tollNoun) { return tollNoun(verb, outcome, counts) }
        if let counted = counted(verb, outcome, counts) { return counted }
        switch meaning.outcomeForm {
        case UInt8(ascii: "v"): return transitive(verb, outcome, counts)
        case UInt8(ascii: "n"): return noun(verb, outcome, counts)
        default: return subject(of: verb, outcome, counts, isPassive: false) ?? directlyBefore(verb, outcome, counts)
        }
    }

    /// "including 3 children": part of a figure already told.
    private func isPart(_ count: Count) -> Bool {
        let before = view.function(count.first - 1)
        if before == .including || before == .among || before == .of && view.function(count.first - 2) == .including {
            return true
        }
        // "12 people, two of them children".
        if view.function(count.end) == .of, [.them, .whom, .those, .these].contains(view.function(count.end + 1)) {
            return true
        }
        // "including two women and three children".
        var index = count.first - 1
        var steps = 0
        while index >= view.range.lowerBound, steps < 6 {
            if view.function(index) == .including { return true }
            if view.isMark(index, ",") || isOutcome(index) { return false }
            index -= 1
            steps += 1
        }
        return false
    }

    private func isOutcome(_ index: Int) -> Bool { view.meaning(index).outcome != nil }

    /// "no one was killed", "did not kill", "denied that".
    private func isDenied(_ verb: Int) -> Bool {
        var index = verb - 1
        var steps = 0
        while index >= view.range.lowerBound, steps < 4 {
            let piece = view[index]
            if piece.kind == .mark { return false }
            if piece.function == .no || piece.function == .not || piece.function == .nobody || piece.function == .noBody
                || piece.meaning.tags.contains(.negation)
            {
                return true
            }
            index -= 1
            steps += 1
        }
        return false
    }

    // MARK: Grammar

    private func transitive(_ verb: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        if isPassive(verb) {
            return subject(of: verb, outcome, counts, isPassive: true) ?? directlyBefore(verb, outcome, counts)
        }
        if let after = object(of: verb, outcome, counts) { return after }
        return directlyBefore(verb, outcome, counts) ?? afterLeft(verb, outcome, counts)
    }

    /// A form of "be" stands before the verb, or the participle follows "and" after one that has it.
    func isPassive(_ verb: Int) -> Bool {
        var index = verb - 1
        var steps = 0
        while index >= view.range.lowerBound, steps < 5 {
            switch view.function(index) {
            case .was, .were, .been, .be, .being, .is, .are, .got, .get: return true
            case .and, .or:
                guard isOutcome(index - 1) else { return false }
            default:
                let isAuxiliary = view.function(index).map(MarkedReading.auxiliaries.contains) ?? false
                guard isAuxiliary || isOutcome(index) || view.has(index, .hedge) || isManner(index) else {
                    return false
                }
            }
            index -= 1
            steps += 1
        }
        return false
    }

    private func isManner(_ index: Int) -> Bool {
        let range = view[index].range
        return view.isWord(index) && range.count > 4 && marked.text.text.bytes[range.upper - 1] == UInt8(ascii: "y")
    }

    /// "killed 12", "killing at least four people", "wounding 30 others".
    private func object(of verb: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        var index = verb + 1
        var steps = 0
        while steps < 3, view.function(index) != nil || view.meaning(index).outcome != nil, !isCountStart(index, counts)
        {
            guard
                view.function(index) == .and || view.function(index) == .or || view.meaning(index).outcome != nil
                    || view.function(index) == .all || view.function(index) == .also || view.function(index) == .the
            else { break }
            index += 1
            steps += 1
        }
        guard let count = counts.first(where: { $0.first == index }) else { return nil }
        let head = reader.head(after: count)
        guard isOfPeople(count, head, verb: verb) else { return nil }
        // "killed 12 and wounded 30": the next verb has a figure of its own.
        return Finding(
            count: count, verb: verb, outcome: outcome, last: head ?? count.end - 1, victims: victims(count, head))
    }

    private func isCountStart(_ index: Int, _ counts: [Count]) -> Bool { counts.contains { $0.first == index } }

    /// "21 people were killed", "at least 12 civilians, including 3 children, were killed".
    private func subject(of verb: Int, _ outcome: Toll.Outcome, _ counts: [Count], isPassive: Bool) -> Finding? {
        let before = counts.last { $0.end <= verb && verb - $0.end < 24 && isSubject($0, of: verb) }
        guard let count = before else { return nil }
        let head = reader.head(after: count)
        guard isOfPeople(count, head, verb: verb) else { return nil }
        return Finding(
            count: count, verb: verb, outcome: outcome, last: verb, victims: victims(count, head), isPassive: isPassive)
    }

    /// Between a subject and its verb stand its noun and bracketed additions, no other verb and no clause.
    private func isSubject(_ count: Count, of verb: Int) -> Bool {
        var index = count.end
        var isAside = false
        let start = marked.beforeAuxiliaries(verb, in: view)
        var wordsInAside = 0
        while index < verb {
            let piece = view[index]
            if piece.kind == .mark {
                switch piece.mark {
                case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"): isAside.toggle()
                case UInt8(ascii: "-"): break
                default: return false
                }
                wordsInAside = 0
            } else if !isAside {
                if index < start, piece.meaning.stance != nil, !view.has(index, .people) { return false }
                switch piece.function {
                case .but, .while, .because, .that, .after, .before: return false
                case .who where index < verb - 6: return false
                case .and, .or:
                    // "12 people were killed and 30 wounded": the nearer figure is the verb's own.
                    if counts(between: index, and: verb) { return false }
                default: break
                }
                if index < start, isOutcome(index), view.meaning(index).outcomeForm == UInt8(ascii: "v"),
                    !isCoordinated(index, verb)
                {
                    return false
                }
            } else {
                wordsInAside += 1
                if wordsInAside > 16 { return false }
            }
            index += 1
        }
        return true
    }

    private func isCoordinated(_ first: Int, _ second: Int) -> Bool {
        second - first <= 4 && (first..<second).contains { view.function($0) == .and || view.function($0) == .or }
    }

    private func counts(between first: Int, and last: Int) -> Bool {
        (first..<last).contains { view.number(at: $0) != nil }
    }

    /// "12 killed in blast", "and 30 others wounded", "five dead".
    private func directlyBefore(_ verb: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        guard let count = counts.last(where: { $0.end <= verb && verb - $0.end <= 4 }) else { return nil }
        let head = reader.head(after: count)
        let last = max(head ?? count.end - 1, count.end - 1)
        guard last < verb, (last + 1..<verb).allSatisfy({ isFiller($0) }) else { return nil }
        guard isOfPeople(count, head, verb: verb) else { return nil }
        return Finding(
            count: count, verb: verb, outcome: outcome, last: verb, victims: victims(count, head), isPassive: true)
    }

    private func isFiller(_ index: Int) -> Bool {
        switch view.function(index) {
        case .were, .was, .are, .is, .been, .have, .has, .had, .more, .others, .also, .being, .still, .all, .other: true
        default: isManner(index) || view.has(index, .hedge) || view.has(index, .people)
        }
    }

    /// "left 12 people dead" is read backwards from "dead"; "left dead 12" is rare.
    private func afterLeft(_ verb: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        guard view.function(verb - 1) == .left || view.function(verb - 1) == .leaving else { return nil }
        return object(of: verb, outcome, counts)
    }

    /// "12 deaths", "five dead", "the bodies of 12 people".
    private func noun(_ noun: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        // "Eight bodies had never been found."
        if (noun + 1..<noun + 5).contains(where: { view.has($0, .negation) }) { return nil }
        if let before = directlyBefore(noun, outcome, counts) { return before }
        if let count = counts.last(where: { $0.end <= noun && noun - $0.end <= 3 }),
            (count.end..<noun).allSatisfy({ view.isWord($0) && view.function($0) == nil && !isOutcome($0) })
        {
            return Finding(count: count, verb: noun, outcome: outcome, last: noun)
        }
        // "left dead 12", "deaths of 12 people".
        guard view.function(noun + 1) == .of || view.function(noun + 1) == .among,
            let count = counts.first(where: { $0.first == noun + 2 })
        else { return linkedDead(noun, outcome, counts) }
        let head = reader.head(after: count)
        guard isOfPeople(count, head, verb: noun) else { return nil }
        return Finding(
            count: count, verb: noun, outcome: outcome, last: head ?? count.end - 1, victims: victims(count, head))
    }

    /// "At least 12 people are dead".
    private func linkedDead(_ noun: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        switch view.function(noun - 1) {
        case .are, .were, .is, .was: return subject(of: noun, outcome, counts, isPassive: true)
        default: return nil
        }
    }

    /// "the death toll rose to 21", "a death toll of 21", "bringing the toll to at least 21".
    private func tollNoun(_ noun: Int, _ outcome: Toll.Outcome, _ counts: [Count]) -> Finding? {
        guard view.meaning(noun).outcome != nil,
            isDeathToll(noun), let first = counts.first(where: { $0.first > noun && $0.first - noun < 14 })
        else { return nil }
        var count = first
        for index in noun + 1..<first.first {
            if view.isMark(index, ".") || view.isMark(index, ";") { return nil }
            // "rose from 12 to 21": the last figure holds.
            if view.function(index) == .from,
                let later = counts.first(where: { $0.first > count.end - 1 && $0.first > count.first }),
                view.function(later.first - 1) == .to
            {
                count = later
                break
            }
        }
        switch view.function(count.first - 1) {
        case .to, .at, .of, .is, .was, .reached, .now, .stands, .stood, .around, .about, .past, .by, .as: break
        default:
            guard view.isMark(count.first - 1, ":") || view.has(count.first - 1, .atLeast) || count.first - noun < 4
            else { return nil }
        }
        if view.function(count.first - 1) == .by { return nil }
        return Finding(count: count, verb: noun, outcome: outcome, last: count.end - 1)
    }

    /// "toll" alone may be a road's: it needs a word of death or a verb of rising near it.
    private func isDeathToll(_ noun: Int) -> Bool {
        if view[noun].count > 4 { return true }
        return view.range.contains { $0 != noun && view.meaning($0).outcome == .killed }
            || [.rose, .risen, .rises, .climbed, .reached, .to].contains(view.function(noun + 1))
    }

    // MARK: What is counted

    /// Figures of other things ("killed 12 cattle", "detained for 12 hours") are no tolls.
    private func isOfPeople(_ count: Count, _ head: Int?, verb: Int) -> Bool {
        guard count.low == count.low.rounded(), count.low < 1e9 else { return false }
        guard let head else {
            if count.high == 1 { return false }
            return !view.isWord(count.end) || view.function(count.end) != nil || isOutcome(count.end)
                || marked.time(at: count.end) != nil || marked.mention(at: count.end) != nil
                || view.has(count.end, .hedge)
        }
        if view.has(head, .people) || view.function(head) == .others { return true }
        if view.has(head, [.thing, .weapon]) || view.meaning(head).event > 0 || view.meaning(head).unit != nil {
            return false
        }
        return view.isWord(head) && !TollFinder.animals.contains(marked.text.text.string(view[head].range).lowercased())
    }

    private static let animals: Set<String> = [
        "cattle", "cows", "sheep", "goats", "dogs", "birds", "chickens", "pigs", "horses", "animals", "jobs", "points",
        "percent", "trees", "cats", "elephants", "fish", "whales", "camels", "bills", "deals", "attacks", "times",
        "votes",
    ]

    /// "people", or the addition "including women and children" where no noun stands.
    private func victims(_ count: Count, _ head: Int?) -> Range<Int>? {
        if let head {
            var first = count.end
            while first < head, [.of, .the, .his, .her, .their, .its, .more].contains(view.function(first)) {
                first += 1
            }
            return first..<head + 1
        }
        var index = count.end
        if view.isMark(index, ",") { index += 1 }
        guard view.function(index) == .including || view.function(index) == .among else { return nil }
        let start = index
        index += 1
        while index < view.range.upperBound, index - start < 14 {
            let piece = view[index]
            if piece.kind == .mark, !view.isHyphen(index) { break }
            if marked.isVerb(view, index) || piece.function.map({ TollFinder.stops.contains($0) }) ?? false { break }
            if marked.time(at: index) != nil, piece.kind == .word { break }
            index += 1
        }
        return start..<index
    }

    private static let stops: Set<FunctionWord> = [
        .in, .on, .at, .by, .after, .before, .when, .while, .were, .was, .are, .have, .has, .had, .but, .who, .that,
        .as,
        .since, .during,
    ]
}
