import Testing

@testable import ExtractionCore

@Suite struct TollSourceTests {
    @Test func `an office of many words behind the sentence is its source`() throws {
        let text = "Floods killed at least 34 people on Friday, the provincial disaster management authority said."
        let toll = try #require(factAnalysis(text).facts.tolls.first)
        #expect(toll.attribution?.name == "provincial disaster management authority")
        #expect(toll.low == 34)
    }

    @Test func `what might come is no cause of what has been`() throws {
        let text = "The Coastal Aid Society said 41 people had died and warned that cholera could spread in the camps."
        let toll = try #require(factAnalysis(text).facts.tolls.first)
        #expect(toll.low == 41)
        #expect(toll.cause == nil)
    }
}
