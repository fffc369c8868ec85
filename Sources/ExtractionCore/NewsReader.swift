// The table of contents: bytes → document → article → analysis, a stage a line.

/// Reads news: bytes in, facts out. Immutable, so one value serves every thread.
public struct NewsReader: Sendable {
    public let lexicon: Lexicon
    public let options: Options

    public struct Options: Hashable, Sendable {
        /// An article whose text is longer than this is refused.
        public var articleLimit = 2 << 20
        /// A page longer than this is refused.
        public var pageLimit = 16 << 20
        public init() {}
    }

    public init(lexicon: Lexicon, options: Options = .init()) {
        self.lexicon = lexicon
        self.options = options
    }

    /// Everything the core says about an article: a stage a line, each a function of the ones before.
    ///
    /// It is total: odd input gives less, never a trap.
    public func analysis(of article: Article) -> Analysis {
        let text = tokenize(article, lexicon: lexicon)
        let names = findEntities(in: text, lexicon: lexicon)
        var analysis = Analysis()
        analysis.tokens = text.tokens
        analysis.sentences = text.sentences
        analysis.mentions = names.mentions
        analysis.entities = names.entities
        analysis.places = names.places
        analysis.summary = summarise(text)
        analysis.fingerprint = fingerprint(of: article.text)
        analysis.notes = names.notes
        if article.isEnglish { addFacts(to: &analysis, of: text) }
        return analysis
    }

    /// What the figures of a part of an article are: its analysis when it has a word of what befell people, else its times
    /// alone, which is far quicker.
    public func figureAnalysis(of part: Article) -> Analysis {
        let text = tokenize(part, lexicon: lexicon)
        let words = lexicon.facts.outcomeStarts
        if text.tokens.contains(where: { words.contains($0.hash) }) { return analysis(of: part) }
        var analysis = Analysis()
        if part.isEnglish { analysis.times = findTimes(in: CloseReading(of: text, lexicon: lexicon)) }
        return analysis
    }

    /// What the text says of times, figures, speakers and events: these rules know English only, and in other languages
    /// would find what is not there.
    private func addFacts(to analysis: inout Analysis, of text: TokenizedText) {
        let reading = CloseReading(of: text, lexicon: lexicon)
        let times = findTimes(in: reading)
        let marked = MarkedReading(reading, mentions: analysis.mentions, entities: analysis.entities, times: times)
        let quoted = findQuoted(in: text.article)
        let isQuoted = marked.quotedPieces(quoted)
        let cues = findCues(in: marked, isQuoted: isQuoted)
        let quotations = findQuotations(in: marked, quoted: quoted, cues: cues)
        let claims = findClaims(in: marked, cues: cues, isQuoted: isQuoted)
        let tolls = findTolls(in: marked)
        let facts = Attributed(
            tolls: tolls, quantities: findQuantities(in: marked, besides: tolls),
            events: findEvents(in: marked, isQuoted: isQuoted), claims: claims, quotations: quotations)
        analysis.times = times
        analysis.quantities = facts.quantities
        analysis.tolls = facts.tolls
        analysis.quotations = quotations
        analysis.claims = facts.claims
        analysis.events = facts.events
        analysis.background = findBackground(in: marked)
        analysis.w5 = findW5(in: marked, events: facts.events)
    }
}
