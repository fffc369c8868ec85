/// Somebody's words.
///
/// A quotation without a speaker is kept: a reader can judge it, we cannot.
public struct Quotation: Hashable, Sendable {
    /// The words between the marks, without them.
    public let range: TextRange
    public let speaker: Speaker?
    /// The word that attributes, such as "told".
    public let cue: String?
    /// Between quotation marks.
    public let isDirect: Bool

    public init(range: TextRange, speaker: Speaker?, cue: String?, isDirect: Bool) {
        self.range = range
        self.speaker = speaker
        self.cue = cue
        self.isDirect = isDirect
    }
}

/// Who spoke: the fullest name that the article gives, with the role.
public struct Speaker: Hashable, Sendable {
    public let entity: Int?
    public let name: String
    public let role: String?

    public init(entity: Int?, name: String, role: String? = nil) {
        self.entity = entity
        self.name = name
        self.role = role
    }
}
