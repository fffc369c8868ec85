/// A close reading with the names and times marked on its pieces: what the finders of figures, speakers and
/// events read.
struct MarkedReading: Sendable {
    let reading: CloseReading
    let mentions: [Mention]
    let entities: [Entity]
    let times: [TimeExpression]
    /// For each piece the mention and the time that covers it; -1 for none.
    private let mentionOfPiece: [Int32]
    private let timeOfPiece: [Int32]
    /// The place that the article names most, the first of several.
    let mainPlace: Int?

    var text: TokenizedText { reading.text }

    init(_ reading: CloseReading, mentions: [Mention], entities: [Entity], times: [TimeExpression]) {
        self.reading = reading
        self.mentions = mentions
        self.entities = entities
        self.times = times
        mentionOfPiece = reading.indices(of: mentions.map(\.range))
        timeOfPiece = reading.indices(of: times.map(\.range))
        mainPlace = MarkedReading.mainPlace(reading.text.article, mentions, entities)
    }

    /// The place that the running text names most, datelines and captions aside.
    private static func mainPlace(_ article: Article, _ mentions: [Mention], _ entities: [Entity]) -> Int? {
        var counts = [Int](repeating: 0, count: entities.count + 1)
        var order: [Int] = []
        var block = 0
        for mention in mentions where entities.indices.contains(mention.entity - 1) {
            while block < article.blocks.count, article.blocks[block].range.upper <= mention.range.lower { block += 1 }
            guard block < article.blocks.count, article.blocks[block].isRunningText,
                entities[mention.entity - 1].kind == .place,
                article.dateline.map({ mention.range.lower >= $0.range.upper }) ?? true
            else { continue }
            if counts[mention.entity] == 0 { order.append(mention.entity) }
            counts[mention.entity] += 1
        }
        // Among equals one that is on the map, then the first.
        func weight(_ id: Int) -> Int { counts[id] * 2 + (entities[id - 1].place == nil ? 0 : 1) }
        guard let most = order.lazy.map(weight).max() else { return nil }
        return order.first { weight($0) == most }
    }

    /// The place of a dateline tells where the story was written.
    func isInDateline(_ mention: Mention) -> Bool {
        text.article.dateline.map { mention.range.lower < $0.range.upper && mention.range.lower >= $0.range.lower }
            ?? false
    }

    /// "supporters of rival candidates", "48 people on board": the phrase belongs to what stands before it.
    func isBehindPreposition(_ phrase: Range<Int>, in view: PieceView) -> Bool {
        var before = phrase.lowerBound - 1
        while [.the, .a, .an, .his, .her, .their, .its].contains(view.function(before)) { before -= 1 }
        switch view.function(before) {
        case .of, .on, .in, .from, .with, .at, .near, .between, .among, .against, .for, .by, .under: return true
        default: return false
        }
    }

    func view(_ sentence: Int) -> PieceView { reading.view(sentence) }

    func mention(at piece: Int) -> Mention? {
        guard mentionOfPiece.indices.contains(piece), mentionOfPiece[piece] >= 0 else { return nil }
        return mentions[Int(mentionOfPiece[piece])]
    }

    func time(at piece: Int) -> TimeExpression? {
        guard timeOfPiece.indices.contains(piece), timeOfPiece[piece] >= 0 else { return nil }
        return times[Int(timeOfPiece[piece])]
    }

    func entity(_ id: Int) -> Entity? { id >= 1 && id <= entities.count ? entities[id - 1] : nil }

    func entity(of mention: Mention) -> Entity? { entity(mention.entity) }

    /// The words of a range as they stand in the text.
    func words(_ range: TextRange) -> String { text.article.shown(range) }

    /// The index after the last piece of the mention that covers a piece.
    func end(of mention: Mention, from piece: Int) -> Int {
        var end = piece
        while end < reading.pieces.count, reading.pieces[end].range.lower < mention.range.upper { end += 1 }
        return max(end, piece + 1)
    }

    /// The index of the first piece of the mention that covers a piece.
    func start(of mention: Mention, from piece: Int) -> Int {
        var start = piece
        while start > 0, reading.pieces[start - 1].range.lower >= mention.range.lower { start -= 1 }
        return start
    }
}

extension CloseReading {
    /// For each piece the index of the range that covers its start; -1 for none. The ranges need not be in order.
    fileprivate func indices(of ranges: [TextRange]) -> [Int32] {
        var out = [Int32](repeating: -1, count: pieces.count)
        for (index, range) in ranges.enumerated() {
            var piece = piece(at: range.lower)
            while piece < pieces.count, pieces[piece].range.lower < range.upper {
                // The longest range wins: "Bank of England" over the place in it.
                if out[piece] < 0 || ranges[Int(out[piece])].count < range.count { out[piece] = Int32(clamping: index) }
                piece += 1
            }
        }
        return out
    }
}
