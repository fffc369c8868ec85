// Some pages bring their article inside a script and leave it to the browser to show it: as a template, or as a string
// of the program's state. Nothing is run: the text is looked for.

/// An article that lies in a page's scripts.
struct ScriptText {
    /// Its markup, or its words where it has none.
    private(set) var html: [UInt8] = []
    private(set) var note = ""

    private static let mostBytes = 4 << 20
    /// A string of the state is long, and has sentences.
    private static let leastBytes = 600

    /// The template or string with most prose; nil when none has much.
    init?(_ tree: MarkupTree) {
        var best = 0
        for index in tree.nodes.indices.dropLast()
        where tree.nodes[index].tag == .script && tree.nodes[index + 1].isText {
            let range = tree.nodes[index + 1].text
            guard range.count >= ScriptText.leastBytes, range.count <= ScriptText.mostBytes else { continue }
            let type = tree.rawAttribute(.type, of: index)
            if let type,
                ASCII.find("template", in: tree.bytes, type) != nil || ASCII.find("html", in: tree.bytes, type) != nil
            {
                take(Array(tree.bytes[range]), "a template", &best)
            } else if type == nil || ASCII.find("json", in: tree.bytes, type ?? 0..<0) != nil {
                for string in ScriptText.strings(tree.bytes, range) { take(string, "the page's state", &best) }
            }
        }
        if best == 0 { return nil }
    }

    private mutating func take(_ text: [UInt8], _ source: String, _ best: inout Int) {
        let counts = WordCounts(text, text.indices)
        guard counts.words >= 80, counts.sentenceEnds >= 3, counts.sentenceEnds * 60 > counts.words else { return }
        // Programs have more marks than sentences have.
        let marks = text.reduce(0) { $0 + ($1 == 0x7B || $1 == 0x7D || $1 == 0x3B || $1 == 0x3D ? 1 : 0) }
        guard marks * 4 < counts.words || ASCII.find("<p", in: text, text.indices) != nil else { return }
        guard counts.words > best else { return }
        best = counts.words
        html = text
        note = "text taken from " + source
    }

    /// The long strings of a script, their escapes read.
    private static func strings(_ bytes: [UInt8], _ range: Range<Int>) -> [[UInt8]] {
        var found: [[UInt8]] = []
        var index = range.lowerBound
        while index < range.upperBound, found.count < 40 {
            index = ByteScan.first(0x22, in: bytes, from: index, to: range.upperBound)
            let start = index
            index += 1
            while index < range.upperBound, bytes[index] != 0x22 { index += bytes[index] == 0x5C ? 2 : 1 }
            guard index < range.upperBound else { break }
            index += 1
            guard index - start > leastBytes, let text = JSONValue(parsing: bytes[start..<index])?.string else {
                continue
            }
            found.append(Array(text.utf8))
        }
        return found
    }
}
