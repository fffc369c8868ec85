// Judges the parts of an author line: whether a run of words is a person's name, a team's, an account's or none.

extension AuthorLine {
    static func text(_ part: [Word], _ bytes: [UInt8]) -> String {
        var words = part.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        if let last = words.last, last.hasSuffix("."), last.utf8.count > 4 { words[words.count - 1].removeLast() }
        let text = words.joined(separator: " ")
        // Names in capitals are written like names.
        let isLoud = words.count > 1 && text.utf8.count > 7 && !text.utf8.contains { ASCII.isLower($0) }
        return isLoud ? Byline.cased(words).joined(separator: " ") : text
    }

    /// An office before the name goes: "Correspondent Jane Doe".
    static func withoutOffice(_ part: [Word]) -> [Word] {
        guard part.count >= 3, let first = part.first else { return part }
        let last = first.folded.split(separator: "-").last.map(String.init) ?? ""
        return offices.contains(last) ? Array(part.dropFirst()) : part
    }

    /// What is glued to a name or follows it in capitals goes: "Jane Doe COURIER", "Jane DoeNovember".
    static func withoutEmployer(_ part: [Word], _ bytes: [UInt8]) -> [Word] {
        guard part.count >= 2 else { return part }
        func isLoud(_ word: Word) -> Bool {
            word.range.count >= 3 && word.range.allSatisfy { ASCII.isUpper(bytes[$0]) }
        }
        for (index, word) in part.enumerated() {
            if index >= 2, isLoud(word), !isLoud(part[0]) { return Array(part[..<index]) }
            // In the first word it is how an account is written.
            guard index > 0, let end = seam(bytes, word.range) else { continue }
            if index >= 2 { return Array(part[..<index]) }
            let cut = Word(
                range: word.range.lowerBound..<end, folded: ASCII.lowered(bytes[word.range.lowerBound..<end]))
            return part[..<index] + [cut]
        }
        return part
    }

    /// Where a large letter follows five small ones.
    private static func seam(_ bytes: [UInt8], _ word: Range<Int>) -> Int? {
        var small = 0
        for index in word {
            if small >= 5, ASCII.isUpper(bytes[index]) { return index }
            small = ASCII.isLower(bytes[index]) ? small + 1 : 0
        }
        return nil
    }

    static func kind(_ part: [Word], _ text: String, _ bytes: [UInt8]) -> Kind {
        guard (1...6).contains(part.count), (2...80).contains(text.utf8.count) else { return .none }
        let signs = Signs(bytes, part)
        guard !signs.hasMark else { return .none }
        let words = part.map(\.folded)
        if part.count >= 2, words.contains(where: teams.contains), isCapital(bytes, part[0]) { return .team }
        guard !signs.hasDigit, signs.hasLetter, words[0] != "the", !words.contains(where: notNames.contains) else {
            return .none
        }
        guard part.count > 1 else { return isHandle(text) ? .handle : .none }
        let own = part.filter { !particles.contains($0.folded) && $0.folded != "the" }
        guard (1...4).contains(own.count), own.contains(where: { $0.range.count > 2 }) else { return .none }
        let capitals = own.count { isCapital(bytes, $0) }
        return capitals * 2 > own.count || capitals >= 2 ? .person : .none
    }

    /// What the bytes of some words say.
    private struct Signs {
        var hasDigit = false
        var hasLetter = false
        /// Quotes and other marks that stand in no name.
        var hasMark = false

        init(_ bytes: [UInt8], _ words: [Word]) {
            for word in words {
                for index in word.range {
                    let byte = bytes[index]
                    if ASCII.isLetter(byte) || byte >= 0xC3 && byte != 0xE2 {
                        hasLetter = true
                    } else if ASCII.isDigit(byte) {
                        hasDigit = true
                    } else {
                        hasMark = hasMark || isMark(bytes, index, word.range.upperBound)
                    }
                }
            }
        }

        private func isMark(_ bytes: [UInt8], _ index: Int, _ end: Int) -> Bool {
            switch bytes[index] {
            case 0x21, 0x22, 0x3D, 0x3F, 0x40, 0x7B, 0x7D: return true
            // «, » and ©; “, ”, „ and ….
            case 0xC2: return index + 1 < end && [0xAB, 0xBB, 0xA9].contains(bytes[index + 1])
            case 0xE2: return index + 2 < end && [0x9C, 0x9D, 0x9E, 0xA6].contains(bytes[index + 2])
            default: return false
            }
        }
    }

    /// One word that may be a name or an account's.
    private static func isHandle(_ text: String) -> Bool {
        guard text.utf8.count <= 30, !text.hasPrefix("www.") else { return false }
        // In scripts without blanks it may be a sentence.
        return text.utf8.first.map { $0 < 0xE3 } == true || text.utf8.count <= 18
    }

    /// Whether what markup gives for an author may be a body's name although it is no person's: not an address, not the
    /// word for an office alone.
    static func isBody(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let words = words(bytes, bytes.indices).filter { $0.mark == 0 }
        guard (1...8).contains(words.count), text.count <= 60, !text.contains("@"), !text.contains("//") else {
            return false
        }
        return words.contains {
            !notNames.contains($0.folded) && !teams.contains($0.folded) && !ASCII.isDigit(bytes[$0.range.lowerBound])
        }
            && words.allSatisfy { !accounts.contains($0.folded) }
    }

    /// Accounts that sign for nobody.
    private static let accounts: Set<String> = [
        "admin", "administrator", "webmaster", "root", "unknown", "anonymous", "anonym", "user",
    ]

    /// A figure, or a month beside one, or a day of the week.
    static func isDay(_ words: [Word], _ index: Int) -> Bool {
        let word = words[index].folded
        guard let first = word.utf8.first else { return false }
        if ASCII.isDigit(first) { return true }
        if weekdays.contains(word) { return true }
        guard WrittenDate.month(word) != nil else { return false }
        func isFigure(_ at: Int) -> Bool {
            words.indices.contains(at) && words[at].folded.utf8.first.map(ASCII.isDigit) == true
        }
        return isFigure(index + 1) || isFigure(index - 1)
    }

    static func isCapital(_ bytes: [UInt8], _ word: Word) -> Bool {
        let first = bytes[word.range.lowerBound]
        if first < 0x80 { return ASCII.isUpper(first) }
        // Of letters beyond ASCII, those that have a small form and are it begin no name.
        let letter = String(decoding: bytes[word.range].prefix(4), as: UTF8.self).first
        return letter.map { $0.isLetter && !$0.isLowercase } ?? false
    }

    static func isCredential(_ part: String) -> Bool {
        let letters = part.filter(\.isLetter)
        guard letters.count <= 6, !part.contains(" ") || part.count <= 10 else { return false }
        return letters.count <= 5 && letters.count(where: \.isUppercase) * 2 > letters.count
            && letters.dropFirst().contains(where: \.isUppercase)
    }
}
