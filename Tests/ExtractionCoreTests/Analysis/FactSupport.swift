import ExtractionCore

/// The lists are read once for all tests.
let factReader = NewsReader(lexicon: .embedded())

/// An article of paragraphs separated by blank lines.
func factArticle(_ text: String, published: String? = "2021-03-10") -> Article {
    let bytes = Array(text.utf8)
    var blocks: [Block] = []
    var start = 0
    for index in 0...bytes.count
    where index == bytes.count || bytes[index] == 0x0A && index + 1 < bytes.count && bytes[index + 1] == 0x0A {
        var first = start
        var last = index
        while first < last, bytes[first] <= 0x20 { first += 1 }
        while last > first, bytes[last - 1] <= 0x20 { last -= 1 }
        if first < last { blocks.append(Block(range: TextRange(first, last), kind: .paragraph)) }
        start = index
    }
    let day = published.flatMap(CivilDate.init(iso8601:))
    let time = day.map { ZonedTime(Instant(seconds: Int64($0.dayNumber) * 86_400), hasTime: false) }
    return Article(
        id: ArticleID(of: bytes), origin: .standardInput, published: time, language: "en", text: Text(text),
        blocks: blocks)
}

func factAnalysis(_ text: String, published: String? = "2021-03-10") -> (article: Article, facts: Analysis) {
    let article = factArticle(text, published: published)
    return (article, factReader.analysis(of: article))
}
