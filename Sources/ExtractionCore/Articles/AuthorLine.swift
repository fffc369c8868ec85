// "By Jane Doe and John Roe, Agency", "Text: Jane Doe", "Posted on 3 May by jdoe": a line that says who wrote an article
// is labels, days, names, offices and employers in some order. It is cut into words and marks, labels and days at its
// start are passed over, names are runs of capitalised words, and anything else ends them.

/// Reads who wrote an article from a line of text.
struct AuthorLine: Sendable {
    private(set) var names: [String] = []
    private(set) var kind = Kind.none
    /// A label such as "by" stands before the names.
    private(set) var isLabelled = false
    /// It names those who edited, checked or illustrated.
    private(set) var isOthers = false
    /// Nothing but the names was in it.
    private(set) var isWhole = true
    /// Nothing followed the label.
    private(set) var isEmpty = false

    /// A label without names.
    var isLabel: Bool { isLabelled && isEmpty && !isOthers }

    /// What the names are; the larger is worth more.
    enum Kind: Int, Comparable, Sendable {
        case none, handle, team, person

        static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    struct Word {
        let range: Range<Int>
        /// In small letters, without marks.
        let folded: String
        /// The mark when it is none.
        var mark: UInt8 = 0
    }

    private static let longest = 300

    init(_ string: String) {
        let bytes = Array(string.utf8)
        self.init(bytes, 0..<bytes.count)
    }

    init(_ bytes: [UInt8], _ range: Range<Int>) {
        guard range.count <= AuthorLine.longest, range.count >= 2, ASCII.find("://", in: bytes, range) == nil else {
            return
        }
        let words = AuthorLine.words(bytes, range)
        var index = start(words, bytes)
        guard !isOthers else { return }
        isEmpty = index >= words.count
        readNames(bytes, words, &index)
    }

    /// The same, but only for a line that begins like one; nil for any other.
    static func labelled(_ bytes: [UInt8], _ range: Range<Int>) -> AuthorLine? {
        guard range.count <= longest, begins(bytes, range) else { return nil }
        let line = AuthorLine(bytes, range)
        return line.isLabelled ? line : nil
    }

    /// Whether the first word is a label, a figure or a mark: a quick look.
    private static func begins(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        guard ASCII.isLetter(bytes[first]) || bytes[first] >= 0xC3 && bytes[first] < 0xE2 else { return true }
        let word = range.prefix { ASCII.isLetter(bytes[$0]) || bytes[$0] >= 0x80 }
        guard word.count <= 24 else { return false }
        let folded = String(decoding: bytes[word], as: UTF8.self).lowercased()
        return labels.contains(folded) || byWords.contains(folded) || WrittenDate.month(folded) != nil
    }

    // MARK: words

    static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Word] {
        var words: [Word] = []
        var index = range.lowerBound
        while index < range.upperBound, words.count < 60 {
            let length = markLength(bytes, index, range.upperBound)
            if length > 0 {
                if bytes[index] != 0x20, !(bytes[index] == 0xC2 && bytes[index + 1] == 0xA0) {
                    words.append(Word(range: index..<index + length, folded: "", mark: mark(bytes, index)))
                }
                index += length
                continue
            }
            let start = index
            while index < range.upperBound, markLength(bytes, index, range.upperBound) == 0 { index += 1 }
            // "ByJane" are two words whose blank got lost.
            if index - start > 4, words.isEmpty, ASCII.isUpper(bytes[start + 2]),
                ASCII.matches("by", in: bytes, start..<start + 2)
            {
                index = start + 2
            }
            let text = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
            words.append(Word(range: start..<index, folded: text.hasSuffix(".") ? String(text.dropLast()) : text))
        }
        return words
    }

    /// Long dashes and dots of several bytes count as the plain ones.
    private static func mark(_ bytes: [UInt8], _ index: Int) -> UInt8 {
        switch bytes[index] {
        case 0xC2: 0x7C
        case 0xE2: bytes[index + 2] == 0xA2 ? 0x7C : 0x2D
        default: bytes[index]
        }
    }

    /// The length of a mark or blank; 0 inside a word.
    private static func markLength(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Int {
        switch bytes[index] {
        case 0x00...0x20, 0x2C, 0x3B, 0x3A, 0x7C, 0x2F, 0x28, 0x29, 0x5B, 0x5D, 0x3E, 0x3C, 0x2A: return 1
        case 0x2D:
            let isFree = index + 1 >= end || ASCII.isSpace(bytes[index + 1]) || bytes[index + 1] == 0x2D
            return isFree ? 1 : 0
        // A middle dot and a no-break space.
        case 0xC2: return index + 1 < end && (bytes[index + 1] == 0xB7 || bytes[index + 1] == 0xA0) ? 2 : 0
        // Dashes and bullets.
        case 0xE2:
            guard index + 2 < end, bytes[index + 1] == 0x80 else { return 0 }
            return [0x93, 0x94, 0xA2].contains(bytes[index + 2]) ? 3 : 0
        default: return 0
        }
    }

    // MARK: before the names

    /// Passes over labels and days; gives the first word of the names.
    private mutating func start(_ words: [Word], _ bytes: [UInt8]) -> Int {
        var index = 0
        while index < words.count {
            let word = words[index]
            let next = index + 1 < words.count ? words[index + 1] : nil
            if word.mark != 0 {
                index += 1
            } else if AuthorLine.others.contains(word.folded) {
                isOthers = true
                return index
            } else if AuthorLine.byWords.contains(word.folded) {
                // "von der Heide" is a name, and so is "Di Meo".
                if word.folded != "by", let next, next.mark == 0, !AuthorLine.isCapital(bytes, next) { return index }
                isLabelled = true
                index += 1
            } else if next?.mark == 0x3A, AuthorLine.colonLabels.contains(word.folded) {
                isLabelled = true
                index += 2
            } else if AuthorLine.labels.contains(word.folded), let later = AuthorLine.by(words, after: index, bytes) {
                index = later
            } else if words.count == 1, AuthorLine.colonLabels.contains(word.folded) {
                isLabelled = true
                return 1
            } else if AuthorLine.isDay(words, index), let later = AuthorLine.by(words, after: index, bytes) {
                index = later
            } else {
                return index
            }
        }
        return index
    }

    /// The next "by" within a few words; what stands before it is a label or a day.
    private static func by(_ words: [Word], after index: Int, _ bytes: [UInt8]) -> Int? {
        var at = index + 1
        while at < min(words.count, index + 14) {
            if others.contains(words[at].folded) { return at }
            if byWords.contains(words[at].folded) { return at }
            // Names and prose may not stand between.
            guard
                words[at].mark != 0 || labels.contains(words[at].folded) || isDay(words, at)
                    || fillers.contains(words[at].folded)
            else { return nil }
            at += 1
        }
        return nil
    }

    // MARK: names

    private mutating func readNames(_ bytes: [UInt8], _ words: [Word], _ index: inout Int) {
        var current: [Word] = []
        var parts: [[Word]] = []
        var depth = 0
        var isProse = false
        loop: while index < words.count {
            let word = words[index]
            defer { index += 1 }
            switch word.mark {
            case 0x28, 0x5B: depth += 1
            case 0x29, 0x5D: depth = max(0, depth - 1)
            case _ where depth > 0: continue
            case 0: break
            case 0x2D, 0x3A, 0x3E, 0x3C:
                if current.isEmpty, parts.isEmpty { continue }
                isWhole = false
                break loop
            default:
                parts.append(current)
                current = []
            }
            guard word.mark == 0, depth == 0 else { continue }
            if AuthorLine.joiners.contains(word.folded), !current.isEmpty || !parts.isEmpty {
                parts.append(current)
                current = []
            } else if AuthorLine.isDay(words, index) || AuthorLine.ends.contains(word.folded)
                || AuthorLine.others.contains(word.folded)
            {
                isWhole = false
                break
            } else if continues(current, word, words, index, bytes) || current.isEmpty && parts.isEmpty {
                current.append(word)
            } else {
                isWhole = false
                isProse = true
                break
            }
        }
        parts.append(current)
        accept(parts, bytes)
        // "By following these steps" is no author's name.
        if isProse, kind == .handle { (names, kind) = ([], .none) }
    }

    private func continues(_ current: [Word], _ word: Word, _ words: [Word], _ index: Int, _ bytes: [UInt8]) -> Bool {
        if AuthorLine.isCapital(bytes, word) || AuthorLine.particles.contains(word.folded) { return true }
        if AuthorLine.teams.contains(word.folded) { return true }
        // "Ask the Doctors", "The Editors of …".
        guard word.folded == "the" || word.folded == "of", index + 1 < words.count else { return false }
        return current.count == 1 || current.contains { AuthorLine.teams.contains($0.folded) }
    }

    /// Keeps the parts that are names: credentials are passed over, an office or an employer ends the list.
    private mutating func accept(_ parts: [[Word]], _ bytes: [UInt8]) {
        var found: [(name: String, kind: Kind)] = []
        for part in parts where !part.isEmpty {
            let part = AuthorLine.withoutEmployer(AuthorLine.withoutOffice(part), bytes)
            let text = AuthorLine.text(part, bytes)
            let kind = AuthorLine.kind(part, text, bytes)
            if !found.isEmpty, AuthorLine.isCredential(text) { continue }
            guard kind != .none else {
                isWhole = false
                if found.isEmpty { continue }
                break
            }
            found.append((text, kind))
        }
        kind = found.map(\.kind).max() ?? .none
        // Beside a person, a single word is an agency or a place, and a team the employer.
        for (name, own) in found where own == kind && !names.contains(name) { names.append(name) }
        if kind != .person { names = Array(names.prefix(kind == .team ? 2 : 1)) }
    }
}
