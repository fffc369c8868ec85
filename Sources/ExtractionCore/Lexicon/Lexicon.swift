/// The immutable word lists and the gazetteer. One value serves every thread.
public struct Lexicon: Sendable {
    let table: WordTable
    public let gazetteer: Gazetteer
    /// What the fact finders know about words.
    let facts: FactWords

    /// No words and no places.
    public init() {
        table = WordTable([])
        gazetteer = Gazetteer()
        facts = FactWords()
    }

    /// The lists inside the program; reading them takes some milliseconds, so keep the value.
    public static func embedded() -> Lexicon {
        Lexicon(sources: embeddedSources(), gazetteer: Gazetteer(EmbeddedFile.inPlace(gazetteerFile)))
    }

    /// Takes lists by name, as `Config/lexicon/` holds them.
    init(sources: [String: [UInt8]], gazetteer: Gazetteer) {
        table = WordTable(WordList.allCases.compactMap { list in sources[list.name].map { (list, $0) } })
        self.gazetteer = gazetteer
        facts = FactWords(lists: ["times_words", "facts_words", "facts_events"].compactMap { sources[$0] })
    }

    /// The lists that a word in lower case stands in; a last full stop makes no difference.
    public func lists(of word: String) -> WordLists { table.lists(of: word) }

    public func contains(_ word: String, in list: WordList) -> Bool { table.value(word, in: list) != nil }

    /// The second column of a word's line: "" when there is none, nil when the word is not in the list.
    public func value(_ word: String, in list: WordList) -> String? { table.value(word, in: list) }

    /// The longest entry of a list that stands at an index of `words` (in lower case), and its value.
    public func longestPhrase(
        at index: Int, in words: [String], list: WordList
    ) -> (count: Int, value: String)? {
        table.longestPhrase(at: index, in: words, list: list)
    }

    private static let gazetteerFile = "gazetteer"

    private static func embeddedSources() -> [String: [UInt8]] {
        let names = EmbeddedFile.names.filter { !BlockModel.files.contains($0) && $0 != gazetteerFile }
        return Dictionary(uniqueKeysWithValues: names.map { ($0, EmbeddedFile.bytes($0)) })
    }
}
