import Testing

@testable import ExtractionCore

@Suite struct MarkupTests {
    private func kinds(_ source: String, isXML: Bool = false) -> [String] {
        var tokens = MarkupTokenizer(Array(source.utf8), isXML: isXML)
        var out: [String] = []
        while tokens.next() {
            out.append("\(tokens.kind):" + String(decoding: tokens.bytes[tokens.content], as: UTF8.self))
        }
        return out
    }

    @Test func `markup is cut into tokens`() {
        #expect(
            kinds("<!DOCTYPE html><p class=a>x &amp; y<br/></p><!-- c -->z") == [
                "doctype:DOCTYPE html", "startTag:p", "text:x &amp; y", "startTag:br", "endTag:p", "comment: c ",
                "text:z",
            ])
        #expect(kinds("<a><![CDATA[<b>]]></a>", isXML: true) == ["startTag:a", "cdata:<b>", "endTag:a"])
        #expect(
            kinds("<script>if (a<b) x</script>y") == [
                "startTag:script", "rawText:if (a<b) x", "endTag:script", "text:y",
            ])
        #expect(kinds("1 < 2 <3") == ["text:1 < 2 <3"])
        #expect(kinds("<!-- open <p>x") == ["comment: open <p", "text:x"])
        #expect(kinds("<title>open <p>x") == ["startTag:title", "text:open ", "startTag:p", "text:x"])
    }

    @Test func `attributes are read with every quotation`() {
        var tokens = MarkupTokenizer(Array("<a HREF='x&amp;y' b=c d = \"e f\" g>".utf8), isXML: false)
        let hasToken = tokens.next()
        #expect(hasToken)
        #expect(tokens.attribute("href") == "x&y")
        #expect(tokens.attribute("b") == "c")
        #expect(tokens.attribute("d") == "e f")
        #expect(tokens.attribute("g") == "")
        #expect(tokens.attribute("h") == nil)
    }

    @Test func `character references are decoded where they are ones`() {
        let cases = [
            ("&eacute;&#233;&#xE9;", "ééé"), ("a & b", "a & b"), ("&#150;", "–"), ("&unknown;", "&unknown;"),
            ("?a=1&copy=2", "?a=1&copy=2"),
            ("&nbsp;&hellip;", "\u{A0}…"), ("&#0;&#xD800;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("&", "&"),
            ("&#", "&#"), ("&#x;", "&#x;"),
            ("&amp", "&"), ("AT&amp;T", "AT&T"),
        ]
        for (source, expected) in cases { #expect(CharacterReferences.decoded(source) == expected, "\(source)") }
    }

    @Test func `a page's implied ends are found`() {
        let tree = MarkupTree(Array("<body><p>one<p>two<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e</table>".utf8))
        let tags = tree.nodes.indices.filter { !tree.nodes[$0].isText }.map { index in
            var depth = 0
            var at = index
            while tree.nodes[at].parent >= 0 { (at, depth) = (Int(tree.nodes[at].parent), depth + 1) }
            return "\(tree.nodes[index].tag)\(depth)"
        }
        #expect(
            tags == ["unknown0", "body1", "p2", "p2", "ul2", "li3", "li3", "table2", "tr3", "td4", "td4", "tr3", "td4"])
    }

    @Test func `a tree keeps the attributes that are asked about`() {
        let tree = MarkupTree(Array("<a HREF='x' data-b=c Class = \"e f\" href=y><img src=z aria-hidden=true>".utf8))
        #expect(tree.attribute(.href, of: 1) == "x")
        #expect(tree.attribute(.class, of: 1) == "e f")
        #expect(tree.attribute(.id, of: 1) == nil)
        #expect(tree.attribute(.ariaHidden, of: 2) == "true")
        #expect(tree.attributes.count == 4)
    }

    @Test func `the shadow of an element is shown in its place`() {
        let shown = MarkupTree(
            Array("<x-y><template shadowrootmode=open><p>a</template>b</x-y><template><p>c</template>".utf8))
        #expect(shown.nodes.filter { $0.tag == .div }.count == 1)
        #expect(shown.nodes.filter { $0.tag == .template }.count == 1)
    }

    @Test func `every element's name is known`() {
        for tag in HTMLTag.allCases.dropFirst() where tag != .ampimg {
            #expect(HTMLTag(name: Array("\(tag)".uppercased().utf8)) == tag)
        }
        #expect(HTMLTag(name: Array("amp-img".utf8)) == .ampimg)
    }

    @Test func `hostile markup ends`() {
        let deep = MarkupTree(Array(String(repeating: "<div>", count: 100_000).utf8))
        #expect(deep.nodes.count == 100_001)
        let attributes = "<a " + (0..<200_000).map { "a\($0)=1 " }.joined() + ">"
        var tag = MarkupTokenizer(Array(attributes.utf8), isXML: false)
        let hasTag = tag.next()
        #expect(hasTag && tag.attributes.count == 256)
        #expect(MarkupTree(Array(attributes.utf8)).nodes.count == 2)
        for piece in [
            "<p><b id=1>", "<!--", "<![CDATA[", "<?x", "<title>", "<a b=\"", "</", "<a <", "&#", "<p", "<script>",
            "]]>", "</div>",
        ] {
            _ = MarkupTree(Array(String(repeating: piece, count: 20_000).utf8))
            var tokens = MarkupTokenizer(Array(String(repeating: piece, count: 20_000).utf8), isXML: true)
            while tokens.next() {}
        }
    }
}
