/// Reads the text part of an OpenDocument text: no deleted text, no notes, comments or table of contents.
struct OpenDocumentText {
    private var tokens: MarkupTokenizer
    private var builder = OfficeTextBuilder()
    private var ignored = 0
    private var items = 0
    /// The styles of this document by the ones they are made from.
    private var parents: [String: String] = [:]

    static func paragraphs(in xml: [UInt8]) -> [OfficeText.Paragraph] {
        var text = OpenDocumentText(tokens: MarkupTokenizer(xml, isXML: true))
        text.read()
        return text.builder.paragraphs
    }

    private init(tokens: MarkupTokenizer) { self.tokens = tokens }

    private mutating func read() {
        while tokens.next() {
            switch tokens.kind {
            case .startTag:
                let name = tokens.localName
                begin(name)
                if tokens.isSelfClosing { end(name) }
            case .endTag: end(tokens.localName)
            case .text, .cdata: if ignored == 0 { appendText() }
            default: break
            }
        }
        builder.finish()
    }

    /// White space is folded, since blanks that count are written as elements.
    private mutating func appendText() {
        var text: [UInt8] = []
        CharacterReferences.append(tokens.bytes, tokens.content, to: &text)
        builder.append(
            text.indices.lazy.filter { !ASCII.isSpace(text[$0]) || $0 == 0 || !ASCII.isSpace(text[$0 - 1]) }
                .map { ASCII.isSpace(text[$0]) ? 0x20 : text[$0] })
    }

    private static let ignoredNames: Set<String> = [
        "tracked-changes", "note", "annotation", "table-of-content", "automatic-styles", "ruby-text", "title", "desc",
    ]

    private mutating func begin(_ name: String) {
        if name == "style", let id = tokens.localAttribute("name") {
            parents[id] = tokens.localAttribute("parent-style-name")
        }
        if OpenDocumentText.ignoredNames.contains(name) { ignored += 1 }
        guard ignored == 0 else { return }
        switch name {
        case "h": builder.beginParagraph(kind(.heading))
        case "p": builder.beginParagraph(kind(items > 0 ? .listItem : .paragraph))
        case "list-item": items += 1
        case "tab": builder.append([0x09])
        case "line-break": builder.append([0x0A])
        case "s":
            let count = tokens.localAttribute("c").flatMap { Int($0) } ?? 1
            builder.append([UInt8](repeating: 0x20, count: min(max(count, 1), 16)))
        case "table-row": builder.beginRow()
        case "table-cell": builder.beginCell()
        default: break
        }
    }

    private func kind(_ usual: OfficeText.Kind) -> OfficeText.Kind {
        let style = tokens.localAttribute("style-name") ?? ""
        switch parents[style] ?? style {
        case "Title": return .title
        case "Subtitle": return .heading
        case "Quotations": return .quote
        case let name where name.hasPrefix("Heading"): return .heading
        default: return usual
        }
    }

    private mutating func end(_ name: String) {
        if OpenDocumentText.ignoredNames.contains(name) {
            ignored = max(0, ignored - 1)
            return
        }
        guard ignored == 0 else { return }
        switch name {
        case "h", "p": builder.endParagraph()
        case "list-item": items = max(0, items - 1)
        case "table-row": builder.endRow()
        default: break
        }
    }
}
