/// The name in a `From` field, and what it names.
struct MailSender: Hashable, Sendable {
    private(set) var person: String?
    private(set) var organisation: String?

    init(_ field: [UInt8], _ transcode: Transcode) {
        var name = MailSender.displayName(field, transcode)
        // "Jane Doe via Harbour news", "Jane Doe at The Courier", "Jane Doe | The Courier".
        for mark in [" via ", " at ", " from ", " | ", " – ", " — ", " - ", ", "] {
            guard let at = name.firstRange(of: mark) else { continue }
            let first = String(name[..<at.lowerBound])
            let rest = String(name[at.upperBound...])
            if mark == ", ", !first.contains(" "), MailSender.isPerson(rest + " " + first) {
                // "Doe, Jane".
                name = rest + " " + first
            } else if MailSender.isPerson(first) {
                name = first
                organisation = rest
            }
            break
        }
        if name.hasSuffix(")"), let open = name.lastIndex(of: "(") {
            let first = ASCII.trimmed(String(name[..<open]))
            let rest = String(name[name.index(after: open)...].dropLast())
            if MailSender.isPerson(first) { (name, organisation) = (first, rest) }
        }
        if MailSender.isPerson(name) {
            person = name
        } else if !name.isEmpty, !name.contains("@") {
            organisation = organisation ?? name
        }
        if organisation.map({ $0.contains("@") || $0.isEmpty }) == true { organisation = nil }
    }

    /// The words before the address in angle brackets, else those in brackets after it.
    private static func displayName(_ field: [UInt8], _ transcode: Transcode) -> String {
        var words: [UInt8] = []
        var comment: [UInt8] = []
        var index = 0
        var isQuoted = false
        var depth = 0
        loop: while index < field.count {
            let byte = field[index]
            index += 1
            if byte == 0x5C, isQuoted || depth > 0, index < field.count {
                if depth > 0 { comment.append(field[index]) } else { words.append(field[index]) }
                index += 1
                continue
            }
            switch byte {
            case 0x22 where depth == 0: isQuoted.toggle()
            case 0x28 where !isQuoted: depth += 1
            case 0x29 where !isQuoted && depth > 0: depth -= 1
            case 0x3C where !isQuoted && depth == 0: break loop
            case 0x2C where !isQuoted && depth == 0 && words.contains(0x40): break loop
            default: if depth > 0 { comment.append(byte) } else { words.append(byte) }
            }
        }
        let hasAddress = words.contains(0x40) && !words.contains(0x20)
        let name = ASCII.folded(EncodedWords.decoded(words, transcode))
        let inBrackets = ASCII.folded(EncodedWords.decoded(comment, transcode))
        if name.isEmpty || hasAddress || name.contains("@") && !inBrackets.isEmpty { return inBrackets }
        return inBrackets.isEmpty ? name : name + " (" + inBrackets + ")"
    }

    /// Two to five capitalised words, none of which an organisation calls itself.
    static func isPerson(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        guard (2...5).contains(words.count), name.utf8.count <= 80 else { return false }
        var capitalised = 0
        for word in words {
            let letters = word.filter { $0.isLetter || $0 == "." || $0 == "'" || $0 == "’" || $0 == "-" }
            guard letters.count == word.count, let first = word.first else { return false }
            let lower = word.lowercased().replacing(".", with: "")
            if organisations.contains(lower) { return false }
            if first.isUppercase || !first.isCased {
                capitalised += 1
            } else if !particles.contains(lower) {
                return false
            }
            // "BBC", "REUTERS": a word in capitals is no name, unless all of them are.
            if word.count > 2, !word.contains("."), word.allSatisfy(\.isUppercase), name.contains(where: \.isLowercase)
            {
                return false
            }
        }
        return capitalised >= 2
    }

    private static let particles: Set<String> = [
        "de", "da", "di", "du", "del", "della", "von", "van", "der", "den", "bin", "ibn", "al", "el", "la", "le", "dos",
        "ter", "ten", "y", "e", "zu",
    ]
    private static let organisations: Set<String> = [
        "news", "newsletter", "newsroom", "newsdesk", "newswire", "wire", "desk", "team", "editor", "editors",
        "editorial",
        "press", "media", "office", "service", "services", "agency", "daily", "weekly", "monthly", "morning", "evening",
        "briefing", "digest", "alert", "alerts", "update", "updates", "bulletin", "times", "post", "herald", "tribune",
        "journal", "gazette", "courier", "mail", "support", "info", "information", "admin", "list", "lists", "group",
        "ministry", "department", "council", "committee", "commission", "university", "institute", "foundation",
        "association", "society", "union", "police", "government", "city", "bank", "company", "inc", "ltd", "llc",
        "gmbh",
        "the", "and", "of", "for", "no-reply", "noreply", "reply", "notification", "notifications", "security",
        "international", "global", "world", "national", "communications", "relations", "public", "affairs", "center",
        "centre", "network", "today", "report", "review", "magazine", "radio", "tv", "online", "store",
    ]
}
