import ExtractionCore

/// What a story's articles are about together: all that the search for an article's story asks of it.
struct StoryTopic: Sendable {
    private(set) var centre = Centre()
    /// The language of the centre; 0 is English, or none known.
    private var language: UInt16 = 0
    /// What articles of other languages are about: words of two languages have no centre in common.
    private var otherCentres: [LanguageCentre] = []
    /// The latest publication.
    private(set) var dated: Instant?
    private var headlineNames: [NameCount] = []

    private struct LanguageCentre {
        let language: UInt16
        var centre: Centre
    }

    private struct NameCount {
        let hash: UInt32
        var count: UInt32
    }

    private static let mostNames = 24

    /// Notes a publication.
    mutating func note(_ day: Instant) { dated = max(dated ?? day, day) }

    /// Whether the centre is of that language.
    func speaks(_ language: UInt16) -> Bool { centre.count == 0 || language == self.language }

    mutating func add(_ terms: [Term], _ vector: TermVector, _ language: UInt16) {
        guard speaks(language) else { return add(vector, language) }
        self.language = language
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

    mutating func absorb(_ other: StoryTopic) {
        if centre.count == 0 { language = other.language }
        if other.language == language { centre.add(other.centre) }
        if let day = other.dated { note(day) }
        for name in other.headlineNames { count(name.hash, name.count) }
    }

    /// How alike an article and the story are, 0 to 1; what falls short of the threshold may be given as 0.
    ///
    /// Inlined, since a call would copy the topic.
    @inline(__always)
    func similarity(
        _ article: WeighedTerms, at day: Instant, isHeadline: Bool, threshold: Float = 0, language: UInt16 = 0
    ) -> Float {
        if language == self.language {
            let score = similarity(centre, article, at: day, isHeadline: isHeadline, threshold: threshold)
            return score > 0 && !isHeadline && namesOthers(article) ? score * 0.7 : score
        }
        guard let other = otherCentres.first(where: { $0.language == language }) else { return 0 }
        return similarity(other.centre, article, at: day, isHeadline: isHeadline, threshold: threshold)
    }

    @inline(__always)
    private func similarity(
        _ centre: Centre, _ article: WeighedTerms, at day: Instant, isHeadline: Bool, threshold: Float
    ) -> Float {
        let score = centre.cosine(article)
        guard score > 0, let dated else { return 0 }
        let days = Float(abs(day.milliseconds &- dated.milliseconds)) / 86_400_000
        if isHeadline {
            return max(0, centre.headlineLikeness(score, daysApart: days))
        }
        let near = score * halved(days / 3)
        guard near >= threshold, centre.meanCosine(score) >= 0.1 else { return 0 }
        // What joins them must be more than the words of every day, and hold for the single articles.
        guard centre.meanCosine(centre.cosine(article) { !$0.isEveryday }) >= 0.05 else { return 0 }
        return near
    }

    /// The headlines name somebody or something each that the other side does not know at all.
    @inline(__always)
    private func namesOthers(_ article: WeighedTerms) -> Bool {
        guard !headlineNames.isEmpty else { return false }
        var isNamed = false
        for term in article.terms where term.isHeadlineName {
            if centre.contains(term.hash) { return false }
            isNamed = true
        }
        return isNamed && !headlineNames.prefix(2).contains { article.place(of: $0.hash) != nil }
    }

    private mutating func count(_ hash: UInt32, _ added: UInt32) {
        if let known = headlineNames.firstIndex(where: { $0.hash == hash }) {
            headlineNames[known].count += added
            var place = known
            while place > 0, headlineNames[place].count > headlineNames[place - 1].count {
                headlineNames.swapAt(place, place - 1)
                place -= 1
            }
        } else if headlineNames.count < StoryTopic.mostNames {
            headlineNames.append(NameCount(hash: hash, count: added))
        }
    }
}

extension StoryTopic {
    func write(to image: inout ImageWriter) {
        centre.write(to: &image)
        image.value(language)
        image.list(otherCentres) { image, other in
            image.value(other.language)
            other.centre.write(to: &image)
        }
        image.optional(dated) { $0.instant($1) }
        image.list(headlineNames) { image, name in
            image.value(name.hash)
            image.value(name.count)
        }
    }

    init(_ image: inout ImageReader) {
        centre = Centre(&image)
        language = image.value()
        otherCentres = image.list { image in
            let language = image.value(UInt16.self)
            return LanguageCentre(language: language, centre: Centre(&image))
        }
        dated = image.optional { $0.instant() }
        headlineNames = image.list { image in
            let hash = image.value(UInt32.self)
            return NameCount(hash: hash, count: image.value())
        }
    }
}
