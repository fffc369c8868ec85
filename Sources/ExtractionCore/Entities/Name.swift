/// A name as it stands in the text, before anybody knows whom it names.
struct Name {
    var first: Int
    /// The last token, included.
    var last: Int
    let sentence: Int
    /// What stands in the text; part of a token in "US-led".
    var range: TextRange
    /// The tokens of a title or office right before the name.
    var title: Range<Int>?
    var form: Mention.Form = .name
    /// Settled already: a nationality, a body such as "the US-led coalition".
    var kind: Entity.Kind?
    /// What the tagger took it for.
    var tagged: Entity.Kind?
    /// The name in small letters, its tokens joined by blanks: what equal names share.
    var key: String
    /// The value of the word list that knows the name: a full name, a country.
    var known: String?

    var count: Int { last - first + 1 }
}

/// How much speaks for each kind.
struct Evidence {
    var person = 0.0
    var organisation = 0.0
    var place = 0.0

    static func += (left: inout Evidence, right: Evidence) {
        left.person += right.person
        left.organisation += right.organisation
        left.place += right.place
    }

    /// The likeliest kind; nil when nothing speaks for any.
    var kind: Entity.Kind? {
        let best = max(person, organisation, place)
        guard best > 0.4 else { return nil }
        return best == place ? .place : best == organisation ? .organisation : .person
    }
}
