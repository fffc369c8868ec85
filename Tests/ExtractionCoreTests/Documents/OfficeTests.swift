import Testing

@testable import ExtractionCore

@Suite struct OfficeTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let report = "The council closed the harbour bridge on Monday after heavy rain, the mayor said."

    private func article(_ bytes: [UInt8]) throws -> Article {
        try reader.article(in: Document(bytes: bytes, origin: .file(name: "a.docx"), receivedAt: Instant(seconds: 0)))
    }

    private func kinds(_ article: Article) -> [String] {
        article.blocks.map { "\($0.kind.rawValue): \(article.shown($0.range))" }
    }

    private let styles = """
        <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="Eigen"><w:name w:val="House"/><w:basedOn w:val="berschrift1"/></w:style>
        <w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
        <w:style w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
        """

    @Test func `styles say what paragraphs are, in any language`() throws {
        let body =
            Word.paragraph("Bridge closed", style: "Titel") + Word.paragraph("Contents 1", style: "Verzeichnis1")
            + Word.paragraph(report) + Word.paragraph("What comes next", style: "Eigen") + Word.paragraph(report)
            + Word.paragraph("first", properties: "<w:numPr><w:numId w:val=\"3\"/></w:numPr>")
            + Word.paragraph("The mayor spoke on Monday.", properties: "<w:numPr><w:numId w:val=\"0\"/></w:numPr>")
            + Word.paragraph("We shut it, he said.", style: "Zitat")
        let article = try article(Word.document(body, styles: styles))
        #expect(article.headline == "Bridge closed")
        #expect(
            kinds(article) == [
                "heading: Bridge closed", "paragraph: \(report)", "heading: What comes next", "paragraph: \(report)",
                "list_item: first", "paragraph: The mayor spoke on Monday.", "quote: We shut it, he said.",
            ])
    }

    @Test func `what is not to be read is left out`() throws {
        let body = """
            <w:p><w:r><w:t xml:space="preserve">The bridge </w:t></w:r><w:del><w:r><w:delText>is</w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>was</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> closed</w:t></w:r>\
            <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
            <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://x.example"</w:instrText></w:r>\
            <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> here</w:t></w:r>\
            <w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>\
            <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> &amp; there</w:t></w:r><w:r><w:tab/><w:t>on</w:t><w:br/><w:t>Monday.</w:t></w:r></w:p>
            <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
            <mc:Fallback><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>\
            <w:t>Around the box.</w:t></w:r></w:p>
            """
        let notes = ZipMember("word/footnotes.xml", "<w:p><w:r><w:t>A note.</w:t></w:r></w:p>")
        let article = try article(Word.document(body, extra: [notes]))
        #expect(article.text.string == "The bridge was closed here & there\ton\nMonday.\n\nA box.\n\nAround the box.")
    }

    @Test func `tables are read by row`() throws {
        func row(_ cells: [String]) -> String {
            "<w:tr>" + cells.map { "<w:tc>\(Word.paragraph($0))</w:tc>" }.joined() + "</w:tr>"
        }
        let long = String(repeating: report + " ", count: 4)
        let body =
            Word.paragraph(report) + "<w:tbl>" + row(["District", "Killed"]) + row(["Velmora", "12"]) + "</w:tbl>"
            + "<w:tbl><w:tr><w:tc>\(Word.paragraph(long))\(Word.paragraph(report))</w:tc><w:tc></w:tc></w:tr></w:tbl>"
        let text = try article(Word.document(body)).text.string
        #expect(text == "\(report)\n\nDistrict\tKilled\nVelmora\t12\n\n\(long.dropLast())\n\n\(report)")
    }

    @Test func `the file's own words about itself count where the text is silent`() throws {
        let properties = """
            <dc:title>Bridge closed after rain</dc:title><dc:creator>Ana Corvelli; Windows User</dc:creator>\
            <dcterms:created xsi:type="dcterms:W3CDTF">2017-06-06T08:00:00Z</dcterms:created>\
            <dcterms:modified xsi:type="dcterms:W3CDTF">2017-06-06T09:30:00Z</dcterms:modified>
            """
        let body = Word.paragraph(report) + Word.paragraph(report + " It stays shut until Thursday.")
        let article = try article(Word.document(body, properties: properties))
        #expect(article.headline == "Bridge closed after rain")
        #expect(article.bylines == ["Ana Corvelli"])
        #expect(article.published?.iso8601 == "2017-06-06T08:00:00+00:00")
        #expect(article.details.modified?.iso8601 == "2017-06-06T09:30:00+00:00")
        for title in ["Microsoft Word - Bridge closed.docx", "Document1", "bridge closed.doc"] {
            let generic = Word.document(body, properties: "<dc:title>\(title)</dc:title>")
            #expect(try self.article(generic).headline != title)
        }
    }

    @Test func `an OpenDocument text is read the same way`() throws {
        let content = """
            <office:document-content><office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>\
            </office:automatic-styles><office:body><office:text>\
            <text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>\
            </text:changed-region></text:tracked-changes>
            <text:p text:style-name="P1">Bridge   closed</text:p><text:p>\(report)<text:note><text:note-citation>1</text:note-citation>\
            <text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
            <text:h text:outline-level="2">What comes<text:s text:c="1"/>next</text:h>
            <text:list><text:list-item><text:p>first</text:p></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell><text:p>Velmora</text:p></table:table-cell>\
            <table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>
            </office:text></office:body></office:document-content>
            """
        var type = ZipMember("mimetype", "application/vnd.oasis.opendocument.text")
        type.isStored = true
        let meta =
            "<meta:initial-creator>Ana Corvelli</meta:initial-creator><meta:creation-date>2017-06-06T08:00:00</meta:creation-date><dc:creator>Other Person</dc:creator>"
        let article = try article(
            ZipWriter.archive([type, ZipMember("content.xml", content), ZipMember("meta.xml", meta)]))
        #expect(article.headline == "Bridge closed")
        #expect(article.bylines == ["Ana Corvelli"])
        #expect(
            kinds(article) == [
                "heading: Bridge closed", "paragraph: \(report)", "heading: What comes next", "list_item: first",
                "paragraph: Velmora 12",
            ])
    }

    @Test func `a document that cannot be read says why`() throws {
        let whole = Word.document(Word.paragraph(report))
        #expect(throws: DocumentError.empty) { try article(Word.document("")) }
        #expect(throws: DocumentError.empty) { try article(Word.document("<w:p><w:r><w:t> </w:t></w:r></w:p>")) }
        for count in stride(from: 200, to: whole.count - 22 - 65 - 63, by: 3) {
            #expect(throws: DocumentError.self) { try article(Array(whole[..<count])) }
        }
        let zeros = ZipMember("word/document.xml", bytes: [UInt8](repeating: 0x20, count: 4 << 20))
        #expect(throws: DocumentError.refused(code: "ratio", message: "unpacks to more than 200 times its size")) {
            try article(ZipWriter.archive([zeros]))
        }
    }

    @Test func `nested tables and boxes without end are read in linear time`() throws {
        let deep = String(repeating: "<w:tbl><w:tr><w:tc><w:p>", count: 50_000) + Word.run(report)
        #expect(try article(Word.document(deep)).text.string == report)
        let cells = String(
            repeating: "<w:tbl><w:tr><w:tc>" + Word.paragraph("a") + "</w:tc></w:tr></w:tbl>", count: 5000)
        #expect(try article(Word.document(cells)).blocks.count == 5000)
    }
}
