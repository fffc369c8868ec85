import Testing

@testable import ExtractionCore

@Suite struct CharsetTests {
    @Test func `valid UTF-8 beats a wrong declaration`() throws {
        let html = Array("<meta charset=iso-8859-1><p>Café – über".utf8)
        #expect(try Charset.decode(html, mediaTypeCharset: "windows-1252").utf8 == html)
    }

    @Test func `one-byte encodings are read by declaration`() throws {
        let cases: [([UInt8], String?, String)] = [
            ([0x63, 0x61, 0x66, 0xE9], "ISO-8859-1", "café"), ([0x80, 0x35], "windows-1252", "€5"),
            ([0xA4, 0x35], "iso-8859-15", "€5"), ([0xCC, 0xEE, 0xF1, 0xEA, 0xE2, 0xE0], "windows-1251", "Москва"),
            ([0xED, 0xCF, 0xD3, 0xCB, 0xD7, 0xC1], "koi8-r", "Москва"), ([0x93, 0x61, 0x94], nil, "“a”"),
        ]
        for (bytes, label, expected) in cases {
            #expect(
                String(decoding: try Charset.decode(bytes, mediaTypeCharset: label).utf8, as: UTF8.self) == expected)
        }
    }

    @Test func `declarations inside the document count`() throws {
        let xml = Array("<?xml version='1.0' encoding='windows-1251'?><a>".utf8) + [0xE4, 0xE0]
        #expect(String(decoding: try Charset.decode(xml).utf8, as: UTF8.self).hasSuffix("да"))
        let html = Array("<html><head><meta http-equiv=x content=\"text/html; charset=koi8-r\">".utf8) + [0xC4, 0xC1]
        #expect(String(decoding: try Charset.decode(html).utf8, as: UTF8.self).hasSuffix("да"))
    }

    @Test func `UTF-16 is read with and without a mark`() throws {
        let text = "Ça va 👍 bien"
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
            #expect(String(decoding: try Charset.decode(bytes).utf8, as: UTF8.self) == text)
        }
    }

    @Test func `half a surrogate pair is an error`() {
        #expect(throws: CharsetError.loneSurrogate) { try Charset.decode([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]) }
        #expect(throws: CharsetError.loneSurrogate) { try Charset.decode([0xFE, 0xFF, 0xDC, 0x00, 0x00, 0x41]) }
    }

    @Test func `a few broken bytes do not change the encoding`() throws {
        let bytes = Array("žluťoučký kůň úpěl ďábelské ódy".utf8) + [0xFF]
        #expect(String(decoding: try Charset.decode(bytes).utf8, as: UTF8.self).hasPrefix("žluťoučký"))
    }
}

@Suite struct WrittenDateTests {
    @Test func `days are read as people write them`() {
        let cases: [(String, String?)] = [
            ("on 6 June 2017 in the city", "2017-06-06"), ("June 6, 2017", "2017-06-06"),
            ("Sept. 3rd, 2020", "2020-09-03"),
            ("the 4th of July 1998", "1998-07-04"), ("2019-11-30", "2019-11-30"), ("12. März 2021", "2021-03-12"),
            ("3 de mayo de 2015", "2015-05-03"), ("03/04/2017", nil), ("may 12 people", nil), ("1,200 men", nil),
            ("31 June 2017", nil),
        ]
        for (text, expected) in cases { #expect(WrittenDate.first(in: text)?.date()?.iso8601 == expected, "\(text)") }
    }

    @Test func `a day without a year is the nearest one`() {
        let newYear = CivilDate(year: 2020, month: 1, day: 2)
        #expect(WrittenDate.first(in: "December 30")?.date(near: newYear)?.iso8601 == "2019-12-30")
    }
}

@Suite struct WebAddressTests {
    @Test func `references resolve as RFC 3986 says`() {
        let base = "http://a/b/c/d;p?q"
        let cases = [
            ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("", "http://a/b/c/d;p?q"),
        ]
        for (reference, expected) in cases {
            #expect(resolvedURL(reference, against: base) == expected, "\(reference)")
        }
    }

    @Test func `copies of an address have one canonical form`() {
        let cases = [
            ("http://www.Example.com:80/a/b/?utm_source=x&id=3#top", "https://example.com/a/b?id=3"),
            ("https://amp.example.com/news/amp/x", "https://example.com/news/x"),
            ("https://example.com/caf%c3%a9", "https://example.com/café"),
            ("https://example.com/x?b=2&a=1&fbclid=9", "https://example.com/x?a=1&b=2"),
        ]
        for (one, other) in cases { #expect(canonicalURL(one) == canonicalURL(other), "\(one)") }
        #expect(canonicalURL("https://example.com/A") != canonicalURL("https://example.com/a"))
        #expect(canonicalURL("https://example.com/?p=1") != canonicalURL("https://example.com/?p=2"))
        #expect(canonicalURL("https://example.com/camp") == "https://example.com/camp")
        for odd in ["", "mailto:x@y", "http://", "https://%", "http://[::1", "//x", "https://a/%zz?%", "://"] {
            _ = canonicalURL(odd)
        }
    }
}
