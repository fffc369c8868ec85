/// Whether bytes are a mail or a box of mails.
enum MailForm {
    static func kind(_ bytes: [UInt8], _ start: Int, _ mediaType: String?, _ name: String) -> DocumentKind? {
        switch mediaType {
        case "message/rfc822", "message/global": return .mail
        case "application/mbox": return .mailbox
        default: break
        }
        if name.hasSuffix(".mbox") { return .mailbox }
        let isBox = bytes[start...].starts(with: "From ".utf8)
        if name.hasSuffix(".eml") { return isBox ? .mailbox : .mail }
        return hasHeader(bytes, start, isBox) ? isBox ? .mailbox : .mail : nil
    }

    private static let known: Set<String> = [
        "from", "to", "subject", "date", "received", "message-id", "return-path", "mime-version", "delivered-to",
        "reply-to", "content-type", "x-mailer", "cc", "dkim-signature", "sender", "list-id", "authentication-results",
        "arc-seal", "content-transfer-encoding", "user-agent", "in-reply-to", "references",
    ]

    /// Whether a line is a field that stands in mails.
    static func beginsWithKnownField(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard let colon = MailHeader.colon(bytes, line) else { return false }
        let name = ASCII.lowered(bytes[line.lowerBound..<colon])
        return known.contains(name) || name.hasPrefix("x-")
    }

    /// Two or more known header lines at the start, one of them from a machine.
    private static func hasHeader(_ bytes: [UInt8], _ start: Int, _ isBox: Bool) -> Bool {
        var index = start
        var found: Set<String> = []
        var line = 0
        while index < bytes.count, line < 200 {
            let limit = min(bytes.count, index + 2000)
            let end = ByteScan.first(0x0A, in: bytes, from: index, to: limit)
            let isFolded = bytes[index] == 0x20 || bytes[index] == 0x09
            let text = ASCII.trimmed(bytes, index..<end)
            if text.isEmpty { break }
            if !isFolded, !(line == 0 && isBox) {
                guard let colon = MailHeader.colon(bytes, text) else { break }
                let name = ASCII.lowered(bytes[text.lowerBound..<colon])
                if known.contains(name) { found.insert(name) } else if line == 0, !name.contains("-") { return false }
            }
            line += 1
            index = end + 1
        }
        let isMail =
            found.contains("message-id") || found.contains("received") || found.contains("mime-version")
            || found.contains("return-path")
            || (found.contains("from") && found.contains("subject") && found.count >= 3)
        return isMail && found.count >= 2
    }
}
