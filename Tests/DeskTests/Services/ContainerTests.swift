import ExtractionCore
import Stories
import Testing

@testable import Desk
@testable import Store
@testable import Wire

/// Files that hold many articles, from the drop folder to the digest.
@Suite struct ContainerTests {
    private let day = "2017-06-06"

    /// Reports that resemble each other as little as possible.
    private func report(_ number: Int) -> String {
        "Unit \(number * 7919) reached village \(number) at dawn on Monday, the ministry said."
    }

    private func lines(_ count: Int) -> String {
        (1...count).map { #"{"id":"n\#($0)","title":"Report \#($0)","text":"\#(report($0))"}"# }
            .joined(separator: "\n")
    }

    /// The member names in the digest, as often as they stand there.
    private func members(in scratch: Scratch, ofClaim claim: Int = 1) -> [String] {
        scratch.records(day).flatMap { record -> [String] in
            let articles = [record, record["article"]] + (record["articles"]?.array ?? [])
            return articles.compactMap { $0?["claim"]?.int == claim ? $0?["member"]?.string : nil }
        }
    }

    @Test func `a large container is decided in parts, each member once`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("wire.jsonl", lines(700)), ("after.txt", report(9999))], from: 1, on: desk)
        #expect(members(in: scratch) == (1...700).map { "n\($0)" })
        let row = try #require(try await desk.store.ledger(claim: 1))
        #expect(row.state == .done)
        #expect(row.members == 700)
        #expect(row.sha256 == ContentHash(of: Array(lines(700).utf8)).hex)
        #expect(try await desk.store.ledger(claim: 2)?.state == .done)
        #expect(scratch.exists("drop/done/2017-06-06/wire.jsonl"))
        #expect(JSONValue(parsing: await desk.audit())?["gaps"]?.int == 0)
    }

    @Test func `a daemon killed inside a container goes on after the last decided member`() async throws {
        let undisturbed = try Scratch()
        let whole = try await undisturbed.desk()
        try await undisturbed.file([("wire.jsonl", lines(400))], from: 1, on: whole)

        let scratch = try Scratch()
        let claim = try await { [day] in
            let desk = try await scratch.desk()
            let claim = try scratch.claim("wire.jsonl", lines(400), sequence: 1)
            let drop = try DropFolder(path: scratch.configuration.drop)
            // The process dies here: one part is decided and not even written.
            try await desk.commitOnly([part(of: claim, in: drop, members: 128)])
            #expect(scratch.types(day) == ["opened"])
            return claim
        }()
        let desk = try await scratch.desk()
        #expect(try await desk.undecided(desk.drop.leftovers()) == [claim])
        _ = await desk.file(await Scratch.readers.read([claim], from: desk.drop, desk: desk))
        #expect(scratch.bytes("digests/\(day).jsonl") == undisturbed.bytes("digests/\(day).jsonl"))
        #expect(scratch.exists("drop/done/2017-06-06/wire.jsonl"))
    }

    @Test(arguments: ["wire.jsonl.gz", "wire.zip", "wire.warc.gz"])
    func `a daemon killed inside a packed container goes on after the last decided member`(_ name: String) async throws
    {
        let content = packed(name)
        let undisturbed = try Scratch()
        let whole = try await undisturbed.desk()
        let first = try undisturbed.claim(name, content, sequence: 1)
        _ = await whole.file(await Scratch.readers.read([first], from: whole.drop, desk: whole))
        #expect(try await whole.store.ledger(claim: 1)?.members == 300)

        let scratch = try Scratch()
        let claim = try await {
            let desk = try await scratch.desk()
            let claim = try scratch.claim(name, content, sequence: 1)
            try await desk.commitOnly([part(of: claim, in: desk.drop, members: 128)])
            return claim
        }()
        let desk = try await scratch.desk()
        _ = await desk.file(await Scratch.readers.read([claim], from: desk.drop, desk: desk))
        #expect(scratch.bytes("digests/\(day).jsonl") == undisturbed.bytes("digests/\(day).jsonl"))
        #expect(members(in: scratch).count == 300)
        #expect(scratch.exists("drop/done/2017-06-06/\(name)"))
    }

    private func packed(_ name: String) -> [UInt8] {
        switch name {
        case "wire.zip": Packed.zip((1...300).map { ("\($0).txt", report($0)) })
        case "wire.jsonl.gz": Packed.gzip(lines(300))
        default: Packed.gzip((1...300).flatMap { Packed.warc("http://a.example/\($0)", "<p>\(report($0))") })
        }
    }

    @Test func `parts cut elsewhere double nothing`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let claim = try scratch.claim("wire.jsonl", lines(60), sequence: 1)
        let drop = try DropFolder(path: scratch.configuration.drop)
        try await desk.commitOnly([part(of: claim, in: drop, members: 20)])
        _ = await desk.file(await Scratch.readers.read([claim], from: desk.drop, desk: desk))
        #expect(members(in: scratch) == (1...60).map { "n\($0)" })
        #expect(try await desk.store.ledger(claim: 1)?.members == 60)
    }

    @Test func `a container written to while it is read is read again as a new file`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let claim = try scratch.claim("wire.jsonl", lines(400), sequence: 1)
        let file = try await desk.drop.open(claim)
        let document = Document(bytes: [], origin: .file(name: "wire.jsonl"), receivedAt: file.modified)
        let container = Readers.Container(claim: claim, file: file, document: document)
        try scratch.write("drop/.work/1-wire.jsonl", Array(lines(500).utf8))
        #expect(await Scratch.readers.file(container, Scratch.readers.current, desk))
        #expect(scratch.exists("drop/wire.jsonl"))
        #expect(scratch.records(day).last?["code"]?.string == "changed")
    }

    @Test func `a stopping daemon leaves the rest of a container for the next start`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let drain = Drain(seconds: 0)
        drain.begin()
        let claim = try scratch.claim("wire.jsonl", lines(400), sequence: 1)
        let intakes = await Scratch.readers(drain: drain).read([claim], from: desk.drop, desk: desk)
        #expect(intakes.isEmpty)
        #expect(try await desk.undecided(desk.drop.leftovers()) == [claim])
    }

    @Test func `a container over its limit is refused`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let claim = try scratch.claim("wire.jsonl", lines(10), sequence: 1)
        let readers = Scratch.readers(limits: .init(document: 10, container: 100))
        _ = await desk.file(await readers.read([claim], from: desk.drop, desk: desk))
        #expect(scratch.records(day).last?["code"]?.string == "too_large")
        #expect(scratch.exists("drop/failed/2017-06-06/wire.jsonl"))
    }

    /// The first part of a container, read as the daemon does.
    private func part(of claim: ClaimedFile, in drop: DropFolder, members count: Int) throws -> Intake {
        let reader = Scratch.readers.current
        let file = try drop.open(claim)
        let document = Document(bytes: [], origin: .file(name: claim.name.string), receivedAt: file.modified)
        var parts = MemberParts(try #require(reader.members(of: file, as: document)))
        let part = parts.next(members: count, bytes: 1 << 20)
        var source = Intake.FileSource(
            claim: claim, bytes: file.count, sha256: try file.hash {}.hex, state: file.state)
        source.isLast = part.isLast
        return Intake(source: .file(source), members: part.members.map { Scratch.readers.analysed($0, reader) })
    }
}
