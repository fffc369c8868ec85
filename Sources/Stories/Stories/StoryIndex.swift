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

    func vector(_ terms: [Term]) -> TermVector {
        let all = articles + 200
        return TermVector(terms) { max(0.1, binaryLogarithm(all / Float((frequency[$0] ?? 0) + 1))) }
    }

    /// The stories that share most of the heavy terms, best first.
    func candidates(_ vector: TermVector) -> [UInt32] {
        var scores: [UInt32: Float] = [:]
        for place in vector.heaviest(28) {
            guard let list = stories[vector.hashes[place]], list.count < StoryIndex.mostStories else { continue }
            for story in list { scores[story, default: 0] += vector.weights[place] }
        }
        return scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(24).map(\.key)
    }

    /// Counts an article's terms, and makes the story findable by them.
    mutating func insert(_ terms: [Term], _ vector: TermVector, story: UInt32) {
        articles += 1
        for term in terms { frequency[term.hash, default: 0] += 1 }
        for place in vector.heaviest(StoryIndex.postedTerms) {
            let hash = vector.hashes[place]
            if stories[hash]?.contains(story) == true { continue }
            if let count = stories[hash]?.count, count >= StoryIndex.mostStories { continue }
            stories[hash, default: []].append(story)
        }
    }

    mutating func remove(_ gone: Set<UInt32>) {
        for (hash, list) in stories {
            let left = list.filter { !gone.contains($0) }
            if left.count < list.count { stories[hash] = left.isEmpty ? nil : left }
        }
    }
}

/// One of a story's articles as later ones are compared with it.
struct Member: Hashable, Sendable {
    let vector: TermVector
    let at: Instant
    /// Versions of one text count once; 0 for a headline alone.
    let lineage: UInt32
}

/// How alike an article and a story are, 0 to 1.
///
/// The nearest members count beside the centre of all: a centre alone grows broad and turns an event into a topic.
/// `spread` is the length of the members' sum.
func similarity(_ vector: TermVector, at: Instant, to members: [Member], spread: Float) -> Float {
    guard !members.isEmpty, spread > 0 else { return 0 }
    var best: Float = 0
    var sum: Float = 0
    var latest = members[0].at
    for member in members {
        let score = vector.cosine(member.vector)
        sum += score
        best = max(best, score)
        latest = max(latest, member.at)
    }
    let days = Float(abs(at.milliseconds &- latest.milliseconds)) / 86_400_000
    return (best + sum / spread) / 2 * halved(days / 3)
}
