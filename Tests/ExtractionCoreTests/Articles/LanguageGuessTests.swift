import Testing

@testable import ExtractionCore

@Suite struct LanguageGuessTests {
    private func guess(_ text: String) -> String? { LanguageGuess.language(of: Array(text.utf8)) }

    /// The share of texts named rightly, and the others.
    private func accuracy(_ texts: [(tag: String, text: String)]) -> (share: Double, misses: [String]) {
        let misses = texts.filter { guess($0.text) != $0.tag }
        return (
            1 - Double(misses.count) / Double(texts.count),
            misses.map { "\($0.tag) → \(guess($0.text) ?? "nil"): \($0.text)" }
        )
    }

    @Test func `one sentence tells most languages`() {
        let texts = LanguageSentences.all.flatMap { entry in entry.sentences.map { (entry.tag, $0) } }
        let found = accuracy(texts)
        #expect(found.share >= 0.94, "\(found.share) \(found.misses)")
    }

    @Test func `three sentences tell every language`() {
        let texts = LanguageSentences.all.map { ($0.tag, $0.sentences.joined(separator: " ")) }
        let found = accuracy(texts)
        #expect(found.share >= 0.98, "\(found.share) \(found.misses)")
    }

    @Test func `no other language is called English`() {
        for entry in LanguageSentences.all where entry.tag != "en" {
            for sentence in entry.sentences { #expect(guess(sentence) != "en", "\(entry.tag): \(sentence)") }
        }
    }

    /// Names, quotations, capitals and lists of figures are still English, or nothing that one could tell.
    @Test func `English is never called something else`() {
        let texts = [
            "PORT LOUIS (Island News) - Prime Minister Jean-Pierre de la Fontaine met Señor Juan Carlos de los Ríos.",
            "\"Nous sommes prêts,\" said the mayor of Saint-Étienne-du-Rouvray, adding that \"la vie continue\".",
            "TWO SOLDIERS KILLED IN AMBUSH NEAR SAN MIGUEL DE LA FRONTERA, ARMY SAYS",
            "Real Sociedad 2, Deportivo de La Coruna 1; Rayo Vallecano 0, Las Palmas 0",
            "Oslo stocks up 2 pct", "Die Linke wins in Erfurt", "Los Angeles, California", "Bundestag passes budget",
            "Nguyen Van Thieu, Le Duc Tho, Pham Van Dong, Vo Nguyen Giap",
            "Kim, Ivanov, Petrov and Sidorov: results", "Vote at 18", "Photos", "La La Land", "Ukraine war live",
        ]
        for text in texts { #expect(guess(text) == "en" || guess(text) == nil, "\(text) → \(guess(text) ?? "nil")") }
    }

    @Test func `a text in no language known is undetermined`() {
        let text = "Vantu klesso mirapa tolun drigge, fenno skalu britta moxun parre. "
        #expect(guess(String(repeating: text, count: 8)) == "und")
        #expect(guess("12 34 / 56") == nil)
        #expect(guess("") == nil)
    }

    @Test func `a wrong tag gives way to the words, a closer one does not`() {
        func settled(_ tag: String?, _ text: String) -> String? {
            LanguageGuess.settled(named: tag, textOf: Array(text.utf8))
        }
        let spanish = LanguageSentences.all[1].sentences.joined(separator: " ")
        #expect(settled("en", spanish) == "es")
        #expect(settled("es-MX", spanish) == "es-MX")
        #expect(settled(nil, spanish) == "es")
        #expect(settled("nb", LanguageSentences.all.first { $0.tag == "da" }!.sentences.joined()) == "nb")
        #expect(settled("fr", "12 34") == "fr")
    }

    @Test func `cut bytes are no trap`() {
        let bytes = Array(LanguageSentences.all.flatMap(\.sentences).joined().utf8)
        for start in stride(from: 0, to: bytes.count, by: 37) {
            _ = LanguageGuess.language(of: Array(bytes[start..<min(start + 41, bytes.count)]))
        }
    }
}
