internal import ExtractionCore

/// The append-only Markdown of a day: each record gives one fixed piece of text.
///
/// A pure function of the record alone: no clock, locale or database, so that a day can be rendered again byte for byte.
public enum MarkdownDigest {
    /// The piece for one line of the record file; empty for a line that is no record.
    public static func piece(for line: [UInt8]) -> [UInt8] {
        guard let json = JSONValue(parsing: line.last == 0x0A ? line.dropLast() : line[...]) else { return [] }
        return Array(piece(RecordView(json: json)).utf8)
    }

    /// The whole file for a day's records.
    public static func page(of records: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for line in records.split(separator: 0x0A) { out += piece(for: Array(line)) }
        return out
    }

    /// The file of alerts: the alert records alone.
    public static func alertPiece(for line: [UInt8]) -> [UInt8] {
        guard let json = JSONValue(parsing: line.last == 0x0A ? line.dropLast() : line[...]) else { return [] }
        let record = RecordView(json: json)
        return Array(("- " + record.clock + " " + alertText(record) + "\n").utf8)
    }

    private static func piece(_ record: RecordView) -> String {
        switch record.type {
        case "opened": opened(record)
        case "story": story(record, heading: "NEW STORY")
        case "update": story(record, heading: "UPDATE")
        case "article": also(record)
        case "duplicate_count": repeated(record)
        case "alert": alertText(record) + "\n\n"
        case "not_processed": notProcessed(record)
        case "closed": closed(record)
        default: ""
        }
    }

    private static func opened(_ record: RecordView) -> String {
        let day = record.string("day") ?? ""
        var out = "# Digest for " + longDayName(day) + "\n\n"
        out += inMarkdown(record.string("zone") ?? "UTC") + ", " + counted(record.int("hours") ?? 24, "hour") + ". "
        let carried = record.list("carried")
        if !carried.isEmpty {
            let watched = carried.count { $0["watched"]?.bool == true }
            out +=
                "Carried over: " + counted(carried.count, "open story", "open stories")
                + ", \(watched) of them watched. "
        }
        out += "Records: " + day + ".jsonl\n\n"
        if let gap = record.string("gap") { out += "Not running " + inMarkdown(gap) + ".\n\n" }
        return out
    }

    private static func story(_ record: RecordView, heading: String) -> String {
        var out = "## " + record.clock + " " + heading + ": " + inMarkdown(record.headline) + "\n\n"
        out += facts(record) + "\n\n"
        for change in record.list("changes") {
            guard let words = change["summary"]?.string else { continue }
            out += "- **" + inMarkdown(words) + "** [1]\n"
        }
        for sentence in record.texts("summary") { out += "- " + inMarkdown(sentence) + " [1]\n" }
        out += "\n" + figures(record) + said(record) + claimed(record) + timeline(record)
        let background = record.texts("background")
        if !background.isEmpty {
            out += "Background: " + background.map(inMarkdown).joined(separator: " ") + " [1]\n\n"
        }
        return out + source(record) + "\n\n"
    }

    /// The line under a heading: where, who tells it, how important, which story.
    private static func facts(_ record: RecordView) -> String {
        var parts = record.list("places").prefix(4).compactMap(placeName).map(inMarkdown)
        parts.append(counted(max(1, record.int("sources") ?? 1), "source"))
        parts += identityNotes(record).map(inMarkdown)
        if record.json["growth"]?["rising"]?.bool == true { parts.append("rising") }
        if let importance = record.json["importance"]?.number { parts.append("importance \(importance)") }
        if let story = record.story { parts.append("story " + story) }
        return parts.joined(separator: " · ")
    }

    /// The table of figures; `mark` follows each source.
    static func figures(_ record: RecordView, mark: String = " [1]") -> String {
        let rows =
            record.list("tolls").map(FigureRow.init(toll:)) + record.list("quantities").map(FigureRow.init(quantity:))
        guard !rows.isEmpty else { return "" }
        var out = "| figure | when | value | source, as reported |\n|---|---|---|---|\n"
        for row in rows {
            let value = (row.was.map { "~~" + inMarkdown($0) + "~~ → " } ?? "") + "**" + inMarkdown(row.value) + "**"
            out +=
                "| " + inMarkdown(row.figure) + " | " + inMarkdown(row.when) + " | " + value
                + (row.detail.hasPrefix(" ") ? " " : "") + inMarkdown(row.detail)
            out += " | " + inMarkdown(row.source) + mark + " |\n"
        }
        out += "\n"
        for disagreement in Disagreement.all(in: record.json) {
            let sides = disagreement.sides.map { "**" + inMarkdown($0.value) + "** (" + inMarkdown($0.source) + ")" }
            out +=
                "Sources disagree on " + inMarkdown(disagreement.topic) + ": " + sides.joined(separator: ", ") + ".\n\n"
        }
        return out
    }

    static func said(_ record: RecordView, mark: String = " [1]") -> String {
        var out = ""
        for quotation in record.list("quotations") {
            guard let words = quotation["text"]?.string else { continue }
            out += "> “" + inMarkdown(words) + "” (" + inMarkdown(speaker(of: quotation)) + ")" + mark + "\n\n"
        }
        return out
    }

    static func claimed(
        _ record: RecordView, heading: String = "Claimed, not confirmed by a second source:", mark: String = " [1]"
    ) -> String {
        let claims = record.list("claims")
        guard !claims.isEmpty else { return "" }
        var out = heading + "\n\n"
        for claim in claims {
            let source = claim["source"]?["name"]?.string ?? "no source named"
            out += "- " + inMarkdown(source) + ": “" + inMarkdown(claim["text"]?.string ?? "") + "”" + mark + "\n"
        }
        return out + "\n"
    }

    /// What became of ids that earlier lines named.
    static func identityNotes(_ record: RecordView) -> [String] {
        var notes: [String] = []
        if let old = record.string("split_from") { notes.append("another event than story " + old + ", split from it") }
        let merged = record.strings("merged")
        if !merged.isEmpty { notes.append("one with story " + merged.joined(separator: ", ")) }
        if record.string("status") == Story.Status.newPhase.rawValue { notes.append("new phase") }
        return notes
    }

    /// What happened when, where a story has more than one article to tell of.
    static func timeline(_ record: RecordView) -> String {
        let rows = TimelineRow.rows(of: record)
        guard rows.count >= 2 else { return "" }
        var out = "Timeline:\n\n"
        for row in rows {
            let mark = row.article == record.article?.json["id"]?.string ? "[1]" : "(" + row.shortArticle + ")"
            out += "- " + inMarkdown(row.when) + ": " + inMarkdown(row.text) + " " + mark + "\n"
        }
        return out + "\n"
    }

    private static func source(_ record: RecordView) -> String {
        guard let article = record.article else { return "" }
        var parts = article.parts().map(inMarkdown)
        parts += record.strings("notes").map(inMarkdown)
        if let link = linkTarget(article.url) { parts.append("<" + link + ">") }
        return "[1] " + parts.joined(separator: " · ")
    }

    private static func also(_ record: RecordView) -> String {
        guard let article = record.article else { return "" }
        var parts = article.parts().map(inMarkdown)
        if let link = linkTarget(article.url) { parts.append("<" + link + ">") }
        let confirms = record.strings("confirms")
        if !confirms.isEmpty { parts.append("confirms " + confirms.map(inMarkdown).joined(separator: ", ")) }
        if let story = record.story { parts.append("story " + story) }
        parts += identityNotes(record).map(inMarkdown)
        let headline = inMarkdown(record.string("story_headline") ?? record.headline)
        return "## \(record.clock) Also on: \(headline)\n\n" + parts.joined(separator: " · ") + "\n\n"
            + (record.tellsTolls ? figures(record, mark: "") : "")
    }

    /// A repeat is counted, not printed; one short line keeps the file's account complete.
    private static func repeated(_ record: RecordView) -> String {
        let names = record.list("articles").map { ArticleView(json: $0) }.map { article in
            inMarkdown(article.file ?? article.url ?? article.title ?? "an article")
        }
        return record.clock + " Repeat, not printed again: " + names.joined(separator: ", ") + " (story "
            + (record.story ?? "") + ", " + counted(record.int("total") ?? 1, "repeat") + ")\n\n"
    }

    private static func notProcessed(_ record: RecordView) -> String {
        "## " + record.clock + " Not processed\n\n" + inMarkdown(notProcessedText(record)) + "\n\n"
    }

    private static func closed(_ record: RecordView) -> String {
        let end = record.json["late"]?.bool == true ? record.clock : "24:00"
        var out = "## " + end + " Day closed\n\n" + inMarkdown(countsText(record)) + "\n"
        let quiet = record.strings("quiet_stories")
        if !quiet.isEmpty {
            out += "Quiet, on your watch list: " + quiet.map(inMarkdown).joined(separator: ", ") + ".\n"
        }
        return out + "\n"
    }

    private static func alertText(_ record: RecordView) -> String {
        "**ALERT, " + inMarkdown(record.string("severity") ?? "") + ":** " + inMarkdown(record.string("reason") ?? "")
            + ". Rule “" + inMarkdown(record.string("rule") ?? "") + "”."
    }
}

/// `Port Alder, Norland`; a country alone is named once.
func placeName(_ place: JSONValue) -> String? {
    guard let name = place["name"]?.string else { return place.string }
    guard let country = place["country_name"]?.string, country != name else { return name }
    return name + ", " + country
}

/// "Jane Doe, spokeswoman for the council", or that nobody is named.
func speaker(of quotation: JSONValue) -> String {
    guard let speaker = quotation["speaker"], let name = speaker["name"]?.string else { return "speaker not named" }
    return name + (speaker["role"]?.string.map { ", " + $0 } ?? "")
}

/// What could not be read, and why.
func notProcessedText(_ record: RecordView) -> String {
    let subject =
        switch record.string("kind") {
        case "feed": "Feed " + (record.string("feed") ?? "")
        case "entry": "Entry of " + (record.string("feed") ?? "")
        case "address": (record.string("url") ?? "") + " (in " + (record.string("file") ?? "") + ")"
        default: "Dropped file " + (record.string("file") ?? "")
        }
    let member = record.string("member").map { ", part \($0)" } ?? ""
    let kept = record.string("kept_as").map { "; kept as \($0)" } ?? ""
    let next = record.string("next_try").map { "; next try " + dayAndTime($0) } ?? ""
    return subject + member + ": " + (record.string("message") ?? record.string("code") ?? "no reason given") + kept
        + next
}

/// The closing line's sentence, with another sentence for a quiet day and for a failed one.
func countsText(_ record: RecordView) -> String {
    let counts = record.json["counts"]
    func count(_ name: String) -> Int { counts?[name]?.int ?? 0 }
    let total = record.json["feeds"]?["total"]?.int ?? 0
    let failing = record.json["feeds"]?["failing"]?.int ?? 0
    let feeds = total == 0 ? "" : " \(total - failing) of \(counted(total, "feed")) in order."
    if count("read") == 0 {
        if failing > 0 { return "No articles: \(failing) of \(counted(total, "feed")) failing." }
        let files = count("not_processed") > 0 ? " Not processed: \(count("not_processed"))." : ""
        return "0 new articles." + feeds + files
    }
    return counted(count("read"), "article") + " read: " + counted(count("stories"), "new story", "new stories") + ", "
        + counted(count("updates"), "update") + ", " + counted(count("articles"), "more report") + ", "
        + counted(count("duplicates"), "repeat") + " folded. " + counted(count("alerts"), "alert") + ". Not processed: "
        + "\(count("not_processed"))." + feeds
}
