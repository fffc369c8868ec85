import ExtractionCore
import Testing

@testable import Desk
@testable import Store
@testable import Wire

/// Mails and mail boxes, from the drop folder to the digest.
@Suite struct DroppedMailTests {
    private let day = "2017-06-06"
    private let report = "The council closed the harbour bridge on Monday after heavy rain, the mayor said."

    /// Drops one file; the names of its members that became articles, and why it or a member failed.
    private func drop(_ name: String, _ content: [UInt8]) async throws -> (members: [String?], reasons: [String]) {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let claim = try scratch.claim(name, content, sequence: 1)
        _ = await desk.file(await Scratch.readers.read([claim], from: desk.drop, desk: desk))
        return (articles(in: scratch).map(\.member), scratch.records(day).compactMap { $0["code"]?.string })
    }

    private func articles(in scratch: Scratch) -> [(member: String?, title: String?)] {
        scratch.records(day).flatMap { [$0["article"]] + ($0["articles"]?.array ?? []) }.compactMap { $0 }.map {
            ($0["member"]?.string, $0["title"]?.string)
        }
    }

    private let head = "From: Jane Doe <j@courier.example>\nSubject: Closed\nDate: Tue, 6 Jun 2017 09:12:00 +0100\n"

    private func box(_ count: Int) -> String {
        (1...count).map {
            "From j@courier.example Tue Jun  6 09:12:00 2017\nFrom: Jane Doe <j@courier.example>\nSubject: Report \($0)\n\n"
                + "Unit \($0 * 7919) reached village \($0) at dawn on Monday, the ministry said.\n\n"
        }.joined()
    }

    @Test func `a mail is an article, with attachments a container`() async throws {
        #expect(try await drop("bridge.eml", Array((head + "\n" + report).utf8)).members == [nil])
        let attached =
            head + "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n\(report)\n"
            + "--x\nContent-Disposition: attachment; filename=note.txt\n\nThe ferry ran aground on Sunday night, police said.\n--x--\n"
        #expect(try await drop("papers.eml", Array(attached.utf8)).members == ["mail", "note.txt"])
        #expect(try await drop("blank.eml", Array((head + "\n \n").utf8)).reasons == ["empty"])
    }

    @Test func `an encoding of the system's is read`() throws {
        let words: [UInt8] = [0xB8, 0xDB, 0xBF, 0xDA, 0xB5, 0xC4, 0xC7, 0xC5]
        let mail =
            "Subject: =?gb2312?B?uNu/2rXEx8U=?=\nFrom: a@example.org\nContent-Type: text/plain; charset=gb2312\n\n"
        let reader = DocumentReader(core: NewsReader(lexicon: .embedded()))
        let article = try reader.article(
            in: Document(
                bytes: Array(mail.utf8) + words, origin: .file(name: "a.eml"), receivedAt: Instant(seconds: 0)))
        #expect(article.text.string == "\u{6E2F}\u{53E3}\u{7684}\u{6865}")
        #expect(article.headline == "\u{6E2F}\u{53E3}\u{7684}\u{6865}")
    }

    @Test func `a mail box is an article a mail`() async throws {
        #expect(try await drop("harbour.mbox", Array(box(3).utf8)).members == ["1", "2", "3"])
        // Cut in the middle: what is there is read.
        #expect(try await drop("cut.mbox", Array(box(3).utf8).dropLast(30)).members == ["1", "2", "3"])
    }

    @Test func `a mail over the limit fails alone`() async throws {
        let large =
            "From a@b.example Tue Jun  6 09:12:00 2017\nSubject: Large\n\n"
            + String(repeating: "word\n", count: 4 << 20) + "\n"
        let found = try await drop(
            "harbour.mbox", Array((box(1) + large + box(1).replacing("7919", with: "4242")).utf8))
        #expect(found.reasons == ["too_large"])
        #expect(found.members.contains("1") && found.members.contains("3"))
    }

    @Test func `a daemon killed inside a mail box goes on after the last decided mail`() async throws {
        let scratch = try Scratch()
        let claim = try await {
            let desk = try await scratch.desk()
            let claim = try scratch.claim("harbour.mbox", box(300), sequence: 1)
            let file = try await desk.drop.open(claim)
            let reader = Scratch.readers.current
            let document = Document(bytes: [], origin: .file(name: claim.name.string), receivedAt: file.modified)
            var parts = MemberParts(try #require(reader.members(of: file, as: document)))
            let part = parts.next(members: 128, bytes: 1 << 20)
            var source = Intake.FileSource(
                claim: claim, bytes: file.count, sha256: try file.hash {}.hex, state: file.state)
            source.isLast = part.isLast
            // The process dies here: one part is decided and not even written.
            try await desk.commitOnly([
                Intake(source: .file(source), members: part.members.map { Scratch.readers.analysed($0, reader) })
            ])
            return claim
        }()
        let desk = try await scratch.desk()
        _ = await desk.file(await Scratch.readers.read([claim], from: desk.drop, desk: desk))
        #expect(articles(in: scratch).map(\.member) == (1...300).map { "\($0)" })
        #expect(scratch.exists("drop/done/2017-06-06/harbour.mbox"))
    }

    @Test func `Markdown is an article with its fields`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let text = "---\ntitle: Bridge closed\nauthor: Jane Doe\ndate: 2017-06-06\n---\n\(report) It is **old**.\n"
        try await scratch.file([("bridge.md", text)], from: 1, on: desk)
        let article = scratch.records(day).compactMap { $0["article"] }.first
        #expect(article?["title"]?.string == "Bridge closed")
        #expect(article?["authors"]?.array.first?.string == "Jane Doe")
        #expect(article?["published"]?.string == "2017-06-06")
    }
}
