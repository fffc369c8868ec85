/// Reads JSON Feed 1.0 and 1.1, and RSS in JSON.
enum JSONFeedReader {
    static func feed(in value: JSONValue, url: String?) -> Feed? {
        if let feed = RSSInJSON.feed(in: value, url: url) { return feed }
        guard value["items"] != nil || value["version"]?.string?.hasPrefix("https://jsonfeed.org/") == true else {
            return nil
        }
        var feed = Feed(format: "json")
        feed.id = text(value["feed_url"])
        feed.title = text(value["title"])
        feed.link = text(value["home_page_url"]).map { resolvedURL($0, against: url) }
        feed.subtitle = text(value["description"])
        feed.selfLink = feed.id
        feed.hub = value["hubs"]?.array.first.flatMap { text($0["url"]) }
        feed.language = text(value["language"])
        feed.authors = people(value)
        let items = value["items"]?.array ?? []
        let limit = FeedLimits().entries
        feed.entries = items.prefix(limit).map { entry($0, feed, url) }
        if items.count > limit { feed.notes.append("\(items.count - limit) entries beyond the limit left out") }
        return feed
    }

    /// A string or a whole number, without control characters and outer white space; nil when nothing is left.
    private static func text(_ value: JSONValue?) -> String? {
        guard let string = value?.string ?? value?.int.map(String.init) else { return nil }
        return FeedFields.nonEmpty(ASCII.trimmed(String(decoding: kept(string), as: UTF8.self)))
    }

    private static func kept(_ string: String) -> [UInt8] { string.utf8.filter { $0 >= 0x20 || ASCII.isSpace($0) } }

    private static func entry(_ item: JSONValue, _ feed: Feed, _ url: String?) -> Entry {
        var entry = Entry()
        entry.id = text(item["id"])
        let base = feed.link ?? url
        entry.link = (text(item["url"]) ?? text(item["external_url"])).map { resolvedURL($0, against: base) }
        entry.title = text(item["title"])
        entry.content = content(of: item, base)
        entry.summary = item["summary"]?.string.map { FeedText(source: HTMLSanitizer.escaped(kept($0))) }
        entry.published = item["date_published"]?.string.flatMap(FeedDate.time)
        entry.updated = item["date_modified"]?.string.flatMap(FeedDate.time)
        entry.language = text(item["language"])
        let authors = people(item)
        entry.authors = authors.isEmpty ? feed.authors : authors
        entry.enclosures = (item["attachments"]?.array ?? []).compactMap { part in
            text(part["url"]).map {
                Enclosure(
                    url: resolvedURL($0, against: base), mediaType: part["mime_type"]?.string,
                    length: part["size_in_bytes"]?.int)
            }
        }
        return entry
    }

    private static func content(of item: JSONValue, _ base: String?) -> FeedText? {
        if let html = item["content_html"]?.string { return FeedText(source: kept(html), base: base) }
        return item["content_text"]?.string.map { FeedText(source: HTMLSanitizer.escaped(kept($0))) }
    }

    /// Version 1.1 says `authors`, 1.0 said `author`; some say both.
    private static func people(_ value: JSONValue) -> [Person] {
        var people: [Person] = []
        for author in (value["authors"]?.array ?? []) + (value["author"].map { [$0] } ?? []) {
            let person =
                author.string.map { Person(name: $0) }
                ?? Person(name: author["name"]?.string, url: author["url"]?.string)
            if person != Person(), !people.contains(person) { people.append(person) }
        }
        return people
    }
}
