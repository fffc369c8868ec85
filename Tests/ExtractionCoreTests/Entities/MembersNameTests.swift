import Testing

@testable import ExtractionCore

@Suite struct MembersNameTests {
    @Test(arguments: [
        ("The Norland Seamen's Union said nine people were missing.", "Norland Seamen's Union"),
        ("Pay was refused, the Coastal Teachers' Union said.", "Coastal Teachers' Union"),
        ("Members of the Island Farmers' Association entered the town.", "Island Farmers' Association"),
    ])
    func `a union's name holds its members`(_ text: String, _ name: String) throws {
        let entities = factAnalysis(text).facts.entities
        let entity = try #require(entities.first { $0.name == name }, "\(entities.map(\.name))")
        #expect(entity.kind == .organisation)
    }

    @Test func `a country's parliament is no one name`() {
        let names = factAnalysis("Norway's Parliament voted on Monday.").facts.entities.map(\.name)
        #expect(!names.contains("Norway's Parliament"))
    }
}
