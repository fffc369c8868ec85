/// Reads who wrote an article from a line of its text.
enum Byline {
    /// The names of a byline; nil when the line is none.
    ///
    /// "By Jane Doe and John Roe, Agency", "Jane Doe, Agency correspondent"; with `allowsBareName` also "Jane Doe in
    /// Cairo", as it stands below a headline.
    static func names(in bytes: [UInt8], _ range: Range<Int>, allowsBareName: Bool) -> [String]? {
        guard range.count <= 160, range.count >= 4 else { return nil }
        let words = TextMarks.words(bytes, range)
        guard words.count >= 2, words.count <= 18, bytes[range.upperBound - 1] != 0x2E else { return nil }
        let first = ASCII.lowered(bytes[words[0]])
        if first == "by" || first == "by:" {
            let names = split(bytes, words.dropFirst())
            return names.isEmpty ? nil : names
        }
        if first == "written", words.count > 2, ASCII.lowered(bytes[words[1]]) == "by" {
            let names = split(bytes, words.dropFirst(2))
            return names.isEmpty ? nil : names
        }
        guard allowsBareName, words.count <= 9 else { return nil }
        let names = split(bytes, words[...])
        guard names.count == 1, names[0].utf8.filter({ $0 == 0x20 }).count >= 1 else { return nil }
        let tail = words.dropFirst(names[0].utf8.filter { $0 == 0x20 }.count + 1)
        guard tail.contains(where: { roles.contains(word(bytes, $0)) }) || isNameInCapitals(bytes, words, tail) else {
            return nil
        }
        return names
    }

    /// "JANE DOE in Port Alder".
    private static func isNameInCapitals(
        _ bytes: [UInt8], _ words: [Range<Int>], _ tail: ArraySlice<Range<Int>>
    ) -> Bool {
        guard let first = tail.first, bytes[first].elementsEqual("in".utf8), (2...5).contains(tail.count) else {
            return false
        }
        return words[..<tail.startIndex].allSatisfy { range in !bytes[range].contains(where: ASCII.isLower) }
            && tail.dropFirst().allSatisfy { ASCII.isUpper(bytes[$0.lowerBound]) }
    }

    private static let roles: Set<String> = [
        "correspondent", "reporter", "editor", "writer", "staff", "columnist", "contributor", "bureau", "journalist",
    ]
    private static let joiners: Set<String> = ["and", "&", "und", "et", "y"]
    private static let particles: Set<String> = [
        "de", "da", "di", "du", "del", "della", "von", "van", "der", "den", "bin", "ibn", "al", "el", "la", "le", "dos",
        "ter", "ten",
    ]

    private static func word(_ bytes: [UInt8], _ range: Range<Int>) -> String {
        ASCII.lowered(bytes[range].filter { ASCII.isLetter($0) || $0 >= 0x80 })
    }

    /// Names are runs of capitalised words; a comma or "in" ends the list unless another name follows.
    private static func split(_ bytes: [UInt8], _ words: ArraySlice<Range<Int>>) -> [String] {
        var names: [String] = []
        var current: [String] = []
        func isName(_ range: Range<Int>) -> Bool {
            ASCII.isUpper(bytes[range.lowerBound]) || bytes[range.lowerBound] >= 0x80
        }
        var endedByComma = false
        var hasJoiner = false
        loop: for range in words {
            let folded = word(bytes, range)
            if joiners.contains(folded) || bytes[range].elementsEqual("&".utf8) {
                guard !current.isEmpty || !names.isEmpty else { return [] }
                close(&current, &names)
                endedByComma = false
                hasJoiner = true
                continue
            }
            if endedByComma, roles.contains(folded) || !isName(range) { break }
            guard isName(range) || (particles.contains(folded) && !current.isEmpty) else {
                if current.isEmpty, names.isEmpty { return [] }
                break loop
            }
            if roles.contains(folded) { break }
            let hasComma = bytes[range.upperBound - 1] == 0x2C
            current.append(
                String(decoding: bytes[range.lowerBound..<range.upperBound - (hasComma ? 1 : 0)], as: UTF8.self))
            if hasComma {
                close(&current, &names)
                // The name after "and" is the last; what follows its comma is the employer.
                if hasJoiner { break }
                endedByComma = true
            }
        }
        close(&current, &names)
        // "By Jane Doe, Associated Press": a list of people ends in "and", so a lone second part is the employer.
        if names.count == 2, !hasJoiner { names.removeLast() }
        return names
    }

    private static func close(_ current: inout [String], _ names: inout [String]) {
        if !current.isEmpty, current.count <= 5 { names.append(cased(current).joined(separator: " ")) }
        current.removeAll()
    }

    /// Names in capitals are written like names.
    static func cased(_ words: [String]) -> [String] {
        guard words.allSatisfy({ $0.utf8.filter(ASCII.isLetter).allSatisfy(ASCII.isUpper) }),
            words.joined().utf8.count > 4
        else { return words }
        return words.map { word in
            var out: [UInt8] = []
            var isStart = true
            for byte in word.utf8 {
                out.append(isStart ? byte : ASCII.lower(byte))
                isStart = byte == 0x2D || byte == 0x27 || byte == 0x2E
            }
            return String(decoding: out, as: UTF8.self)
        }
    }
}
