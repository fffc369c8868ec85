/// What a mail's header says about its text.
struct MailFields: Sendable {
    private(set) var subject: String?
    private(set) var isForward = false
    /// Who wrote it, when it is a person.
    private(set) var author: String?
    /// The list or sender that publishes it.
    private(set) var publication: String?
    private(set) var published: ZonedTime?
    private(set) var url: String?
    private(set) var language: String?

    init(_ header: MailHeader, _ transcode: Transcode) {
        let subject = header.text("subject", transcode).map(MailFields.subject)
        self.subject = subject.flatMap { $0.words.isEmpty ? nil : $0.words }
        isForward = subject?.isForward ?? false
        let sender = header["from"].map { MailSender($0, transcode) }
        author = sender?.person
        publication = MailFields.listName(header, transcode) ?? sender?.organisation
        published = MailFields.date(header)
        url = MailFields.url(header)
        language = header.text("content-language", transcode).flatMap(MailFields.language)
    }

    // MARK: The subject

    /// A subject without what programs put before it.
    static func subject(_ subject: String) -> (words: String, isForward: Bool) {
        var words = subject[...]
        var isForward = false
        var rounds = 0
        while rounds < 12 {
            rounds += 1
            words = words.drop { $0 == " " }
            if words.first == "[", let close = words.prefix(60).firstIndex(of: "]") {
                let rest = words[words.index(after: close)...].drop { $0 == " " }
                if rest.isEmpty { break }
                words = rest
                continue
            }
            guard let colon = words.prefix(12).firstIndex(of: ":") else { break }
            let prefix = words[..<colon].lowercased().prefix { $0 != "[" && $0 != "(" && $0 != "^" && $0 != " " }
            if forwardMarks.contains(String(prefix)) {
                isForward = true
            } else if !replyMarks.contains(String(prefix)) {
                break
            }
            words = words[words.index(after: colon)...]
        }
        // Some programs write it at the end.
        if words.hasSuffix("(fwd)") {
            isForward = true
            words = words.dropLast(5)
        }
        return (ASCII.trimmed(String(words)), isForward)
    }

    private static let forwardMarks: Set<String> = ["fwd", "fw", "wg", "tr", "rv", "doorst", "vs", "i"]
    private static let replyMarks: Set<String> = ["re", "aw", "antw", "sv", "r", "ref", "odp"]

    // MARK: The rest

    /// "Harbour news <harbour.lists.example.org>" in `List-Id`.
    private static func listName(_ header: MailHeader, _ transcode: Transcode) -> String? {
        guard let words = header.text("list-id", transcode) else { return nil }
        let name = ASCII.trimmed(String(words.prefix { $0 != "<" }).replacing("\"", with: ""))
        guard name.utf8.count >= 3, name.contains(where: \.isLetter), !name.contains("@"),
            !name.utf8.contains(0x2E) || name.contains(" ")
        else { return nil }
        return name
    }

    /// The day it was written; one that cannot be is replaced by when it was received.
    private static func date(_ header: MailHeader) -> ZonedTime? {
        if let date = header["date"].map({ String(decoding: $0.prefix(200), as: UTF8.self) }).flatMap(FeedDate.time) {
            return date
        }
        guard let received = header["received"], let mark = received.lastIndex(of: 0x3B) else { return nil }
        return FeedDate.time(String(decoding: received[(mark + 1)...].prefix(200), as: UTF8.self))
    }

    /// The address of this mail in an archive. `List-Archive` mostly names the whole archive, which is no article's
    /// address: it counts only when it leads to a single page.
    private static func url(_ header: MailHeader) -> String? {
        for name in ["archived-at", "x-archived-at"] {
            if let address = header.address(name), isWebAddress(address) { return address }
        }
        guard let address = header.address("list-archive"), isWebAddress(address) else { return nil }
        let page = WebAddress(address).path.split(separator: "/").last.map(String.init) ?? ""
        return page.utf8.contains(where: ASCII.isDigit) && page.hasSuffix(".html") ? address : nil
    }

    private static func isWebAddress(_ address: String) -> Bool {
        let lower = ASCII.lowered(address.utf8.prefix(8))
        return lower.hasPrefix("https://") || lower.hasPrefix("http://")
    }

    private static func language(_ field: String) -> String? {
        let tag = field.prefix { $0 != "," && $0 != ";" && $0 != " " }
        guard (2...12).contains(tag.utf8.count), tag.utf8.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == 0x2D }) else {
            return nil
        }
        return String(tag)
    }
}
