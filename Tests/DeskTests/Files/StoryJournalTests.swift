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

    /// The answers; with `imageEvery`, an image is made after each line that is due.
    private func answers(
        _ lines: some Sequence<[UInt8]>, in folder: String, imageEvery: Int64 = .max
    ) throws -> [[UInt8]] {
        let journal = try #require(StoryJournal(folder: folder, imageEvery: imageEvery))
        var stream = StoryStream { _ in Analysis() }
        #expect(journal.restore(into: &stream))
        stream.storedText = { journal.text(of: $0) }
        return lines.map { line in
            let answer = journal.answer(to: line[...], &stream)
            #expect(journal.synchronise())
            journal.saveImage(of: stream)
            return answer
        }
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

    /// A stream of months, in which stories close, texts are forgotten, and copies, updates and reports come back.
    private let months: [[UInt8]] = (0..<300).map { number in
        let topic = number % 4 == 3 ? max(0, number - 40) / 4 : number / 4
        let words = (0..<40).map { "w\(topic * 20 + $0)" }.joined(separator: " ")
        let texts = ["Gale in Kelvo: \(words)", words, "\(words). \(number) boats sank.", "\(words) once more"]
        var writer = JSONWriter()
        writer.object { json in
            json.member("id", "m\(number)")
            json.member("title", "Gale \(topic) in Kelvo")
            json.member("text", texts[number % 4])
            json.member("date", "2031-0\(1 + number / 40)-\(10 + number % 40 / 2)T00:00:00Z")
            json.member("url", "https://\(number % 5).example/\(number)")
        }
        return writer.bytes
    }

    private func size(_ path: String) -> Int { (try? Data(contentsOf: URL(fileURLWithPath: path)))?.count ?? 0 }

    @Test func `from an image the stream goes on as if it had never stopped`() throws {
        let (whole, parts) = (try folder(), try folder())
        defer { for folder in [whole, parts] { try? FileManager.default.removeItem(atPath: folder) } }
        let undisturbed = try answers(months, in: whole)
        let kinds = undisturbed.map { String(decoding: $0, as: UTF8.self) }
        for kind in ["duplicate_of", "update_of", "phase"] { #expect(kinds.contains { $0.contains(kind) }) }
        for count in [40, 41, 130, 299, 300] {
            #expect(try answers(months.prefix(count), in: parts, imageEvery: 3000) == Array(undisturbed.prefix(count)))
            #expect(size(parts + "/stories.image") > 0)
        }
        #expect(size(parts + "/stories.journal") == size(whole + "/stories.journal"))
    }

    @Test func `an image that is torn, changed or of another journal counts for nothing`() throws {
        let (whole, parts) = (try folder(), try folder())
        defer { for folder in [whole, parts] { try? FileManager.default.removeItem(atPath: folder) } }
        let undisturbed = try answers(months, in: whole)
        _ = try answers(months.prefix(120), in: parts, imageEvery: 1000)
        let path = URL(fileURLWithPath: parts + "/stories.image")
        let journalPath = URL(fileURLWithPath: parts + "/stories.journal")
        let (image, journal) = (try Data(contentsOf: path), try Data(contentsOf: journalPath))
        var others: [Data] = [Data(), image.prefix(image.count / 2), image.dropLast(), image + [0]]
        for place in stride(from: 0, to: image.count, by: image.count / 16) {
            var changed = image
            changed[place] ^= 1
            others.append(changed)
        }
        for other in others {
            try other.write(to: path)
            try journal.write(to: journalPath)
            #expect(try answers(months.prefix(140), in: parts) == Array(undisturbed.prefix(140)))
        }
        // The image of a journal that has lost its end.
        try image.write(to: path)
        try journal.prefix(journal.count / 2).write(to: journalPath)
        #expect(try answers(months, in: parts) == undisturbed)
        // The image of another journal that is as long.
        let other = try folder()
        defer { try? FileManager.default.removeItem(atPath: other) }
        let late = Array(months.dropFirst(150))
        let first = try answers(late, in: other)
        #expect(size(other + "/stories.journal") > journal.count)
        try image.write(to: URL(fileURLWithPath: other + "/stories.image"))
        #expect(try answers(late, in: other) == first)
    }

    @Test func `an image is what a start reads`() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let given = try answers(months.prefix(100), in: folder, imageEvery: 1)
        // What the image covers is not read again: only the end shows whether the journal is the one.
        let path = URL(fileURLWithPath: folder + "/stories.journal")
        var journal = try Data(contentsOf: path)
        journal.replaceSubrange(0..<9, with: [UInt8](repeating: 0, count: 9))
        try journal.write(to: path)
        #expect(try answers(months[90..<100], in: folder) == Array(given.suffix(10)))
    }

    @Test func `offsets are found among many, and others' are told apart by the entry`() {
        var offsets = OffsetTable()
        let inserted = (0..<20_000).count { offsets.insert("id\($0)", at: Int64($0) * 900) }
        #expect(inserted == 20_000)
        for number in 0..<20_000 where !offsets.offsets(of: "id\(number)").contains(Int64(number) * 900) {
            Issue.record("id\(number) is lost")
        }
        let strangers = (0..<20_000).count { !offsets.offsets(of: "stranger\($0)").isEmpty }
        #expect(strangers < 200)
        let isFar = !offsets.insert("far", at: 1 << 40)
        #expect(isFar)
    }
}
