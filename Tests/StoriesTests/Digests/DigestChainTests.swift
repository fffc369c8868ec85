import ExtractionCore
import Testing

@testable import Stories

/// A small day: opened, one alert, closed.
func sampleDay() -> [UInt8] {
    var chain = DigestChain(day: "2017-06-06", previousHash: "ab")
    var bytes = chain.line("opened", at: "2017-06-06T00:00:00+01:00") { $0.member("zone", "Europe/London") }
    bytes += chain.line("alert", at: "2017-06-06T10:00:00+01:00") { json in
        json.member("severity", "high")
        json.member("reason", "a | b <img src=x> [x](javascript:1)")
    }
    let before = bytes
    bytes += chain.line("closed", at: "2017-06-07T00:00:00+01:00") { json in
        json.member("lines", 3)
        json.member("sha256", ContentHash(of: before).hex)
    }
    return bytes
}

@Suite struct DigestChainTests {
    @Test func `a whole day passes`() {
        let result = DigestVerification(of: sampleDay())
        #expect(result.fault == nil)
        #expect(result.lines == 3)
        #expect(result.isClosed)
    }

    @Test func `any flipped byte is found`() {
        let day = sampleDay()
        for index in day.indices {
            var bytes = day
            bytes[index] ^= 0x01
            #expect(DigestVerification(of: bytes).fault != nil, "byte \(index)")
        }
    }

    @Test func `a lost, doubled or torn line is found`() {
        let day = sampleDay()
        let lines = day.split(separator: 0x0A).map { Array($0) + [0x0A] }
        #expect(DigestVerification(of: lines[0] + lines[2]).fault != nil)
        #expect(DigestVerification(of: lines[0] + lines[0] + lines[1]).fault != nil)
        #expect(DigestVerification(of: Array(day.dropLast(4))).fault != nil)
        #expect(DigestVerification(of: lines[0] + lines[1]).fault == nil)
        #expect(DigestVerification(of: day + lines[0]).fault != nil)
    }

    @Test func `the words of others show as text`() {
        let markdown = String(decoding: MarkdownDigest.page(of: sampleDay()), as: UTF8.self)
        #expect(markdown.contains("a \\| b \\<img src=x> \\[x\\](javascript"))
        let html = String(decoding: HTMLDigest.page(of: sampleDay()), as: UTF8.self)
        #expect(!html.contains("<img"))
        #expect(html.contains("&lt;img"))
    }

    @Test func `a rendered day is the sum of its pieces`() {
        let day = sampleDay()
        let pieces = day.split(separator: 0x0A).flatMap { MarkdownDigest.piece(for: Array($0) + [0x0A]) }
        #expect(MarkdownDigest.page(of: day) == pieces)
    }

    @Test(arguments: [
        ("# heading", "\\# heading"), ("1. item", "1\\. item"), ("a_b*c", "a\\_b\\*c"), ("two\nlines", "two lines"),
        ("\u{202E}evil\u{7}", "evil"), ("> quote", "\\> quote"), ("3.5 per cent", "3\\.5 per cent"),
    ])
    func `markdown is escaped`(_ text: String, _ escaped: String) { #expect(inMarkdown(text) == escaped) }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "//host/x", "file:///etc/passwd", ""])
    func `only web addresses become links`(_ url: String) { #expect(linkTarget(url) == nil) }

    @Test func `a link cannot leave its attribute`() {
        #expect(linkTarget("https://a.example/\"><script>") == "https://a.example/%22%3E%3Cscript%3E")
    }
}
