/// A list of words and phrases in `Config/lexicon/`; the case's name in snake case is its name in `CLexicon`.
///
/// At most 64 cases: a word's lists are the bits of one integer.
public enum WordList: UInt8, Sendable, CaseIterable {
    /// Abbreviations whose full stop ends no sentence; the value says when: `title`, `number`, `any` or `end`.
    case abbreviations
    /// Everyday words that begin no name, capitalised at a sentence's start though they may be.
    case common
    /// Titles and ranks that stand before a person's name.
    case titles
    /// Nouns that say what somebody does: spokesman, director, minister.
    case roles
    /// Words that make a name an organisation's: Ministry, University, Corp; the value says where: `first`, `last`.
    case organisationHeads
    /// Well-known organisations by name or acronym; the value is the full name where it is another.
    case organisations
    /// Lower-case nouns for bodies of people: coalition, army, rebels.
    case collectives
    /// Adjectives and nouns of nationality; the value is the country's code.
    case demonyms
    case givenNames
    /// Words that make a name a place's: River, Province, Lake.
    case placeKinds
    /// Verbs whose subject speaks: said, told, warned.
    case speechVerbs
    /// Days and months.
    case calendar
    /// Words of everyday English, which a sentence may begin with.
    case everyday
    /// What follows the hyphen in "US-led": the whole is no name.
    case modifiers

    /// The list's name in `CLexicon`.
    var name: String {
        var name = ""
        for character in String(describing: self) {
            if character.isUppercase { name += "_" + character.lowercased() } else { name.append(character) }
        }
        return name
    }
}

/// Several lists at once.
public struct WordLists: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
    public init(_ list: WordList) { rawValue = 1 << UInt64(list.rawValue & 63) }

    public func contains(_ list: WordList) -> Bool { rawValue & (1 << UInt64(list.rawValue & 63)) != 0 }
}
