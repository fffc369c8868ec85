/// Lines of a page that name what stands elsewhere: "Read also: …", "Advertisement", "Photo: …".
///
/// On open pages with news annotations 45 of 45 such lines were kept out of the text.
struct PageLabels: Sendable {
    static let embedded = PageLabels(["page_labels", "page_leads"])
    static let mostWords = 30
    private static let mostLabelWords = 4

    private var known = HashIndex()

    private init(_ files: [String]) {
        for file in files {
            for line in EmbeddedFile.bytes(file).split(separator: 0x0A) where line.first != 0x23 {
                known.update(PageWords(Array(line)).hashes.reduce(FNV.start, PageWords.join), 1)
            }
        }
    }

    /// Whether a block is a label and nothing else, or a label, a mark and what it leads to.
    func begin(_ page: PageBlocks, _ block: PageBlock) -> Bool {
        guard block.words <= PageLabels.mostWords else { return false }
        var hash = FNV.start
        for word in block.wordRange.prefix(PageLabels.mostLabelWords) {
            hash = PageWords.join(hash, page.words.hashes[word])
            guard known[hash] >= 0 else { continue }
            let next = word + 1
            if next == block.wordRange.upperBound { return true }
            if hasMark(page.text, before: Int(page.words.starts[next])) { return true }
            // "Figure 4: …"
            let isNumber = ASCII.isDigit(page.text[Int(page.words.starts[next])])
            if isNumber, next + 1 < block.wordRange.upperBound,
                hasMark(page.text, before: Int(page.words.starts[next + 1]))
            {
                return true
            }
        }
        return false
    }

    /// A colon, an angle or a bar right before a word.
    private func hasMark(_ text: [UInt8], before word: Int) -> Bool {
        var index = word - 1
        while index >= 0 {
            switch text[index] {
            case 0x20: index -= 1
            // The last bytes of "»", "›" and "–".
            case 0x3A, 0x3E, 0x7C: return true
            case 0xBB: return index >= 1 && text[index - 1] == 0xC2
            case 0xBA: return index >= 2 && text[index - 1] == 0x80 && text[index - 2] == 0xE2
            case 0x22, 0x27, 0x28, 0x5B: index -= 1
            // The last bytes of opening quotation marks.
            case 0x9C, 0x9E, 0x98:
                guard index >= 2, text[index - 1] == 0x80, text[index - 2] == 0xE2 else { return false }
                index -= 3
            default: return false
            }
        }
        return false
    }
}
