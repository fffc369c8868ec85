import Testing

@testable import ExtractionCore

/// What tests ask of a container.
func members(
    of bytes: [UInt8], named name: String = "wire.bin", limits: ContainerLimits = .init()
) -> [(name: String, result: Result<Document, DocumentError>)] {
    let document = Document(bytes: [], origin: .file(name: name), receivedAt: Instant(seconds: 0))
    guard var reader = MemberReader(source: BytesInMemory(bytes), as: document, limits: limits) else { return [] }
    var found: [(name: String, result: Result<Document, DocumentError>)] = []
    while let member = reader.next() { found.append(member) }
    return found
}

extension Result<Document, DocumentError> {
    var text: String? { (try? get()).map { String(decoding: $0.bytes, as: UTF8.self) } }
    var code: String? {
        if case .failure(let error) = self { error.code } else { nil }
    }
    var message: String? {
        if case .failure(let error) = self { error.message } else { nil }
    }
}

@Suite struct MemberReaderTests {
    private let lines = (1...4).map { #"{"id":"n\#($0)","text":"Report \#($0)."}"# }.joined(separator: "\n")

    @Test func `what is packed in members is walked too`() {
        let feed = "<rss><channel><title>W</title><item><guid>g1</guid><title>A</title></item></channel></rss>"
        let archive = ZipWriter.archive([
            ZipMember("a.txt", "Text."), ZipMember("wire/lines.jsonl", lines), ZipMember("feed.xml", feed),
            ZipMember("b.txt.gz", bytes: gzipped("Packed text.")),
            ZipMember("inner.zip", bytes: ZipWriter.archive(["c.txt": "Deep text."])),
        ])
        #expect(
            members(of: archive).map(\.name) == [
                "a.txt", "wire/lines.jsonl/n1", "wire/lines.jsonl/n2", "wire/lines.jsonl/n3", "wire/lines.jsonl/n4",
                "feed.xml/g1", "b.txt.gz/b.txt", "inner.zip/c.txt",
            ])
        let origins = members(of: archive, named: "w.zip").map { try? $0.result.get().origin }
        #expect(origins[1] == .file(name: "w.zip", member: "wire/lines.jsonl/1"))
        #expect(origins[7] == .file(name: "w.zip", member: "inner.zip/c.txt"))
    }

    @Test func `what is packed too often is refused and the rest is read`() {
        var inner = ZipWriter.archive(["a.txt": "Text."])
        for _ in 0..<12 {
            inner = ZipWriter.archive([ZipMember("in.zip", bytes: inner), ZipMember("b.txt", "Beside.")])
        }
        let found = members(of: inner)
        #expect(found.map(\.name) == ["in.zip/in.zip/content", "in.zip/b.txt", "b.txt"])
        #expect(found.map(\.result.code) == ["depth", nil, nil])
        #expect(members(of: deflated(deflated(gzipped("x")))).map(\.result.code) == ["depth"])
        #expect(members(of: deflated(gzipped("Twice."))).map(\.result.text) == ["Twice."])
    }

    @Test func `skipping gives the same as reading on, in every format`() {
        let warc = (1...4).flatMap { WARC.response("http://a.example/\($0)", WARC.page("Page \($0).")) }
        let zip = ZipWriter.archive((1...4).map { ZipMember("\($0).txt", "Text \($0).") })
        for bytes in [gzipped(lines), zip, warc, deflated(warc), deflated(zip)] {
            let all = members(of: bytes)
            #expect(all.count == 4)
            for count in 0...5 {
                let document = Document(bytes: [], origin: .file(name: "a"), receivedAt: Instant(seconds: 0))
                guard var reader = MemberReader(source: BytesInMemory(bytes), as: document) else {
                    Issue.record("no container")
                    continue
                }
                reader.skip(count)
                #expect(reader.next()?.name == all.dropFirst(count).first?.name)
            }
        }
    }

    @Test func `a container gives no more members than its limit`() {
        var limits = ContainerLimits()
        limits.members = 3
        let zip = ZipWriter.archive((1...9).map { ZipMember("\($0).txt", "Text \($0).") })
        for bytes in [gzipped(lines), zip] {
            #expect(members(of: bytes, limits: limits).map(\.result.code) == [nil, nil, nil, "too_large"])
        }
    }

    @Test func `a member is no larger than its limit`() {
        var limits = ContainerLimits()
        limits.memberBytes = 100
        let long = String(repeating: "Word ", count: 50)
        let zip = ZipWriter.archive([
            ZipMember("a.txt", long), ZipMember("b.txt", "Short."),
            {
                var liar = ZipMember("c.txt", long)
                liar.unpacked = 10
                return liar
            }(),
        ])
        #expect(members(of: zip, limits: limits).map(\.result.code) == ["too_large", nil, "too_large"])
        #expect(members(of: gzipped(long), limits: limits).map(\.result.code) == ["too_large"])
        let warc =
            WARC.response("http://a.example/", WARC.page(long))
            + WARC.response("http://a.example/b", Array("<p>B".utf8))
        #expect(members(of: warc, limits: limits).map(\.result.code) == ["too_large", nil])
    }

    @Test func `what unpacks for ever is stopped, with a reason`() {
        let zeros = [UInt8](repeating: 0, count: 4 << 20)
        #expect(members(of: deflated(zeros)).map(\.result.code) == ["ratio"])
        #expect(members(of: deflated(deflated(zeros))).map(\.result.code) == ["ratio"])
        #expect(
            members(of: ZipWriter.archive([ZipMember("a", bytes: zeros), ZipMember("b.txt", "Fine.")]))
                .map(\.result.code) == ["ratio", nil])
        let answer = WARC.response("http://a.example/", deflated(zeros), fields: ["Content-Encoding": "gzip"])
        #expect(
            members(of: answer + WARC.response("http://b.example/", WARC.page("Fine."))).map(\.result.code) == [
                "ratio", nil,
            ])
    }

    @Test func `all members together give no more than the limit, and the rest says so`() {
        var limits = ContainerLimits()
        limits.unpacked = 250
        let long = String(repeating: "a word ", count: 15)
        let zip = ZipWriter.archive((1...9).map { ZipMember("\($0).txt", long) })
        let found = members(of: zip, limits: limits)
        #expect(found.map(\.result.code) == [nil, nil, "too_large"])
        #expect(found.last?.name == "3.txt and all after it")
        let packed = members(
            of: gzipped((1...90).map { #"{"text":"\#($0)"}"# }.joined(separator: "\n")), limits: limits)
        #expect(packed.last?.result.code == "too_large")
    }

    @Test func `a disk that fails is no end of the data`() throws {
        let lines = (1...20_000).map { #"{"text":"Report \#($0 &* 7919 % 65_537), \#($0 &* 104_729 % 99_991)."}"# }
        let source = WatchedSource(gzipped(lines.joined(separator: "\n")))
        source.breaksAt = 1 << 16
        let document = Document(bytes: [], origin: .file(name: "a.jsonl.gz"), receivedAt: Instant(seconds: 0))
        var reader = try #require(MemberReader(source: source, as: document))
        var last: Result<Document, DocumentError>?
        while let member = reader.next() { last = member.result }
        #expect(last?.code == "unreadable")
    }
}
