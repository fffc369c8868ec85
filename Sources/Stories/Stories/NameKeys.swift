import ExtractionCore

// Reports of several languages share few words, but they share names, places and numbers. A name is compared by the
// consonants of its Latin form, so that accents, endings, and vowels that a script leaves out do not count.

/// The names and numbers of an article, as another language would have them too.
struct NameKeys: Sendable {
    enum Kind: UInt8, Sendable { case name, pair, place, number }

    private(set) var hashes: [UInt32] = []
    /// What each is worth as evidence.
    private(set) var points: [UInt8] = []
    private(set) var kinds: [Kind] = []
    /// The words each stands for, so that a place that is known by its id is not counted by its name as well.
    private var words: [Range<Int32>] = []
    /// The names that each pair is made of.
    private var parts: [(UInt32, UInt32)] = []

    private static let most = 32
    private static let wordLimit = 260

    init() {}

    /// `skipsEveryday` is for English, whose everyday words are known. `places` are known by their gazetteer's ids.
    init(_ text: TextWords, skipsEveryday: Bool, places: [PlaceMention] = []) {
        for mention in places {
            guard let id = mention.place.id, !isWellKnown(Skeleton.of(mention.place.name.utf8)) else { continue }
            add(NameKeys.hash("@", NormalWord.hash(id)), 2, .place, mention.range.start..<mention.range.end)
        }
        read(text, skipsEveryday)
    }

    /// Those that a story has in common, as points; 0 when they are too little to tell one event.
    ///
    /// One name is never enough, nor are names alone when they are few: a figure must agree, or the names must be many.
    func points(of common: Set<Int>) -> Int {
        var (names, sum, numbers) = (0, 0, 0)
        let places = common.filter { kinds[$0] == .place }
        let inPairs = Set(common.filter { kinds[$0] == .pair }.flatMap { [parts[$0].0, parts[$0].1] })
        for index in common {
            switch kinds[index] {
            case .number: numbers = min(2, numbers + Int(points[index]))
            case .place, .pair:
                names += 1
                sum += Int(points[index])
            case .name:
                // The words of a longer name and of a place are counted with it.
                if inPairs.contains(hashes[index]) { continue }
                if places.contains(where: { words[$0].overlaps(words[index]) }) { continue }
                names += 1
                sum += Int(points[index])
            }
        }
        guard names >= 2 else { return 0 }
        return numbers > 0 && sum >= 4 || sum >= 8 ? sum + numbers : 0
    }

    private struct Word {
        let skeleton: Sounds
        let isCaseless: Bool
        let range: Range<Int32>
    }

    private mutating func read(_ text: TextWords, _ skipsEveryday: Bool) {
        let bytes = text.text.bytes
        var last: Word?
        for index in 0..<min(NameKeys.wordLimit, text.words.count) where hashes.count < NameKeys.most {
            let word = text.words[index]
            let range = min(Int(word.start), bytes.count)..<min(Int(word.end), bytes.count)
            let shown = word.start..<word.end
            if word.isNumber || isIndicDigit(bytes, range.lowerBound) {
                addNumber(word, bytes[range], shown)
                last = nil
                continue
            }
            guard let name = name(text, index, bytes[range], skipsEveryday, shown) else {
                last = nil
                continue
            }
            if let before = last, isGap(bytes, before.range, name.range) { addPair(before, name) }
            addName(name)
            if !name.isCaseless { addBareForm(bytes[range], name) }
            last = name
        }
    }

    private func name(
        _ text: TextWords, _ index: Int, _ bytes: ArraySlice<UInt8>, _ skipsEveryday: Bool, _ range: Range<Int32>
    ) -> Word? {
        let word = text.words[index]
        guard bytes.count >= 3, let lead = bytes.first else { return nil }
        if (0xD7...0xDB).contains(lead) {
            let skeleton = Skeleton.of(Skeleton.withoutPrefix(bytes))
            return skeleton.count >= 2 ? Word(skeleton: skeleton, isCaseless: true, range: range) : nil
        }
        guard isCapital(bytes), !word.isStop else { return nil }
        if skipsEveryday, Words.shared.everyday.contains(text.stem(index)) { return nil }
        let skeleton = Skeleton.of(bytes)
        return skeleton.count >= 2 ? Word(skeleton: skeleton, isCaseless: false, range: range) : nil
    }

    private func isCapital(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let lead = bytes.first else { return false }
        if lead < 0x80 { return lead &- 0x41 < 26 }
        let next = bytes[bytes.startIndex + 1]
        switch lead {
        case 0xC3: return next < 0x9F
        case 0xC4, 0xC5: return next & 1 == (lead == 0xC5 && (0xB9...0xBE).contains(next) ? 1 : 0)
        case 0xD0: return next < 0xB0
        default: return false
        }
    }

    private mutating func addName(_ word: Word) {
        let count = word.skeleton.count
        guard count >= 3, !isWellKnown(word.skeleton) else { return }
        // Without capitals every word may be a name, so that chance has more to choose from.
        let points: UInt8 = word.isCaseless ? (count >= 4 ? 1 : 0) : (count >= 4 ? 2 : 1)
        if points > 0 { add(NameKeys.hash("n", word.skeleton), points, .name, word.range) }
    }

    private mutating func addBareForm(_ bytes: ArraySlice<UInt8>, _ word: Word) {
        let stem = Skeleton.withoutEnding(bytes)
        if stem.count == bytes.count { return }
        let bare = Skeleton.of(stem)
        if bare != word.skeleton { addName(Word(skeleton: bare, isCaseless: false, range: word.range)) }
    }

    /// A name of two words says more than two names.
    private mutating func addPair(_ left: Word, _ right: Word) {
        guard left.isCaseless == right.isCaseless, left.skeleton.count + right.skeleton.count >= 5,
            !isWellKnown(left.skeleton), !isWellKnown(right.skeleton)
        else { return }
        add(
            NameKeys.hash("p", Skeleton.hash(of: left.skeleton, right.skeleton)), 4, .pair,
            left.range.lowerBound..<right.range.upperBound,
            parts: (NameKeys.hash("n", left.skeleton), NameKeys.hash("n", right.skeleton)))
    }

    /// One blank lies between two words.
    private func isGap(_ bytes: [UInt8], _ left: Range<Int32>, _ right: Range<Int32>) -> Bool {
        let end = Int(left.upperBound)
        return right.lowerBound - left.upperBound == 1 && end < bytes.count && bytes[end] == 0x20
    }

    private func isIndicDigit(_ bytes: [UInt8], _ index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index] == 0xD9 && (0xA0...0xA9).contains(bytes[index + 1])
    }

    /// Whole numbers from 11 on that are no years.
    private mutating func addNumber(_ word: NormalWord, _ bytes: ArraySlice<UInt8>, _ range: Range<Int32>) {
        if word.traits.contains(.spelled) {
            if !NameKeys.small.contains(word.hash) {
                add(NameKeys.hash("#", word.hash), 1, .number, range)
            }
            return
        }
        var digits: [UInt8] = []
        var sinceMark = 0
        var hasMark = false
        for (offset, byte) in bytes.enumerated() {
            if byte &- 0x30 < 10 {
                digits.append(byte)
                sinceMark += 1
            } else if byte == 0xD9 {
                continue
            } else if (0xA0...0xA9).contains(byte), offset > 0 {
                digits.append(byte - 0xA0 + 0x30)
                sinceMark += 1
            } else {
                // "1.200" is twelve hundred, "1.2" is no whole number.
                if hasMark, sinceMark != 3 { return }
                (hasMark, sinceMark) = (true, 0)
            }
        }
        guard !hasMark || sinceMark == 3, (2...9).contains(digits.count) else { return }
        let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard value >= 11, !(1900...2100).contains(value) else { return }
        add(NameKeys.hash("#", NormalWord.hash(digits)), value >= 100 ? 2 : 1, .number, range)
    }

    private static let small = Set((0...10).map { NormalWord.hash(String($0)) })

    private func isWellKnown(_ skeleton: Sounds) -> Bool { Skeleton.wellKnown.contains(Skeleton.hash(of: skeleton)) }

    private mutating func add(
        _ hash: UInt32, _ value: UInt8, _ kind: Kind, _ range: Range<Int32>, parts: (UInt32, UInt32) = (0, 0)
    ) {
        guard hashes.count < NameKeys.most, !hashes.contains(hash) else { return }
        hashes.append(hash)
        points.append(value)
        kinds.append(kind)
        words.append(range)
        self.parts.append(parts)
    }

    private static func hash(_ kind: StaticString, _ skeleton: Sounds) -> UInt32 {
        hash(kind, Skeleton.hash(of: skeleton))
    }

    private static func hash(_ kind: StaticString, _ value: UInt64) -> UInt32 {
        let mark = kind.withUTF8Buffer { UInt64($0.first ?? 0) }
        return UInt32(truncatingIfNeeded: mixedBits(value ^ mark << 56) >> 32)
    }
}
