public import ExtractionCore

/// A condition that readers want to hear of at once.
public enum AlertRule: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable { case low, medium, high, critical }

    /// These words stand in the article, as whole words, whatever their case.
    case words([String], Severity)
    /// A toll of that outcome has at least so many people.
    case toll(Toll.Outcome, atLeast: Int, Severity)
    /// Two sources give tolls of one event that differ by this ratio and by at least that many people.
    case rivals(ratio: Double, difference: Int, Severity)

    /// The rule in one line, as configuration would say it.
    public var name: String {
        switch self {
        case .words(let words, _): "words: " + words.joined(separator: " ")
        case .toll(let outcome, let count, _): "toll: \(outcome.rawValue) >= \(count)"
        case .rivals(let ratio, let difference, _): "rival tolls, ratio >= \(ratio), difference >= \(difference)"
        }
    }

    public var severity: Severity {
        switch self {
        case .words(_, let severity), .toll(_, _, let severity), .rivals(_, _, let severity): severity
        }
    }
}

/// Something that a rule found, with its evidence.
public struct Alert: Hashable, Sendable {
    public let rule: AlertRule
    public let story: StoryID
    /// In words, with source and modality: an alert never claims more than its evidence.
    public let reason: String
    public let article: ArticleID
    public let evidence: [TextRange]
    /// Alerts of one key are one alert; a new value makes a new key.
    public let key: String

    public init(
        rule: AlertRule, story: StoryID, reason: String, article: ArticleID, evidence: [TextRange], key: String
    ) {
        self.rule = rule
        self.story = story
        self.reason = reason
        self.article = article
        self.evidence = evidence
        self.key = key
    }
}
