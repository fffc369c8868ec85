extension Feed {
    /// The places of the entries whose date lies more than 48 hours ahead of `now`: it cannot say when they were
    /// published.
    ///
    /// None when at least half of the entries that have a date are so: such a feed announces events.
    public func misdated(at now: Instant) -> [Int] {
        let latest = now.adding(seconds: 48 * 3600)
        var dated = 0
        var ahead: [Int] = []
        for (place, entry) in entries.enumerated() {
            guard let date = entry.published ?? entry.updated else { continue }
            dated += 1
            if date.instant > latest { ahead.append(place) }
        }
        return ahead.count * 2 >= dated ? [] : ahead
    }
}
