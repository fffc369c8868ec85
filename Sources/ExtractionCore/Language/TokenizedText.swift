/// An article cut into tokens and sentences: what every finder reads.
public struct TokenizedText: Sendable {
    public let article: Article
    /// In text order.
    public let tokens: [Token]
    /// In text order; a sentence never crosses a block. Headings and captions are sentences of their own blocks.
    public let sentences: [Sentence]
    /// Each token lower-cased, curly apostrophes made straight; as many as there are tokens.
    public let words: [String]

    public init(article: Article, tokens: [Token], sentences: [Sentence], words: [String]) {
        self.article = article
        self.tokens = tokens
        self.sentences = sentences
        self.words = words
    }

    public var text: Text { article.text }

    /// A token as written.
    public func string(_ token: Int) -> String { text.string(tokens[token].range) }

    /// The range from the start of one token to the end of another, both included.
    public func range(_ first: Int, through last: Int) -> TextRange {
        TextRange(tokens[first].range.lower, tokens[last].range.upper)
    }

    /// The index of the sentence that holds a text offset; nil between sentences.
    public func sentence(at offset: Int) -> Int? {
        var low = 0
        var high = sentences.count
        while low < high {
            let middle = (low + high) / 2
            if sentences[middle].range.upper <= offset { low = middle + 1 } else { high = middle }
        }
        return low < sentences.count && sentences[low].range.contains(offset) ? low : nil
    }

    public func block(of sentence: Sentence) -> Block { article.blocks[sentence.block] }
}
