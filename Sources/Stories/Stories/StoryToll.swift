public import ExtractionCore

/// A toll of a story by one source.
public struct StoryToll: Hashable, Sendable {
    /// `t-`, the story's digits, and a number.
    public let id: String
    public let outcome: Toll.Outcome
    public let low: Int
    /// `Int.max` when the source sets no upper end.
    public let high: Int
    public let precision: Precision
    public let source: String?
    /// A TIMEX3 value.
    public let time: String?
    /// It counts an open span ("since 2016"), not one event.
    public let isCumulative: Bool
    public let place: String?
    public let cause: String?
    public let article: ArticleID
    /// The publication that carried it.
    public let site: String?
    public let read: Instant
    /// The toll that this one revises.
    public let supersedes: String?

    public init(
        id: String, outcome: Toll.Outcome, low: Int, high: Int, precision: Precision, source: String? = nil,
        time: String? = nil, isCumulative: Bool = false, place: String? = nil, cause: String? = nil,
        article: ArticleID, site: String? = nil, read: Instant, supersedes: String? = nil
    ) {
        self.id = id
        self.outcome = outcome
        self.low = low
        self.high = max(low, high)
        self.precision = precision
        self.source = source
        self.time = time
        self.isCumulative = isCumulative
        self.place = place
        self.cause = cause
        self.article = article
        self.site = site
        self.read = read
        self.supersedes = supersedes
    }

    var figure: FigureRange { FigureRange(Double(low), high == .max ? nil : Double(high)) }

    /// "12", "3000-4000", "at least 12".
    public var shown: String {
        if high == .max { return "at least \(low)" }
        return low == high ? "\(low)" : "\(low)-\(high)"
    }

    func overlaps(_ other: StoryToll) -> Bool { low <= other.high && other.low <= high }
    func isSame(_ other: StoryToll) -> Bool { low == other.low && high == other.high }

    /// Whether the two may count the same people: same outcome, and nothing says that cause, place or day differ.
    func isComparable(with other: StoryToll) -> Bool {
        outcome == other.outcome && isCumulative == other.isCumulative && agreeInTime(with: other)
            && agree(place?.lowercased(), other.place?.lowercased()) && sharesWord(cause, other.cause)
    }

    /// The same time, or one a part of the day that the other gives: a toll "on Saturday" may be revised in its afternoon.
    private func agreeInTime(with other: StoryToll) -> Bool {
        if agree(time, other.time) { return true }
        guard let left = time, let right = other.time, left.utf8.first != UInt8(ascii: "P") else { return false }
        let (day, part) = left.utf8.count < right.utf8.count ? (left, right) : (right, left)
        return day.utf8.count == StoryToll.dayLength && part.hasPrefix(day + "T")
    }

    /// Of `2026-11-28`.
    private static let dayLength = 10

    private func agree(_ left: String?, _ right: String?) -> Bool { left == nil || right == nil || left == right }

    private func sharesWord(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return true }
        let stems = Set(StoryToll.stems(left))
        return stems.isEmpty || StoryToll.stems(right).isEmpty || StoryToll.stems(right).contains(where: stems.contains)
    }

    private static func stems(_ words: String) -> [String] {
        words.lowercased().split(whereSeparator: { !$0.isLetter }).map { String($0.prefix(5)) }.filter { $0.count > 2 }
    }
}
