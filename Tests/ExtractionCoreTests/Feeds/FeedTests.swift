import Testing

@testable import ExtractionCore

@Suite struct FeedTests {
    private let reader = NewsReader(lexicon: .embedded())

    private func feed(_ source: String, url: String? = nil) throws -> Feed {
        try reader.feed(
            in: Document(bytes: Array(source.utf8), origin: .standardInput, receivedAt: Instant(seconds: 0), url: url))
    }

    @Test func `RSS gives its channel and items`() throws {
        let feed = try feed(
            """
            <?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel><title>Harbour &amp; Town</title><link>https://example.org/</link><description>News</description><language>en-gb</language>
            <item><title>Ferry &lt;em&gt;late&lt;/em&gt;</title><link>/a</link><guid isPermaLink="false">id-1</guid>
            <pubDate>Tue, 06 Jun 2017 09:12:00 +0100</pubDate><dc:creator>Ann Lee</dc:creator><description>Short</description>
            <content:encoded><![CDATA[<p onclick="x()">Long <script>bad()</script><a href="b?c=1&d=2">text</a></p>]]></content:encoded>
            <enclosure url="https://example.org/a.mp3" type="audio/mpeg" length="12"/></item>
            <item><title>Second</title>
            </channel></rss>
            """, url: "https://example.org/feed")
        #expect(feed.format == "rss")
        #expect(feed.title == "Harbour & Town")
        #expect(feed.entries.count == 2)
        let entry = try #require(feed.entries.first)
        #expect(entry.id == "id-1")
        #expect(entry.link == "https://example.org/a")
        #expect(entry.title == "Ferry late")
        #expect(entry.published?.iso8601 == "2017-06-06T09:12:00+01:00")
        #expect(entry.authors == [Person(name: "Ann Lee")])
        #expect(entry.summaryHTML == "Short")
        #expect(entry.contentHTML == "<p>Long <a href=\"https://example.org/b?c=1&amp;d=2\">text</a></p>")
        #expect(entry.enclosures == [Enclosure(url: "https://example.org/a.mp3", mediaType: "audio/mpeg", length: 12)])
    }

    @Test func `Atom keeps text, HTML and XHTML apart`() throws {
        let feed = try feed(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/x/"><id>f</id><title type="text">1 &lt; 2</title>
            <entry><id>e1</id><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link rel="alternate" href="one"/><updated>2020-01-02T03:04:05Z</updated>
            <author><name>Bo</name><email>bo@example.org</email></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>In <i>XHTML</i></p></div></content></entry>
            <entry><id>e2</id><title>Two</title><summary type="text">a &lt;b&gt;</summary><content type="text/html" mode="base64">PHA+aGk8L3A+</content></entry></feed>
            """)
        #expect(feed.title == "1 < 2")
        #expect(feed.entries.map(\.title) == ["A b", "Two"])
        #expect(feed.entries[0].link == "https://example.org/x/one")
        #expect(feed.entries[0].contentHTML == "<p>In <i>XHTML</i></p>")
        #expect(feed.entries[0].authors == [Person(name: "Bo", email: "bo@example.org")])
        #expect(feed.entries[1].summaryHTML == "a &lt;b&gt;")
        #expect(feed.entries[1].contentHTML == "<p>hi</p>")
    }

    @Test func `RDF and JSON feeds are read`() throws {
        let rdf = try feed(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>R</title></channel>
            <item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link></item></rdf:RDF>
            """)
        #expect(rdf.format == "rdf")
        #expect(rdf.entries.first?.id == "https://example.org/1")
        let json = try feed(
            #"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [{"id": 7, "url": "/x", "content_text": "a < b", "date_published": "2021-01-01T00:00:00Z"}]}"#,
            url: "https://example.org/feed.json")
        #expect(json.format == "json")
        #expect(json.entries.first?.id == "7")
        #expect(json.entries.first?.link == "https://example.org/x")
        #expect(json.entries.first?.contentHTML == "a &lt; b")
    }

    @Test func `broken feeds keep what can be read`() throws {
        #expect(
            try feed("junk <rss><channel><title>T</title><item><title>a<item><title>b</title></channel>").entries.map(
                \.title) == ["a", "b"])
        #expect(
            try feed("<rss><channel><item><title>x</title><description>cut he").entries.first?.summaryHTML == "cut he")
        #expect(try feed("<feed><entry><title>a</nothing></title></entry></feed>").entries.first?.title == "a")
        #expect(throws: FeedError.empty) { try feed("  ") }
        #expect(throws: FeedError.notAFeed(found: "html")) { try feed("<!doctype html><p>x") }
    }

    @Test func `feed dates are read in their many forms`() {
        let cases: [(String, String?)] = [
            ("Tue, 06 Jun 2017 09:12:00 GMT", "2017-06-06T09:12:00+00:00"),
            ("6 Jun 17 09:12 EST", "2017-06-06T09:12:00-05:00"),
            ("mer, 16 nov 2022 00:38:15 +0100", "2022-11-16T00:38:15+01:00"), ("2017-06-06", "2017-06-06"),
            ("2017-06-06T09:12:00.123Z", "2017-06-06T09:12:00+00:00"),
            ("2017-06-06 09:12:00 +02:00", "2017-06-06T09:12:00+02:00"),
            ("June 6, 2017 9:12 pm", "2017-06-06T21:12:00+00:00"),
            ("Tue Jun  6 09:12:00 2017", "2017-06-06T09:12:00+00:00"),
            ("1496740320", "2017-06-06T09:12:00+00:00"), ("11.11.2021", "2021-11-11"), ("03/04/2017", nil),
            ("yesterday", nil), ("", nil),
            ("99999999999999999999", nil), ("2017-13-45", nil),
        ]
        for (text, expected) in cases { #expect(FeedDate.time(text)?.iso8601 == expected, "\(text)") }
    }

    @Test func `only harmless HTML passes`() {
        let cases = [
            ("<a href=\"java\tscript:x()\">y</a>", "<a>y</a>"), ("<img src=x onerror=y>", "<img src=\"x\">"),
            ("<style>p{}</style>z", "z"),
            ("<iframe src=x>a</iframe>b", "b"), ("<a href=\"&#106;avascript:x\">y</a>", "<a>y</a>"),
            ("a < b", "a &lt; b"), ("<object><p>x</p></object>y", "y"),
        ]
        for (source, expected) in cases {
            #expect(HTMLSanitizer.sanitized(Array(source.utf8)) == expected, "\(source)")
        }
    }

    @Test func `OPML names its feeds`() {
        let outlines = OPML.outlines(
            in: Array(
                "<opml><body><outline text='Folder'><outline title='A' xmlUrl='https://a.example/f' htmlUrl='https://a.example'/></outline></body></opml>"
                    .utf8))
        #expect(outlines.map(\.xmlURL) == ["https://a.example/f"])
        #expect(outlines.first?.title == "A")
    }

    @Test func `a feed's record has the members of the format`() throws {
        var json = JSONWriter()
        let feed = try feed("<rss><channel><title>T</title><item><guid>g</guid><title>x</title></item></channel></rss>")
        json.object { feed.write(to: &$0) }
        #expect(json.string == #"{"format":"rss","title":"T","entries":[{"id":"g","title":"x"}]}"#)
    }
}
