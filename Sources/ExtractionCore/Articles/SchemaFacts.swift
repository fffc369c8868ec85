/// What JSON-LD says about the article of a page.
struct SchemaFacts: Sendable {
    private(set) var authors: [String] = []
    /// Bodies that it names as authors.
    private(set) var organisations: [String] = []
    private(set) var published: ZonedTime?
    /// What it says of the page around the article, which may be older.
    private(set) var pagePublished: ZonedTime?
    private(set) var modified: ZonedTime?
    private(set) var headline: String?
    private(set) var publisher: String?
    private(set) var body: String?
    private(set) var section: String?
    /// It is a live blog.
    private(set) var isLive = false
    /// Whether all of it can be read without paying.
    private(set) var isFree: Bool?
    private var people: [String: JSONValue] = [:]

    private static let types: Set<String> = [
        "Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "LiveBlogPosting", "Report", "TechArticle", "ScholarlyArticle", "SocialMediaPosting", "Review",
        "BackgroundNewsArticle", "AdvertiserContentArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "Blog",
        "Recipe", "HowTo",
    ]
    private static let pages: Set<String> = ["WebPage", "MedicalWebPage", "ItemPage", "FAQPage"]

    /// Reads the text of one script element. Comments around it and a semicolon after it are common; broken JSON is
    /// passed over.
    mutating func read(script bytes: [UInt8], _ range: Range<Int>) {
        var range = ASCII.trimmed(bytes, range)
        // What stands before the first bracket and after the last is a comment's or a section's mark.
        while let first = range.first, bytes[first] != 0x7B, bytes[first] != 0x5B { range = range.dropFirst() }
        while let last = range.last, bytes[last] != 0x7D, bytes[last] != 0x5D { range = range.dropLast() }
        // Raw line ends inside strings are common, and as harmless as blanks.
        let json = bytes[range].map { $0 < 0x20 ? 0x20 : $0 }
        if let value = JSONValue(parsing: json) { read(value) }
    }

    /// Visits the values breadth first, at most 8,000 of them.
    private mutating func read(_ value: JSONValue) {
        var queue = [value]
        var index = 0
        var articles: [JSONValue] = []
        var around: [JSONValue] = []
        while index < queue.count, index < 8000 {
            let current = queue[index]
            index += 1
            queue += current.array
            guard !current.members.isEmpty else { continue }
            let types = SchemaFacts.types(of: current)
            if types.contains("LiveBlogPosting") { isLive = true }
            if types.contains(where: SchemaFacts.types.contains) {
                articles.append(current)
            } else if types.contains(where: SchemaFacts.pages.contains) {
                around.append(current)
            }
            if let id = current["@id"]?.string, current["name"] != nil, people[id] == nil { people[id] = current }
            for member in current.members { queue.append(member.value) }
        }
        for article in articles { take(article) }
        for page in around {
            if articles.isEmpty { take(page) }
            pagePublished = pagePublished ?? page["datePublished"]?.string.flatMap(FeedDate.time)
            modified = modified ?? page["dateModified"]?.string.flatMap(FeedDate.time)
            isFree = isFree ?? SchemaFacts.truth(page["isAccessibleForFree"])
        }
    }

    private static func types(of value: JSONValue) -> [String] {
        guard let type = value["@type"] else { return [] }
        return (type.array.isEmpty ? [type] : type.array).compactMap(\.string)
    }

    private mutating func take(_ article: JSONValue) {
        if authors.isEmpty, let author = article["author"] ?? article["creator"] {
            let all = author.array.isEmpty ? [author] : author.array
            let known = all.map { $0["name"] == nil ? $0["@id"]?.string.flatMap { people[$0] } ?? $0 : $0 }
            // An organisation signs for nobody, unless nobody else does.
            for author in known {
                let isBody = SchemaFacts.types(of: author).contains { $0.hasSuffix("Organization") }
                if isBody {
                    organisations += SchemaFacts.names(of: author)
                } else {
                    authors += SchemaFacts.names(of: author)
                }
            }
        }
        published = published ?? article["datePublished"]?.string.flatMap(FeedDate.time)
        modified = modified ?? article["dateModified"]?.string.flatMap(FeedDate.time)
        headline = headline ?? (article["headline"] ?? article["name"])?.string
        publisher = publisher ?? article["publisher"]?["name"]?.string
        body = body ?? article["articleBody"]?.string
        section = section ?? article["articleSection"]?.string ?? article["articleSection"]?.array.first?.string
        isFree = isFree ?? SchemaFacts.truth(article["isAccessibleForFree"])
    }

    private static func names(of author: JSONValue) -> [String] {
        if let name = author.string { return [name] }
        guard let name = author["name"] else { return [] }
        return name.string.map { [$0] } ?? name.array.compactMap(\.string)
    }

    private static func truth(_ value: JSONValue?) -> Bool? {
        switch value {
        case .bool(let truth): truth
        case .string(let word): word.lowercased() == "false" ? false : word.lowercased() == "true" ? true : nil
        default: nil
        }
    }
}
