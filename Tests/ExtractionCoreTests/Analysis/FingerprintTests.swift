import ExtractionCore
import Testing

@Suite struct FingerprintTests {
    private let report = """
        The harbour master of Velmora said on Monday that fourteen boats were lost when the breakwater gave way. Crews \
        searched the outer basin through the night, and the lifeboat station asked owners to stay away from the quay \
        until engineers had looked at the wall.
        """

    @Test func `case, marks and white space do not count`() {
        let one = fingerprint(of: Text("\u{201C}We won\u{2019}t leave,\u{201D} she  said \u{2014} twice."))
        let other = fingerprint(of: Text("\"we won't LEAVE\" She said\ntwice"))
        #expect(one == other)
    }

    @Test func `another word is another exact hash`() {
        #expect(fingerprint(of: Text("ten boats")).exact != fingerprint(of: Text("ten ships")).exact)
    }

    @Test func `a figure changes the exact hash but not the sketch`() {
        let before = fingerprint(of: Text(report))
        let after = fingerprint(of: Text(report.replacing("fourteen", with: "19")))
        #expect(before.exact != after.exact)
        #expect(before.sketch == after.sketch)
    }

    @Test func `number words, separators and points of abbreviations have one form`() {
        let pairs = [
            ("twelve", "12"), ("17,000", "17000"), ("U.S.", "US"), ("5 pct", "5%"), ("\u{C9}t\u{E9}", "\u{E9}t\u{E9}"),
        ]
        for (one, other) in pairs {
            #expect(normalWords(of: Text(one)).map(\.hash) == normalWords(of: Text(other)).map(\.hash), "\(one)")
        }
    }

    @Test func `a sketch is ascending and bounded`() {
        var state: UInt64 = 7
        for length in [0, 1, 3, 4, 19, 120, 900, 5000] {
            let words = (0..<length).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1
                return String(
                    decoding: (0..<5).map { 97 + UInt8(truncatingIfNeeded: state >> (40 + $0 * 4) & 15) }, as: UTF8.self
                )
            }
            let sketch = fingerprint(of: Text(words.joined(separator: " "))).sketch
            #expect(sketch.count <= 48)
            #expect(sketch.count >= min(16, max(0, length - 3)))
            #expect(zip(sketch, sketch.dropFirst()).allSatisfy { $0 < $1 })
        }
    }

    @Test func `the hash is the same on every machine and for ever`() {
        #expect(NormalWord.hash("") == 0xF52A_15E9_A9B5_E89B)
    }

    @Test func `odd input ends quickly`() {
        let odd = [
            "", " ", "\u{0}", "'", "%", "1,", ".5", "U.", "\u{1F600}\u{1F600}", "\u{65E5}\u{672C}\u{8A9E}", "a\u{300}",
        ]
        for text in odd { _ = fingerprint(of: Text(text)) }
        var state: UInt64 = 1
        for _ in 0..<300 {
            let bytes = (0..<60).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            let text = Text(repairing: bytes)
            let words = normalWords(of: text)
            #expect(zip(words, words.dropFirst()).allSatisfy { $0.end <= $1.start })
        }
        let same = Text(repairing: Array(repeatElement(Array("word ".utf8), count: 1_000_000).joined()))
        #expect(fingerprint(of: same).sketch.count == 1)
    }
}
