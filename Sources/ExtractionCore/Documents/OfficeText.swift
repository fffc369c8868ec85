/// What stands in an office document: its paragraphs, and what it says about itself.
struct OfficeText {
    enum Kind { case title, heading, paragraph, listItem, quote, caption, row }

    struct Paragraph {
        var text: [UInt8] = []
        var kind: Kind = .paragraph
    }

    var paragraphs: [Paragraph] = []
    var title: String?
    var authors: [String] = []
    var created: ZonedTime?
    var modified: ZonedTime?
}

extension OfficeText {
    /// What the file says about itself, in the words of the Dublin Core.
    mutating func takeProperties(_ xml: [UInt8]) {
        var tokens = MarkupTokenizer(xml, isXML: true)
        var name = ""
        var creators: [String: String] = [:]
        while tokens.next() {
            switch tokens.kind {
            case .startTag: name = tokens.localName
            case .endTag: name = ""
            case .text, .cdata:
                let value = ASCII.folded(CharacterReferences.decoded(xml, tokens.content))
                guard !value.isEmpty else { continue }
                switch name {
                case "title": title = title ?? value
                case "creator", "initial-creator": creators[name] = creators[name] ?? value
                case "created", "creation-date": created = created ?? FeedDate.time(value)
                case "modified", "date": modified = modified ?? FeedDate.time(value)
                default: break
                }
            default: break
            }
        }
        // OpenDocument calls the last one who saved it the creator.
        let creator = creators["initial-creator"] ?? creators["creator"] ?? ""
        authors = creator.split(separator: ";").prefix(10).map { ASCII.trimmed(String($0)) }
    }
}

extension MarkupTokenizer {
    /// The name of a tag without its prefix, in lower case.
    var localName: String {
        let colon = ByteScan.first(0x3A, in: bytes, from: name.lowerBound, to: name.upperBound)
        return ASCII.lowered(bytes[(colon < name.upperBound ? colon + 1 : name.lowerBound)..<name.upperBound])
    }

    /// The decoded value of the first attribute of that lower-case name, whatever its prefix.
    func localAttribute(_ wanted: StaticString) -> String? {
        for attribute in attributes {
            let colon = ByteScan.first(0x3A, in: bytes, from: attribute.name.lowerBound, to: attribute.name.upperBound)
            let first = colon < attribute.name.upperBound ? colon + 1 : attribute.name.lowerBound
            if ASCII.matches(wanted, in: bytes, first..<attribute.name.upperBound) {
                return CharacterReferences.decoded(bytes, attribute.value)
            }
        }
        return nil
    }
}

/// Puts paragraphs together as they open and close, in tables too.
struct OfficeTextBuilder {
    private(set) var paragraphs: [OfficeText.Paragraph] = []
    /// Open ones, the innermost last: a text box stands inside a paragraph.
    private var open: [OfficeText.Paragraph] = []
    /// Open rows of tables, the innermost last, each with the paragraphs of its cells.
    private var rows: [[[OfficeText.Paragraph]]] = []
    private static let depthLimit = 32

    mutating func beginParagraph(_ kind: OfficeText.Kind = .paragraph) {
        if open.count == OfficeTextBuilder.depthLimit { endParagraph() }
        open.append(OfficeText.Paragraph(kind: kind))
    }

    /// The kind of the open paragraph.
    var kind: OfficeText.Kind {
        get { open.last?.kind ?? .paragraph }
        set { if !open.isEmpty { open[open.count - 1].kind = newValue } }
    }

    mutating func append(_ text: some Sequence<UInt8>) { if !open.isEmpty { open[open.count - 1].text += text } }

    mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        if !open.isEmpty { CharacterReferences.append(bytes, range, to: &open[open.count - 1].text) }
    }

    mutating func endParagraph(keeping isKept: Bool = true) {
        guard var paragraph = open.popLast() else { return }
        paragraph.text = Array(paragraph.text[ASCII.trimmed(paragraph.text, 0..<paragraph.text.count)])
        if isKept, !paragraph.text.isEmpty { add([paragraph]) }
    }

    mutating func beginRow() { if rows.count < OfficeTextBuilder.depthLimit { rows.append([]) } }
    mutating func beginCell() { if !rows.isEmpty { rows[rows.count - 1].append([]) } }

    /// Short cells are one line with tabs between them; a row of long ones only puts paragraphs side by side.
    mutating func endRow() {
        guard let cells = rows.popLast()?.filter({ !$0.isEmpty }), !cells.isEmpty else { return }
        let isData = cells.count > 1 && cells.allSatisfy { $0.reduce(0) { $0 + $1.text.count } <= 200 }
        guard isData else { return add(cells.flatMap { $0 }) }
        let texts = cells.map { cell in cell.map { ASCII.folded(String(decoding: $0.text, as: UTF8.self)) } }
        let line = texts.map { $0.joined(separator: " ") }.joined(separator: "\t")
        add([OfficeText.Paragraph(text: Array(line.utf8), kind: .row)])
    }

    /// Closes what is still open.
    mutating func finish() {
        while !open.isEmpty { endParagraph() }
        while !rows.isEmpty { endRow() }
    }

    private mutating func add(_ found: [OfficeText.Paragraph]) {
        guard !rows.isEmpty else { return paragraphs += found }
        if rows[rows.count - 1].isEmpty { beginCell() }
        rows[rows.count - 1][rows[rows.count - 1].count - 1] += found
    }
}
