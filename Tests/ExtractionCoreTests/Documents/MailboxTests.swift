import Synchronization
import Testing

@testable import ExtractionCore

@Suite struct MailboxTests {
    private func mail(_ number: Int, _ body: String = "The harbour bridge is closed, the mayor said.") -> String {
        "From a@example.org Tue Jun  6 09:12:00 2017\nFrom: Jane Doe <a@example.org>\nSubject: Report \(number)\n"
            + "Date: Tue, 6 Jun 2017 09:12:00 +0000\n\n\(body)\n\n"
    }

    private func walk(_ box: String, limit: Int = 1 << 20) -> [(String, Result<Document, DocumentError>)] {
        walk(BytesInMemory(Array(box.utf8)), limit: limit)
    }

    private func walk(_ source: any ByteSource, limit: Int = 1 << 20) -> [(String, Result<Document, DocumentError>)] {
        var walk = MailboxWalk(source: source, document: MailboxTests.box, limit: limit)
        var found: [(String, Result<Document, DocumentError>)] = []
        while let next = walk.next() { found.append(next) }
        return found
    }

    private static let box = Document(
        bytes: [], origin: .file(name: "box.mbox"), receivedAt: Instant(seconds: 0))

    private func text(_ found: (String, Result<Document, DocumentError>)) throws -> String {
        String(decoding: try found.1.get().bytes, as: UTF8.self)
    }

    @Test func `each mail is a member`() throws {
        let found = walk((1...3).map { mail($0) }.joined())
        #expect(found.map(\.0) == ["1", "2", "3"])
        #expect(try text(found[1]).hasPrefix("From: Jane Doe"))
        #expect(try found[2].1.get().origin == .file(name: "box.mbox", member: "3"))
    }

    @Test func `only a separator parts mails`() throws {
        let bodies = [
            "From here one could see it.", "One.\n\nFrom the quay one could see it.", "One.\n>From two.\n>>From three.",
            "From Monday 09:12 on, 2017 was odd.\nNothing: else", "From a quay:\nNote: it was closed.",
        ]
        for body in bodies {
            let found = walk(mail(1, body) + mail(2))
            #expect(found.count == 2, "\(body)")
            let shown = body.replacing(">>From", with: ">From").replacing("\n>From two", with: "\nFrom two")
            #expect(try text(found[0]).contains(shown), "\(body)")
        }
        // Without an empty line before it, but with a date in it and a header below.
        #expect(walk(mail(1).replacing("\n\n\n", with: "\n") + mail(2)).count == 2)
        #expect(walk((mail(1) + mail(2)).replacing("\n", with: "\r\n")).count == 2)
    }

    @Test func `a mail over the limit fails alone`() throws {
        let found = walk(mail(1) + mail(2, String(repeating: "word ", count: 4000)) + mail(3), limit: 10_000)
        #expect(found.map(\.0) == ["1", "2", "3"])
        guard case .failure(.tooLarge(let bytes, 10_000)) = found[1].1 else {
            Issue.record("read")
            return
        }
        #expect(bytes > 20_000)
        #expect(try text(found[2]).contains("Report 3"))
    }

    @Test func `a long line and a box without end are read`() throws {
        let line = String(repeating: "x", count: 3 << 20)
        let found = walk(mail(1, line) + mail(2) + "From a@example.org Tue Jun  6 09:12:00 2017\nSubj", limit: 4 << 20)
        #expect(found.count == 3)
        #expect(try text(found[0]).contains(line))
        #expect(walk("").isEmpty)
        #expect(walk("\n\n").isEmpty)
        #expect(walk("Subject: a\n\nNo separator.").count == 1)
    }

    @Test func `attachments follow their mail`() throws {
        let attached =
            "From a@example.org Tue Jun  6 09:12:00 2017\nSubject: Papers\nContent-Type: multipart/mixed; boundary=x\n\n"
            + "--x\n\nA paper is attached.\n--x\nContent-Disposition: attachment; filename=a.txt\n\nThe paper.\n--x--\n\n"
        let found = walk(mail(1) + attached + mail(3))
        #expect(found.map(\.0) == ["1", "2", "2/a.txt", "3"])
    }

    @Test func `members that are passed over give the same ones after them`() throws {
        let bytes = BytesInMemory(Array((1...20).map { mail($0) }.joined().utf8))
        for count in [0, 1, 7, 19, 20, 30] {
            var reader = try #require(MemberReader(source: bytes, as: MailboxTests.box))
            reader.skip(count)
            #expect(reader.next()?.name == (count < 20 ? String(count + 1) : nil))
        }
    }

    /// A source that makes its mails as it is read and counts what is asked for.
    private final class Endless: ByteSource {
        private let mail: [UInt8]
        let count: Int
        private let most = Mutex(0)
        var largest: Int { most.withLock { $0 } }

        init(_ mail: String, times: Int) {
            self.mail = Array(mail.utf8)
            count = self.mail.count * times
        }

        func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
            most.withLock { $0 = max($0, count) }
            return (offset..<max(offset, min(self.count, offset + count))).map { mail[$0 % mail.count] }
        }
    }

    @Test func `a large box is read in pieces`() throws {
        let source = Endless(mail(7), times: 40_000)
        var walk = MailboxWalk(source: source, document: MailboxTests.box, limit: 1 << 20)
        var count = 0
        while walk.next() != nil { count += 1 }
        #expect(count == 40_000)
        #expect(source.largest <= 1 << 20)
    }
}
