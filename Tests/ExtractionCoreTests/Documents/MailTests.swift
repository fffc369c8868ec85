import Testing

@testable import ExtractionCore

@Suite struct MailTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let story =
        "The council closed the harbour bridge in Port Alder on Monday after heavy rain, the mayor said."
    private let second = "Repairs will take eight months, she told residents at a meeting in the town hall."

    private func document(_ text: String, name: String = "a.eml") -> Document {
        Document(
            bytes: Array(text.utf8), origin: .file(name: name), receivedAt: Instant(seconds: 0))
    }

    private func article(_ text: String) throws -> Article { try reader.article(in: document(text)) }

    private func head(_ more: String = "") -> String {
        "From: Jane Doe <jane@courier.example>\nTo: desk@example.org\nSubject: Bridge closed\n"
            + "Date: Tue, 6 Jun 2017 09:12:00 +0100\nMIME-Version: 1.0\n" + more
    }

    /// Parts between boundaries.
    private func parts(_ boundary: String, _ parts: String...) -> String {
        "\n" + parts.map { "--\(boundary)\n\($0)\n" }.joined() + "--\(boundary)--\n"
    }

    private func members(_ text: String, name: String = "a.eml") throws -> [Member] {
        guard case .members(let members) = try reader.contents(of: document(text, name: name)) else { return [] }
        return members
    }

    @Test func `a plain mail is an article`() throws {
        let article = try article(head() + "\n\(story)\n\n\(second)\n")
        #expect(article.headline == "Bridge closed")
        #expect(article.bylines == ["Jane Doe"])
        #expect(article.published?.iso8601 == "2017-06-06T09:12:00+01:00")
        #expect(article.text.string == story + "\n\n" + second)
        #expect(article.blocks.map(\.kind) == [.paragraph, .paragraph])
    }

    @Test func `of two forms the richer is read`() throws {
        let html = "<h2>What is known</h2><p>\(story)</p><ul><li>Buses run free.</li></ul>"
        let alternative = head("Content-Type: multipart/alternative; boundary=x\n")
        let both = try article(
            alternative
                + parts("x", "Content-Type: text/plain\n\n\(story)", "Content-Type: text/html\n\n\(html)"))
        #expect(both.blocks.map(\.kind) == [.heading, .paragraph, .listItem])
        // A page that lacks the text is no richer form.
        let poor = try article(
            alternative
                + parts(
                    "x", "Content-Type: text/plain\n\n\(story)",
                    "Content-Type: text/html\n\n<p>Your program cannot show this.</p>"))
        #expect(poor.text.string == story)
    }

    @Test func `parts may lie deep`() throws {
        let related =
            "Content-Type: multipart/related; boundary=\"y y\"\n"
            + parts("y y", "Content-Type: text/html\n\n<p>\(story)</p>", "Content-Type: image/png\n\nxx")
        let mixed =
            head("Content-Type: multipart/mixed; boundary=\"x\"\n")
            + parts("x", related, "Content-Type: text/plain\n\n\(second)")
        #expect(try article(mixed).text.string == story + "\n\n" + second)
    }

    @Test func `encodings are undone`() throws {
        let text = "Die Brücke über den Hafen bleibt geschlossen, sagte die Bürgermeisterin am Montag."
        let quoted = text.replacing("ü", with: "=FC").replacing("geschlossen", with: "geschl=\nossen")
        let cases = [
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted,
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + text,
        ]
        for mail in cases { #expect(try article(head(mail)).text.string == text) }
    }

    @Test func `boundaries may be wrong or missing`() throws {
        let part = "Content-Type: text/plain\n\n\(story)\n"
        let mixed = "Content-Type: multipart/mixed"
        let cases = [
            mixed + "; boundary=wrong\n\n--right\n" + part + "--right--\n",
            mixed + "\n\n--right\n" + part + "--right--\n",
            mixed + "; boundary=x\n\n--x\n" + part, mixed + "; boundary=x\n\n\(story)\n", mixed + "\n\n\(story)\n",
        ]
        for mail in cases { #expect(try article(head(mail)).text.string == story, "\(mail)") }
    }

    @Test func `flowing lines are joined`() throws {
        let flowed = story.replacing("on Monday ", with: "on Monday \n") + "\n\n From here " + "\non."
        let article = try article(head("Content-Type: text/plain; format=flowed\n\n") + flowed)
        #expect(article.text.string == story + "\n\nFrom here on.")
    }

    @Test func `history and signature are no text`() throws {
        let tails = [
            "On Mon, 5 Jun 2017 at 10:00, Tom Ray\n<tom@example.org> wrote:\n> What is new?\n> Anything at all?",
            "Am 5. Juni 2017 schrieb Tom Ray:\n> Was gibt es?", "-- \nJane Doe\nThe Courier", "Sent from my telephone",
            "-----Original Message-----\nFrom: Tom Ray\nSent: Monday\nTo: Jane Doe\nSubject: Bridge\n\nWhat is new?",
            "From: Tom Ray\nSent: Monday\nTo: Jane Doe\nSubject: Bridge\n\nWhat is new?",
            "____________________________________________\nharbour mailing list\nharbour@example.org\nhttps://example.org/listinfo",
            "To unsubscribe from this list, write to the desk.\n\nExample News, 1 Quay Street",
        ]
        for tail in tails {
            let article = try article(head() + "\n\(story)\n\n\(second)\n\n\(tail)\n")
            #expect(article.text.string == story + "\n\n" + second, "\(tail)")
        }
    }

    @Test func `an answer between quotations stays`() throws {
        let article = try article(
            head() + "\nTom Ray <t@example.org> wrote:\n> When did it close?\n\(story)\n> For how long?\n\(second)\n")
        #expect(article.text.string == story + "\n" + second)
    }

    @Test func `what is passed on counts`() throws {
        let inline = try article(
            head().replacing("Subject: ", with: "Subject: Fwd: ")
                + "\n---------- Forwarded message ---------\nFrom: Tom Ray <tom@example.org>\nDate: Mon, Jun 5, 2017 at 10:00 AM\n"
                + "Subject: Bridge closed\nTo: <jane@courier.example>\n\n\(story)\n")
        #expect(inline.text.string == story)
        #expect(inline.bylines == ["Tom Ray"])
        #expect(inline.published?.iso8601 == "2017-06-05")
        let inner =
            "From: Tom Ray <tom@example.org>\nSubject: Old bridge\nDate: Mon, 5 Jun 2017 10:00:00 +0000\n\n\(story)\n"
        let attached = try article(
            head("Content-Type: multipart/mixed; boundary=x\n")
                + parts("x", "Content-Type: text/plain\n\nSee below.", "Content-Type: message/rfc822\n\n\(inner)"))
        #expect(attached.text.string == story)
        #expect(attached.headline == "Old bridge")
        #expect(attached.bylines == ["Tom Ray"])
    }

    @Test func `furniture of newsletters is no text`() throws {
        let html =
            "<div style='display:none'>A first look</div><p><a href=x>View in browser</a></p><h1>Bridge closed</h1>"
            + "<table><tr><td><p>\(story)</p></td></tr></table><p><a href=a>News</a> <a href=b>Sport</a></p>"
            + "<div class=gmail_quote><p>An older letter with some more words.</p></div>"
            + "<p>You are receiving this since you signed up. <a href=u>Unsubscribe</a></p><p>1 Quay Street</p>"
        let article = try article(
            head("Content-Type: text/html\n").replacing("Jane Doe", with: "Port Alder News") + "\n" + html)
        #expect(article.text.string == story)
        #expect(article.site == "Port Alder News")
        #expect(article.bylines.isEmpty)
    }

    @Test func `readable attachments are members`() throws {
        let inner = head().replacing("closed", with: "open") + "\n\(second)\n"
        let mail =
            head("Content-Type: multipart/mixed; boundary=x\n")
            + parts(
                "x",
                "Content-Type: text/plain\n\n\(story) Two papers are attached, both from the council, one old and one new. "
                    + String(repeating: "They say what it costs. ", count: 8),
                "Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"../../note.md\"\n\n# Note\n\n\(second)",
                "Content-Type: image/jpeg; name=pier.jpg\nContent-Disposition: attachment\n\nxx",
                "Content-Type: message/rfc822\n\n\(inner)")
        let members = try members(mail)
        #expect(members.map(\.name) == ["mail", "note.md", "part 2"])
        #expect(try members[0].result.get().notes == ["attachment not read: pier.jpg (image/jpeg)"])
        #expect(try members[1].result.get().headline == "Note")
        #expect(try members[1].result.get().origin == .file(name: "a.eml", member: "note.md"))
        #expect(try members[2].result.get().headline == "Bridge open")
    }

    @Test func `a mail that only carries something is no member`() throws {
        let mail =
            head("Content-Type: multipart/mixed; boundary=x\n")
            + parts(
                "x", "Content-Type: text/plain\n\n ",
                "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n\(story)")
        #expect(try members(mail).map(\.name) == ["a.txt"])
    }

    @Test func `a digest's mails are members`() throws {
        let mail =
            head("Content-Type: multipart/digest; boundary=x\n")
            + parts(
                "x", "\nSubject: One\nFrom: Tom Ray <t@example.org>\n\n\(story)",
                "\nSubject: Two\nFrom: a@example.org\n\n\(second)")
        #expect(try members(mail).map { try $0.result.get().headline } == ["One", "Two"])
    }

    @Test func `mails are known by their first lines`() {
        let cases: [(String, String, DocumentKind)] = [
            (head() + "\nx", "a", .mail), ("X-Odd: 1\n" + head() + "\n<html><body>x", "a", .mail),
            ("From a@b Tue Jun  6 09:12:00 2017\n" + head() + "\nx", "a", .mailbox),
            ("From here on it went well.\n\nFor: all", "a", .plainText), ("anything", "a.eml", .mail),
            ("anything", "a.mbox", .mailbox), ("Note: this is text.\nTo: nobody\n", "a", .plainText),
        ]
        for (text, name, kind) in cases { #expect(DocumentKind(of: document(text, name: name)) == kind, "\(text)") }
    }

    @Test func `a mail without text says so`() {
        #expect(throws: DocumentError.empty) { try article(head() + "\n\n") }
        #expect(throws: DocumentError.empty) {
            try article(head("Content-Type: multipart/mixed; boundary=x\n") + "\n--x--\n")
        }
    }

    @Test func `what is too long or too deep is left out and no text`() throws {
        let folded = try article(head("X-A: b\n" + String(repeating: " c\n", count: 400_000)) + "\n\(story)\n")
        #expect(folded.text.string == story)
        let many = try article(head(String(repeating: "X-A: b\n", count: 5000)) + "\n\(story)\n")
        #expect(many.text.string == story)
        let nest = (0..<100).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        #expect(throws: DocumentError.undecodable("too many parts, or parts nested too deeply")) {
            try article(head() + nest + "\n\(story)\n")
        }
        let note = "Content-Type: multipart/mixed; boundary=x\n\n--x\n\n\(story)\n--x\n" + nest + "\n\(second)\n--x--\n"
        #expect(try article(head() + note).notes == ["mail cut at its limit of parts"])
    }

    /// Time grows with the bytes, not with what they nest.
    @Test func `hostile mails end soon`() throws {
        let count = 20_000
        let cases = [
            String(repeating: "Content-Type: multipart/mixed; boundary=x\n\n--x\n", count: count),
            "Content-Type: multipart/mixed; boundary=x\n\n" + String(repeating: "--x\n\n", count: count),
            String(repeating: "Content-Type: message/rfc822\n\n", count: count),
            "Subject: " + String(repeating: "=?utf-8?Q?a", count: count),
            "Subject:" + String(repeating: "\n a", count: count),
            "Content-Type: a;" + String(repeating: "b*1=c;", count: count), String(repeating: "--\n", count: count),
            head() + "\n" + String(repeating: "> On x wrote:\n", count: count),
            head() + "\n" + String(repeating: "From: a\nTo: b\n", count: count),
            head("Content-Type: text/html\n\n") + String(repeating: "<div class=gmail_quote>a", count: count),
            head() + "\n" + String(repeating: "unsubscribe\n\n", count: count),
        ]
        for mail in cases {
            let start = ContinuousClock.now
            _ = try? reader.contents(of: document(mail))
            #expect(ContinuousClock.now - start < .seconds(10), "\(mail.prefix(60))")
        }
    }
}
