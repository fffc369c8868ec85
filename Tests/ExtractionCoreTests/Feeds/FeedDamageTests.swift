import Testing

@testable import ExtractionCore

/// A fault put into one item of a feed.
struct Damage: Sendable, CustomStringConvertible {
    let description: String
    /// Whether the damaged item still has its own id and title.
    var keepsItem = true
    let change: @Sendable (_ item: String, _ feed: MadeFeed) -> String

    static let all: [Damage] = [
        Damage(description: "a bare ampersand") { item, _ in item.changing(" is late</title>", to: " is late &</title>")
        },
        Damage(description: "an undefined entity") { item, _ in item.changing("The boat", to: "The &boat; of") },
        Damage(description: "a control character") { item, _ in item.changing("ferry", to: "fer\u{8}ry") },
        Damage(description: "a doubled attribute") { item, _ in item.changing("<title>", to: "<title a=\"1\" a=\"2\">")
        },
        Damage(description: "an unquoted attribute") { item, _ in item.changing("<title>", to: "<title a=1 b>") },
        Damage(description: "a quotation mark missing") { item, _ in item.changing("<title>", to: "<title a=\"1>") },
        Damage(description: "a stray end tag") { item, _ in item.changing("<title>", to: "</nothing><title>") },
        Damage(description: "a stray end tag in a field") { item, _ in
            item.changing("late</title>", to: "late</b></title>")
        },
        Damage(description: "a wrong end tag") { item, _ in item.changing("late</title>", to: "late</subtitle>") },
        Damage(description: "an item that is not closed") { item, feed in item.changing("</\(feed.item)>", to: "") },
        Damage(description: "a title that is not closed") { item, _ in item.changing("</title>", to: "") },
        Damage(description: "a body that is not closed") { item, feed in
            item.changing(feed.isAtom ? "</summary>" : "</description>", to: "")
        },
        Damage(description: "a section that is not closed") { item, feed in
            feed.body == .section
                ? item.changing("]]>", to: "")
                : item.changing(
                    feed.isAtom ? "</summary>" : "</description>",
                    to: "<![CDATA[x" + (feed.isAtom ? "</summary>" : "</description>"))
        },
        Damage(description: "an unbound prefix") { item, _ in
            item.changing("<title>", to: "<zz:rank>7</zz:rank><title>")
        },
        Damage(description: "the feed's end too early", keepsItem: true) { item, feed in feed.tail + item },
        Damage(description: "an item in the item", keepsItem: false) { item, feed in
            item.changing("<title>", to: "<\(feed.item)><title>")
        },
        Damage(description: "text between items") { item, _ in "loose words &amp; marks > \" ' " + item },
        Damage(description: "a comment that is not closed") { item, _ in "<!-- old >" + item },
        Damage(description: "a bare angle") { item, _ in item.changing("late</title>", to: "late, 3 < 4</title>") },
        Damage(description: "HTML that is not closed") { item, _ in
            item.changing("The boat", to: "<p>The<br>boat<b><i>")
        },
        Damage(description: "a tag without its angle", keepsItem: false) { item, _ in
            item.changing("<title>", to: "<title")
        },
        Damage(description: "a second declaration") { item, _ in "<?xml version=\"1.0\"?>" + item },
        Damage(description: "a document type with entities") { item, _ in
            "<!DOCTYPE x [<!ENTITY a \"<item>\"><!ENTITY b \"&a;&a;\">]>" + item
        },
        Damage(description: "400 elements deep") { item, _ in
            item.changing("The boat", to: String(repeating: "<div>", count: 400) + "The boat")
        },
        Damage(description: "capital letters") { item, _ in item.changing("<title>", to: "<TITLE>") },
        Damage(description: "an empty tag") { item, _ in item.changing("<title>", to: "<>< /></><title>") },
        Damage(description: "a processing instruction that is not closed") { item, _ in "<?php echo 1 ?" + item },
    ]
}

@Suite struct FeedDamageTests {
    private func expectSurvivors(_ feed: MadeFeed, _ damages: [Int: Damage], _ source: [UInt8]) throws {
        let read = try read(source)
        #expect(read.title == "Harbour news")
        let found = read.entries.map { "\($0.id ?? "-") \(feed.stem($0.title))" }
        for number in 0..<feed.count where damages[number]?.keepsItem ?? true {
            let isThere = found.contains { $0.hasPrefix("\(feed.id(number)) \(feed.stem(feed.title(number)))") }
            #expect(isThere, "item \(number) of \(found)")
        }
        let undamaged = (0..<feed.count).filter { damages[$0] == nil }.map(feed.id)
        #expect(read.entries.compactMap(\.id).filter(undamaged.contains) == undamaged, "order and number")
    }

    @Test(arguments: MadeFeed.all, Damage.all)
    func `no undamaged item is lost`(_ feed: MadeFeed, _ damage: Damage) throws {
        let source = feed.document(changing: [4: { damage.change($0, feed) }])
        try expectSurvivors(feed, [4: damage], source)
    }

    @Test(arguments: MadeFeed.pairs, Damage.all)
    func `two faults do no more harm than each alone`(_ feed: MadeFeed, _ first: Damage) throws {
        for second in Damage.all {
            let source = feed.document(changing: [2: { first.change($0, feed) }, 6: { second.change($0, feed) }])
            try expectSurvivors(feed, [2: first, 6: second], source)
        }
    }

    @Test(arguments: MadeFeed.all)
    func `what was finished before the end is kept`(_ feed: MadeFeed) throws {
        let whole = feed.document()
        for length in stride(from: feed.head.utf8.count, to: whole.count, by: 61) {
            let cut = Array(whole[..<length])
            let text = String(decoding: cut, as: UTF8.self)
            let finished = text.split(separator: "</\(feed.item)", omittingEmptySubsequences: false).count - 1
            let entries = try read(cut).entries
            #expect(entries.prefix(finished).compactMap(\.id) == (0..<finished).map(feed.id))
            #expect(entries.prefix(finished).allSatisfy { !$0.isCut })
            #expect(entries.dropFirst(finished).allSatisfy { $0.isCut })
        }
    }

    @Test(arguments: MadeFeed.all)
    func `junk around a feed is passed over`(_ feed: MadeFeed) throws {
        let source =
            Array("Warning: line 3 <br />\n<b>x</b>".utf8) + feed.document() + Array("<script>1<2</script> bye".utf8)
        try expectSurvivors(feed, [:], source)
    }

    @Test(arguments: MadeFeed.all)
    func `bytes that are no UTF-8 spoil their own item at most`(_ feed: MadeFeed) throws {
        var bytes = feed.document()
        let place = try #require(ASCII.find("ferry 4", in: bytes, 0..<bytes.count))
        bytes[place + 1] = 0xE9
        #expect(try read(bytes).entries.compactMap(\.id) == (0..<feed.count).map(feed.id))
    }
}

extension MadeFeed {
    static let pairs = [MadeFeed(family: .rss, body: .section), MadeFeed(family: .atom, body: .naked)]

    /// A title up to where faults are put into it.
    func stem(_ title: String?) -> String {
        String((title ?? "").unicodeScalars.prefix { $0 != "," && $0 != "&" && $0 != "<" }).trimmingEnd
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
