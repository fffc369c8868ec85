/// Finds the teasers of other articles: three or more elements side by side that are marked up alike, each with a linked
/// heading and little text.
struct Teasers {
    /// The places that are one teaser each.
    private var items: Set<Int> = []
    private let places: PagePlaces

    private static let least = 3
    /// An element around a heading is looked for this far up.
    private static let reach = 5
    /// Words of a teaser; the items of a list that is an article have more.
    private static let mostWords = 75

    init(_ page: PageBlocks, _ places: PagePlaces) {
        self.places = places
        /// The elements with linked headings, by the element around them and what they look like.
        var rows: [Row: [Int]] = [:]
        for (index, block) in page.blocks.enumerated() where Teasers.isLinkedHeading(block) {
            var at = places.ofBlock[index]
            for _ in 0..<Teasers.reach where at >= 0 {
                let place = places.all[at]
                if rows[Row(parent: place.parent, signature: place.signature), default: []].last != at {
                    rows[Row(parent: place.parent, signature: place.signature), default: []].append(at)
                }
                at = place.parent
            }
        }
        for row in rows.values where row.count >= Teasers.least {
            let words = row.reduce(0) { $0 + places.all[$1].words }
            let texts = row.count { places.all[$0].words > places.all[$0].linkedWords + 5 }
            if words <= row.count * Teasers.mostWords, texts * 2 > row.count { items.formUnion(row) }
        }
    }

    private struct Row: Hashable {
        let parent: Int
        let signature: UInt64
    }

    private static func isLinkedHeading(_ block: PageBlock) -> Bool {
        block.kind == .heading && block.linkShare > 0.8 && block.words >= 3
    }

    var isEmpty: Bool { items.isEmpty }

    func contain(_ block: Int) -> Bool {
        var at = places.ofBlock[block]
        while at >= 0 {
            if items.contains(at) { return true }
            at = places.all[at].parent
        }
        return false
    }
}
