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
}
