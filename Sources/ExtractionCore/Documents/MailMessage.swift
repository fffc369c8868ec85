/// A mail: what it says itself, the mails it passes on, and what is attached to it.
struct MailMessage: Sendable {
    private let bytes: [UInt8]
    private let tree: MIMEParts
    private let children: [[Int]]
    private let transcode: Transcode
    /// The part that is the mail whose words count: the one that was passed on, where the sender adds nothing to it.
    private(set) var main = 0
    /// Mails around it, from the outside in.
    private(set) var wrappers: [Int] = []

    /// One piece of a body; where both are there, they are two forms of the same.
    struct Piece: Hashable, Sendable {
        var plain: [Int] = []
        var html: [Int] = []
        var isEmpty: Bool { plain.isEmpty && html.isEmpty }
    }

    /// Larger ones are not taken apart.
    static let sizeLimit = 64 << 20

    init(_ bytes: [UInt8], transcode: @escaping Transcode = { _, _ in nil }) {
        self.bytes = bytes
        self.transcode = transcode
        tree = MIMEParts(bytes, transcode)
        var children = [[Int]](repeating: [], count: tree.parts.count)
        for (index, part) in tree.parts.enumerated() { if let parent = part.parent { children[parent].append(index) } }
        self.children = children
        var passedOn = self.passedOn(main)
        while passedOn.count == 1, hasLittleText(main), let inner = children[passedOn[0]].first {
            wrappers.append(main)
            main = inner
            passedOn = self.passedOn(main)
        }
    }

    var parts: [MIMEPart] { tree.parts }
    var header: MailHeader { tree.parts[main].header }
    var isCut: Bool { tree.isCut }

    // MARK: The body

    /// The pieces of the text, in their order.
    var body: [Piece] { pieces(of: main) }

    private func pieces(of part: Int) -> [Piece] {
        let inner = children[part]
        guard tree.parts[part].holdsParts else { return isText(part) ? [piece(part)] : [] }
        switch tree.parts[part].mediaType {
        case "multipart/alternative": return alternatives(inner)
        case "multipart/related":
            // The first is what is shown; the others are its pictures.
            return inner.lazy.map(pieces).first { !$0.isEmpty } ?? []
        case "multipart/signed": return inner.first.map(pieces) ?? []
        case "multipart/encrypted", "multipart/digest": return []
        case "message/rfc822", "message/global": return []
        default: return inner.flatMap(pieces)
        }
    }

    /// The last form that is readable is the richest, but both are kept: which holds the text shows later.
    private func alternatives(_ parts: [Int]) -> [Piece] {
        var both = Piece()
        for part in parts {
            let found = pieces(of: part)
            let html = found.flatMap(\.html)
            if !html.isEmpty { both.html = html } else { both.plain += found.flatMap(\.plain) }
        }
        return both.isEmpty ? [] : [both]
    }

    private func piece(_ part: Int) -> Piece {
        tree.parts[part].mediaType == "text/html" ? Piece(html: [part]) : Piece(plain: [part])
    }

    private func isText(_ part: Int) -> Bool {
        let one = tree.parts[part]
        guard !one.isAttachment else { return false }
        // The only part of a mail is its text, whatever name it has; elsewhere a name makes it a file.
        if one.fileName != nil, part != main, one.disposition.value != "inline" || !isNamedAlone(part) { return false }
        switch one.mediaType {
        case "text/plain", "text/html", "text/enriched", "text/markdown", "text": return true
        default: return one.mediaType.hasPrefix("multipart/")
        }
    }

    private func isNamedAlone(_ part: Int) -> Bool {
        guard let parent = tree.parts[part].parent else { return true }
        return !children[parent].contains { $0 != part && tree.parts[$0].mediaType.hasPrefix("text/") }
    }

    /// A part's bytes, its encoding undone.
    func content(_ part: Int) -> [UInt8] { tree.parts[part].encoding.decoded(bytes[tree.parts[part].body]) }

    /// A part's text in UTF-8.
    func text(_ part: Int) -> [UInt8] {
        MailText.utf8(content(part), charset: tree.parts[part].type["charset"], transcode)
    }

    /// A plain part's text as it was before it was made fit for the wire.
    func plainText(_ part: Int) -> [UInt8] {
        let type = tree.parts[part].type
        let text = text(part)
        guard type["format"].map({ ASCII.lowered($0.utf8) }) == "flowed" else { return text }
        return FlowedText.unwrapped(text, deletesSpaces: type["delsp"].map { ASCII.lowered($0.utf8) } == "yes")
    }

    private func hasLittleText(_ message: Int) -> Bool { letters(message) < MailMessage.littleText }

    /// Whether it says anything itself.
    var hasText: Bool { letters(main) > 0 }

    /// Bytes of text of its own.
    private func letters(_ message: Int) -> Int {
        var letters = 0
        for piece in pieces(of: message) {
            let plain = piece.plain.map { MailLines(self.text($0), isForward: false).text }
            let html = piece.html.map { Array(HTMLSanitizer.plainText(self.text($0)).utf8) }
            let forms = piece.plain.isEmpty ? html : plain
            for form in forms { letters += form.count { !ASCII.isSpace($0) } }
        }
        return letters
    }

    /// Bytes of a note such as "for your information, see below".
    private static let littleText = 240

    // MARK: What comes with it

    /// The mails inside a mail.
    private func passedOn(_ message: Int) -> [Int] {
        var found: [Int] = []
        var next = [message]
        while let part = next.popLast() {
            for inner in children[part].reversed() {
                if tree.parts[inner].isMail { found.append(inner) } else { next.append(inner) }
            }
        }
        return found.sorted()
    }

    /// Files and mails that are documents of their own.
    var attachments: [Int] { attached.filter(isReadable) }

    /// The names of files that nothing here reads; pictures inside the text are none.
    var unread: [String] {
        attached.filter { !isReadable($0) }.compactMap { part in
            let one = tree.parts[part]
            guard one.isAttachment || one.fileName != nil, one.header["content-id"] == nil || one.isAttachment else {
                return nil
            }
            return (one.fileName ?? "without a name") + " (" + one.mediaType + ")"
        }
    }

    /// Parts that are neither text nor hold parts.
    private var attached: [Int] {
        let used = Set(body.flatMap { $0.plain + $0.html })
        let alternatives = Set(
            tree.parts.indices.filter { part in
                tree.parts[part].parent.map { tree.parts[$0].mediaType == "multipart/alternative" } ?? false
            })
        var found: [Int] = []
        var next = (wrappers + [main]).reversed().map { $0 }
        var seen = Set(wrappers + [main])
        while let part = next.popLast() {
            let isRoot = part == main || wrappers.contains(part)
            if !isRoot, tree.parts[part].isMail {
                // The one that was passed on is read as the mail itself.
                if children[part].first.map(seen.contains) != true { found.append(part) }
                continue
            }
            if !tree.parts[part].holdsParts {
                if !isRoot, !used.contains(part), !alternatives.contains(part) { found.append(part) }
                continue
            }
            for inner in children[part].reversed() where seen.insert(inner).inserted { next.append(inner) }
        }
        return found
    }

    private func isReadable(_ part: Int) -> Bool {
        let one = tree.parts[part]
        if one.isMail { return true }
        let name = one.fileName.map { ASCII.lowered($0.utf8) } ?? ""
        if MailMessage.readableEndings.contains(where: name.hasSuffix) { return true }
        if MailMessage.readableTypes.contains(one.mediaType) { return one.isAttachment || !name.isEmpty }
        guard one.mediaType == "application/octet-stream" else { return false }
        return ["pdf", "docx"].contains(DocumentKind.binaryName(content(part)) ?? "")
    }

    private static let readableEndings = [
        ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".eml",
    ]
    private static let readableTypes: Set<String> = [
        "text/plain", "text/html", "text/markdown", "application/xhtml+xml", "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]

    /// An attachment as a document.
    func document(of part: Int, in mail: Document, named member: String) -> Document {
        let one = tree.parts[part]
        var document = mail
        if one.isMail {
            document.bytes = content(part)
            document.mediaType = "message/rfc822"
        } else {
            document.bytes = content(part)
            // A name says more than "some bytes".
            document.mediaType = one.mediaType == "application/octet-stream" ? nil : one.mediaType
        }
        document.charset = one.isMail ? nil : one.type["charset"]
        (document.url, document.title, document.published) = (nil, nil, nil)
        if case .file(let file, _) = mail.origin { document.origin = .file(name: file, member: member) }
        return document
    }
}
