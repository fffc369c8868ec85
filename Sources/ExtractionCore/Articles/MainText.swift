// Which blocks of a page are the article: those the model gives a high score, less the headline's repeats, captions,
// second copies and headings that nothing stands under. Where the model finds next to nothing on a page with prose,
// the prose is kept.

/// The article's blocks of a page.
struct MainText: Sendable {
    private(set) var kept: [Int] = []
    private(set) var captions: [Int] = []
    /// The block of the headline.
    private(set) var headline: Int?
    /// How sure the model is, 0 to 1: how far the page's blocks are from doubt, by their words.
    private(set) var confidence = 0.0
    /// What the model says of each block, as log-odds.
    let scores: [Float]
    let places: PagePlaces
    private let page: PageBlocks

    init(
        _ tree: MarkupTree, _ page: PageBlocks, headline: String?, title: String?, description: String? = nil,
        model: BlockModel = .embedded
    ) {
        self.page = page
        let outline = PageOutline(tree, page, model, title: headline ?? title, description: description)
        self.headline = outline.headline
        places = outline.places
        let features = BlockFeatures(page, outline)
        let scores = page.blocks.indices.map { index in
            features.row(index).map { model.score(features.rows, $0) }
                // Prose on an endless page is kept unseen.
                ?? (features.isCut && page.blocks[index].prose > 0 ? 1 : -9)
        }
        self.scores = scores
        kept = page.blocks.indices.filter { model.isKept(scores[$0]) && !isCaption(page.blocks[$0]) }
        keepBetween()
        completeListings()
        dropFurniture(outline)
        kept = kept.filter { !PageLabels.embedded.begin(page, page.blocks[$0]) }
        dropTeasers(outline)
        rescue(scores)
        captions = captionsInside()
        trimHead(headline: headline, title: title)
        trimHeadings()
        trimLinks()
        trimAnnouncements()
        dropSecondCopies()
        confidence = sureness(of: scores)
    }

    /// A doubtful heading between two sure blocks belongs to them (on open pages 56 of 68), as does a list item that is
    /// hardly doubtful (17 of 18); of paragraphs only one in four.
    private mutating func keepBetween() {
        let isKept = Set(kept)
        func isSure(_ index: Int) -> Bool { isKept.contains(index) && scores[index] >= 0.5 }
        kept = page.blocks.indices.filter { index in
            if isKept.contains(index) { return true }
            guard index > 0, index + 1 < scores.count else { return false }
            switch page.blocks[index].kind {
            case .heading: guard scores[index] > -1.5 else { return false }
            case .listItem: guard scores[index] > -0.6 else { return false }
            default: return false
            }
            return isSure(index - 1) && isSure(index + 1)
        }
    }

    /// A caption, or a photo's credit that stands alone.
    private func isCaption(_ block: PageBlock) -> Bool {
        block.kind == .caption || block.words <= 9 && PhotoCredit.isAlone(page.text, block.range)
    }

    /// A table of short cells, or a list of short items, that is kept for the most part is kept whole: a row without its
    /// figure says something else.
    private mutating func completeListings() {
        var listings: [Int: (blocks: [Int], words: Int, keptWords: Int)] = [:]
        let isKept = Set(kept)
        for (index, block) in page.blocks.enumerated() where !block.isHidden {
            let listing = places.listing(around: index)
            guard listing >= 0 else { continue }
            listings[listing, default: ([], 0, 0)].blocks.append(index)
            listings[listing, default: ([], 0, 0)].words += block.words
            if isKept.contains(index) { listings[listing, default: ([], 0, 0)].keptWords += block.words }
        }
        var added: [Int] = []
        for listing in listings.values where listing.blocks.count >= 4 {
            guard listing.words <= listing.blocks.count * MainText.cellWords,
                listing.keptWords * 10 >= listing.words * 6
            else { continue }
            added += listing.blocks.filter { !isKept.contains($0) && scores[$0] > -2 }
        }
        if !added.isEmpty { kept = (kept + added).sorted() }
    }

    /// Cells of data have hardly more on average; those of a layout hold paragraphs.
    private static let cellWords = 12

    /// What stands in elements that are named for other things goes, unless that is much of what was kept. Comments may
    /// be longer than the article, which stands above them.
    private mutating func dropFurniture(_ outline: PageOutline) {
        let left = kept.filter { !outline.places.isFurniture($0, totalProse: outline.totalProse) }
        func words(_ blocks: [Int]) -> Int { blocks.reduce(0) { $0 + page.blocks[$1].words } }
        if words(left) * 10 >= words(kept) * 6 { kept = left }
        let own = kept.filter { !outline.places.isComment($0, totalProse: outline.totalProse) }
        if own.first == kept.first, own.reduce(0, { $0 + page.blocks[$1].prose }) >= 100 { kept = own }
    }

    /// Teasers of other articles go where an article remains.
    private mutating func dropTeasers(_ outline: PageOutline) {
        let teasers = Teasers(page, outline.places)
        guard !teasers.isEmpty else { return }
        func prose(_ blocks: [Int]) -> Float { blocks.reduce(0) { $0 + page.blocks[$1].prose } }
        let left = kept.filter { !teasers.contain($0) }
        // An article may be such a list itself, under a short introduction.
        if prose(left) >= 80, prose(left) * 4 >= prose(kept) { kept = left }
    }

    /// A page whose prose the model refuses nearly whole is kept by its prose: nothing would be worse.
    private mutating func rescue(_ scores: [Float]) {
        let shown = page.blocks.indices.filter { !page.blocks[$0].isHidden && page.blocks[$0].kind != .caption }
        // A page of a few words is all text.
        if shown.reduce(0, { $0 + page.blocks[$1].words }) <= MainText.fewWords { kept = shown }
        func prose(_ blocks: some Sequence<Int>) -> Float { blocks.reduce(0) { $0 + page.blocks[$1].prose } }
        let words = kept.reduce(0) { $0 + page.blocks[$1].words }
        guard words < 25 || prose(kept) * 12 < prose(page.blocks.indices) else { return }
        let likely = page.blocks.indices.filter { scores[$0] > -2.2 && !isCaption(page.blocks[$0]) }
        if likely.contains(where: { page.blocks[$0].prose > 0 }) {
            kept = withSiblings(likely)
            return
        }
        guard kept.isEmpty else { return }
        kept = shown.filter { page.blocks[$0].prose > 0 }
        if kept.isEmpty { kept = shown.filter { page.blocks[$0].linkShare < 0.5 } }
    }

    /// Prose that stands in one element with several likely blocks of prose is as likely as they are.
    private func withSiblings(_ likely: [Int]) -> [Int] {
        var counts: [Int: Int] = [:]
        for index in likely where page.blocks[index].prose > 0 {
            counts[places.element(around: index), default: 0] += 1
        }
        counts[-1] = nil
        let chosen = Set(likely)
        return page.blocks.indices.filter { index in
            chosen.contains(index)
                || page.blocks[index].prose > 0 && counts[places.element(around: index), default: 0] >= 2
        }
    }

    /// A site's menu has more.
    private static let fewWords = 30

    /// Captions between the first and the last block of the article.
    private func captionsInside() -> [Int] {
        guard let first = kept.first, let last = kept.last else { return [] }
        // The picture above the first paragraph belongs to the article as well.
        return (max(0, first - 4)...last).filter { index in
            let block = page.blocks[index]
            return block.kind == .caption && block.words <= 120 && !block.isHidden && block.linkShare < 0.8
        }
    }

    private func folded(_ index: Int) -> [UInt8] {
        FoldedWords.folded(page.text[page.blocks[index].range], limit: 400)
    }

    /// Drops what repeats the headline, and bylines and dates above the first prose.
    private mutating func trimHead(headline: String?, title: String?) {
        let names = [headline, title].compactMap { $0 }.map { FoldedWords.folded(Array($0.utf8)[...], limit: 400) }
        guard let first = kept.firstIndex(where: { page.blocks[$0].prose >= 12 }) else { return }
        kept = kept.enumerated().filter { position, index in
            let block = page.blocks[index]
            if position <= first + 1, block.words <= 40, names.contains(folded(index)) { return false }
            return position >= first || block.kind == .heading || block.words > 14 || !isMeta(block)
        }.map(\.element)
    }

    /// A byline, a date line or a credit.
    private func isMeta(_ block: PageBlock) -> Bool {
        if WrittenDate.all(in: page.text, block.range).contains(where: { $0.year != nil }) { return true }
        return Byline.names(in: page.text, block.range, allowsBareName: true) != nil
    }

    /// A heading needs something below it, unless there is nothing but headings.
    private mutating func trimHeadings() {
        guard kept.contains(where: { page.blocks[$0].kind != .heading }) else { return }
        while kept.count > 1, let last = kept.last, page.blocks[last].kind == .heading { kept.removeLast() }
    }

    /// Doubtful links in the last lines of a text with prose lead to other texts: on open pages 62 of 82.
    private mutating func trimLinks() {
        guard kept.count > 5, kept.dropLast(5).contains(where: { page.blocks[$0].prose > 0 }) else { return }
        let tail = kept.count - 5
        kept = kept.enumerated().filter { position, index in
            guard position >= tail else { return true }
            let block = page.blocks[index]
            switch block.kind {
            case .paragraph: return block.linkShare < 0.3 || scores[index] >= 1 || block.prose > 0
            case .listItem: return block.linkShare < 0.9 || scores[index] >= 0.3
            default: return true
            }
        }.map(\.element)
    }

    /// A short line with a colon needs below it what it announces, unless the model is sure of it.
    private mutating func trimAnnouncements() {
        kept = kept.enumerated().filter { position, index in
            let block = page.blocks[index]
            guard block.words <= 8, block.kind != .heading, page.text[block.range.upperBound - 1] == 0x3A,
                scores[index] < 1, kept.count > 1
            else { return true }
            return position + 1 < kept.count && kept[position + 1] == index + 1
        }.map(\.element)
    }

    /// Pages that are laid out twice, for large screens and small ones, say everything twice. What is repeated in
    /// elements of the same make is the author's: on open pages 60 of 66 such repeats belong to the text, of the
    /// others 5 of 163.
    private mutating func dropSecondCopies() {
        var seen = HashIndex(capacity: kept.count)
        kept = kept.filter { index in
            let block = page.blocks[index]
            guard block.words >= 12 else { return true }
            let key = page.key(of: block)
            let first = seen[key]
            if first < 0 { seen.update(key, index) }
            guard first >= 0, page.text[page.blocks[first].range] == page.text[block.range] else { return true }
            // What is hidden is not what the reader sees twice.
            return places.areAlike(first, index) && page.blocks[first].isHidden == block.isHidden
        }
    }

    private func sureness(of scores: [Float]) -> Double {
        var sure: Float = 0
        var words: Float = 0
        for (block, score) in zip(page.blocks, scores) where block.words >= 4 {
            sure += min(1, score.magnitude / 3) * Float(block.words)
            words += Float(block.words)
        }
        // On open pages the share of the text that is right grows with it, from 0.84 at 0.6 to 0.99 at 0.97.
        return words > 0 ? 1 - 0.4 * (1 - Double(sure / words)) : 0
    }
}
