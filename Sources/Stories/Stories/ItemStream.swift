import ExtractionCore

/// Answers a line `{"id", "items": [{"feed", "guid", "link", "title", "text", "date"}]}` with `{"id", "verdicts": […]}`.
///
/// Each line is a sequence of its own, with nothing known before.
public func itemVerdicts(line json: [UInt8]) -> [UInt8] {
    let value = JSONValue(parsing: json)
    var book = ItemBook()
    let verdicts = value?["items"]?.array.map { book.verdict(on: feedItem($0)) }
    var writer = JSONWriter()
    writer.object { writer in
        writer.member("id", value?["id"]?.string ?? value?["id"]?.int.map { String($0) })
        if let verdicts {
            writer.strings("verdicts", verdicts.map(\.rawValue))
        } else {
            writer.object("error") { writer in
                writer.member("code", "unreadable")
                writer.member("message", "no items")
            }
        }
    }
    return writer.bytes
}

private func feedItem(_ value: JSONValue) -> FeedItem {
    FeedItem(
        feed: value["feed"]?.string ?? "", guid: value["guid"]?.string, link: value["link"]?.string,
        title: value["title"]?.string, text: Text(value["text"]?.string ?? ""),
        date: (value["date"]?.string).flatMap(zonedTime))
}

/// Answers a line `a<TAB>b`: `same` when both addresses name one article, else `different`.
public func addressVerdict(line: some Sequence<UInt8>) -> String {
    let parts = String(decoding: Array(line), as: UTF8.self).split(
        separator: "\t", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return "different" }
    return canonicalURL(String(parts[0])) == canonicalURL(String(parts[1])) ? "same" : "different"
}
