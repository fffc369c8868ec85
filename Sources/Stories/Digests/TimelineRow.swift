internal import ExtractionCore

/// A line of a story's timeline as the digests show it.
struct TimelineRow {
    let when: String
    let text: String
    /// The id of the article that tells it.
    let article: String

    init?(_ json: JSONValue) {
        guard let text = json["text"]?.string, let told = json["told"]?.string else { return nil }
        when = json["time"]?.string.map(timeInWords) ?? dayName(String(told.prefix(10)))
        self.text = json["kind"]?.string == "opened" ? "first reported: " + text : text
        article = json["article"]?.string ?? ""
    }

    static func rows(of record: RecordView) -> [TimelineRow] { record.list("timeline").compactMap(TimelineRow.init) }

    /// Enough of an article's id to find it in the records.
    var shortArticle: String { "article " + article.prefix(8) }
}
