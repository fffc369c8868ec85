import ExtractionCore
import Stories
import Testing

@Suite struct ItemBookTests {
    private static let short = """
        The weir at Tolle gave way on Friday and water stood a metre deep in forty cellars, the fire chief said. Two \
        streets are closed until the pumps have done their work.
        """
    private static let other = """
        Teachers in the valley schools voted for a new timetable that starts lessons an hour later. The parents' council \
        had asked for it since the buses were cut.
        """

    private struct Step {
        var feed = "a"
        var guid: String? = "g1"
        var link: String? = "https://news.example/1"
        var title = "Weir gives way"
        var text = ItemBookTests.short
        var day = 1
    }

    private func verdicts(_ steps: [Step]) -> [ItemVerdict] {
        var book = ItemBook()
        return steps.map { step in
            let date = ZonedTime(Instant(seconds: 1_600_000_000 + Int64(step.day) * 86_400))
            return book.verdict(
                on: FeedItem(
                    feed: step.feed, guid: step.guid, link: step.link, title: step.title, text: Text(step.text),
                    date: date))
        }
    }

    @Test func `an identifier that is written in another way is the same item`() {
        for (one, two) in [("http://x.example/1", "https://x.example/1"), ("t#0", "t#12"), ("g", "g")] {
            #expect(verdicts([Step(guid: one), Step(guid: two, day: 2)]) == [.new, .seen], "\(two)")
        }
    }

    @Test func `one identifier or one link for all items loses none of them`() {
        let third =
            "A kiln at Obern will fire bricks again after nine years, its new owners said at the gate on Monday."
        let texts = [Self.short, Self.other, third]
        #expect(verdicts(texts.map { Step(text: $0) }) == [.new, .new, .new])
        #expect(verdicts(texts.map { Step(guid: nil, link: "https://x.example/", text: $0) }) == [.new, .new, .new])
        #expect(verdicts([Step(), Step(title: "Later school", text: Self.other, day: 900)]) == [.new, .new])
    }

    @Test func `identifiers that differ by case are two items`() {
        #expect(verdicts([Step(guid: "k9"), Step(guid: "K9", text: Self.other)]) == [.new, .new])
    }

    @Test func `the same text and headline from the same feed was seen whatever its link and identifier`() {
        let fresh = Step(guid: nil, link: "https://news.example/1?s=2", day: 1)
        #expect(verdicts([Step(guid: nil, link: "https://news.example/1?s=1"), fresh]) == [.new, .seen])
        #expect(verdicts([Step(), Step(guid: "g77", day: 44)]) == [.new, .seen])
        #expect(verdicts([Step(), Step(day: 3)]) == [.new, .seen])
    }

    @Test func `the same text under another headline, feed or redirect is a repeat`() {
        #expect(
            verdicts([Step(), Step(guid: "n", link: "https://news.example/weir", title: "Wier")]) == [.new, .duplicate])
        #expect(verdicts([Step(), Step(feed: "b", link: "https://paper.example/9")]) == [.new, .duplicate])
        let wrapped = "https://www.google.com/url?q=https://news.example/1&sa=U"
        #expect(verdicts([Step(), Step(feed: "c", guid: "n1", link: wrapped)]) == [.new, .duplicate])
    }

    @Test func `news under a known identifier is an update`() {
        let teaser = String(Self.short.prefix { $0 != "," }) + "."
        let pairs = [
            (Self.short, Self.short.replacing("forty", with: "ninety")), (teaser, Self.short),
            (Self.short, "The army sent three hundred soldiers at noon. " + Self.short),
            (Self.short, Self.short + " Correction: the weir gave way on Thursday."),
        ]
        for (before, after) in pairs {
            #expect(verdicts([Step(text: before), Step(text: after)]) == [.new, .update], "\(after)")
        }
    }

    @Test func `one headline on two days is two articles`() {
        let later = Step(guid: "g2", link: "https://news.example/2", text: Self.other, day: 2)
        #expect(verdicts([Step(), later]) == [.new, .new])
    }

    @Test func `items without text are known by their headline`() {
        #expect(verdicts([Step(text: ""), Step(text: ""), Step(title: "Other", text: "")]) == [.new, .seen, .new])
    }

    @Test func `lines are answered and broken ones get an error`() {
        let good = itemVerdicts(line: Array(#"{"id":"7","items":[{"feed":"f","guid":"g","text":"one two"}]}"#.utf8))
        #expect(String(decoding: good, as: UTF8.self) == #"{"id":"7","verdicts":["new"]}"#)
        for bad in ["", "{", "[]", "{\"id\":1}"] {
            #expect(JSONValue(parsing: itemVerdicts(line: Array(bad.utf8)))?["error"] != nil)
        }
    }

    @Test(arguments: [
        ("http://www.x.example/a/", "https://x.example/a", "same"),
        ("https://x.example/caf%c3%a9?b=2&a=1&utm_source=q", "https://m.x.example/caf\u{E9}?a=1&b=2#top", "same"),
        ("https://x.example/amp/s/1", "https://x.example/s/1", "same"),
        ("https://x-example.cdn.ampproject.org/c/s/x.example/s/1", "https://x.example/s/1", "same"),
        ("https://x.example/A", "https://x.example/a", "different"),
        ("https://x.example/a%2Fb", "https://x.example/a/b", "different"),
        ("https://x.example/s?lang=fr", "https://x.example/s", "different"),
        ("https://x.example/campus", "https://x.example/us", "different"),
        ("https://x.example/#!/1", "https://x.example/#!/2", "different"),
        ("https://x.example/s?ref=x.example", "https://x.example/s", "same"),
        ("https://x.example/s?ref=812", "https://x.example/s", "different"),
    ])
    func `an address is compared by what it names`(_ one: String, _ other: String, _ verdict: String) {
        #expect(addressVerdict(line: "\(one)\t\(other)".utf8) == verdict)
    }

    @Test func `mangled lines and addresses are answered, and a canonical address stays as it is`() {
        var state: UInt64 = 7
        func draw(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let line = Array(
            #"{"id":"7","items":[{"feed":"f","guid":"http://x.example/1#3","link":"u","text":"one two"}]}"#.utf8)
        let address = Array(
            "https://user@www.x.example:443/amp/./a/../b.amp.html;jsessionid=1?utm_a=1&b=%c3%a9#!/x".utf8)
        for _ in 0..<3000 {
            var (bytes, url) = (line, address)
            for _ in 0...draw(4) { bytes[draw(bytes.count)] = UInt8(draw(256)) }
            for _ in 0...draw(4) { url[draw(url.count)] = UInt8(draw(256)) }
            #expect(JSONValue(parsing: itemVerdicts(line: bytes)) != nil)
            let shown = String(decoding: url, as: UTF8.self)
            let canonical = canonicalURL(shown)
            #expect(canonicalURL(canonical) == canonical, "\(shown)")
            if !url.contains(0x09) { #expect(addressVerdict(line: url + [0x09] + url) == "same") }
        }
    }
}
