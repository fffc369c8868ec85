@testable import ExtractionCore

/// A feed made by a program: a head, items that know their own text, and a tail.
struct MadeFeed: Sendable, CustomStringConvertible {
    enum Family: CaseIterable { case rss, oldRSS, rdf, atom, oldAtom }
    enum Body: CaseIterable { case escaped, section, plain, naked }

    let family: Family
    let body: Body
    let count = 9

    /// Twenty of them.
    static let all = Family.allCases.flatMap { family in Body.allCases.map { MadeFeed(family: family, body: $0) } }

    var description: String { "\(family), \(body)" }
    var isAtom: Bool { family == .atom || family == .oldAtom }
    var item: String { isAtom ? "entry" : "item" }
    var root: String { isAtom ? "feed" : family == .rdf ? "rdf:RDF" : "rss" }

    private static let places = ["Veldt", "Orška", "Λίμνη", "Город", "東町", "Łęka", "Åby", "قرية", "Nové"]

    func id(_ number: Int) -> String { "https://feed.example/\(family)/\(number)" }
    func title(_ number: Int) -> String { "\(MadeFeed.places[number % 9]): ferry \(number) is late" }

    var head: String {
        let declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        let title = "<title>Harbour news</title>"
        let link = "<link>https://feed.example/</link>"
        return declaration
            + {
                switch family {
                case .rss:
                    """
                    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
                    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\(title)\(link)
                    """
                case .oldRSS: "<rss version=\"0.91\"><channel>\(title)\(link)"
                case .rdf:
                    """
                    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
                    <channel rdf:about="x">\(title)\(link)</channel>
                    """
                case .atom: "<feed xmlns=\"http://www.w3.org/2005/Atom\">\(title)<id>f</id>"
                case .oldAtom: "<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\">\(title)<id>f</id>"
                }
            }()
    }

    var tail: String { isAtom ? "</feed>" : family == .rdf ? "</rdf:RDF>" : "</channel></rss>" }

    func item(_ number: Int) -> String {
        let title = "<title>\(title(number))</title>"
        switch family {
        case .rss, .oldRSS:
            return """
                <item>\(title)<link>\(id(number))</link><guid isPermaLink="true">\(id(number))</guid>
                <description>\(text(number))</description><pubDate>Tue, 06 Jun 2017 09:12:00 GMT</pubDate></item>

                """
        case .rdf:
            return """
                <item rdf:about="\(id(number))">\(title)<link>\(id(number))</link>
                <description>\(text(number))</description></item>

                """
        case .atom, .oldAtom:
            let type = body == .naked ? "xhtml" : body == .plain ? "text" : "html"
            let mode = family == .oldAtom && body != .naked ? " mode=\"escaped\"" : ""
            return """
                <entry><id>\(id(number))</id>\(title)<link rel="alternate" href="\(id(number))"/>
                <summary type="\(type)"\(mode)>\(text(number))</summary><updated>2017-06-06T09:12:00Z</updated></entry>

                """
        }
    }

    private func text(_ number: Int) -> String {
        switch body {
        case .escaped: "&lt;p&gt;The boat of pier \(number) &amp;amp; its crew&lt;/p&gt;"
        case .section: "<![CDATA[<p>The boat of pier \(number) & its crew</p>]]>"
        case .plain: "The boat of pier \(number) and its crew"
        case .naked: "<div><p>The boat of pier <b>\(number)</b> and its crew</p></div>"
        }
    }

    /// The document with some items changed.
    func document(changing changes: [Int: (String) -> String] = [:]) -> [UInt8] {
        var text = head
        for number in 0..<count { text += changes[number]?(item(number)) ?? item(number) }
        return Array((text + tail).utf8)
    }
}

extension String {
    /// The string with the first place of a text changed; the string must hold it.
    func changing(_ old: String, to new: String) -> String {
        let bytes = Array(utf8)
        let wanted = Array(old.utf8)
        for start in 0...max(0, bytes.count - wanted.count) where bytes[start...].starts(with: wanted) {
            return String(decoding: bytes[..<start] + Array(new.utf8) + bytes[(start + wanted.count)...], as: UTF8.self)
        }
        return self
    }

    var withoutLastByte: String { String(decoding: utf8.dropLast(), as: UTF8.self) }
}

private let reader = NewsReader(lexicon: .embedded())

func read(_ bytes: [UInt8], url: String? = nil) throws -> Feed {
    try reader.feed(
        in: Document(bytes: bytes, origin: .standardInput, receivedAt: Instant(seconds: 0), url: url))
}

func read(_ source: String, url: String? = nil) throws -> Feed { try read(Array(source.utf8), url: url) }
