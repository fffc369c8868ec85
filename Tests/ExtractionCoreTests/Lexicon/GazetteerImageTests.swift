import Testing

@testable import ExtractionCore

/// The image inside the program, as bytes to damage.
private let image = EmbeddedFile.bytes("gazetteer")

@Suite struct GazetteerImageTests {
    @Test func `the image is small and finds what it holds`() {
        #expect(image.count < 6_000_000)
        let gazetteer = Gazetteer(image: image)
        #expect(gazetteer.contains("Raqqa") && gazetteer.country("SY")?.name == "Syria")
        #expect(!gazetteer.contains("Raqqaraqqa") && !gazetteer.contains(""))
    }

    @Test func `every country is found by its code`() throws {
        let gazetteer = Gazetteer(image: image)
        for code in ["AD", "AF", "CD", "FR", "GB", "NG", "US", "ZW"] {
            #expect(gazetteer.country(code)?.country == code)
        }
    }

    @Test func `small towns are no evidence for the tagger but are resolved`() {
        let gazetteer = Gazetteer(image: image)
        #expect(!gazetteer.contains("Dalhart"))
        #expect(gazetteer.image.places(ofName: gazetteer.image.name("Dalhart".utf8)).count == 1)
    }

    @Test func `an image cut short or of another version holds nothing`() {
        for length in [0, 1, 27, 28, 1000, image.count - 1] {
            #expect(!Gazetteer(image: Array(image.prefix(length))).contains("Raqqa"))
        }
        var other = image
        other[4] = 9
        #expect(!Gazetteer(image: other).contains("Raqqa"))
    }

    @Test func `a damaged image never traps`() {
        var state: UInt64 = 7
        for _ in 0..<30 {
            var bytes = image
            for _ in 0..<20_000 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[28 + Int(state >> 33) % (bytes.count - 28)] = UInt8(truncatingIfNeeded: state >> 20)
            }
            let gazetteer = Gazetteer(image: bytes)
            for name in ["Raqqa", "Paris", "Springfield", "Georgia", "Ohio", "Nowhere at all"] {
                for place in gazetteer.entries(named: name) { #expect(place.latitude.magnitude <= 400) }
            }
            _ = gazetteer.country("SY")
        }
    }

    @Test func `a full table ends the search`() {
        // One slot, taken by another name: a search must come to an end all the same.
        var bytes: [UInt8] = []
        func word(_ value: UInt32) {
            for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(value >> shift & 255)) }
        }
        for value: UInt32 in [0x5A47_5443, 1, 0, 1, 8, 0, 0, 1] { word(value) }
        bytes += [0, 1, 0x41, 0, 0, 0, 0, 0]
        #expect(Gazetteer(image: bytes).entries(named: "B").isEmpty)
    }
}
