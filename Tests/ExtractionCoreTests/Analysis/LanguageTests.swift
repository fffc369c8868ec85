import Testing

@testable import ExtractionCore

@Suite struct LanguageTests {
    private let reader = NewsReader(lexicon: .embedded())

    private func facts(_ html: String) throws -> Analysis {
        let page = Document(
            bytes: Array(html.utf8), origin: .page, mediaType: "text/html", receivedAt: Instant(seconds: 0))
        return reader.analysis(of: try reader.article(in: page))
    }

    @Test func `a foreign word that looks like an English one is no fact`() throws {
        let german = """
            Die 76 Häuser in der Altstadt von Brackwede sind nach dem Hochwasser nicht mehr bewohnbar, die Stadt sucht für die \
            Familien ein neues Zuhause. Die Feuerwehr war mit 120 Leuten im Einsatz und die Arbeit geht auch heute weiter.
            """
        let facts = try facts("<html lang=de><h1>Hochwasser</h1><p>\(german)</p></html>")
        #expect(facts.tolls.isEmpty && facts.claims.isEmpty && facts.events.isEmpty && facts.times.isEmpty)
        #expect(!facts.sentences.isEmpty && !facts.summary.isEmpty)
    }

    @Test func `English under a template's wrong language keeps its facts`() throws {
        let english = """
            At least 14 people were killed when the river burst its banks on Monday, the interior ministry said. It was the \
            worst flood in the town for thirty years, and more rain is on the way from the north.
            """
        #expect(try facts("<html lang=de><h1>Flood</h1><p>\(english)</p></html>").tolls.map(\.low) == [14])
    }

    @Test func `an article under a wrong English tag gives no facts of English`() throws {
        let spanish = """
            Al menos 14 personas murieron el lunes cuando el río se desbordó, dijo el ministerio del Interior. Era la peor \
            inundación en la ciudad desde 1983, y se esperan más lluvias. "No pudimos hacer nada", dijo un vecino.
            """
        let html = "<html lang=en><h1>Inundación</h1><p>\(spanish)</p></html>"
        let page = Document(
            bytes: Array(html.utf8), origin: .page, mediaType: "text/html", receivedAt: Instant(seconds: 0))
        let article = try reader.article(in: page)
        #expect(article.language == "es" && !article.isEnglish)
        let facts = reader.analysis(of: article)
        #expect(facts.tolls.isEmpty && facts.claims.isEmpty && facts.events.isEmpty && facts.times.isEmpty)
        #expect(facts.quotations.isEmpty && facts.quantities.isEmpty && facts.background.isEmpty && facts.w5 == W5())
        #expect(!facts.summary.isEmpty)
    }
}
