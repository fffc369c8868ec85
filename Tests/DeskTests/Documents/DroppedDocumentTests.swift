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
