import ExtractionCore
import Testing

@testable import Stories

@Suite struct HeadlineTests {
    @Test(arguments: [
        ("https://alpha.example/2031/03/01/velmora-ferry-fire-kills-12/", "velmora ferry fire kills"),
        ("https://alpha.example/world/Velmora_ferry_fire-idXY12.html?from=a-b-c-d", "Velmora ferry fire"),
        ("https://a-b-c-d.example/velmora,ferry+fire#one-two-three-four", "velmora ferry fire"),
        ("https://alpha.example/ferry-fire", nil), ("https://alpha.example/4711-22-33.html", nil),
        ("velmora-ferry-fire", nil), ("", nil), ("https://", nil),
    ])
    func `an address tells the words of its longest part`(_ url: String, _ words: String?) {
        #expect(slug(of: url).map { $0.string($0.range) } == words)
    }

    @Test func `mangled addresses give words or nothing`() {
        let bytes = Array("https://alpha.example/world/velmora-ferry_fire,kills%20twelve.html?a-b-c-d#e".utf8)
        var state: UInt64 = 7
        for _ in 0..<2000 {
            var mangled = bytes
            for _ in 0..<4 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let (place, byte) = (Int(state >> 33) % mangled.count, UInt8(truncatingIfNeeded: state >> 24))
                if byte & 1 == 0 { mangled[place] = byte } else { mangled.remove(at: place) }
            }
            let words = slug(of: String(decoding: mangled, as: UTF8.self))
            let plain = words.map { $0.bytes.allSatisfy { $0 == 0x20 || ($0 | 0x20) &- 0x61 < 26 } } ?? true
            #expect(plain)
        }
    }

    @Test func `a headline's terms ascend, and the address adds only what is new`() {
        let headline = TextWords(Text("Velmora ferry burns, 12 dead"))
        let bare = headlineTerms(headline, url: nil)
        let same = headlineTerms(headline, url: "https://alpha.example/velmora-ferry-burns")
        let more = headlineTerms(headline, url: "https://alpha.example/velmora-ferry-morningstar-burns")
        #expect(bare == same)
        #expect(Set(bare).isSubset(of: more) && more.count == bare.count + 1)
        for terms in [bare, more] {
            #expect(zip(terms, terms.dropFirst()).allSatisfy { $0.hash < $1.hash })
        }
        // A figure and a pair of words count once, a word four times.
        #expect(bare.map(\.count).sorted() == [1, 1, 1, 1, 1, 4, 4, 4, 4])
    }

    private func file(_ headlines: [(headline: String, url: String)], _ stream: inout StoryStream) -> [String] {
        headlines.enumerated().map { number, item in
            var writer = JSONWriter()
            writer.object { json in
                json.member("id", "\(item.url)-\(number)")
                json.member("title", item.headline)
                json.member("text", "")
                json.member("date", "2031-03-01T08:00:00Z")
                json.member("url", item.url)
            }
            return JSONValue(parsing: stream.line(writer.bytes)[...])?["story"]?.string ?? "none"
        }
    }

    private func stories(_ headlines: [(headline: String, url: String)]) -> [String] {
        var stream = StoryStream { _ in Analysis() }
        let towns = ["Ostrava", "Pelmund", "Quessy", "Rotholm", "Selby", "Turnhout", "Ulmen", "Vannes"]
        let things = ["library", "harbour", "museum", "school", "theatre"]
        let others = (0..<40).map { number in
            ("\(towns[number % 8]) council votes on \(things[number / 8]) budget", "https://other.example/\(number)")
        }
        _ = file(others, &stream)
        return file(headlines, &stream)
    }

    @Test func `a teaser belongs to the story that its address names`() {
        let stories = stories([
            ("Drumlin Aerospace recalls Skylark gliders over cracked wings", "https://a.example/1"),
            ("Skylark gliders recalled by Drumlin Aerospace", "https://b.example/2"),
            ("It could have ended badly", "https://c.example/drumlin-aerospace-skylark-gliders-recall"),
            ("It could have ended well", "https://c.example/3"),
        ])
        #expect(stories[0] == stories[1] && stories[0] == stories[2])
        #expect(stories[3] != stories[0])
    }

    @Test func `one everyday word makes no event of two headlines`() {
        let stories = stories([
            ("Police close Marlow bridge after flood", "https://a.example/1"),
            ("Zhenya Orlova wins police chess title", "https://b.example/2"),
            ("Flood of praise for Tindall novel", "https://c.example/3"),
        ])
        #expect(Set(stories).count == 3)
    }

    @Test func `one figure makes no event of two headlines`() {
        let stories = stories([
            ("The 37 finest walks around Lake Orsay", "https://a.example/1"),
            ("Kestrel Motors closes 37 showrooms", "https://b.example/2"),
        ])
        #expect(stories[0] != stories[1])
    }

    @Test func `words that are written apart, with a hyphen or as one are the same`() {
        let hashes = ["Ceasefire holds", "Cease-fire holds", "Cease fire holds", "#CeaseFire holds"].map {
            Set(headlineTerms(TextWords(Text($0)), url: nil).map(\.hash))
        }
        let one = headlineTerms(TextWords(Text("Ceasefire")), url: nil).map(\.hash)
        #expect(one.count == 1 && hashes.allSatisfy { $0.isSuperset(of: one) })
    }

    @Test func `stories with one word in common are not one`() {
        func centre(_ weights: [UInt32: UInt8]) -> Centre {
            var centre = Centre()
            centre.add(TermVector(weights.keys.sorted().map { Term(hash: $0, count: weights[$0] ?? 1) }) { _ in 1 })
            return centre
        }
        let one = centre([1: 60, 2: 4, 3: 4])
        #expect(!one.sharesWords(with: centre([1: 60, 7: 4, 8: 4]), atLeast: 0.04))
        #expect(one.sharesWords(with: centre([1: 60, 2: 4, 3: 4]), atLeast: 0.04))
        #expect(!one.sharesWords(with: Centre(), atLeast: 0))
    }

    @Test func `a headline is likened more strictly to a story told once`() {
        var centre = Centre()
        var likeness: [Float] = []
        for _ in 0..<4 {
            centre.add(TermVector([Term(hash: 1, count: 1)]) { _ in 1 })
            likeness.append(centre.headlineLikeness(0.2, daysApart: 0))
        }
        #expect(abs(likeness[0] - 0.05) < 0.001 && likeness == likeness.sorted())
        #expect(centre.headlineLikeness(0.2, daysApart: 1) < likeness[3] / 1.9)
    }

    @Test func `beside its text a headline's memory keeps the terms of its address`() throws {
        var room = Newsroom()
        room.file("", headline: "It could have ended badly")
        var memory = try #require(room.memories.first)
        memory.terms = headlineTerms(
            TextWords(Text("It could have ended badly")), url: "https://c.example/drumlin-skylark-recall")
        let source = StoryBook.Memory.Source(article: memory.article, text: Text(""))
        let bytes = memory.bytes(beside: source)
        #expect(StoryBook.Memory(bytes: bytes, beside: source) == memory)
        #expect(bytes.count < memory.bytes().count)
    }
}
