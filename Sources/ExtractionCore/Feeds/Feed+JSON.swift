extension Feed {
    /// Writes the members of the feed's record; the caller opens the object and says whose answer it is.
    public func write(to json: inout JSONWriter) {
        json.member("feed_id", id)
        json.member("format", format)
        json.member("title", titleHTML ?? title)
        json.member("link", link)
        json.member("updated", updated?.iso8601)
        json.member("subtitle", subtitleHTML ?? subtitle)
        json.member("self", selfLink)
        json.member("hub", hub)
        json.objects("authors", authors) { $1.write(to: &$0) }
        json.member("language", language)
        json.array("entries") { json in
            for entry in entries { json.object { entry.write(to: &$0) } }
        }
        json.strings("notes", notes)
    }
}

extension Entry {
    func write(to json: inout JSONWriter) {
        json.member("id", id)
        json.member("title", titleHTML ?? title)
        json.member("link", link)
        json.member("published", published?.iso8601)
        json.member("updated", updated?.iso8601)
        json.objects("authors", authors) { $1.write(to: &$0) }
        json.member("language", language)
        json.member("content", contentHTML)
        json.member("summary", summaryHTML)
        json.objects("enclosures", enclosures) { json, enclosure in
            json.member("url", enclosure.url)
            json.member("media_type", enclosure.mediaType)
            json.member("length", enclosure.length)
        }
        json.member("cut", isCut ? true : nil)
    }
}

extension Person {
    func write(to json: inout JSONWriter) {
        json.member("name", name)
        json.member("email", email)
        json.member("url", url)
    }
}
