// What a mail's writer wrote, without what mail programs and lists put around it: the history of a conversation, the
// signature, the list's footer. The rules look at marks that programs make, and each cut leaves the words before it alone.

/// A plain mail's own text.
struct MailLines {
    /// In UTF-8, lines ended by a line feed.
    private(set) var text: [UInt8] = []
    /// The header lines above a text that was passed on.
    private(set) var passedOn: [String: String] = [:]

    private let bytes: [UInt8]
    private var lines: [Range<Int>] = []

    /// A mail that passes on another's text keeps that; any other loses what it answers.
    init(_ bytes: [UInt8], isForward: Bool) {
        self.bytes = bytes
        lines = MailLines.lines(bytes)
        cutListFooter()
        cutSignature()
        if let history = historyStart(isForward: isForward) {
            if isForward || isEmptyAbove(history) {
                takePassedOn(history)
            } else {
                lines.removeSubrange(history...)
            }
        }
        leaveOutQuotations()
        for line in lines {
            text += bytes[line]
            text.append(0x0A)
        }
    }

    private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            let end = ByteScan.first(0x0A, in: bytes, from: index, to: bytes.count)
            let hasReturn = end > index && bytes[end - 1] == 0x0D
            lines.append(index..<(hasReturn ? end - 1 : end))
            index = end + 1
        }
        return lines
    }

    private func words(_ line: Int) -> Range<Int> { ASCII.trimmed(bytes, lines[line]) }
    private func isBlank(_ line: Int) -> Bool { words(line).isEmpty }
    private func isQuoted(_ line: Int) -> Bool { lines[line].first.map { bytes[$0] == 0x3E } ?? false }

    // MARK: The end of a mail

    /// Below a rule of underscores: "port-news mailing list", an address, a link.
    private mutating func cutListFooter() {
        for line in lines.indices.suffix(12).reversed() where isRule(line, of: 0x5F, atLeast: 20) {
            let below = lines[(line + 1)...].map { ASCII.lowered(bytes[$0]) }
            guard below.contains(where: { $0.contains("mailing list") || $0.contains("listinfo") }) else { continue }
            lines.removeSubrange(line...)
            return
        }
    }

    private func isRule(_ line: Int, of byte: UInt8, atLeast count: Int) -> Bool {
        let words = words(line)
        return words.count >= count && bytes[words].allSatisfy { $0 == byte }
    }

    /// "-- " and what follows, unless too much does; without its blank it may part two texts.
    private mutating func cutSignature() {
        let first = lines.indices.first { line in
            let rest = lines.count - line - 1
            guard rest <= 20, lines[line].count <= 3 else { return false }
            let mark = bytes[lines[line]]
            return mark.elementsEqual("-- ".utf8) || mark.elementsEqual("--".utf8) && rest <= 8
        }
        if let first { lines.removeSubrange(first...) }
        while let last = lines.indices.last {
            guard isBlank(last) || isDeviceLine(last) else { break }
            lines.removeLast()
        }
    }

    /// "Sent from my telephone".
    private func isDeviceLine(_ line: Int) -> Bool {
        let words = words(line)
        guard words.count <= 60 else { return false }
        let lower = ASCII.lowered(bytes[words])
        return lower.hasPrefix("sent from my ") || lower.hasPrefix("get outlook for ")
            || lower.hasPrefix("von meinem ") && lower.hasSuffix(" gesendet")
    }

    // MARK: What was answered or passed on

    /// Where the copy of another mail begins that is not marked line by line.
    private func historyStart(isForward: Bool) -> Int? {
        lines.indices.first { line in
            let words = words(line)
            guard words.count >= 5, words.count <= 200 else { return false }
            if bytes[words.lowerBound] == 0x2D {
                let mark = ASCII.lowered(bytes[words].filter { $0 != 0x2D }).split(separator: " ").joined(
                    separator: " ")
                return MailLines.marks.contains(mark)
            }
            if ASCII.matches("begin forwarded message:", in: bytes, words) { return true }
            // A block of header lines in the text, as some programs write without any mark.
            return bytes[words].starts(with: "From:".utf8) && headerLines(from: line).fields.count >= 3
        }
    }

    private static let marks: Set<String> = [
        "forwarded message", "original message", "original appointment", "ursprüngliche nachricht",
        "weitergeleitete nachricht", "message transféré", "message d'origine", "mensaje reenviado",
    ]

    private func isEmptyAbove(_ line: Int) -> Bool {
        lines[..<line].reduce(0) { $0 + ASCII.trimmed(bytes, $1).count } < 40
    }

    /// The fields that stand in lines of their own from a line on, and the line after them.
    private func headerLines(from start: Int) -> (fields: [String: String], end: Int) {
        var fields: [String: String] = [:]
        var line = start
        while line < lines.count, line - start < 12 {
            let words = words(line)
            guard let colon = MailHeader.colon(bytes, words) else {
                // The address of a long list goes on in the next line.
                if fields.isEmpty || isBlank(line) || line + 1 >= lines.count { break }
                guard MailHeader.colon(bytes, self.words(line + 1)) != nil else { break }
                line += 1
                continue
            }
            let name = ASCII.lowered(bytes[words.lowerBound..<colon].filter { $0 != 0x2A })
            guard MailLines.fields.contains(name) else { break }
            let value = String(decoding: bytes[ASCII.trimmed(bytes, colon + 1..<words.upperBound)], as: UTF8.self)
            if fields[name] == nil { fields[name] = value }
            line += 1
        }
        return (fields, line)
    }

    private static let fields: Set<String> = [
        "from", "date", "sent", "to", "cc", "subject", "reply-to", "bcc", "importance",
    ]

    /// The words before, then the text that was passed on, without its header lines.
    private mutating func takePassedOn(_ mark: Int) {
        var line = mark
        if !bytes[words(mark)].starts(with: "From:".utf8) { line += 1 }
        while line < lines.count, isBlank(line) { line += 1 }
        let header = headerLines(from: line)
        passedOn = header.fields
        lines.replaceSubrange(mark..<header.end, with: [bytes.count..<bytes.count])
    }

    /// Lines that begin with ">" go, with the line that introduces them; a mail that is nothing else keeps them.
    private mutating func leaveOutQuotations() {
        let quoted = lines.indices.filter(isQuoted)
        guard !quoted.isEmpty else { return }
        let own = lines.indices.reduce(0) { isQuoted($1) ? $0 : $0 + words($1).count }
        if own < 60, quoted.count >= 3 {
            for line in quoted { lines[line] = unquoted(lines[line]) }
            return
        }
        var kept: [Range<Int>] = []
        for line in lines.indices {
            guard isQuoted(line) else {
                kept.append(lines[line])
                continue
            }
            if line == 0 || !isQuoted(line - 1) { removeIntroduction(from: &kept) }
        }
        lines = kept
    }

    private func unquoted(_ line: Range<Int>) -> Range<Int> {
        var start = line.lowerBound
        while start < line.upperBound, bytes[start] == 0x3E || bytes[start] == 0x20 { start += 1 }
        return start..<line.upperBound
    }

    /// "On Tuesday Jane Doe wrote:", over up to three lines.
    private func removeIntroduction(from kept: inout [Range<Int>]) {
        var end = kept.count
        while end > 0, ASCII.trimmed(bytes, kept[end - 1]).isEmpty { end -= 1 }
        guard end > 0 else { return }
        // A line that names the sender may be the end of one that begins with the day.
        for start in max(0, end - 3)..<end {
            let joined = kept[start..<end].map { String(decoding: bytes[ASCII.trimmed(bytes, $0)], as: UTF8.self) }
                .joined(separator: " ")
            if MailLines.isIntroduction(joined) || start == end - 1 && MailLines.namesWriter(joined) {
                kept.removeSubrange(start...)
                return
            }
        }
    }

    /// Whether words introduce a quoted mail.
    static func isIntroduction(_ words: String) -> Bool {
        guard words.utf8.count <= 300 else { return false }
        guard words.utf8.last == 0x3A else { return false }
        let lower = words.lowercased()
        return introductions.contains { lower.hasPrefix($0.start) && lower.contains($0.verb) }
    }

    /// "Jane Doe <jane@example.org> wrote:"
    private static func namesWriter(_ words: String) -> Bool {
        guard words.utf8.count <= 200 else { return false }
        let lower = words.lowercased()
        return ["> wrote:", ") wrote:", "> writes:", "> schrieb:"].contains { lower.hasSuffix($0) }
    }

    private static let introductions: [(start: String, verb: String)] = [
        ("on ", " wrote"), ("am ", " schrieb"), ("le ", " a écrit"), ("el ", " escribió"), ("il ", " ha scritto"),
        ("op ", " schreef"), ("den ", " skrev"),
    ]
}
