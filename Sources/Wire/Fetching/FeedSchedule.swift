public import ExtractionCore

extension FeedState {
    /// The state after a poll; `interval` is how often, in seconds, the feed is wanted.
    ///
    /// A good answer is asked for again after the interval, later if the server says that asking is useless till then
    /// (up to a day). Each fault in a row doubles the wait, up to a day. What the server asks for is always granted.
    public func after(_ outcome: FeedOutcome, at now: Instant, interval: Int) -> FeedState {
        let interval = min(max(1, interval), 30 * Int(FeedState.day))
        var next = self
        next.lastCheck = now
        switch outcome {
        case .read(let reading): next.noteSuccess(reading, isNew: true, at: now, interval)
        case .unchanged(let reading): next.noteSuccess(reading, isNew: false, at: now, interval)
        case .failed(.cancelled): return self
        case .failed(.throttled(let host, let end)):
            // Nothing was sent, so this was no check and no fault of the feed.
            next.lastCheck = lastCheck
            next.nextTry = max(end, now.adding(seconds: 1))
            next.set(.throttled, "\(host) asked for a rest", at: now)
        case .failed(let error): next.noteFailure(error, at: now, interval)
        case .unreadable(let found): next.noteFault(.broken, found, at: now, interval, atLeast: nil)
        }
        return next
    }

    /// The reason of a feed that the configuration mutes.
    static let mutedByUser = "by the configuration"

    /// The same state with the user's wish on it.
    public func muted(_ isMuted: Bool, at now: Instant) -> FeedState {
        var next = self
        if isMuted {
            next.set(.muted, FeedState.mutedByUser, at: now)
        } else if !isPolled {
            next.set(.pending, nil, at: now)
            next.missingSince = nil
            next.failures = 0
            next.nextTry = now
        }
        return next
    }

    private mutating func noteSuccess(_ reading: FeedReading, isNew: Bool, at now: Instant, _ interval: Int) {
        lastSuccess = now
        failures = 0
        missingSince = nil
        title = reading.title ?? title
        entriesSeen += reading.newEntries
        noteValidators(reading, hadBody: isNew, at: now)
        noteMove(reading.movedTo)
        noteHabit(reading.newEntries, at: now)
        let asked = min(max(reading.maxAge ?? 0, reading.ttl ?? 0), Int(FeedState.day))
        nextTry = later(than: now, seconds: max(interval, asked))
        if let silence = silence(at: now) {
            set(.late, silence, at: now)
        } else {
            set(isNew ? .ok : .unchanged, nil, at: now)
        }
    }

    /// A 304 may carry new validators, but only a body proves that they are alive.
    private mutating func noteValidators(_ reading: FeedReading, hadBody: Bool, at now: Instant) {
        if hadBody || reading.bodyHash != nil {
            etag = reading.etag
            lastModified = reading.lastModified
            validatorsSince = reading.etag == nil && reading.lastModified == nil ? nil : now
            bodyHash = reading.bodyHash
        } else {
            etag = reading.etag ?? etag
            lastModified = reading.lastModified ?? lastModified
        }
    }

    /// One permanent redirect may be a hotel's login page; the same one twice in a row is believed.
    private mutating func noteMove(_ target: String?) {
        if let target, target == movedTo {
            address = target
            movedTo = nil
        } else {
            movedTo = target
        }
    }

    private mutating func noteHabit(_ newEntries: Int, at now: Instant) {
        guard newEntries > 0 else { return }
        if let lastNews, now > lastNews {
            let gap = Int(clamping: now.seconds - lastNews.seconds)
            usualGap = usualGap.map { ($0 * 7 + gap) / 8 } ?? gap
        }
        lastNews = now
    }

    /// Words for a silence of six times the usual gap, at least two days; nil while it is no longer than that.
    private func silence(at now: Instant) -> String? {
        guard let usualGap, let lastNews, entriesSeen >= 5 else { return nil }
        let silent = Int(clamping: now.seconds - lastNews.seconds)
        guard silent > max(usualGap * 6, 2 * Int(FeedState.day)) else { return nil }
        return "no news for \(words(silent)), usually every \(words(usualGap))"
    }

    private mutating func noteFailure(_ error: FetchError, at now: Instant, _ interval: Int) {
        missingSince = error == .notFound ? missingSince ?? now : nil
        switch error {
        case .gone: set(.gone, error.message, at: now)
        case .notFound:
            noteFault(.broken, error.message, at: now, interval, atLeast: nil)
            if let missingSince, now >= missingSince.adding(seconds: FeedState.patienceWithMissing) {
                set(.muted, "nothing at this address for 14 days (status 404)", at: now)
            }
        case .refused(429, let delay): noteFault(.throttled, error.message, at: now, interval, atLeast: delay)
        case .refused(401, _), .refused(403, _), .refused(451, _), .botWall, .blockedAddress:
            noteFault(.blocked, error.message, at: now, interval, atLeast: nil)
        case .refused(_, let delay): noteFault(.broken, error.message, at: now, interval, atLeast: delay)
        default: noteFault(.broken, error.message, at: now, interval, atLeast: nil)
        }
    }

    private mutating func noteFault(
        _ fault: Status, _ reason: String, at now: Instant, _ interval: Int, atLeast delay: Int?
    ) {
        movedTo = nil
        let doubled = min(interval << min(failures, 16), Int(FeedState.day))
        failures += 1
        // Where it moved may have died while the address that people know still works.
        if failures >= 3 { address = url }
        let asked = min(delay ?? 0, HostLimits.longest)
        nextTry = later(than: now, seconds: max(doubled, interval, asked))
        set(fault, reason, at: now)
    }

    private mutating func set(_ status: Status, _ reason: String?, at now: Instant) {
        if status != self.status { since = now }
        self.status = status
        self.reason = reason
    }

    /// Up to a tenth later, always the same for the same feed, so that a thousand feeds do not march in step.
    private func later(than now: Instant, seconds: Int) -> Instant {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in url.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let jitter = seconds * Int((hash >> 33) % 1000) / 10_000
        return now.adding(seconds: Int64(seconds + jitter))
    }
}

/// `3 days`, `5 hours`, `20 minutes`.
private func words(_ seconds: Int) -> String {
    for (name, size) in [("day", 86_400), ("hour", 3600), ("minute", 60)] where seconds >= size {
        let count = seconds / size
        return "\(count) \(name)\(count == 1 ? "" : "s")"
    }
    return "\(max(0, seconds)) seconds"
}
