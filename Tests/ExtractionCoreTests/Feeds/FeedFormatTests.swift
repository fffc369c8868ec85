import Testing

@testable import ExtractionCore

@Suite struct FeedFormatTests {
    @Test func `a news sitemap's articles are entries`() throws {
        let feed = try read(
            """
            <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" \
            xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
            <url><loc>https://paper.example/1</loc><lastmod>2017-06-06</lastmod><n:news><n:publication><n:name>The Paper</n:name>
            <n:language>en</n:language></n:publication><n:publication_date>2017-06-05T09:12:00Z</n:publication_date>
            <n:title>Ferry &amp; bridge</n:title></n:news><image:image><image:loc>https://paper.example/i.jpg</image:loc>
            <image:title>Not this</image:title></image:image></url>
            <url><loc>https://paper.example/2</loc></url></urlset>
            """)
        #expect(feed.format == "sitemap")
        #expect(feed.title == "The Paper")
        let first = try #require(feed.entries.first)
        #expect(first.id == "https://paper.example/1")
        #expect(first.link == "https://paper.example/1")
        #expect(first.title == "Ferry & bridge")
        #expect(first.language == "en")
        #expect(first.published?.iso8601 == "2017-06-05T09:12:00+00:00")
        #expect(first.updated?.iso8601 == "2017-06-06")
        #expect(feed.entries.count == 2)
    }

    @Test func `a sitemap index's sitemaps are entries`() throws {
        let feed = try read(
            "<sitemapindex><sitemap><loc>https://a.example/1.xml</loc><lastmod>2017-06-06</lastmod></sitemap></sitemapindex>"
        )
        #expect(feed.format == "sitemapindex")
        #expect(feed.entries.map(\.link) == ["https://a.example/1.xml"])
    }

    @Test func `a channel of attributes is CDF`() throws {
        let feed = try read(
            """
            <?xml version="1.0"?><CHANNEL HREF="https://a.example/" BASE="https://a.example/"><TITLE>T</TITLE><ABSTRACT>Why</ABSTRACT>
            <ITEM HREF="one.html" LASTMOD="1998-02-01T09:12:00Z"><TITLE>One</TITLE><ABSTRACT>About one</ABSTRACT></ITEM>
            <ITEM><A HREF="two.html"/><TITLE>Two</TITLE></ITEM></CHANNEL>
            """, url: "https://a.example/x.cdf")
        #expect(feed.format == "cdf")
        #expect(feed.link == "https://a.example/")
        #expect(feed.subtitle == "Why")
        #expect(feed.entries.map(\.title) == ["One", "Two"])
        #expect(feed.entries.map(\.link) == ["https://a.example/one.html", "https://a.example/two.html"])
        #expect(feed.entries[0].updated?.iso8601 == "1998-02-01T09:12:00+00:00")
        #expect(feed.entries[0].summaryHTML == "About one")
    }

    @Test func `RSS in JSON is RSS`() throws {
        let feed = try read(
            ##"""
            {"rss": {"version": "2.0", "channel": {"title": "T", "link": "https://a.example/", "ttl": 60, "description": "D",
            "item": [{"title": "A &amp; B", "guid": {"isPermaLink": "false", "#value": "g1"}, "link": "/1", "author": "x@a.example (X)",
            "pubDate": "Tue, 06 Jun 2017 09:12:00 GMT", "content:encoded": "<p onclick='x'>Hi</p>", "dc:creator": "C",
            "enclosure": {"url": "/1.mp3", "type": "audio/mpeg", "length": 7}}, {"title": "Two"}]}}}
            """##)
        #expect(feed.format == "rss-json")
        #expect(feed.pace.timeToLive == 3600)
        #expect(feed.entries.count == 2)
        let entry = feed.entries[0]
        #expect(entry.id == "g1")
        #expect(entry.title == "A & B")
        #expect(entry.link == "https://a.example/1")
        #expect(entry.authors == [Person(name: "X", email: "x@a.example")])
        #expect(entry.contentHTML == "<p>Hi</p>")
        #expect(entry.enclosures == [Enclosure(url: "https://a.example/1.mp3", mediaType: "audio/mpeg", length: 7)])
    }

    @Test func `JSON that breaks off gives its whole items`() throws {
        let whole =
            #"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1"}, {"id": "2"}, {"id": "3"}]}"#
        for length in 0..<whole.utf8.count {
            let cut = String(decoding: whole.utf8.prefix(length), as: UTF8.self)
            guard cut.contains("\"items\": [") else { continue }
            let feed = try read(cut)
            #expect(feed.entries.count == cut.split(separator: "}", omittingEmptySubsequences: false).count - 1)
            #expect(!feed.notes.isEmpty)
        }
        #expect(try read(whole).notes.isEmpty)
    }

    @Test func `an entry may be the whole document`() throws {
        let feed = try read(
            "<entry xmlns='http://www.w3.org/2005/Atom'><id>1</id><title type='html'>A &amp;lt; B</title><content type='xhtml'><div><p>x</p></div></content></entry>"
        )
        #expect(feed.format == "atom")
        #expect(feed.entries.map(\.title) == ["A < B"])
        #expect(feed.entries[0].contentHTML == "<p>x</p>")
    }

    @Test(arguments: [
        ("http://purl.org/dc/elements/1.1/", "x:creator"), ("HTTP://PURL.ORG/DC/ELEMENTS/1.1", "x:creator"),
        (" http://purl.org/dc/terms/ ", "x:creator"), ("https://www.itunes.com/dtds/podcast-1.0.dtd", "x:author"),
        ("http://www.w3.org/2005/Atom", "x:author"),
    ])
    func `a vocabulary is known by its address`(_ address: String, _ name: String) throws {
        let text = name == "x:author" && address.contains("Atom") ? "<x:name>Ann</x:name>" : "Ann"
        let feed = try read(
            "<rss xmlns:x=\"\(address)\"><channel><item><\(name)>\(text)</\(name)></item></channel></rss>")
        #expect(feed.entries[0].authors == [Person(name: "Ann")])
    }

    @Test(arguments: ["dc:creator", "itunes:author", "zz:author", "author"])
    func `a prefix bound to nothing keeps its usual meaning`(_ name: String) throws {
        let feed = try read("<rss><channel><item><\(name)>Ann</\(name)></item></channel></rss>")
        #expect(feed.entries[0].authors == [Person(name: "Ann")])
    }

    @Test func `a foreign vocabulary says nothing`() throws {
        let feed = try read(
            "<rss xmlns:y='http://y.example/'><channel><y:title>no</y:title><title>T</title><item><title>A</title><y:title>no</y:title></item></channel></rss>"
        )
        #expect(feed.title == "T")
        #expect(feed.entries[0].title == "A")
    }

    @Test func `base addresses are inherited`() throws {
        let feed = try read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/" xml:lang="de"><id>f</id>
            <link href="start"/><link rel="self" href="/feed"/><link rel="hub" href="https://hub.example/"/>
            <entry xml:base="y/" xml:lang="fr"><id>1</id><link href="one"/>
            <content type="html" xml:base="/z/">&lt;img src="p.jpg"&gt;</content></entry>
            <entry><id>2</id><link href="//b.example/two"/></entry></feed>
            """, url: "https://other.example/feed")
        #expect(feed.link == "https://a.example/x/start")
        #expect(feed.selfLink == "https://a.example/feed")
        #expect(feed.hub == "https://hub.example/")
        #expect(feed.language == "de")
        #expect(feed.entries.map(\.link) == ["https://a.example/x/y/one", "https://b.example/two"])
        #expect(feed.entries[0].contentHTML == "<img src=\"https://a.example/z/p.jpg\">")
        #expect(feed.entries[0].language == "fr")
    }

    @Test func `titles are plain text, and HTML where they are marked up`() throws {
        let feed = try read(
            """
            <rss><channel><title>A &amp;amp; B</title><description><![CDATA[<p>Why <script>x</script>not</p>]]></description>
            <item><title>Ferry &lt;em&gt;late&lt;/em&gt;</title></item><item><title>2 &lt; 3 &amp; 4</title></item>
            <item><title><p>Naked</p></title></item><item><title>?page=1&copy=2;mode=x</title></item></channel></rss>
            """)
        #expect(feed.title == "A & B")
        #expect(feed.titleHTML == nil)
        #expect(feed.subtitle == "Why not")
        #expect(feed.subtitleHTML == "<p>Why not</p>")
        #expect(feed.entries.map(\.title) == ["Ferry late", "2 < 3 & 4", "Naked", "?page=1&copy=2;mode=x"])
        #expect(feed.entries.map(\.titleHTML) == ["Ferry <em>late</em>", "2 &lt; 3 & 4", "<p>Naked</p>", nil])
    }
}
