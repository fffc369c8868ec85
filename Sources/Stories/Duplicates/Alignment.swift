import ExtractionCore

/// How the words of a new text follow from those of an old one.
///
/// Order-free: a passage that moved is not news. Runs of three and more equal words are found by a table of the old
/// text's 3-grams; only the short gaps between them are compared word by word. Linear in both texts.
struct Alignment {
    /// Words of the old text that were replaced by words of the new; either may be empty.
    struct Edit: Hashable {
        let old: Range<Int>
        let new: Range<Int>
    }

    private(set) var edits: [Edit] = []
    /// For each word of the new text, whether the old one has it in the same company.
    private(set) var isCovered: [Bool]
    /// The same for the old text.
    private(set) var isKept: [Bool]

    private struct Run {
        var old: Int
        var new: Int
        var count: Int
        var oldEnd: Int { old + count }
        var newEnd: Int { new + count }
    }

    /// Gaps up to this many words are compared word by word.
    private static let longestGap = 64

    init(_ old: TextWords, _ new: TextWords) {
        isCovered = [Bool](repeating: false, count: new.words.count)
        isKept = [Bool](repeating: false, count: old.words.count)
        let runs = Alignment.runs(old.words, new.words)
        for run in runs { cover(run) }
        var previous = Run(old: 0, new: 0, count: 0)
        for run in runs {
            addGap(old: gap(previous.oldEnd, run.old), new: previous.newEnd..<run.new, old, new)
            previous = run
        }
        let tail = runs.isEmpty ? 0..<old.words.count : gap(previous.oldEnd, old.words.count)
        addGap(old: tail, new: previous.newEnd..<new.words.count, old, new)
    }

    private mutating func cover(_ run: Run) {
        for offset in 0..<run.count {
            isKept[run.old + offset] = true
            isCovered[run.new + offset] = true
        }
    }

    /// The old words between two runs; none when the second was moved in front of the first.
    private func gap(_ start: Int, _ end: Int) -> Range<Int> { start <= end ? start..<end : start..<start }

    private mutating func addGap(old: Range<Int>, new: Range<Int>, _ oldWords: TextWords, _ newWords: TextWords) {
        if old.isEmpty && new.isEmpty { return }
        if old.isEmpty || new.isEmpty || old.count * new.count > Alignment.longestGap * Alignment.longestGap {
            edits.append(Edit(old: old, new: new))
            return
        }
        compare(old, new, oldWords, newWords)
    }

    // MARK: runs of equal words

    private static func runs(_ old: [NormalWord], _ new: [NormalWord]) -> [Run] {
        guard old.count >= 3, new.count >= 3 else { return [] }
        let table = TrigramTable(old)
        var runs: [Run] = []
        var index = 0
        var newEnd = 0
        var oldEnd = 0
        while index + 2 < new.count {
            guard let match = table.position(of: new, at: index, after: oldEnd) else {
                index += 1
                continue
            }
            var run = Run(old: match, new: index, count: 3)
            while run.oldEnd < old.count, run.newEnd < new.count, old[run.oldEnd].hash == new[run.newEnd].hash {
                run.count += 1
            }
            while run.new > newEnd, run.old > 0, run.old != oldEnd, old[run.old - 1].hash == new[run.new - 1].hash {
                run.old -= 1
                run.new -= 1
                run.count += 1
            }
            runs.append(run)
            (newEnd, oldEnd, index) = (run.newEnd, run.oldEnd, run.newEnd)
        }
        return withoutStrays(runs, new)
    }

    /// Drops a short run that lies far from where both its neighbours say the text is: a phrase, not a passage.
    ///
    /// One with a figure must lie just where a neighbour leads: "26 people were killed" of one source is no passage that
    /// moved into another source's sentence, where it was 18.
    private static func withoutStrays(_ runs: [Run], _ new: [NormalWord]) -> [Run] {
        guard runs.count > 1 else { return runs }
        return runs.indices.filter { index in
            let run = runs[index]
            if run.count > 5 { return true }
            let before = index > 0 ? runs[index - 1] : Run(old: 0, new: 0, count: 0)
            let after = index + 1 < runs.count ? runs[index + 1] : nil
            if new[run.new..<run.newEnd].contains(where: \.isNumber) {
                let fitsBefore = abs((run.old - before.oldEnd) - (run.new - before.newEnd)) <= 8
                let fitsAfter = after.map { abs(($0.old - run.oldEnd) - ($0.new - run.newEnd)) <= 8 } ?? false
                return fitsBefore || fitsAfter
            }
            let isNearPrevious = abs(run.old - before.oldEnd) <= 40
            return isNearPrevious || after.map { abs($0.old - run.oldEnd) <= 40 } ?? false
        }.map { runs[$0] }
    }

    // MARK: short gaps

    /// Aligns two short stretches with least cost; words that differ in spelling alone count as nearly equal.
    private mutating func compare(
        _ old: Range<Int>, _ new: Range<Int>, _ oldWords: TextWords, _ newWords: TextWords
    ) {
        let width = new.count + 1
        var cost = [Int](repeating: 0, count: (old.count + 1) * width)
        for row in 0...old.count { cost[row * width] = row * 2 }
        for column in 0...new.count { cost[column] = column * 2 }
        func change(_ row: Int, _ column: Int) -> Int {
            let (oldIndex, newIndex) = (old.lowerBound + row - 1, new.lowerBound + column - 1)
            if oldWords.words[oldIndex].hash == newWords.words[newIndex].hash { return 0 }
            return isSpelling(oldWords, oldIndex, newWords, newIndex) ? 1 : 3
        }
        for row in stride(from: 1, through: old.count, by: 1) {
            for column in stride(from: 1, through: new.count, by: 1) {
                cost[row * width + column] = min(
                    cost[(row - 1) * width + column - 1] + change(row, column),
                    cost[(row - 1) * width + column] + 2, cost[row * width + column - 1] + 2)
            }
        }
        var (row, column) = (old.count, new.count)
        var (oldEnd, newEnd) = (row, column)
        var found: [Edit] = []
        func close() {
            if row < oldEnd || column < newEnd {
                found.append(
                    Edit(
                        old: old.lowerBound + row..<old.lowerBound + oldEnd,
                        new: new.lowerBound + column..<new.lowerBound + newEnd))
            }
        }
        while row > 0 || column > 0 {
            let here = cost[row * width + column]
            if row > 0, column > 0, change(row, column) < 2,
                here == cost[(row - 1) * width + column - 1] + change(row, column)
            {
                close()
                row -= 1
                column -= 1
                isKept[old.lowerBound + row] = true
                isCovered[new.lowerBound + column] = true
                (oldEnd, newEnd) = (row, column)
            } else if row > 0, column > 0, here == cost[(row - 1) * width + column - 1] + 3 {
                row -= 1
                column -= 1
            } else if row > 0, here == cost[(row - 1) * width + column] + 2 {
                row -= 1
            } else {
                column -= 1
            }
        }
        close()
        edits.append(contentsOf: found.reversed())
    }
}

/// A text with its words.
struct TextWords {
    let text: Text
    let words: [NormalWord]

    init(_ text: Text) {
        self.text = text
        words = normalWords(of: text)
    }

    /// A word's bytes, ASCII letters lower-cased.
    func folded(_ index: Int) -> [UInt8] {
        let word = words[index]
        let upper = min(text.count, Int(word.end))
        return text.bytes[min(Int(word.start), upper)..<upper].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    }
}

/// The places of a text's 3-grams.
private struct TrigramTable {
    private let words: [NormalWord]
    private var heads: [Int32]
    private var next: [Int32]

    init(_ words: [NormalWord]) {
        self.words = words
        var size = 16
        while size < words.count * 2 { size *= 2 }
        heads = [Int32](repeating: -1, count: size)
        next = [Int32](repeating: -1, count: words.count)
        for index in stride(from: words.count - 3, through: 0, by: -1) {
            let slot = slot(words, index)
            next[index] = heads[slot]
            heads[slot] = Int32(truncatingIfNeeded: index)
        }
    }

    private func slot(_ words: [NormalWord], _ index: Int) -> Int {
        let key = words[index].hash &+ (words[index + 1].hash << 21 | words[index + 1].hash >> 43)
        return Int(truncatingIfNeeded: (key ^ words[index + 2].hash) &* 0x9E37_79B9_7F4A_7C15 >> 32) & (heads.count - 1)
    }

    /// Where the three words at `index` stand: at or after `wanted` if they do, else anywhere.
    func position(of new: [NormalWord], at index: Int, after wanted: Int) -> Int? {
        var place = Int(heads[slot(new, index)])
        var first: Int?
        var steps = 0
        while place >= 0, steps < 32 {
            if words[place].hash == new[index].hash, words[place + 1].hash == new[index + 1].hash,
                words[place + 2].hash == new[index + 2].hash
            {
                if place >= wanted { return place }
                if first == nil { first = place }
            }
            place = Int(next[place])
            steps += 1
        }
        return first
    }
}
