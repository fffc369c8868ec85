import Testing

@testable import ExtractionCore

@Suite struct FindQuantitiesTests {
    private func quantities(_ text: String) -> [String] {
        let (article, facts) = factAnalysis(text)
        return facts.quantities.map { quantity in
            let high = quantity.high.isFinite ? String(Int(quantity.high)) : ""
            return "\(article.text.string(quantity.range)): \(Int(quantity.low))-\(high) \(quantity.unit)"
        }
    }

    @Test func `a figure has its bounds and unit`() {
        let cases: [(String, [String])] = [
            ("Some 2,500-3,000 armed guards hold the dam.", ["Some 2,500-3,000 armed guards: 2500-3000 guards"]),
            ("The village has at least 400 houses.", ["at least 400 houses: 400- houses"]),
            ("Prices rose 12% in the capital.", ["12%: 12-12 percent"]),
            ("Prices rose by 12 per cent.", ["12 per cent: 12-12 percent"]),
            ("The bridge cost $3.5 million.", ["$3.5 million: 3500000-3500000 USD"]),
            ("The deal is worth £20m.", ["£20m: 20000000-20000000 GBP"]),
            ("Hundreds of boats left the port.", ["Hundreds of boats: 200-999 boats"]),
            ("Two million voters are registered.", ["Two million voters: 2000000-2000000 voters"]),
            ("Twenty-one lorries crossed.", ["Twenty-one lorries: 21-21 lorries"]),
        ]
        for (text, expected) in cases { #expect(quantities(text) == expected, "\(text)") }
    }

    @Test func `years, dates, ages and times are no quantities`() {
        for text in [
            "In 1998 the mill closed.", "It opened on 5 June 2019.", "A 12-year-old girl sang.",
            "The 21st regiment left at 10:35.",
        ] { #expect(quantities(text) == [], "\(text)") }
    }
}
