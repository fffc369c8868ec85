import Testing

@testable import ExtractionCore

@Suite struct RecordTests {
    static let mixed =
        "Café owners 🇫🇷 said 14 people were killed on Monday.\r\n\r\n“E\u{301}lan is gone for good,” said Zoë Łącka — 👩‍👩‍👧 she "
        + "paid €2,500.\u{A0}The \u{202B}مرحبا\u{202C} sign fell.\n\nA third paragraph: \"no end to it all\" — he said."

    private func record(_ text: String) throws -> (JSONValue, [Unicode.Scalar]) {
        let (article, facts) = factAnalysis(text)
        var json = JSONWriter()
        writeRecord(of: article, facts, id: "x", to: &json)
        let value = try #require(JSONValue(parsing: json.bytes))
        return (value, Array(article.text.string.unicodeScalars))
    }

    @Test func `every span's words stand at its scalar offsets`() throws {
        let (value, scalars) = try record(Self.mixed)
        var checked = 0
        for name in ["times", "quantities", "tolls", "quotations", "claims", "events"] {
            guard case .array(let facts)? = value[name] else { continue }
            for fact in facts {
                guard case .number(let start)? = fact["start"], case .number(let end)? = fact["end"] else { continue }
                var words = String.UnicodeScalarView()
                words.append(contentsOf: scalars[Int(start)..<Int(end)])
                let shown = String(words).split(whereSeparator: \.isWhitespace).joined(separator: " ")
                #expect(fact["text"]?.string == shown)
                checked += 1
            }
        }
        #expect(checked >= 5)
    }

    @Test func `parts leave out what is not wanted`() {
        let (article, facts) = factAnalysis("Floods killed 14 people on Monday.")
        func keys(_ parts: RecordParts) -> String {
            var json = JSONWriter()
            writeRecord(of: article, facts, parts: parts, to: &json)
            return json.string
        }
        #expect(!keys(.article).contains("\"tolls\""))
        #expect(!keys(.analysis).contains("\"blocks\""))
        #expect(!keys(.summary).contains("\"text\""))
        #expect(keys(.everything).contains("\"tolls\""))
    }

    @Test func `a toll without an upper end has no high`() {
        let (article, facts) = factAnalysis("Floods killed at least 14 people.")
        var json = JSONWriter()
        for toll in facts.tolls { FactWriter(article: article, analysis: facts).toll(toll, id: "t-1", to: &json) }
        #expect(json.string.contains("\"low\":14,\"precision\":\"at_least\""))
    }

    @Test func `mangled text never stops the analysis`() {
        let base = Array(
            (Self.mixed
                + " On 5 June 2017 between 3 and 5 trucks, up to 3,000-4,000 fighters; 99999999999999999999 killed "
                + "10:35 a.m. (9 March) \"He said: 'no'\" the 1990s, last week, -5 % of $3bn, at least dozens of thousands.")
                .utf8)
        var seed: UInt64 = 42
        func random(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % max(1, bound)
        }
        for _ in 0..<300 {
            var bytes = base
            for _ in 0..<random(30) {
                let at = random(bytes.count)
                switch random(4) {
                case 0: bytes[at] = UInt8(random(256))
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(contentsOf: bytes[at..<min(at + random(40), bytes.count)], at: random(bytes.count))
                default: bytes.swapAt(at, random(bytes.count))
                }
            }
            let (article, facts) = factAnalysis(Text(repairing: bytes).string)
            for toll in facts.tolls { #expect(article.text.range.contains(toll.range) && toll.low <= toll.high) }
            for time in facts.times { #expect(article.text.range.contains(time.range) && !time.range.isEmpty) }
        }
    }

    @Test func `long runs of one thing are read in linear time`() {
        for part in [
            "killed ", "12 ", "\" ", "said ", "5 June, ", "12 killed. ", "He said \"no\" ", "Ana Ruiz said it. ",
        ] {
            let (article, facts) = factAnalysis(String(repeating: part, count: 3_000))
            #expect(facts.tolls.allSatisfy { article.text.range.contains($0.range) })
        }
    }
}
