import Testing

@testable import ExtractionCore

@Suite struct FeedLimitTests {
    private func feed(_ source: String, _ change: (inout FeedLimits) -> Void) throws -> Feed {
        var limits = FeedLimits()
        change(&limits)
        return try #require(FeedReader.feed(in: Array(source.utf8), url: nil, limits: limits))
    }

    private func items(_ count: Int) -> String {
        (0..<count).map { "<item><title>Item \($0)</title></item>" }.joined()
    }

    @Test func `the first entries are kept and the others counted`() throws {
        let feed = try feed("<rss><channel>\(items(9))</channel></rss>") { $0.entries = 4 }
        #expect(feed.entries.map(\.title) == ["Item 0", "Item 1", "Item 2", "Item 3"])
        #expect(feed.notes == ["5 entries beyond the limit left out"])
    }

    @Test func `a long field is cut between characters and its item kept`() throws {
        let feed = try feed("<rss><channel><item><title>äöüß</title><guid>1</guid></item></channel></rss>") {
            $0.field = 5
        }
        #expect(feed.entries.map(\.title) == ["äö"])
        #expect(feed.entries.map(\.id) == ["1"])
        #expect(feed.notes == ["fields longer than the limit cut"])
    }

    @Test func `a long document gives what was finished`() throws {
        let feed = try feed("<rss><channel>\(items(50))</channel></rss>") { $0.document = 400 }
        #expect(feed.entries.count > 5)
        #expect(feed.entries.dropLast().allSatisfy { !$0.isCut })
        #expect(feed.notes.first == "the document is cut at 400 bytes")
    }

    @Test(arguments: [0, 1, 5, 400])
    func `what lies too deep is passed over and balanced`(_ closed: Int) throws {
        let deep = String(repeating: "<i>", count: 400) + "x" + String(repeating: "</i>", count: closed)
        let feed = try feed(
            "<rss><channel>\(items(1))<item><description>\(deep)</description><title>Deep</title></item>\(items(2))</channel></rss>"
        ) { $0.depth = 20 }
        #expect(feed.entries.map(\.title) == ["Item 0", "Deep", "Item 0", "Item 1"])
        #expect(feed.notes == ["elements deeper than the limit passed over"])
    }

    @Test func `attributes beyond the limit are noted`() throws {
        let many = (0..<300).map { "a\($0)='x'" }.joined(separator: " ")
        let feed = try feed("<rss><channel><item \(many)><title>A</title></item></channel></rss>") { _ in }
        #expect(feed.entries.map(\.title) == ["A"])
        #expect(feed.notes == ["attributes beyond the limit left out"])
    }

    @Test func `no entity is defined by a document`() throws {
        let feed = try read(
            "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><rss><channel><item><title>&b; &eacute; &#150; &#8;</title></item></channel></rss>"
        )
        #expect(feed.entries.map(\.title) == ["&b; é –"])
    }
}
