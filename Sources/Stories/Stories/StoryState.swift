import ExtractionCore

/// A story with what the book needs to find and extend it.
struct StoryState: Sendable {
    var story: Story
    private(set) var members: [Member] = []
    /// The length of the sum of the members' vectors.
    private(set) var spread: Float = 0
    private var people: [Tally] = []
    private var places: [Tally] = []

    private struct Tally {
        let name: String
        var count: Int
    }

    private static let mostMembers = 8
    /// A headline alone says so little that more of them must be remembered.
    private static let mostHeadlines = 32
    private static let mostNames = 24

    init(_ story: Story) { self.story = story }

    mutating func add(_ memory: StoryBook.Memory) {
        story.last = max(story.last, memory.at)
        if memory.kind == .duplicate {
            story.duplicates += 1
            return
        }
        story.articles += 1
        if story.headline.isEmpty { story.headline = memory.headline ?? "" }
        if let site = memory.site, !story.sites.contains(site) { story.sites.append(site) }
        StoryState.count(memory.people, in: &people)
        StoryState.count(memory.places, in: &places)
        story.people = people.prefix(8).map(\.name)
        story.places = places.prefix(8).map(\.name)
        if story.terms.isEmpty { story.terms = contentWords(of: memory.headline ?? "") }
        story.tolls += memory.tolls
        if memory.kind != .opened, memory.hasNews { story.status = .updated }
    }

    /// Keeps the first member and the latest ones; a new version of a text takes the place of the old.
    mutating func add(_ member: Member) {
        if member.lineage > 0, let old = members.firstIndex(where: { $0.lineage == member.lineage }) {
            members[old] = member
        } else {
            if members.count >= (member.lineage > 0 ? StoryState.mostMembers : StoryState.mostHeadlines) {
                members.remove(at: 1)
            }
            members.append(member)
        }
        var square: Float = 0
        for one in members.indices {
            square += 1
            for other in 0..<one { square += 2 * members[one].vector.cosine(members[other].vector) }
        }
        spread = square.squareRoot()
    }

    private static func count(_ names: [String], in tallies: inout [Tally]) {
        for name in names {
            if let known = tallies.firstIndex(where: { $0.name == name }) {
                tallies[known].count += 1
            } else if tallies.count < mostNames {
                tallies.append(Tally(name: name, count: 1))
            }
        }
        // Stable, so that equal counts stay in order of appearance.
        tallies = tallies.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }

    private func contentWords(of headline: String) -> [String] {
        let text = TextWords(Text(headline))
        var words: [String] = []
        for word in text.words where !Words.shared.stop.contains(word.hash) && word.end - word.start > 2 {
            let shown = text.text.string(word.range)
            if !words.contains(shown) { words.append(shown) }
            if words.count == 8 { break }
        }
        return words
    }
}
