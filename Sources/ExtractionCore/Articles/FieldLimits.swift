// A page may call a megabyte its headline and a feed may call one its identity. Such fields are shortened where an
// article is made, so that nobody after it has to fear them.

extension ArticleFields {
    /// The fields, none longer than anybody means it.
    var limited: ArticleFields {
        var fields = self
        fields.headline = headline.map { shortened($0, to: 400) }
        fields.standfirst = standfirst.map { shortened($0, to: 2000) }
        fields.site = site.map { shortened($0, to: 200) }
        fields.details.section = details.section.map { shortened($0, to: 100) }
        fields.details.liveEntries = Array(details.liveEntries.prefix(2000))
        fields.bylines = bylines.prefix(40).map { shortened($0, to: 200) }
        // Half an address leads elsewhere, and half a language is another one.
        fields.url = url.flatMap { $0.utf8.count <= 4096 ? $0 : nil }
        fields.canonicalURL = canonicalURL.flatMap { $0.utf8.count <= 4096 ? $0 : nil }
        fields.language = language.flatMap { $0.utf8.count <= 35 ? $0 : nil }
        return fields
    }
}

/// The start of a string in at most so many bytes of UTF-8, cut between words where there are some, with "…".
func shortened(_ string: String, to limit: Int) -> String {
    guard string.utf8.count > limit else { return string }
    let bytes = Array(string.utf8.prefix(limit + 1))
    var end = limit
    while end > 0, ASCII.isContinuation(bytes[end]) { end -= 1 }
    if let blank = bytes[..<end].lastIndex(of: 0x20), blank > limit / 2 { end = blank }
    return String(decoding: bytes[..<end], as: UTF8.self) + "\u{2026}"
}
