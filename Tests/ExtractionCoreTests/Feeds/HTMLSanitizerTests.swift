import Testing

@testable import ExtractionCore

@Suite struct HTMLSanitizerTests {
    @Test(arguments: [
        ("<p>a</p><script>x</script><style>y</style><iframe>z</iframe>b", "<p>a</p>b"),
        ("<a href='java&#10;script:x'>a</a>", "<a>a</a>"), ("<a href=' JAVASCRIPT:x'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"), ("<a href='vbscript:x' rel=y>a</a>", "<a rel=\"y\">a</a>"),
        ("<a href='mailto:x@y.example'>a</a>", "<a href=\"mailto:x@y.example\">a</a>"),
        ("<a href='/x?a=1&amp;b=2'>a</a>", "<a href=\"https://a.example/x?a=1&amp;b=2\">a</a>"),
        ("<img src=x onerror=y ONLOAD=z>", "<img src=\"https://a.example/f/x\">"),
        ("<p style='color: red'>a</p>", "<p style=\"color: red\">a</p>"),
        ("<p style='x:expression(1)'>a</p>", "<p>a</p>"),
        ("<p style='x:e\\78pression(1)'>a</p>", "<p>a</p>"), ("<p style='background:URL(x)'>a</p>", "<p>a</p>"),
        ("<p style='behavior:x'>a</p>", "<p>a</p>"), ("<p style='position:fixed'>a</p>", "<p>a</p>"),
        ("<object><embed><p>x</p></object>a", "a"), ("<base href=x><meta x><link x>a", "a"),
        ("<svg><a>x</a></svg>a", "a"),
        ("</div></b>a<b>c</b></b>", "a<b>c</b>"), ("a <!-- x --> b", "a  b"), ("<x-y>a</x-y>", "a"),
        ("<img srcset='a.jpg 1x, javascript:x 2x'>", "<img srcset=\"https://a.example/f/a.jpg 1x\">"),
        (
            "<img srcset='https://b.example/1.jpg 1x,https://b.example/2.jpg 2x'>",
            "<img srcset=\"https://b.example/1.jpg 1x,https://b.example/2.jpg 2x\">"
        ),
        ("<P CLASS=a class=b>x</P>", "<p class=\"a\">x</p>"),
        ("<p title='a\"b<c>'>x</p>", "<p title=\"a&quot;b&lt;c&gt;\">x</p>"),
        ("1 < 2 &amp; <3", "1 &lt; 2 &amp; &lt;3"), ("<form><input>x</form>y", "y"), ("<script>never closed", ""),
    ])
    func `only what is harmless passes`(_ source: String, _ expected: String) {
        #expect(HTMLSanitizer.sanitized(Array(source.utf8), base: "https://a.example/f/") == expected)
    }

    @Test(arguments: [
        "<p>a</p><script>x</script>", "<a href='/x?a=1&amp;b=2'>a</a>", "1 < 2 &amp; <3", "</div>a<b>c",
        "<img srcset='a.jpg 1x, b.jpg 2x' alt='&lt;b&gt;'>",
    ])
    func `what is clean stays as it is`(_ source: String) {
        let once = HTMLSanitizer.sanitized(Array(source.utf8), base: "https://a.example/")
        #expect(HTMLSanitizer.sanitized(Array(once.utf8)) == once)
    }
}
