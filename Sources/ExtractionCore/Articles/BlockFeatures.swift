// What the model of the main text sees of a block: its words, the elements around it, what its class names and short
// lines say, where it stands on the page, and its neighbours. A row of numbers a block, in one flat array.

/// The features of every block of a page.
struct BlockFeatures: Sendable {
    private(set) var rows: [Float] = []
    /// Numbers a block; 0 for a page without blocks.
    private(set) var width = 0

    private let page: PageBlocks
    private let places: PagePlaces
    private let lines: [Odds]
    private let title: TitleWords
    private let description: [UInt8]
    private var overlaps: [TitleWords.Overlap] = []
    private var groups: [UInt64: Group] = [:]
    private var isDated: [Bool] = []
    private var openings: [UInt64: Int] = [:]
    /// The block of the headline, the first prose below it, and the first block of the kind that holds most prose.
    private var headline: Int?
    private var seed: Int?
    private var main = 0
    private let totalWords: Float
    private let totalProse: Float

    /// Blocks that are marked up alike.
    private struct Group {
        var first: Int
        var blocks = 0
        var words = 0
        var prose: Float = 0

        mutating func add(_ block: PageBlock, prose: Float) {
            blocks += 1
            words += block.words
            self.prose += prose
        }
    }

    init(_ tree: MarkupTree, _ page: PageBlocks, _ model: BlockModel, title: String?, description: String?) {
        self.page = page
        places = PagePlaces(tree, page, model)
        lines = page.blocks.map { ShortLine.odds(page.text, $0, model) }
        self.title = TitleWords(title ?? "")
        self.description = FoldedWords.folded(Array((description ?? "").utf8).prefix(2000), limit: 2000)
        totalWords = Float(max(1, page.blocks.reduce(0) { $0 + $1.words }))
        totalProse = max(1, places.prose.reduce(0, +))
        guard !page.blocks.isEmpty else { return }
        look()
        write()
    }

    func row(_ block: Int) -> ArraySlice<Float> { rows[block * width..<(block + 1) * width] }

    // MARK: the page

    private mutating func look() {
        for (index, block) in page.blocks.enumerated() {
            let overlap = block.words <= 40 ? title.overlap(page.text, block.range) : TitleWords.Overlap()
            overlaps.append(overlap)
            isDated.append(ShortLine.isDated(page.text, block.range.prefix(80)))
            openings[ShortLine.opening(page.text, block.range), default: 0] += 1
            groups[signature(index), default: Group(first: index)].add(block, prose: places.prose[index])
            if headline == nil, place(index)?.tag == .h1, overlap.ofBlock > 0.5 { headline = index }
        }
        headline =
            headline
            ?? page.blocks.indices.first {
                page.blocks[$0].kind == .heading && overlaps[$0].ofBlock > 0.7 && overlaps[$0].ofTitle > 0.7
            }
        seed = page.blocks.indices.first { places.prose[$0] >= 15 && $0 > headline ?? -1 }
        main = groups.values.max { ($0.prose, $1.first) < ($1.prose, $0.first) }?.first ?? 0
    }

    private func place(_ block: Int) -> PagePlaces.Place? {
        let place = places.ofBlock[block]
        return place < 0 ? nil : places.all[place]
    }

    private func signature(_ block: Int) -> UInt64 {
        guard let place = place(block) else { return 0 }
        let outer = place.parent < 0 ? 0 : places.all[place.parent].signature
        return place.signature ^ (outer << 7 | outer >> 57)
    }

    // MARK: the rows

    private mutating func write() {
        let seedSteps = steps(from: seed)
        let mainSteps = steps(from: main)
        var state = Running()
        var heading = HeadingAbove()
        var seen: Set<UInt64> = []
        let linkedHeadings = sums { $0.kind == .heading && $0.linkShare > 0.6 }
        let proseSums = places.prose.reduce(into: [Float(0)]) { $0.append(($0.last ?? 0) + $1) }
        let lineSums = lines.reduce(into: [Float(0)]) { $0.append(($0.last ?? 0) + $1.sum) }
        var dated = [0]
        for (index, block) in page.blocks.enumerated() {
            dated.append((dated.last ?? 0) + (isDated[index] && block.words <= 8 ? 1 : 0))
        }
        for index in page.blocks.indices {
            let start = rows.count
            own(index)
            around(index)
            position(index, state)
            said(index, &seen)
            rows += heading.values
            heading.pass(page.blocks[index], lines[index], isBelowHeadline: headline.map { index > $0 } ?? false)
            distances(index, seedSteps, mainSteps)
            let count = page.blocks.count
            let (low, high) = (max(0, index - 8), min(count, index + 9))
            rows.append(Float(linkedHeadings[high] - linkedHeadings[low]))
            rows.append(Float(dated[high] - dated[low]))
            rows.append(lines[max(0, index - 6)..<index].reduce(0) { min($0, $1.least) })
            rows.append(lines[index + 1..<min(count, max(index + 1, index + 5))].reduce(0) { min($0, $1.least) })
            rows.append((lineSums[index] - lineSums[max(0, index - 10)]) / 10)
            for radius in [5, 10, 20] {
                let (low, high) = (max(0, index - radius), min(count, index + radius + 1))
                rows.append((proseSums[high] - proseSums[low]) / Float(high - low))
            }
            rows.append(proseSums[index] / totalProse)
            for offset in [-3, -2, -1, 1, 2, 3] { neighbour(index + offset) }
            state.words += page.blocks[index].words
            width = rows.count - start
        }
    }

    /// What a row is made of besides, as the page is gone through.
    private struct Running { var words = 0 }

    private func sums(_ isCounted: (PageBlock) -> Bool) -> [Int] {
        page.blocks.reduce(into: [0]) { $0.append(($0.last ?? 0) + (isCounted($1) ? 1 : 0)) }
    }

    private mutating func own(_ index: Int) {
        let block = page.blocks[index]
        let counts = block.counts
        let words = Float(block.words)
        let bytes = Float(block.range.count)
        let last = page.text[block.range.upperBound - 1]
        let first = page.text[block.range.lowerBound]
        let endsWithMark = [0x2E, 0x21, 0x3F, 0x22, 0x27].contains(last) || page.text[block.range].suffix(2) == [0x80, 0x9D]
        rows += [
            words, min(words, 60), block.linkShare, Float(block.linkedWords), Float(counts.sentenceEnds),
            Float(counts.sentenceEnds) / words, endsWithMark ? 1 : 0, last == 0x3A ? 1 : 0, last == 0x3F ? 1 : 0,
            ASCII.isUpper(first) ? 1 : 0, Float(counts.digits) / bytes, Float(counts.capitals) / words,
            Float(counts.commas), Float(counts.bars), bytes / words,
            counts.letters > 0 && counts.smallLetters == 0 ? 1 : 0, counts.hasCopyright ? 1 : 0,
            BlockFeatures.number(block.kind), block.isInTable ? 1 : 0, block.isHidden ? 1 : 0,
            block.isHidden ? places.hiddenShare : -1, isDated[index] ? 1 : 0,
            Float(openings[ShortLine.opening(page.text, block.range)] ?? 1),
        ]
    }

    private static func number(_ kind: Block.Kind) -> Float {
        switch kind {
        case .heading: 0
        case .paragraph: 1
        case .caption: 2
        case .quote: 3
        case .listItem: 4
        }
    }

    /// Elements that an author's or a template's choice of says much.
    private static let landmarks: [HTMLTag] = [
        .article, .main, .header, .footer, .nav, .aside, .form, .figure, .section, .ul, .ol, .table, .blockquote,
        .details,
    ]
    private static let tags: [HTMLTag] = [
        .p, .li, .h1, .h2, .h3, .h4, .h5, .h6, .td, .th, .dd, .dt, .blockquote, .div, .section, .article, .pre,
        .figcaption,
    ]

    private static func number(_ tag: HTMLTag?) -> Float {
        Float(tag.flatMap { tags.firstIndex(of: $0) } ?? tags.count)
    }

    private mutating func around(_ index: Int) {
        rows.append(BlockFeatures.number(place(index)?.tag))
        rows.append(Float(place(index)?.depth ?? 0))
        var nearest = [Float](repeating: 40, count: BlockFeatures.landmarks.count)
        var levels: [Float] = []
        var half: (steps: Float, place: PagePlaces.Place)?
        var most: Float = 40
        var near = Odds()
        var at = places.ofBlock[index]
        var steps = 0
        while at >= 0 {
            let place = places.all[at]
            if let landmark = BlockFeatures.landmarks.firstIndex(of: place.tag), nearest[landmark] == 40 {
                nearest[landmark] = Float(min(steps, 39))
            }
            if steps < 3 { near.add(place.odds) }
            if [1, 2, 3, 5].contains(steps) { levels += level(place) }
            if half == nil, place.prose >= totalProse * 0.5 { half = (Float(steps), place) }
            if most == 40, place.prose >= totalProse * 0.8 { most = Float(min(steps, 39)) }
            at = place.parent
            steps += 1
        }
        while levels.count < 20 { levels += [totalWords, 0.5, 1, 0.5, Float(page.blocks.count)] }
        rows += nearest
        rows += levels
        rows += [half?.steps ?? 40, (half?.place.prose ?? 0) / totalProse, half?.place.proseShare ?? 0]
        rows += [half?.place.linkShare ?? 0, most]
        let path = place(index)?.pathOdds ?? Odds()
        rows += [path.sum, path.least, path.most, near.sum, near.least, near.most]
        let group = groups[signature(index)]
        rows += [Float(group?.blocks ?? 0), Float(group?.words ?? 0), (group?.prose ?? 0) / totalProse]
    }

    private func level(_ place: PagePlaces.Place) -> [Float] {
        [Float(place.words), place.linkShare, place.prose / totalProse, place.proseShare, Float(place.blocks)]
    }

    private mutating func position(_ index: Int, _ state: Running) {
        let count = page.blocks.count
        rows += [
            Float(index) / Float(count), Float(index), Float(count - index), Float(state.words) / totalWords,
            headline.map { Float(index - $0) } ?? -999, overlaps[index].ofBlock, overlaps[index].ofTitle, totalWords,
            totalProse, Float(count),
        ]
    }

    private mutating func said(_ index: Int, _ seen: inout Set<UInt64>) {
        let block = page.blocks[index]
        let line = lines[index]
        let before = index > 0 ? lines[index - 1] : Odds()
        let after = index + 1 < lines.count ? lines[index + 1] : Odds()
        rows += [line.sum, line.least, line.most, before.sum, before.least, after.sum, after.least]
        let hash = page.text[block.range].reduce(OddsTable.seed, OddsTable.step)
        rows.append(seen.insert(hash).inserted ? 0 : 1)
        var isDescribed = false
        if block.words >= 6, !description.isEmpty {
            let opening = FoldedWords.folded(page.text[block.range], limit: 60)
            isDescribed = ASCII.find(opening, in: description, description.indices) != nil
        }
        rows.append(isDescribed ? 1 : 0)
    }

    /// How many steps up each element around a block is.
    private func steps(from block: Int?) -> [Int: Int] {
        var steps: [Int: Int] = [:]
        var at = block.map { places.ofBlock[$0] } ?? -1
        while at >= 0 {
            steps[at] = steps.count
            at = places.all[at].parent
        }
        return steps
    }

    private mutating func distances(_ index: Int, _ seedSteps: [Int: Int], _ mainSteps: [Int: Int]) {
        rows += common(index, seedSteps)
        rows.append(seed.map { Float(index - $0) } ?? -999)
        rows += common(index, mainSteps)
        rows.append(signature(index) == signature(main) ? 1 : 0)
    }

    /// Steps up to the first element that is around both, from here and from there.
    private func common(_ index: Int, _ other: [Int: Int]) -> [Float] {
        var at = places.ofBlock[index]
        var steps = 0
        while at >= 0 {
            if let there = other[at] { return [Float(steps), Float(there)] }
            at = places.all[at].parent
            steps += 1
        }
        return [40, 40]
    }

    private mutating func neighbour(_ index: Int) {
        guard page.blocks.indices.contains(index) else {
            rows += [-1, -1, -1, -1, -1, -1]
            return
        }
        let block = page.blocks[index]
        rows += [
            Float(block.words), block.linkShare, Float(block.counts.sentenceEnds) / Float(block.words),
            BlockFeatures.number(block.kind), places.prose[index], BlockFeatures.number(place(index)?.tag),
        ]
    }
}

/// The heading that a block stands under.
private struct HeadingAbove {
    private var line = Odds()
    private var linkShare: Float = 0
    private var distance: Float = 99
    private var least: Float = 0

    var values: [Float] { [line.sum, line.least, distance, linkShare, least] }

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
