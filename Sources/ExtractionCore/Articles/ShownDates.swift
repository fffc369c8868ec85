/// The days that elements of a page show to readers.
struct ShownDates: Sendable {
    /// A day that an element shows.
    struct Found: Sendable {
        let node: Int
        let time: ZonedTime
        let isChange: Bool
    }

    private var times: [Found] = []
    private var items: [Found] = []
    /// Elements whose class names a date: their texts are read only where they are needed.
    private var named: [(node: Int, isChange: Bool)] = []
    private static let most = 24
    private static let reach = -60...260

    mutating func look(at tree: MarkupTree, _ index: Int, _ hints: ElementHints) {
        if let itemprop = tree.rawAttribute(.itemprop, of: index) {
            add(item: tree, index, itemprop)
        } else if tree.nodes[index].tag != .time, !hints.isDisjoint(with: [.date, .change]), !hints.contains(.other),
            named.count < ShownDates.most * 2, Int(tree.nodes[index].end) - index < 16
        {
            named.append((index, hints.contains(.change)))
        }
        if tree.nodes[index].tag == .time { add(time: tree, index, hints) }
    }

    private mutating func add(time tree: MarkupTree, _ index: Int, _ hints: ElementHints) {
        guard times.count < ShownDates.most, !hints.contains(.other),
            let value = tree.attribute(.datetime, of: index) ?? PageFacts.short(tree, index, 60)
        else { return }
        if let time = PageDates.time(value) ?? PageFacts.short(tree, index, 60).flatMap(PageDates.time) {
            times.append(Found(node: index, time: time, isChange: hints.contains(.change)))
        }
    }

    private mutating func add(item tree: MarkupTree, _ index: Int, _ itemprop: Range<Int>) {
        let isPublished = ShownDates.isPublished(tree.bytes, itemprop)
        guard isPublished || ASCII.matches("datemodified", in: tree.bytes, itemprop), items.count < ShownDates.most,
            let value = tree.attribute(.content, of: index) ?? tree.attribute(.datetime, of: index)
                ?? PageFacts.short(tree, index, 60), let time = PageDates.time(value)
        else { return }
        items.append(Found(node: index, time: time, isChange: !isPublished))
    }

    private static func isPublished(_ bytes: [UInt8], _ value: Range<Int>) -> Bool {
        ASCII.matches("datepublished", in: bytes, value) || ASCII.matches("datecreated", in: bytes, value)
            || ASCII.matches("published-date", in: bytes, value)
    }

    // MARK: choosing

    /// Whether an element that is made for days was found.
    var hasMarked: Bool { !items.isEmpty || !times.isEmpty }
    /// The first day of publication in one.
    var marked: ZonedTime? { (items + times).first { !$0.isChange }?.time }

    /// The days in elements whose class names one.
    func read(_ tree: MarkupTree, _ order: DayOrder?) -> [Found] {
        named.compactMap { node, isChange in
            guard let text = PageFacts.short(tree, node, 60), text.utf8.contains(where: ASCII.isDigit) else {
                return nil
            }
            let bytes = Array(text.utf8)
            let written = WrittenDate.all(in: bytes, bytes.indices).lazy.compactMap { $0.year == nil ? nil : $0.date() }
            guard let day = written.first ?? NumericDate.first(in: bytes, bytes.indices, order: order) else {
                return nil
            }
            let isChange = isChange || DayLabel(bytes, bytes.indices) == .change
            return Found(node: node, time: PageDates.day(day), isChange: isChange)
        }
    }

    /// The nearest to the headline, those of `itemprop` before the others; one above it must be thrice as near as one
    /// below.
    func near(_ headline: Int?, _ inClasses: [Found], isChange: Bool) -> ZonedTime? {
        let visible = (times + inClasses).sorted { $0.node < $1.node }
        for found in [items, visible].map({ $0.filter { $0.isChange == isChange } }) {
            guard let headline else {
                if found.count == 1 { return found.first?.time }
                continue
            }
            func distance(_ found: Found) -> Int {
                found.node > headline ? found.node - headline : 3 * (headline - found.node)
            }
            let inReach = found.filter { ShownDates.reach.contains($0.node - headline) }
            if let nearest = inReach.min(by: { distance($0) < distance($1) }) { return nearest.time }
        }
        return nil
    }

    /// The one day that all of them name.
    func only(_ found: [Found]) -> ZonedTime? {
        guard let first = found.first, found.allSatisfy({ $0.time.day == first.time.day }) else { return nil }
        return first.time
    }
}
