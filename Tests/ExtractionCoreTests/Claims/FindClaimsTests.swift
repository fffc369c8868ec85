import Testing

@testable import ExtractionCore

@Suite struct FindClaimsTests {
    private func claims(_ text: String) -> [String] {
        let (article, facts) = factAnalysis(text)
        return facts.claims.map {
            "\($0.attribution?.name ?? "-") \($0.attribution?.stance.rawValue ?? "-"): \(article.text.string($0.range))"
        }
    }

    @Test func `indirect speech has its source and content`() {
        let cases: [(String, String)] = [
            ("Police said the road was closed.", "Police says: the road was closed"),
            ("Police said on Monday that the road was closed.", "Police says: the road was closed"),
            ("The road was closed, police said.", "police says: The road was closed"),
            ("The ministry denied that the road was closed.", "ministry denies: the road was closed"),
            ("The road was closed, according to police.", "police says: The road was closed"),
            ("Residents claimed that the road was closed.", "Residents claims: the road was closed"),
            ("Officials warned the road would be closed.", "Officials warns: the road would be closed"),
        ]
        for (text, expected) in cases { #expect(claims(text) == [expected], "\(text)") }
    }

    @Test func `it said means the last source`() {
        let found = claims("The ministry said the road was closed. It said the bridge was open.")
        #expect(found == ["ministry says: the road was closed", "ministry says: the bridge was open"])
    }

    @Test func `a hedged sentence is a claim without a source`() throws {
        let (_, facts) = factAnalysis("The rebels have reportedly blocked the only road.")
        let claim = try #require(facts.claims.first)
        #expect(claim.attribution == nil)
        #expect(claim.hedge == "reportedly")
    }

    @Test func `a claim knows the tolls in it`() {
        let (_, facts) = factAnalysis("The ministry said 14 people were killed in the flood.")
        #expect(facts.claims.first?.tolls == [0])
        #expect(facts.tolls.first?.attribution?.name == "ministry")
    }
}
