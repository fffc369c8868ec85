internal import ExtractionCore
internal import Logging
internal import Store
internal import Stories

// The store keeps an entry for each filing and for each time that the book let go of what was old, in their order: the
// book is what they leave behind. An image of the book, written now and then, spares applying most of them at a start.

extension Desk {
    var image: StoryImage { StoryImage(path: configuration.state + "/copytaster.image") }

    /// Builds the book from the image, if one holds, and every entry that it does not know.
    func restoreBook() throws(StoreError) {
        // Two books would need twice the room.
        book = StoryBook()
        var (restored, reached) = (StoryBook(), Int64(0))
        let isImaged = image.read { [store] in
            (try? store.sum(ofMemory: $0)) ?? nil
        } _: { place, image in
            let imaged = StoryBook(&image, options: StoryBook.Options())
            guard !image.isBroken else { return false }
            (restored, reached) = (imaged, place)
            return true
        }
        var entries = 0
        try store.eachMemory(after: reached) { bytes in
            BookEntry(bytes: bytes)?.apply(to: &restored)
            entries += 1
        }
        book = restored
        schedule.restored(applying: entries)
        logger.info("memory restored", metadata: ["image": "\(isImaged)", "entries": "\(entries)"])
    }

    /// Lets go of what is older than the window, in the store and in the book.
    func forgetOld(at moment: Instant) throws(StoreError) {
        let start = moment.adding(seconds: -Int64(configuration.memoryDays) * 86_400)
        let entry = BookEntry.retired(before: start)
        // From the entry to its effect a fault means reload.
        isStale = true
        try store.forget(before: start, noting: (at: moment, bytes: entry.bytes))
        entry.apply(to: &book)
        schedule.add(entries: 1)
        schedule.beginDay()
        isStale = false
    }

    // MARK: Images

    /// Writes an image when one is due; whoever asked settles it and says so to `noteImage`.
    ///
    /// The desk does nothing else meanwhile: a copy of the book would need as much room again.
    func draftImage(atEnd: Bool = false) -> StoryImage.Draft? {
        let start = ContinuousClock.now
        guard !isStale, schedule.isDue(at: start, atEnd: atEnd), let place = try? store.lastMemory(),
            let sum = try? store.sum(ofMemory: place)
        else { return nil }
        let draft = image.write(place: place, sum: sum) { book.write(to: &$0) }
        let end = ContinuousClock.now
        schedule.drafted(from: start, to: end)
        if let draft {
            logger.info("image written", metadata: ["bytes": "\(draft.size)", "time": "\(end - start)"])
        } else {
            noteImage(isSettled: false)
        }
        return draft
    }

    func noteImage(isSettled: Bool) {
        schedule.settled(isSettled)
        if !isSettled { logger.warning("image not written; a start may take longer") }
    }

    /// The image that spares the next start the work.
    func saveLastImage() {
        if let draft = draftImage(atEnd: true) { noteImage(isSettled: draft.settle()) }
    }
}

/// What happened to the book, as the store's table `memory` keeps it.
enum BookEntry {
    case filed(StoryBook.Memory)
    case retired(before: Instant)

    /// No memory begins with it.
    private static let mark: UInt8 = 0

    /// Nil for what a later version wrote.
    init?(bytes: [UInt8]) {
        if bytes.first == BookEntry.mark {
            guard bytes.count == 9 else { return nil }
            let bits = bytes.dropFirst().reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            self = .retired(before: Instant(milliseconds: Int64(bitPattern: bits)))
        } else {
            guard let memory = StoryBook.Memory(bytes: bytes) else { return nil }
            self = .filed(memory)
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .filed(let memory): return memory.bytes()
        case .retired(let moment):
            let bits = UInt64(bitPattern: moment.milliseconds)
            return [BookEntry.mark] + (0..<8).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        }
    }

    func apply(to book: inout StoryBook) {
        switch self {
        case .filed(let memory): book.restore(memory)
        case .retired(let moment): _ = book.retire(before: moment)
        }
    }
}
