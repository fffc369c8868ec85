/// A text cut into pieces, sentence by sentence: what the fact finders read.
struct CloseReading: Sendable {
    let text: TokenizedText
    let pieces: [Piece]
    /// The pieces of each sentence.
    let sentences: [Range<Int>]
    let words: FactWords

    /// The finders look around within a sentence, so what a sentence may hold is bounded; no real one is longer.
    private static let sentenceLimit = 600

    init(of text: TokenizedText, lexicon: Lexicon) {
        self.text = text
        words = lexicon.facts
        var cutter = PieceCutter(text: text.text, words: words)
        sentences = text.sentences.map { sentence in
            let pieces = cutter.cut(sentence.range)
            return pieces.prefix(CloseReading.sentenceLimit)
        }
        pieces = cutter.pieces
    }

    func view(_ sentence: Int) -> PieceView {
        PieceView(all: pieces, range: sentences.indices.contains(sentence) ? sentences[sentence] : 0..<0)
    }

    /// Whether a piece is the full stop of its sentence, closing quotation marks aside.
    func endsSentence(_ piece: Int, in sentence: Range<Int>) -> Bool {
        guard pieces.indices.contains(piece), pieces[piece].kind == .mark,
            [0x2E, 0x3F, 0x21].contains(pieces[piece].mark)
        else { return false }
        var next = piece + 1
        while next < sentence.upperBound, pieces[next].kind == .mark { next += 1 }
        return next >= sentence.upperBound
    }

    /// The sentence of a piece.
    func sentence(of piece: Int) -> Int {
        var low = 0
        var high = sentences.count
        while low < high {
            let middle = (low + high) / 2
            if sentences[middle].upperBound <= piece { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The index of the first piece that ends after a text offset.
    func piece(at offset: Int) -> Int {
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].range.upper <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
