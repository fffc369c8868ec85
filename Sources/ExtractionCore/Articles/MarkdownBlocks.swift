// Markdown's blocks line by line: headings, lists, quotations, tables, code, pieces of HTML. Only what matters for
// reading is told apart; a text indented by four blanks is a paragraph here, since news is indented and programs are rare.

/// The blocks of a Markdown text, in words.
struct MarkdownBlocks {
    private(set) var text: [UInt8] = []
    private(set) var blocks: [Block] = []
    private(set) var captions: [String] = []
    /// The level of each heading, by the index of its block.
    private(set) var levels: [Int: Int] = [:]

    private let bytes: [UInt8]
    private var index: Int
    /// The lines of the block that is read.
    private var open: [Range<Int>] = []
    private var kind = Block.Kind.paragraph
    private var isInList = false
    private var isTable = false

    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        index = start
        while index < bytes.count { readLine() }
        close()
    }

    private func lineEnd(_ start: Int) -> Int { ByteScan.first(0x0A, in: bytes, from: start, to: bytes.count) }

    private func trimmedLine(_ start: Int) -> Range<Int> { ASCII.trimmed(bytes, start..<lineEnd(start)) }

    private mutating func readLine() {
        let start = index
        let whole = start..<lineEnd(start)
        let line = ASCII.trimmed(bytes, whole)
        let indent = line.lowerBound - start
        index = min(bytes.count, whole.upperBound + 1)
        if line.isEmpty { return close() }
        if let fence = MarkdownLine.fence(bytes, line) { return readCode(fence) }
        if MarkdownLine.beginsHTML(bytes, line), open.isEmpty { return readHTML(from: start) }
        readText(line, indent: indent)
    }

    private mutating func readText(_ whole: Range<Int>, indent: Int) {
        var line = whole
        var isQuote = false
        while let first = line.first, bytes[first] == 0x3E {
            line = ASCII.trimmed(bytes, first + 1..<line.upperBound)
            isQuote = true
        }
        if line.isEmpty { return close() }
        // A paragraph of a quotation may go on without its mark.
        if kind == .quote, !isQuote, !open.isEmpty, isParagraph(line) { return open.append(line) }
        if isQuote != (kind == .quote) { close() }
        if isTaken(line) { return }
        if let words = itemStart(line, indent: indent) {
            close()
            isInList = true
            kind = isQuote ? .quote : .listItem
            return open.append(words)
        }
        if open.isEmpty {
            // A paragraph indented below an item belongs to it.
            if indent < 2 { isInList = false }
            kind = isQuote ? .quote : isInList ? .listItem : .paragraph
        }
        open.append(line)
    }

    /// Headings, rules, separators of tables and definitions are no lines of a block.
    private mutating func isTaken(_ line: Range<Int>) -> Bool {
        if let heading = MarkdownLine.heading(bytes, line) {
            close()
            append([heading.words], heading.words.isEmpty ? nil : .heading, level: heading.level)
        } else if let level = MarkdownLine.underline(bytes, line), !open.isEmpty, kind == .paragraph, !isTable {
            closeAsHeading(level)
        } else if MarkdownLine.isRule(bytes, line) {
            close()
        } else if isSeparator(line), open.count == 1, kind != .quote {
            isTable = true
        } else if let words = MarkdownLine.footnote(bytes, line) {
            close()
            open.append(words)
        } else {
            return MarkdownLine.isDefinition(bytes, line)
        }
        return true
    }

    private func isParagraph(_ line: Range<Int>) -> Bool {
        MarkdownLine.heading(bytes, line) == nil && itemStart(line, indent: 0) == nil
            && !MarkdownLine.isRule(bytes, line) && MarkdownLine.fence(bytes, line) == nil
    }

    // MARK: Ends of blocks

    private mutating func close() {
        defer {
            open = []
            kind = .paragraph
            isTable = false
        }
        guard !open.isEmpty else { return }
        if isTable { open.forEach { append(row: $0) } } else { append(open, kind) }
    }

    private mutating func closeAsHeading(_ level: Int) {
        append(open, .heading, level: level)
        open = []
    }

    private mutating func append(_ lines: [Range<Int>], _ kind: Block.Kind?, level: Int = 0) {
        guard let kind, let first = lines.first, let last = lines.last else { return }
        // Lines of a quotation have marks between them, so they are joined anew.
        var source = bytes
        var range = first.lowerBound..<last.upperBound
        if lines.count > 1, kind == .quote {
            source = []
            for line in lines { source += bytes[line] + [0x0A] }
            range = 0..<source.count
        }
        let words = MarkdownWords(source, range)
        captions += words.captions
        add(words.text, kind)
        if kind == .heading, !words.text.isEmpty { levels[blocks.count - 1] = level }
    }

    private mutating func add(_ words: [UInt8], _ kind: Block.Kind) {
        guard !words.isEmpty else { return }
        if !text.isEmpty { text += [0x0A, 0x0A] }
        let start = text.count
        text += words
        blocks.append(Block(range: TextRange(start, text.count), kind: kind))
    }

    /// A row's cells, parted as they are written.
    private mutating func append(row: Range<Int>) {
        var row = row
        if let first = row.first, bytes[first] == 0x7C { row = first + 1..<row.upperBound }
        if let last = row.last, bytes[last] == 0x7C { row = row.lowerBound..<last }
        var cells: [[UInt8]] = []
        var start = row.lowerBound
        for at in row where bytes[at] == 0x7C && bytes[at - 1] != 0x5C {
            cells.append(MarkdownWords(bytes, start..<at).text)
            start = at + 1
        }
        cells.append(MarkdownWords(bytes, start..<max(start, row.upperBound)).text)
        add(Array(cells.filter { !$0.isEmpty }.joined(separator: " | ".utf8)), .listItem)
    }

    // MARK: What a line is

    /// `|---|:--:|` under the first row of a table.
    private func isSeparator(_ line: Range<Int>) -> Bool {
        guard let first = open.first, bytes[first].contains(0x7C), bytes[line].contains(0x7C) || line.count >= 3 else {
            return false
        }
        return bytes[line].contains(0x2D)
            && bytes[line].allSatisfy { $0 == 0x2D || $0 == 0x7C || $0 == 0x3A || ASCII.isSpace($0) }
    }

    private func itemStart(_ line: Range<Int>, indent: Int) -> Range<Int>? {
        guard let first = line.first else { return nil }
        var end = first + 1
        if ASCII.isDigit(bytes[first]) {
            while end < line.upperBound, end - first < 9, ASCII.isDigit(bytes[end]) { end += 1 }
            // A year that ends a sentence at the start of a line is no item.
            guard end < line.upperBound, bytes[end] == 0x2E || bytes[end] == 0x29,
                open.isEmpty || isInList || end - first <= 2
            else { return nil }
            end += 1
        } else if bytes[first] != 0x2D, bytes[first] != 0x2A, bytes[first] != 0x2B {
            return nil
        }
        guard end < line.upperBound, ASCII.isSpace(bytes[end]) else { return nil }
        var words = ASCII.trimmed(bytes, end..<line.upperBound)
        // `[ ]` and `[x]`: done or not.
        if words.count > 4, bytes[words.lowerBound] == 0x5B, bytes[words.lowerBound + 2] == 0x5D,
            [0x20, 0x78, 0x58].contains(bytes[words.lowerBound + 1])
        {
            words = ASCII.trimmed(bytes, words.lowerBound + 3..<words.upperBound)
        }
        return words
    }

    // MARK: Code and HTML

    /// Code is no sentence, but it is text: it stands as it is, as one paragraph.
    private mutating func readCode(_ fence: (mark: UInt8, count: Int)) {
        close()
        let start = index
        var end = index
        while index < bytes.count {
            let line = trimmedLine(index)
            let next = min(bytes.count, lineEnd(index) + 1)
            if line.count >= fence.count, bytes[line].allSatisfy({ $0 == fence.mark }) {
                index = next
                break
            }
            index = next
            end = next
        }
        let range = ASCII.trimmed(bytes, start..<max(start, end))
        add(Array(bytes[range]), .paragraph)
    }

    /// HTML goes on to the next empty line; a script, a style and a comment to their ends.
    private mutating func readHTML(from start: Int) {
        var end = index
        let long: [(StaticString, StaticString)] = [
            ("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<pre", "</pre"),
        ]
        let line = trimmedLine(start)
        for (mark, close) in long where ASCII.find(mark, in: bytes, line.prefix(mark.utf8CodeUnitCount)) != nil {
            end = ASCII.find(close, in: bytes, line.lowerBound..<bytes.count).map { lineEnd($0) } ?? bytes.count
        }
        while end < bytes.count, !trimmedLine(end).isEmpty { end = lineEnd(end) + 1 }
        index = min(bytes.count, max(end, index))
        let page = PageBlocks(MarkupTree(Array(bytes[start..<min(end, bytes.count)])))
        for block in page.blocks where !block.isHidden {
            let words = Array(page.text[block.range])
            if block.kind == .caption {
                captions.append(String(decoding: words, as: UTF8.self))
            } else {
                add(words, block.kind)
                if block.kind == .heading { levels[blocks.count - 1] = 2 }
            }
        }
    }
}
