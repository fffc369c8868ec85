import ExtractionCore
import Testing

@testable import Stories

@Suite struct AtomDigestTests {
    private let atom = AtomDigest(host: "Desk-1.example")

    /// Read back by the product's own feed reader.
    private func read(_ bytes: [UInt8]) throws -> Feed {
        try NewsReader(lexicon: .embedded()).feed(
            in: Document(
                bytes: bytes, origin: .standardInput, mediaType: "application/atom+xml",
                receivedAt: Instant(milliseconds: 0)))
    }

    private func day(closed: Bool) -> [UInt8] {
        let whole = sampleDay()
        let lines = whole.split(separator: 0x0A).map { Array($0) + [0x0A] }
        return closed ? whole : lines.dropLast().flatMap { $0 }
    }

    @Test func `a day's entry keeps its id while its time moves`() throws {
        let open = try #require(atom.day(of: day(closed: false)))
        let closed = try #require(atom.day(of: day(closed: true)))
        #expect(open.updated == "2017-06-06T10:00:00+01:00")
        #expect(closed.updated == "2017-06-07T00:00:00+01:00")
        for entry in [open, closed] {
            let feed = try read(atom.feed("Daily digests", file: "feed.atom", entries: [entry]))
            #expect(feed.entries.map(\.id) == ["tag:desk-1.example,2017-06-06:digest"])
            #expect(feed.entries.first?.title == "Digest for Tuesday 6 June 2017")
            #expect(feed.entries.first?.link?.hasSuffix("2017-06-06.html") == true)
        }
    }

    @Test func `every alert is an entry, and hostile words stay words`() throws {
        var chain = DigestChain(day: "2017-06-06", previousHash: "")
        let lines = (1...3).flatMap { number in
            chain.line("alert", at: "2017-06-06T1\(number):00:00+01:00") { json in
                json.member("id", "al-2017-06-06-\(number)")
                json.member("severity", "high")
                json.member("story", "st-1")
                json.member("story_headline", "Ferry <b>adrift</b> & afloat")
                json.member("reason", "toll \(number) </content><script>x</script>")
            }
        }
        let entries = atom.alerts(of: lines)
        let bytes = atom.feed("Alerts", file: "alerts.atom", entries: entries.reversed())
        #expect(!String(decoding: bytes, as: UTF8.self).contains("<script"))
        let feed = try read(bytes)
        #expect(
            feed.entries.map(\.id) == (1...3).reversed().map { "tag:desk-1.example,2017-06-06:al-2017-06-06-\($0)" })
        #expect(feed.entries.last?.title == "Ferry <b>adrift</b> & afloat: toll 1 </content><script>x</script>")
        #expect(feed.updated?.iso8601 == "2017-06-06T13:00:00+01:00")
    }

    @Test func `a feed without entries is a feed, and what are no records is no entry`() throws {
        #expect(try read(atom.feed("Alerts", file: "alerts.atom", entries: [])).entries.isEmpty)
        #expect(atom.day(of: Array("{\"type\":\"opened\"}\nnonsense\n".utf8)) == nil)
        #expect(atom.alerts(of: Array("[]\n{\"type\":\"story\"}\n\u{0}".utf8)).isEmpty)
    }
}
