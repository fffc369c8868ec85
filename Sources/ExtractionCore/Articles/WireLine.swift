// Wire services put lines of their own around a story: slugs and word counts above it, "MORE" and "-0-" between and
// below, initials at the end. They are for desks and machines; the rules look at their form.

/// A line that a wire service or press office adds to a story.
enum WireLine {
    /// Where a line stands among the others.
    struct Position {
        /// Before the first paragraph.
        let isHead: Bool
        /// Nothing but such lines after it.
        let isTail: Bool
    }

    static func isFurniture(_ bytes: [UInt8], _ range: Range<Int>, _ position: Position) -> Bool {
        guard range.count <= 200, let first = range.first, let last = range.last else { return false }
        // Most lines are longer than a mark, stand in the middle and are nobody's credit.
        let mayBeCredit = bytes[first] == 0x28 || bytes[last] == 0x2E
        guard range.count <= 24 || position.isHead || position.isTail || mayBeCredit else { return false }
        let line = String(decoding: bytes[range], as: UTF8.self)
        if isMark(line) { return true }
        let words = line.split(whereSeparator: \.isWhitespace)
        if position.isHead, isNotice(line) || isSlug(words) || isControl(line) { return true }
        return (position.isTail && isSignature(words)) || isCredit(line)
    }

    // MARK: Marks between and below

    /// "ENDS", "-0-", "(MORE)", "###": one word, whatever stands around it.
    private static func isMark(_ line: String) -> Bool {
        guard line.utf8.count <= 24 else { return false }
        let core = line.filter { !"-–—_*#()[]<>=. /".contains($0) }
        if core.isEmpty { return line.utf8.count >= 3 && !line.utf8.allSatisfy { $0 == 0x2E } }
        let isWrapped = core.count + 2 <= line.filter { !$0.isWhitespace }.count
        if marks.contains(core) { return true }
        if core == "0" || core == "30" { return isWrapped && line.first == "-" }
        return isWrapped && wrappedMarks.contains(core.lowercased()) || core.hasPrefix("ZCZC") && core.count <= 20
    }

    /// In capitals they need nothing around them.
    private static let marks: Set<String> = ["ENDS", "MORE", "NNNN", "ENDITEM", "ENDIT"]
    private static let wrappedMarks: Set<String> = ["ends", "end", "more", "endit", "enditem"]

    // MARK: Above the story

    private static let notices = [
        "embargoed until", "embargoed for", "embargoed:", "embargoed to", "embargo:", "under embargo",
        "strictly embargoed", "for immediate release", "for release ",
        "eds:",
        "eds note:", "editors:", "editor's note:", "eds.:", "attention editors", "attention -", "attention:",
        "ap photo",
        "with ap photo", "photos:", "(adds ", "(updates ", "(recasts ", "(corrects ", "(refiles ",
        "(repeats ",
        "(rewrites ", "zczc ", "advisory:", "not for publication before",
    ]

    private static func isNotice(_ line: String) -> Bool {
        let lower = line.lowercased()
        return lower == "press release" || lower == "news release" || lower == "media release" || lower.contains("///")
            || isWordCount(lower) || notices.contains { lower.hasPrefix($0) }
    }

    /// "BRIDGE (350 words)", "eds: 350 words".
    private static func isWordCount(_ lower: String) -> Bool {
        let words = lower.split { !$0.isLetter && !$0.isNumber }
        guard words.count >= 2, words.count <= 6, let last = words.last, last == "words" || last == "wds" else {
            return false
        }
        return words[words.count - 2].allSatisfy(\.isNumber) && (lower.hasSuffix(")") || words.count == 2)
    }

    /// "BC-NL--Bridge Closed,1st Ld-Writethru,310", "NOR-transport-bridge", "bdt0234 3 pl 210 dpa 0456", "Unfälle/Verkehr/".
    private static func isSlug(_ words: [Substring]) -> Bool {
        guard let first = words.first, words.count <= 8 else { return false }
        if first.lowercased().hasPrefix("bc-") { return true }
        if first.hasPrefix("AM-") || first.hasPrefix("PM-"), first.contains("--") { return true }
        if words.count == 1 {
            if first.hasSuffix("/") {
                return first.split(separator: "/").count >= 2
                    && first.allSatisfy { $0.isLetter || $0 == "/" || $0 == "-" }
            }
            let parts = first.split(separator: "-", omittingEmptySubsequences: false)
            return parts.count >= 3
                && parts.allSatisfy { $0.count >= 2 && $0.allSatisfy { $0.isLetter || $0.isNumber } }
                && first.contains(where: \.isUppercase)
        }
        let numbers = words.count(where: { $0.contains(where: \.isNumber) })
        if numbers >= 3, numbers * 2 > words.count, first.contains(where: \.isNumber), first.contains(where: \.isLetter)
        {
            return true
        }
        // "BRIDGE 2 LAST", "BRIDGE 1ST ADD", "BRIDGE TAKE 2".
        guard words.allSatisfy({ !$0.contains(where: \.isLowercase) }), let last = words.last else { return false }
        let before = words[words.count - 2]
        return ["LAST", "ADD", "LEAD", "LD", "TAKE"].contains(last) && before.contains(where: \.isNumber)
            || ["TAKE", "ADD"].contains(before) && last.allSatisfy(\.isNumber)
    }

    /// Words that a web page puts beside a headline.
    private static let controls: Set<String> = [
        "share", "print", "email", "save", "comments", "listen", "advertisement", "share this", "share this article",
        "read more", "bookmark", "follow", "subscribe", "sign in",
    ]

    private static func isControl(_ line: String) -> Bool { controls.contains(line.lowercased()) }

    // MARK: Below the story

    /// "jd/tr/ar", "dpa jd yy n1 tr", "061210 Jun 17", "EN-06-06-17 1210GMT".
    private static func isSignature(_ words: [Substring]) -> Bool {
        guard !words.isEmpty, words.count <= 8 else { return false }
        if words.count == 1 {
            let parts = words[0].split(separator: "/")
            return parts.count >= 2 && parts.allSatisfy { (2...4).contains($0.count) && $0.allSatisfy(\.isLetter) }
        }
        let digits = words.joined().count(where: \.isNumber)
        let letters = words.joined().count(where: \.isLetter)
        // Rows of a table have more words, or words of more letters.
        if words.count <= 3, digits >= 6, digits > letters,
            words.allSatisfy({ !$0.hasSuffix(".") && !$0.hasSuffix(",") })
        {
            return true
        }
        return words.count >= 3 && words.allSatisfy { $0.count <= 3 && !$0.contains(where: \.isUppercase) }
    }

    /// "(Reporting by Jane Doe; Editing by Tom Ray)", and who else contributed.
    private static func isCredit(_ line: String) -> Bool {
        let lower = line.lowercased()
        if lower.hasPrefix("("), lower.hasSuffix(")") || lower.hasSuffix(").") {
            return ["(reporting by ", "(additional reporting by ", "(writing by ", "(editing by ", "(compiled by "]
                .contains {
                    lower.hasPrefix($0)
                }
        }
        return lower.hasSuffix(" contributed to this report.") && line.split(separator: " ").count <= 24
    }

    // MARK: Labels

    /// What a line says of the story, by its label.
    enum Label { case headline, byline, date, other }

    /// "Headline: Harbour bridge closed": the label and its value.
    static func label(_ bytes: [UInt8], _ range: Range<Int>) -> (label: Label, value: Range<Int>)? {
        guard range.count <= 300, let colon = bytes[range.prefix(20)].firstIndex(of: 0x3A) else { return nil }
        let value = ASCII.trimmed(bytes, colon + 1..<range.upperBound)
        guard !value.isEmpty, let label = labels[ASCII.lowered(bytes[range.lowerBound..<colon])] else { return nil }
        return (label, value)
    }

    private static let labels: [String: Label] = [
        "headline": .headline, "title": .headline, "byline": .byline, "author": .byline, "date": .date,
        "published": .date, "slug": .other, "slugline": .other, "words": .other, "wordcount": .other,
        "word count": .other,
        "keyword": .other, "keywords": .other, "category": .other, "priority": .other, "version": .other,
        "desk": .other,
        "section": .other, "copyright": .other, "load-date": .other, "length": .other,
    ]

    /// "CONTACT:" above names and numbers.
    static func beginsContact(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count <= 40, range.last.map({ bytes[$0] == 0x3A }) == true else { return false }
        return [
            "contact:", "contacts:", "media contact:", "press contact:", "media contacts:", "for more information:",
        ].contains(
            ASCII.lowered(bytes[range]))
    }

    /// A headline without "UPDATE 2-", which counts versions.
    static func withoutVersion(_ headline: String) -> String {
        let words = headline.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, words[1].utf8.count >= 12, words[0].utf8.count <= 12 else { return headline }
        let parts = words[0].split(separator: " ")
        guard let first = parts.first, ["UPDATE", "WRAPUP", "RPT", "REFILE"].contains(first),
            parts.count == 1 || parts.count == 2 && parts[1].allSatisfy(\.isNumber)
        else { return headline }
        return String(words[1])
    }
}
