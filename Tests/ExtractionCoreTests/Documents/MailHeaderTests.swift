import Testing

@testable import ExtractionCore

@Suite struct MailHeaderTests {
    private let none: Transcode = { _, _ in nil }

    private func header(_ text: String) -> MailHeader {
        let bytes = Array(text.utf8)
        return MailHeader(bytes, at: 0, to: bytes.count)
    }

    @Test func `folded lines are one value`() {
        let header = header("Subject: The bridge\r\n is\r\n\tclosed\r\nX-Odd : x\r\n\r\nBody")
        #expect(header.text("subject", none) == "The bridge is closed")
        #expect(header.text("x-odd", none) == "x")
        #expect(header.end == 48)
    }

    @Test func `a line that is no field ends the header`() {
        let header = header("Subject: a\nThe body without an empty line.\nFrom: b\n")
        #expect(header.fields.count == 1)
        #expect(header.end == 11)
    }

    @Test func `a separator above the header is passed over`() {
        #expect(header("From a@b Tue Jun  6 09:12:00 2017\nSubject: a\n\n").text("subject", none) == "a")
        #expect(header("\n\nSubject: a\n\n").text("subject", none) == "a")
    }

    @Test func `encoded words are decoded`() {
        let cases: [(String, String)] = [
            ("=?utf-8?Q?Br=C3=BCcke?=", "Brücke"), ("=?UTF-8?B?QnLDvGNrZQ==?=", "Brücke"),
            ("=?iso-8859-1?q?Br=FCcke_zu?=", "Brücke zu"), ("=?windows-1251?B?7O7x8g==?=", "мост"),
            // White space between two encoded words is none, elsewhere it is.
            ("=?utf-8?Q?a?=  =?utf-8?Q?b?=", "ab"), ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"),
            ("x =?utf-8?Q?a?=", "x a"),
            // A character cut in two between words of one charset.
            ("=?utf-8?Q?Br=C3?= =?utf-8?Q?=BCcke?=", "Brücke"),
            ("=?utf-8?B?QnLDvA==?= =?utf-8?B?Y2tl?=", "Brücke"), ("=?utf-8*en?Q?a?=", "a"),
            // What is none stays.
            ("=?utf-8?Q?never closed", "=?utf-8?Q?never closed"), ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
            ("1 =? 2", "1 =? 2"), ("=?", "=?"), ("Brücke", "Brücke"), ("=?utf-8?Q??=", ""),
            ("=?utf-8?Q?a =?utf-8?Q?b?=", "=?utf-8?Q?a b"),
        ]
        for (value, text) in cases { #expect(EncodedWords.decoded(Array(value.utf8), none) == text, "\(value)") }
    }

    @Test func `what the core cannot decode is asked of the system`() {
        let value = "=?gb2312?B?xMc=?= and =?utf-8?Q?x?="
        let asked: Transcode = { bytes, encoding in
            bytes == [0xC4, 0xC7] && encoding == "GB18030" ? Array("那".utf8) : nil
        }
        #expect(EncodedWords.decoded(Array(value.utf8), asked) == "那 and x")
        #expect(!EncodedWords.decoded(Array(value.utf8), none).isEmpty)
    }

    @Test func `parameters come quoted, in pieces and encoded`() {
        let cases: [(String, String, String?)] = [
            (#"text/plain; charset="utf-8"; format=flowed"#, "charset", "utf-8"),
            ("text/plain; charset=utf-8; format=flowed", "format", "flowed"),
            (#"attachment; filename="a;b \"c\".txt""#, "filename", #"a;b "c".txt"#),
            ("attachment; filename*=utf-8''br%C3%BCcke.txt", "filename", "brücke.txt"),
            ("attachment; filename*0=har; filename*1=bour.txt", "filename", "harbour.txt"),
            ("attachment; filename*1*=%BCcke.txt; filename*0*=utf-8''br%C3", "filename", "brücke.txt"),
            ("attachment; filename==?utf-8?Q?br=C3=BCcke.txt?=", "filename", "brücke.txt"),
            ("attachment; =x; filename", "filename", nil), ("attachment; filename=\"open", "filename", "open"),
        ]
        for (field, name, value) in cases {
            #expect(MailHeader.Parameters(Array(field.utf8), none)[name] == value, "\(field)")
        }
        #expect(MailHeader.Parameters(Array(" Text/HTML ; x=y".utf8), none).value == "text/html")
    }

    @Test func `transfer encodings are undone, broken ones too`() {
        let cases: [(String, String)] = [
            ("a=3Db=\r\nc=\nd", "a=bcd"), ("100=% =zz", "100=% =zz"), ("end=", "end"), ("a= \t\r\nb", "ab"),
            ("=C3=BC", "ü"),
        ]
        for (written, meant) in cases {
            #expect(
                TransferEncoding.quotedPrintable.decoded(Array(written.utf8)[...]) == Array(meant.utf8), "\(written)")
        }
        for written in ["QnLDvGNrZQ==", "QnLD\r\nvGNr ZQ", "QnLDvA==\nY2tl", "Qn*LDvGNrZQ="] {
            #expect(TransferEncoding.base64.decoded(Array(written.utf8)[...]) == Array("Brücke".utf8), "\(written)")
        }
    }

    @Test func `subjects lose what programs put before them`() {
        let cases: [(String, String, Bool)] = [
            ("Re: Bridge closed", "Bridge closed", false), ("RE[2]: AW: Bridge", "Bridge", false),
            ("Fwd: Bridge closed", "Bridge closed", true), ("WG: FW: Bridge", "Bridge", true),
            ("[harbour-news] Bridge", "Bridge", false), ("Re: [news] Fwd: Bridge", "Bridge", true),
            ("[news]", "[news]", false), ("Update: bridge closed", "Update: bridge closed", false),
            ("Bridge closed (fwd)", "Bridge closed", true), ("12:30 briefing", "12:30 briefing", false),
            ("", "", false),
        ]
        for (subject, words, isForward) in cases {
            #expect(MailFields.subject(subject).words == words, "\(subject)")
            #expect(MailFields.subject(subject).isForward == isForward, "\(subject)")
        }
    }

    @Test func `senders are people or publications`() {
        let cases: [(String, String?, String?)] = [
            ("Jane Doe <jane@example.org>", "Jane Doe", nil), ("\"Doe, Jane\" <j@example.org>", "Jane Doe", nil),
            ("j@example.org (Jane Doe)", "Jane Doe", nil), ("j@example.org", nil, nil),
            ("Port Alder News <n@example.org>", nil, "Port Alder News"),
            ("Jane Doe via Harbour list <l@example.org>", "Jane Doe", "Harbour list"),
            ("Jane Doe at The Courier <c@example.org>", "Jane Doe", "The Courier"),
            ("Jane Doe (The Courier) <c@example.org>", "Jane Doe", "The Courier"),
            ("The Courier <c@example.org>", nil, "The Courier"), ("REUTERS <r@example.org>", nil, "REUTERS"),
            ("=?utf-8?Q?J=C3=BCrgen_van_Dyk?= <j@example.org>", "Jürgen van Dyk", nil),
            ("\"j@example.org\" <j@example.org>", nil, nil), ("J. R. O'Neil <j@example.org>", "J. R. O'Neil", nil),
            ("", nil, nil), ("<", nil, nil),
            ("Press Office, Port Alder <p@example.org>", nil, "Press Office, Port Alder"),
        ]
        for (field, person, organisation) in cases {
            let sender = MailSender(Array(field.utf8), none)
            #expect(sender.person == person, "\(field)")
            #expect(sender.organisation == organisation, "\(field)")
        }
    }

    @Test func `only the address of one page is an address`() {
        let cases: [(String, String?)] = [
            ("Archived-At: <https://lists.example.org/m/1>", "https://lists.example.org/m/1"),
            ("List-Archive: <https://lists.example.org/harbour/>", nil),
            (
                "List-Archive: <https://lists.example.org/harbour/msg00012.html>",
                "https://lists.example.org/harbour/msg00012.html"
            ),
            ("Archived-At: <mailto:x@example.org>", nil), ("Archived-At: <https://broken", "https://broken"),
        ]
        for (line, url) in cases {
            let found = MailFields(header(line + "\n\n"), none).url
            // A bracket that is never closed leaves no address.
            #expect(found == (line.hasSuffix(">") ? url : nil), "\(line)")
        }
    }

    @Test func `a date that cannot be is replaced by when it was received`() {
        let fields = MailFields(
            header("Received: from a by b;\n Tue, 6 Jun 2017 09:12:05 +0100\nDate: not a day\n\n"), none)
        #expect(fields.published?.iso8601 == "2017-06-06T09:12:05+01:00")
    }
}
