import Testing

@testable import ExtractionCore

@Suite struct ZipTests {
    private let words = "The bridge near the harbour was closed on Monday after heavy rain."

    private func member(_ name: String, _ change: (inout ZipMember) -> Void = { _ in }) -> ZipMember {
        var member = ZipMember(name, words)
        change(&member)
        return member
    }

    @Test func `stored and deflated members are read in every form of their sizes`() {
        for isDescribed in [false, true] {
            for isLarge in [false, true] {
                for isStored in [false, true] {
                    let one = member("a.txt") {
                        ($0.isDescribed, $0.isLarge, $0.isStored) = (isDescribed, isLarge, isStored)
                    }
                    let archive = ZipWriter.archive([one, member("b.txt")], isLarge: isLarge)
                    #expect(members(of: archive).map(\.result.text) == [words, words])
                    // The same without the list at the end.
                    let cut = Array(archive.dropLast(12))
                    #expect(members(of: cut).prefix(2).map(\.result.text) == [words, words])
                }
            }
        }
    }

    @Test func `names are labels`() {
        var old = ZipMember("x", words)
        old.name = [0x81, 0x62, 0x65, 0x72, 0x2E, 0x74, 0x78, 0x74]
        let archive = ZipWriter.archive([
            ZipMember("../../etc/passwd", words), ZipMember("/etc/cron.d/x", words), ZipMember("über.txt", words), old,
            ZipMember("same.txt", "One."), ZipMember("same.txt", "Two."), ZipMember("\u{1B}[2J.txt", words),
            ZipMember(String(repeating: "n", count: 60_000), words), ZipMember("", words),
        ])
        let found = members(of: archive, named: "w.zip")
        #expect(
            found.prefix(7).map(\.name) == [
                "../../etc/passwd", "/etc/cron.d/x", "über.txt", "über.txt", "same.txt", "same.txt", "\u{FFFD}[2J.txt",
            ])
        #expect(found[4].result.text == "One.")
        #expect(found[5].result.text == "Two.")
        #expect(found[7].name.utf8.count == 500)
        #expect(found.count == 9)
        #expect((try? found[0].result.get())?.origin == .file(name: "w.zip", member: "../../etc/passwd"))
    }

    @Test func `what systems leave behind is passed over`() {
        let archive = ZipWriter.archive([
            "a/": "", "__MACOSX/._b.txt": "x", ".hidden": "x", "a/.git/config": "x", "Thumbs.db": "x", "~$a.docx": "x",
            "w\\": "",
            "w\\.hidden": "x",
            "a/b.txt": "Read.",
        ])
        #expect(members(of: archive).map(\.name) == ["a/b.txt"])
    }

    @Test func `pictures, sound and film beside the texts are passed over`() {
        let archive = ZipWriter.archive([
            "dam.gif": "GIF89a...", "talk.ogg": "OggS....", "dam.txt": "Read.", "dam.rtf": "{\\rtf1 x}",
        ])
        #expect(Set(members(of: archive).map(\.name)) == ["dam.txt", "dam.rtf"])
    }

    @Test func `what cannot be unpacked has its reason, and the others are read`() {
        let archive = ZipWriter.archive([
            member("locked.txt") { $0.flags = 1 }, member("new.txt") { $0.method = 99 },
            member("wrong.txt") { $0.checksum = 5 }, member("cut.txt") { $0.packed = 10 }, member("good.txt"),
        ])
        let found = members(of: archive)
        #expect(
            found.map(\.result.message) == [
                "locked with a password", "no reader for zip method 99", "member damaged", "member cut off", nil,
            ])
        #expect(found.map(\.result.code).first == "encrypted")
    }

    @Test func `an archive cut at any byte gives what is whole, and says that more is missing`() {
        let whole = ZipWriter.archive([member("a.txt"), member("b.txt") { $0.isDescribed = true }, member("c.txt")])
        let list = whole.count - 22 - 3 * (46 + 5)
        for count in 4..<whole.count - 1 {
            let found = members(of: Array(whole[..<count]))
            let texts = found.compactMap(\.result.text)
            #expect(texts.allSatisfy { $0 == words }, "\(count)")
            #expect(count >= list ? texts.count == 3 : found.last?.result.code != nil, "\(count)")
        }
    }

    @Test func `the list may lie about everything`() {
        let whole = ZipWriter.archive([member("a.txt"), member("b.txt")])
        for index in whole.indices {
            for value: UInt8 in [0, 1, 0x7F, 0xFF] {
                var bytes = whole
                bytes[index] = value
                for found in members(of: bytes) {
                    if let text = found.result.text { #expect(text == words || text.isEmpty, "\(index)") }
                }
            }
        }
    }

    @Test func `data is unpacked for one member only`() {
        // A list of a thousand names for the same data.
        var writer = ZipWriter()
        writer.add(member("a"))
        let end = writer.finished()
        let first = end.count - 22 - 47
        let list = (0..<1000).flatMap { _ in end[first..<first + 47] }
        let bytes =
            Array(end[..<first]) + list + [0x50, 0x4B, 5, 6] + number(0, 4) + number(1000, 2) + number(1000, 2)
            + number(list.count, 4) + number(first, 4) + number(0, 2)
        let found = members(of: bytes)
        #expect(found.count == 1000)
        #expect(found.first?.result.text == words)
        #expect(found.dropFirst().allSatisfy { $0.result.code == "overlap" })
    }

    @Test func `office documents are known by their parts`() {
        func kind(_ members: KeyValuePairs<String, String>) -> DocumentKind {
            let bytes = ZipWriter.archive(
                members.map { member in
                    var member = ZipMember(member.key, member.value)
                    member.isStored = true
                    return member
                })
            return DocumentKind(of: Document(bytes: bytes, origin: .page, receivedAt: Instant(seconds: 0)))
        }
        #expect(kind(["[Content_Types].xml": "", "word/document.xml": ""]) == .word)
        #expect(kind(["xl/workbook.xml": ""]) == .unsupported("xlsx"))
        #expect(kind(["ppt/presentation.xml": ""]) == .unsupported("pptx"))
        #expect(kind(["mimetype": "application/epub+zip"]) == .unsupported("epub"))
        #expect(kind(["mimetype": "application/vnd.oasis.opendocument.text"]) == .openDocument)
        #expect(kind(["a.txt": "a word/document.xml in a text"]) == .zip)
        #expect(kind([:]) == .zip)
    }
}
