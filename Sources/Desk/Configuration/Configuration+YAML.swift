internal import ExtractionCore
internal import Stories
internal import Wire

extension Configuration {
    /// The settings in effect, as YAML that can be read again.
    public var yaml: [UInt8] {
        var lines = [
            "drop: " + quoted(drop), "digests: " + quoted(digests), "state: " + quoted(state),
            zone.map { "zone: " + quoted($0) } ?? "# zone: the system's",
            "stable: \(stableMilliseconds)ms", "rescan: \(rescanMilliseconds)ms", "file_limit: \(fileLimit)",
            "container_limit: \(containerLimit)",
            "commit_articles: \(commitArticles)", "jobs: \(jobs)", "memory_days: \(memoryDays)",
            "image_articles: \(imageArticles)", "page_every: \(pageMilliseconds)ms", "log_level: " + logLevel,
            "alert_quiet: \(alertQuietSeconds)s", "first_run: \(firstRunSeconds)s",
        ]
        lines += list("alerts", alerts.map(alertLine))
        lines += list("feeds", feeds.map(feedLine))
        lines += list("opml", opml.map(quoted))
        lines += [
            "fetch:", "  interval: \(fetch.intervalSeconds)s", "  slowest: \(fetch.slowestSeconds)s",
            "  grace: \(fetch.graceSeconds)s", "  timeout: \(fetch.timeoutSeconds)s",
            "  body_limit: \(fetch.bodyLimit)", "  concurrency: \(fetch.concurrency)",
            "  list_limit: \(fetch.listLimit)",
            "  allow_private: [" + fetch.allowPrivate.map(quoted).joined(separator: ", ") + "]",
        ]
        if let contact = fetch.contact { lines.append("  contact: " + quoted(contact)) }
        if let proxy = fetch.proxy { lines.append("  proxy: " + quoted(proxy)) }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func list(_ name: String, _ items: [String]) -> [String] {
        items.isEmpty ? [name + ": []"] : [name + ":"] + items.map { "  - " + $0 }
    }

    private func alertLine(_ rule: AlertRule) -> String {
        let severity = ", severity: " + rule.severity.rawValue + "}"
        switch rule {
        case .words(let words, _): return "{words: [" + words.map(quoted).joined(separator: ", ") + "]" + severity
        case .toll(let outcome, let count, _): return "{toll: \(outcome.rawValue), at_least: \(count)" + severity
        case .rivals(let ratio, let difference, _):
            return "{rivals_ratio: \(ratio), rivals_difference: \(difference)" + severity
        }
    }

    private func feedLine(_ feed: FeedSetting) -> String {
        var parts = ["url: " + quoted(feed.url)]
        if let title = feed.title { parts.append("title: " + quoted(title)) }
        if let interval = feed.intervalSeconds { parts.append("interval: \(interval)s") }
        if feed.fullText { parts.append("full_text: true") }
        if !feed.headers.isEmpty {
            // Values may be secrets.
            parts.append(
                "headers: {" + feed.headers.keys.sorted().map { quoted($0) + ": \"(set)\"" }.joined(separator: ", ")
                    + "}")
        }
        let texts = [
            ("user_agent", feed.userAgent), ("cookies", feed.cookies), ("credentials", feed.credentials),
            ("proxy", feed.proxy), ("encoding", feed.encoding), ("identity", feed.identity?.rawValue),
        ]
        for (name, text) in texts {
            if let text { parts.append(name + ": " + quoted(text)) }
        }
        if feed.isMuted { parts.append("muted: true") }
        if feed.http1 { parts.append("http1: true") }
        if !feed.keep.isEmpty { parts.append("keep: [" + feed.keep.map(ruleText).joined(separator: ", ") + "]") }
        if !feed.drop.isEmpty { parts.append("drop: [" + feed.drop.map(ruleText).joined(separator: ", ") + "]") }
        return "{" + parts.joined(separator: ", ") + "}"
    }

    private func ruleText(_ rule: EntryRule) -> String {
        switch rule.pattern {
        case .words(let words):
            "{" + rule.field.rawValue + ": [" + words.map(quoted).joined(separator: ", ") + "]}"
        case .expression(let text): "{" + rule.field.rawValue + ": {matches: " + quoted(text) + "}}"
        }
    }

    /// JSON strings are YAML strings.
    private func quoted(_ text: String) -> String {
        var json = JSONWriter()
        json.value(text)
        return json.string
    }
}
