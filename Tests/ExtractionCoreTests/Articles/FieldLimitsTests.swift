import Testing

@testable import ExtractionCore

@Suite struct FieldLimitsTests {
    private let reader = NewsReader(lexicon: .embedded())

    @Test func `a string is cut between words, never inside a scalar`() {
        #expect(shortened("short", to: 5) == "short")
        #expect(shortened("The bridge closed", to: 12) == "The bridge\u{2026}")
        #expect(shortened("ééééé", to: 5) == "éé\u{2026}")
        #expect(shortened(String(repeating: "x", count: 9), to: 4) == "xxxx\u{2026}")
        #expect(shortened("é", to: 1) == "\u{2026}")
    }

    @Test func `a page's megabytes are no headline, address or language`() throws {
        let long = String(repeating: "Bridge ", count: 60_000)
        let page = """
            <html lang="\(long)"><head><title>\(long)</title><meta name=author content="\(long)">
            <link rel=canonical href="https://news.example/\(long.filter { $0 != " " })"></head>
            <body><article><h1>\(long)</h1><p>The bridge at Velmora was closed after the rain, the council said.</p>
            """
        let document = Document(
            bytes: Array(page.utf8), origin: .file(name: "a.html"), receivedAt: Instant(seconds: 0),
            url: "https://news.example/" + String(repeating: "a", count: 9000))
        let article = try reader.article(in: document)
        #expect((article.headline?.utf8.count ?? 0) <= 403)
        #expect(article.url == nil)
        #expect(article.canonicalURL?.utf8.count ?? 0 <= 4096)
        #expect(article.language?.utf8.count ?? 0 <= 35)
        #expect(article.bylines.allSatisfy { $0.utf8.count <= 203 })
    }

    @Test func `a page with more text than an article may have is refused`() {
        let reader = NewsReader(lexicon: reader.lexicon, options: options(articleLimit: 1000))
        let page = "<html><body><article><p>" + String(repeating: "The bridge was closed. ", count: 100)
        let document = Document(
            bytes: Array(page.utf8), origin: .file(name: "a.html"), receivedAt: Instant(seconds: 0))
        #expect(throws: DocumentError.self) { try reader.contents(of: document) }
    }

    private func options(articleLimit: Int) -> NewsReader.Options {
        var options = NewsReader.Options()
        options.articleLimit = articleLimit
        return options
    }

    @Test func `a member's name stays short`() throws {
        let line = #"{"id":"\#(String(repeating: "i", count: 5000))","text":"The bridge was closed."}"#
        let document = Document(
            bytes: Array(line.utf8), origin: .file(name: "a.jsonl"), receivedAt: Instant(seconds: 0))
        guard case .members(let members) = try reader.contents(of: document) else {
            Issue.record("no members")
            return
        }
        #expect(members.map(\.name.utf8.count) == [503])
    }

    @Test func `a flood of tolls is bounded`() throws {
        let text = String(repeating: "Five people were killed in Velmora. ", count: 300)
        #expect(reader.analysis(of: try reader.article(text: Array(text.utf8))).tolls.count == 200)
    }
}
