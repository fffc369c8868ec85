internal import ExtractionCore

/// A day's records grouped by story: what the rolled view shows.
///
/// Only the outline of a story is kept; the few stories shown in full are read again from their lines, so that a day
/// of thousands of stories costs little memory.
struct DigestDay {
    struct StoryOutline {
        let id: String
        var headline: String
        var status: String
        var first: String
        var last: String
        var importance: Double
        var places: [String] = []
        var sources: Set<String> = []
        var articles = 0
        var repeats = 0
        /// Lines of `story`, `update`, `article` and `duplicate_count` records.
        var lines: [Int] = []
        let order: Int
    }

    private(set) var opened: RecordView?
    private(set) var closed: RecordView?
    /// The newest record of any type.
    private(set) var last: RecordView?
    private(set) var alerts: [RecordView] = []
    private(set) var notProcessed: [RecordView] = []
    private(set) var counts: [String: Int] = [:]
    private(set) var sinceYesterday: [String] = []
    private var stories: [String: StoryOutline] = [:]
    private let lines: [ArraySlice<UInt8>]

    init(records: [UInt8]) {
        lines = records.split(separator: 0x0A)
        for index in lines.indices {
            if let record = record(at: index) { add(record, line: index) }
        }
    }

    /// Most important first; then first seen, then id.
    var ranked: [StoryOutline] {
        stories.values.sorted {
            ($1.importance, $0.order, $0.id) < ($0.importance, $1.order, $1.id)
        }
    }

    func record(at index: Int) -> RecordView? { JSONValue(parsing: lines[index]).map(RecordView.init) }

    private mutating func add(_ record: RecordView, line: Int) {
        counts[record.type, default: 0] += 1
        last = record
        switch record.type {
        case "opened": opened = record
        case "closed": closed = record
        case "alert": alerts.append(record)
        case "not_processed": notProcessed.append(record)
        case "story", "update", "article", "duplicate_count": addToStory(record, line: line)
        default: break
        }
    }

    private mutating func addToStory(_ record: RecordView, line: Int) {
        guard let id = record.story else { return }
        var story =
            stories[id]
            ?? StoryOutline(
                id: id, headline: record.string("story_headline") ?? record.headline,
                status: record.type == "story" ? "new" : "updated", first: record.clock, last: record.clock,
                importance: 0, order: line)
        story.last = record.clock
        if let status = record.string("status") { story.status = status }
        story.lines.append(line)
        story.importance = max(story.importance, record.importance)
        if record.type == "duplicate_count" {
            story.repeats += 1
            // Records of before counted publications.
            for article in record.list("articles") where record.int("sources") == nil {
                story.sources.insert(ArticleView(json: article).sourceKey)
            }
        } else {
            story.articles += 1
            if let key = record.article?.sourceKey { story.sources.insert(key) }
        }
        if record.type == "story" { story.headline = record.headline }
        if story.places.isEmpty {
            story.places = record.list("places").prefix(3).compactMap { $0["name"]?.string ?? $0.string }
        }
        for change in record.list("changes") where sinceYesterday.count < 8 && change["kind"]?.string == "toll" {
            if let words = change["summary"]?.string { sinceYesterday.append(story.headline + ": " + words) }
        }
        stories[id] = story
    }
}
