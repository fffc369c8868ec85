import ExtractionCore
import Testing

@testable import Desk
@testable import Store
@testable import Wire

/// A file of each type, from the drop folder to its line in the digest.
@Suite struct DroppedDocumentTests {
    private let day = "2017-06-06"
    private let report = "The council closed the harbour bridge on Monday after heavy rain, the mayor said."

    /// Drops one file; the names of its members that became articles, or why it failed.
    private func drop(_ name: String, _ content: [UInt8]) async throws -> (members: [String?], reason: String?) {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let claim = try scratch.claim(name, content, sequence: 1)
        let drop = try DropFolder(path: scratch.configuration.drop)
        _ = await desk.file(await Scratch.readers.read([claim], from: drop, desk: desk))
        let articles = scratch.records(day).flatMap { [$0["article"]] + ($0["articles"]?.array ?? []) }.compactMap {
            $0
        }
        #expect(articles.allSatisfy { $0["file"]?.string == name })
        let reason = JSONValue(parsing: scratch.bytes("drop/failed/\(day)/\(name).reason.json"))
        #expect(scratch.exists("drop/done/\(day)/\(name)") == (reason == nil))
        return (articles.map { $0["member"]?.string }, reason?["code"]?.string)
    }

    @Test func `text and pages are one article`() async throws {
        let page =
            "<html><head><title>Bridge closed</title></head><body><article><p>\(report)</p></article></body></html>"
        for (name, content) in [("bridge.txt", report), ("bridge.html", page), ("bridge.md", "# Closed\n\n" + report)] {
            #expect(try await drop(name, Array(content.utf8)).members == [nil], "\(name)")
        }
    }

    @Test func `lines and feeds are an article a member`() async throws {
        let lines = (1...3).map { #"{"id":"n\#($0)","text":"\#(report) Report \#($0)."}"# }.joined(separator: "\n")
        #expect(try await drop("wire.jsonl", Array(lines.utf8)).members == ["n1", "n2", "n3"])
        let items = (1...2).map {
            "<item><guid>g\($0)</guid><title>Bridge \($0)</title><description>\(report)</description></item>"
        }
        let feed = "<rss><channel><title>Wire</title>\(items.joined())</channel></rss>"
        #expect(try await drop("feed.xml", Array(feed.utf8)).members == ["g1", "g2"])
    }

    @Test func `compressed files are what they hold`() async throws {
        let lines = (1...3).map { #"{"id":"n\#($0)","text":"\#(report) Report \#($0)."}"# }.joined(separator: "\n")
        #expect(try await drop("wire.jsonl.gz", Packed.gzip(lines)).members == ["n1", "n2", "n3"])
        #expect(try await drop("bridge.txt.gz", Packed.gzip(report)).members == ["bridge.txt"])
        #expect(try await drop("cut.txt.gz", Packed.gzip(report).dropLast(9)).reason == "undecodable")
    }

    @Test func `archives are an article a member`() async throws {
        let page =
            "<html><head><title>Bridge</title></head><body><article><p>\(report) It rained.</p></article></body></html>"
        let zip = Packed.zip([("a.txt", report), ("../b.html", page), ("photo.jpg", "\u{1}\u{2}"), (".hidden", report)])
        #expect(try await drop("wire.zip", zip).members == ["a.txt", "../b.html"])
        #expect(try await drop("empty.zip", Packed.zip([])).reason == "empty")
        let records = Array(
            (1...2).flatMap { Packed.warc("http://a.example/\($0)", page + "<p>Page \($0) of the report.") })
        let addresses = ["http://a.example/1", "http://a.example/2"]
        #expect(try await drop("crawl.warc", records).members == addresses)
        #expect(try await drop("crawl.warc.gz", Packed.gzip(records)).members == addresses)
    }

    @Test func `a Word document is one article`() async throws {
        let document = "<w:document><w:body><w:p><w:r><w:t>\(report)</w:t></w:r></w:p></w:body></w:document>"
        let word = Packed.zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", document)])
        #expect(try await drop("notice.docx", word).members == [nil])
        #expect(try await drop("sheet.xlsx", Packed.zip([("xl/workbook.xml", "<x/>")])).reason == "unsupported")
    }

    @Test(.enabled(if: PDFReader.isAvailable, "poppler-utils is not installed"))
    func `a PDF is an article`() async throws {
        let shown = "BT /F 12 Tf 72 720 Td (\(report)) Tj ET"
        let pdf = """
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 900 792] /Contents 4 0 R
            /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
            4 0 obj << /Length \(shown.utf8.count) >>
            stream
            \(shown)
            endstream endobj
            trailer << /Size 5 /Root 1 0 R >>
            """
        #expect(try await drop("notice.pdf", Array(pdf.utf8)).members == [nil])
        #expect(try await drop("broken.pdf", Array("%PDF-1.4 nothing".utf8)).reason == "undecodable")
    }
}
