internal import ExtractionCore

/// A record of the day's file, as the renderers read it.
struct RecordView {
    let json: JSONValue

    var type: String { string("type") ?? "" }
    var story: String? { string("story") }
    /// `10:41`, from the record's own clock and zone.
    var clock: String { RecordView.clock(string("at")) }

    func string(_ name: String) -> String? { json[name]?.string }
    func int(_ name: String) -> Int? { json[name]?.int }
    func list(_ name: String) -> [JSONValue] { json[name]?.array ?? [] }
    func texts(_ name: String) -> [String] { list(name).compactMap { $0["text"]?.string } }
    func strings(_ name: String) -> [String] { list(name).compactMap(\.string) }

    /// A report that adds figures to a story which it does not revise.
    var tellsTolls: Bool { type == "article" && !list("tolls").isEmpty }

    /// The article of `story`, `update` and `article` records.
    var article: ArticleView? { json["article"].map(ArticleView.init) }
    /// The story's headline as the record gives it.
    var headline: String {
        json["headline"]?["text"]?.string ?? article?.title ?? texts("summary").first ?? "(no headline)"
    }
    var importance: Double { json["importance"]?.number ?? 0 }

    static func clock(_ at: String?) -> String {
        guard let at, at.utf8.count >= 16 else { return "--:--" }
        return String(decoding: Array(at.utf8)[11..<16], as: UTF8.self)
    }
}

/// Where an article came from, in a reader's words.
struct ArticleView {
    let json: JSONValue

    var title: String? { json["title"]?.string }
    var url: String? { json["url"]?.string }
    var site: String? { json["site"]?.string }
    var file: String? { json["file"]?.string }
    var feed: String? { json["feed"]?.string }
    var published: String? { json["published"]?.string }

    /// The publication for counting independent sources; a dropped file without one counts for itself.
    /// A text counts for its owner, whoever prints it.
    var sourceKey: String { json["owner"]?.string ?? site ?? feed ?? host ?? file ?? json["id"]?.string ?? "" }

    /// Whose page it is, where a dropped file only listed its address.
    private var host: String? {
        guard let member = json["member"]?.string, linkTarget(member) != nil else { return nil }
        return member.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init)
    }

    /// `site, "title", published 6 June 13:58` or `dropped file NAME · publisher not stated`, without the link.
    func parts() -> [String] {
        var parts: [String] = []
        if let host {
            if site == nil { parts.append(host) }
            parts.append("listed in dropped file " + (file ?? ""))
        } else if let file {
            let member = json["member"]?.string.map { ", part \($0)" } ?? ""
            parts.append("dropped file " + file + member)
        }
        if let site { parts.append(site) } else if file != nil, host == nil { parts.append("publisher not stated") }
        if let title { parts.append("“\(title)”") }
        if let language = languageName(of: json["language"]?.string) { parts.append("in " + language) }
        if let published {
            parts.append("published " + dayAndTime(published))
        } else if let date = json["content_date"]?.string {
            let basis = json["content_date_basis"]?.string.map { " by its \($0)" } ?? ""
            parts.append(dayName(date) + basis)
        }
        return parts
    }
}

private let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]
private let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

/// `2017-06-06` → `6 June 2017`; anything else as it is.
func dayName(_ value: String) -> String {
    guard value.utf8.count == 10, let date = CivilDate(iso8601: value) else { return value }
    return "\(date.day) \(months[date.month - 1]) \(date.year)"
}

/// A TIMEX3 value as a reader says it: `XXXX-06-05` → `5 June`, `XXXX-WXX-1TNI` → `Monday night`, `A/` → `since A`.
func timeInWords(_ value: String) -> String {
    let ends = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if ends.count == 2 {
        if ends[1].isEmpty { return "since " + timeInWords(ends[0]) }
        return ends[0].isEmpty ? "until " + timeInWords(ends[1]) : timeInWords(ends[0]) + " to " + timeInWords(ends[1])
    }
    if let ancient = beforeChrist(value) { return ancient }
    let dayParts = ["TMO": "morning", "TAF": "afternoon", "TEV": "evening", "TNI": "night", "TMI": "midday"]
    for (code, part) in dayParts where value.hasSuffix(code) && value.utf8.count > 3 {
        return timeInWords(String(value.dropLast(3))) + " " + part
    }
    let parts = value.split(separator: "-").map(String.init)
    if parts.count == 3, parts[1] == "WXX", let day = Int(parts[2]), (1...7).contains(day) { return weekdays[day - 1] }
    if parts.count >= 2, let month = Int(parts[1]), (1...12).contains(month) {
        let year = Int(parts[0]).map { " \($0)" } ?? ""
        if parts.count == 2 { return months[month - 1] + year }
        if parts.count == 3, let day = Int(parts[2]) { return "\(day) " + months[month - 1] + year }
    }
    if parts.count == 2, let span = spanInWords(parts[1]) { return parts[0] == "XXXX" ? span : span + " " + parts[0] }
    if let number = Int(value), value.utf8.count == 3 { return "the \(number)0s" }
    if let number = Int(value), value.utf8.count == 2 { return ordinal(number + 1) + " century" }
    if parts.count == 2, parts[1].first == "W", let week = Int(parts[1].dropFirst()) {
        return "week \(week) of " + parts[0]
    }
    switch value {
    case "PRESENT_REF": return "now"
    case "PAST_REF": return "in the past"
    case "FUTURE_REF": return "in the future"
    default: return value
    }
}

/// `SU` → `summer`, `Q3` → `third quarter of`, `H1` → `first half of`.
private func spanInWords(_ code: String) -> String? {
    switch code {
    case "SP": "spring"
    case "SU": "summer"
    case "FA": "autumn"
    case "WI": "winter"
    case "Q1", "H1": code.hasPrefix("Q") ? "first quarter of" : "first half of"
    case "Q2", "H2": code.hasPrefix("Q") ? "second quarter of" : "second half of"
    case "Q3": "third quarter of"
    case "Q4": "fourth quarter of"
    default: nil
    }
}

/// `BC0480-08` → `August 480 BC`.
private func beforeChrist(_ value: String) -> String? {
    guard value.hasPrefix("BC") else { return nil }
    let rest = value.dropFirst(2)
    let digits = rest.prefix { $0 != "-" }
    guard digits.utf8.count == 4, let year = Int(digits) else { return timeInWords(String(rest)) + " BC" }
    let tail = rest.dropFirst(4)
    return (tail.isEmpty ? "" : timeInWords("XXXX" + tail) + " ") + "\(year) BC"
}

private func ordinal(_ number: Int) -> String {
    let ending = (11...13).contains(number % 100) ? "th" : ["th", "st", "nd", "rd"][number % 10 < 4 ? number % 10 : 0]
    return "\(number)" + ending
}

/// `2017-06-06T13:58:00+01:00` → `6 June 2017 13:58`.
func dayAndTime(_ value: String) -> String {
    guard let date = CivilDate(iso8601: value) else { return value }
    let day = dayName(date.iso8601)
    return value.utf8.count >= 16 ? day + " " + RecordView.clock(value) : day
}

/// `2017-06-06` → `Tuesday 6 June 2017`.
func longDayName(_ value: String) -> String {
    guard let date = CivilDate(iso8601: value) else { return value }
    return weekdays[date.weekday - 1] + " " + dayName(value)
}

/// `1 story`, `2 stories`.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) " + (count == 1 ? one : many ?? one + "s")
}
