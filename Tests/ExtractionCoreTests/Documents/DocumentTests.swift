import Testing

@testable import ExtractionCore

@Suite struct DocumentTests {
    private let reader = NewsReader(lexicon: .embedded())

    private func document(_ bytes: [UInt8], type: String? = nil, name: String = "a") -> Document {
        Document(bytes: bytes, origin: .file(name: name), mediaType: type, receivedAt: Instant(seconds: 0))
    }

    @Test func `documents are known by their bytes`() {
        let cases: [(String, DocumentKind)] = [
            ("Just text.", .plainText), ("<!DOCTYPE html><p>x", .html), ("  <html><body>", .html),
            ("<p>fragment</p>", .html),
            ("<?xml version='1.0'?><rss><channel/></rss>", .feed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'/>", .feed),
            ("<rdf:RDF><channel/></rdf:RDF>", .feed), ("<opml version='2.0'/>", .opml),
            ("%PDF-1.4 x", .unsupported("pdf")),
            ("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", .jsonFeed),
            ("{\"text\": \"x\"}\n{\"text\": \"y\"}", .jsonLines),
            ("not json\n{\"text\": \"y\"}", .plainText), ("{\"a\": 1}", .unsupported("json")),
            ("<?xml version='1.0'?><urlset/>", .unsupported("sitemap")),
            ("From: a@b.example\nTo: c@d.example\nSubject: x\nMessage-ID: <1>\n\nBody", .mail),
            ("WARC/1.0\r\n", .warc),
            ("{\\rtf1", .unsupported("rtf")),
            ("Date: the day we met was long ago.\nFrom here on it went well.", .plainText),
            ("a <b>bold</b> word", .plainText),
        ]
        for (source, kind) in cases { #expect(DocumentKind(of: document(Array(source.utf8))) == kind, "\(source)") }
        #expect(DocumentKind(of: document([0x1F, 0x8B, 8, 0])) == .gzip)
        #expect(DocumentKind(of: document([0xFF, 0xD8, 0xFF, 0xE0])) == .unsupported("jpeg image"))
    }

    @Test func `what cannot be read says why`() {
        #expect(throws: DocumentError.empty) { try reader.contents(of: document(Array(" \n\t ".utf8))) }
        #expect(throws: DocumentError.empty) { try reader.contents(of: document([])) }
        #expect(throws: DocumentError.unsupported("pdf")) {
            try reader.contents(of: document(Array("%PDF-1.7\n".utf8)))
        }
        let noise = (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
        #expect(throws: DocumentError.undecodable("binary bytes, no text")) { try reader.contents(of: document(noise)) }
        #expect(throws: DocumentError.self) { try reader.contents(of: document([0xFF, 0xFE, 0x41, 0x00, 0x00, 0xD8])) }
    }

    @Test func `text comes back byte for byte`() throws {
        for text in ["One.\r\n\r\nTwo  three.\n", "Ünï — “x”\n\n\nEnd", "a"] {
            #expect(try reader.article(text: Array(text.utf8)).text.string == text)
        }
    }

    @Test func `JSON lines give a member a line`() throws {
        let lines =
            #"{"id": "x", "title": "T", "text": "Some text here.", "published": "2020-02-03"}"# + "\nbroken\n\n"
            + #"{"html": "<p>Page text</p>"}"#
        guard case .members(let members) = try reader.contents(of: document(Array(lines.utf8), name: "a.jsonl")) else {
            Issue.record("no members")
            return
        }
        #expect(members.map(\.name) == ["x", "2", "4"])
        let first = try members[0].result.get()
        #expect(first.headline == "T")
        #expect(first.published?.iso8601 == "2020-02-03")
        #expect(members[1].result == .failure(.undecodable("line 2 is no JSON")))
        #expect(try members[2].result.get().text.string == "Page text")
    }

    @Test func `a feed's entries are articles`() throws {
        let feed =
            "<rss><channel><title>F</title><item><guid>g1</guid><title>Head</title><description>&lt;p&gt;The body of it.&lt;/p&gt;&lt;p&gt;And more.&lt;/p&gt;</description></item><item><guid>g2</guid></item></channel></rss>"
        guard case .members(let members) = try reader.contents(of: document(Array(feed.utf8))) else {
            Issue.record("no members")
            return
        }
        #expect(members.map(\.name) == ["g1", "g2"])
        let article = try members[0].result.get()
        #expect(article.headline == "Head")
        #expect(article.text.string == "The body of it.\n\nAnd more.")
        #expect(article.origin == .file(name: "a", member: "g1"))
        #expect(members[1].result == .failure(.empty))
    }

    @Test func `a short text counts with its headline`() throws {
        let one = try reader.article(text: Array("Short.".utf8), title: "A")
        let other = try reader.article(text: Array("Short.".utf8), title: "B")
        #expect(one.id != other.id)
        let long = Array(String(repeating: "Long enough. ", count: 30).utf8)
        #expect(try reader.article(text: long, title: "A").id == reader.article(text: long, title: "B").id)
    }

    /// Mangled bytes may give anything but a trap.
    @Test func `mangled documents end`() {
        let seeds = [
            "OSLO, May 3 (Ex) - Two ferries met.\n\nA man waves on 3 May 2020 Bo Lee/XYZ\n\nThe the end. \"Yes,\" he said.",
            "<html><head><title>T</title><script type='application/ld+json'>{\"@type\":\"Article\",\"author\":[{\"name\":\"B\"}]}</script></head><body><article><h1>T t</h1><p>Some words, and &amp; more &#x41; words.</p><ul><li>x<li>y</ul></article>",
            "<?xml version='1.0' encoding='utf-8'?><rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>a</title><item><guid>1</guid><title><![CDATA[b]]></title><pubDate>Tue, 06 Jun 2017 09:12:00 +0100</pubDate><description>&lt;p&gt;c</description></item></channel></rss>",
            "<feed xml:base='http://a/'><entry><id>1</id><link href='../x'/><content type='xhtml'><div><p>x</p></div></content><updated>2020-01-01T00:00:00+25:00</updated></entry></feed>",
            "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>x\",\"date_published\":\"2020-13-01\"}]}",
            "{\"text\": \"a b c\"}\n{\"text\": 1}\n[",
        ].map { Array($0.utf8) }
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(max(1, bound)))
        }
        for round in 0..<1500 {
            var bytes = seeds[round % seeds.count]
            for _ in 0...random(4) {
                switch random(5) {
                case 0: bytes = Array(bytes.prefix(random(bytes.count + 1)))
                case 1: if !bytes.isEmpty { bytes[random(bytes.count)] = UInt8(random(256)) }
                case 2: if !bytes.isEmpty { bytes.remove(at: random(bytes.count)) }
                case 3:
                    let start = random(bytes.count)
                    let end = min(bytes.count, start + random(40))
                    let piece = Array(bytes[min(start, end)..<end])
                    for _ in 0..<random(6) { bytes.insert(contentsOf: piece, at: random(bytes.count + 1)) }
                default: bytes.insert(UInt8(random(256)), at: random(bytes.count + 1))
                }
            }
            let document = document(bytes)
            _ = try? reader.contents(of: document)
            _ = try? reader.feed(in: document)
            if let article = try? reader.article(text: bytes) {
                for block in article.blocks { #expect(article.text.range.contains(block.range)) }
            }
            _ = OPML.outlines(in: bytes)
        }
    }
}
