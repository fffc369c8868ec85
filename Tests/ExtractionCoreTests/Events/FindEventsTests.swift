import Testing

@testable import ExtractionCore

@Suite struct FindEventsTests {
    private func events(_ text: String) -> [String] {
        factAnalysis(text).facts.events.map { "\($0.type) \($0.modality.rawValue)" }
    }

    @Test func `a trigger tells the type and its modality`() {
        let cases: [(String, [String])] = [
            ("Rebels shelled the harbour on Monday.", ["attack.shelling happened"]),
            ("Police arrested five students.", ["arrest happened"]),
            ("Thousands marched through the capital.", ["protest happened"]),
            ("The two sides signed a ceasefire.", ["agreement happened"]),
            ("The army plans an offensive.", ["offensive planned"]),
            ("The general denied an attack.", ["attack denied"]),
            ("An earthquake shook the valley.", ["disaster.earthquake happened"]),
            ("The weather was mild.", []),
        ]
        for (text, expected) in cases { #expect(events(text) == expected, "\(text)") }
    }

    @Test func `the exact type outranks the general one`() {
        #expect(events("A suicide bombing was the worst attack of the year.") == ["attack.suicide_bombing happened"])
    }

    @Test func `an event is told once and at most twelve`() {
        let text = (0..<40).map { _ in "Rebels shelled the harbour." }.joined(separator: " ")
        #expect(events(text).count == 1)
    }
}
