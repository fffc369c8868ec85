internal import ExtractionCore
internal import Foundation
internal import Stories
internal import Yams

extension Configuration {
    /// Reads YAML over the defaults. Relative folders count from the working directory.
    public init(yaml: String, file: String) throws(ConfigurationError) {
        self.init()
        var reader = ConfigurationReader(file: file)
        do {
            if let root = try Yams.compose(yaml: yaml) { reader.read(root, into: &self) }
        } catch let error as YamlError {
            reader.fault(nil, ConfigurationReader.firstLine(of: "\(error)"))
        } catch {
            reader.fault(nil, "\(error)")
        }
        if !reader.faults.isEmpty { throw ConfigurationError(faults: reader.faults) }
    }
}

/// Walks the YAML tree and notes every fault with its line.
struct ConfigurationReader {
    let file: String
    private(set) var faults: [ConfigurationError.Fault] = []

    init(file: String) { self.file = file }

    static func firstLine(of message: String) -> String {
        message.split(separator: "\n").first.map(String.init) ?? message
    }

    mutating func fault(_ node: Node?, _ message: String) {
        faults.append(.init(file: file, line: node?.mark?.line, message: message))
    }

    mutating func read(_ root: Node, into configuration: inout Configuration) {
        guard let keys = mapping(root, named: "the configuration", keys: ConfigurationReader.topKeys) else { return }
        text(keys["drop"], "drop") { configuration.drop = $0 }
        text(keys["digests"], "digests") { configuration.digests = $0 }
        text(keys["state"], "state") { configuration.state = $0 }
        text(keys["zone"], "zone") { configuration.zone = $0 }
        if let zone = configuration.zone, TimeZone(identifier: zone) == nil {
            fault(keys["zone"], "zone: no time zone is called '\(zone)'; names look like Europe/London")
        }
        duration(keys["stable"], "stable", 0...3_600_000) { configuration.stableMilliseconds = $0 }
        duration(keys["rescan"], "rescan", 50...3_600_000) { configuration.rescanMilliseconds = $0 }
        duration(keys["page_every"], "page_every", 100...3_600_000) { configuration.pageMilliseconds = $0 }
        duration(keys["alert_quiet"], "alert_quiet", 0...604_800_000) { configuration.alertQuietSeconds = $0 / 1000 }
        duration(keys["first_run"], "first_run", 0...31_536_000_000) { configuration.firstRunSeconds = $0 / 1000 }
        size(keys["file_limit"], "file_limit", 1024...(4 << 30)) { configuration.fileLimit = $0 }
        size(keys["container_limit"], "container_limit", 1024...(1 << 40)) { configuration.containerLimit = $0 }
        number(keys["commit_articles"], "commit_articles", 1...4096) { configuration.commitArticles = $0 }
        number(keys["jobs"], "jobs", 0...256) { configuration.jobs = $0 }
        number(keys["memory_days"], "memory_days", 1...3650) { configuration.memoryDays = $0 }
        number(keys["image_articles"], "image_articles", 1...1_000_000_000) { configuration.imageArticles = $0 }
        choice(keys["log_level"], "log_level", ["debug", "info", "notice", "warning", "error"]) {
            configuration.logLevel = $0
        }
        strings(keys["opml"], "opml") { configuration.opml = $0 }
        if let node = keys["fetch"] { fetch(node, into: &configuration.fetch) }
        if let node = keys["feeds"] { configuration.feeds = list(node, "feeds") { $0.feed($1) } }
        if let node = keys["alerts"] { configuration.alerts = list(node, "alerts") { $0.alert($1) } }
    }

    private static let topKeys = [
        "drop", "digests", "state", "zone", "stable", "rescan", "page_every", "alert_quiet", "first_run", "file_limit",
        "container_limit", "commit_articles", "jobs", "memory_days", "image_articles", "log_level", "opml", "fetch",
        "feeds", "alerts",
    ]

    private mutating func alert(_ node: Node) -> AlertRule? {
        let names = ["words", "toll", "at_least", "rivals_ratio", "rivals_difference", "severity"]
        guard let keys = mapping(node, named: "an alert", keys: names) else { return nil }
        var severity = AlertRule.Severity.medium
        choice(keys["severity"], "severity", AlertRule.Severity.allCases.map(\.rawValue)) {
            severity = AlertRule.Severity(rawValue: $0) ?? severity
        }
        if let node = keys["words"] {
            var words: [String] = []
            if let word = node.string { words = [word] } else { strings(node, "words") { words = $0 } }
            words = words.filter { !$0.isEmpty }
            if words.isEmpty { fault(node, "words: give at least one word") }
            return words.isEmpty ? nil : .words(words, severity)
        }
        if let node = keys["toll"] {
            var outcome: Toll.Outcome?
            choice(node, "toll", Toll.Outcome.allCases.map(\.rawValue)) { outcome = Toll.Outcome(rawValue: $0) }
            var count = 1
            number(keys["at_least"], "at_least", 1...1_000_000_000) { count = $0 }
            return outcome.map { .toll($0, atLeast: count, severity) }
        }
        if keys["rivals_ratio"] != nil || keys["rivals_difference"] != nil {
            var ratio = 1.5
            if let node = keys["rivals_ratio"] {
                if let value = node.float, value >= 1 {
                    ratio = value
                } else {
                    fault(node, "rivals_ratio must be a number from 1")
                }
            }
            var difference = 5
            number(keys["rivals_difference"], "rivals_difference", 0...1_000_000_000) { difference = $0 }
            return .rivals(ratio: ratio, difference: difference, severity)
        }
        fault(node, "alert needs one of words, toll, rivals_ratio")
        return nil
    }

    // MARK: Values

    mutating func mapping(_ node: Node, named name: String, keys: [String]) -> [String: Node]? {
        guard let mapping = node.mapping else {
            fault(node, "\(name) must be a mapping of keys to values")
            return nil
        }
        var found: [String: Node] = [:]
        for (key, value) in mapping {
            guard let word = key.string else {
                fault(key, "\(name) has a key that is no word")
                continue
            }
            if keys.contains(word) {
                found[word] = value
            } else {
                let nearest = keys.min { distance(word, $0) < distance(word, $1) } ?? ""
                fault(key, "\(name) has no key '\(word)'; the nearest is '\(nearest)'")
            }
        }
        return found
    }

    mutating func list<Value>(
        _ node: Node, _ name: String, _ read: (inout ConfigurationReader, Node) -> Value?
    ) -> [Value] {
        guard let sequence = node.sequence else {
            if node.null == nil { fault(node, "\(name) must be a list") }
            return []
        }
        var values: [Value] = []
        for element in sequence {
            if let value = read(&self, element) { values.append(value) }
        }
        return values
    }

    mutating func text(_ node: Node?, _ name: String, _ set: (String) -> Void) {
        guard let node, node.null == nil else { return }
        if let value = node.scalar?.string, !value.isEmpty { set(value) } else { fault(node, "\(name) must be a text") }
    }

    mutating func strings(_ node: Node?, _ name: String, _ set: ([String]) -> Void) {
        guard let node, node.null == nil else { return }
        if let sequence = node.sequence {
            set(sequence.compactMap { $0.scalar?.string })
        } else if let value = node.scalar?.string {
            set([value])
        } else {
            fault(node, "\(name) must be a list of texts")
        }
    }

    mutating func number(_ node: Node?, _ name: String, _ range: ClosedRange<Int>, _ set: (Int) -> Void) {
        guard let node else { return }
        if let value = node.int, range.contains(value) {
            set(value)
        } else {
            fault(node, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
    }

    mutating func flag(_ node: Node?, _ name: String, _ set: (Bool) -> Void) {
        guard let node else { return }
        if let value = node.bool { set(value) } else { fault(node, "\(name) must be true or false") }
    }

    mutating func choice(_ node: Node?, _ name: String, _ allowed: [String], _ set: (String) -> Void) {
        guard let node else { return }
        if let value = node.string, allowed.contains(value) {
            set(value)
        } else {
            fault(node, "\(name) must be one of " + allowed.joined(separator: ", "))
        }
    }

    /// Milliseconds from `200ms`, `5s`, `30m`, `2h`, `1d` or a bare number of seconds.
    mutating func duration(_ node: Node?, _ name: String, _ range: ClosedRange<Int64>, _ set: (Int64) -> Void) {
        guard let node else { return }
        let units: [(String, Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
        if let value = measure(node.scalar?.string, units, bare: 1000), range.contains(Int64(value)) {
            set(Int64(value))
        } else {
            let limits = "\(Double(range.lowerBound) / 1000)s to \(range.upperBound / 1000)s"
            fault(node, "\(name) must be a time such as 200ms, 5s, 30m or 2h, from " + limits)
        }
    }

    /// Bytes from `64MB`, `10KB`, `1GB` or a bare number.
    mutating func size(_ node: Node?, _ name: String, _ range: ClosedRange<Int>, _ set: (Int) -> Void) {
        guard let node else { return }
        let units: [(String, Double)] = [("kb", 1024), ("mb", 1_048_576), ("gb", 1_073_741_824), ("b", 1)]
        if let value = measure(node.scalar?.string, units, bare: 1), range.contains(Int(value)) {
            set(Int(value))
        } else {
            fault(node, "\(name) must be a size such as 64MB, from \(range.lowerBound) to \(range.upperBound) bytes")
        }
    }

    private func measure(_ text: String?, _ units: [(String, Double)], bare: Double) -> Double? {
        guard let text = text?.lowercased().trimmingCharacters(in: .whitespaces) else { return nil }
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard let number = Double(digits), number.isFinite, abs(number) < 1e15 else { return nil }
        let unit = text.dropFirst(digits.count).trimmingCharacters(in: .whitespaces)
        if unit.isEmpty { return number * bare }
        return units.first { $0.0 == unit }.map { number * $0.1 }
    }
}

/// Levenshtein distance, for "the nearest key is".
func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(64))
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
        var previous = row[0]
        row[0] = index + 1
        for column in 0..<right.count {
            let kept = previous + (byte == right[column] ? 0 : 1)
            previous = row[column + 1]
            row[column + 1] = min(kept, previous + 1, row[column] + 1)
        }
    }
    return row[right.count]
}
