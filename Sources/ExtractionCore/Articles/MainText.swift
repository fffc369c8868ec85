// Which blocks of a page are the article. Furniture goes by tag and class, unless that would take much of the page's
// prose; the article is the smallest subtree that holds most of what prose is left; within it, link lists, labels and
// what follows "related" go as well.

/// The article's blocks of a page.
struct MainText: Sendable {
    private(set) var kept: [Int] = []
    private(set) var captions: [Int] = []
    private let tree: MarkupTree
    private let page: PageBlocks
    /// Prose of the blocks before each node, so that a subtree's prose is a difference.
    private var proseBefore: [Double]
    private var isDropped: [Bool]

    init(_ tree: MarkupTree, _ page: PageBlocks, headline: String?, title: String?) {
        self.tree = tree
        self.page = page
        isDropped = [Bool](repeating: false, count: page.blocks.count)
        proseBefore = []
        sumProse()
        let whole = prose(0)
        dropFurniture(byClass: true)
        sumProse()
        // A class name that half of the prose carries is no furniture's.
        if prose(0) < whole * 0.5 {
            isDropped = [Bool](repeating: false, count: page.blocks.count)
            sumProse()
            dropFurniture(byClass: false)
            sumProse()
        }
        let container = container()
        choose(within: container)
        trimHead(headline: headline, title: title)
        trimTail()
        trimHeadings()
        dropSecondCopies()
        if kept.isEmpty { keepAnything(within: container) }
    }

    /// A page of a few words is still a page.
    private mutating func keepAnything(within container: Int) {
        let end = Int(tree.nodes[container].end)
        kept = page.blocks.indices.filter { index in
            let block = page.blocks[index]
            return block.kind != .caption && block.linkShare < 0.5 && block.node >= container && block.node < end
                && !isDropped[index]
        }
    }

    private mutating func sumProse() {
        var perNode = [Double](repeating: 0, count: tree.nodes.count + 1)
        for (index, block) in page.blocks.enumerated() where !isDropped[index] { perNode[block.node] += block.prose }
        var sum = 0.0
        for index in perNode.indices {
            let own = perNode[index]
            perNode[index] = sum
            sum += own
        }
        proseBefore = perNode
    }

    private func prose(_ node: Int) -> Double { proseBefore[Int(tree.nodes[node].end)] - proseBefore[node] }

    // MARK: furniture

    private mutating func dropFurniture(byClass: Bool) {
        let total = prose(0)
        var block = 0
        var index = 1
        while index < tree.nodes.count {
            let node = tree.nodes[index]
            guard !node.isText, byClass ? Furniture.isFurniture(tree, index) : Furniture.isHard(node.tag) else {
                index += 1
                continue
            }
            let share = prose(index)
            let isHard = Furniture.isHard(node.tag)
            guard share <= total * (isHard ? 0.5 : 0.3) || share < 40 else {
                index += 1
                continue
            }
            let end = Int(node.end)
            // Blocks come in the order of their ends; their nodes need not rise, so the search starts at the first possible.
            while block < page.blocks.count, page.blocks[block].node < index { block += 1 }
            var at = block
            while at < page.blocks.count, page.blocks[at].node < end || page.blocks[at].node == 0 {
                if page.blocks[at].node >= index { isDropped[at] = true }
                at += 1
            }
            index = end
        }
    }

    // MARK: container

    private func container() -> Int {
        let total = prose(0)
        guard total > 0 else { return 0 }
        var best = 0
        var bestProse = 0.0
        for index in 1..<max(1, tree.nodes.count) where !tree.nodes[index].isText && Furniture.isBody(tree, index) {
            let own = prose(index)
            if own > bestProse { (best, bestProse) = (index, own) }
        }
        if best > 0, bestProse >= total * 0.5 { return best }
        var node = 0
        descend: while true {
            let own = prose(node)
            var child = node + 1
            let end = Int(tree.nodes[node].end)
            while child < end {
                if !tree.nodes[child].isText, prose(child) >= own * 0.8 {
                    node = child
                    continue descend
                }
                child = Int(tree.nodes[child].end)
            }
            return node
        }
    }

    private mutating func choose(within container: Int) {
        let end = Int(tree.nodes[container].end)
        for (index, block) in page.blocks.enumerated()
        where !isDropped[index] && block.node >= container && block.node < end {
            if block.kind == .caption {
                if block.words <= 120 { captions.append(index) }
            } else if isKept(block) {
                kept.append(index)
            }
        }
    }

    private func isKept(_ block: PageBlock) -> Bool {
        let share = block.linkShare
        if block.kind == .heading { return share < 0.9 || block.words <= 12 && share < 1 }
        if block.kind == .listItem { return share < (block.words >= 15 ? 0.6 : 0.5) }
        if block.words < 4 { return share == 0 && (block.isInTable || block.sentenceEnds > 0) }
        if block.words < 10 { return share < 0.34 && !isLabel(block) }
        return share < 0.6
    }

    // MARK: head and tail

    private func folded(_ index: Int) -> String {
        ASCII.lowered(page.text[page.blocks[index].range].filter { ASCII.isAlphanumeric($0) || $0 >= 0x80 })
    }

    private func isLabel(_ block: PageBlock) -> Bool {
        guard block.words <= 12 else { return false }
        return Furniture.isLabel(page.text, block.range)
    }

    /// Drops what repeats the headline, and bylines, dates and reading times above the first prose.
    private mutating func trimHead(headline: String?, title: String?) {
        let names = Set(
            [headline, title].compactMap { $0 }.map {
                ASCII.lowered($0.utf8.filter { ASCII.isAlphanumeric($0) || $0 >= 0x80 })
            })
        guard let first = kept.firstIndex(where: { page.blocks[$0].prose >= 12 }) else { return }
        var result: [Int] = []
        for (position, index) in kept.enumerated() {
            let block = page.blocks[index]
            if position <= first + 1, block.words <= 40, names.contains(folded(index)) { continue }
            if position < first, block.kind != .heading, block.words <= 14, isMeta(block) { continue }
            if position < first, block.kind == .paragraph, block.words < 8, block.sentenceEnds == 0 { continue }
            result.append(index)
        }
        kept = result
    }

    /// A byline, date line or reading time.
    private func isMeta(_ block: PageBlock) -> Bool {
        if WrittenDate.all(in: page.text, block.range).contains(where: { $0.year != nil }) { return true }
        if Byline.names(in: page.text, block.range, allowsBareName: true) != nil { return true }
        return Furniture.isLabel(page.text, block.range) || ASCII.find("min read", in: page.text, block.range) != nil
    }

    /// Cuts at a heading or label that opens other matter, when most of the prose stands before it.
    private mutating func trimTail() {
        let total = kept.reduce(0) { $0 + page.blocks[$1].prose }
        var before = 0.0
        for (position, index) in kept.enumerated() {
            let block = page.blocks[index]
            if position > 0, before >= total * 0.6, block.words <= 10, Furniture.opensTail(page.text, block.range) {
                kept.removeSubrange(position...)
                return
            }
            before += block.prose
        }
    }

    /// A heading needs something below it.
    private mutating func trimHeadings() {
        while let last = kept.last, page.blocks[last].kind == .heading { kept.removeLast() }
    }

    private mutating func dropSecondCopies() {
        var seen: Set<[UInt8]> = []
        kept.removeAll { index in
            let block = page.blocks[index]
            return block.words >= 12 && !seen.insert(Array(page.text[block.range])).inserted
        }
    }
}
