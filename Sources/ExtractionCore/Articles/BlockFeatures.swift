// What the model of the main text sees of a block: its words, the elements around it, what its class names and short
// lines say, where it stands on the page, and its neighbours. A row of numbers a block, in one flat array. Train the
// weights anew when anything here changes.

/// The features of every block of a page that may be text.
struct BlockFeatures: Sendable {
    private(set) var rows: [Float] = []
    /// The number of each block's row; -1 for one that has none: a link among links, which is never text, and what comes
    /// after so many that no page has them.
    private var numbers: [Int32] = []
    /// Numbers a block; 0 for a page without blocks.
    private(set) var width = 0

    private let page: PageBlocks
    private let outline: PageOutline
    private var places: PagePlaces { outline.places }
    private static let usualWidth = 160
    static let mostRows = 16_384

    init(_ page: PageBlocks, _ outline: PageOutline) {
        self.page = page
        self.outline = outline
        guard !page.blocks.isEmpty else { return }
        rows.reserveCapacity(min(page.blocks.count, BlockFeatures.mostRows) * BlockFeatures.usualWidth)
        write()
    }

    /// Where a block's row lies in `rows`; nil when it has none.
    func row(_ block: Int) -> Range<Int>? {
        let number = Int(numbers[block])
        return number < 0 ? nil : number * width..<(number + 1) * width
    }

    /// Whether a page has more blocks than are looked at.
    var isCut: Bool { rows.count == BlockFeatures.mostRows * width }

    /// Half of a page's blocks are the links of its menus.
    private func isAmongLinks(_ index: Int) -> Bool {
        let start = max(0, index - 1)
        let end = min(page.blocks.count, index + 2)
        guard end - start == 3 else { return false }
        return page.blocks[start..<end].allSatisfy { $0.linkShare > 0.9 && $0.words <= 8 }
    }

    private mutating func write() {
        let seedSteps = steps(from: outline.seed)
        let mainSteps = steps(from: outline.main)
        let sums = RunningSums(page, outline)
        var heading = HeadingAbove()
        var count: Int32 = 0
        for index in page.blocks.indices {
            let isPassed = isAmongLinks(index) || count >= BlockFeatures.mostRows
            numbers.append(isPassed ? -1 : count)
            if !isPassed {
                let start = rows.count
                write(index, sums, heading, seedSteps, mainSteps)
                width = rows.count - start
                count += 1
            }
            let isBelow = outline.headline.map { index > $0 } ?? false
            heading.pass(page.blocks[index], outline.lines[index], isBelowHeadline: isBelow)
        }
    }

    private mutating func write(
        _ index: Int, _ sums: RunningSums, _ heading: HeadingAbove, _ seedSteps: [Int16], _ mainSteps: [Int16]
    ) {
        own(index)
        around(index)
        position(index, sums)
        said(index, sums)
        heading.write(to: &rows)
        distances(index, seedSteps, mainSteps)
        nearby(index, sums)
        for offset in -3...3 where offset != 0 { neighbour(index + offset) }
    }

    private mutating func put(_ value: Float) { rows.append(value) }
    private mutating func put(_ value: Int) { rows.append(Float(value)) }
    private mutating func put(_ value: Bool) { rows.append(value ? 1 : 0) }

    // MARK: the block itself

    private mutating func own(_ index: Int) {
        let block = page.blocks[index]
        let counts = block.counts
        let words = Float(block.words)
        let bytes = Float(block.range.count)
        let last = page.text[block.range.upperBound - 1]
        put(min(words, 100))
        put(min(words, 60))
        put(block.linkShare)
        put(block.linkedWords)
        put(counts.sentenceEnds)
        put(Float(counts.sentenceEnds) / words)
        // A full stop, an exclamation or question mark, or a closing quotation mark.
        put(last == 0x2E || last == 0x21 || last == 0x3F || last == 0x22 || last == 0x27 || last == 0x9D)
        put(last == 0x3A)
        put(last == 0x3F)
        put(ASCII.isUpper(page.text[block.range.lowerBound]))
        put(Float(counts.digits) / bytes)
        put(Float(counts.capitals) / words)
        put(counts.commas)
        put(counts.bars)
        put(bytes / words)
        put(counts.letters > 0 && counts.smallLetters == 0)
        put(counts.hasCopyright)
        put(BlockFeatures.number(block.kind))
        put(block.isInTable)
        put(block.isHidden)
        put(block.isHidden ? places.hiddenShare : -1)
        put(outline.isDated[index])
        put(outline.openingCounts[index])
        put(Float(block.boldWords) / words)
        put(block.followsImage)
        // A label before a link, as in "Read more: …", in any language.
        put(block.linkedWords >= 3 && (1...4).contains(block.words - block.linkedWords) && isLabelled(block))
    }

    /// What is not linked stands before a colon.
    private func isLabelled(_ block: PageBlock) -> Bool {
        let unlinked = block.words - block.linkedWords
        guard let colon = page.text[block.range.prefix(60)].firstIndex(of: 0x3A) else { return false }
        return WordCounts(page.text, block.range.lowerBound..<colon).words == unlinked
    }

    private static func number(_ kind: Block.Kind) -> Int {
        switch kind {
        case .heading: 0
        case .paragraph: 1
        case .caption: 2
        case .quote: 3
        case .listItem: 4
        }
    }

    // MARK: the elements around it

    /// Elements whose choice by an author or a template says much.
    private static let landmarks: [HTMLTag] = [
        .article, .main, .header, .footer, .nav, .aside, .form, .figure, .section, .ul, .ol, .table, .blockquote,
        .details,
    ]
    private static let tags: [HTMLTag] = [
        .p, .li, .h1, .h2, .h3, .h4, .h5, .h6, .td, .th, .dd, .dt, .blockquote, .div, .section, .article, .pre,
        .figcaption,
    ]
    /// By a tag's raw value: its place among the landmarks, -1 for the others; and its number among the tags.
    private static let landmarkOf: [Int] = numbers(landmarks, besides: -1)
    private static let tagNumber: [Int] = numbers(tags, besides: tags.count)

    private static func numbers(_ list: [HTMLTag], besides other: Int) -> [Int] {
        var numbers = [Int](repeating: other, count: 256)
        for (number, tag) in list.enumerated() { numbers[Int(tag.rawValue)] = number }
        return numbers
    }

    private func tag(of block: Int) -> Int {
        let place = places.ofBlock[block]
        return place < 0 ? BlockFeatures.tags.count : BlockFeatures.tagNumber[Int(places.all[place].tag.rawValue)]
    }

    private mutating func around(_ index: Int) {
        let innermost = places.ofBlock[index]
        put(tag(of: index))
        put(innermost < 0 ? 0 : places.all[innermost].depth)
        let nearest = rows.count
        for _ in BlockFeatures.landmarks { put(40) }
        let levels = rows.count
        for _ in 0..<4 { putLevel(outline.totalWords, 0.5, 1, 0.5, page.blocks.count) }
        var half = -1
        var halfSteps = 40
        var mostSteps = 40
        var near = Odds()
        var level = 0
        var steps = 0
        var at = innermost
        while at >= 0 {
            let landmark = BlockFeatures.landmarkOf[Int(places.all[at].tag.rawValue)]
            if landmark >= 0, rows[nearest + landmark] == 40 { rows[nearest + landmark] = Float(min(steps, 39)) }
            if steps < 3 { near.add(places.all[at].odds) }
            if steps == 1 || steps == 2 || steps == 3 || steps == 5 {
                setLevel(levels + level * 5, at)
                level += 1
            }
            let prose = places.all[at].prose
            if half < 0, prose >= outline.totalProse * 0.5 { (half, halfSteps) = (at, steps) }
            if mostSteps == 40, prose >= outline.totalProse * 0.8 { mostSteps = min(steps, 39) }
            at = places.all[at].parent
            steps += 1
        }
        put(halfSteps)
        put(half < 0 ? 0 : places.all[half].prose / outline.totalProse)
        put(half < 0 ? 0 : places.all[half].proseShare)
        put(half < 0 ? 0 : places.all[half].linkShare)
        put(mostSteps)
        put(innermost < 0 ? Odds() : places.all[innermost].pathOdds)
        put(near)
        let group = outline.group(of: index)
        put(min(group.blocks, BlockFeatures.mostBlocks))
        put(min(Float(group.words), BlockFeatures.mostWords))
        put(group.prose / outline.totalProse)
    }

    private mutating func put(_ odds: Odds) {
        put(odds.sum)
        put(odds.least)
        put(odds.most)
    }

    private mutating func putLevel(_ words: Float, _ links: Float, _ share: Float, _ prose: Float, _ blocks: Int) {
        put(min(words, BlockFeatures.mostWords))
        put(links)
        put(share)
        put(prose)
        put(min(blocks, BlockFeatures.mostBlocks))
    }

    private mutating func setLevel(_ start: Int, _ place: Int) {
        rows[start] = min(Float(places.all[place].words), BlockFeatures.mostWords)
        rows[start + 1] = places.all[place].linkShare
        rows[start + 2] = places.all[place].prose / outline.totalProse
        rows[start + 3] = places.all[place].proseShare
        rows[start + 4] = Float(min(places.all[place].blocks, BlockFeatures.mostBlocks))
    }

    // MARK: its place on the page

    private mutating func position(_ index: Int, _ sums: RunningSums) {
        let count = page.blocks.count
        put(Float(index) / Float(count))
        put(min(index, BlockFeatures.farthest))
        put(min(count - index, BlockFeatures.farthest))
        put(sums.words[index] / outline.totalWords)
        put(distance(index, from: outline.headline))
        put(outline.overlaps[index].ofBlock)
        put(outline.overlaps[index].ofTitle)
        put(min(outline.totalWords, BlockFeatures.mostWords))
        put(min(outline.totalProse, 400))
        put(min(count, 100))
    }

    /// Beyond these a page is simply long, and its later parts are no less its text.
    private static let mostWords: Float = 600
    private static let mostBlocks = 60
    private static let farthest = 40
    private static let unknown = -999

    private func distance(_ index: Int, from block: Int?) -> Int {
        block.map { max(-30, min(index - $0, BlockFeatures.farthest)) } ?? BlockFeatures.unknown
    }

    private mutating func said(_ index: Int, _ sums: RunningSums) {
        put(outline.lines[index])
        let before = index > 0 ? outline.lines[index - 1] : Odds()
        let after = index + 1 < outline.lines.count ? outline.lines[index + 1] : Odds()
        put(before.sum)
        put(before.least)
        put(after.sum)
        put(after.least)
        put(outline.isRepeat[index])
        put(outline.isDescribed[index])
        put(page.blocks[index].counts.saysCookie)
        put(sums.cookies[min(page.blocks.count, index + 9)] - sums.cookies[max(0, index - 8)])
        put(sums.cookies[min(page.blocks.count, index + 4)] - sums.cookies[max(0, index - 3)])
    }

    /// How many steps up each element around a block is; -1 for the others.
    private func steps(from block: Int?) -> [Int16] {
        var steps = [Int16](repeating: -1, count: places.all.count)
        var at = block.map { places.ofBlock[$0] } ?? -1
        var count: Int16 = 0
        while at >= 0 {
            steps[at] = count
            count += 1
            at = places.all[at].parent
        }
        return steps
    }

    private mutating func distances(_ index: Int, _ seedSteps: [Int16], _ mainSteps: [Int16]) {
        putCommon(index, seedSteps)
        put(distance(index, from: outline.seed))
        putCommon(index, mainSteps)
        put(outline.signatures[index] == outline.signatures[outline.main])
    }

    /// Steps up to the first element that is around both, from here and from there.
    private mutating func putCommon(_ index: Int, _ other: [Int16]) {
        var at = places.ofBlock[index]
        var steps = 0
        while at >= 0, other[at] < 0 {
            at = places.all[at].parent
            steps += 1
        }
        put(at < 0 ? 40 : steps)
        put(at < 0 ? 40 : Int(other[at]))
    }

    private mutating func nearby(_ index: Int, _ sums: RunningSums) {
        let count = page.blocks.count
        let (low, high) = (max(0, index - 8), min(count, index + 9))
        put(sums.linkedHeadings[high] - sums.linkedHeadings[low])
        put(sums.dates[high] - sums.dates[low])
        var before: Float = 0
        for at in max(0, index - 6)..<index { before = min(before, outline.lines[at].least) }
        put(before)
        var after: Float = 0
        for at in index + 1..<max(index + 1, min(count, index + 5)) { after = min(after, outline.lines[at].least) }
        put(after)
        put((sums.lines[index] - sums.lines[max(0, index - 10)]) / 10)
        putMean(index, 5, sums)
        putMean(index, 10, sums)
        putMean(index, 20, sums)
        put(sums.prose[index] / outline.totalProse)
    }

    private mutating func putMean(_ index: Int, _ radius: Int, _ sums: RunningSums) {
        let (low, high) = (max(0, index - radius), min(page.blocks.count, index + radius + 1))
        put((sums.prose[high] - sums.prose[low]) / Float(high - low))
    }

    private mutating func neighbour(_ index: Int) {
        guard page.blocks.indices.contains(index) else {
            for _ in 0..<6 { put(-1) }
            return
        }
        let block = page.blocks[index]
        put(block.words)
        put(block.linkShare)
        put(Float(block.counts.sentenceEnds) / Float(block.words))
        put(BlockFeatures.number(block.kind))
        put(places.prose[index])
        put(tag(of: index))
    }
}

/// Sums over the blocks before each one, so that those of a stretch are differences.
private struct RunningSums {
    var words: [Float] = [0]
    var prose: [Float] = [0]
    var lines: [Float] = [0]
    var linkedHeadings: [Float] = [0]
    var dates: [Float] = [0]
    var cookies: [Float] = [0]

    init(_ page: PageBlocks, _ outline: PageOutline) {
        for (index, block) in page.blocks.enumerated() {
            words.append(words[index] + Float(block.words))
            prose.append(prose[index] + outline.places.prose[index])
            lines.append(lines[index] + outline.lines[index].sum)
            linkedHeadings.append(linkedHeadings[index] + (block.kind == .heading && block.linkShare > 0.6 ? 1 : 0))
            cookies.append(cookies[index] + (block.counts.saysCookie ? 1 : 0))
            dates.append(dates[index] + (outline.isDated[index] && block.words <= 8 ? 1 : 0))
        }
    }
}

/// The heading that a block stands under.
private struct HeadingAbove {
    private var line = Odds()
    private var linkShare: Float = 0
    private var distance: Float = 99
    private var least: Float = 0

    func write(to rows: inout [Float]) {
        rows.append(line.sum)
        rows.append(line.least)
        rows.append(min(distance, 12))
        rows.append(linkShare)
        rows.append(least)
    }

    mutating func pass(_ block: PageBlock, _ line: Odds, isBelowHeadline: Bool) {
        guard block.kind == .heading else {
            distance += 1
            return
        }
        self.line = line
        linkShare = block.linkShare
        distance = 0
        if isBelowHeadline { least = min(least, line.least) }
    }
}
