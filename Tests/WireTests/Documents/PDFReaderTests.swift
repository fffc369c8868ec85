import ExtractionCore
import Testing

@testable import Wire

@Suite(.enabled(if: PDFReader.isAvailable, "poppler-utils is not installed"))
struct PDFReaderTests {
    /// A PDF of one page without a table of its parts: readers find the parts themselves.
    private func pdf(_ lines: [String], properties: String = "", trailer: String = "") -> [UInt8] {
        let shown = lines.map { "(\($0)) Tj 0 -14 Td" }.joined(separator: " ")
        let content = lines.isEmpty ? "" : "BT /F 12 Tf 72 720 Td \(shown) ET"
        return Array(
            """
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R
            /Resources << /Font << /F 5 0 R >> >> >> endobj
            4 0 obj << /Length \(content.utf8.count) >>
            stream
            \(content)
            endstream endobj
            5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
            6 0 obj << \(properties) >> endobj
            trailer << /Size 7 /Root 1 0 R /Info 6 0 R \(trailer) >>
            """.utf8)
    }

    private func error(_ bytes: [UInt8], _ reader: PDFReader = PDFReader()) -> DocumentError? {
        do {
            _ = try reader.read(bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `text, title and time come out`() throws {
        let reading = try PDFReader().read(
            pdf(
                ["Harbour bridge closed", "The council closed the harbour bridge on Monday."],
                properties:
                    "/Title (Harbour Bridge Closed) /Author (Ana Corvelli) /CreationDate (D:20170605101500+01'00')"))
        #expect(String(decoding: reading.text, as: UTF8.self).contains("closed the harbour bridge on Monday."))
        #expect(reading.title == "Harbour Bridge Closed")
        #expect(reading.author == "Ana Corvelli")
        #expect(reading.created == FeedDate.time("2017-06-05T10:15:00+01:00"))
    }

    @Test func `a title that is not on the first page is not believed`() throws {
        let reading = try PDFReader().read(
            pdf(["The council closed the bridge."], properties: "/Title (Microsoft Word - draft 3.doc)"))
        #expect(reading.title == nil)
    }

    @Test func `a PDF without text says that it is a scan`() {
        #expect(error(pdf([]))?.code == "no_text")
    }

    @Test func `a locked PDF says so`() {
        let key = String(repeating: "ab", count: 32)
        let lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <\(key)> /U <\(key)> /P -64 >> /ID [<00> <00>]"
        #expect(error(pdf(["secret"], trailer: lock))?.code == "encrypted")
    }

    @Test func `a damaged PDF says so`() {
        #expect(error(Array("%PDF-1.4\nnothing else".utf8)) == .undecodable("the PDF is damaged"))
    }

    @Test func `without poppler the reason names the package`() {
        let error = error(pdf(["words"]), PDFReader(folders: ["/nowhere"]))
        #expect(error?.message == "pdftotext not found: install poppler-utils")
    }
}
