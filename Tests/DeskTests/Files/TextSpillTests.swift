import Desk
import ExtractionCore
import Foundation
import Stories
import Testing

@Suite struct TextSpillTests {
    @Test func `a text is found before and after it is written, and only under its own name`() throws {
        let spill = try #require(TextSpill(folder: FileManager.default.temporaryDirectory.path))
        func text(_ number: Int) -> Text { Text(String(repeating: "word \(number) ", count: 1 + number % 400)) }
        for number in 0..<600 { spill.add(text(number), of: "a\(number)") }
        spill.add(.empty, of: "")
        for number in 0..<600 { #expect(spill.text(of: "a\(number)") == text(number)) }
        #expect(spill.text(of: "") == .empty)
        for name in ["a600", "a", "b1", "a1 "] { #expect(spill.text(of: name) == nil) }
    }

    @Test func `the file has no name and a folder that is not there gives no spill`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        #expect(TextSpill(folder: folder) == nil)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let spill = try #require(TextSpill(folder: folder))
        spill.add(Text(String(repeating: "long ", count: 100_000)), of: "a")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        #expect(spill.text(of: "a")?.count == 500_000)
    }

    @Test func `a stream without a journal knows the texts that its cache has dropped`() throws {
        let spill = try #require(TextSpill(folder: FileManager.default.temporaryDirectory.path))
        var stream = StoryStream(cachedBytes: 4_000) { _ in Analysis() }
        (stream.storedText, stream.storeText) = ({ spill.text(of: $0) }, { spill.add($1, of: $0) })
        func line(_ number: Int, _ words: Int) -> [UInt8] {
            // Letters: words with digits are all one to a sketch.
            let text = (0..<6000).map { place in
                String(String(words * 6000 + place).map { Character(UnicodeScalar($0.asciiValue! + 49)) })
            }.joined(separator: " ")
            return Array(#"{"id":"a\#(number)","text":"\#(text) and more","date":"2031-03-01T00:00:00Z"}"#.utf8)
        }
        for number in 0..<40 { _ = stream.line(line(number, number)) }
        let copy = String(decoding: line(40, 0), as: UTF8.self).replacingOccurrences(
            of: "and more", with: "and More too")
        #expect(String(decoding: stream.line(Array(copy.utf8)), as: UTF8.self).contains(#""duplicate_of":"a0""#))
    }
}
