internal import ExtractionCore

// The digests as Atom feeds (RFC 4287): one entry a day, one entry an alert. Ids are tag URIs (RFC 4151) of the host
// and the day, so they stay the same over every rewrite while `updated` moves.

/// One entry of a digest feed, ready to be written.
public struct AtomEntry: Hashable, Sendable {
    /// When the newest record behind it was written, ISO 8601.
    public let updated: String
    let xml: String
}

/// Writes the digest feeds from the days' records.
public struct AtomDigest: Sendable {
    /// The authority of every id.
    private let host: String

    /// Stories that a day's entry tells; the page has the rest.
    private static let stories = 20

    /// `host` is what tells this desk's ids from another's, such as the machine's name.
    public init(host: String) {
        let name = host.lowercased().unicodeScalars.filter { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "."
        }
        self.host = name.isEmpty ? "localhost" : String(String.UnicodeScalarView(name))
    }

    /// The entry of a day; nil when the bytes are no day's records.
    public func day(of records: [UInt8]) -> AtomEntry? {
        let day = DigestDay(records: records)
        guard let name = day.opened?.string("day"), let updated = day.last?.string("at") else { return nil }
        return entry(
            id: "\(name):digest", title: "Digest for " + longDayName(name), updated: updated, page: name + ".html",
            summary: HTMLDigest.counts(day), content: AtomDigest.content(day))
    }

    /// The entries of a file of alerts, in its order.
    public func alerts(of records: [UInt8]) -> [AtomEntry] {
        records.split(separator: 0x0A).compactMap { line in
            guard let record = JSONValue(parsing: line).map(RecordView.init), record.type == "alert",
                let id = record.string("id"), let day = record.string("day"), let at = record.string("at")
            else { return nil }
            let reason = record.string("reason") ?? ""
            let headline = record.string("story_headline")
            var content = "<p><strong>" + inHTML(record.string("severity") ?? "low") + "</strong> " + inHTML(reason)
            content += headline.map { ", in “" + inHTML($0) + "”" } ?? ""
            content += "</p>\n<p>Rule “" + inHTML(record.string("rule") ?? "") + "”, " + inHTML(dayAndTime(at)) + "</p>"
            return entry(
                id: "\(day):\(id)", title: headline.map { $0 + ": " + reason } ?? reason, updated: at,
                page: day + ".html" + (record.story.map { "#" + $0 } ?? ""), summary: reason, content: content)
        }
    }

    /// A whole feed; entries stand in the order given, which should be newest first.
    public func feed(_ title: String, file: String, entries: some Collection<AtomEntry>) -> [UInt8] {
        var out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
        out += "<id>tag:\(host),2017:\(inHTML(file))</id>\n<title>\(inHTML(title))</title>\n"
        // RFC 4287 wants a time even of a feed that has nothing to say yet.
        let updated = entries.map(\.updated).max(by: AtomDigest.isEarlier) ?? "1970-01-01T00:00:00Z"
        out += "<updated>\(inHTML(updated))</updated>\n<author><name>copytaster</name></author>\n"
        out += "<link rel=\"self\" type=\"application/atom+xml\" href=\"\(inHTML(file))\"/>\n"
        for entry in entries { out += entry.xml }
        return Array((out + "</feed>\n").utf8)
    }

    /// Offsets differ over a change of the clock, so times are compared as times.
    private static func isEarlier(_ left: String, _ right: String) -> Bool {
        guard let one = FeedDate.time(left), let other = FeedDate.time(right) else { return left < right }
        return one.instant < other.instant
    }

    private func entry(id: String, title: String, updated: String, page: String, summary: String, content: String)
        -> AtomEntry
    {
        var out = "<entry>\n<id>tag:\(host),\(inHTML(id))</id>\n<title>\(inHTML(title))</title>\n"
        out += "<updated>\(inHTML(updated))</updated>\n"
        out += "<link rel=\"alternate\" type=\"text/html\" href=\"\(inHTML(page))\"/>\n"
        out += "<summary>\(inHTML(summary))</summary>\n"
        out += "<content type=\"html\">\(inHTML(content))</content>\n</entry>\n"
        return AtomEntry(updated: updated, xml: out)
    }

    /// Alerts and the first stories, without the page's anchors: a feed reader has no page to jump in.
    private static func content(_ day: DigestDay) -> String {
        var out = ""
        if !day.alerts.isEmpty {
            let alerts = day.alerts.prefix(stories).map { alert in
                "<li>" + inHTML((alert.string("severity") ?? "low") + ": " + (alert.string("reason") ?? "")) + "</li>"
            }
            out += "<h3>Alerts</h3>\n<ul>" + alerts.joined() + "</ul>\n"
        }
        let ranked = day.ranked
        for outline in ranked.prefix(stories) {
            out += "<h3>" + inHTML(outline.headline) + "</h3>\n"
            out += "<p><small>" + inHTML(outline.status + ", " + HTMLStory.sources(outline)) + "</small></p>\n"
            let telling = outline.lines.lazy.compactMap(day.record(at:)).last { !$0.texts("summary").isEmpty }
            if let sentences = telling?.texts("summary") {
                out += "<p>" + sentences.map(inHTML).joined(separator: " ") + "</p>\n"
            }
        }
        if ranked.count > stories {
            out += "<p>and " + inHTML(counted(ranked.count - stories, "more story", "more stories")) + "</p>\n"
        }
        return out
    }
}
