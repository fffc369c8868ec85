/// Who and when, as the short lines around a page's headline show it to its readers.
struct ShownLines {
    /// The day of publication below the headline, or just above it.
    private(set) var day: CivilDate?
    /// It is called that of the publication.
    private(set) var isLabelled = false
    /// A day that is called that of a change.
    private(set) var changed: CivilDate?
    private(set) var authors: [String] = []
    /// How sure the authors are, on the scale of `PageAuthors`.
    private(set) var grade = 0

    private let page: PageBlocks
    private let order: DayOrder?
    /// The last block of the article.
    private let last: Int?

    private static let mostWords = 20
    private static let mostElsewhere = 30
    /// So many blocks below the first lines a label still tells what a line is.
    private static let beyond = 8
    /// A byline stands within so many blocks of the article's last.
    private static let closingReach = -2...6

    /// Looks at the lines from the headline's block to a little below the first block of the article, and at those
    /// around its end.
    init(_ page: PageBlocks, from headline: Int?, kept: [Int], order: DayOrder?) {
        self.page = page
        last = kept.last
        self.order = order
        let first = kept.first ?? 0
        let start = max(0, headline.map { $0 - 4 } ?? first - 8)
        let near = max(first, headline ?? 0) + 4
        let end = min(page.blocks.count, near + ShownLines.beyond)
        guard start < end else { return }
        let lines = (start..<end).filter { page.blocks[$0].words <= ShownLines.mostWords }
        // What stands below the headline goes before what stands above it.
        for index in lines.filter({ $0 >= headline ?? 0 }) + lines.filter({ $0 < headline ?? 0 }) {
            takeNames(at: index, PageAuthors.Grade.shown)
            takeDays(at: index, needsLabel: index >= near)
        }
        guard grade < PageAuthors.Grade.closing[3], let last = kept.last else { return }
        for index in ShownLines.closingReach.map({ last + $0 })
        where page.blocks.indices.contains(index) && index >= end && page.blocks[index].words <= 12 {
            takeNames(at: index, PageAuthors.Grade.closing)
        }
    }

    // MARK: names

    private mutating func takeNames(at index: Int, _ grades: [Int]) {
        guard grade < grades[3], let line = AuthorLine.labelled(page.text, page.blocks[index].range), !line.isOthers
        else {
            return
        }
        var names = line.names
        var kind = line.kind
        // "Written by", then the name in a block of its own.
        if line.isLabel, index + 1 < page.blocks.count, page.blocks[index + 1].words <= 8 {
            let next = AuthorLine(page.text, page.blocks[index + 1].range)
            if !next.isOthers { (names, kind) = (next.names, next.kind) }
        }
        guard grades[kind.rawValue] > grade else { return }
        (authors, grade) = (names, grades[kind.rawValue])
    }

    // MARK: days

    private mutating func takeDays(at index: Int, needsLabel: Bool) {
        let range = page.blocks[index].range
        guard day == nil || changed == nil, page.blocks[index].counts.digits > 2 else { return }
        for (found, date) in days(range) {
            let label = label(before: found, at: index)
            if label == .change {
                changed = changed ?? date
            } else if day == nil, label != .none || !needsLabel {
                (day, isLabelled) = (date, label == .publication)
            }
        }
    }

    /// Which of day and month comes first in a line; where language and address don't tell, another day of the page may.
    private func orderOfDays(_ range: Range<Int>) -> DayOrder? {
        guard order == nil, NumericDate.hasAmbiguous(in: page.text, range) else { return order }
        return DayOrder(in: page.text, page.text.indices)
    }

    /// The days of a line in text order, those of years that pages can be of.
    private func days(_ range: Range<Int>) -> [(range: Range<Int>, day: CivilDate)] {
        let written = WrittenDate.all(in: page.text, range).filter { $0.year != nil }.compactMap { found in
            found.date().map { (range: found.range, day: $0) }
        }
        let found = written.isEmpty ? NumericDate.all(in: page.text, range, order: orderOfDays(range)) : written
        return found.filter { (1990...2100).contains($0.day.year) }
    }

    /// The day that a line anywhere on the page says it was published or changed on; else one that stands alone where
    /// the article ends.
    func dayElsewhere() -> CivilDate? {
        var changed: CivilDate?
        for (index, block) in page.blocks.enumerated() where block.words <= ShownLines.mostElsewhere {
            guard block.counts.digits > 2, !block.isHidden else { continue }
            for (range, day) in days(block.range) {
                switch label(before: range, at: index) {
                case .publication: return day
                case .change: changed = changed ?? day
                case .none: break
                }
            }
        }
        return changed ?? dayAtEnd()
    }

    private func dayAtEnd() -> CivilDate? {
        guard let last else { return nil }
        for index in ShownLines.closingReach.map({ last + $0 })
        where page.blocks.indices.contains(index) && page.blocks[index].words <= 4
            && page.blocks[index].counts.digits > 2
        {
            let range = page.blocks[index].range
            if let (found, day) = days(range).first, found.count + 8 >= range.count { return day }
        }
        return nil
    }

    /// What the words before a day say, in its block or in a short one before that.
    private func label(before day: Range<Int>, at index: Int) -> DayLabel {
        let range = page.blocks[index].range
        let label = DayLabel(page.text, max(range.lowerBound, day.lowerBound - 40)..<day.lowerBound)
        guard label == .none, day.lowerBound - range.lowerBound < 4, index > 0, page.blocks[index - 1].words <= 3 else {
            return label
        }
        return DayLabel(page.text, page.blocks[index - 1].range)
    }
}
