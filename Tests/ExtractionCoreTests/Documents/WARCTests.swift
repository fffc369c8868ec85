import Testing

@testable import ExtractionCore

@Suite struct WARCTests {
    private let words = "The bridge near the harbour was closed on Monday."

    private func page(_ number: Int) -> [UInt8] {
        WARC.response("http://a.example/\(number)", WARC.page("\(words) \(number)"))
    }

    @Test func `pages are members with their address and day, the rest is passed over`() throws {
        let archive =
            WARC.record("warcinfo", ["Content-Type": "application/warc-fields"], Array("software: x\r\n".utf8))
            + WARC.record("request", ["WARC-Target-URI": "http://a.example/1"], Array("GET / HTTP/1.1\r\n\r\n".utf8))
            + page(1)
            + WARC.record("metadata", [:], Array("x".utf8)) + WARC.record("revisit", [:], [])
            + WARC.response("http://a.example/p.jpg", [0xFF, 0xD8, 0xFF], type: "image/jpeg")
            + WARC.response("http://a.example/lie.html", [0xFF, 0xD8, 0xFF, 0xE0])
            + WARC.response("http://a.example/gone", WARC.page("Gone."), status: "404 Not Found")
            + WARC.response("http://a.example/moved", [], status: "301 Moved")
            + WARC.record(
                "resource", ["WARC-Target-URI": "<http://a.example/2>", "Content-Type": "text/html; charset=utf-8"],
                WARC.page("Resource."))
            + WARC.record(
                "conversion", ["WARC-Target-URI": "http://a.example/3", "Content-Type": "text/plain"],
                Array("Converted.".utf8))
        for bytes in [archive, deflated(archive)] {
            let found = members(of: bytes)
            #expect(found.map(\.name) == ["http://a.example/1", "http://a.example/2", "http://a.example/3"])
            let first = try #require(try found.first?.result.get())
            #expect(first.url == "http://a.example/1")
            #expect(first.receivedAt == FeedDate.time("2017-06-06T09:12:00Z")?.instant)
            #expect(found[2].result.text == "Converted.")
            #expect(found[1].result.text.map { $0.contains("Resource.") } == true)
        }
    }

    @Test func `a record a gzip member is the same as all in one`() {
        let archive = (1...5).map(page)
        #expect(
            members(of: archive.flatMap { deflated($0) }).map(\.name) == members(of: archive.flatMap { $0 }).map(\.name)
        )
    }

    @Test func `what the transport did is undone, and only where it was done`() {
        let page = WARC.page(words)
        let middle = page.count / 2
        let hex = { (count: Int) in Array("\(String(count, radix: 16))\r\n".utf8) }
        let line = Array("\r\n".utf8)
        let chunks =
            hex(middle) + page[..<middle] + line + hex(page.count - middle) + page[middle...] + line
            + Array("0\r\n\r\n".utf8)
        let cases: [([UInt8], KeyValuePairs<String, String>)] = [
            (page, [:]), (chunks, ["Transfer-Encoding": "chunked"]), (page, ["Transfer-Encoding": "chunked"]),
            (deflated(page), ["Content-Encoding": "gzip"]), (page, ["Content-Encoding": "gzip"]),
            (deflated(page, windowBits: 15), ["Content-Encoding": "deflate"]),
            (deflated(page, windowBits: -15), ["Content-Encoding": "deflate"]), (page, ["Content-Encoding": "br"]),
            (
                hex(deflated(page).count) + deflated(page) + line,
                ["Content-Encoding": "x-gzip", "Transfer-Encoding": "chunked"]
            ),
        ]
        for (body, fields) in cases {
            let found = members(of: WARC.response("http://a.example/", body, fields: fields))
            #expect(found.map(\.result.text) == [String(decoding: page, as: UTF8.self)], "\(fields)")
        }
        let packed = WARC.response("http://a.example/", [0x1B, 3, 0, 0x7F, 1], fields: ["Content-Encoding": "br"])
        #expect(members(of: packed).map(\.result.message) == ["no reader for br encoding"])
    }

    @Test func `the charset of the answer counts`() throws {
        let body = Array("<p>Stra".utf8) + [0xDF] + Array("e gesperrt</p>".utf8)
        let found = members(of: WARC.response("http://a.example/", body, type: "Text/HTML; Charset=\"iso-8859-1\""))
        let document = try #require(try found.first?.result.get())
        #expect(document.mediaType == "text/html")
        #expect(document.charset == "iso-8859-1")
    }

    @Test func `feeds give their entries`() {
        let feed = Array(
            "<rss><channel><title>W</title><item><guid>g1</guid><title>A</title></item></channel></rss>".utf8)
        let found = members(of: WARC.response("http://a.example/f", feed, type: "application/rss+xml"))
        #expect(found.map(\.name) == ["http://a.example/f/g1"])
        #expect(members(of: WARC.response("http://a.example/f", Array("<urlset/>".utf8), type: "text/xml")).isEmpty)
    }

    @Test func `a wrong length costs its record and is told`() {
        for length in ["5", "0", "-5", "99999999999999999999", "x", "4611686018427387904", "1000000"] {
            var broken = String(decoding: page(1), as: UTF8.self)
            let start = broken.range(of: "Content-Length: ")
            broken = broken[..<start.upperBound] + length + broken[start.upperBound...].drop { $0.isNumber }
            let found = members(of: page(0) + Array(broken.utf8) + page(2))
            #expect(found.first?.name == "http://a.example/0")
            #expect(found.contains { $0.result.code != nil }, "\(length)")
            if !["1000000"].contains(length) {
                #expect(found.last?.name == "http://a.example/2", "\(length)")
            }
        }
    }

    @Test func `an archive cut at any byte gives the pages before, and says that it is cut`() {
        let first = page(1)
        let whole = first + page(2)
        for count in first.count + 1..<whole.count - 4 {
            let found = members(of: Array(whole[..<count]))
            #expect(found.first?.name == "http://a.example/1")
            #expect(found.count == 2, "\(count)")
            #expect(found.last?.result.code == "undecodable", "\(count)")
        }
    }

    @Test func `damage is told once, whatever its size`() {
        let junk = Array(String(repeating: "WARC/1.x\n", count: 50_000).utf8)
        for junk in [
            junk, Array(String(repeating: "junk\n", count: 50_000).utf8), Array("WARC/1.0\n\nWARC/1.0\n\n".utf8),
        ] {
            let found = members(of: page(1) + junk + page(2))
            #expect(found.map(\.name).first == "http://a.example/1")
            #expect(found.filter { $0.result.code == "undecodable" }.count == 1)
        }
    }

    @Test func `small records are read in large pieces`() {
        let archive = (1...3000).flatMap { WARC.response("http://a.example/\($0)", Array("<p>\($0)".utf8)) }
        let source = WatchedSource(archive)
        let document = Document(bytes: [], origin: .file(name: "a.warc"), receivedAt: Instant(seconds: 0))
        guard var reader = MemberReader(source: source, as: document) else {
            Issue.record("no container")
            return
        }
        var count = 0
        while reader.next() != nil { count += 1 }
        #expect(count == 3000)
        #expect(source.read < 4 * archive.count)
    }
}

extension String {
    fileprivate func range(of part: String) -> Range<Index> {
        var start = startIndex
        while start < endIndex, !self[start...].hasPrefix(part) { start = index(after: start) }
        return start..<(index(start, offsetBy: part.count, limitedBy: endIndex) ?? endIndex)
    }
}
