/// Finds who and what an article names.
public func findEntities(
    in text: TokenizedText, lexicon: Lexicon
) -> (mentions: [Mention], entities: [Entity], notes: [Note]) { ([], [], []) }
