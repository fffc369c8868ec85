public import ExtractionCore

extension FeedState {
    /// The state after a poll; `interval` is how often, in seconds, the feed is wanted.
    ///
    /// A good answer is asked for again after the interval, later if the server or the feed says that asking is useless
    /// till then (up to a day), and later as well, but not beyond `slowest`, when the feed seldom posts at this hour.
    /// Each fault in a row doubles the wait, up to a day. What the server asks for is always granted.
    public func after(_ outcome: FeedOutcome, at now: Instant, interval: Int, slowest: Int = 0) -> FeedState {
        let interval = min(max(1, interval), 30 * Int(FeedState.day))
        let bounds = interval...max(interval, min(slowest, Int(FeedState.day)))
        var next = self
        next.lastCheck = now
        switch outcome {
        case .read(let reading): next.noteSuccess(reading, isNew: true, at: now, bounds)
        case .unchanged(let reading): next.noteSuccess(reading, isNew: false, at: now, bounds)
        case .failed(.cancelled): return self
        case .failed(.throttled(let host, let end)):
            // Nothing was sent, so this was no check and no fault of the feed.
            next.lastCheck = lastCheck
            next.nextTry = max(end, now.adding(seconds: 1))
            next.set(.throttled, "\(host) asked for a rest", at: now)
        case .failed(.hostDown(let host, let end)):
            next.lastCheck = lastCheck
            next.nextTry = max(end, now.adding(seconds: 1))
            next.set(.broken, "\(host) cannot be reached", at: now)
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

    private mutating func noteSuccess(
        _ reading: FeedReading, isNew: Bool, at now: Instant, _ bounds: ClosedRange<Int>
    ) {
        let isFirst = lastSuccess == nil
        lastSuccess = now
        failures = 0
        missingSince = nil
        title = reading.title ?? title
        pace = reading.pace ?? pace
        identity = reading.identity ?? identity
        entriesSeen += reading.newEntries
        if reading.isWhole { lastWhole = now }
        noteValidators(reading, hadBody: isNew, at: now)
        noteMove(reading.movedTo, at: now)
        noteHabit(reading.newEntries, at: now)
        rhythm.note(isFirst ? [] : reading.newsTimes, at: now)
        let asked = min(max(reading.maxAge ?? 0, pace.interval), Int(FeedState.day))
        nextTry = later(than: now, seconds: max(rhythm.wait(from: now, within: bounds), asked))
        if !hasValidators(at: nextTry), let lastWhole, lastWhole <= now {
            nextTry = max(nextTry, lastWhole.adding(seconds: FeedState.day))
        }
        if let silence = silence(at: now) {
            set(.late, silence, at: now)
        } else {
            set(isNew ? .ok : .unchanged, nil, at: now)
        }
    }

    /// A 304 may carry new validators, but only a body proves that they are alive.
    private mutating func noteValidators(_ reading: FeedReading, hadBody: Bool, at now: Instant) {
        if reading.keepsValidators {
            bodyHash = nil
        } else if hadBody || reading.bodyHash != nil {
            etag = reading.etag
            lastModified = reading.lastModified
            servedAt = reading.servedAt
            validatorsSince = reading.etag == nil && reading.lastModified == nil && servedAt == nil ? nil : now
            bodyHash = reading.bodyHash
        } else {
            etag = reading.etag ?? etag
            lastModified = reading.lastModified ?? lastModified
        }
    }

    /// A permanent redirect may be a hotel's login page or a slip of a day: it is believed when it was seen three times
    /// over a day, each time with a feed at its end.
    private mutating func noteMove(_ target: String?, at now: Instant) {
        guard let target else {
            forgetMove()
            return
        }
        if target != movedTo {
            movedTo = target
            movedSince = now
            moveSightings = 0
        }
        moveSightings += 1
        guard moveSightings >= 3, let movedSince, now >= movedSince.adding(seconds: FeedState.day) else { return }
        address = target
        forgetMove()
    }

    private mutating func forgetMove() {
        movedTo = nil
        movedSince = nil
        moveSightings = 0
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
        case .refused(401, _), .refused(403, _), .refused(451, _), .botWall, .blockedAddress, .disallowed:
            noteFault(.blocked, error.message, at: now, interval, atLeast: nil)
        case .refused(_, let delay): noteFault(.broken, error.message, at: now, interval, atLeast: delay)
        case .dns, .connect:
            // More often our network than theirs, and it troubles nobody: after an outage the news must not wait a day.
            let isNew = troubledSince.map { now < $0.adding(seconds: FeedState.day) } ?? true
            noteFault(
                .broken, error.message, at: now, interval, atLeast: nil,
                atMost: isNew ? FeedState.longestInOutage : Int(FeedState.day))
        default: noteFault(.broken, error.message, at: now, interval, atLeast: nil)
        }
    }

    private mutating func noteFault(
        _ fault: Status, _ reason: String, at now: Instant, _ interval: Int, atLeast delay: Int?,
        atMost longest: Int = Int(FeedState.day)
    ) {
        if fault != .throttled { forgetMove() }
        let doubled = min(interval << min(failures, 16), longest)
        failures += 1
        // Where it moved may have died while the address that people know still works.
        if failures >= 3 { returnToKnownAddress() }
        let asked = min(delay ?? 0, HostLimits.longest)
        nextTry = later(than: now, seconds: max(doubled, interval, asked))
        set(fault, reason, at: now)
    }

    /// A page that names a feed has validators of its own.
    private mutating func returnToKnownAddress() {
        if isDiscovered, address != url {
            etag = nil
            lastModified = nil
            servedAt = nil
        }
        address = url
    }

    private mutating func set(_ status: Status, _ reason: String?, at now: Instant) {
        if status != self.status { since = now }
        troubledSince = status.isInOrder ? nil : troubledSince ?? now
        self.status = status
        self.reason = reason
    }

    /// Up to a tenth later, always the same for the same feed, so that a thousand feeds do not march in step.
    private func later(than now: Instant, seconds: Int) -> Instant {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in url.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let jitter = seconds * Int((hash >> 33) % 1000) / 10_000
        let time = now.adding(seconds: Int64(seconds + jitter))
        let allowed = pace.nextAllowed(from: time)
        // Not all at the first second of the hour.
        return allowed == time ? time : allowed.adding(seconds: Int64((hash >> 33) % 600))
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
