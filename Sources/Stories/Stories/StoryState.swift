import ExtractionCore

/// A story with what the book needs to find and extend it.
struct StoryState: Sendable {
    var story: Story
    /// What its articles are about together.
    private(set) var centre = Centre()
    /// The language of the centre; 0 is English, or none known.
    private var language: UInt16 = 0
    /// What articles of other languages are about: words of two languages have no centre in common.
    private var otherCentres: [LanguageCentre] = []
    /// Its last texts, from the second one on.
    var members = StoryMembers()
    var firstLineage: UInt32 = 0
    /// The latest publication.
    private(set) var dated: Instant?
    private var headlineNames: [NameCount] = []
    private var people: [Tally] = []
    private var places: [Tally] = []

    private struct Tally {
        let name: String
        var count: Int
    }

    private struct LanguageCentre {
        let language: UInt16
        var centre: Centre
    }

    private struct NameCount {
        let hash: UInt32
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
        dated = max(dated ?? day, day)
        guard let vector else { return }
        if centre.count == 0 { self.language = language }
        guard language == self.language else { return add(vector, language) }
        if lineage > 0 { note(lineage, vector, before: centre) }
        centre.add(vector)
        for term in terms where term.isHeadlineName { count(term.hash, 1) }
    }

    private mutating func add(_ vector: TermVector, _ language: UInt16) {
        if let place = otherCentres.firstIndex(where: { $0.language == language }) {
            otherCentres[place].centre.add(vector)
        } else {
            var centre = Centre()
            centre.add(vector)
            otherCentres.append(LanguageCentre(language: language, centre: centre))
        }
    }

    /// Replaces what its articles are about.
    mutating func take(centre: Centre, dated: Instant?) {
        self.centre = centre
        self.dated = dated
        headlineNames = []
    }

    /// Takes in a story that turned out to tell of the same event.
    mutating func absorb(_ other: StoryState) {
        if centre.count == 0 { language = other.language }
        if other.language == language { centre.add(other.centre) }
        members.absorb(other.members)
        if let day = other.dated { dated = max(dated ?? day, day) }
        for name in other.headlineNames { count(name.hash, name.count) }
        for tally in other.people { for _ in 0..<tally.count { StoryState.count([tally.name], in: &people) } }
        for tally in other.places { for _ in 0..<tally.count { StoryState.count([tally.name], in: &places) } }
        story.absorb(other.story)
        story.people = people.prefix(8).map(\.name)
        story.places = places.prefix(8).map(\.name)
    }

    /// How alike an article and the story are, 0 to 1; what falls short of the threshold may be given as 0.
    func similarity(
        _ vector: TermVector, _ terms: [Term], at day: Instant, isHeadline: Bool, threshold: Float = 0,
        language: UInt16 = 0
    ) -> Float {
        let centre =
            language == self.language ? self.centre : otherCentres.first { $0.language == language }?.centre ?? Centre()
        let score = centre.cosine(vector)
        guard score > 0, let dated else { return 0 }
        let days = Float(abs(day.milliseconds &- dated.milliseconds)) / 86_400_000
        if isHeadline {
            return centre.headlineLikeness(score, daysApart: days)
        }
        let near = score * halved(days / 3)
        guard near >= threshold, centre.meanCosine(score) >= 0.1 else { return 0 }
        // What joins them must be more than the words of every day, and hold for the single articles.
        guard centre.meanCosine(centre.specificCosine(vector, terms)) >= 0.05 else { return 0 }
        return near * (language == self.language && namesOthers(vector, terms) ? 0.7 : 1)
    }

    /// The headlines name somebody or something each that the other side does not know at all.
    private func namesOthers(_ vector: TermVector, _ terms: [Term]) -> Bool {
        guard !headlineNames.isEmpty else { return false }
        var isNamed = false
        for term in terms where term.isHeadlineName {
            if centre.contains(term.hash) { return false }
            isNamed = true
        }
        return isNamed && !headlineNames.prefix(2).contains { vector.contains($0.hash) }
    }

    private mutating func count(_ hash: UInt32, _ added: Int) {
        if let known = headlineNames.firstIndex(where: { $0.hash == hash }) {
            headlineNames[known].count += added
            var place = known
            while place > 0, headlineNames[place].count > headlineNames[place - 1].count {
                headlineNames.swapAt(place, place - 1)
                place -= 1
            }
        } else if headlineNames.count < StoryState.mostNames {
            headlineNames.append(NameCount(hash: hash, count: added))
        }
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
        centre.write(to: &image)
        image.value(language)
        image.list(otherCentres) { image, other in
            image.value(other.language)
            other.centre.write(to: &image)
        }
        members.write(to: &image)
        image.value(firstLineage)
        image.optional(dated) { $0.instant($1) }
        image.list(headlineNames) { image, name in
            image.value(name.hash)
            image.value(UInt32(clamping: name.count))
        }
        for tallies in [people, places] {
            image.list(tallies) { image, tally in
                image.string(tally.name)
                image.value(UInt32(clamping: tally.count))
            }
        }
    }

    init(_ image: inout ImageReader) {
        story = Story(&image)
        centre = Centre(&image)
        language = image.value()
        otherCentres = image.list { image in
            let language = image.value(UInt16.self)
            return LanguageCentre(language: language, centre: Centre(&image))
        }
        members = StoryMembers(&image)
        firstLineage = image.value()
        dated = image.optional { $0.instant() }
        headlineNames = image.list { image in
            let hash = image.value(UInt32.self)
            return NameCount(hash: hash, count: Int(image.value(UInt32.self)))
        }
        func tally(_ image: inout ImageReader) -> Tally {
            let name = image.string()
            return Tally(name: name, count: Int(image.value(UInt32.self)))
        }
        people = image.list(tally)
        places = image.list(tally)
    }
}
