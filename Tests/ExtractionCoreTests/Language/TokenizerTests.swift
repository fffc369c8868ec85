import ExtractionCore
import Testing

/// An article of paragraphs, one a line.
func sampleArticle(_ string: String, kinds: [Block.Kind] = []) -> Article {
    let text = Text(string)
    var blocks: [Block] = []
    var start = 0
    for offset in 0...text.count where offset == text.count || text[offset] == 0x0A {
        if offset > start {
            let kind = blocks.count < kinds.count ? kinds[blocks.count] : .paragraph
            blocks.append(Block(range: TextRange(start, offset), kind: kind))
        }
        start = offset + 1
    }
    return Article(id: ArticleID(of: text.bytes), origin: .standardInput, text: text, blocks: blocks)
}

let sampleLexicon = Lexicon.embedded()

private func tokens(_ string: String) -> [String] {
    let text = tokenize(sampleArticle(string), lexicon: sampleLexicon)
    return text.tokens.indices.map { text.string($0) }
}

private func sentences(_ string: String) -> [String] {
    let text = tokenize(sampleArticle(string), lexicon: sampleLexicon)
    return text.sentences.map { text.text.string($0.range) }
}

@Suite struct TokenizerTests {
    @Test(arguments: [
        ("US-led raids", ["US-led", "raids"]),
        ("They don't know", ["They", "don't", "know"]),
        ("Kolda's port", ["Kolda", "'s", "port"]),
        ("Kolda\u{2019}s port", ["Kolda", "\u{2019}s", "port"]),
        ("the rebels' homes", ["the", "rebels", "'", "homes"]),
        ("3,000-4,000 men", ["3,000", "-", "4,000", "men"]),
        ("4.5 of 1,250,000", ["4.5", "of", "1,250,000"]),
        ("the 5th in 2017", ["the", "5th", "in", "2017"]),
        ("a 12-year-old", ["a", "12", "-", "year-old"]),
        ("\u{20AC}5bn", ["\u{20AC}", "5", "bn"]),
        ("al-Hadi, U.S. envoy", ["al-Hadi", ",", "U.S.", "envoy"]),
        ("J. Okoro", ["J.", "Okoro"]),
        ("on 4.6.2019", ["on", "4", ".", "6", ".", "2019"]),
        ("see www.example.org/a, now", ["see", "www.example.org/a", ",", "now"]),
        ("Example.com sells", ["Example.com", "sells"]),
        ("wait... no", ["wait", "...", "no"]),
        ("(\u{201C}Yes\u{201D})", ["(", "\u{201C}", "Yes", "\u{201D}", ")"]),
        ("Z\u{FC}rich\u{A0}now", ["Z\u{FC}rich", "now"]),
    ])
    func `words, numbers and marks are cut apart`(_ string: String, _ expected: [String]) {
        #expect(tokens(string) == expected)
    }

    @Test func `words are in small letters with straight apostrophes`() {
        let text = tokenize(sampleArticle("\u{DC}NAL didn\u{2019}t GO"), lexicon: sampleLexicon)
        #expect(text.words == ["\u{FC}nal", "didn't", "go"])
        #expect(text.tokens.count == text.words.count)
    }

    @Test(arguments: [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Dr. Vance met Lt. Gen. Ito. They spoke.", ["Dr. Vance met Lt. Gen. Ito.", "They spoke."]),
        ("He went to the U.S. The talks failed.", ["He went to the U.S.", "The talks failed."]),
        ("The U.S. Army came.", ["The U.S. Army came."]),
        ("\u{201C}It is over.\u{201D} Nobody moved.", ["\u{201C}It is over.\u{201D}", "Nobody moved."]),
        ("\"Is it over?\" Okoro asked. No.", ["\"Is it over?\" Okoro asked.", "No."]),
        ("It grew 4.5 per cent. Then it fell.", ["It grew 4.5 per cent.", "Then it fell."]),
        ("Well... maybe. Perhaps... Nobody knows.", ["Well... maybe.", "Perhaps...", "Nobody knows."]),
        ("They met at 5 p.m. on Friday.", ["They met at 5 p.m. on Friday."]),
        ("Brandt Corp. closed. No. 5 stays.", ["Brandt Corp. closed.", "No. 5 stays."]),
        ("It ended.Then it rained.", ["It ended.", "Then it rained."]),
    ])
    func `sentences end where a reader ends them`(_ string: String, _ expected: [String]) {
        #expect(sentences(string) == expected)
    }

    @Test func `a sentence never crosses a block`() {
        #expect(
            sentences("A heading without a stop\nThe text begins.") == ["A heading without a stop", "The text begins."])
    }

    @Test func `an endless sentence is cut`() {
        let text = tokenize(sampleArticle(String(repeating: "word ", count: 3000)), lexicon: sampleLexicon)
        #expect(text.sentences.allSatisfy { $0.tokens.count <= 401 })
        #expect(text.sentences.map(\.tokens.count).reduce(0, +) == 3000)
    }

    @Test func `every byte that is no blank is in one token`() {
        let string =
            "\u{201C}S\u{E3}o Tom\u{E9}\u{201D} \u{2014} 5\u{20AC}, caf\u{E9}s\u{2026} \u{1F600} ok\u{2019}s #tag @name \u{4E1C}\u{4EAC}"
        let text = tokenize(sampleArticle(string), lexicon: sampleLexicon)
        var end = 0
        for token in text.tokens {
            #expect(token.range.lower >= end)
            let gap = text.text.string(TextRange(end, token.range.lower))
            #expect(gap.allSatisfy { $0.isWhitespace })
            end = token.range.upper
        }
        #expect(end == text.text.count)
    }
}
