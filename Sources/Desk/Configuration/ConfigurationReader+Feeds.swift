internal import ExtractionCore
internal import Wire
internal import Yams

extension ConfigurationReader {
    mutating func fetch(_ node: Node, into fetch: inout Configuration.FetchSettings) {
        let names = [
            "interval", "slowest", "grace", "contact", "timeout", "body_limit", "allow_private", "proxy", "concurrency",
            "list_limit",
        ]
        guard let keys = mapping(node, named: "fetch", keys: names) else { return }
        duration(keys["interval"], "fetch.interval", 60_000...604_800_000) { fetch.intervalSeconds = $0 / 1000 }
        duration(keys["slowest"], "fetch.slowest", 60_000...86_400_000) { fetch.slowestSeconds = $0 / 1000 }
        duration(keys["grace"], "fetch.grace", 0...604_800_000) { fetch.graceSeconds = $0 / 1000 }
        text(keys["contact"], "fetch.contact") { fetch.contact = $0 }
        duration(keys["timeout"], "fetch.timeout", 1000...3_600_000) { fetch.timeoutSeconds = $0 / 1000 }
        size(keys["body_limit"], "fetch.body_limit", 1024...(1 << 30)) { fetch.bodyLimit = $0 }
        strings(keys["allow_private"], "fetch.allow_private") { fetch.allowPrivate = $0 }
        text(keys["proxy"], "fetch.proxy") { fetch.proxy = $0 }
        number(keys["concurrency"], "fetch.concurrency", 1...256) { fetch.concurrency = $0 }
        number(keys["list_limit"], "fetch.list_limit", 1...1_000_000) { fetch.listLimit = $0 }
    }

    mutating func feed(_ node: Node) -> Configuration.FeedSetting? {
        if let url = node.string { return checked(Configuration.FeedSetting(url: url), node) }
        let names = [
            "url", "title", "interval", "full_text", "headers", "user_agent", "cookies", "credentials", "proxy",
            "encoding", "identity", "muted", "http1", "keep", "drop",
        ]
        guard let keys = mapping(node, named: "a feed", keys: names) else { return nil }
        guard let url = keys["url"]?.string else {
            fault(node, "feed has no url")
            return nil
        }
        var feed = Configuration.FeedSetting(url: url)
        text(keys["title"], "title") { feed.title = $0 }
        duration(keys["interval"], "interval", 60_000...604_800_000) { feed.intervalSeconds = $0 / 1000 }
        flag(keys["full_text"], "full_text") { feed.fullText = $0 }
        flag(keys["muted"], "muted") { feed.isMuted = $0 }
        flag(keys["http1"], "http1") { feed.http1 = $0 }
        if let node = keys["headers"] { headers(node, into: &feed) }
        access(keys, into: &feed)
        choice(keys["identity"], "identity", EntryIdentity.allCases.map(\.rawValue)) {
            feed.identity = EntryIdentity(rawValue: $0)
        }
        if let node = keys["keep"] { feed.keep = list(node, "keep") { $0.rule($1) } }
        if let node = keys["drop"] { feed.drop = list(node, "drop") { $0.rule($1) } }
        return checked(feed, keys["url"] ?? node)
    }

    private mutating func headers(_ node: Node, into feed: inout Configuration.FeedSetting) {
        guard let mapping = node.mapping else { return fault(node, "headers must be a mapping of names to values") }
        for (name, value) in mapping {
            guard let name = name.string, let text = value.scalar?.string else {
                fault(value, "headers: a name and a text belong together")
                continue
            }
            if text.utf8.contains(where: { $0 < 0x20 }) || name.utf8.contains(where: { $0 <= 0x20 || $0 == 0x3A }) {
                fault(value, "headers: '\(name)' is no header line")
            }
            feed.headers[name] = text
        }
    }

    private mutating func access(_ keys: [String: Node], into feed: inout Configuration.FeedSetting) {
        text(keys["user_agent"], "user_agent") { feed.userAgent = $0 }
        text(keys["cookies"], "cookies") { feed.cookies = $0 }
        // An empty text stands for none, whatever the general setting says.
        if let node = keys["proxy"] {
            if let value = node.scalar?.string { feed.proxy = value } else { fault(node, "proxy must be a text") }
        }
        text(keys["credentials"], "credentials") { feed.credentials = $0 }
        if let name = feed.credentials, name.hasPrefix(".") || name.contains("/") {
            fault(keys["credentials"], "credentials must be the name of a file in $CREDENTIALS_DIRECTORY, not a path")
        }
        text(keys["encoding"], "encoding") { feed.encoding = $0 }
        if let encoding = feed.encoding, Transcoder.utf8([], from: encoding) == nil {
            fault(keys["encoding"], "encoding: the system knows no '\(encoding)'; names look like windows-1251")
        }
    }

    /// `title: [horoscope, quiz]`, or `url: {matches: "/sport/"}`.
    private mutating func rule(_ node: Node) -> EntryRule? {
        let fields = EntryRule.Field.allCases.map(\.rawValue)
        guard let keys = mapping(node, named: "a rule", keys: fields) else { return nil }
        guard keys.count == 1, let (name, value) = keys.first, let field = EntryRule.Field(rawValue: name) else {
            if keys.count != 1 { fault(node, "a rule has one of " + fields.joined(separator: ", ")) }
            return nil
        }
        var pattern = EntryRule.Pattern.words([])
        if value.mapping != nil {
            guard let parts = mapping(value, named: "a rule's \(name)", keys: ["matches"]) else { return nil }
            pattern = .expression(parts["matches"]?.scalar?.string ?? "")
        } else {
            strings(value, name) { pattern = .words($0) }
        }
        let rule = EntryRule(field, pattern)
        if let words = rule.fault { fault(value, "\(name): \(words)") }
        return rule
    }

    private mutating func checked(_ feed: Configuration.FeedSetting, _ node: Node) -> Configuration.FeedSetting? {
        let lower = feed.url.lowercased()
        guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else {
            fault(node, "feed url '\(feed.url)' must begin with http:// or https://")
            return nil
        }
        return feed
    }
}
