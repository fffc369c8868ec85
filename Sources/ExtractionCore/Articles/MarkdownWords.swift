// The marks inside a line of Markdown, reduced to the words a reader sees. One pass, with stacks of what is open: every
// byte is looked at a bounded number of times, however the marks are nested.

/// Takes the words out of a block of Markdown.
struct MarkdownWords {
    private(set) var text: [UInt8] = []
    /// What pictures in the block show.
    private(set) var captions: [String] = []

    private let bytes: [UInt8]
    private let range: Range<Int>
    private var index: Int
    /// Bytes of `text` that are marks and go in the end.
    private var marks: [Range<Int>] = []
    /// Runs of stars, underscores and tildes that may open emphasis.
    private var open: [[(at: Int, count: Int)]] = [[], [], []]
    private var brackets: [Bracket] = []
    /// Lengths of runs of backquotes that nothing closes.
    private var unclosedCode: Set<Int> = []

    private struct Bracket {
        let at: Int
        let isPicture: Bool
        /// How many marks were found before it.
        let marks: Int
    }

    private static let reach = 4096
    /// So many brackets may be open at a time; of more the first are text.
    private static let bracketLimit = 32

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        self.range = range
        index = range.lowerBound
        while index < range.upperBound { step() }
        removeMarks()
        fold()
    }

    private mutating func step() {
        let byte = bytes[index]
        switch byte {
        case 0x5C: escape()
        case 0x60: code()
        case 0x2A: emphasis(byte, 0)
        case 0x5F: emphasis(byte, 1)
        case 0x7E: emphasis(byte, 2)
        case 0x21 where index + 1 < range.upperBound && bytes[index + 1] == 0x5B:
            openBracket(isPicture: true)
        case 0x5B:
            if footnote() { return }
            openBracket(isPicture: false)
        case 0x5D: closeBracket()
        case 0x3C: tag()
        case 0x26: reference()
        default: take(1)
        }
    }

    private mutating func take(_ count: Int) {
        text += bytes[index..<min(range.upperBound, index + count)]
        index += count
    }

    /// A backslash before a mark means the mark; at the end of a line it breaks the line.
    private mutating func escape() {
        guard index + 1 < range.upperBound else { return take(1) }
        let next = bytes[index + 1]
        if next == 0x0A {
            text.append(0x20)
            index += 2
        } else if next < 0x80, next > 0x20, !ASCII.isAlphanumeric(next) {
            text.append(next)
            index += 2
        } else {
            take(1)
        }
    }

    private func runLength(_ byte: UInt8, from start: Int) -> Int {
        var end = start
        while end < range.upperBound, bytes[end] == byte { end += 1 }
        return end - start
    }

    private mutating func code() {
        let count = runLength(0x60, from: index)
        guard count <= 16, !unclosedCode.contains(count) else { return take(count) }
        var at = index + count
        while at < range.upperBound {
            at = ByteScan.first(0x60, in: bytes, from: at, to: range.upperBound)
            let length = runLength(0x60, from: at)
            if length == count {
                text += bytes[index + count..<at]
                index = at + count
                return
            }
            at += max(1, length)
        }
        unclosedCode.insert(count)
        take(count)
    }

    // MARK: Emphasis

    private mutating func emphasis(_ byte: UInt8, _ kind: Int) {
        let count = runLength(byte, from: index)
        let isAfterSpace = index == range.lowerBound || ASCII.isSpace(bytes[index - 1])
        let end = index + count
        let isBeforeSpace = end >= range.upperBound || ASCII.isSpace(bytes[end])
        let isAfterWord = !isAfterSpace && isWord(bytes[index - 1])
        let isBeforeWord = !isBeforeSpace && isWord(bytes[end])
        // An underscore inside a word belongs to it; so does a single tilde anywhere.
        let isInside = byte == 0x5F && isAfterWord && isBeforeWord
        let canOpen = !isBeforeSpace && !isInside && (byte != 0x5F || !isAfterWord)
        let canClose = !isAfterSpace && !isInside && (byte != 0x5F || !isBeforeWord)
        let start = text.count
        take(count)
        guard byte != 0x7E || count == 2 else { return }
        var left = count
        if canClose {
            while left > 0, let last = open[kind].popLast() {
                let shared = min(left, last.count)
                marks.append(last.at + last.count - shared..<last.at + last.count)
                marks.append(start + (count - left)..<start + (count - left) + shared)
                left -= shared
                if last.count > shared { open[kind].append((last.at, last.count - shared)) }
            }
        }
        if canOpen, left > 0 { open[kind].append((start + (count - left), left)) }
    }

    private func isWord(_ byte: UInt8) -> Bool { ASCII.isAlphanumeric(byte) || byte >= 0x80 }

    // MARK: Links and pictures

    /// `[^1]`: where a footnote hangs.
    private mutating func footnote() -> Bool {
        guard index + 2 < range.upperBound, bytes[index + 1] == 0x5E else { return false }
        var end = index + 2
        while end < range.upperBound, end - index < 40, isWord(bytes[end]) || bytes[end] == 0x2D { end += 1 }
        guard end < range.upperBound, bytes[end] == 0x5D, end > index + 2 else { return false }
        index = end + 1
        return true
    }

    private mutating func openBracket(isPicture: Bool) {
        if brackets.count == MarkdownWords.bracketLimit { brackets.removeFirst() }
        brackets.append(Bracket(at: text.count, isPicture: isPicture, marks: marks.count))
        take(isPicture ? 2 : 1)
    }

    private mutating func closeBracket() {
        guard let bracket = brackets.popLast() else { return take(1) }
        var end = index + 1
        if end < range.upperBound, bytes[end] == 0x28, let close = destinationEnd(end + 1) {
            end = close
        } else if end < range.upperBound, bytes[end] == 0x5B, let close = labelEnd(end + 1) {
            end = close
        } else {
            // "[sic]" is text.
            return take(1)
        }
        index = end
        if bracket.isPicture { takePicture(bracket) } else { marks.append(bracket.at..<bracket.at + 1) }
    }

    /// The words of a picture are its caption.
    private mutating func takePicture(_ bracket: Bracket) {
        let first = min(bracket.marks, marks.count)
        let inside = marks[first...].filter { $0.lowerBound >= bracket.at }
        let before = marks[first...].filter { $0.lowerBound < bracket.at }
        let words = MarkdownWords.without(inside, text, bracket.at + 2..<max(bracket.at + 2, text.count))
        let caption = ASCII.folded(String(decoding: words, as: UTF8.self))
        if !caption.isEmpty { captions.append(caption) }
        text.removeLast(text.count - bracket.at)
        marks.replaceSubrange(first..., with: before)
        for kind in open.indices {
            while let last = open[kind].last, last.at >= bracket.at { open[kind].removeLast() }
        }
    }

    private static func without(_ marks: [Range<Int>], _ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(range.count)
        var at = range.lowerBound
        for mark in marks.sorted(by: { $0.lowerBound < $1.lowerBound }) where mark.lowerBound >= at {
            out += text[at..<min(mark.lowerBound, range.upperBound)]
            at = min(range.upperBound, mark.upperBound)
        }
        return out + text[at..<range.upperBound]
    }

    /// After the bracket that closes an address and maybe a title.
    private func destinationEnd(_ start: Int) -> Int? {
        var depth = 0
        var quote: UInt8?
        var at = start
        let limit = min(range.upperBound, start + MarkdownWords.reach)
        while at < limit {
            let byte = bytes[at]
            if let mark = quote {
                if byte == mark { quote = nil }
            } else {
                switch byte {
                case 0x5C: at += 1
                case 0x22 where ASCII.isSpace(bytes[at - 1]), 0x27 where ASCII.isSpace(bytes[at - 1]): quote = byte
                case 0x28: depth += 1
                case 0x29:
                    if depth == 0 { return at + 1 }
                    depth -= 1
                // Another link begins: this one was never closed.
                case 0x5B: return nil
                default: break
                }
            }
            at += 1
        }
        return nil
    }

    private func labelEnd(_ start: Int) -> Int? {
        var at = start
        while at < min(range.upperBound, start + 200), bytes[at] != 0x5D, bytes[at] != 0x5B { at += 1 }
        return at < range.upperBound && bytes[at] == 0x5D ? at + 1 : nil
    }

    // MARK: HTML

    private mutating func tag() {
        let next = index + 1
        guard next < range.upperBound, ASCII.isLetter(bytes[next]) || bytes[next] == 0x2F || bytes[next] == 0x21 else {
            return take(1)
        }
        var end = next
        let limit = min(range.upperBound, next + MarkdownWords.reach)
        while end < limit, bytes[end] != 0x3E, bytes[end] != 0x3C { end += 1 }
        guard end < limit, bytes[end] == 0x3E else { return take(1) }
        let inside = bytes[next..<end]
        if inside.contains(0x3A) || inside.contains(0x40), !inside.contains(0x20), !inside.contains(0x3D) {
            // `<https://example.org>` is an address in full.
            text += inside
        } else {
            var name = next
            if bytes[name] == 0x2F { name += 1 }
            var nameEnd = name
            while nameEnd < end, ASCII.isAlphanumeric(bytes[nameEnd]) { nameEnd += 1 }
            if !HTMLTag(bytes, name..<nameEnd).isInline { text.append(0x20) }
        }
        index = end + 1
    }

    private mutating func reference() {
        var end = index + 1
        while end < range.upperBound, end - index < 34, ASCII.isAlphanumeric(bytes[end]) || bytes[end] == 0x23 {
            end += 1
        }
        guard end < range.upperBound, bytes[end] == 0x3B else { return take(1) }
        CharacterReferences.append(bytes, index..<end + 1, to: &text)
        index = end + 1
    }

    // MARK: The end

    private mutating func removeMarks() {
        if !marks.isEmpty { text = MarkdownWords.without(marks, text, 0..<text.count) }
    }

    /// White space folded, at the ends removed.
    private mutating func fold() {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        for byte in text {
            if !ASCII.isSpace(byte) { out.append(byte) } else if let last = out.last, last != 0x20 { out.append(0x20) }
        }
        if out.last == 0x20 { out.removeLast() }
        text = out
    }
}
