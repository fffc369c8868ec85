/// What senders of newsletters must put around their text: how to unsubscribe, where to see it in a browser.
enum MailFurniture {
    /// Paragraphs of a plain text that are no furniture.
    static func without(_ text: [UInt8]) -> [UInt8] {
        let groups = paragraphs(text)
        var kept: [Range<Int>] = []
        for (index, group) in groups.enumerated() {
            let words = TextMarks.words(text, group).count
            // Below the line that ends a letter nothing but addresses and rights follows.
            if words <= longest, isFurniture(text, group) {
                if endsMail(text, group), isTail(groups[(index + 1)...], text) { break }
                continue
            }
            kept.append(group)
        }
        var out: [UInt8] = []
        for group in kept {
            if !out.isEmpty { out += [0x0A, 0x0A] }
            out += text[group]
        }
        return out
    }

    /// Paragraphs longer than this are somebody's text.
    static let longest = 80

    private static func paragraphs(_ text: [UInt8]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var index = 0
        var start: Int?
        var end = 0
        while index < text.count {
            let lineEnd = ByteScan.first(0x0A, in: text, from: index, to: text.count)
            if ASCII.trimmed(text, index..<lineEnd).isEmpty {
                if let first = start { groups.append(first..<end) }
                start = nil
            } else {
                start = start ?? index
                end = lineEnd
            }
            index = lineEnd + 1
        }
        if let start { groups.append(start..<end) }
        return groups
    }

    private static func isTail(_ groups: ArraySlice<Range<Int>>, _ text: [UInt8]) -> Bool {
        var words = 0
        for group in groups {
            words += TextMarks.words(text, group).count
            if words > tailWords { return false }
        }
        return true
    }

    /// So many words of addresses and rights may follow the line that ends a letter.
    static let tailWords = 60

    static func isFurniture(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count <= 1200, let first = range.first else { return false }
        if !ASCII.isAlphanumeric(text[first]), isRule(text, range) || isBareAddress(text, range) { return true }
        if isBareAddress(text, range) || starts.contains(where: { begins($0, text, first, range.upperBound) }) {
            return true
        }
        return holdsMark(text, range)
    }

    /// Marks begin where words begin, so only those are compared that share a word's first letter.
    private static func holdsMark(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var isInWord = false
        for index in range {
            let isLetter = ASCII.isLetter(text[index]) || text[index] >= 0x80
            if isLetter, !isInWord, text[index] < 0x80 {
                for mark in marks[Int(ASCII.lower(text[index]) - 0x61)]
                where begins(mark, text, index, range.upperBound) {
                    return true
                }
            }
            isInWord = isLetter
        }
        return false
    }

    private static func begins(_ mark: [UInt8], _ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
        start + mark.count <= end && ASCII.matches(mark, in: text, start..<start + mark.count)
    }

    static func endsMail(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        ASCII.find("unsubscribe", in: text, range) != nil
    }

    /// Dashes, stars, underscores and nothing else.
    private static func isRule(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        range.count >= 3 && text[range].allSatisfy { !ASCII.isAlphanumeric($0) && $0 < 0x80 }
    }

    private static func isBareAddress(_ text: [UInt8], _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        while start < range.upperBound, [0x3C, 0x28, 0x5B].contains(text[start]) { start += 1 }
        let words = text[start..<range.upperBound]
        return (words.starts(with: "http://".utf8) || words.starts(with: "https://".utf8))
            && !words.contains(where: ASCII.isSpace)
    }

    /// By their first letters.
    private static let marks: [[[UInt8]]] = {
        var marks = [[[UInt8]]](repeating: [], count: 26)
        for mark in phrases.map({ Array($0.utf8) }) { marks[Int(mark[0] - 0x61)].append(mark) }
        return marks
    }()

    private static let phrases = [
        "unsubscribe", "view this email in", "view this e-mail in", "view in browser", "view in your browser",
        "view it in your browser", "view online", "view email in browser", "read this email in", "email preferences",
        "manage your preferences", "manage preferences", "update your preferences", "update your profile",
        "manage your subscription", "you are receiving this", "you're receiving this", "you received this",
        "you are subscribed to", "you are currently subscribed", "this email was sent to", "this message was sent to",
        "sent you this email because", "add us to your address book", "to your safe senders", "forward to a friend",
        "forward this email to", "was this email forwarded to you", "was this forwarded to you",
        "having trouble viewing", "trouble viewing this", "if you are not the intended recipient",
        "intended solely for the use of", "intended only for the", "please consider the environment before printing",
        "caution: this email originated", "this email originated from outside", "im browser ansehen",
        "newsletter abbestellen",
        "se désabonner", "se désinscrire", "darse de baja",
    ]
    private static let starts = [
        "copyright ©", "© 20", "(c) 20", "privacy policy |", "follow us on ", "share this email",
    ].map { Array($0.utf8) }
}
