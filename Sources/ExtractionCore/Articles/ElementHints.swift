/// What a class or an id says an element holds.
struct ElementHints: OptionSet, Sendable {
    let rawValue: UInt8

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// An author's line or box.
    static let author = ElementHints(rawValue: 1)
    /// A day.
    static let date = ElementHints(rawValue: 2)
    /// The day of a change.
    static let change = ElementHints(rawValue: 4)
    /// What stands beside a name in an author's box, or belongs to a comment.
    static let other = ElementHints(rawValue: 8)

    /// One look at the value by its last four letters; only what begins like a word of interest is looked at again.
    init(_ bytes: [UInt8], _ value: Range<Int>) {
        self = []
        guard value.count < 200, value.count >= 4 else { return }
        var isPublication = false
        var letters: UInt32 = 0
        for index in value {
            letters = letters << 8 | UInt32(bytes[index] | 0x20)
            switch letters {
            case 0x6175_7468 /* auth */: if goes(on: "or", bytes, index, value) { insert(.author) }
            case 0x6175_7465 /* aute */: if goes(on: "ur", bytes, index, value) { insert(.author) }
            case 0x6175_746F /* auto */: if isAutor(bytes, index, value) { insert(.author) }
            case 0x6279_6C69 /* byli */: if goes(on: "ne", bytes, index, value) { insert(.author) }
            case 0x6461_7465 /* date */:
                insert(goes(back: "up", bytes, index, value) ? .change : .date)
                isPublication = isPublication || goes(back: "entry-", bytes, index, value)
            case 0x6461_7475 /* datu */: if goes(on: "m", bytes, index, value) { insert(.date) }
            case 0x6D6F_6469 /* modi */: if goes(on: "f", bytes, index, value) { insert(.change) }
            case 0x7075_626C /* publ */: isPublication = isPublication || goes(on: "ish", bytes, index, value)
            case 0x7075_6264 /* pubd */: isPublication = isPublication || goes(on: "ate", bytes, index, value)
            case 0x706F_7374 /* post */: if goes(on: "ed", bytes, index, value) { insert(.date) }
            case 0x7469_6D65 /* time */: if isTime(bytes, index, value) { insert(.date) }
            default: continue
            }
        }
        // Many mark one day as both; then it is that of the publication.
        if isPublication {
            insert(.date)
            remove(.change)
        }
        guard !isEmpty else { return }
        if ElementHints.others.contains(where: { ASCII.find($0, in: bytes, value) != nil }) { insert(.other) }
    }

    private func goes(on rest: StaticString, _ bytes: [UInt8], _ index: Int, _ value: Range<Int>) -> Bool {
        let end = index + 1 + rest.utf8CodeUnitCount
        return end <= value.upperBound && ASCII.matches(rest, in: bytes, index + 1..<end)
    }

    private func goes(back start: StaticString, _ bytes: [UInt8], _ index: Int, _ value: Range<Int>) -> Bool {
        let from = index - 3 - start.utf8CodeUnitCount
        return from >= value.lowerBound && ASCII.matches(start, in: bytes, from..<index - 3)
    }

    private func isEnd(_ bytes: [UInt8], _ index: Int, _ value: Range<Int>) -> Bool {
        index >= value.upperBound || !ASCII.isLower(bytes[index])
    }

    /// "autor", "autorin", "autoren", "autores", but not "autoresize".
    private func isAutor(_ bytes: [UInt8], _ index: Int, _ value: Range<Int>) -> Bool {
        guard goes(on: "r", bytes, index, value) else { return false }
        if isEnd(bytes, index + 2, value) { return true }
        return (["rin", "ren", "res"] as [StaticString]).contains { goes(on: $0, bytes, index, value) }
            && isEnd(bytes, index + 4, value)
    }

    /// "time" as a word of its own, or "timestamp".
    private func isTime(_ bytes: [UInt8], _ index: Int, _ value: Range<Int>) -> Bool {
        if goes(on: "stamp", bytes, index, value) { return true }
        let isStart = index - 4 < value.lowerBound || !ASCII.isLetter(bytes[index - 4])
        return isStart && isEnd(bytes, index + 1, value)
    }

    private static let others = [
        "bio", "image", "photo", "avatar", "description", "position", "title", "social", "count", "role", "link",
        "reviewer", "editor", "comment", "event", "copyright",
    ].map { Array($0.utf8) }
}
