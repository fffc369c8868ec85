import Testing

@testable import ExtractionCore

@Suite struct UTF8FaultsTests {
    /// Pieces that are well-formed, and some that are not, in every place of a word of eight bytes.
    private static let pieces: [[UInt8]] = [
        Array("a".utf8), Array("plain text".utf8), Array("é".utf8), Array("Жизнь".utf8), Array("漢字".utf8),
        Array("नमस्ते".utf8),
        Array("한국".utf8), Array("😀".utf8), Array("\u{800}\u{FFFD}\u{D7FF}\u{E000}".utf8), [0x80], [0xC3], [0xE4, 0xB8],
        [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
        [0xF0, 0x8F, 0xBF, 0xBF],
    ]

    @Test func `a text has no faults just when it is UTF-8`() {
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<20_000 {
            // Most rounds draw from the well-formed pieces alone.
            let bound = round % 4 == 0 ? UTF8FaultsTests.pieces.count : 9
            let bytes = (0..<next(12)).flatMap { _ in UTF8FaultsTests.pieces[next(bound)] }
            let faults = UTF8Faults(bytes)
            let string = String(validating: bytes, as: UTF8.self)
            #expect((faults.count == 0) == (string != nil))
            if let string { #expect(faults.sequences == string.unicodeScalars.count { !$0.isASCII }) }
        }
    }
}
