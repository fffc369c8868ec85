public import ExtractionCore

/// Names a story for ever; never reused.
public struct StoryID: Hashable, Sendable, Comparable {
    public let value: String

    public init(_ value: String) { self.value = value }

    /// What a story is called after the article that opens it, unless that is taken: twelve digits of the article's id,
    /// so that no two stories of years share one.
    init(openedBy article: ArticleID) {
        self.init(usualDigits: article.high >> 16)
    }

    /// The twelve digits of such an id as a number; nil for an id of another form.
    var usualDigits: UInt64? {
        let bytes = Array(value.utf8)
        guard bytes.count == 14, bytes[0] == UInt8(ascii: "s"), bytes[1] == UInt8(ascii: "-") else { return nil }
        var number: UInt64 = 0
        for byte in bytes.dropFirst(2) {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }

    init(usualDigits number: UInt64) {
        value = "s-" + hexadecimal((0..<6).map { UInt8(truncatingIfNeeded: number >> UInt64(40 - $0 * 8)) })
    }

    public static func < (left: StoryID, right: StoryID) -> Bool { left.value < right.value }
}

/// What became of an article: a repeat, an update, one more report, or a new story.
public struct Filing: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case duplicate, update, joined, opened }

    public let kind: Kind
    public let story: StoryID
    /// The earlier article that this one repeats or updates.
    public let of: ArticleID?
    /// The words are the same, not only alike.
    public let isExact: Bool
    public var changes: [Change]
    /// Ids of the story's tolls that this article repeats.
    public var confirms: [String]
    /// The article's own tolls, as filed.
    public var tolls: [StoryToll]
    /// Ids of tolls that disagree: other sources, the same outcome, intervals that do not overlap.
    public var rivals: [[String]]
    /// Stories that this article showed to be one with its own; they live on under `story`.
    public var merged: [StoryID] = []
    /// The story that this article showed to be two: its own story is the smaller part.
    public var split: StoryID?
    /// Whose text it is: the agency credited, else whoever had the text first, else the publication.
    public var owner: String?

    public init(
        kind: Kind, story: StoryID, of: ArticleID? = nil, isExact: Bool = false, changes: [Change] = [],
        confirms: [String] = [], tolls: [StoryToll] = [], rivals: [[String]] = []
    ) {
        self.kind = kind
        self.story = story
        self.of = of
        self.isExact = isExact
        self.changes = changes
        self.confirms = confirms
        self.tolls = tolls
        self.rivals = rivals
    }
}
