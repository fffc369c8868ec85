// Which pieces of a plain text are the story, and which are furniture: headline, bylines, headings, captions. The
// rules look at form only (length, end mark, neighbours, credits), never at what a text is about.

/// A piece of text with its role.
struct RoledPiece: Hashable, Sendable {
    var piece: TextPiece
    var kind: Block.Kind
    var isHeadline = false
    var isByline = false
    var isDateLine = false
    /// A line of the wire's own, which is no block of the story.
    var isFurniture = false
    /// The piece is the value of a label such as `Byline:`.
    var isLabelled = false
}

/// Gives every piece of a plain text its role.
struct BlockRoles {
    private let bytes: [UInt8]
    private let pieces: [TextPiece]
    private var words: [Int] = []
    private var isClosed: [Bool] = []
    private var hasCredit: [Bool] = []
    /// Whether this text closes its sentences at all; verse and transcripts may not.
    private var marksSentences = true
    private var roles: [RoledPiece] = []

    static func roles(of pieces: [TextPiece], in bytes: [UInt8]) -> [RoledPiece] {
        var roles = BlockRoles(bytes, pieces)
        roles.markWireLines()
        roles.markCaptions()
        roles.markAlternativeTexts()
        roles.markHead()
        roles.markHeadings()
        return roles.roles
    }

    private init(_ bytes: [UInt8], _ pieces: [TextPiece]) {
        self.bytes = bytes
        self.pieces = pieces
        for piece in pieces {
            words.append(TextMarks.words(bytes, piece.range).count)
            isClosed.append(TextMarks.isClosed(bytes, piece.range))
            hasCredit.append(PhotoCredit.ends(bytes, piece.range))
            let isItem = TextMarks.bulletEnd(bytes, piece.range) != nil
            roles.append(RoledPiece(piece: piece, kind: isItem ? .listItem : .paragraph))
        }
        var long = 0
        var closed = 0
        for index in pieces.indices where words[index] > 12 {
            long += 1
            if isClosed[index] { closed += 1 }
        }
        marksSentences = long == 0 || closed * 2 >= long
    }

    private func isFree(_ index: Int) -> Bool { roles[index].kind == .paragraph && !roles[index].isHeadline }

    /// Slugs, end marks and labelled lines; of a text that is nothing else all is kept.
    private mutating func markWireLines() {
        guard pieces.count > 1 else { return }
        let head = pieces.indices.first { words[$0] > 25 || words[$0] > 10 && isClosed[$0] } ?? pieces.count
        var isTail = true
        var found: [Int] = []
        for index in pieces.indices.reversed() {
            let place = WireLine.Position(isHead: index < head, isTail: isTail && index > 0)
            if WireLine.isFurniture(bytes, pieces[index].range, place) { found.append(index) } else { isTail = false }
        }
        guard found.count < pieces.count else { return }
        for index in found { markFurniture(index) }
        markContact(before: head)
        markLabels(before: head)
    }

    private mutating func markFurniture(_ index: Int) {
        roles[index].kind = .heading
        roles[index].isFurniture = true
    }

    /// The lines of a group that begins with "CONTACT:".
    private mutating func markContact(before head: Int) {
        var group: Int?
        for index in pieces.indices.prefix(head) {
            if WireLine.beginsContact(bytes, pieces[index].range) { group = pieces[index].group }
            if pieces[index].group == group { markFurniture(index) }
        }
    }

    /// One label may be part of a headline; two are a form.
    private mutating func markLabels(before head: Int) {
        let labels = pieces.indices.prefix(min(head, 20)).compactMap { index in
            WireLine.label(bytes, pieces[index].range).map { (index, $0.label, $0.value) }
        }
        guard labels.count >= 2 else { return }
        for (index, label, value) in labels {
            let piece = pieces[index]
            roles[index].kind = .heading
            roles[index].isLabelled = true
            switch label {
            case .headline: roles[index].isHeadline = true
            case .byline: roles[index].isByline = true
            case .date: roles[index].isDateLine = true
            case .other: roles[index].isFurniture = true
            }
            roles[index].piece = TextPiece(range: value, group: piece.group, lines: piece.lines)
        }
    }

    /// Captions by their credit or their wording; a text that is one piece is the story, whatever it ends in.
    private mutating func markCaptions() {
        guard pieces.count > 1 else { return }
        for index in pieces.indices where roles[index].kind == .paragraph && words[index] <= 90 {
            if hasCredit[index] || words[index] <= 70 && PhotoCredit.isCaptionWording(bytes, pieces[index].range) {
                roles[index].kind = .caption
            }
        }
    }

    /// What stands in one group with a caption: alternative text before it, or the caption above a credit line.
    private mutating func markAlternativeTexts() {
        for index in pieces.indices where roles[index].kind == .caption && index > 0 {
            let before = index - 1
            guard isFree(before) else { continue }
            let sameGroup = pieces[before].group == pieces[index].group
            let isCreditAlone = PhotoCredit.isAlone(bytes, pieces[index].range)
            let isShort = words[before] <= (isCreditAlone ? 60 : 25)
            if sameGroup {
                // A group of running paragraphs may hold a caption too: only what is short or unclosed belongs to it.
                let standsApart = groupSize(index) <= 3
                if isShort, !isClosed[before] || isCreditAlone && standsApart,
                    before > 0 || standsApart
                {
                    roles[before].kind = .caption
                }
            } else if !isClosed[before], before > 0, words[before] >= 3, words[before] <= 25 {
                if isCreditAlone || sharesWords(before, index) { roles[before].kind = .caption }
            }
        }
    }

    private func groupSize(_ index: Int) -> Int {
        var size = 1
        var at = index
        while at > 0, pieces[at - 1].group == pieces[index].group, size < 8 { (at, size) = (at - 1, size + 1) }
        at = index
        while at + 1 < pieces.count, pieces[at + 1].group == pieces[index].group, size < 8 {
            (at, size) = (at + 1, size + 1)
        }
        return size
    }

    /// Whether two of the longer words of a line stand in the caption after it, as in alternative text.
    private func sharesWords(_ first: Int, _ second: Int) -> Bool {
        func longWords(_ index: Int) -> Set<String> {
            Set(TextMarks.words(bytes, pieces[index].range).filter { $0.count >= 4 }.map { ASCII.lowered(bytes[$0]) })
        }
        return longWords(first).intersection(longWords(second)).count >= 2
    }

    /// Headline, bylines and date lines above the first paragraph.
    private mutating func markHead() {
        guard
            let firstProse = roles.indices.first(where: {
                isFree($0) && (words[$0] > 25 || words[$0] > 10 && isClosed[$0])
            }) ?? roles.indices.last
        else {
            return
        }
        var hasHeadline = roles.contains(where: \.isHeadline)
        let furniture = roles.prefix(firstProse).count(where: \.isFurniture)
        for index in roles.indices where index <= min(firstProse, 7 + furniture) && isFree(index) {
            let range = pieces[index].range
            if Byline.names(in: bytes, range, allowsBareName: hasHeadline) != nil {
                roles[index].isByline = true
                roles[index].kind = .heading
            } else if index < firstProse, isDateLine(index) {
                roles[index].isDateLine = true
                roles[index].kind = .heading
            } else if index < firstProse, !hasHeadline, isHeadline(index) {
                roles[index].kind = .heading
                if isSlug(index), index + 1 < firstProse, isFree(index + 1), isHeadline(index + 1) { continue }
                roles[index].isHeadline = true
                hasHeadline = true
            }
        }
    }

    /// A short line, not closed by a full stop, with more text after it.
    private func isHeadline(_ index: Int) -> Bool {
        guard index + 1 < pieces.count, words[index] >= 1, !roles[(index + 1)...].allSatisfy(\.isFurniture),
            words[index] <= 22, pieces[index].lines <= 2
        else {
            return false
        }
        guard let last = bytes[pieces[index].range].last(where: { $0 != 0x22 && $0 != 0x27 }) else { return false }
        if isClosed[index], last != 0x3F, last != 0x21 { return false }
        return !TextMarks.isOpenEnded(bytes, pieces[index].range)
    }

    /// A wire slug: few words in capitals.
    private func isSlug(_ index: Int) -> Bool {
        let letters = bytes[pieces[index].range].filter(ASCII.isLetter)
        return words[index] <= 4 && !letters.isEmpty && letters.allSatisfy(ASCII.isUpper)
    }

    /// A short line that holds a whole date and little else.
    private func isDateLine(_ index: Int) -> Bool {
        guard words[index] <= 10, !isClosed[index] else { return false }
        let dates = WrittenDate.all(in: bytes, pieces[index].range)
        guard let date = dates.first, date.year != nil else { return false }
        let rest = TextMarks.words(bytes, pieces[index].range).filter { !$0.overlaps(date.range) }
        return rest.count <= 5 && words[index] - rest.count >= 1
    }

    /// Short lines without an end mark between paragraphs: headings, or captions where they are long.
    private mutating func markHeadings() {
        guard pieces.count > 1, marksSentences else { return }
        for index in pieces.indices where isFree(index) && !isClosed[index] {
            guard !TextMarks.isOpenEnded(bytes, pieces[index].range) else { continue }
            if words[index] <= 12 {
                roles[index].kind = isDescription(index) ? .caption : .heading
            } else if words[index] <= 60, index > 0, pieces[index].lines == 1 || index + 1 < pieces.count {
                roles[index].kind = .caption
            }
        }
    }

    /// "A man carries sandbags", "Flooded streets in Dover on 6 June 2017": tells what a picture shows.
    private func isDescription(_ index: Int) -> Bool {
        guard index > 0, words[index] >= 5 else { return false }
        let range = pieces[index].range
        let head = ASCII.lowered(bytes[range.lowerBound..<min(range.upperBound, range.lowerBound + 3)])
        if head.hasPrefix("a ") || head == "an " { return true }
        return WrittenDate.all(in: bytes, range).contains { $0.year != nil }
    }
}
