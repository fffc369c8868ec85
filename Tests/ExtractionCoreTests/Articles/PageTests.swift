import Testing

@testable import ExtractionCore

@Suite struct PageTests {
    private let reader = NewsReader(lexicon: .embedded())
    private let page = """
        <!doctype html><html lang="en-GB"><head><title>Bridge closed in Millford | The Courier</title><meta property="og:site_name" content="The Courier">
        <link rel="canonical" href="https://www.courier.example/news/bridge"><script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"NewsArticle","headline":"Bridge closed","datePublished":"2019-05-04T10:00:00+01:00","author":[{"@type":"Person","name":"Ana Ruiz"}]}]}</script></head>
        <body><header><a href="/">Home</a> <a href="/n">News</a></header><nav><ul><li><a href="/a">First thing in the menu of this site</a></ul></nav>
        <main><article><h1>Bridge closed in Millford</h1><p class="byline">By Ana Ruiz</p><time datetime="2019-05-04">4 May</time>
        <figure><img src="x.jpg"><figcaption>The bridge at dawn. Tom Ray/XYZ</figcaption></figure>
        <div class="article-body"><p>The council has closed the <b>o</b>ld bridge over the river after engineers found cracks in two of its piers.</p>
        <div class="ad-slot newsletter">Sign up for our newsletter and get the news of the day in your inbox.</div>
        <h2>What now</h2><p>Drivers will have to use the northern crossing until repairs are done,<br>which may take as long as eight months, officials said.</p>
        <ul><li>Buses run free of charge for everybody who lives in the town.</li></ul>
        <p>Nobody will be put at risk, the mayor told residents at a meeting in the town hall on Monday evening.</p></div>
        <div class="related"><h3>Related</h3><ul><li><a href="/x">Another story that has nothing to do with it</a></ul></div></article></main>
        <footer>Copyright The Courier. All rights reserved, and nothing may be copied.</footer></body></html>
        """

    private func article(_ html: String, url: String? = "https://courier.example/news/bridge?utm_source=x") throws
        -> Article
    {
        try reader.article(
            in: Document(
                bytes: Array(html.utf8), origin: .page, mediaType: "text/html", receivedAt: Instant(seconds: 0),
                url: url))
    }

    @Test func `a page gives its article and nothing else`() throws {
        let article = try article(page)
        #expect(
            article.text.string == """
                The council has closed the old bridge over the river after engineers found cracks in two of its piers.

                What now

                Drivers will have to use the northern crossing until repairs are done, which may take as long as eight months, officials said.

                Buses run free of charge for everybody who lives in the town.

                Nobody will be put at risk, the mayor told residents at a meeting in the town hall on Monday evening.
                """)
        #expect(article.blocks.map(\.kind) == [.paragraph, .heading, .paragraph, .listItem, .paragraph])
    }

    @Test func `a page's facts are read`() throws {
        let article = try article(page)
        #expect(article.headline == "Bridge closed in Millford")
        #expect(article.bylines == ["Ana Ruiz"])
        #expect(article.published?.iso8601 == "2019-05-04T10:00:00+01:00")
        #expect(article.site == "The Courier")
        #expect(article.language == "en-GB")
        #expect(article.canonicalURL == "https://courier.example/news/bridge")
    }

    @Test func `a page of a few words gives them all`() throws {
        #expect(try article("<title>x</title><a href='/a'><p>One</p><p>two</p></a>").text.string == "One\n\ntwo")
        let headings = "<article><h2>First part</h2><img src='a.jpg'><h2>Second part</h2><img src='b.jpg'></article>"
        #expect(try article(headings).text.string == "First part\n\nSecond part")
    }

    @Test func `a passage whose id is its heading is no furniture, whatever the heading says`() throws {
        let steps = (1...16).map { number in
            "<p>In step \(number) you copy the folder to the other machine, and then you ask the person who sits there to "
                + "look. It takes about \(number * 5) minutes when the line is good.</p>"
        }
        func page(_ id: String) -> String {
            "<!DOCTYPE html><html><body><div class='document'><h1>How we work together</h1>\(steps[..<10].joined())"
                + "<div class='section' id='\(id)'><h2>Sharing with others</h2>\(steps[10..<13].joined())</div>"
                + steps[13...].joined() + "</div></body></html>"
        }
        #expect(try article(page("sharing-with-a-single-developer")).text.string.contains("In step 12 "))
        #expect(try !article(page("newsletter")).text.string.contains("In step 12 "))
    }

    /// A page with a line among six paragraphs, and what follows them.
    private func report(with line: String, tail: String = "") throws -> String {
        let story = (1...6).map {
            "<p>The harbour board of pier \($0) said on Monday that the crane fell at \($0 + 2) in the morning, and that nobody"
                + " was near it when the cable broke in the storm.</p>"
        }
        return try article(
            "<!DOCTYPE html><html><body><article><h1>Crane falls into the harbour</h1>\(story[..<3].joined())"
                + "<p>\(line)</p>\(story[3...].joined())\(tail)</article></body></html>"
        ).text.string
    }

    @Test(arguments: [
        "Lea también: <a href='/a'>La grúa que cayó en el puerto</a>", "Advertisement", "Mehr zum Thema",
        "Read more: <a href='/b'>How cranes are tested in winter</a>",
        "À lire aussi » <a href='/c'>La grue du port</a>",
        "Abbildung 4: der Kran am Morgen danach", "VEA TAMBIÉN: “La grúa del puerto”",
    ])
    func `a line that leads elsewhere is no part of the text`(_ line: String) throws {
        let text = try report(with: line)
        #expect(text.contains("pier 3") && text.contains("pier 4"))
        #expect(!text.contains(line.prefix(8)))
    }

    @Test(arguments: [
        "Read more books in winter, the board told its crews, and wait for better days at sea.",
        "Related questions were put to the mayor, who said that he would answer them all on Friday.",
    ])
    func `a sentence that begins like one is part of the text`(_ line: String) throws {
        #expect(try report(with: line).contains(line))
    }

    @Test func `links below the text are left out, and so is the line that announces them`() throws {
        let tail =
            "<p>These stories may be of use to you:</p><p><a href='/1'>Ferry timetable for the winter</a></p>"
            + "<p><a href='/2'>Ten years of the new pier</a></p>"
        let text = try report(with: "The mayor thanked the crews for their patience on the long night.", tail: tail)
        #expect(text.contains("pier 6") && !text.contains("Ferry timetable") && !text.contains("Ten years"))
    }

    @Test func `a table of results is kept whole`() throws {
        let rows = (1...12).map {
            "<tr><td>Ward \($0)</td><td>\($0 * 137) votes</td><td>\($0 % 3 == 0 ? "n/a" : "\($0) %")</td></tr>"
        }
        let text = try report(
            with: "The votes of the board's members were counted on Friday:", tail: "<table>\(rows.joined())</table>")
        let cells = (1...12).flatMap { ["Ward \($0)", "\($0 * 137) votes"] }
        let found = cells.count { text.contains($0) }
        #expect(found == cells.count || found == 0, "\(found) of \(cells.count)")
    }

    @Test func `comments longer than the article stay out`() throws {
        let story = (1...6).map {
            "<p>The council of ward \($0) voted on Monday to keep the library open, after a debate of \($0 + 2) hours.</p>"
        }
        let comments = (1...20).map {
            "<div class='comment'><p>I have lived in ward \($0) all my life and I never saw so many people in that hall, it was"
                + " a joy to stand among them and to hear every speaker number \($0) out, whatever he had to say.</p></div>"
        }
        let text = try article(
            "<!DOCTYPE html><html><body><article><h1>Library stays open</h1>\(story.joined())</article>"
                + "<div id='comments' class='comments'><h3>Comments</h3>\(comments.joined())</div></body></html>"
        ).text.string
        #expect(text.contains("The council of ward 6"))
        #expect(!text.contains("all my life"))
    }

    @Test func `an entry's fields win over its page's`() throws {
        let entry = Entry(
            id: "1", link: "https://courier.example/b", title: "From the feed", authors: [Person(name: "Bo Lee")])
        let document = Document(bytes: Array(page.utf8), origin: .page, receivedAt: Instant(seconds: 0))
        let article = try reader.article(in: document, entry: entry)
        #expect(article.headline == "From the feed")
        #expect(article.bylines == ["Bo Lee"])
        #expect(article.text.string.hasPrefix("The council"))
        let bare = Document(bytes: [], origin: .page, receivedAt: Instant(seconds: 0))
        #expect(try reader.article(in: bare, entry: entry).text.string == "From the feed")
    }

    /// Paragraphs long enough to be prose.
    private let dam =
        "The dam above the village holds back more water than in any spring since it was built, engineers said."
    private let farmers =
        "Farmers on the lower fields have moved their cattle to the hills and wait for the rain to stop."

    @Test func `a page that is laid out twice says everything once`() throws {
        let html =
            "<h1>The dam</h1><div class=wide><p>\(dam)<p>\(farmers)</div><div class=narrow><p>\(dam)<p>\(farmers)</div>"
        #expect(try article(html).text.string == dam + "\n\n" + farmers)
    }

    @Test func `what its author says twice stands twice on a page that is laid out twice`() throws {
        let text = "<section><p>\(dam)</section><section><p>\(dam)</section>"
        let article = try article("<h1>The dam</h1><div class=wide>\(text)</div><div class=narrow>\(text)</div>")
        #expect(article.text.string == dam + "\n\n" + dam)
    }

    @Test func `what its author says twice stands twice`() throws {
        let part: (Int) -> String = { "<h2>Day \($0)</h2><div class=day><p>\(dam)<p>Note \($0): \(farmers)</div>" }
        let article = try article("<article><h1>The dam</h1>\(part(1))\(part(2))</article>")
        #expect(article.text.string.split(separator: "\n\n").filter { $0 == dam }.count == 2)
    }

    @Test func `menus and the site's footer are left out unless the page has nothing else`() throws {
        let menu = "<nav><p>\(farmers)</p></nav><footer><p>\(farmers)</p></footer>"
        let body = "<article><h1>The dam</h1><p>\(dam)</p><p>Nobody was hurt, the mayor said.</p></article>"
        #expect(try !article(menu + body).text.string.contains(farmers))
        #expect(
            try article("<nav><p>\(farmers)</p></nav><p>Home</p><p>News</p><p>Sport</p>").text.string.contains(farmers))
        // One that was never closed holds the article.
        #expect(try article("<nav>" + body).text.string.contains(dam))
    }

    @Test func `prose at the end of an endless page is kept`() throws {
        let words = String(repeating: "<p>word", count: 20_000)
        #expect(try article("<p>\(dam)</p>\(words)<p>\(farmers)").text.string.hasSuffix(farmers))
    }

    @Test func `a page without words is empty`() {
        #expect(throws: DocumentError.empty) { try article("<html><body><script>x</script></body></html>") }
    }
}

@Suite struct PageBlockTests {
    private func blocks(_ html: String) -> [PageBlock] { PageBlocks(MarkupTree(Array(html.utf8))).blocks }

    @Test func `linked words are those between a link's tags`() {
        let empty = blocks("<p><a href=/x></a>Four words of prose<p>and three <a href=/y>more here</a> now")
        #expect(empty.map(\.linkedWords) == [0, 2])
        let around = blocks("<a href=/x><h3>All linked</h3><p>this as well</a><p>not this")
        #expect(around.map(\.linkedWords) == [2, 3, 0])
        #expect(blocks("<p><a name=top>No link at all</a>").map(\.linkedWords) == [0])
    }

    @Test func `bold words and pictures before a block are counted`() {
        let found = blocks("<p><b></b>Plain <strong>and bold</strong><img src=a><p>After a picture<p>after that")
        #expect(found.map(\.boldWords) == [2, 0, 0])
        #expect(found.map(\.followsImage) == [false, true, false])
    }

    @Test(arguments: ["display:none", "visibility: hidden", "color:red;display : none"])
    func `what a style hides is marked`(_ style: String) {
        #expect(
            blocks("<p style='\(style)'>Not to be seen<p style='display:block'>To be seen").map(\.isHidden) == [
                true, false,
            ])
    }

    @Test func `white space of the markup is one blank`() {
        let page = PageBlocks(
            MarkupTree(Array("<p>\n  a\n\t<b>b</b>\u{A0}\u{200B}c \n<span> d</span>&nbsp; &shy;e</p>\n ".utf8)))
        #expect(page.blocks.map { String(decoding: page.text[$0.range], as: UTF8.self) } == ["a b c d e"])
    }
}

@Suite struct PageWordsTests {
    @Test(arguments: [
        ("Über Größe", "über größe"), ("ЧИТАЙТЕ также", "читайте также"), ("Łódź ŻYJE", "łódź żyje"),
        ("ΑΘΗΝΑ", "αθηνα"),
        ("“Quoted” – text", "quoted text"), ("L’été", "l été"), ("3D-Druck", "3d druck"),
    ])
    func `words are alike whatever their case and the marks between them`(_ one: String, _ other: String) {
        #expect(PageWords(Array(one.utf8)).hashes == PageWords(Array(other.utf8)).hashes)
    }

    @Test func `different words differ`() {
        let words = ["a", "b", "ab", "ba", "cookie", "cookies", "été", "ete", "12", "21", "東京", "京東"]
        #expect(Set(words.map { PageWords.key($0.utf8) }).count == words.count)
    }

    @Test func `one look counts a run of text`() {
        let text = Array("The Dam holds 12,5 m. “Is it safe?” asked Éva © 2020 | Cookie-Hinweis".utf8)
        let counts = WordCounts(text, text.indices)
        #expect((counts.words, counts.capitals, counts.digits) == (14, 6, 7))
        #expect((counts.sentenceEnds, counts.commas, counts.bars) == (2, 1, 1))
        #expect(counts.hasCopyright && counts.saysCookie)
        let japanese = Array("橋が閉鎖された。".utf8)
        #expect(WordCounts(japanese, japanese.indices).sentenceEnds == 1)
    }
}
