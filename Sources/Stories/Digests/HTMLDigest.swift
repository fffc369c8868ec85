internal import ExtractionCore

/// The rolled view of a day: one page, grouped by story, most important first.
///
/// A pure function of the day's records. No script and no remote load; readable without its style sheet.
public enum HTMLDigest {
    /// Stories shown in full, and those shown as one line.
    static let fullStories = 10
    static let shortStories = 500

    public static func page(of records: [UInt8]) -> [UInt8] {
        let day = DigestDay(records: records)
        var out = head(day)
        let ranked = day.ranked
        out += alerts(day)
        out += "<section aria-label=\"Top stories\">\n<h2>Top stories</h2>\n"
        if ranked.isEmpty { out += "<p class=\"quiet\">" + inHTML(quietText(day)) + "</p>\n" }
        for (rank, story) in ranked.prefix(fullStories).enumerated() {
            out += HTMLStory(outline: story, day: day).section(number: rank + 1)
        }
        out += "</section>\n"
        out += alsoReported(ranked.dropFirst(fullStories))
        out += notProcessed(day)
        out += "</main>\n</body>\n</html>\n"
        return Array(out.utf8)
    }

    private static func head(_ day: DigestDay) -> String {
        let name = day.opened?.string("day") ?? ""
        let title = "Digest for " + longDayName(name)
        var out = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(inHTML(title))</title>
            <style>
            \(HTMLStyle.sheet)
            </style>
            </head>
            <body>
            <main>
            <header>
            <h1>\(inHTML(title))</h1>

            """
        out += "<p class=\"counts\">" + inHTML(counts(day)) + "</p>\n"
        if !day.sinceYesterday.isEmpty {
            out +=
                "<p class=\"since\"><strong>Since yesterday:</strong> "
                + inHTML(day.sinceYesterday.joined(separator: " · ")) + "</p>\n"
        }
        let window = [day.opened?.string("from"), day.opened?.string("to")].compactMap { $0 }.map(dayAndTime)
        let hours = day.opened?.int("hours") ?? 24
        out +=
            "<p class=\"window\">"
            + inHTML((day.opened?.string("zone") ?? "UTC") + ", " + window.joined(separator: " to "))
        out += " (\(counted(hours, "hour"))) · " + (day.closed == nil ? "still open" : "closed") + "</p>\n"
        if let gap = day.opened?.string("gap") {
            out += "<p class=\"window\">" + inHTML("Not running " + gap) + "</p>\n"
        }
        return out + "</header>\n"
    }

    static func counts(_ day: DigestDay) -> String {
        func count(_ type: String) -> Int { day.counts[type] ?? 0 }
        let articles = count("story") + count("update") + count("article")
        var parts = [
            counted(articles, "article"), counted(count("story"), "new story", "new stories"),
            counted(count("update"), "update"), counted(count("duplicate_count"), "repeat") + " folded",
            counted(count("alert"), "alert"),
        ]
        parts.append("not processed: \(count("not_processed"))")
        return parts.joined(separator: " · ")
    }

    private static func quietText(_ day: DigestDay) -> String {
        day.closed.map(countsText) ?? "No articles yet today."
    }

    private static func alerts(_ day: DigestDay) -> String {
        guard !day.alerts.isEmpty else { return "" }
        let order = ["critical", "high", "medium", "low"]
        let sorted = day.alerts.enumerated().sorted { left, right in
            let ranks = [left, right].map { order.firstIndex(of: $0.element.string("severity") ?? "") ?? order.count }
            return (ranks[0], left.offset) < (ranks[1], right.offset)
        }
        var out = "<section class=\"alerts\" aria-label=\"Alerts\">\n<h2>Alerts</h2>\n<ul>\n"
        for (_, alert) in sorted.prefix(shortStories) {
            let severity = alert.string("severity") ?? "low"
            out += "<li><span class=\"severity \(inHTML(severity))\">\(inHTML(severity))</span> \(alert.clock) "
            out +=
                inHTML(alert.string("reason") ?? "") + " <span class=\"rule\">" + inHTML(alert.string("rule") ?? "")
                + "</span>"
            if let story = alert.story { out += " <a href=\"#\(inHTML(story))\">story</a>" }
            out += "</li>\n"
        }
        return out + "</ul>\n</section>\n"
    }

    private static func alsoReported(_ stories: ArraySlice<DigestDay.StoryOutline>) -> String {
        guard !stories.isEmpty else { return "" }
        var out = "<section aria-label=\"Also reported\">\n<h2>Also reported</h2>\n<ul class=\"also\">\n"
        for story in stories.prefix(shortStories) {
            out += "<li id=\"\(inHTML(story.id))\"><span class=\"clock\">\(story.last)</span> " + inHTML(story.headline)
            out += " <span class=\"facts\">" + inHTML(HTMLStory.sources(story)) + "</span></li>\n"
        }
        out += "</ul>\n"
        if stories.count > shortStories {
            out += "<p class=\"quiet\">and \(stories.count - shortStories) more in the Markdown and JSONL files.</p>\n"
        }
        return out + "</section>\n"
    }

    private static func notProcessed(_ day: DigestDay) -> String {
        guard !day.notProcessed.isEmpty else { return "" }
        var out = "<section class=\"failed\" aria-label=\"Not processed\">\n<h2>Not processed</h2>\n<ul>\n"
        for record in day.notProcessed.prefix(shortStories) {
            out += "<li><span class=\"clock\">\(record.clock)</span> " + inHTML(notProcessedText(record)) + "</li>\n"
        }
        return out + "</ul>\n</section>\n"
    }
}

/// One story of the rolled view, with everything its records say.
struct HTMLStory {
    let outline: DigestDay.StoryOutline
    let day: DigestDay

    static func sources(_ story: DigestDay.StoryOutline) -> String {
        var parts = [counted(max(1, story.sources.count), "source"), counted(story.articles, "article")]
        if story.repeats > 0 { parts.append(counted(story.repeats, "repeat")) }
        return parts.joined(separator: ", ")
    }

    func section(number: Int) -> String {
        // A story with hundreds of reports is told by its first and its newest records.
        let lines =
            outline.lines.count <= 24 ? outline.lines : Array(outline.lines.prefix(8) + outline.lines.suffix(16))
        let records = lines.compactMap(day.record(at:))
        let telling = records.filter { $0.type == "story" || $0.type == "update" || $0.tellsTolls }
        var out = "<article id=\"\(inHTML(outline.id))\">\n<h3><span class=\"number\">\(number)</span> "
        let status = outline.status.split(separator: "_").joined(separator: " ")
        out +=
            inHTML(outline.headline)
            + " <span class=\"status \(inHTML(outline.status))\">\(inHTML(status))</span></h3>\n"
        out += "<p class=\"facts\">" + inHTML(facts) + "</p>\n"
        for record in records where record.string("split_from") != nil || !record.strings("merged").isEmpty {
            let notes = MarkdownDigest.identityNotes(record).joined(separator: "; ")
            out += "<p class=\"facts\">" + record.clock + " " + inHTML(notes) + "</p>\n"
        }
        var shown: Set<String> = []
        for (index, record) in telling.enumerated() { out += summary(record, number: index + 1, &shown) }
        out += timeline(records, telling)
        out += figures(telling) + disagreements(telling) + said(telling) + claimed(telling) + background(telling)
        let also = records.filter { ["article", "duplicate_count"].contains($0.type) && !$0.tellsTolls }
        out += sourceList(telling, also: also)
        return out + "</article>\n"
    }

    private var facts: String {
        var parts = [outline.places.joined(separator: ", ")].filter { !$0.isEmpty }
        parts.append(HTMLStory.sources(outline))
        parts.append("first " + outline.first + (outline.last == outline.first ? "" : ", last " + outline.last))
        parts.append("importance \(outline.importance)")
        return parts.joined(separator: " · ")
    }

    private func mark(_ number: Int) -> String {
        " <a class=\"mark\" href=\"#\(inHTML(outline.id))-\(number)\">[\(number)]</a>"
    }

    /// What a record tells; a sentence that an earlier one had is not repeated.
    private func summary(_ record: RecordView, number: Int, _ shown: inout Set<String>) -> String {
        var out = ""
        let changes = record.list("changes").compactMap { $0["summary"]?.string }
        if !changes.isEmpty {
            out += "<p class=\"changes\"><strong>" + record.clock + " update:</strong> "
            out += inHTML(changes.prefix(6).joined(separator: "; ")) + mark(number) + "</p>\n"
        }
        let sentences = record.texts("summary").filter { shown.insert($0).inserted }
        if !sentences.isEmpty {
            out += "<p>" + sentences.map { inHTML($0) + mark(number) }.joined(separator: " ") + "</p>\n"
        }
        return out
    }

    /// The newest timeline; an article that is listed below is named by its number.
    private func timeline(_ records: [RecordView], _ telling: [RecordView]) -> String {
        let rows = records.reversed().lazy.map(TimelineRow.rows).first { $0.count >= 2 } ?? []
        guard !rows.isEmpty else { return "" }
        var numbers: [String: Int] = [:]
        for (index, record) in telling.enumerated() {
            if let id = record.article?.json["id"]?.string { numbers[id] = index + 1 }
        }
        var out = "<h4>Timeline</h4>\n<ol class=\"timeline\">\n"
        for row in rows {
            let source =
                numbers[row.article].map(mark) ?? " <span class=\"clock\">" + inHTML(row.shortArticle) + "</span>"
            out += "<li><span class=\"clock\">" + inHTML(row.when) + "</span> " + inHTML(row.text) + source + "</li>\n"
        }
        return out + "</ol>\n"
    }

    private func figures(_ records: [RecordView]) -> String {
        var rows = ""
        var shown: Set<[String?]> = []
        for (index, record) in records.enumerated() {
            let facts =
                record.list("tolls").map(FigureRow.init(toll:))
                + record.list("quantities").map(FigureRow.init(quantity:))
            for row in facts
            where shown.insert([row.figure, row.when, row.value, row.detail, row.source, row.was]).inserted {
                let value =
                    (row.was.map { "<del>" + inHTML($0) + "</del> → " } ?? "") + "<b>" + inHTML(row.value) + "</b>"
                rows += "<tr><td>" + inHTML(row.figure) + "</td><td>" + inHTML(row.when) + "</td><td>" + value
                rows +=
                    (row.detail.hasPrefix(" ") ? " " : "") + inHTML(row.detail) + "</td><td>" + inHTML(row.source)
                    + mark(index + 1)
                rows += "</td><td>" + record.clock + "</td></tr>\n"
            }
        }
        guard !rows.isEmpty else { return "" }
        return "<h4>Figures, by source</h4>\n<table>\n<thead><tr><th>figure</th><th>when</th><th>value</th>"
            + "<th>source, as reported</th><th>read</th></tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n"
    }

    private func disagreements(_ records: [RecordView]) -> String {
        let tolls = records.flatMap { $0.list("tolls") }
        return records.flatMap { Disagreement.all(in: $0.json, known: tolls) }.map { disagreement in
            let sides = disagreement.sides.map { "<b>" + inHTML($0.value) + "</b> (" + inHTML($0.source) + ")" }
            return "<p class=\"dispute\">Sources disagree on " + inHTML(disagreement.topic) + ": "
                + sides.joined(separator: ", ") + ".</p>\n"
        }.joined()
    }

    private func said(_ records: [RecordView]) -> String {
        var out = ""
        var shown: Set<[String?]> = []
        for (index, record) in records.enumerated() {
            for quotation in record.list("quotations")
            where shown.insert([quotation["text"]?.string, quotation["speaker"]?["name"]?.string]).inserted {
                out += "<blockquote><p>“" + inHTML(quotation["text"]?.string ?? "") + "”</p><footer>"
                out += inHTML(speaker(of: quotation)) + mark(index + 1) + "</footer></blockquote>\n"
            }
        }
        return out.isEmpty ? "" : "<h4>Said</h4>\n" + out
    }

    private func claimed(_ records: [RecordView]) -> String {
        var out = ""
        for (index, record) in records.enumerated() {
            for claim in record.list("claims") {
                out += "<li>" + inHTML(claim["source"]?["name"]?.string ?? "no source named") + ": “"
                out += inHTML(claim["text"]?.string ?? "") + "”" + mark(index + 1) + "</li>\n"
            }
        }
        return out.isEmpty ? "" : "<h4>Claimed, not confirmed by a second source</h4>\n<ul>\n" + out + "</ul>\n"
    }

    private func background(_ records: [RecordView]) -> String {
        guard let index = records.firstIndex(where: { !$0.list("background").isEmpty }) else { return "" }
        let words = records[index].texts("background").joined(separator: " ")
        return "<p class=\"background\"><strong>Background</strong> " + inHTML(words) + mark(index + 1) + "</p>\n"
    }

    private func sourceList(_ telling: [RecordView], also: [RecordView]) -> String {
        var out = "<details open><summary>Sources (\(telling.count + also.count))</summary>\n<ol>\n"
        for (index, record) in telling.enumerated() {
            out += "<li id=\"\(inHTML(outline.id))-\(index + 1)\">" + source(record.article, record) + "</li>\n"
        }
        for record in also {
            if record.type == "article" {
                out += "<li>" + source(record.article, record) + "</li>\n"
            } else {
                for article in record.list("articles") {
                    out += "<li>same text: " + source(ArticleView(json: article), record) + "</li>\n"
                }
            }
        }
        return out + "</ol></details>\n"
    }

    private func source(_ article: ArticleView?, _ record: RecordView) -> String {
        guard let article else { return "" }
        var parts = article.parts().map(inHTML)
        parts.append("read " + record.clock)
        parts += record.strings("notes").map(inHTML)
        if let link = linkTarget(article.url) {
            parts.append("<a href=\"\(link)\" rel=\"noreferrer\">" + inHTML(article.url ?? link) + "</a>")
        }
        return parts.joined(separator: " · ")
    }
}
