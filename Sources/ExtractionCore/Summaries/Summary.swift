/// Chooses the sentences that sum an article up, in text order.
public func summarise(_ text: TokenizedText, maxSentences: Int = 3, maxWords: Int = 0) -> [TextRange] { [] }
