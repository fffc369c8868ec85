/// Finds the dateline that opens a wire story: "CAIRO, June 5 (Agency) -", "GENEVA (AP) —", "KYIV, Ukraine —".
enum DatelineReader {
    static func dateline(in bytes: [UInt8], _ paragraph: Range<Int>, near reference: CivilDate?) -> Dateline? {
        guard let dash = dash(bytes, paragraph) else { return nil }
        var head = ASCII.trimmed(bytes, paragraph.lowerBound..<dash.lowerBound)
        let agency = takeAgency(bytes, &head)
        guard !head.isEmpty || agency != nil else { return nil }
        let written = WrittenDate.all(in: bytes, head).first
        let placeEnd = written?.range.lowerBound ?? head.upperBound
        let place = place(bytes, head.lowerBound..<placeEnd)
        let date = written?.date(near: reference)
        let rest =
            written.map { ASCII.trimmed(bytes, $0.range.upperBound..<head.upperBound) } ?? head
            .upperBound..<head.upperBound
        guard rest.count <= 1 else { return nil }
        guard let place else {
            // "(Agency) -" alone is a dateline; a date alone is not.
            guard head.isEmpty, agency != nil else { return nil }
            return Dateline(range: TextRange(paragraph.lowerBound, dash.upperBound), agency: agency)
        }
        guard place.isInCapitals || agency != nil || written != nil else { return nil }
        return Dateline(
            range: TextRange(paragraph.lowerBound, dash.upperBound), place: place.name, date: date, agency: agency)
    }

    /// The first dash with a blank before it, or after a bracket, within the first 100 bytes; a colon after an agency.
    private static func dash(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
        let end = min(range.upperBound - 1, range.lowerBound + 100)
        var index = range.lowerBound + 1
        while index < end {
            let byte = bytes[index]
            let isAfterGap = ASCII.isSpace(bytes[index - 1]) || bytes[index - 1] == 0x29
            if byte == 0xE2, index + 2 < range.upperBound, bytes[index + 1] == 0x80,
                bytes[index + 2] == 0x93 || bytes[index + 2] == 0x94
            {
                return index..<index + 3
            }
            if byte == 0x2D || byte == 0x5F, isAfterGap {
                var after = index + 1
                while after < end, bytes[after] == 0x2D { after += 1 }
                return ASCII.isSpace(bytes[after]) ? index..<after : nil
            }
            if byte == 0x3A, bytes[index - 1] == 0x29 { return index..<index + 1 }
            // A sentence that ends or a quotation means prose; "St. " and "U.S. " are short.
            if byte == 0x22 || byte == 0x3B || byte == 0x21 || byte == 0x3F { return nil }
            index += 1
        }
        return nil
    }

    /// Cuts "(Agency)" or "/Agency/" off the end.
    private static func takeAgency(_ bytes: [UInt8], _ head: inout Range<Int>) -> String? {
        guard let last = head.last, bytes[last] == 0x29 || bytes[last] == 0x2F,
            let open = bytes[head.lowerBound..<last].lastIndex(of: bytes[last] == 0x29 ? 0x28 : 0x2F)
        else { return nil }
        let inside = ASCII.trimmed(bytes, open + 1..<last)
        guard !inside.isEmpty, inside.count <= 40, ASCII.isLetter(bytes[inside.lowerBound]) else { return nil }
        head = ASCII.trimmed(bytes, head.lowerBound..<open)
        return String(decoding: bytes[inside], as: UTF8.self)
    }

    /// One to six words that could be a place: capitals, or capitalised with small particles.
    private static func place(_ bytes: [UInt8], _ range: Range<Int>) -> (name: String, isInCapitals: Bool)? {
        var range = ASCII.trimmed(bytes, range)
        while let last = range.last, bytes[last] == 0x2C || ASCII.isSpace(bytes[last]) {
            range = range.lowerBound..<last
        }
        let words = TextMarks.words(bytes, range)
        guard let first = words.first, words.count <= 6, range.count <= 60 else { return nil }
        for word in words {
            let start = bytes[word.lowerBound]
            let isSmall = word.count <= 3 && ASCII.isLower(start)
            guard ASCII.isUpper(start) || start >= 0x80 || isSmall && word != first else { return nil }
            guard !bytes[word].contains(where: { $0 == 0x28 || $0 == 0x3A || ASCII.isDigit($0) }) else { return nil }
        }
        // Everything before the first comma in capitals: "SAN JUAN, Puerto Rico".
        var letters: [UInt8] = []
        for byte in bytes[range] {
            if byte == 0x2C { break }
            if ASCII.isLetter(byte) { letters.append(byte) }
        }
        let isInCapitals = letters.count >= 3 && letters.allSatisfy(ASCII.isUpper)
        if isInCapitals, words.allSatisfy({ notPlaces.contains(ASCII.lowered(bytes[$0].filter(ASCII.isLetter))) }) {
            return nil
        }
        return (String(decoding: bytes[range], as: UTF8.self), isInCapitals)
    }

    /// Labels in capitals that open items and are no places.
    private static let notPlaces: Set<String> = [
        "breaking", "update", "updated", "watch", "exclusive", "analysis", "opinion", "live", "factbox", "correction",
        "corrected",
        "video", "photos", "photo", "file", "note", "news", "just", "in", "alert", "flash", "urgent", "insight",
        "explainer",
        "timeline", "editorial", "comment", "review", "interview", "q", "a", "the", "and", "but",
    ]
}
