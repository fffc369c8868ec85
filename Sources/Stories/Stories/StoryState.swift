import ExtractionCore

/// A story with what the book needs to find and extend it.
struct StoryState: Sendable {
    var story: Story
    var about = StoryTopic()
    /// Its last texts, from the second one on.
    var members = StoryMembers()
    var firstLineage: UInt32 = 0
    private var people: [Tally] = []
    private var places: [Tally] = []

    private struct Tally {
        let name: String
        var count: Int
    }

    private static let mostNames = 24

    init(_ story: Story) { self.story = story }

    /// `owner` is whom the text is credited to, by number.
    mutating func add(_ memory: StoryBook.Memory, owner: UInt16? = nil) {
        story.last = max(story.last, memory.at)
        if memory.kind == .duplicate {
            story.duplicates += 1
            return
        }
        story.articles += 1
        if story.first == nil { story.first = memory.article }
        story.count(articleAt: memory.at, owner: owner)
        story.add(memory.happenings)
        for key in memory.events { story.note(eventKey: key) }
        if story.headline.isEmpty { story.headline = memory.headline ?? "" }
        if let site = memory.site, !story.sites.contains(site) { story.sites.append(site) }
        StoryState.count(memory.people, in: &people)
        StoryState.count(memory.places, in: &places)
        story.people = people.prefix(8).map(\.name)
        story.places = places.prefix(8).map(\.name)
        story.tolls += memory.tolls
        story.noteNews(at: memory.at, kind: memory.kind, hasNews: memory.hasNews)
    }

    /// Takes an article's terms in. Versions of one text count once, so `vector` is nil for a later one.
    mutating func add(
        _ terms: [Term], _ vector: TermVector?, dated day: Instant, language: UInt16 = 0, lineage: UInt32 = 0
    ) {
        about.note(day)
        guard let vector else { return }
        if lineage > 0, about.speaks(language) { note(lineage, vector, before: about.centre) }
        about.add(terms, vector, language)
    }

    /// Takes in a story that turned out to tell of the same event.
    mutating func absorb(_ other: StoryState) {
        about.absorb(other.about)
        members.absorb(other.members)
        for tally in other.people { for _ in 0..<tally.count { StoryState.count([tally.name], in: &people) } }
        for tally in other.places { for _ in 0..<tally.count { StoryState.count([tally.name], in: &places) } }
        story.absorb(other.story)
        story.people = people.prefix(8).map(\.name)
        story.places = places.prefix(8).map(\.name)
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
}

extension StoryState {
    func write(to image: inout ImageWriter) {
        story.write(to: &image)
        about.write(to: &image)
        members.write(to: &image)
        image.value(firstLineage)
        for tallies in [people, places] {
            image.list(tallies) { image, tally in
                image.string(tally.name)
                image.value(UInt32(clamping: tally.count))
            }
        }
    }

    init(_ image: inout ImageReader) {
        story = Story(&image)
        about = StoryTopic(&image)
        members = StoryMembers(&image)
        firstLineage = image.value()
        func tally(_ image: inout ImageReader) -> Tally {
            let name = image.string()
            return Tally(name: name, count: Int(image.value(UInt32.self)))
        }
        people = image.list(tally)
        places = image.list(tally)
    }
}
