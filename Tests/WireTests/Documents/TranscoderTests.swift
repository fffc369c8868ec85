import ExtractionCore
import Testing

@testable import Wire

@Suite struct TranscoderTests {
    private func high(_ pairs: [UInt8], times: Int) -> [UInt8] { (0..<times).flatMap { _ in pairs } }

    @Test func `text of every East Asian encoding is read, declared or not`() {
        let samples: [(label: String, bytes: [UInt8], text: String)] = [
            ("gbk", [0xB5, 0xD8, 0xD5, 0xF0], "地震"),
            (
                "big5",
                [0xA6, 0x61, 0xBE, 0x5F, 0xB3, 0x79, 0xA6, 0xA8, 0xA6, 0x68, 0xA4, 0x48, 0xB6, 0xCB, 0xA4, 0x60],
                "地震造成多人傷亡"
            ),
            ("shift_jis", [0x82, 0xB1, 0x82, 0xEA, 0x92, 0x6E], "これ地"),
            ("euc-jp", [0xA4, 0xB3, 0xA4, 0xEC, 0xC3, 0xCF], "これ地"), ("euc-kr", [0xC1, 0xF6, 0xC1, 0xF8], "지진"),
        ]
        for sample in samples {
            let bytes = Array("<p>".utf8) + high(sample.bytes, times: 12)
            for label in [sample.label, nil] {
                let encoding = Charset.foreignEncoding(of: bytes, mediaTypeCharset: label)
                let text = encoding.flatMap { Transcoder.utf8(bytes, from: $0) } ?? []
                let expected = "<p>" + String(repeating: sample.text, count: 12)
                #expect(String(decoding: text, as: UTF8.self) == expected, "\(sample.label) \(label ?? "guessed")")
            }
        }
    }

    @Test func `text that needs no help is left alone`() {
        let samples: [[UInt8]] = [
            Array("Grüße, 地震".utf8), [0xFF, 0xFE, 0x41, 0], Array("<meta charset=gbk>地震".utf8),
            // Latin-1 with many accents, and Cyrillic of one byte.
            Array("Stra".utf8) + high([0xDF, 0x65, 0x6E, 0x20, 0xFC, 0x62, 0x65, 0x72, 0x20], times: 40),
            high([0xEF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x20], times: 40),
        ]
        for sample in samples { #expect(Charset.foreignEncoding(of: sample) == nil) }
        #expect(Charset.foreignEncoding(of: samples[3], mediaTypeCharset: "iso-8859-1") == nil)
    }

    @Test func `faults in a foreign encoding become replacement characters`() {
        #expect(
            Transcoder.utf8([0xB5, 0xD8, 0xFF, 0x41], from: "GB18030").map { String(decoding: $0, as: UTF8.self) }
                == "地\u{FFFD}A")
        #expect(
            Transcoder.utf8([0x41, 0xB5], from: "GB18030").map { String(decoding: $0, as: UTF8.self) } == "A\u{FFFD}")
        #expect(Transcoder.utf8([0x41], from: "NO-SUCH-CODE") == nil)
    }
}
