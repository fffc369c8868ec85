/// What is known of a page's blocks before any is judged: the elements around them, which are marked up alike, what
/// their words say, and where headline and prose begin.
struct PageOutline: Sendable {
    let places: PagePlaces
    /// What the words of each short block say.
    let lines: [Odds]
    private(set) var overlaps: [TitleWords.Overlap] = []
    private(set) var isDated: [Bool] = []
    /// The block stands on the page a second time.
    private(set) var isRepeat: [Bool] = []
    /// The page's description has the words that the block begins with.
    private(set) var isDescribed: [Bool] = []
    /// How many blocks begin with the same three words.
    private(set) var openingCounts: [Int] = []
    /// Of the element around a block and the one around that: blocks that are marked up alike.
    private(set) var signatures: [UInt64] = []
    /// The block of the headline, the first prose below it, and the first block of the kind that holds most prose.
    private(set) var headline: Int?
    private(set) var seed: Int?
    private(set) var main = 0
    let totalWords: Float
    let totalProse: Float

    /// Blocks that are marked up alike.
    struct Group: Sendable {
        let first: Int
        var blocks = 0
        var words = 0
        var prose: Float = 0
    }

    private var groups: [Group] = []
    private var groupOf: [Int] = []

    init(_ tree: MarkupTree, _ page: PageBlocks, _ model: BlockModel, title: String?, description: String?) {
        places = PagePlaces(tree, page, model)
        lines = page.blocks.map { ShortLine.odds(page.words, $0, model) }
        totalWords = Float(max(1, page.blocks.reduce(0) { $0 + $1.words }))
        totalProse = max(1, places.prose.reduce(0, +))
        look(page, TitleWords(title ?? ""), Set(ShortLine.openings(Array((description ?? "").utf8.prefix(2000)))))
        headline =
            headline
            ?? page.blocks.indices.first {
                page.blocks[$0].kind == .heading && overlaps[$0].ofBlock > 0.7 && overlaps[$0].ofTitle > 0.7
            }
        seed = page.blocks.indices.first { places.prose[$0] >= 15 && $0 > headline ?? -1 }
        main = groups.max { ($0.prose, $1.first) < ($1.prose, $0.first) }?.first ?? 0
    }

    func group(of block: Int) -> Group { groups[groupOf[block]] }

    private mutating func look(_ page: PageBlocks, _ title: TitleWords, _ described: Set<UInt64>) {
        var openings = HashIndex(capacity: page.blocks.count)
        var counts: [Int] = []
        var openingOf: [Int] = []
        var groupNumbers = HashIndex()
        var seen = HashIndex(capacity: page.blocks.count)
        for (index, block) in page.blocks.enumerated() {
            let words = page.words.hashes[block.wordRange]
            let overlap = block.words <= 40 ? title.overlap(words) : TitleWords.Overlap()
            overlaps.append(overlap)
            isDated.append(block.words <= ShortLine.mostWords && ShortLine.isDated(page.text, block.range))
            let opening = ShortLine.opening(words)
            let known = openings[opening]
            if known < 0 { openings.update(opening, counts.count) }
            openingOf.append(known < 0 ? counts.count : known)
            if known < 0 { counts.append(1) } else { counts[known] += 1 }
            isDescribed.append(block.words >= 6 && described.contains(opening))
            isRepeat.append(seen.update(page.key(of: block), index) >= 0)
            let signature = places.signature(of: index)
            signatures.append(signature)
            let number = groupNumbers[signature] < 0 ? groups.count : groupNumbers[signature]
            if number == groups.count {
                groupNumbers.update(signature, number)
                groups.append(Group(first: index))
            }
            groupOf.append(number)
            groups[number].blocks += 1
            groups[number].words += block.words
            groups[number].prose += places.prose[index]
            if headline == nil, places.tag(of: index) == .h1, overlap.ofBlock > 0.5 { headline = index }
        }
        openingCounts = openingOf.map { counts[$0] }
    }
}
