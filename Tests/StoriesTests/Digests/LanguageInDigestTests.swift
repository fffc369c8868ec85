import ExtractionCore
import Testing

@testable import Stories

@Suite struct LanguageInDigestTests {
    private let reader = NewsReader(lexicon: .embedded())

    private func line(_ text: String) throws -> [UInt8] {
        let document = Document(
            bytes: Array(text.utf8), origin: .file(name: "a.txt"), mediaType: "text/plain",
            receivedAt: Instant(seconds: 0))
        let article = try reader.article(in: document)
        let analysis = reader.analysis(of: article)
        var chain = DigestChain(day: "2021-03-10", previousHash: "ab")
        let filing = Filing(kind: .opened, story: StoryID("s-1"))
        return chain.line("story", at: "2021-03-10T10:00:00Z") { json in
            RecordComposer(filing: filing, article: article, analysis: analysis, story: nil).write(to: &json)
        }
    }

    @Test func `an article in another language is listed with it and without facts`() throws {
        let line = try line(
            """
            Al menos 14 personas murieron el lunes cuando el río se desbordó, dijo el ministerio del Interior.

            Era la peor inundación en la ciudad desde 1983, y se esperan más lluvias. "No pudimos hacer nada", dijo Juan.
            """)
        let record = String(decoding: line, as: UTF8.self)
        #expect(record.contains("\"language\":\"es\""))
        for member in ["tolls", "quantities", "claims", "quotations", "events", "background"] {
            #expect(!record.contains("\"\(member)\""), "\(member)")
        }
        let markdown = String(decoding: MarkdownDigest.page(of: line), as: UTF8.self)
        #expect(markdown.contains("· in Spanish"))
        #expect(markdown.contains("Al menos 14 personas murieron"))
    }

    @Test func `an article in English says nothing of its language`() throws {
        let line = try line("At least 14 people were killed on Monday when the river burst its banks, police said.")
        #expect(String(decoding: line, as: UTF8.self).contains("\"tolls\""))
        #expect(!String(decoding: MarkdownDigest.page(of: line), as: UTF8.self).contains("in English"))
    }

    @Test func `times are told in words`() {
        let cases = [
            ("2017-SU", "summer 2017"), ("1990-Q3", "third quarter of 1990"), ("2019-H1", "first half of 2019"),
            ("198", "the 1980s"), ("19", "20th century"), ("BC0490", "490 BC"), ("BC0480-08", "August 480 BC"),
            ("BC03", "4th century BC"), ("XXXX-06-05", "5 June"), ("2016/", "since 2016"),
        ]
        for (value, words) in cases { #expect(timeInWords(value) == words, "\(value)") }
    }
}
