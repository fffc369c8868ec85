/// When the next image is worth its cost: a day has begun or so many entries are in none, and the writing of the last one
/// took no more than a twentieth of the time since it began.
struct ImageSchedule {
    /// An image is wanted after so many entries.
    let every: Int
    /// Entries that are in no image.
    private(set) var pending = 0
    /// Of these, how many are in the one that is being settled.
    private var drafted = 0
    private var rest: ContinuousClock.Instant?
    private var isNewDay = false

    /// After a failure, which is mostly a full disk: others are to find room there.
    private static let longRest = Duration.seconds(600)

    init(every: Int) { self.every = every }

    /// The book was built from an image and so many entries.
    mutating func restored(applying entries: Int) { pending = entries }

    mutating func add(entries: Int) { pending += entries }

    /// What is old was forgotten: entries alone do not tell any more what it had taught the book.
    mutating func beginDay() { isNewDay = true }

    /// At the end one is made unless next to nothing would be gained.
    func isDue(at now: ContinuousClock.Instant, atEnd: Bool) -> Bool {
        if atEnd { return pending >= max(1, every / 16) }
        return (isNewDay || pending >= every) && drafted == 0 && (rest.map { now >= $0 } ?? true)
    }

    mutating func drafted(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant) {
        drafted = pending
        rest = start + (end - start) * 20
    }

    mutating func settled(_ isSettled: Bool, at now: ContinuousClock.Instant = .now) {
        if isSettled {
            pending = max(0, pending - drafted)
            isNewDay = false
        } else {
            rest = now + ImageSchedule.longRest
        }
        drafted = 0
    }
}
