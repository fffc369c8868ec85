import ExtractionCore
import Stories
import Testing

@testable import Desk
@testable import Store
@testable import Wire

private let ferry = """
    Four people died when fire broke out aboard a ferry near Port Alder on Monday, the coastguard said.

    The ship, the Northern Star, was carrying 212 passengers from the islands. "We heard one bang and then the \
    lights went out," said Maria Olsen, a nurse from Hamnvik, who was pulled from the water by a fishing boat.

    Rescuers searched the cabins through the night with helicopters and two navy vessels.
    """

@Suite struct DeskTests {
    private let day = "2017-06-06"

    @Test func `a dropped file is a story in every digest file`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("ferry.txt", ferry)], from: 1, on: desk)

        #expect(scratch.types(day) == ["opened", "story"])
        #expect(scratch.records(day).last?["article"]?["file"]?.string == "ferry.txt")
        #expect(scratch.digest(day + ".md").contains("NEW STORY"))
        #expect(scratch.exists("drop/done/2017-06-06/ferry.txt"))
        #expect(DigestVerification(of: scratch.bytes("digests/\(day).jsonl")).fault == nil)
    }

    @Test func `the rendered day equals the written one`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("ferry.txt", ferry), ("empty.txt", "  \n"), ("again.txt", ferry)], from: 1, on: desk)
        #expect(MarkdownDigest.page(of: scratch.bytes("digests/\(day).jsonl")) == scratch.bytes("digests/\(day).md"))
    }

    @Test func `a repeat is counted once and named`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("one.txt", ferry), ("two.txt", ferry)], from: 1, on: desk)
        #expect(scratch.types(day) == ["opened", "story", "duplicate_count"])
        let articles = scratch.records(day)[2]["articles"]?.array ?? []
        #expect(articles.first?["file"]?.string == "two.txt")
        #expect(articles.first?["kind"]?.string == "exact")
    }

    @Test func `a changed toll is an update that names the change`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let later = ferry.replacing("Four people died", with: "Nine people died")
        try await scratch.file([("one.txt", ferry), ("two.txt", later)], from: 1, on: desk)
        #expect(scratch.types(day).filter { $0 != "alert" } == ["opened", "story", "update"])
        let update = try #require(scratch.records(day).first { $0["type"]?.string == "update" })
        let change = try #require(update["changes"]?.array.first { $0["kind"]?.string == "toll" })
        #expect(change["from"]?.int == 4)
        #expect(change["to"]?.int == 9)
    }

    @Test func `what cannot be read is listed and kept with its reason`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("blank.txt", " \n "), ("scan.pdf", "%PDF-1.4\nx")], from: 1, on: desk)
        #expect(scratch.types(day) == ["opened", "not_processed", "not_processed"])
        #expect(scratch.exists("drop/failed/2017-06-06/blank.txt.reason.json"))
        let reason = JSONValue(parsing: scratch.bytes("drop/failed/2017-06-06/scan.pdf.reason.json"))
        #expect(["undecodable", "missing_program"].contains(reason?["code"]?.string))
        #expect(scratch.digest(day + ".md").contains("Not processed"))
    }

    @Test func `a container without members stands in the digest`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feed = "<rss><channel><title>Nothing yet</title></channel></rss>"
        try await scratch.file([("feed.xml", feed), ("lines.jsonl", "[]")], from: 1, on: desk)
        let lines = scratch.records(day).filter { $0["type"]?.string == "not_processed" }
        #expect(lines.compactMap { $0["claim"]?.int } == [1, 2])
        #expect(scratch.exists("drop/failed/2017-06-06/feed.xml.reason.json"))
    }

    @Test func `names that differ only in their faults are both audited`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let drop = try DropFolder(path: scratch.configuration.drop)
        for (sequence, fault) in [UInt8(0xFE), 0xFF].enumerated() {
            let claim = try scratch.claim("r\(sequence)", ferry, sequence: 10)
            // As if it had been dropped under a name that is no text.
            let named = ClaimedFile(sequence: Int64(sequence + 1), name: DropName([0x72, fault]), bytes: 0)
            try rename(claim, to: named)
            _ = await desk.file(await Scratch.readers.read([named], from: drop, desk: desk))
        }
        let audit = try Audit(store: await desk.store, drop: drop, digests: scratch.configuration.digests)
        #expect(audit.gaps == [])
        #expect(audit.done == 2)

        func rename(_ claim: ClaimedFile, to other: ClaimedFile) throws {
            let work = scratch.configuration.drop + "/.work"
            try FileSystem.rename(FileSystem.path(work, claim.workName), FileSystem.path(work, other.workName))
        }
    }

    @Test func `members of a container stand in lines of their own`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let lines = (0..<300).map { number in
            #"{"id":"n\#(number)","title":"Report \#(number)","text":"Unit \#(number * 7919) reached village \#(number) at dawn, the ministry said."}"#
        }
        try await scratch.file([("wire.jsonl", (lines + ["not json"]).joined(separator: "\n"))], from: 1, on: desk)
        let named = scratch.records(day).filter { record in
            let articles = [record, record["article"]] + (record["articles"]?.array ?? [])
            return articles.contains { $0?["claim"]?.int == 1 }
        }
        #expect(named.count == 301)
        let row = try #require(try await desk.store.ledger(claim: 1))
        #expect(row.lines == 301)
        #expect(row.failures == 1)
        #expect(row.state == .done)
    }

    @Test func `a restart after the decision writes the same bytes`() async throws {
        let undisturbed = try Scratch()
        let whole = try await undisturbed.desk()
        try await undisturbed.file([("ferry.txt", ferry)], from: 1, on: whole)

        let scratch = try Scratch()
        do {
            let desk = try await scratch.desk()
            let claim = try scratch.claim("ferry.txt", ferry, sequence: 1)
            let intakes = await Scratch.readers.read([claim], from: desk.drop, desk: desk)
            // The process dies here: decided, neither moved nor written.
            try await desk.commitOnly(intakes)
        }
        #expect(scratch.types(day) == ["opened"])
        _ = try await scratch.desk()
        #expect(scratch.bytes("digests/\(day).jsonl") == undisturbed.bytes("digests/\(day).jsonl"))
        #expect(scratch.bytes("digests/\(day).md") == undisturbed.bytes("digests/\(day).md"))
        #expect(scratch.exists("drop/done/2017-06-06/ferry.txt"))
    }

    @Test func `a torn tail heals at the next start`() async throws {
        let scratch = try Scratch()
        do {
            let desk = try await scratch.desk()
            let claim = try scratch.claim("ferry.txt", ferry, sequence: 1)
            try await desk.commitOnly(await Scratch.readers.read([claim], from: desk.drop, desk: desk))
            let row = try #require(try await desk.store.outbox().first)
            var torn = row
            torn.bytes = Array(row.bytes.prefix(row.bytes.count / 2))
            try await desk.writer.redo([torn])
        }
        _ = try await scratch.desk()
        #expect(DigestVerification(of: scratch.bytes("digests/\(day).jsonl")).fault == nil)
        #expect(scratch.types(day) == ["opened", "story"])
    }

    @Test func `midnight closes the day and opens the next`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("ferry.txt", ferry)], from: 1, on: desk)
        scratch.clock.advance(seconds: 14 * 3600)
        await desk.tick()
        #expect(scratch.types(day).last == "closed")
        let first = DigestVerification(of: scratch.bytes("digests/\(day).jsonl"))
        #expect(first.fault == nil)
        #expect(first.isClosed)
        let next = scratch.records("2017-06-07")
        #expect(next.first?["prev"]?.string == first.lastHash)
        #expect(next.first?["carried"]?.array.count == 1)
        #expect(scratch.digest("2017-06-07.md").contains("Digest for Wednesday 7 June 2017"))
    }

    @Test func `a quiet day says so and a missed day has its file`() async throws {
        let scratch = try Scratch()
        do { _ = try await scratch.desk() }
        scratch.clock.advance(seconds: 3 * 86_400)
        _ = try await scratch.desk()
        #expect(scratch.digest("2017-06-06.md").contains("0 new articles"))
        #expect(scratch.types("2017-06-07") == ["opened", "closed"])
        #expect(scratch.digest("2017-06-07.md").contains("Not running"))
        #expect(scratch.types("2017-06-09") == ["opened"])
        for day in ["2017-06-06", "2017-06-07", "2017-06-08"] {
            #expect(DigestVerification(of: scratch.bytes("digests/\(day).jsonl")).fault == nil)
        }
    }

    @Test func `a clock set back keeps the day`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        scratch.clock.advance(seconds: -86_400)
        try await scratch.file([("ferry.txt", ferry)], from: 1, on: desk)
        #expect(scratch.types(day) == ["opened", "story"])
        #expect(scratch.records("2017-06-05").isEmpty)
    }

    @Test func `a digest that somebody lengthened is set aside and goes on`() async throws {
        let scratch = try Scratch()
        do {
            let desk = try await scratch.desk()
            try await scratch.file([("ferry.txt", ferry)], from: 1, on: desk)
        }
        let before = scratch.bytes("digests/\(day).md")
        try DigestWriter(folder: scratch.configuration.digests).replace(day + ".md", with: before + Array("mine".utf8))
        let desk = try await scratch.desk()
        #expect(scratch.bytes("digests/\(day).md") == before)
        #expect(scratch.digest(day + ".md.conflict-1").hasSuffix("mine"))
        try await scratch.file([("two.txt", ferry)], from: 2, on: desk)
        #expect(MarkdownDigest.page(of: scratch.bytes("digests/\(day).jsonl")) == scratch.bytes("digests/\(day).md"))
    }

    @Test func `a digest deleted while running has no zero bytes and no doubled lines`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("one.txt", ferry)], from: 1, on: desk)
        try scratch.remove("digests/\(day).jsonl")
        try scratch.remove("digests/\(day).md")
        try await scratch.file([("two.txt", ferry)], from: 2, on: desk)
        let bytes = scratch.bytes("digests/\(day).jsonl")
        #expect(!bytes.contains(0))
        #expect(scratch.types(day) == ["lost", "duplicate_count"])
        #expect(!scratch.bytes("digests/\(day).md").contains(0))
        #expect(DigestVerification(of: bytes).fault != nil)
    }

    @Test func `a digest of another life is set aside and not overwritten`() async throws {
        let scratch = try Scratch()
        try DigestWriter(folder: scratch.configuration.digests).replace(
            day + ".jsonl", with: Array("{\"mine\":1}\n".utf8))
        _ = try await scratch.desk()
        #expect(scratch.types(day) == ["opened"])
        #expect(scratch.digest(day + ".jsonl.conflict-1") == "{\"mine\":1}\n")
    }

    @Test func `the day can close although its records are gone`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("one.txt", ferry)], from: 1, on: desk)
        try scratch.remove("digests/\(day).jsonl")
        scratch.clock.advance(seconds: 14 * 3600)
        await desk.tick()
        #expect(scratch.types("2017-06-07") == ["opened"])
    }

    @Test func `a clock that jumps ahead closes no day`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        scratch.clock.advance(seconds: 400 * 86_400)
        await desk.tick()
        try await scratch.file([("one.txt", ferry)], from: 1, on: desk)
        #expect(scratch.types(day) == ["opened", "story"])
        scratch.clock.advance(seconds: -400 * 86_400)
        await desk.tick()
        try await scratch.file([("two.txt", ferry)], from: 2, on: desk)
        #expect(scratch.types(day) == ["opened", "story", "duplicate_count"])
    }

    @Test func `yesterday's page is still brought up to date`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        scratch.clock.advance(seconds: 14 * 3600)
        await desk.tick()
        #expect(await desk.pageDays() == ["2017-06-06", "2017-06-07"])
    }

    @Test func `the audit finds a file that is gone`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("ferry.txt", ferry), ("blank.txt", "")], from: 1, on: desk)
        #expect(JSONValue(parsing: await desk.audit())?["gaps"]?.int == 0)
        try scratch.remove("drop/done/2017-06-06/ferry.txt")
        #expect(JSONValue(parsing: await desk.audit())?["gaps"]?.int == 1)
    }

    @Test func `a watched word alerts once with its evidence`() async throws {
        let scratch = try Scratch()
        scratch.configuration.alerts = [.words(["coastguard"], .high), .toll(.killed, atLeast: 4, .critical)]
        let desk = try await scratch.desk()
        let other = ferry.replacing("Monday", with: "Monday evening").replacing("two navy", with: "three navy")
        try await scratch.file([("one.txt", ferry), ("two.txt", other)], from: 1, on: desk)
        let alerts = scratch.records(day).filter { $0["type"]?.string == "alert" }
        #expect(alerts.compactMap { $0["severity"]?.string }.sorted() == ["critical", "high"])
        #expect(alerts.allSatisfy { $0["evidence"]?.array.isEmpty == false })
        #expect(!scratch.bytes("digests/alerts/\(day).md").isEmpty)
        #expect(DigestVerification(of: scratch.bytes("digests/alerts/\(day).jsonl")).fault == nil)
    }
}

extension Desk {
    /// The decision alone, as if the process died right after it.
    func commitOnly(_ intakes: [Intake]) throws {
        try commit { filer, decision in
            for intake in intakes { try filer.add(intake, to: &decision) }
        }
    }
}
