import ExtractionCore

// A round-up, or a place that two events share, can chain two events to one story. Of a story's last texts the heaviest
// terms are kept; when they fall into two parts that share nothing, the smaller part becomes a story of its own.

/// The last texts of a story of two or more, by their heaviest terms.
struct StoryMembers: Sendable {
    static let most = 16
    static let terms = 16
    /// Texts that are less alike than this share nothing; those of a part must be as alike as `close` on average.
    private static let apart: Float = 0.05
    private static let close: Float = 0.15

    private(set) var lineages: [UInt32] = []
    private var hashes: [UInt32] = []
    private var weights: [Float] = []

    var isEmpty: Bool { lineages.isEmpty }

    mutating func add(_ lineage: UInt32, _ member: TermVector) {
        lineages.append(lineage)
        hashes += member.hashes
        weights += member.weights
        for _ in member.hashes.count..<max(StoryMembers.terms, member.hashes.count) {
            hashes.append(0)
            weights.append(0)
        }
        guard lineages.count > StoryMembers.most else { return }
        // The first one opened the story: it stays.
        lineages.remove(at: 1)
        hashes.removeSubrange(StoryMembers.terms..<2 * StoryMembers.terms)
        weights.removeSubrange(StoryMembers.terms..<2 * StoryMembers.terms)
    }

    /// What a member is about; of length one.
    func vector(_ place: Int) -> TermVector {
        let range = place * StoryMembers.terms..<(place + 1) * StoryMembers.terms
        let kept = range.filter { weights[$0] > 0 }
        return TermVector(kept.map { hashes[$0] }, kept.map { weights[$0] })
    }

    mutating func remove(_ gone: Set<UInt32>) {
        for place in lineages.indices.reversed() where gone.contains(lineages[place]) {
            lineages.remove(at: place)
            hashes.removeSubrange(place * StoryMembers.terms..<(place + 1) * StoryMembers.terms)
            weights.removeSubrange(place * StoryMembers.terms..<(place + 1) * StoryMembers.terms)
        }
    }

    mutating func absorb(_ other: StoryMembers) {
        for place in other.lineages.indices { add(other.lineages[place], other.vector(place)) }
    }

    /// Two parts of a story that share nothing: the lineages that go with a new text, and the text that chained them.
    struct Parting: Hashable, Sendable {
        let going: [UInt32]
        let bridge: UInt32?
    }

    /// The parting that a new text shows; nil where the story holds together.
    func parting(with new: TermVector) -> Parting? {
        guard lineages.count >= 3 else { return nil }
        let vectors = lineages.indices.map(vector) + [new]
        if let found = parting(vectors, fewest: 2) { return found }
        // What all have in common, a place most likely, makes no event; but without it the parts must be larger.
        guard vectors.count >= 6, let common = commonest(vectors) else { return nil }
        return parting(vectors.map { $0.without(common) }, fewest: 3)
    }

    private func commonest(_ vectors: [TermVector]) -> UInt32? {
        var counts: [UInt32: Int] = [:]
        for vector in vectors { for hash in vector.hashes { counts[hash, default: 0] += 1 } }
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return most.flatMap { $0.value * 4 >= vectors.count * 3 ? $0.key : nil }
    }

    private func parting(_ vectors: [TermVector], fewest: Int) -> Parting? {
        // Where the new text hangs together with every other, nothing is apart from it: so it is most of the time.
        guard let new = vectors.last, vectors.dropLast().contains(where: { new.cosine($0) < StoryMembers.apart }) else {
            return nil
        }
        let likeness = vectors.map { left in vectors.map { left.cosine($0) } }
        for bridge in [nil] + lineages.indices.map(Optional.some) {
            let places = vectors.indices.filter { $0 != bridge }
            guard let going = part(of: vectors.count - 1, in: places, likeness) else { continue }
            let staying = places.filter { !going.contains($0) }
            guard going.count >= fewest, staying.count >= fewest, isPart(staying, likeness),
                going.count < staying.count || going.count == staying.count && (!going.contains(0)),
                bridge.map({ isBridge($0, going, staying, likeness) }) ?? true
            else { continue }
            return Parting(
                going: going.filter { $0 < lineages.count }.sorted().map { lineages[$0] },
                bridge: bridge.map { lineages[$0] })
        }
        return nil
    }

    /// Everything that hangs together with a text, when that is not all and close enough.
    private func part(of start: Int, in places: [Int], _ likeness: [[Float]]) -> Set<Int>? {
        var found: Set<Int> = [start]
        var open = [start]
        while let place = open.popLast() {
            for other in places where !found.contains(other) && likeness[place][other] >= StoryMembers.apart {
                found.insert(other)
                open.append(other)
            }
        }
        return found.count < places.count && isPart(Array(found), likeness) ? found : nil
    }

    private func isPart(_ places: [Int], _ likeness: [[Float]]) -> Bool {
        var (sum, pairs): (Float, Float) = (0, 0)
        for left in places {
            for right in places where right > left {
                sum += likeness[left][right]
                pairs += 1
            }
        }
        return pairs > 0 && sum / pairs >= StoryMembers.close
    }

    private func isBridge(_ place: Int, _ left: Set<Int>, _ right: [Int], _ likeness: [[Float]]) -> Bool {
        left.contains { likeness[place][$0] >= StoryMembers.apart }
            && right.contains { likeness[place][$0] >= StoryMembers.apart }
    }
}

extension TermVector {
    /// The heaviest terms alone.
    func trimmed(to count: Int) -> TermVector {
        let places = heaviest(count).sorted()
        return TermVector(places.map { hashes[$0] }, places.map { weights[$0] })
    }

    func without(_ hash: UInt32) -> TermVector {
        let places = hashes.indices.filter { hashes[$0] != hash }
        return TermVector(places.map { hashes[$0] }, places.map { weights[$0] })
    }

    func cosine(_ other: TermVector) -> Float {
        var (left, right) = (0, 0)
        var sum: Float = 0
        while left < hashes.count, right < other.hashes.count {
            if hashes[left] == other.hashes[right] { sum += weights[left] * other.weights[right] }
            let step = (hashes[left], other.hashes[right])
            if step.0 <= step.1 { left += 1 }
            if step.1 <= step.0 { right += 1 }
        }
        return sum
    }
}

extension StoryBook {
    /// A story that turned out to be two: the texts that go with the article whose memory this is.
    public struct Split: Hashable, Sendable {
        public let from: StoryID
        public let lineages: [UInt32]
        /// The text that chained the two stories; it stays, and no longer says what its story is about.
        public let bridge: UInt32?
    }

    /// The split that a text which joins a story shows, if it shows one.
    func split(by memory: Memory) -> Split? {
        guard memory.kind == .joined, memory.hasText, memory.merged.isEmpty,
            let place = storyNumbers[memory.story].flatMap(stories.place),
            stories.values[place].members.lineages.count >= 3
        else { return nil }
        let weighed = weighed ?? storyIndex.weighed(memory.terms, isHeadline: false)
        let vector = weighed.vector.trimmed(to: StoryMembers.terms)
        guard let parting = stories.values[place].members.parting(with: vector) else { return nil }
        return Split(from: memory.story, lineages: parting.going, bridge: parting.bridge)
    }

    /// Takes the smaller part out of a story and makes it a story of its own, under the memory's id.
    mutating func apply(_ split: Split, for memory: Memory) {
        guard let old = storyNumbers[split.from], storyNumbers[memory.story] == nil, stories.contains(old) else {
            return
        }
        let number = storyNumber(for: memory)
        var articles: Set<ArticleID> = []
        var opened: (at: Instant, article: ArticleID)?
        for lineage in split.lineages {
            guard lineages[lineage].map({ living($0.story) == old }) ?? false else { continue }
            lineages.update(lineage) { $0.story = number }
            for version in lineages[lineage]?.versions ?? [] {
                articles.insert(version.article)
                if opened.map({ version.dated < $0.at }) ?? true { opened = (version.dated, version.article) }
            }
        }
        var taken: StoryState?
        stories.update(old) { taken = $0.part(split, articles, as: memory.story) }
        guard var part = taken else { return }
        if let opened { (part.story.opened, part.story.first) = (min(part.story.opened, opened.at), opened.article) }
        part.story.headline = memory.headline ?? ""
        stories[number] = part
        let moved = part.about.centre.hashes.filter { hash in !(stories[old]?.about.centre.contains(hash) ?? false) }
        storyIndex.move(old, to: number, terms: moved)
        for hash in part.about.centre.hashes { storyIndex.post(hash, number) }
    }
}

extension StoryState {
    /// Keeps a text for `split`, from the second one on; the first is still what the centre is.
    mutating func note(_ lineage: UInt32, _ vector: TermVector, before: Centre) {
        if members.isEmpty {
            guard before.count == 1 else {
                if before.count == 0 { firstLineage = lineage }
                return
            }
            let first = TermVector(before.hashes, before.weights)
            members.add(firstLineage, first.trimmed(to: StoryMembers.terms))
        }
        members.add(lineage, vector.trimmed(to: StoryMembers.terms))
    }

    /// Splits the state: what goes is given back, what stays is told by its own texts from now on.
    mutating func part(_ split: StoryBook.Split, _ articles: Set<ArticleID>, as id: StoryID) -> StoryState {
        let gone = Set(split.lineages)
        var story = Story(id: id, opened: self.story.last, last: self.story.last)
        story.articles = articles.count
        story.splitFrom = self.story.id
        story.status = .updated
        story.tolls = self.story.tolls.filter { articles.contains($0.article) }
        story.happenings = self.story.happenings.filter { articles.contains($0.article) }
        self.story.articles = max(1, self.story.articles - articles.count)
        self.story.tolls.removeAll { articles.contains($0.article) }
        self.story.happenings.removeAll { articles.contains($0.article) }
        self.story.splits.append(id)
        var part = StoryState(story)
        var stays = Centre()
        var going = Centre()
        for (place, lineage) in members.lineages.enumerated() where lineage != split.bridge {
            let vector = members.vector(place)
            if gone.contains(lineage) {
                going.add(vector)
                part.members.add(lineage, vector)
            } else {
                stays.add(vector)
            }
        }
        part.about.take(centre: going, dated: about.dated)
        members.remove(gone.union(split.bridge.map { [$0] } ?? []))
        about.take(centre: stays, dated: about.dated)
        return part
    }
}

extension StoryMembers {
    func write(to image: inout ImageWriter) {
        image.values(lineages)
        image.values(hashes)
        image.values(weights)
    }

    init(_ image: inout ImageReader) { (lineages, hashes, weights) = (image.values(), image.values(), image.values()) }
}
