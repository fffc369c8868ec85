import Testing

@testable import ExtractionCore

@Suite struct ListedAddressTests {
    private let reader = NewsReader(lexicon: Lexicon())

    private func urls(_ text: String, name: String, type: String? = nil) -> [String]? {
        urls(Array(text.utf8), name: name, type: type)
    }

    private func urls(_ bytes: [UInt8], name: String, type: String? = nil) -> [String]? {
        let document = Document(
            bytes: bytes, origin: .file(name: name), mediaType: type, receivedAt: Instant(seconds: 0))
        return reader.addresses(in: document)?.map(\.url)
    }

    @Test func `a list has an address a line, each once`() {
        let text = "\u{FEFF}# morning\r\nhttps://a.example/1\r\n\r\n  https://a.example/2  \nhttps://a.example/1"
        #expect(urls(text, name: "Morning.URLS") == ["https://a.example/1", "https://a.example/2"])
        #expect(urls("https://a.example/1", name: "x", type: "text/uri-list") == ["https://a.example/1"])
        #expect(urls("", name: "x.urls") == nil, "an empty file is an empty document")
    }

    @Test func `a text that holds addresses is a text`() {
        #expect(urls("https://a.example/1\nhttps://a.example/2", name: "links.txt") == nil)
        #expect(urls("<p><a href='https://a.example/1'>one</a></p>", name: "links.html") == nil)
    }

    @Test func `shortcuts of every desktop are read`() {
        let web = "https://a.example/story?id=1&x=2"
        #expect(urls("[InternetShortcut]\r\nIconIndex=0\r\nURL=\(web)\r\n", name: "Story.url") == [web])
        #expect(
            urls(
                "[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nURL=\(web)",
                name: "Story.url") == [web])
        #expect(urls("[Desktop Entry]\nType=Link\nName=Story\nURL=\(web)\n", name: "Story.desktop") == [web])
        let list = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0"><dict><key>Name</key><string>x</string>
            <key>URL</key><string>https://a.example/story?id=1&amp;x=2</string></dict></plist>
            """
        #expect(urls(list, name: "Story.webloc") == [web])
    }

    @Test func `a packed property list is read whatever the length of its address`() {
        func packed(_ address: String) -> [UInt8] {
            let bytes = Array(address.utf8)
            var marker: [UInt8] = [0x50 | UInt8(min(bytes.count, 15))]
            if bytes.count > 255 {
                marker = [0x5F, 0x11, UInt8(bytes.count >> 8), UInt8(bytes.count & 255)]
            } else if bytes.count > 14 {
                marker = [0x5F, 0x10, UInt8(bytes.count)]
            }
            return Array("bplist00".utf8) + [0xD1, 1, 2, 0x53] + Array("URL".utf8) + marker + bytes + [8, 11, 15]
        }
        for length in [10, 40, 300] {
            let address = "http://a.b" + String(repeating: "x", count: max(0, length - 10))
            #expect(urls(packed(address), name: "a.webloc") == [address])
        }
        #expect(urls(Array("bplist00http".utf8), name: "a.webloc") == [])
        #expect(urls(Array("bplist00\u{5F}\u{10}\u{7F}http".utf8), name: "a.webloc") == [])
    }

    @Test func `a shortcut without an address lists none`() {
        #expect(urls("[InternetShortcut]\r\nIconIndex=0\r\n", name: "a.url") == [])
    }

    @Test func `a list of feeds lists the feeds`() {
        let text = """
            <opml version="2.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/rss"/></outline>
            <outline text="B" xmlUrl="https://b.example/rss?a=1&amp;b=2"/><outline text="A" xmlUrl="https://a.example/rss"/>
            </body></opml>
            """
        #expect(urls(text, name: "x.opml") == ["https://a.example/rss", "https://b.example/rss?a=1&b=2"])
    }

    @Test func `a list of feeds that is written is read again`() {
        let outlines = [
            OPML.Outline(title: "Ports & <Ships> \"today\"", xmlURL: "https://a.example/?a=1&b='2'"),
            OPML.Outline(title: nil, xmlURL: "https://b.example/", htmlURL: "https://b.example/page"),
        ]
        let read = OPML.outlines(in: OPML.document(title: "Mine & yours", outlines))
        #expect(read.map(\.xmlURL) == outlines.map(\.xmlURL))
        #expect(read.first?.title == outlines.first?.title)
        #expect(read.last?.htmlURL == "https://b.example/page")
    }
}

@Suite struct DiscoveredFeedTests {
    private func feeds(_ html: String) -> [String] {
        let document = Document(
            bytes: Array(html.utf8), origin: .page, mediaType: "text/html", receivedAt: Instant(seconds: 0),
            url: "https://site.example/news/")
        return NewsReader(lexicon: Lexicon()).feeds(namedIn: document).map(\.url)
    }

    @Test func `a page names its feeds in its head, that of the comments last`() {
        let page = """
            <!DOCTYPE html><html><head><link rel="stylesheet" type="text/css" href="a.css">
            <link rel="alternate" type="application/rss+xml" title="Site: comments" href="/comments/feed/">
            <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="atom.xml">
            <link rel="alternate" hreflang="de" href="/de/"></head><body><a href="/rss.xml">RSS</a></body></html>
            """
        #expect(feeds(page) == ["https://site.example/news/atom.xml", "https://site.example/comments/feed/"])
    }

    @Test func `without such a head the links of the page are looked at`() {
        let page =
            "<html><head><base href='https://cdn.example/x/'></head><body><a href='feed'>Feed</a><a href='feedback'>x</a>"
        #expect(feeds(page) == ["https://cdn.example/x/feed"])
    }

    @Test func `only addresses of the web are named`() {
        #expect(feeds("<link rel=alternate type='application/rss+xml' href='javascript:alert(1)'>").isEmpty)
        #expect(feeds("<html><p>No feed here.</p></html>").isEmpty)
    }
}
