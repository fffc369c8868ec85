import ExtractionCore
import Foundation
import Stories
import Testing

@testable import Desk

@Suite struct StoryJournalTests {
    /// Originals, copies and updates, one after the other.
    private let lines: [[UInt8]] = (0..<60).map { number in
        let words = (0..<40).map { "w\((number / 3) * 40 + $0)" }.joined(separator: " ")
        let text = number % 3 == 2 ? words + ". A sentence that nobody had before was added number \(number)." : words
        var writer = JSONWriter()
        writer.object { json in
            json.member("id", "a\(number)")
            json.member("title", "Report \(number / 3)")
            json.member("text", text)
            json.member("date", "2031-03-01T00:\(10 + number % 50):00Z")
        }
        return writer.bytes
    }

    private func folder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private func answers(_ lines: some Sequence<[UInt8]>, in folder: String) throws -> [[UInt8]] {
        let journal = try #require(StoryJournal(folder: folder))
        var stream = StoryStream { _ in Analysis() }
        #expect(journal.restore(into: &stream))
        stream.storedText = { journal.text(of: $0) }
        let answers = lines.map { journal.answer(to: $0[...], &stream) }
        #expect(journal.synchronise())
        return answers
    }

    @Test func `an interrupted stream gives the verdicts of an undisturbed one`() throws {
        let (whole, parts) = (try folder(), try folder())
        defer { for folder in [whole, parts] { try? FileManager.default.removeItem(atPath: folder) } }
        let undisturbed = try answers(lines, in: whole)
        #expect(Set(undisturbed).count == lines.count)
        for count in [7, 25, 26] {
            #expect(try answers(lines.prefix(count), in: parts) == Array(undisturbed.prefix(count)))
        }
        // What a kill in the middle of writing leaves behind.
        let path = parts + "/stories.journal"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try (bytes + bytes.prefix(9)).write(to: URL(fileURLWithPath: path))
        #expect(try answers(lines, in: parts) == undisturbed)
        #expect(try answers(lines, in: parts) == undisturbed)
    }

    @Test func `texts of earlier inputs are found, written or not`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let journal = try #require(StoryJournal(folder: folder))
        var stream = StoryStream { _ in Analysis() }
        #expect(journal.restore(into: &stream))
        _ = journal.answer(to: lines[0][...], &stream)
        #expect(journal.text(of: "a0")?.string.hasPrefix("w0 w1") == true)
        #expect(journal.synchronise())
        _ = journal.answer(to: lines[3][...], &stream)
        #expect(journal.text(of: "a0")?.string.hasPrefix("w0 w1") == true)
        #expect(journal.text(of: "a3")?.string.hasPrefix("w40 w41") == true)
        #expect(journal.text(of: "b") == nil)
    }

    @Test func `a journal of the first form is read, repeated and continued`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bytes = try #require(Data(base64Encoded: FirstJournal.base64, options: .ignoreUnknownCharacters))
        try bytes.write(to: URL(fileURLWithPath: folder + "/stories.journal"))
        let lines = [("old0", ""), ("old3", ""), ("new", FirstJournal.text)].map { id, text in
            var writer = JSONWriter()
            writer.object { json in
                json.member("id", id)
                json.member("text", text)
                json.member("date", "2031-05-05T08:00:00Z")
            }
            return writer.bytes
        }
        let expected = [
            #"{"id":"old0","story":"s-2e4c6f56a5ed"}"#,
            #"{"id":"old3","duplicate_of":"old0","story":"s-2e4c6f56a5ed"}"#,
            #"{"id":"new","duplicate_of":"old0","story":"s-2e4c6f56a5ed"}"#,
        ]
        for _ in 0..<2 {
            #expect(try answers(lines, in: folder).map { String(decoding: $0, as: UTF8.self) } == expected)
        }
    }

    @Test func `besides the texts the journal takes little`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let originals = stride(from: 0, to: 60, by: 3).map { lines[$0] }
        _ = try answers(originals, in: folder)
        let size = try Data(contentsOf: URL(fileURLWithPath: folder + "/stories.journal")).count
        let texts = originals.reduce(0) { $0 + (JSONValue(parsing: $1[...])?["text"]?.string?.utf8.count ?? 0) }
        #expect(texts > 3000)
        #expect(size - texts < originals.count * 60)
    }
}
