import ExtractionCore
import Testing

@testable import Stories

@Suite struct ArticleMarkdownTests {
    private let reader = NewsReader(lexicon: .embedded())

    private func page(_ text: String, name: String, type: String? = nil) throws -> String {
        let document = Document(
            bytes: Array(text.utf8), origin: .file(name: name), mediaType: type, receivedAt: Instant(seconds: 0))
        let article = try reader.article(in: document)
        return ArticleMarkdown.page(of: article, reader.analysis(of: article))
    }

    @Test func `a page has its head, its facts and its text`() throws {
        let page = try page(
            """
            ---
            title: Harbour bridge closed
            author: Jane Doe
            date: 2017-06-06
            url: https://courier.example/bridge
            description: Cracks were found.
            publication: The Courier
            ---
            At least 12 people were hurt on the harbour bridge on Monday, police said.

            ## What is known

            > Nobody will be put at risk.

            - Buses run free.
            - Ferries stop at ten.

            ![Workers at the pier](a.jpg)
            """, name: "a.md")
        #expect(
            page.hasPrefix(
                "# Harbour bridge closed\n\n*Cracks were found.*\n\nBy Jane Doe · 6 June 2017 · The Courier · <https://courier.example/bridge>\n\n"
            ))
        #expect(page.contains("| figure | when | value | source, as reported |"))
        #expect(page.contains("**at least 12**"))
        #expect(
            page.hasSuffix(
                "\n\n---\n\nAt least 12 people were hurt on the harbour bridge on Monday, police said.\n\n## What is known\n\n"
                    + "> Nobody will be put at risk.\n\n- Buses run free.\n- Ferries stop at ten.\n\n**Pictures**\n\n- *Workers at the pier*\n"
            ))
    }

    @Test func `the words of others are no marks`() throws {
        let text =
            "Bridge *closed*\n\n# One <b>two</b> [x](https://x.example) a_b &amp; A&B | 1 or more were closed.\n\n"
            + "1. Buses run free of charge.\n\n* Ferries stop at ten."
        let article = try reader.article(text: Array(text.utf8))
        let page = ArticleMarkdown.page(of: article, reader.analysis(of: article))
        #expect(page.contains(##"# Bridge \*closed\*"##))
        #expect(
            page.contains(##"\# One \<b>two\</b> \[x\](https://x.example) a\_b \&amp; A&B \| 1 or more were closed."##))
        #expect(page.contains(##"- 1\. Buses run free of charge."##))
        #expect(page.contains("- Ferries stop at ten."))
    }

    @Test func `what stands in the head is not said again`() throws {
        let page = try page(
            "Harbour bridge closed\n\nBy Jane Doe\n\n6 June 2017\n\nThe council closed the harbour bridge on Monday after heavy rain, it said.\n\nENDS",
            name: "a.txt")
        #expect(page.split(separator: "\n").count(where: { $0.contains("Harbour bridge closed") }) == 1)
        #expect(page.split(separator: "\n").count(where: { $0.contains("Jane Doe") && !$0.hasPrefix("**") }) == 1)
        #expect(!page.contains("ENDS"))
        #expect(!page.contains("## "))
    }
}
