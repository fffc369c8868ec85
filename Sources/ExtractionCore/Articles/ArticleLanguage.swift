extension Article {
    /// What language it is in by its words, as far as they tell; what it says of itself has a part in it.
    public var likelyLanguage: String? { LanguageGuess.settled(named: language, textOf: text.bytes) }
}
