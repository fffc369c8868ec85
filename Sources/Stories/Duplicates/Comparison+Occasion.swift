import ExtractionCore

// The same words can be printed about two events: "Fire at Harrow Quay" today and "Fire at Lenne" an hour later, from
// one desk's form. An update corrects one thing and keeps what says where and who; another occasion changes that.

extension Comparison {
    /// Whether the new text has another place in its lead, another number of a place ("dock 7"), or most names changed.
    func isElsewhere() -> Bool {
        if isCorrected() { return false }
        let swaps = alignment.edits.filter(isSwap)
        if swaps.isEmpty { return false }
        if swaps.contains(where: { isInLead($0) && (swapsPlace($0) || swapsPlaceNumber($0)) }) { return true }
        return swaps.count(where: swapsPlaceNumber) > 1 || swapsMostNames(swaps)
    }

    /// Whether the words of an edit stand where a place stands: "at …", "near …".
    func namesPlace(_ edit: Alignment.Edit) -> Bool {
        guard edit.new.lowerBound > 0, isName(new, edit.new.lowerBound) else { return false }
        return isLocative(new.words[edit.new.lowerBound - 1])
    }

    private static let longestSwap = 6
    private static let leadWords = 40

    private func isLocative(_ word: NormalWord) -> Bool { Words.shared.locatives.contains(word.hash) }

    private func isCorrected() -> Bool {
        alignment.edits.contains { edit in
            edit.new.contains { Words.shared.corrections.contains(new.words[$0].hash) }
        }
    }

    /// A few words for a few words, outside datelines and furniture.
    private func isSwap(_ edit: Alignment.Edit) -> Bool {
        let sizes = 1...Comparison.longestSwap
        return sizes.contains(edit.old.count) && sizes.contains(edit.new.count) && edit.new.lowerBound >= datelineEnd
            && !edit.new.contains { isFurniture[$0] }
    }

    private func isInLead(_ edit: Alignment.Edit) -> Bool {
        edit.new.lowerBound < datelineEnd + Comparison.leadWords
    }

    /// One name for another after "at", "in", "near"; neither text knows the other's.
    private func swapsPlace(_ edit: Alignment.Edit) -> Bool {
        guard namesPlace(edit), isName(old, edit.old.lowerBound), edit.old.lowerBound > 0,
            isLocative(old.words[edit.old.lowerBound - 1])
        else { return false }
        return isForeign(edit.old.lowerBound, of: old, in: new) && isForeign(edit.new.lowerBound, of: new, in: old)
            && !isMisspelt(edit.new.lowerBound, edit) && !isShortForm(edit)
    }

    private func isForeign(_ index: Int, of words: TextWords, in other: TextWords) -> Bool {
        let hash = words.words[index].hash
        let isDay = Words.shared.weekdays.contains(hash) || Words.shared.months.contains(hash)
        return !isDay && !other.words.contains { $0.hash == hash }
    }

    /// "Okla." for "Oklahoma", "U.S." for "United States".
    private func isShortForm(_ edit: Alignment.Edit) -> Bool {
        let (one, two) = (old.folded(edit.old.lowerBound), new.folded(edit.new.lowerBound))
        let letters = (one.filter { $0 != 0x2E }, two.filter { $0 != 0x2E })
        if letters.0.count >= 2, letters.1.count >= 2, letters.0.prefix(2) == letters.1.prefix(2) { return true }
        return isInitials(letters.0, of: edit.new, new) || isInitials(letters.1, of: edit.old, old)
    }

    private func isInitials(_ letters: [UInt8], of range: Range<Int>, _ words: TextWords) -> Bool {
        range.count > 1 && letters == range.compactMap { words.folded($0).first }
    }

    /// "dock 7" for "dock 0": a number that says which one, not how many.
    private func swapsPlaceNumber(_ edit: Alignment.Edit) -> Bool {
        guard edit.old.count == 1, edit.new.count == 1, isPlaceNumber(old, edit.old.lowerBound),
            isPlaceNumber(new, edit.new.lowerBound), let before = old.number(edit.old.lowerBound),
            let after = new.number(edit.new.lowerBound)
        else { return false }
        return !before.agrees(with: after)
    }

    private func isPlaceNumber(_ words: TextWords, _ index: Int) -> Bool {
        let number = words.words[index]
        guard index >= 2, number.isNumber, let value = words.number(index), value.slack == 0 else { return false }
        let noun = words.words[index - 1]
        let before = words.words[index - 2]
        guard isNounLike(words, index - 1),
            isLocative(before) || (before.hash == Words.shared.the && !noun.isCapitalised)
        else { return false }
        if noun.opensSentence || number.opensSentence { return false }
        guard index + 1 < words.words.count else { return true }
        let next = words.words[index + 1]
        return next.opensSentence || next.isCapitalised || isMarked(words, index) || !isCounted(words, index + 1)
    }

    /// What is counted follows its number: "in clashes 12 soldiers".
    private func isCounted(_ words: TextWords, _ index: Int) -> Bool {
        let letters = words.folded(index)
        return Words.shared.counted.contains(words.words[index].hash)
            || (letters.count > 3 && letters.last == UInt8(ascii: "s") && letters.suffix(2) != Array("ss".utf8)[...])
    }

    private func isNounLike(_ words: TextWords, _ index: Int) -> Bool {
        let word = words.words[index]
        let known = Words.shared
        if word.isMasked || word.isStop || known.measures.contains(word.hash) { return false }
        if known.months.contains(word.hash) || known.weekdays.contains(word.hash) || isLocative(word) { return false }
        let letters = words.folded(index)
        return letters.count >= 3
            && !["ly", "ed", "ing"].contains { letters.suffix($0.utf8.count) == Array($0.utf8)[...] }
    }

    /// A comma or another mark stands behind a word.
    private func isMarked(_ words: TextWords, _ index: Int) -> Bool {
        let end = Int(words.words[index].end)
        return end < words.count && words[end] != UInt8(ascii: " ") && words[end] != UInt8(ascii: "-")
    }

    /// Two and more names exchanged, and fewer kept than lost.
    private func swapsMostNames(_ swaps: [Alignment.Edit]) -> Bool {
        let (before, after) = (names(old), names(new))
        let gone = swaps.reduce(into: Set<UInt64>()) { set, edit in
            for index in edit.old where isName(old, index) && !after.contains(old.words[index].hash) {
                set.insert(old.words[index].hash)
            }
        }
        let fresh = swaps.reduce(into: Set<UInt64>()) { set, edit in
            for index in edit.new where isName(new, index) && !before.contains(new.words[index].hash) {
                set.insert(new.words[index].hash)
            }
        }
        guard gone.count >= 2, fresh.count >= 2 else { return false }
        return before.intersection(after).count < min(gone.count, fresh.count)
    }

    private func names(_ words: TextWords) -> Set<UInt64> {
        let known = Words.shared
        var names: Set<UInt64> = []
        for index in words.words.indices where isName(words, index) {
            let hash = words.words[index].hash
            if !known.weekdays.contains(hash), !known.months.contains(hash) { names.insert(hash) }
        }
        return names
    }
}
