/// Reads JSON Feed 1.0 and 1.1.
enum JSONFeedReader {
    static func feed(in value: JSONValue, url: String?) -> Feed? {
        guard value["items"] != nil || value["version"]?.string?.hasPrefix("https://jsonfeed.org/") == true else {
            return nil
        }
        var feed = Feed(format: "json")
        feed.id = value["feed_url"]?.string
        feed.title = value["title"]?.string.map(ASCII.trimmed)
        feed.link = value["home_page_url"]?.string.map { resolvedURL($0, against: url) }
        feed.subtitle = value["description"]?.string
        feed.language = value["language"]?.string
        feed.authors = people(value)
        feed.entries = (value["items"]?.array ?? []).prefix(FeedReader.entryLimit).map { entry($0, feed, url) }
        return feed
    }

    private static func entry(_ item: JSONValue, _ feed: Feed, _ url: String?) -> Entry {
        var entry = Entry()
        entry.id = item["id"]?.string ?? item["id"]?.int.map(String.init)
        let base = feed.link ?? url
        entry.link = (item["url"]?.string ?? item["external_url"]?.string).map { resolvedURL($0, against: base) }
        entry.title = item["title"]?.string.map(ASCII.trimmed)
        entry.contentHTML = html(item, base)
        entry.summaryHTML = item["summary"]?.string.map {
            String(decoding: HTMLSanitizer.escaped($0.utf8), as: UTF8.self)
        }
        entry.published = item["date_published"]?.string.flatMap(FeedDate.time)
        entry.updated = item["date_modified"]?.string.flatMap(FeedDate.time)
        let authors = people(item)
        entry.authors = authors.isEmpty ? feed.authors : authors
        entry.enclosures = (item["attachments"]?.array ?? []).compactMap { part in
            part["url"]?.string.map {
                Enclosure(
                    url: resolvedURL($0, against: base), mediaType: part["mime_type"]?.string,
                    length: part["size_in_bytes"]?.int)
            }
        }
        return entry
    }

    private static func html(_ item: JSONValue, _ base: String?) -> String? {
        if let html = item["content_html"]?.string { return HTMLSanitizer.sanitized(Array(html.utf8), base: base) }
        return item["content_text"]?.string.map { String(decoding: HTMLSanitizer.escaped($0.utf8), as: UTF8.self) }
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
