public import ExtractionCore

/// One article as a person would like to read it: what it is, what it says in short, and its text with its blocks.
///
/// The short part is the digest's, so that an article reads here as it reads there.
public enum ArticleMarkdown {
    public static func page(of article: Article, _ analysis: Analysis) -> String {
        let record = record(of: article, analysis)
        var parts = head(article, record)
        parts += facts(article, analysis, record)
        let text = text(of: article)
        if parts.count > 1, !text.isEmpty { parts.append("---") }
        parts += text
        parts += captions(article)
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// The article as the digest's record has it.
    private static func record(of article: Article, _ analysis: Analysis) -> RecordView {
        var json = JSONWriter()
        let filing = Filing(kind: .opened, story: StoryID(""))
        json.object {
            RecordComposer(filing: filing, article: article, analysis: analysis, story: nil).write(to: &$0)
        }
        return RecordView(json: JSONValue(parsing: json.bytes) ?? .object([]))
    }

    // MARK: The head

    private static func head(_ article: Article, _ record: RecordView) -> [String] {
        var parts = ["# " + words(article.headline ?? record.headline)]
        if let standfirst = article.standfirst.map(words), !standfirst.isEmpty { parts.append("*" + standfirst + "*") }
        var line: [String] = []
        if !article.bylines.isEmpty { line.append("By " + article.bylines.map(words).joined(separator: ", ")) }
        if let published = article.published {
            line.append(dayAndTime(published.iso8601))
        } else if let day = article.dateline?.date ?? article.contentDate {
            line.append(dayName(day.iso8601))
        }
        if let site = article.site { line.append(words(site)) }
        if let language = languageName(of: article.language) { line.append("In " + language) }
        if let link = linkTarget(article.url) { line.append("<" + link + ">") }
        if !line.isEmpty { parts.append(line.joined(separator: " · ")) }
        return parts
    }

    // MARK: In short

    /// A text this short is read as quickly as its summary.
    private static let shortText = 700

    private static func facts(_ article: Article, _ analysis: Analysis, _ record: RecordView) -> [String] {
        var parts: [String] = []
        if article.text.count > shortText {
            let sentences = record.texts("summary").filter { article.headline != nil || $0 != record.headline }
            parts.append(sentences.map { "- " + words($0) }.joined(separator: "\n"))
        }
        // Names in other languages are found by rules that know English.
        guard article.isEnglish else { return parts.filter { !$0.isEmpty } }
        parts.append(MarkdownDigest.figures(record, mark: ""))
        parts.append(MarkdownDigest.said(record, mark: ""))
        parts.append(MarkdownDigest.claimed(record, heading: "Claimed:", mark: ""))
        parts.append(names(record).joined(separator: "  \n"))
        return parts.map {
            $0.hasSuffix("\n\n") ? String($0.dropLast(2)) : $0.hasSuffix("\n") ? String($0.dropLast()) : $0
        }
        .filter { !$0.isEmpty }
    }

    private static func names(_ record: RecordView) -> [String] {
        let people = record.list("people").compactMap { person in
            person["name"]?.string.map { words($0) + (person["role"]?.string.map { " (" + words($0) + ")" } ?? "") }
        }
        let organisations = record.list("organisations").compactMap { $0["name"]?.string.map(words) }
        let places = record.list("places").compactMap { place in
            place["name"]?.string.map { name in
                let country = place["country_name"]?.string.flatMap { $0 == name ? nil : $0 }
                return words(name) + (country.map { " (" + words($0) + ")" } ?? "")
            }
        }
        return [("People", people), ("Organisations", organisations), ("Places", places)].filter { !$0.1.isEmpty }.map {
            "**" + $0.0 + ":** " + $0.1.joined(separator: ", ")
        }
    }

    // MARK: The text

    private static func text(of article: Article) -> [String] {
        var parts: [String] = []
        var items: [String] = []
        func endList() {
            if !items.isEmpty { parts.append(items.joined(separator: "\n")) }
            items = []
        }
        var hasText = false
        for block in article.blocks {
            let shown = article.shown(block.range)
            if block.kind == .listItem {
                items.append("- " + words(withoutBullet(shown)))
                hasText = true
                continue
            }
            endList()
            switch block.kind {
            case .heading:
                // What stands above the text is in the head already.
                if !hasText, isInHead(shown, article) { continue }
                parts.append("## " + words(shown))
            case .quote: parts.append("> " + words(shown))
            case .caption: continue
            case .paragraph, .listItem: parts.append(words(shown))
            }
            hasText = hasText || block.isRunningText
        }
        endList()
        return parts
    }

    private static func isInHead(_ shown: String, _ article: Article) -> Bool {
        let lower = shown.lowercased()
        if lower == article.headline.map({ plain($0).lowercased() }) { return true }
        if article.bylines.contains(where: { lower.contains($0.lowercased()) }) && shown.utf8.count < 160 {
            return true
        }
        // The employer below a byline.
        if !article.bylines.isEmpty, shown.split(separator: " ").count <= 3 { return true }
        return shown.utf8.count < 60
            && (article.published?.day ?? article.contentDate).map { shown.contains("\($0.year)") } == true
    }

    /// Plain text brings its own bullets.
    private static func withoutBullet(_ shown: String) -> String {
        for bullet in ["- ", "* ", "• ", "•"] where shown.hasPrefix(bullet) {
            return String(shown.dropFirst(bullet.count))
        }
        return shown
    }

    private static func captions(_ article: Article) -> [String] {
        guard !article.captions.isEmpty else { return [] }
        return ["**Pictures**", article.captions.map { "- *" + words($0) + "*" }.joined(separator: "\n")]
    }

    /// A line's words, with what Markdown would take for a character reference escaped too.
    private static func words(_ string: String) -> String {
        let line = inMarkdown(string)
        guard line.utf8.contains(0x26) else { return line }
        var out = ""
        var rest = line[...]
        while let mark = rest.firstIndex(of: "&") {
            let after = rest[rest.index(after: mark)...]
            out += rest[..<mark]
            let name = after.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "#" }
            let isReference = !name.isEmpty && after.dropFirst(name.count).first == ";"
            out += isReference ? "\\&" : "&"
            rest = after
        }
        return out + rest
    }
}
