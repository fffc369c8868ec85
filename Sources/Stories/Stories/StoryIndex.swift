import ExtractionCore

/// Finds the story that an article belongs to by its terms, without looking at all stories.
struct StoryIndex: Sendable {
    /// In how many articles a term stands.
    private var frequency: [UInt32: UInt32] = [:]
    private var articles: Float = 0
    /// Stories by their heaviest terms.
    private var stories: [UInt32: [UInt32]] = [:]

    /// A term that so many stories share finds none of them.
    private static let mostStories = 400
    private static let postedTerms = 16
    private static let mostTerms = 300_000
    private static let soughtTerms = 28
    private static let mostCandidates = 12
    /// The articles that a new book pretends to have read, so that its first ones are weighed sensibly.
    private static let prior: Float = 200
    /// Of those, how many had a given everyday word. Headlines have no text that would show what is rare.
    private static let everydayPrior: Float = 2
    private static let everydayHeadlinePrior: Float = 60
    private static let everydayWeight: Float = 0.7

    func vector(_ terms: [Term], isHeadline: Bool) -> TermVector {
        let all = articles + StoryIndex.prior
        let prior = isHeadline ? StoryIndex.everydayHeadlinePrior : StoryIndex.everydayPrior
        let weight = isHeadline ? StoryIndex.everydayWeight : 1
        return TermVector(terms) { term in
            let seen = Float((frequency[term.hash] ?? 0) + 1)
            if !term.isEveryday { return max(0.1, binaryLogarithm(all / seen)) }
            return max(0.1, binaryLogarithm((all + prior) / (seen + prior))) * weight
        }
    }

    /// The stories that share most of the heavy terms, best first.
    func candidates(_ vector: TermVector) -> [UInt32] {
        var scores: [UInt32: Float] = [:]
        for place in vector.heaviest(StoryIndex.soughtTerms) {
            guard let list = stories[vector.hashes[place]], list.count < StoryIndex.mostStories else { continue }
            for story in list { scores[story, default: 0] += vector.weights[place] }
        }
        return scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(StoryIndex.mostCandidates).map(\.key)
    }

    /// Counts an article's terms, and makes the story findable by them.
    mutating func insert(_ terms: [Term], _ vector: TermVector, story: UInt32) {
        articles += 1
        for term in terms { frequency[term.hash, default: 0] += 1 }
        for place in vector.heaviest(StoryIndex.postedTerms) { post(vector.hashes[place], story) }
    }

    /// Makes what was found as one story findable as another.
    mutating func move(_ story: UInt32, to other: UInt32, terms: [UInt32]) {
        for hash in terms {
            guard let place = stories[hash]?.firstIndex(of: story) else { continue }
            stories[hash]?.remove(at: place)
            post(hash, other)
        }
    }

    mutating func remove(_ gone: Set<UInt32>) {
        for (hash, list) in stories {
            let left = list.filter { !gone.contains($0) }
            if left.count < list.count { stories[hash] = left.isEmpty ? nil : left }
        }
        // Most terms are names that never come back; what was seen once says no more than what was never seen.
        if frequency.count > StoryIndex.mostTerms { frequency = frequency.filter { $0.value > 1 } }
    }

    mutating func post(_ hash: UInt32, _ story: UInt32) {
        if stories[hash]?.contains(story) == true { return }
        if let count = stories[hash]?.count, count >= StoryIndex.mostStories { return }
        stories[hash, default: []].append(story)
    }
}
