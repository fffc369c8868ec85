import Testing

@testable import ExtractionCore

/// Who and when on pages that say it in different places.
@Suite struct PageFieldsTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let body = """
        <p>The council has closed the old bridge over the river after engineers found cracks in two of its piers, officials said.</p>
        <p>Drivers will have to use the northern crossing until repairs are done, which may take as long as eight months, they said.</p>
        <p>Nobody will be put at risk, the mayor told residents at a meeting in the town hall, where many asked about the costs.</p>
        """

    private func article(
        head: String = "", above: String = "", below: String = "", after: String = "", lang: String = "en",
        url: String = "https://courier.example/news/bridge"
    ) throws -> Article {
        let html = """
            <html lang="\(lang)"><head><title>Bridge closed in Millford | The Courier</title>
            <meta property="og:site_name" content="The Courier">\(head)</head><body><article>\(above)
            <h1>Bridge closed in Millford</h1>\(below)<div class="text">\(body)</div>\(after)</article></body></html>
            """
        return try reader.article(
            in: Document(
                bytes: Array(html.utf8), origin: .page, mediaType: "text/html", receivedAt: Instant(seconds: 0),
                url: url))
    }

    private func jsonLD(_ members: String) -> String {
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\(members)}</script>"
    }

    // MARK: authors

    @Test(arguments: [
        ("<p>By Ana Ruiz</p>", ["Ana Ruiz"]),
        ("<div>Written by</div><div>Ana Ruiz</div>", ["Ana Ruiz"]),
        (
            "<p class=byline>By <a href=/authors/ruiz>Ana Ruiz</a> and <a href=/authors/ray>Tom Ray</a></p>",
            ["Ana Ruiz", "Tom Ray"]
        ),
        ("<span class=author>Ana Ruiz</span><p>Reviewed by</p><span class=author>Tom Ray</span>", ["Ana Ruiz"]),
        ("<p>Medically reviewed by <a rel=author href=/r>Tom Ray</a></p><p>By Ana Ruiz</p>", ["Ana Ruiz"]),
        ("<a href=/author/ruiz>Ana Ruiz</a>", ["Ana Ruiz"]),
        ("<p>By Harbour News Desk</p>", ["Harbour News Desk"]),
        ("<p>Photo: Tom Ray</p>", []),
    ])
    func `a byline near the headline is read`(_ below: String, _ names: [String]) throws {
        #expect(try article(below: below).bylines == names)
    }

    @Test func `markup goes before a byline, and a byline before an account`() throws {
        let stated = try article(
            head: jsonLD(#""author":{"@type":"Person","name":"Ana Ruiz"}"#), below: "<p>By Tom Ray</p>")
        #expect(stated.bylines == ["Ana Ruiz"])
        let account = try article(head: "<meta name=author content=aruiz>", below: "<p>By Ana Ruiz</p>")
        #expect(account.bylines == ["Ana Ruiz"])
        #expect(account.details.sources.contains { $0.field == "authors" && $0.source == .text })
        let outlet = try article(head: "<meta name=author content='The Courier'>", below: "<p>By Ana Ruiz</p>")
        #expect(outlet.bylines == ["Ana Ruiz"])
    }

    @Test func `a byline may close the article`() throws {
        #expect(try article(after: "<p><em>Von Ana Ruiz</em></p>", lang: "de").bylines == ["Ana Ruiz"])
    }

    @Test(arguments: ["admin", "Staff", "ops@courier.example", "https://courier.example/ana"])
    func `an office or an address is no author`(_ name: String) throws {
        #expect(try article(head: "<meta name=author content='\(name)'>").bylines.isEmpty)
    }

    @Test func `a body that markup names is kept whole`() throws {
        let article = try article(head: "<meta name=author content='Office for Roads and Rivers'>")
        #expect(article.bylines == ["Office for Roads and Rivers"])
    }

    @Test func `authors in elements of their own are all read`() throws {
        let article = try article(
            head: "<meta name=citation_author content='Ana Ruiz'><meta name=citation_author content='Tom Ray'>")
        #expect(article.bylines == ["Ana Ruiz", "Tom Ray"])
    }

    // MARK: dates

    @Test(arguments: [
        ("<p>Published 4 May 2019</p>", "2019-05-04"), ("<p>May 4, 2019 · 5 min read</p>", "2019-05-04"),
        ("<div>Published</div><div>May 4, 2019</div>", "2019-05-04"),
        ("<p>Updated May 9, 2019, first published May 4, 2019</p>", "2019-05-04"),
        ("<p>Published May 4, 2019 | Updated May 9, 2019</p>", "2019-05-04"),
        ("<span class=post-date>04.05.2019</span>", "2019-05-04"),
        ("<p>25/05/2019</p>", "2019-05-25"), ("<time>4 May 2019</time>", "2019-05-04"),
        ("<p>2 days ago</p>", nil), ("<p>03/04/2019</p>", nil),
    ])
    func `a day near the headline is read`(_ below: String, _ day: String?) throws {
        #expect(try article(below: below).published?.iso8601 == day)
    }

    @Test func `an ambiguous day is decided by language and address`() throws {
        #expect(try article(below: "<p>04.05.19</p>", lang: "de").published?.iso8601 == "2019-05-04")
        #expect(try article(below: "<p>04.05.19</p>").published == nil)
        #expect(try article(below: "<p>03/04/2019</p>", lang: "es").published?.iso8601 == "2019-04-03")
        #expect(try article(below: "<p>03/04/2019</p>", lang: "en-US").published?.iso8601 == "2019-03-04")
        let british = try article(below: "<p>03/04/2019</p>", url: "https://courier.example/en-gb/bridge")
        #expect(british.published?.iso8601 == "2019-04-03")
    }

    @Test func `an ambiguous day is decided by another one on the page`() throws {
        let article = try article(below: "<p>03/04/2019</p>", after: "<p>Next meeting: 25/04/2019</p>")
        #expect(article.published?.iso8601 == "2019-04-03")
    }

    @Test(arguments: [
        ("https://courier.example/2019/05/04/bridge", "2019-05-04"),
        ("https://courier.example/2019/may/04/bridge", "2019-05-04"),
        ("https://courier.example/bridge-20190504.html", "2019-05-04"), ("https://courier.example/2019/43/bridge", nil),
    ])
    func `an address may tell the day`(_ url: String, _ day: String?) throws {
        #expect(try article(url: url).published?.iso8601 == day)
    }

    @Test func `what is shown tells the day of a clock in another zone`() throws {
        let head = jsonLD(#""datePublished":"2019-05-05T02:30:00Z""#)
        #expect(try article(head: head, below: "<p>May 4, 2019</p>").published?.iso8601 == "2019-05-04")
        let zoned = try article(head: head, below: "<time datetime=2019-05-04T22:30:00-04:00>May 4</time>")
        #expect(zoned.published?.iso8601 == "2019-05-04T22:30:00-04:00")
    }

    @Test func `a change is no publication`() throws {
        let head = jsonLD(#""datePublished":"2019-05-04T10:00:00+01:00""#)
        let article = try article(head: head, below: "<p>Last updated: May 9, 2019</p>")
        #expect(article.published?.iso8601 == "2019-05-04T10:00:00+01:00")
        #expect(article.details.modified?.iso8601 == "2019-05-09")
    }

    @Test func `an older day that is shown goes before one of the markup`() throws {
        let head = jsonLD(#""datePublished":"2019-05-09T10:00:00+01:00""#)
        #expect(try article(head: head, below: "<p>May 4, 2019</p>").published?.iso8601 == "2019-05-04")
    }

    @Test func `a day may stand where the article ends`() throws {
        #expect(
            try article(after: "<p>Veröffentlicht am 4. Mai 2019</p>", lang: "de").published?.iso8601 == "2019-05-04")
        #expect(try article(after: "<p>4. Mai 2019</p>", lang: "de").published?.iso8601 == "2019-05-04")
    }
}
