import ExtractionCore

@testable import Stories

/// Files invented articles the way the desk does: candidates first, then their texts. Every second time the book goes on
/// from its image, so that each test of stories is one of images too.
struct Newsroom {
    var book = StoryBook()
    private(set) var texts: [ArticleID: Text] = [:]
    private(set) var memories: [StoryBook.Memory] = []

    @discardableResult
    mutating func file(
        _ text: String, headline: String? = nil, site: String = "alpha.example", hour: Int = 0,
        analysis: (Text) -> Analysis = { _ in Analysis() }
    ) -> Filing {
        let body = Text(text)
        let at = Instant(seconds: 1_500_000_000 + Int64(hour) * 3600)
        let article = Article(
            id: ArticleID(of: body.bytes), origin: .standardInput, url: "https://\(site)/a", headline: headline,
            published: ZonedTime(at), text: body, blocks: [Block(range: body.range, kind: .paragraph)])
        let candidates = book.candidates(for: fingerprint(of: body))
        let against = texts.filter { candidates.contains($0.key) }
        let filing = book.file(article, analysis(body), against: against, at: at)
        if filing.kind != .duplicate { texts[article.id] = body }
        if let memory = book.memory(of: article.id) { memories.append(memory) }
        if memories.count % 2 == 0 { book = book.imaged }
        return filing
    }
}

extension StoryBook {
    /// The book as it is read back from its image.
    var imaged: StoryBook {
        let bytes = imageBytes
        var start = 0
        // In pieces that end anywhere.
        var reader = ImageReader {
            defer { start += 997 }
            return start < bytes.count ? Array(bytes[start..<min(bytes.count, start + 997)]) : []
        }
        let book = StoryBook(&reader, options: options)
        precondition(!reader.isBroken, "an image can be read")
        return book
    }

    var imageBytes: [UInt8] {
        var bytes: [UInt8] = []
        var writer = ImageWriter { bytes += $0 }
        write(to: &writer)
        writer.finish()
        return bytes
    }
}

/// An analysis with tolls at the given words: (words, outcome, low, source).
func tolls(_ stated: [(words: String, outcome: Toll.Outcome, low: Int, source: String?)], in text: Text) -> Analysis {
    var analysis = Analysis()
    for toll in stated {
        let bytes = Array(toll.words.utf8)
        let start = text.bytes.indices.first { text.bytes[$0...].starts(with: bytes) } ?? 0
        analysis.tolls.append(
            Toll(
                range: TextRange(start, start + bytes.count), outcome: toll.outcome, low: toll.low, high: toll.low,
                precision: .exact,
                attribution: toll.source.map { Attribution(entity: nil, name: $0, cue: "said", stance: .says) }))
    }
    return analysis
}

enum Copy {
    static let ferry = """
        At least 12 people were killed when a ferry caught fire off the coast of Velmora on Monday, the coast guard said.

        The Morning Star had left the island of Tesk with 180 passengers and a crew of nine when flames were seen on the \
        car deck, according to the harbour master. Fishing boats took most of the passengers to the mainland before \
        rescue ships arrived.

        Survivors described thick smoke in the stairwells and said that the doors of the lower deck did not open. The \
        operator of the line said it would help investigators in every way and had taken two sister ships out of service.

        The cause of the fire is not known. Officials said that a lorry loaded with paint had been parked near the ramp.
        """

    static let strike = """
        Dock workers in the port of Karrow walked out on Thursday after talks over night shifts broke down, leaving \
        thirty container ships at anchor in the bay.

        The union wants a shorter week for crane drivers. The port authority called the demand unreasonable and said it \
        would turn to the labour court, where a first hearing could be held next month.

        Exporters of fruit asked the government to open a second terminal so that their goods would not spoil.
        """

    /// A text whose words no other number's text has.
    static func filler(_ number: Int) -> String {
        var state = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
        var words: [String] = []
        for place in 0..<70 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let letters = (0..<6).map { 97 + UInt8(truncatingIfNeeded: (state >> (20 + $0 * 5)) % 26) }
            let word = String(decoding: letters, as: UTF8.self)
            words.append(place % 12 == 0 ? word.capitalizedFirst : place % 12 == 11 ? word + "." : word)
        }
        return words.joined(separator: " ")
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
