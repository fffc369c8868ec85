/// Reads RSS whose elements are the members of JSON objects: `{"rss": {"channel": {"item": […]}}}`.
struct RSSInJSON {
    /// What the fields point into: the strings of the document, one after the other.
    private var bytes: [UInt8] = []

    static func feed(in value: JSONValue, url: String?) -> Feed? {
        guard let channel = (value["rss"] ?? value)["channel"], !channel.members.isEmpty else { return nil }
        var reader = RSSInJSON()
        let items = reader.list(channel["item"] ?? value["rss"]?["item"])
        var drafts: [FeedFields] = []
        for item in items.prefix(FeedLimits().entries) { drafts.append(reader.fields(of: item)) }
        let fields = reader.fields(of: channel)
        return fields.feed(format: .rssInJSON, items: drafts, FeedDocument(bytes: reader.bytes, url: url))
    }

    /// What may be said once or several times.
    private func list(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let values) = value { return values }
        return value.map { [$0] } ?? []
    }

    private mutating func fields(of object: JSONValue) -> FeedFields {
        var fields = FeedFields()
        for member in object.members where member.name != "item" {
            let parts = member.name.split(separator: ":", maxSplits: 1)
            let prefix = parts.count == 2 ? ASCII.lowered(parts[0].utf8) : ""
            let name = FeedName(key: NameKey.of((parts.last ?? "").utf8))
            for value in list(member.value).prefix(64) {
                read(value, name, FeedVocabulary(prefix: prefix) ?? .plain, into: &fields)
            }
        }
        return fields
    }

    private mutating func read(
        _ value: JSONValue, _ name: FeedName, _ vocabulary: FeedVocabulary, into fields: inout FeedFields
    ) {
        if name == .enclosure, let address = value["url"]?.string {
            var link = FeedLink(address: add(address))
            link.type = value["type"]?.string.map { add($0) }
            link.length = text(value["length"]).map { add($0) }
            fields.enclosures.append(link)
        }
        if name == .guid, let isAddress = value["isPermaLink"] {
            fields.guidIsAddress = isAddress.bool ?? (isAddress.string != "false")
        }
        if name == .skiphours || name == .skipdays {
            let inner: FeedName = name == .skiphours ? .hour : .day
            for part in list(value[inner.rawValue]) { read(part, inner, vocabulary, into: &fields) }
        }
        guard let (purpose, rank) = FeedPurpose.of(vocabulary, name), let text = text(value) else { return }
        var field = FeedValue(range: add(text))
        field.form = ASCII.trimmed(bytes, field.range).isEmpty ? .blank : .literal
        field.rank = rank
        fields.add(purpose, field, bytes)
    }

    /// A string or number, or the text of an object that holds attributes as well.
    private func text(_ value: JSONValue?) -> String? {
        guard let value else { return nil }
        if let string = value.string { return string }
        if let number = value.int { return String(number) }
        return ["#value", "#text", "_", "value", "$t"].lazy.compactMap { value[$0]?.string }.first
    }

    private mutating func add(_ text: String) -> Range<Int> {
        let start = bytes.count
        bytes += text.utf8
        return start..<bytes.count
    }
}
