import Testing

@testable import ExtractionCore

@Suite struct PublishingPaceTests {
    private func pace(_ source: String) throws -> PublishingPace {
        try NewsReader(lexicon: .embedded()).feed(
            in: Document(bytes: Array(source.utf8), origin: .standardInput, receivedAt: Instant(seconds: 0))
        ).pace
    }

    private func pace(ofChannel fields: String) throws -> PublishingPace {
        try pace("<rss version='2.0'><channel><title>t</title>\(fields)<item><title>a</title></item></channel></rss>")
    }

    @Test(arguments: [
        ("60", 3600), (" 5 ", 300), ("90 minutes", 5400), ("15.0", 900), ("0", nil), ("-3", nil), ("often", nil),
        ("999999999999999999999999", 366 * 86_400),
    ])
    func `a time to live is minutes`(_ text: String, _ seconds: Int?) throws {
        #expect(try pace(ofChannel: "<ttl>\(text)</ttl>").timeToLive == seconds)
    }

    @Test(arguments: [
        ("hourly", "1", 3600), ("hourly", "4", 900), (" daily ", nil, 86_400), ("Weekly", "2", 302_400),
        ("monthly", nil, 2_592_000), ("yearly", nil, 31_536_000), (nil, "24", 3600), ("hourly", "0", 3600),
        ("now and then", "2", nil), (nil, nil, nil), ("hourly", "99999999", 1),
    ])
    func `updates are a period over a frequency`(_ period: String?, _ frequency: String?, _ seconds: Int?) throws {
        let fields =
            (period.map { "<sy:updatePeriod>\($0)</sy:updatePeriod>" } ?? "")
            + (frequency.map { "<sy:updateFrequency>\($0)</sy:updateFrequency>" } ?? "")
        let bound = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"
        let entry = "<entry><title>a</title></entry>"
        for source in [
            "<rss \(bound)><channel>\(fields)</channel></rss>", "<feed \(bound)>\(fields)\(entry)</feed>",
            "<rdf:RDF \(bound)><channel rdf:about='x'>\(fields)</channel></rdf:RDF>",
            "<rss><channel>\(fields)</channel></rss>",
        ] {
            #expect(try pace(source).updateInterval == seconds)
        }
    }

    @Test func `skipped hours and days are bits`() throws {
        let pace = try pace(
            ofChannel: """
                <skipHours><hour>0</hour><hour> 7</hour><hour>23</hour><hour>25</hour><hour>x</hour></skipHours>
                <skipDays><day>Saturday</day><day>sun</day><day>Caturday</day></skipDays>
                """)
        #expect(pace.skippedHours == 1 | 1 << 7 | 1 << 23)
        #expect(pace.skippedDays == 1 << 6 | 1 << 7)
    }

    @Test func `24 is midnight`() throws {
        #expect(try pace(ofChannel: "<skipHours><hour>24</hour></skipHours>").skippedHours == 1)
    }

    @Test func `a feed that skips always skips never`() throws {
        let hours = (0..<24).map { "<hour>\($0)</hour>" }.joined()
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map { "<day>\($0)</day>" }.joined()
        #expect(try pace(ofChannel: "<skipHours>\(hours)</skipHours><skipDays>\(days)</skipDays>") == PublishingPace())
    }

    @Test func `an item says nothing about the pace`() throws {
        #expect(try pace("<rss><channel><item><ttl>5</ttl><hour>3</hour></item></channel></rss>") == PublishingPace())
    }
}
