import ExtractionCore
import Stories
import Testing

@Suite struct MemoryTests {
    /// A stream of originals, copies, updates and reports in an order drawn from a seed.
    private func stream(_ seed: UInt64, count: Int) -> [(text: String, headline: String, hour: Int)] {
        var state = seed
        func draw(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        return (0..<count).map { hour in
            var text = [Copy.ferry, Copy.strike, Copy.filler(draw(20)), Copy.filler(draw(20))][draw(4)]
            if draw(3) == 0 { text = text.replacing("12", with: String(12 + draw(4))) }
            if draw(3) == 0 { text += "\n\nSubscribe to the evening letter for more of the same each day." }
            if draw(4) == 0 { text = String(text.prefix(text.count / 2)) }
            return (text, "Headline \(draw(30)) on \(draw(2) == 0 ? "ferry fire" : "dock strike")", hour)
        }
    }

    private func file(_ item: (text: String, headline: String, hour: Int), _ room: inout Newsroom) -> Filing {
        room.file(item.text, headline: item.headline, hour: item.hour) { text in
            guard let word = normalWords(of: text).first(where: \.isNumber) else { return Analysis() }
            let shown = text.string(word.range)
            return tolls([(shown, .killed, Int(shown) ?? 1, "coast guard")], in: text)
        }
    }

    @Test func `a restored book files what follows as the book itself would`() throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let items = stream(seed, count: 120)
            var room = Newsroom()
            for item in items.prefix(80) { _ = file(item, &room) }
            var restored = room
            restored.book = StoryBook()
            for memory in room.memories {
                restored.book.restore(try #require(StoryBook.Memory(bytes: memory.bytes())))
            }
            #expect(restored.book.allStories == room.book.allStories)
            for item in items.dropFirst(80) { #expect(file(item, &restored) == file(item, &room)) }
            #expect(restored.book.allStories == room.book.allStories)
        }
    }

    @Test func `broken bytes give nothing`() throws {
        var room = Newsroom()
        _ = file((Copy.ferry, "Headline", 1), &room)
        let bytes = try #require(room.memories.first).bytes()
        #expect(StoryBook.Memory(bytes: bytes) == room.memories.first)
        for length in 0..<bytes.count { #expect(StoryBook.Memory(bytes: Array(bytes.prefix(length))) == nil) }
        for place in bytes.indices {
            var broken = bytes
            broken[place] ^= 0xFF
            _ = StoryBook.Memory(bytes: broken)
        }
        #expect(StoryBook.Memory(bytes: [9] + bytes.dropFirst()) == nil)
    }

    @Test func `beside its text a memory is short and loses nothing`() throws {
        var kinds: Set<Filing.Kind> = []
        var reader = StoryStream { _ in Analysis() }
        for (number, item) in stream(5, count: 200).enumerated() {
            let odd = number % 7 == 0 ? " \u{FEFF}Né à Łódź\0." : ""
            var writer = JSONWriter()
            writer.object { json in
                json.member("id", "m\(number)")
                json.member("title", item.headline)
                json.member("text", number % 20 == 0 ? "" : item.text + odd)
                json.member("date", "2031-03-0\(1 + item.hour % 9)T08:00:00Z")
            }
            _ = reader.line(writer.bytes)
            let memory = try #require(reader.memory)
            let text = JSONValue(parsing: writer.bytes[...])?["text"]?.string ?? ""
            let source = StoryBook.Memory.Source(article: memory.article, text: Text(repairing: Array(text.utf8)))
            let bytes = memory.bytes(beside: source)
            #expect(StoryBook.Memory(bytes: bytes, beside: source) == memory)
            #expect(StoryBook.Memory(bytes: memory.bytes()) == memory)
            if memory.kind != .duplicate {
                #expect(StoryBook.Memory(bytes: bytes) == nil)
                #expect(bytes.count < memory.bytes().count)
            }
            kinds.insert(memory.kind)
        }
        #expect(kinds.count == 4)
    }
}
