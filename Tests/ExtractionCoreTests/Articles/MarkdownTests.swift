import Testing

@testable import ExtractionCore

@Suite struct MarkdownTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let story =
        "The council closed the harbour bridge in Port Alder on Monday after heavy rain, the mayor said."

    private func document(_ text: String, name: String = "a.md") -> Document {
        Document(bytes: Array(text.utf8), origin: .file(name: name), receivedAt: Instant(seconds: 0))
    }

    private func article(_ text: String) throws -> Article { try reader.article(in: document(text)) }

    private func words(_ line: String) -> String {
        let bytes = Array(line.utf8)
        return String(decoding: MarkdownWords(bytes, 0..<bytes.count).text, as: UTF8.self)
    }

    private func blocks(_ text: String) throws -> [String] {
        let article = try article(text)
        return article.blocks.map { "\($0.kind.rawValue): " + article.text.string($0.range) }
    }

    @Test func `marks inside a line are reduced to words`() {
        let cases = [
            ("a **b** *c* __d__ _e_ ***f***", "a b c d e f"),
            ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
            ("[the bridge](https://x.example/a_(b) \"title\") is", "the bridge is"),
            ("[the *old* bridge][1]", "the old bridge"),
            ("<https://x.example> and <a@x.example>", "https://x.example and a@x.example"),
            ("[sic] and a[1]", "[sic] and a[1]"),
            ("`code *here*` and ``a`b``", "code *here* and a`b"), (##"\*not\* \# it"##, "*not* # it"),
            ("~~gone~~ ~5", "gone ~5"),
            ("a<br>b <span class=x>c</span> 3 < 4 > 2", "a b c 3 < 4 > 2"),
            ("Fish &amp; chips &copy; &x; A&B", "Fish & chips © &x; A&B"),
            ("said[^1] so", "said so"), ("**open and *shut", "**open and *shut"), ("a ** b **", "a ** b **"),
            ("[open](never closed", "[open](never closed"), ("two  blanks\\\nbreak", "two blanks break"),
            ("**[a](b)**", "a"),
            ("\"**Quoted**\", she said", "\"Quoted\", she said"), ("", ""), ("`", "`"), ("[", "["), ("![", "!["),
            ("\\", "\\"),
        ]
        for (line, text) in cases { #expect(words(line) == text, "\(line)") }
    }

    @Test func `pictures are captions`() throws {
        let article = try article(
            "# Closed\n\n\(story)\n\n![Workers at the **pier**](pier.jpg)\n\nText ![](x.png) goes on.")
        #expect(article.captions == ["Workers at the pier"])
        #expect(article.text.string.hasSuffix("Text goes on."))
    }

    @Test func `blocks are told apart`() throws {
        let text = """
            Bridge closed
            =============

            \(story)
            It was raining.

            What is known
            -------------

            * Buses run free
              of charge.
            * Ferries stop at ten.
                - The last one at nine.

            > Nobody will be
            > at risk.

            1. First
            2) Second

            ## Costs ##

            | Day | Hurt |
            |:----|-----:|
            | *Monday* | 12 |

            ***

            ```
            let x = *1*

            y
            ```
            <!-- a note -->
            <div>
            <p>Some <b>HTML</b> here &amp; there.</p>
            </div>

            [1]: https://example.org
            [^1]: A footnote.
            """
        #expect(
            try blocks(text) == [
                "heading: Bridge closed", "paragraph: \(story) It was raining.", "heading: What is known",
                "list_item: Buses run free of charge.", "list_item: Ferries stop at ten.",
                "list_item: The last one at nine.", "quote: Nobody will be at risk.", "list_item: First",
                "list_item: Second", "heading: Costs", "list_item: Day | Hurt", "list_item: Monday | 12",
                "paragraph: let x = *1*\n\ny", "paragraph: Some HTML here & there.", "paragraph: A footnote.",
            ])
    }

    @Test func `the first heading is the headline`() throws {
        #expect(try article("# Bridge *closed*\n\n\(story)").headline == "Bridge closed")
        #expect(try article("\(story)\n\n\(story)\n\n\(story)\n\n## Later\n\nMore.").headline == nil)
        #expect(try article("By Jane Doe\n\n# Bridge closed\n\n\(story)").headline == "Bridge closed")
        #expect(try article("# Bridge closed\n\n*By Jane Doe*\n\n\(story)").bylines == ["Jane Doe"])
    }

    @Test func `front matter gives the fields`() throws {
        let yaml = """
            ---
            title: "Bridge closed: what we know"  # a remark
            author:
              - Jane Doe
              - 'Tom O''Neil'
            date: 2017-06-06 09:12:00 +0100
            link: https://courier.example/bridge
            description: >
              Cracks were found
              in two piers.
            lang: en
            ---
            \(story)
            """
        let article = try article(yaml)
        #expect(article.headline == "Bridge closed: what we know")
        #expect(article.bylines == ["Jane Doe", "Tom O'Neil"])
        #expect(article.published?.iso8601 == "2017-06-06T09:12:00+01:00")
        #expect(article.url == "https://courier.example/bridge")
        #expect(article.standfirst == "Cracks were found in two piers.")
        #expect(article.text.string == story)
        let toml = try self.article(
            "+++\ntitle = \"Closed\"\nauthors = [\"Jane Doe\", \"Tom Ray\"]\nurl = \"/a\"\n+++\n\n\(story)")
        #expect(toml.headline == "Closed")
        #expect(toml.bylines == ["Jane Doe", "Tom Ray"])
        #expect(toml.url == nil)
    }

    @Test func `rules are no front matter`() throws {
        for text in ["---\n\n\(story)\n\n---\n", "---\ntitle: never closed\n\n\(story)\n"] {
            #expect(try article(text).text.string.contains(story), "\(text)")
        }
    }

    @Test func `text that plainly is Markdown is read as such`() {
        let cases: [(String, DocumentKind)] = [
            ("# Bridge closed\n\nThe [council](https://x.example) closed it.", .markdown),
            ("Text.\n\n## One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.", .markdown),
            ("---\ntitle: Bridge\ndate: 2017-06-06\n---\nText.", .markdown),
            // Plain text has stars, dashes and numbers of its own.
            ("Bridge closed\n=============\n\nText.", .plainText), ("* One.\n* Two.\n\n- Three.\n", .plainText),
            ("#bridge #closed\n\nText with **stars**.", .plainText), ("# 1 in the list\n\nText.", .plainText),
            ("# Bridge closed\n\nText.", .plainText), ("###\n\nENDS\n\n###", .plainText),
            ("---\n\nText: more.\n---\n", .plainText),
            ("See [1](https://x.example) for more.", .plainText), ("A | B\n--|--\n1 | 2", .plainText),
        ]
        for (text, kind) in cases { #expect(DocumentKind(of: document(text, name: "a")) == kind, "\(text)") }
        #expect(DocumentKind(of: document("Any text.", name: "a.markdown")) == .markdown)
        #expect(DocumentKind(of: document("<!DOCTYPE html><p>a", name: "a.md")) == .html)
    }

    @Test func `Markdown may be cut anywhere`() throws {
        let text =
            "---\ntitle: a\n---\n# One\n\n> two\n\n- three\n\n| a | b |\n|---|---|\n| c | d |\n\n![e](f)\n\n<div>g</div>\n\n"
            + "[^1]: h\n\n~~~\ni\n~~~\n\n```\nj\n```"
        let bytes = Array(text.utf8)
        for count in 0...bytes.count {
            for ending in ["", "\n", "```", "|", "[", "<"] {
                let cut = String(decoding: bytes.prefix(count), as: UTF8.self) + ending
                guard let article = try? article(cut) else { continue }
                for block in article.blocks { #expect(article.text.range.contains(block.range)) }
            }
        }
    }

    @Test func `hostile Markdown ends soon`() throws {
        let marks = [
            "*a ", "a* ", "[a](", "![", "`", "``a`", "> ", "<a ", "<div>", "&", "_a", "- ", "  - a\n", "| a ", "[^1]",
            "***a", "<!--\n\n", "~~a", "# \n", "](x)",
        ]
        for mark in marks {
            let text = "x " + String(repeating: mark, count: 200_000 / mark.utf8.count)
            let start = ContinuousClock.now
            _ = try? article(text)
            #expect(ContinuousClock.now - start < .seconds(5), "\(mark)")
        }
        let nested =
            String(repeating: "*a ", count: 20_000) + String(repeating: "![", count: 20_000)
            + String(repeating: "b* ", count: 20_000) + String(repeating: "](x)", count: 20_000)
        let start = ContinuousClock.now
        _ = try? article(nested)
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
