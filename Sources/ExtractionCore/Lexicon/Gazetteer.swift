/// Places by name.
public struct Gazetteer: Sendable {
    init() {}
    init(countries: [UInt8], places: [UInt8], regions: [UInt8]) {}
}
