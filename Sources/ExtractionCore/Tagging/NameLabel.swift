/// What a token is for the names of an article: outside of all, or the first or a further token of one.
struct NameLabel: Hashable, Sendable {
    let rawValue: UInt8

    static let outside = NameLabel(rawValue: 0)
    /// How many labels there are.
    static let count = 7
    /// In the order of their labels.
    static let kinds: [Entity.Kind] = [.person, .organisation, .place]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Nil for a kind that the tagger does not know.
    init?(_ kind: Entity.Kind, isFirst: Bool) {
        guard let index = NameLabel.kinds.firstIndex(of: kind) else { return nil }
        rawValue = UInt8(1 + 2 * index + (isFirst ? 0 : 1))
    }

    var kind: Entity.Kind? { rawValue == 0 ? nil : NameLabel.kinds[Int(rawValue - 1) / 2] }
    var isFirst: Bool { rawValue & 1 == 1 }

    /// Whether a label may stand behind another: a name goes on only with its own kind.
    func follows(_ previous: NameLabel) -> Bool {
        if rawValue == 0 || isFirst { return true }
        return previous.rawValue == rawValue || previous.rawValue == rawValue - 1
    }

    /// The last token of the name that begins at a token.
    static func last(of first: Int, in labels: [NameLabel], before end: Int) -> Int {
        var last = first
        while last + 1 < end, labels[last + 1].rawValue != 0, !labels[last + 1].isFirst { last += 1 }
        return last
    }
}
