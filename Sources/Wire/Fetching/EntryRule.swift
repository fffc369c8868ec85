public import ExtractionCore

/// What a reader does or does not want of a feed: words or a regular expression in one part of an entry.
public struct EntryRule: Hashable, Sendable, CustomStringConvertible {
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case title, author, url, content
        /// Any of these.
        case any
    }

    public enum Pattern: Hashable, Sendable {
        /// Any of these words or phrases, whole, whatever their case.
        case words([String])
        /// A regular expression, whatever the case, anywhere in the part.
        case expression(String)
    }

    public let field: Field
    public let pattern: Pattern

    public init(_ field: Field, _ pattern: Pattern) {
        self.field = field
        self.pattern = pattern
    }

    /// Why the rule can never be used; nil when it can.
    public var fault: String? {
        switch pattern {
        case .words(let words):
            return words.contains { folded($0).count > 2 } ? nil : "give at least one word"
        case .expression(let text):
            if text.isEmpty { return "the expression is empty" }
            if repeatsRepetition(text) { return "a repetition within a repetition may take for ever: \(text)" }
            do {
                _ = try Regex(text)
                return nil
            } catch {
                return "not a regular expression: \(text)"
            }
        }
    }

    /// `title: horoscope, quiz`
    public var description: String {
        switch pattern {
        case .words(let words): field.rawValue + ": " + words.joined(separator: ", ")
        case .expression(let text): field.rawValue + " matches: " + text
        }
    }
}

extension FeedSource {
    /// For each entry, why the feed's rules drop it; nil for one that is wanted.
    public func reasons(toDrop entries: [Entry]) -> [String?] {
        let filter = EntryFilter(keep: keep, drop: drop)
        return entries.map { filter.reason(toDrop: $0) }
    }
}

/// The rules of one feed, ready for use. Not kept: a regular expression belongs to one task.
struct EntryFilter {
    private let keep: [(rule: EntryRule, test: (String) -> Bool)]
    private let drop: [(rule: EntryRule, test: (String) -> Bool)]

    /// A faulty rule is left out: it must neither hide everything nor pass for one that works.
    init(keep: [EntryRule], drop: [EntryRule]) {
        self.keep = keep.compactMap(EntryFilter.ready)
        self.drop = drop.compactMap(EntryFilter.ready)
    }

    /// Why the entry is dropped; nil when it is wanted. A drop rule wins over a keep rule.
    func reason(toDrop entry: Entry) -> String? {
        if keep.isEmpty, drop.isEmpty { return nil }
        let parts = EntryFilter.parts(of: entry)
        func holds(_ rule: EntryRule, _ test: (String) -> Bool) -> Bool {
            let fields = rule.field == .any ? [.title, .author, .url, .content] : [rule.field]
            return fields.contains { test(parts[$0] ?? "") }
        }
        if let hit = drop.first(where: { holds($0.rule, $0.test) }) { return "drop " + hit.rule.description }
        if keep.isEmpty || keep.contains(where: { holds($0.rule, $0.test) }) { return nil }
        return "no keep rule holds"
    }

    private static func ready(_ rule: EntryRule) -> (rule: EntryRule, test: (String) -> Bool)? {
        guard rule.fault == nil else { return nil }
        switch rule.pattern {
        case .words(let words):
            let phrases = words.map(folded).filter { $0.count > 2 }
            return (
                rule,
                { text in
                    let text = folded(text)
                    return phrases.contains { text.contains($0) }
                }
            )
        case .expression(let text):
            guard let expression = try? Regex(text).ignoresCase() else { return nil }
            return (rule, { (try? expression.firstMatch(in: $0.prefix(EntryFilter.expressionReach))) != nil })
        }
    }

    /// An expression goes back and forth: twice as far may take four times as long, and a stranger wrote the text.
    private static let expressionReach = 2000

    private static func parts(of entry: Entry) -> [EntryRule.Field: String] {
        let html = [entry.summaryHTML, entry.contentHTML].compactMap { $0 }.joined(separator: " ")
        return [
            .title: entry.title ?? "", .url: entry.link ?? entry.id ?? "",
            .author: entry.authors.compactMap { $0.name ?? $0.email }.joined(separator: ", "),
            // Nobody writes a rule for the end of a novel.
            .content: String(withoutTags(html).prefix(100_000)),
        ]
    }
}

/// Whether a group that is repeated holds a repetition, as in `(a+)+`: tried on a text that just does not match, such an
/// expression takes twice as long with each letter more.
private func repeatsRepetition(_ expression: String) -> Bool {
    var groups = [false]
    let letters = Array(expression)
    var index = 0
    while index < letters.count {
        switch letters[index] {
        case "\\": index += 1
        case "[":
            // A bracket right at the start of a class is one of its letters.
            index += 2
            while index < letters.count, letters[index] != "]" { index += letters[index] == "\\" ? 2 : 1 }
        case "(": groups.append(false)
        case ")" where groups.count > 1:
            let isRepeated = index + 1 < letters.count && ["*", "+", "{"].contains(letters[index + 1])
            let inner = groups.removeLast()
            if inner, isRepeated { return true }
            groups[groups.count - 1] = groups[groups.count - 1] || inner
        case "*", "+", "{": groups[groups.count - 1] = true
        default: break
        }
        index += 1
    }
    return false
}

/// Words in lower case between single spaces, with a space at both ends.
private func folded(_ text: String) -> String {
    var out = " "
    var isOpen = false
    for character in text.lowercased() {
        if character.isLetter || character.isNumber {
            out.append(character)
            isOpen = true
        } else if isOpen {
            out.append(" ")
            isOpen = false
        }
    }
    return isOpen ? out + " " : out
}

/// What stands between the tags; the common references are read.
func withoutTags(_ html: String) -> String {
    var out: [UInt8] = []
    var isInside = false
    for byte in html.utf8 {
        switch byte {
        case UInt8(ascii: "<"):
            isInside = true
            out.append(0x20)
        case UInt8(ascii: ">") where isInside: isInside = false
        default: if !isInside { out.append(byte) }
        }
    }
    var text = String(decoding: out, as: UTF8.self)
    for (name, character) in [("&amp;", "&"), ("&#39;", "'"), ("&quot;", "\""), ("&nbsp;", " ")]
    where text.contains(name) {
        text.replace(name, with: character)
    }
    return text
}
