/// Reads the text part of a Word document: no deleted text, no field codes, no notes, hidden runs or table of contents.
struct WordText {
    private var tokens: MarkupTokenizer
    private let styles: WordStyles
    private var builder = OfficeTextBuilder()
    /// How many elements are open whose content does not count.
    private var ignored = 0
    private var isText = false
    private var isRun = false
    private var isHidden = false
    /// Whether the open paragraph is left out.
    private var isLeftOut = false

    static func paragraphs(in xml: [UInt8], styles: WordStyles) -> [OfficeText.Paragraph] {
        var text = WordText(tokens: MarkupTokenizer(xml, isXML: true), styles: styles)
        text.read()
        return text.builder.paragraphs
    }

    private init(tokens: MarkupTokenizer, styles: WordStyles) {
        self.tokens = tokens
        self.styles = styles
    }

    private mutating func read() {
        while tokens.next() {
            switch tokens.kind {
            case .startTag:
                let name = tokens.localName
                begin(name)
                if tokens.isSelfClosing { end(name) }
            case .endTag: end(tokens.localName)
            case .text, .cdata:
                if isText, ignored == 0, !isHidden { builder.append(tokens.bytes, tokens.content) }
            default: break
            }
        }
        builder.finish()
    }

    /// What was deleted or moved away, a second form of the same picture, readings above characters.
    private static let ignoredNames: Set<String> = ["del", "movefrom", "fallback", "rt"]

    private mutating func begin(_ name: String) {
        if WordText.ignoredNames.contains(name) { ignored += 1 }
        guard ignored == 0 else { return }
        switch name {
        case "p":
            builder.beginParagraph()
            isLeftOut = false
        case "pstyle": takeStyle()
        case "outlinelvl": if tokens.localAttribute("val") != "9" { builder.kind = .heading }
        case "numid":
            if builder.kind == .paragraph, tokens.localAttribute("val") != "0" { builder.kind = .listItem }
        case "r": (isRun, isHidden) = (true, false)
        case "vanish": isHidden = isRun && !["0", "false"].contains(tokens.localAttribute("val"))
        case "t": isText = true
        case "tab" where isRun: builder.append([0x09])
        case "br", "cr": builder.append([0x0A])
        case "nobreakhyphen": builder.append([0x2D])
        case "tr": builder.beginRow()
        case "tc": builder.beginCell()
        default: break
        }
    }

    private mutating func takeStyle() {
        switch tokens.localAttribute("val").map({ styles.role(of: $0) }) {
        case .kind(let kind): builder.kind = kind
        case .leftOut: isLeftOut = true
        case nil: break
        }
    }

    private mutating func end(_ name: String) {
        if WordText.ignoredNames.contains(name) {
            ignored = max(0, ignored - 1)
            return
        }
        guard ignored == 0 else { return }
        switch name {
        case "p":
            builder.endParagraph(keeping: !isLeftOut)
            isLeftOut = false
        case "r": (isRun, isHidden) = (false, false)
        case "t": isText = false
        case "tr": builder.endRow()
        default: break
        }
    }
}

/// What the styles of a Word document mean. Their ids depend on the language, their names do not.
struct WordStyles {
    enum Role { case kind(OfficeText.Kind), leftOut }

    private struct Style {
        var name = ""
        var parent: String?
        var isHeading = false
    }

    private var styles: [String: Style] = [:]

    init(_ xml: [UInt8]) {
        var tokens = MarkupTokenizer(xml, isXML: true)
        var id = ""
        while tokens.next() {
            guard tokens.kind == .startTag else { continue }
            switch tokens.localName {
            case "style": id = tokens.localAttribute("styleid") ?? ""
            case "name": styles[id, default: Style()].name = ASCII.lowered((tokens.localAttribute("val") ?? "").utf8)
            case "basedon": styles[id, default: Style()].parent = tokens.localAttribute("val")
            case "outlinelvl": styles[id, default: Style()].isHeading = tokens.localAttribute("val") != "9"
            default: break
            }
        }
    }

    /// What paragraphs of a style are; what a style does not say, the one it is made from does.
    func role(of id: String) -> Role {
        var id = id
        for _ in 0..<8 {
            let style = styles[id] ?? Style(name: ASCII.lowered(id.utf8))
            if let role = WordStyles.role(named: style.name) { return role }
            if style.isHeading { return .kind(.heading) }
            guard let parent = style.parent else { break }
            id = parent
        }
        return .kind(.paragraph)
    }

    private static func role(named name: String) -> Role? {
        if name == "title" { return .kind(.title) }
        if name.hasPrefix("heading") || name == "subtitle" { return .kind(.heading) }
        if name.hasPrefix("toc") || name == "table of figures" { return .leftOut }
        if name.hasPrefix("list bullet") || name.hasPrefix("list number") { return .kind(.listItem) }
        if name.hasSuffix("quote") { return .kind(.quote) }
        return name == "caption" ? .kind(.caption) : nil
    }
}
