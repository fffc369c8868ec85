import ExtractionCore

/// What a comparison of a new text with an older one says.
enum Verdict: Hashable {
    /// Nothing new in it.
    case duplicate(Distance)
    case update(changes: [Change], Distance)
    /// Another article, though it shares passages or a form.
    case different
    /// Another article: the same words about another place.
    case otherOccasion
}

/// How far two texts are apart: words that are new, then words that are gone.
struct Distance: Hashable, Comparable {
    var fresh = 0
    var dropped = 0

    static func < (left: Distance, right: Distance) -> Bool {
        (left.fresh, left.dropped) < (right.fresh, right.dropped)
    }
}

/// Compares texts word by word and says what is news.
///
/// The rules, in order: too little in common → another article; most figures, the place or most names changed → another
/// occasion; a new figure, a "not", an opposite, another name, a correction or a new sentence → an update; else a duplicate. A doubt
/// goes to the update: a needless line is cheaper than lost news.
struct Comparison {
    let old: TextWords
    let new: TextWords
    let hours: Double
    let isFurniture: [Bool]
    let alignment: Alignment
    /// The words of the dateline that opens the new text, if one does.
    let datelineEnd: Int

    private static let longestRewording = 4
    /// Hours after which changed figures tell of another occasion, not of a correction.
    private static let longestUpdate = 72.0

    /// `isFurniture` says of each word of the new text whether it is known page furniture.
    init(_ old: TextWords, _ new: TextWords, isFurniture: [Bool], hoursApart: Double) {
        self.old = old
        self.new = new
        self.isFurniture = isFurniture
        hours = hoursApart
        alignment = Alignment(old, new)
        datelineEnd = openingLineEnd(in: new)
    }

    /// `fewestShared` words must be common to both, unless one text is nearly all in the other.
    func verdict(fewestShared: Int = 12) -> Verdict {
        let shared = Shared(self)
        guard shared.best >= 0.5, shared.kept >= fewestShared || shared.best >= 0.8 else { return .different }
        if isSeries() { return .different }
        if isElsewhere() { return .otherOccasion }
        var changes: [Change] = []
        var distance = Distance()
        for edit in alignment.edits {
            let fresh = edit.new.filter { !isFurniture[$0] && !isDateline($0) }
            distance.fresh += fresh.count
            distance.dropped += edit.old.count
            news(in: edit, fresh, &changes)
        }
        changes = told(changes)
        let isOld = hours > Comparison.longestUpdate
        if isOld, changes.contains(where: { $0.kind == .figure }) || (!changes.isEmpty && shared.ofOld < 0.8) {
            return .different
        }
        if changes.isEmpty, shared.ofNew < 0.6 {
            changes = [change(.text, 0..<min(new.words.count, 1), "much of the text is new")]
        }
        return changes.isEmpty ? .duplicate(distance) : .update(changes: changes, distance)
    }

    /// Each changed figure once. One that is new somewhere in the text and elsewhere stands for another is told as that.
    private func told(_ changes: [Change]) -> [Change] {
        var told: [Change] = []
        for change in changes {
            if change.kind == .figure, let value = change.to {
                let same =
                    change.from == nil ? changes.filter { $0.from != nil } : told.filter { $0.from == change.from }
                if same.contains(where: { $0.kind == .figure && $0.to == value }) { continue }
            }
            told.append(change)
        }
        return told
    }

    // MARK: how much is shared

    private struct Shared {
        var kept = 0
        var ofOld = 0.0
        var ofNew = 0.0
        var best: Double { max(ofOld, ofNew) }

        init(_ comparison: Comparison) {
            let alignment = comparison.alignment
            kept = alignment.isKept.count(where: \.self)
            ofOld = Double(kept) / Double(max(1, alignment.isKept.count))
            var covered = 0
            var counted = 0
            for index in alignment.isCovered.indices where !comparison.isFurniture[index] {
                counted += 1
                if alignment.isCovered[index] { covered += 1 }
            }
            kept = min(kept, covered)
            ofNew = Double(covered) / Double(max(1, counted))
        }
    }

    /// A routine item of one template: an update changes a figure and keeps the others, a series changes most.
    private func isSeries() -> Bool {
        let before = distinct(figures(old, 0..<old.words.count))
        let after = distinct(
            figures(new, 0..<new.words.count).filter { !isFurniture[$0.index] && !isDateline($0.index) })
        let fresh = after.filter { number in !before.contains { $0.agrees(with: number) } }
        let kept = after.count - fresh.count
        let smaller = min(before.count, after.count)
        guard smaller > 0, !fresh.isEmpty else { return false }
        let share = Double(min(kept, smaller)) / Double(smaller)
        if fresh.count >= 3, share <= (hours > 20 ? 0.75 : 0.6) { return true }
        return hours > 20 && fresh.count >= 2 && share <= 0.5
    }

    private func distinct(_ figures: [(index: Int, value: NumberValue)]) -> [NumberValue] {
        var values: [NumberValue] = []
        for figure in figures where !values.contains(figure.value) { values.append(figure.value) }
        return values
    }

    private func figures(_ words: TextWords, _ range: Range<Int>) -> [(index: Int, value: NumberValue)] {
        var found: [(index: Int, value: NumberValue)] = []
        for index in range where words.words[index].isNumber {
            guard found.count < 400 else { break }
            let number = words.numberWords(index)
            // Its first word in the range has told it.
            if number.lowerBound < index, range.contains(number.lowerBound) { continue }
            if number.count == 1, words.words[index].traits.contains(.spelled),
                words.words[index].hash == NumberWords.one
            {
                continue
            }
            if let value = words.number(index) { found.append((index, value)) }
        }
        return found
    }

    // MARK: what is news in an edit

    private func news(in edit: Alignment.Edit, _ fresh: [Int], _ changes: inout [Change]) {
        if fresh.isEmpty {
            if edit.new.isEmpty, let loss = loss(edit) { changes.append(loss) }
            return
        }
        if isEdgeLine(edit, fresh) || isCredit(edit) || isSameLetters(edit) { return }
        if let figure = figureNews(edit, fresh) {
            changes.append(contentsOf: figure)
        } else if fresh.contains(where: { Words.shared.corrections.contains(new.words[$0].hash) }) {
            changes.append(change(.correction, edit.new, "corrected: \(shown(edit.new))"))
        } else if let turned = turn(edit, fresh) {
            changes.append(turned)
        } else if let name = nameNews(edit, fresh) {
            changes.append(name)
        } else if fresh.count > Comparison.longestRewording {
            changes.append(change(.text, edit.new, "new: \(shown(new, sentences(around: edit.new), most: 30))"))
        }
    }

    /// The sentences that some words of the new text stand in.
    private func sentences(around range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, !new.words[start].opensSentence { start -= 1 }
        while end < new.words.count, !new.words[end].opensSentence { end += 1 }
        return start..<end
    }

    /// A word or two that were taken out and leave another meaning: a "not", or a figure.
    private func loss(_ edit: Alignment.Edit) -> Change? {
        guard edit.old.count <= 3 else { return nil }
        if edit.old.count <= 2, edit.old.contains(where: { Opposites.shared.isNegation(old.words[$0].hash) }) {
            return change(.text, around(edit.new.lowerBound), "a negation was dropped")
        }
        guard edit.old.allSatisfy({ old.words[$0].isMasked }) else { return nil }
        return change(.figure, around(edit.new.lowerBound), "no longer there: \(shown(old, edit.old))")
    }

    private func figureNews(_ edit: Alignment.Edit, _ fresh: [Int]) -> [Change]? {
        let replaced = figures(old, edit.old)
        let known = replaced.isEmpty || edit.old.count > 40 ? figures(old, 0..<old.words.count) : replaced
        let isSmall = edit.old.count <= 12 && edit.new.count <= 12
        var found: [Change] = []
        for number in figures(new, edit.new) where new.numberWords(number.index).contains(where: fresh.contains) {
            if known.contains(where: { $0.value.agrees(with: number.value) }) { continue }
            let before = isSmall ? replaced.first?.value.value : nil
            let words = range(new, new.numberWords(number.index))
            let what =
                before.map { "\(shown($0)) → \(shown(number.value.value))" }
                ?? "new figure \(shown(number.value.value))"
            found.append(
                Change(
                    kind: .figure, from: before.map { FigureRange($0, $0) },
                    to: FigureRange(number.value.value, number.value.value), words: words, summary: what))
        }
        return found.isEmpty ? nil : found
    }

    /// A negation or an opposite that the old words did not have.
    private func turn(_ edit: Alignment.Edit, _ fresh: [Int]) -> Change? {
        let opposites = Opposites.shared
        let before = edit.old.prefix(40).map { old.words[$0].hash }
        for index in fresh.prefix(40) {
            let word = new.words[index].hash
            if opposites.isNegation(word), !before.contains(where: opposites.isNegation) {
                return change(.text, edit.new, "negated: \(shown(edit.new))")
            }
            if before.contains(word) { continue }
            if edit.old.count <= 12, edit.new.count <= 12, before.contains(where: { opposites.areOpposite($0, word) }) {
                return change(.text, edit.new, "turned round: \(shown(old, edit.old)) → \(shown(edit.new))")
            }
        }
        return nil
    }

    /// A name that the old text does not have, in place of another.
    private func nameNews(_ edit: Alignment.Edit, _ fresh: [Int]) -> Change? {
        if let day = dayNews(edit, fresh) { return day }
        guard edit.old.contains(where: { isName(old, $0) }) else { return nil }
        for index in fresh.prefix(40) where isName(new, index) {
            let hash = new.words[index].hash
            if old.words.contains(where: { $0.hash == hash }) || isMisspelt(index, edit) { continue }
            let kind: Change.Kind = namesPlace(edit) ? .place : .name
            return change(kind, edit.new, "\(shown(old, edit.old)) → \(shown(edit.new))")
        }
        return nil
    }

    /// Another weekday or month in place of one; "today" for a weekday is no news.
    private func dayNews(_ edit: Alignment.Edit, _ fresh: [Int]) -> Change? {
        guard edit.old.count <= 12, edit.new.count <= 12 else { return nil }
        for days in [Words.shared.weekdays, Words.shared.months] {
            guard edit.old.contains(where: { isDay(old, $0, of: days) }) else { continue }
            let isFresh = fresh.contains { index in
                isDay(new, index, of: days) && !edit.old.contains { old.words[$0].hash == new.words[index].hash }
            }
            if isFresh { return change(.text, edit.new, "\(shown(old, edit.old)) → \(shown(edit.new))") }
        }
        return nil
    }

    private func isDay(_ words: TextWords, _ index: Int, of days: HashSet) -> Bool {
        words.words[index].isCapitalised && days.contains(words.words[index].hash)
    }

    /// A typing error in a name: one letter off, while the rest of the new text spells it as the old one does.
    func isMisspelt(_ index: Int, _ edit: Alignment.Edit) -> Bool {
        edit.old.contains { before in
            isOneEdit(old.folded(before), new.folded(index))
                && new.words.contains { $0.hash == old.words[before].hash }
        }
    }

    func isName(_ words: TextWords, _ index: Int) -> Bool {
        let word = words.words[index]
        return word.isCapitalised && !word.opensSentence && !word.isMasked && word.end - word.start > 1
            && !word.isStop
    }

    // MARK: what is not news

    /// A short line of its own at the top or the foot: "Share this article", "Read full story".
    private func isEdgeLine(_ edit: Alignment.Edit, _ fresh: [Int]) -> Bool {
        guard fresh.count < 9, fresh.allSatisfy({ !new.words[$0].isMasked || isDateNumber(new, $0) }) else {
            return false
        }
        let isTop = edit.new.lowerBound == 0 && edit.old.isEmpty && closesOpeningLine(new, edit.new.upperBound - 1)
        let isFoot = edit.new.upperBound == new.words.count && opensLine(edit.new.lowerBound)
        return isTop || isFoot
    }

    private func opensLine(_ start: Int) -> Bool { new.words[start].traits.contains(.opensLine) }

    /// "(Reporting by …; Editing by …)", "Copyright 2017 …".
    private func isCredit(_ edit: Alignment.Edit) -> Bool {
        guard edit.new.upperBound + 40 >= new.words.count, let first = edit.new.first else { return false }
        return edit.new.count <= 40 && Words.shared.credits.contains(new.words[first].hash)
            && (first + 1 < new.words.count
                && (new.words[first + 1].hash == Words.shared.by || new.words[first + 1].isNumber))
    }

    /// The same letters with the blanks in other places: "per cent".
    private func isSameLetters(_ edit: Alignment.Edit) -> Bool {
        guard edit.old.count <= 6, edit.new.count <= 6, !edit.old.isEmpty else { return false }
        return edit.old.flatMap { old.folded($0) } == edit.new.flatMap { new.folded($0) }
    }

    private func isDateline(_ index: Int) -> Bool { index < datelineEnd }

    // MARK: words for people

    private func change(_ kind: Change.Kind, _ words: Range<Int>, _ summary: String) -> Change {
        Change(kind: kind, words: range(new, words), summary: summary)
    }

    private func around(_ index: Int) -> Range<Int> {
        max(0, index - 1)..<min(new.words.count, index + 1)
    }

    private func range(_ words: TextWords, _ range: Range<Int>) -> TextRange? {
        guard !range.isEmpty, range.upperBound <= words.words.count else { return nil }
        return TextRange(Int(words.words[range.lowerBound].start), Int(words.words[range.upperBound - 1].end))
    }

    private func shown(_ range: Range<Int>) -> String { shown(new, range) }

    private func shown(_ words: TextWords, _ range: Range<Int>, most: Int = 16) -> String {
        let cut = range.prefix(most)
        guard let place = self.range(words, cut) else { return "" }
        let string = words.text.string(place).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return cut.count < range.count ? string + " …" : string
    }

    private func shown(_ value: Double) -> String { shownFigure(value) }
}
