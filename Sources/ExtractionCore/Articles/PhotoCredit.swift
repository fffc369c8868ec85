// A caption betrays itself by its end: who took the picture, and for whom. The forms are few and the same everywhere:
// "Name Name/AGENCY", "(Agency Photo/Name Name)", "Photo: Name", "Getty Images", "© Name".

/// Recognises photo credits and the wording of captions.
enum PhotoCredit {
    /// Whether a stretch of text ends in a photo credit.
    static func ends(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let words = TextMarks.words(bytes, range)
        guard let last = words.last else { return false }
        return endsInSlash(bytes, words) || endsInBrackets(bytes, range) || endsInAgency(bytes, words)
            || endsInLabel(bytes, range, last)
    }

    /// Whether it is nothing but a credit: a label, an agency or a slash form within a few words.
    static func isAlone(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let words = TextMarks.words(bytes, range)
        return words.count <= 9 && beginsWithLabel(bytes, range) || words.count <= 5 && ends(bytes, range)
    }

    /// Whether it talks about a picture: "FILE PHOTO:", "In this photo", "… (left) …".
    static func isCaptionWording(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let head = ASCII.lowered(bytes[range.lowerBound..<min(range.upperBound, range.lowerBound + 48)])
        if openings.contains(where: head.hasPrefix) { return true }
        guard
            (["photo", "image", "pictur", "(file"] as [StaticString]).contains(where: {
                ASCII.find($0, in: bytes, range) != nil
            })
        else {
            return false
        }
        let whole = ASCII.lowered(bytes[range.lowerBound..<min(range.upperBound, range.lowerBound + 1200)])
        return insides.contains { contains(whole, $0) }
    }

    private static let openings = [
        "file photo", "file - ", "file – ", "file — ", "file -- ", "file image", "file picture", "(file photo",
        "archive photo",
        "in this photo", "in this image", "in this picture", "in this undated", "in this file", "in this handout",
        "in this aerial", "in this frame", "in this video", "this photo ", "this image ", "this undated photo",
        "this handout",
        "this picture ", "this aerial photo", "this satellite image", "this combination", "a file photo",
        "an undated photo",
        "a handout photo", "a handout picture", "handout photo", "photo:", "photo shows", "pictured:", "image:",
        "picture:", "caption:",
        "photo caption", "image caption", "photograph:", "a combination photo",
    ]
    private static let insides = [
        "(file photo", "file photo)", "[file photo", "file photo]", "(file)", "(pictured)", "photo taken",
        "picture taken",
        "in this handout", "in a handout photo", "in this undated", "in this file photo", "in an undated photo",
        "in this photo",
        "in this image", "in this picture", "image released by", "photo released by", "picture released by",
        "photo provided by",
        "image provided by", "photo courtesy of",
    ]

    /// Whether a phrase stands in some folded text.
    private static func contains(_ text: String, _ phrase: String) -> Bool {
        let text = Array(text.utf8)
        let phrase = Array(phrase.utf8)
        guard let first = phrase.first, text.count >= phrase.count else { return false }
        for start in 0...(text.count - phrase.count) where text[start] == first {
            if text[start..<start + phrase.count].elementsEqual(phrase) { return true }
        }
        return false
    }
}

extension PhotoCredit {
    /// News and picture agencies, folded; the first word of a name of several.
    private static let agencies: Set<String> = [
        "afp", "ap", "reuters", "epa", "epa-efe", "efe", "efe-epa", "getty", "gettyimages", "pa", "tass", "ansa", "dpa",
        "apa",
        "aa", "anadolu", "xinhua", "kyodo", "afp-jiji", "jiji", "yonhap", "pti", "ani", "ians", "upi", "alamy",
        "shutterstock",
        "istock", "bloomberg", "magnum", "rex", "corbis", "zuma", "zumapress", "sipa", "nurphoto", "lusa", "belga",
        "anp", "ntb",
        "tt", "cp", "aap", "ritzau", "scanpix", "lehtikuva", "keystone", "imago", "unsplash", "pixabay", "flickr",
        "wikimedia",
        "sputnik", "ria", "interfax", "ukrinform", "mti", "pap", "ctk", "agerpres", "hina", "tanjug", "sana", "irna",
        "petra",
        "mena", "wam", "spa", "antara", "bernama", "vna", "cna", "nasa", "esa", "polaris", "contour", "wireimage",
        "filmmagic",
        "newscom", "picture-alliance", "ullstein", "maxppp", "ap/shutterstock", "stringer", "handout",
    ]
    private static let agencyTails: Set<String> = [
        "images", "image", "photo", "photos", "pictures", "news", "agency", "press", "pool", "file",
    ]
    private static let labels = [
        "photo:", "photos:", "photo by", "photos by", "photograph:", "photograph by", "photography:", "photography by",
        "picture:",
        "pictures:", "picture by", "image:", "images:", "image by", "image credit", "photo credit", "picture credit",
        "credit:",
        "photo courtesy", "image courtesy", "courtesy of", "photo/", "foto:", "bild:", "photographie:", "imagen:", "©",
        "(c) ",
        "copyright:", "file photo", "source: ap", "source: reuters", "via getty", "via ap", "via reuters", "via afp",
        "ap photo",
    ]

    /// A word without marks at its ends, folded.
    private static func folded(_ bytes: [UInt8], _ word: Range<Int>) -> String {
        var start = word.lowerBound
        var end = word.upperBound
        while start < end, isMark(bytes[start]) { start += 1 }
        while end > start, isMark(bytes[end - 1]) { end -= 1 }
        return ASCII.lowered(bytes[start..<end])
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte < 0x80 && !ASCII.isAlphanumeric(byte)
    }

    private static func isCapital(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
        var index = word.lowerBound
        while index < word.upperBound, isMark(bytes[index]) { index += 1 }
        guard index < word.upperBound else { return false }
        // Letters outside ASCII are taken for capitals: only names are asked about.
        return ASCII.isUpper(bytes[index]) || bytes[index] >= 0x80
    }

    /// "Name Name/AGENCY", "AGENCY/Name Name", "Name Name / Agency Name", with at most three words after the slash.
    private static func endsInSlash(_ bytes: [UInt8], _ words: [Range<Int>]) -> Bool {
        for back in 1...4 where words.count >= back {
            let word = words[words.count - back]
            guard let slash = bytes[word].lastIndex(of: 0x2F) else { continue }
            let after = words.suffix(back - 1)
            guard after.allSatisfy({ isCapital(bytes, $0) }) else { return false }
            let previous = words.count > back ? words[words.count - back - 1] : nil
            let left = word.lowerBound < slash ? word.lowerBound..<slash : previous ?? slash..<slash
            let right = slash + 1 < word.upperBound ? slash + 1..<word.upperBound : after.first ?? slash..<slash
            guard !left.isEmpty, !right.isEmpty, isCapital(bytes, left), isCapital(bytes, right) else { return false }
            if isAgency(bytes, left) || isAgency(bytes, right) { return true }
            if let previous, isAgency(bytes, previous), agencyTails.contains(folded(bytes, left)) { return true }
            let hasFullName = previous.map { isCapital(bytes, $0) } ?? false
            return hasFullName && !TextMarks.isClosed(bytes, word.lowerBound..<(after.last ?? word).upperBound)
                && (isAcronym(bytes, right) || !after.isEmpty || isAlwaysCapital(bytes, words.suffix(back + 1)))
        }
        return false
    }

    private static func isAlwaysCapital(_ bytes: [UInt8], _ words: ArraySlice<Range<Int>>) -> Bool {
        words.count >= 2 && words.allSatisfy { isCapital(bytes, $0) }
    }

    private static func isAgency(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
        agencies.contains(folded(bytes, word))
    }

    /// Two to six capitals.
    private static func isAcronym(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
        let letters = bytes[word].filter { !isMark($0) }
        return (2...6).contains(letters.count) && letters.allSatisfy(ASCII.isUpper)
    }

    /// "(AP Photo/Name Name)", "[Agency]", "(Photo by Name)" at the very end.
    private static func endsInBrackets(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var end = range.upperBound
        if end > range.lowerBound, bytes[end - 1] == 0x2E { end -= 1 }
        guard end - 1 > range.lowerBound, bytes[end - 1] == 0x29 || bytes[end - 1] == 0x5D else { return false }
        let open: UInt8 = bytes[end - 1] == 0x29 ? 0x28 : 0x5B
        guard let start = bytes[max(range.lowerBound, end - 120)..<end].lastIndex(of: open) else { return false }
        let inside = ASCII.trimmed(bytes, start + 1..<end - 1)
        let words = TextMarks.words(bytes, inside)
        guard let first = words.first, words.count <= 12 else { return false }
        if beginsWithLabel(bytes, inside) || endsInSlash(bytes, words) { return true }
        if words.contains(where: { ["photo", "photograph", "picture", "photos"].contains(folded(bytes, $0)) }) {
            return isCapital(bytes, first)
        }
        // An agency alone in brackets also signs articles: there it follows a full stop.
        let before = ASCII.trimmed(bytes, range.lowerBound..<start)
        let rest = words.dropFirst().allSatisfy { agencyTails.contains(folded(bytes, $0)) }
        return isAgency(bytes, first) && rest && !before.isEmpty && !TextMarks.isClosed(bytes, before)
    }

    /// An agency after a full stop, bar or dash, or "Getty Images" anywhere at the end.
    private static func endsInAgency(_ bytes: [UInt8], _ words: [Range<Int>]) -> Bool {
        var index = words.count - 1
        while index > 0, words.count - index <= 3, agencyTails.contains(folded(bytes, words[index])) { index -= 1 }
        guard index >= 1, isCapital(bytes, words[index]), isAgency(bytes, words[index]) else { return false }
        guard !TextMarks.isClosed(bytes, words[words.count - 1]) else { return false }
        if folded(bytes, words[index]) == "getty", index < words.count - 1 { return true }
        // In brackets an agency signs an article as well; `endsInBrackets` knows the difference.
        guard bytes[words[index].lowerBound] != 0x28, bytes[words[index].lowerBound] != 0x5B else { return false }
        let before = words[index - 1]
        let isDivider = before.count <= 3 && bytes[before].allSatisfy { isMark($0) || $0 >= 0x80 }
        return isDivider || TextMarks.isClosed(bytes, before)
    }

    /// "Photo: Name Name", "Photograph by …", "© …" within the last words, after which no sentence ends.
    private static func endsInLabel(_ bytes: [UInt8], _ range: Range<Int>, _ last: Range<Int>) -> Bool {
        var start = max(range.lowerBound, range.upperBound - 70)
        if start > range.lowerBound {
            while start < range.upperBound, !ASCII.isSpace(bytes[start]) { start += 1 }
        }
        for word in TextMarks.words(bytes, start..<range.upperBound) {
            guard isCapital(bytes, word) || bytes[word.lowerBound] == 0x28 || bytes[word.lowerBound] == 0xC2 else {
                continue
            }
            let from = bytes[word.lowerBound] == 0x28 ? word.lowerBound + 1 : word.lowerBound
            let atSentenceStart =
                word.lowerBound == range.lowerBound || TextMarks.isClosed(bytes, range.lowerBound..<word.lowerBound - 1)
                || bytes[word.lowerBound] == 0x28 || bytes[word.lowerBound] == 0xC2
                || precededByDivider(bytes, word.lowerBound, range)
            if atSentenceStart, beginsWithLabel(bytes, from..<range.upperBound) {
                return !TextMarks.isClosed(bytes, last) || last.upperBound - from <= 50
            }
        }
        return false
    }

    private static func precededByDivider(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
        var at = index - 1
        while at >= range.lowerBound, ASCII.isSpace(bytes[at]) { at -= 1 }
        return at >= range.lowerBound && (bytes[at] == 0x7C || bytes[at] == 0x2D || bytes[at] >= 0x80)
    }

    static func beginsWithLabel(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard !range.isEmpty, initials.contains(ASCII.lower(bytes[range.lowerBound])) else { return false }
        return labelBytes.contains { ASCII.matches($0, in: bytes, range.prefix($0.count)) }
    }

    private static let labelBytes = labels.map { Array($0.utf8) }
    private static let initials = Set(labelBytes.compactMap(\.first))
}
