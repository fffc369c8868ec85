/// The ids of stories by their numbers, which count from 1: those that something still refers to.
///
/// Nearly all are twelve digits of an article's id, so that eight bytes hold one.
struct StoryIDs: Sendable {
    private var digits: [UInt64] = []
    /// The number of the first one, less one.
    private var base: UInt32 = 0
    /// Ids of another form.
    private var others: [UInt32: StoryID] = [:]

    private static let isOther: UInt64 = .max

    mutating func append(_ id: StoryID) {
        if let value = id.usualDigits {
            digits.append(value)
        } else {
            digits.append(StoryIDs.isOther)
            others[base + UInt32(clamping: digits.count)] = id
        }
    }

    /// The id of a story that was not forgotten.
    subscript(number: UInt32) -> StoryID {
        let place = Int(number) - Int(base) - 1
        guard digits.indices.contains(place) else { return StoryID("") }
        return digits[place] == StoryIDs.isOther ? others[number] ?? StoryID("") : StoryID(usualDigits: digits[place])
    }

    /// Forgets the stories with lesser numbers.
    mutating func forget(before number: UInt32) {
        guard number > base + 1 else { return }
        let count = min(digits.count, Int(number - base) - 1)
        // A new array, since one that only shrinks keeps its room.
        digits = Array(digits[count...])
        base += UInt32(count)
        others = others.filter { $0.key > base }
    }
}

extension StoryIDs {
    func write(to image: inout ImageWriter) {
        image.value(base)
        image.values(digits)
        image.list(others.sorted { $0.key < $1.key }) { image, other in
            image.value(other.key)
            image.string(other.value.value)
        }
    }

    init(_ image: inout ImageReader) {
        base = image.value()
        digits = image.values()
        for _ in 0..<image.value(UInt32.self) where !image.isBroken {
            let number = image.value(UInt32.self)
            others[number] = StoryID(image.string())
        }
    }
}
