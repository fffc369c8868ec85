import Testing

@testable import ExtractionCore

@Suite struct GzipTests {
    private func source(_ bytes: [UInt8]) -> GzipSource {
        GzipSource(BytesInMemory(bytes), budget: UnpackBudget(ContainerLimits(), packed: bytes.count))
    }

    /// Bytes that do not compress well.
    private func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 88_172_645_463_325_252
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    @Test func `any piece can be asked for, forwards and backwards`() throws {
        let content = noise(300_000)
        let source = source(deflated(content))
        for (offset, count) in [
            (0, 10), (5, 100_000), (250_000, 100_000), (0, 300_000), (299_999, 5), (300_000, 1), (7, 3),
        ] {
            let wanted = Array(content.dropFirst(offset).prefix(count))
            #expect(try source.bytes(at: offset, count: count) == wanted, "\(offset)")
            #expect(source.fault == nil)
        }
        #expect(try source.bytes(at: 1 << 60, count: 1).isEmpty)
    }

    @Test func `members one after the other are one text`() throws {
        let source = source(gzipped("One. ") + gzipped("") + gzipped("Two.") + [0, 0, 0])
        #expect(try source.bytes(at: 0, count: 100) == Array("One. Two.".utf8))
        #expect(source.fault == nil)
        #expect(members(of: (0..<2000).flatMap { _ in gzipped("a ") }).first?.result.text?.utf8.count == 4000)
    }

    @Test func `data cut at any byte says so and gives nothing`() {
        let whole = gzipped("The bridge was closed on Monday.")
        for count in 2..<whole.count {
            let found = members(of: Array(whole[..<count]), named: "bridge.txt.gz")
            #expect(found.map(\.name) == ["bridge.txt"])
            #expect(found.map(\.result.message) == ["gzip data cut off"], "\(count)")
        }
    }

    @Test func `damage is found by the checksum`() {
        var bytes = gzipped(String(repeating: "The bridge was closed. ", count: 20))
        bytes[bytes.count - 6] ^= 1
        #expect(members(of: bytes).map(\.result.message) == ["gzip data damaged"])
    }

    @Test func `lines before the cut are kept`() {
        let lines = (1...400).map { #"{"id":"n\#($0)","text":"Report \#($0 &* 7919)."}"# }.joined(separator: "\n")
        let whole = gzipped(lines)
        let found = members(of: Array(whole.dropLast(200)), named: "wire.jsonl.gz")
        #expect(found.count > 50)
        #expect(found.first?.name == "n1")
        #expect(found.last?.name == "end")
        #expect(found.last?.result.message == "gzip data cut off")
    }

    @Test func `what is inside is known by its own bytes and name`() {
        #expect(
            members(of: gzipped(#"{"text":"a"}"# + "\n" + #"{"text":"b"}"#), named: "w.gz").map(\.name) == ["1", "2"])
        #expect(members(of: gzipped("a\nb"), named: "w.jsonl.gz").map(\.result.code) == ["undecodable", "undecodable"])
        let document = members(of: gzipped("Words."), named: "to/Bridge.TXT.GZ").first
        #expect(document?.name == "Bridge.TXT")
        #expect(members(of: gzipped(""), named: "a.gz").map(\.result.text) == [""])
    }

    @Test func `long data is read in pieces`() {
        let line = #"{"text":"The bridge near the harbour was closed on Monday."}"# + "\n"
        let content = (0..<60_000).map { "\($0 &* 7919 % 10_007)" + line }.joined()
        let source = WatchedSource(gzipped(content))
        let document = Document(bytes: [], origin: .file(name: "w.jsonl.gz"), receivedAt: Instant(seconds: 0))
        guard var reader = MemberReader(source: source, as: document) else {
            Issue.record("no container")
            return
        }
        var count = 0
        while reader.next() != nil { count += 1 }
        #expect(count == 60_000)
        #expect(source.largest <= 1 << 16)
        #expect(source.read < source.count + 200_000)
    }
}
