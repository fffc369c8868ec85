import Testing

@testable import ExtractionCore

@Suite struct PersonTests {
    @Test(
        arguments: [
            ("ann@feed.example (Ann Lee)", "Ann Lee", "ann@feed.example"),
            ("Ann Lee (ann@feed.example)", "Ann Lee", "ann@feed.example"),
            ("Ann Lee <ann@feed.example>", "Ann Lee", "ann@feed.example"),
            ("<ann@feed.example>", nil, "ann@feed.example"),
            ("ann@feed.example", nil, "ann@feed.example"), ("Ann Lee", "Ann Lee", nil),
            ("Ann Lee (Oslo)", "Ann Lee (Oslo)", nil), ("@annlee", "@annlee", nil),
            ("Ann Lee (mailto:ann@feed.example)", "Ann Lee (mailto:ann@feed.example)", nil),
            ("ann@feed.example ()", nil, "ann@feed.example"), ("Ann @ Oslo", "Ann @ Oslo", nil),
            ("Łucja Żak (l.zak@feed.example)", "Łucja Żak", "l.zak@feed.example"),
        ] as [(String, String?, String?)])
    func `an author's words are a name and an address`(_ text: String, _ name: String?, _ email: String?) {
        #expect(Person(text: text) == Person(name: name, email: email))
    }

    @Test(arguments: [
        ("<managingEditor>a</managingEditor><webMaster>b</webMaster><dc:creator>c</dc:creator>", ["a"]),
        ("<dc:creator>c</dc:creator><webMaster>b</webMaster>", ["b"]),
        ("<itunes:author>i</itunes:author><dc:creator>c</dc:creator><dc:creator>d</dc:creator>", ["c", "d"]),
        ("<itunes:author>i</itunes:author>", ["i"]),
        ("<dc:creator>c</dc:creator><atom:author><atom:name>n</atom:name></atom:author>", ["n"]),
        ("<dc:creator> </dc:creator><itunes:author>i</itunes:author>", ["i"]), ("<author/>", []),
    ])
    func `the plainest author has the word`(_ fields: String, _ names: [String]) throws {
        let feed = try read("<rss><channel>\(fields)<item>\(fields)</item></channel></rss>")
        #expect(feed.authors.compactMap(\.name) == names)
        #expect(feed.entries[0].authors.compactMap(\.name) == names)
    }

    @Test func `an Atom author in words is an author`() throws {
        let feed = try read(
            "<feed><author>Ann Lee</author><entry><author><name>B</name><uri>/b</uri></author></entry></feed>",
            url: "https://feed.example/")
        #expect(feed.authors == [Person(name: "Ann Lee")])
        #expect(feed.entries[0].authors == [Person(name: "B", url: "https://feed.example/b")])
    }
}
