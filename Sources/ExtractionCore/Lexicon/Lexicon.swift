/// The immutable word lists and the gazetteer. One value serves every thread.
public struct Lexicon: Sendable {
    let table: WordTable
    public let gazetteer: Gazetteer
    /// What the fact finders know about words.
    let facts: FactWords
    /// The name tagger's weights, a model a pass; none when rules alone find names.
    private(set) var nameModels: [NameModel] = []

    /// No words and no places.
    public init() {
        table = WordTable([])
        gazetteer = Gazetteer()
        facts = FactWords()
    }

    /// The lists inside the program; reading them takes some milliseconds, so keep the value.
    public static func embedded() -> Lexicon {
        var lexicon = Lexicon(
            sources: embeddedSources(), gazetteer: Gazetteer(EmbeddedFile.inPlace(gazetteerFile)))
        lexicon.nameModels = NameModel.embedded
        return lexicon
    }

    /// Takes other weights for the name tagger, as `copytaster train names` writes them; false, and nothing is changed,
    /// when the bytes are no such file.
    public mutating func setNameWeights(_ bytes: [UInt8]) -> Bool {
        let models = NameModel.models(in: bytes)
        if !models.isEmpty { nameModels = models }
        return !models.isEmpty
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
        let others = BlockModel.files + [NameModel.file, NameWords.file, gazetteerFile]
        let names = EmbeddedFile.names.filter { !others.contains($0) }
        return Dictionary(uniqueKeysWithValues: names.map { ($0, EmbeddedFile.bytes($0)) })
    }
}
