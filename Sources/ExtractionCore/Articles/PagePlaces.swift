/// The elements around the blocks of a page, each with what stands in it and what its class names say.
struct PagePlaces: Sendable {
    struct Place: Sendable {
        let tag: HTMLTag
        /// An index of `all`; -1 for the outermost.
        let parent: Int
        let depth: Int
        /// Of tag and class: elements that are styled alike.
        let signature: UInt64
        /// What its own names say, and those of the elements around it as well.
        let odds: Odds
        let pathOdds: Odds
        /// The hashes of its names' first words.
        let names: [UInt64]
        /// Of its tag and names and those of all elements around it.
        let path: UInt64
        /// It or an element around it is named for what is never an article.
        var isFurniture: Bool
        /// It is named for what readers say.
        var isComment: Bool
        var words = 0
        var linkedWords = 0
        var blocks = 0
        var prose: Float = 0

        var linkShare: Float { Float(linkedWords) / Float(max(1, words)) }
        var proseShare: Float { prose / Float(max(1, words)) }
    }

    private(set) var all: [Place] = []
    private var makes: [Make] = []
    private var makeNumbers = HashIndex()
    /// The innermost place of each block; -1 for text outside every element.
    private(set) var ofBlock: [Int] = []
    /// The prose of each block; that of hidden ones only where the page hides most of it until a script shows it.
    private(set) var prose: [Float] = []
    /// The share of the page's prose that is hidden.
    private(set) var hiddenShare: Float = 0

    init(_ tree: MarkupTree, _ page: PageBlocks, _ model: BlockModel) {
        let whole = page.blocks.reduce(0) { $0 + $1.prose }
        let hidden = page.blocks.reduce(0) { $0 + ($1.isHidden ? $1.prose : 0) }
        hiddenShare = hidden / max(1, whole)
        prose = page.blocks.map { $0.isHidden && hiddenShare < 0.6 ? 0 : $0.prose }
        var places = [Int32](repeating: -1, count: tree.nodes.count)
        var path: [Int] = []
        for (index, block) in page.blocks.enumerated() {
            var node = block.node
            while node > 0, places[node] < 0 {
                path.append(node)
                node = Int(tree.nodes[node].parent)
            }
            var place = node > 0 ? Int(places[node]) : -1
            while let node = path.popLast() {
                add(tree, node, inside: place, model)
                place = all.count - 1
                places[node] = Int32(clamping: place)
            }
            ofBlock.append(place)
            guard place >= 0 else { continue }
            all[place].words += block.words
            all[place].linkedWords += block.linkedWords
            all[place].blocks += 1
            all[place].prose += prose[index]
        }
        sumUp()
    }

    /// Parents stand before their children.
    private mutating func sumUp() {
        for index in all.indices.reversed() where all[index].parent >= 0 {
            let parent = all[index].parent
            all[parent].words += all[index].words
            all[parent].linkedWords += all[index].linkedWords
            all[parent].blocks += all[index].blocks
            all[parent].prose += all[index].prose
        }
    }

    /// The tag of the innermost element around a block.
    func tag(of block: Int) -> HTMLTag? { ofBlock[block] < 0 ? nil : all[ofBlock[block]].tag }

    /// The innermost table or list around a block; -1 when there is none.
    func listing(around block: Int) -> Int {
        var at = ofBlock[block]
        while at >= 0, all[at].tag != .table, all[at].tag != .ul, all[at].tag != .ol { at = all[at].parent }
        return at
    }

    /// The element around the innermost one of a block; -1 when there is none.
    func element(around block: Int) -> Int { ofBlock[block] < 0 ? -1 : all[ofBlock[block]].parent }

    /// Of the innermost element around a block and the one around that.
    func signature(of block: Int) -> UInt64 {
        guard ofBlock[block] >= 0 else { return 0 }
        let place = all[ofBlock[block]]
        let outer = place.parent < 0 ? 0 : all[place.parent].signature
        return place.signature ^ (outer << 7 | outer >> 57)
    }

    /// Whether the elements around two blocks have the same tags and names all the way up.
    func areAlike(_ one: Int, _ other: Int) -> Bool {
        func path(_ block: Int) -> UInt64 { ofBlock[block] < 0 ? 0 : all[ofBlock[block]].path }
        return path(one) == path(other)
    }

    private mutating func add(_ tree: MarkupTree, _ node: Int, inside parent: Int, _ model: BlockModel) {
        let make = makes[number(of: node, tree, model)]
        var path = make.odds
        if parent >= 0 { path.add(all[parent].pathOdds) }
        all.append(
            Place(
                tag: tree.nodes[node].tag, parent: parent, depth: parent < 0 ? 1 : all[parent].depth + 1,
                signature: make.signature, odds: make.odds, pathOdds: path, names: make.names,
                path: PageWords.join(parent < 0 ? 0 : all[parent].path, make.key), isFurniture: make.isFurniture,
                isComment: make.isComment))
    }

    /// What an element's tag and names say: the items of a list are all of one make.
    private struct Make {
        var odds = Odds()
        var names: [UInt64] = []
        var isFurniture: Bool
        var isComment = false
        var signature: UInt64
        /// Of the tag and the names in any order.
        var key: UInt64 = 0
    }

    /// The number of an element's make.
    private mutating func number(of node: Int, _ tree: MarkupTree, _ model: BlockModel) -> Int {
        var hash = UInt64(tree.nodes[node].tag.rawValue)
        for at in tree.nodes[node].attributes {
            let attribute = tree.attributes[at]
            guard PagePlaces.isTelling(attribute.name) else { continue }
            hash = ByteScan.hash(tree.bytes, attribute.value, PageWords.join(hash, UInt64(attribute.name.rawValue)))
        }
        let known = makeNumbers[hash]
        if known >= 0 { return known }
        makeNumbers.update(hash, makes.count)
        makes.append(PagePlaces.make(of: node, tree, model))
        return makes.count - 1
    }

    private static func make(of node: Int, _ tree: MarkupTree, _ model: BlockModel) -> Make {
        let tag = tree.nodes[node].tag
        var make = Make(isFurniture: isFurniture(tag), signature: FNV.next(FNV.start, tag.rawValue))
        for at in tree.nodes[node].attributes {
            let name = tree.attributes[at].name
            guard isTelling(name) else { continue }
            let value = tree.attributes[at].value
            let isSlug = name == .id && isSlug(tree.bytes, value)
            eachWord(tree.bytes, value.prefix(200)) { _, hash in
                let weight = model.classWords[hash]
                if weight != 0 { make.odds.add(weight) }
                if make.names.count < 12 { make.names.append(hash) }
                if furniture[hash] >= 0, !isSlug { make.isFurniture = true }
                if comments[hash] >= 0, !isSlug { make.isComment = true }
            }
            if name == .class { make.signature = ByteScan.hash(tree.bytes, value.prefix(200), make.signature) }
        }
        make.key = UInt64(tag.rawValue) &+ make.names.reduce(0, &+)
        return make
    }

    /// A heading of the author made into an id, such as `sharing-with-friends-and-family`, says what a passage is about.
    private static func isSlug(_ bytes: [UInt8], _ value: Range<Int>) -> Bool {
        var dashes = 0
        for index in value.prefix(200) {
            guard bytes[index] == 0x2D || ASCII.isAlphanumeric(bytes[index]) else { return false }
            dashes += bytes[index] == 0x2D ? 1 : 0
        }
        return dashes >= 3
    }

    private static func isFurniture(_ tag: HTMLTag) -> Bool {
        switch tag {
        case .nav, .form, .footer, .dialog, .menu: true
        default: false
        }
    }

    /// Words of class names over which hardly an article's sentence was ever found.
    private static let furniture = index(
        of: """
            newsletter newsletters subscribe subscription signup share sharing social cookie cookies consent gdpr advert \
            advertisement advertising sponsored outbrain taboola related comment comments disqus breadcrumb breadcrumbs navigation nav menu \
            login paywall modal popup contentinfo complementary
            """)

    private static let comments = index(of: "comment comments commentlist disqus")

    /// The words of a list, as `names` has them.
    static func index(of words: String) -> HashIndex {
        var index = HashIndex()
        for word in words.split(separator: " ") { index.update(word.utf8.reduce(FNV.start, FNV.next), 1) }
        return index
    }

    /// Whether the element around a block, or the one around that, has a name with one of the words.
    func isNamed(_ block: Int, for words: HashIndex) -> Bool {
        var at = ofBlock[block]
        for _ in 0..<2 where at >= 0 {
            if all[at].names.contains(where: { words[$0] >= 0 }) { return true }
            at = all[at].parent
        }
        return false
    }

    /// Whether a block stands in an element that is named for what is never an article. A wrapper of much of the page's
    /// prose is none, whatever it is called.
    func isFurniture(_ block: Int, totalProse: Float) -> Bool {
        var at = ofBlock[block]
        while at >= 0, all[at].prose < totalProse * 0.3 {
            if all[at].isFurniture { return true }
            at = all[at].parent
        }
        return false
    }

    /// Whether a block stands in an element that is named for comments and holds less than nearly all of the page.
    func isComment(_ block: Int, totalProse: Float) -> Bool {
        var at = ofBlock[block]
        while at >= 0, all[at].prose < totalProse * 0.9 {
            if all[at].isComment { return true }
            at = all[at].parent
        }
        return false
    }

    /// Whether names in that attribute say what an element is for.
    static func isTelling(_ name: AttributeName) -> Bool {
        switch name {
        case .class, .id, .itemprop, .role: true
        default: false
        }
    }

    /// Calls `body` with the range and the hash of each word of 3 to 20 letters, cut at everything else and before capitals.
    static func eachWord(_ bytes: [UInt8], _ range: Range<Int>, _ body: (Range<Int>, UInt64) -> Void) {
        var hash = FNV.start
        var count = 0
        var wasLower = false
        for index in range {
            let byte = bytes[index]
            let isLetter = ASCII.isLetter(byte)
            if !isLetter || wasLower && ASCII.isUpper(byte) {
                if (3...20).contains(count) { body(index - count..<index, hash) }
                hash = FNV.start
                count = 0
            }
            if isLetter {
                hash = FNV.next(hash, ASCII.lower(byte))
                count += 1
            }
            wasLower = ASCII.isLower(byte)
        }
        if (3...20).contains(count) { body(range.upperBound - count..<range.upperBound, hash) }
    }
}
