// Mail programs write pages of their own kind: no menus and no teasers, but tables within tables, hidden first lines for
// the list of mails, and the history of a conversation below. So every block counts that is not one of these.

/// The text of a mail that is a page.
struct MailPage {
    private(set) var text: [UInt8] = []
    private(set) var blocks: [Block] = []
    private(set) var captions: [String] = []
    /// The header lines above a text that was passed on.
    private(set) var passedOn: [String: String] = [:]

    /// The headline above the text is a field and no text.
    init(_ html: [UInt8], isForward: Bool, headline: String?) {
        let tree = MarkupTree(html)
        let page = PageBlocks(tree)
        let origins = MailPage.origins(tree)
        let own = page.blocks.reduce(0) { origins[$1.node] == .own ? $0 + $1.words : $0 }
        let keepsQuoted = isForward || own < 12
        for (index, block) in page.blocks.enumerated() where !block.isHidden {
            switch origins[block.node] {
            case .own: break
            case .history: if !keepsQuoted { continue }
            case .signature: continue
            }
            if MailPage.isSignature(page, block) || endsMail(page, index) { break }
            if blocks.count < 2, let headline, page.text[block.range].elementsEqual(headline.utf8) { continue }
            if take(page, block, keepsQuoted: keepsQuoted) { break }
        }
        cutTail()
    }

    /// Adds a block unless it is none of the text; true when nothing after it counts.
    private mutating func take(_ page: PageBlocks, _ block: PageBlock, keepsQuoted: Bool) -> Bool {
        let words = page.text[block.range]
        if block.words <= 12, words.count <= 120 {
            let lower = ASCII.lowered(words.filter { $0 != 0x2D && $0 != 0x5F })
            if MailPage.marks.contains(ASCII.trimmed(lower)) { return !keepsQuoted && !blocks.isEmpty }
        }
        let string = String(decoding: words.prefix(400), as: UTF8.self)
        if block.words <= 60, takeHeaderLines(string) { return !keepsQuoted }
        if MailLines.isIntroduction(string) { return false }
        if block.kind == .caption {
            captions.append(String(decoding: words, as: UTF8.self))
            return false
        }
        if block.words <= MailFurniture.longest, MailFurniture.isFurniture(page.text, block.range) { return false }
        // Rows of links: "News | Sport | Weather".
        if block.kind != .heading, block.linkShare > 0.6, block.words <= 8, block.counts.sentenceEnds == 0 {
            return false
        }
        if !text.isEmpty { text += [0x0A, 0x0A] }
        let start = text.count
        text += words
        blocks.append(
            Block(
                range: TextRange(start, text.count), kind: block.kind == .quote && keepsQuoted ? .paragraph : block.kind
            ))
        return false
    }

    private static let marks: Set<String> = [
        "original message", "forwarded message", "begin forwarded message:", "ursprüngliche nachricht",
        "weitergeleitete nachricht",
    ]

    /// "From: … Sent: … To: … Subject: …", in one block or in one each.
    private mutating func takeHeaderLines(_ string: String) -> Bool {
        let names = ["from", "date", "sent", "to", "cc", "subject"]
        let words = string.split(separator: " ", omittingEmptySubsequences: true)
        guard let first = words.first, first.hasSuffix(":"), names.contains(first.dropLast().lowercased()) else {
            return false
        }
        var values: [String: [Substring]] = [:]
        var current = ""
        for word in words {
            let name = word.hasSuffix(":") ? word.dropLast().lowercased() : ""
            if names.contains(name), values[name] == nil { current = name }
            values[current, default: []].append(word)
        }
        let isBlock = values.count >= 3
        guard isBlock || !passedOn.isEmpty || first == "From:" && string.contains("@") else { return false }
        for (name, value) in values where passedOn[name] == nil {
            passedOn[name] = value.dropFirst().joined(separator: " ")
        }
        return true
    }

    private enum Origin { case own, history, signature }

    /// Whose words an element holds.
    private static func origins(_ tree: MarkupTree) -> [Origin] {
        var origins = [Origin](repeating: .own, count: tree.nodes.count)
        var index = 0
        while index < tree.nodes.count {
            let origin = origin(tree, index)
            let end = origin == .own ? index + 1 : max(index + 1, Int(tree.nodes[index].end))
            // A signature inside the history stays history's.
            for inner in index..<min(end, origins.count) { origins[inner] = origin }
            index = end
        }
        return origins
    }

    private static func origin(_ tree: MarkupTree, _ index: Int) -> Origin {
        let node = tree.nodes[index]
        guard !node.isText, node.attributeNames != 0 else { return .own }
        if node.tag == .blockquote, let type = tree.rawAttribute(.type, of: index),
            ASCII.matches("cite", in: tree.bytes, type)
        {
            return .history
        }
        guard let names = tree.rawAttribute(.class, of: index) else { return .own }
        for name in TextMarks.words(tree.bytes, names).prefix(20) {
            if historyClasses.contains(where: { ASCII.matches($0, in: tree.bytes, name) }) { return .history }
            if signatureClasses.contains(where: { ASCII.matches($0, in: tree.bytes, name) }) { return .signature }
        }
        return .own
    }

    private static let historyClasses = [
        "gmail_quote", "gmail_quote_container", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "zmail_extra",
    ].map { Array($0.utf8) }
    private static let signatureClasses = ["gmail_signature", "gmail_signature_prefix", "moz-signature"].map {
        Array($0.utf8)
    }

    /// The line that ends a letter: nothing but addresses and rights follows.
    private func endsMail(_ page: PageBlocks, _ index: Int) -> Bool {
        let block = page.blocks[index]
        guard !blocks.isEmpty, block.words <= MailFurniture.longest, MailFurniture.endsMail(page.text, block.range)
        else {
            return false
        }
        var words = 0
        for block in page.blocks[(index + 1)...] {
            words += block.words
            if words > MailFurniture.tailWords { return false }
        }
        return true
    }

    private static func isSignature(_ page: PageBlocks, _ block: PageBlock) -> Bool {
        let words = page.text[block.range]
        return words.elementsEqual("--".utf8) || words.elementsEqual("-- ".utf8)
    }

    /// Blocks after the text that only say who sent it and what from.
    private mutating func cutTail() {
        while let last = blocks.last, blocks.count > 1 {
            let lower = ASCII.lowered(text[last.range.lower..<last.range.upper].prefix(60))
            guard lower.hasPrefix("sent from my ") || lower.hasPrefix("get outlook for ") else { break }
            blocks.removeLast()
            text.removeLast(text.count - (blocks.last?.range.upper ?? 0))
        }
    }
}
