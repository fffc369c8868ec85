import ExtractionCore
import Testing

private func summary(_ article: Article, maxSentences: Int = 3, maxWords: Int = 0) -> [String] {
    summarise(tokenize(article, lexicon: sampleLexicon), maxSentences: maxSentences, maxWords: maxWords)
        .map { article.text.string($0) }
}

private let storm =
    "A storm closed the port of Kolda on Friday. Twelve boats sank before noon and two crews are missing.\n"
    + "\"I have never seen such waves,\" said the harbour master. Who pays for it? Repairs will take 5 weeks, the city said."

@Suite struct SummaryTests {
    @Test func `the lead leads`() {
        let sentences = summary(sampleArticle(storm))
        #expect(sentences.count == 3)
        #expect(sentences[0] == "A storm closed the port of Kolda on Friday.")
        #expect(sentences[1].hasPrefix("Twelve boats"))
    }

    @Test func `quotations and questions give way to statements`() {
        #expect(summary(sampleArticle(storm))[2] == "Repairs will take 5 weeks, the city said.")
    }

    @Test func `headings and captions are never chosen`() {
        let article = sampleArticle(
            "Storm closes port\nThe harbour of Kolda on Friday.\n" + storm, kinds: [.heading, .caption])
        #expect(summary(article).first == "A storm closed the port of Kolda on Friday.")
    }

    @Test func `a sentence without an end gives its first words`() {
        for unit in ["waves and ", "w", "\u{301}", "\u{1F600}"] {
            let sentences = summary(sampleArticle(String(repeating: unit, count: 20_000)))
            #expect(
                sentences.allSatisfy { $0.utf8.count <= 1000 && !$0.unicodeScalars.contains("\u{FFFD}") }, "\(unit)")
        }
    }

    @Test func `a doubled sentence is said once`() {
        let lead = "A storm closed the port of Kolda on Friday."
        #expect(summary(sampleArticle(lead + "\n" + lead + "\n" + storm)).filter { $0 == lead }.count == 1)
    }

    @Test func `a range starts behind a doubled word`() {
        var article = sampleArticle("The The storm closed the port of Kolda on Friday.")
        article.repairs = [Repair(range: TextRange(0, 7), replacement: "The")]
        #expect(summary(article) == ["The storm closed the port of Kolda on Friday."])
    }

    @Test func `a range starts behind a dateline`() {
        var article = sampleArticle("KOLDA (NTB) - A storm closed the port of Kolda on Friday.")
        article.dateline = Dateline(range: TextRange(0, 11), place: "KOLDA")
        #expect(summary(article) == ["A storm closed the port of Kolda on Friday."])
    }

    @Test func `the sentence that reaches the word budget is the last`() {
        #expect(summary(sampleArticle(storm), maxSentences: 9, maxWords: 8).count == 1)
        #expect(summary(sampleArticle(storm), maxSentences: 9, maxWords: 12).count == 2)
    }

    @Test func `nothing gives nothing`() {
        #expect(summary(sampleArticle("")).isEmpty)
        #expect(summary(sampleArticle(storm), maxSentences: 0).isEmpty)
        #expect(summary(sampleArticle("A line without an end")) == ["A line without an end"])
    }
}
