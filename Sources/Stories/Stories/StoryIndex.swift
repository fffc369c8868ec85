import ExtractionCore

/// Finds the story that an article belongs to by its terms, without looking at all stories.
struct StoryIndex: Sendable {
    /// In how many articles a term stands.
    private var frequency = CountTable()
    private var articles: Float = 0
    /// Stories by their heaviest terms.
    private var stories = StoryPostings(most: mostStories)

    /// A term that so many stories share finds none of them.
    private static let mostStories = 400
    private static let postedTerms = 16
    private static let mostTerms = 300_000
    private static let soughtTerms = 28
    private static let mostCandidates = 12
    /// When the heavier terms have led to so many stories, the lighter ones add nothing that is worth the time.
    private static let soughtStories = 1500
    /// The articles that a new book pretends to have read, so that its first ones are weighed sensibly.
    private static let prior: Float = 200
    /// Of those, how many had a given everyday word. Headlines have no text that would show what is rare.
    private static let everydayPrior: Float = 2
    private static let everydayHeadlinePrior: Float = 60
    private static let everydayWeight: Float = 0.85
    /// A headline's words that stand in fewer articles than this power of all count as equally rare: next week's name is
    /// no rarer than yesterday's.
    private static let headlineRarity: Float = 0.6

    func weighed(_ terms: [Term], isHeadline: Bool) -> WeighedTerms {
        let all = articles + StoryIndex.prior
        let prior = isHeadline ? StoryIndex.everydayHeadlinePrior : StoryIndex.everydayPrior
        let weight = isHeadline ? StoryIndex.everydayWeight : 1
        let rarest = isHeadline ? StoryIndex.headlineRarity * binaryLogarithm(all) : .infinity
        let vector = TermVector(terms) { term in
            let seen = Float(frequency[term.hash] + 1)
            if !term.isEveryday { return max(0.1, min(rarest, binaryLogarithm(all / seen))) }
            return max(0.1, min(rarest, binaryLogarithm((all + prior) / (seen + prior)))) * weight
        }
        return WeighedTerms(terms, vector, heaviest: StoryIndex.soughtTerms)
    }

    /// The stories that share most of the heavy terms, best first.
    func candidates(_ weighed: WeighedTerms) -> [UInt32] {
        var scores = ScoreTable()
        var left = StoryIndex.soughtStories
        for place in weighed.heaviest where left > 0 {
            stories.each(of: weighed.vector.hashes[place]) { story in
                scores.add(weighed.vector.weights[place], to: story)
                left -= 1
            }
        }
        return scores.best(StoryIndex.mostCandidates)
    }

    /// Counts an article's terms, and makes the story findable by them.
    mutating func insert(_ weighed: WeighedTerms, story: UInt32) {
        articles += 1
        for term in weighed.terms { frequency.increment(term.hash) }
        for place in weighed.heaviest.prefix(StoryIndex.postedTerms) {
            stories.insert(story, to: weighed.vector.hashes[place])
        }
    }

    /// Makes what was found as one story findable as another.
    mutating func move(_ story: UInt32, to other: UInt32, terms: [UInt32]) {
        for hash in terms where stories.remove(story, from: hash) { stories.insert(other, to: hash) }
    }

    mutating func remove(_ gone: Set<UInt32>) {
        stories.remove(gone)
        // Most terms are names that never come back; what was seen once says no more than what was never seen.
        if frequency.count > StoryIndex.mostTerms { frequency.removeSingles() }
    }

    mutating func post(_ hash: UInt32, _ story: UInt32) { stories.insert(story, to: hash) }
}

extension StoryIndex {
    func write(to image: inout ImageWriter) {
        frequency.write(to: &image)
        image.value(articles)
        stories.write(to: &image)
    }

    init(_ image: inout ImageReader) {
        frequency = CountTable(&image)
        articles = image.value()
        stories = StoryPostings(&image, most: StoryIndex.mostStories)
    }
}
