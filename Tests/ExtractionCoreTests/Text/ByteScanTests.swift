import Testing

@testable import ExtractionCore

@Suite struct ByteScanTests {
    /// Bytes that seldom hold what is looked for, at every distance from the start and the end.
    private func samples() -> [[UInt8]] {
        var state: UInt64 = 7
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        return (0..<600).map { number in
            (0..<number % 150).map { _ in
                switch next() % 60 {
                case 0: UInt8(truncatingIfNeeded: next())
                case 1: 0x0A
                case 2: UInt8(truncatingIfNeeded: next() % 0x20)
                default: UInt8(0x21 + next() % 0x5E)
                }
            }
        }
    }

    @Test func `each scan finds what a look at every byte finds`() {
        for bytes in samples() {
            for start in stride(from: 0, to: bytes.count, by: 7) {
                func first(_ isHit: (UInt8) -> Bool) -> Int { bytes[start...].firstIndex(where: isHit) ?? bytes.count }
                let end = bytes.count
                #expect(ByteScan.first(0x3C, in: bytes, from: start, to: end) == first { $0 == 0x3C })
                #expect(ByteScan.first(0x00, in: bytes, from: start, to: end) == first { $0 == 0 })
                #expect(ByteScan.first(0xFF, in: bytes, from: start, to: end) == first { $0 == 0xFF })
                #expect(ByteScan.firstBlank(in: bytes, from: start, to: end) == first { $0 < 0x21 })
                #expect(ByteScan.firstHigh(in: bytes, from: start, to: end) == first { $0 >= 0x80 })
                let control = first { $0 < 0x20 && !ASCII.isSpace($0) }
                #expect(ByteScan.firstControl(in: bytes, from: start, to: end) == control)
            }
        }
    }

    @Test func `every byte is a control or is none, wherever it stands and whatever stands beside it`() {
        for byte in UInt8.min...UInt8.max {
            for neighbour in [0x00, 0x09, 0x0D, 0x0E, 0x20, 0x7F, 0x80, 0xFF] as [UInt8] {
                for place in [0, 1, 31, 32, 33, 63] {
                    var bytes = [UInt8](repeating: 0x41, count: 70)
                    bytes[place] = byte
                    let isControl = byte < 0x20 && !ASCII.isSpace(byte)
                    #expect(ByteScan.firstControl(in: bytes, from: 0, to: 70) == (isControl ? place : 70))
                    if place > 0 { bytes[place - 1] = neighbour }
                    let expected = bytes.firstIndex { $0 < 0x20 && !ASCII.isSpace($0) } ?? 70
                    #expect(ByteScan.firstControl(in: bytes, from: 0, to: 70) == expected)
                }
            }
        }
    }
}
