import Testing

@testable import ExtractionCore

/// Feeds mangled at random, from a fixed seed: whatever comes in, a feed or an error comes out.
@Suite struct FeedFuzzTests {
    private struct Dice {
        var state: UInt64
        mutating func roll(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
    }

    private static let marks = [
        "<", ">", "</", "/>", "&", "&lt;", "&#", ";", "]]>", "<![CDATA[", "<!--", "-->", "\"", "'", "=", "<item>",
        "</item>", "<entry>",
        "</entry>", "<title>", "</channel>", "<?", "?>", "<!DOCTYPE [", "\u{0}", "é", "xmlns:a=", "xml:base='/'",
        "<link href=", "{", "}", "[",
    ]

    private func mangled(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0...dice.roll(6) {
            let place = dice.roll(bytes.count)
            switch dice.roll(4) {
            case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.roll(40)))
            case 1: bytes.insert(contentsOf: FeedFuzzTests.marks[dice.roll(FeedFuzzTests.marks.count)].utf8, at: place)
            case 2: bytes[min(place, bytes.count - 1)] = UInt8(dice.roll(256))
            default:
                let end = min(bytes.count, place + dice.roll(200))
                bytes.insert(contentsOf: bytes[place..<end], at: dice.roll(bytes.count))
            }
            if bytes.isEmpty { bytes = [0x3C] }
        }
        return bytes
    }

    @Test(arguments: MadeFeed.all) func `mangled feeds are read or refused`(_ feed: MadeFeed) {
        var dice = Dice(state: UInt64(feed.description.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }))
        let source = feed.document()
        for _ in 0..<40 {
            guard let read = try? read(mangled(source, &dice), url: "https://feed.example/") else { continue }
            var json = JSONWriter()
            json.object { read.write(to: &$0) }
            #expect(JSONValue(parsing: json.bytes) != nil)
        }
    }

    @Test func `mangled JSON feeds are read or refused`() {
        var dice = Dice(state: 3)
        let source = Array(
            #"{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","content_html":"<p>a</p>","tags":["x"]},{"id":2}]}"#
                .utf8)
        for _ in 0..<400 { _ = try? read(mangled(source, &dice)) }
    }
}
