import Testing

@testable import ExtractionCore

@Suite struct FindQuotationsTests {
    private func quotations(_ text: String) -> [(words: String, speaker: String?)] {
        let (article, facts) = factAnalysis(text)
        return facts.quotations.map { (article.text.string($0.range), $0.speaker?.name) }
    }

    @Test func `the speaker stands before, behind and within`() {
        let cases = [
            "\"The dam will hold all winter,\" Maria Lopez said.",
            "\"The dam will hold all winter,\" said Maria Lopez.",
            "Maria Lopez said: \"The dam will hold all winter.\"",
            "Maria Lopez, the mayor of the town, told reporters: \"The dam will hold all winter.\"",
            "A statement cited Maria Lopez, the mayor, as saying: \"The dam will hold all winter.\"",
            "“The dam will hold all winter,” Maria Lopez told a crowd.",
        ]
        for text in cases {
            let found = quotations(text)
            #expect(found.count == 1, "\(text)")
            #expect(found.first?.speaker?.contains("Lopez") ?? false, "\(text)")
        }
    }

    @Test func `each stretch is a quotation and a pronoun finds its person`() {
        let found = quotations(
            "\"We lost the harvest this year,\" said Maria Lopez. \"The dam must be built again. We cannot wait,\" she said."
        )
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.speaker?.contains("Lopez") ?? false })
    }

    @Test func `an odd mark costs itself and not the article`() {
        let found = quotations("An \" odd mark.\n\n\"The dam will hold all winter,\" Maria Lopez said.")
        #expect(found.map(\.words) == ["The dam will hold all winter,"])
    }

    @Test func `a quotation goes on in the next paragraph`() {
        let found = quotations(
            "Maria Lopez said: “The dam will hold all winter.\n\n“But we must build another one soon.”")
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.speaker?.contains("Lopez") ?? false })
    }

    @Test func `scare quotes are no quotations`() {
        #expect(quotations("The \"smart\" meter and its \"green box\" are gone.").isEmpty)
    }
}
