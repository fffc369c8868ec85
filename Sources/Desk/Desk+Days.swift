internal import ExtractionCore
internal import Glibc
internal import Logging
internal import Store
internal import Stories
internal import Wire

// Days open and close by the calendar of the configured zone, in a decision of their own. A day is fixed when an
// article is decided and never computed again; when the clock goes back, the day stays.

extension Desk {
    /// Closes the open day when it is over, gives each missed day its file, and opens today.
    func rollOver() throws {
        let at = now()
        let today = zone.day(of: at).iso8601
        let open = plan.openDay
        if let open, open >= today {
            lastClock = (at, .now)
            heldUntil = nil
            return
        }
        if open == nil, let last = plan.lastDay, last >= today { return }
        if isHeld(at) { return }
        if isStale { try reload() }
        try redo(settled: [])
        try healForeignEdits()
        var decision = Decision()
        var next = plan
        if let open { try close(open, at: at, today: today, in: &next) }
        for missed in missedDays(after: next.lastDay, before: today) {
            self.open(missed, at: at, gap: "all day", in: &next)
            closeQuiet(missed, at: at, in: &next)
        }
        self.open(today, at: at, gap: nil, in: &next)
        next.hand(to: &decision)
        // Yesterday's page is still to be finished.
        next.forgetClosed(before: zone.day(of: at).adding(days: -1).iso8601)
        try store.commit(decision)
        plan = next
        tally.records += 1
        try redo(settled: [])
        linkToday()
        try forgetOld(at: at)
        logger.info("day opened", metadata: ["day": "\(today)"])
    }

    /// Points `today.*` at the open day; costs nothing when it is so.
    func linkToday() {
        guard let today = plan.openDay else { return }
        do { try writer.link(today: today) } catch { trouble = trouble ?? Desk.words(error) }
    }

    /// Whether the wall clock has just jumped ahead by more than a day while the steady clock has not.
    ///
    /// A clock that is set wrong for a moment must not close days and forget articles: the day is held for ten
    /// minutes, after which the new time is believed.
    private func isHeld(_ wall: Instant) -> Bool {
        let steady = ContinuousClock.now
        defer { lastClock = (wall, steady) }
        if let end = heldUntil {
            if steady < end { return true }
            heldUntil = nil
            return false
        }
        guard let last = lastClock else { return false }
        let passed = last.steady.duration(to: steady).components.seconds
        guard wall.seconds - last.wall.seconds - passed > 26 * 3600 else { return false }
        heldUntil = steady + .seconds(600)
        logger.warning("the clock jumped ahead; the day is held", metadata: ["to": "\(zone.iso8601(wall))"])
        return true
    }

    /// Days without a file, at most 60: a machine that was off for a year needs no year of empty files.
    private func missedDays(after last: String?, before today: String) -> [String] {
        guard let last, let lastDay = CivilDate(iso8601: last), let todayDay = CivilDate(iso8601: today) else {
            return []
        }
        let first = max(lastDay.dayNumber + 1, todayDay.dayNumber - 60)
        guard first < todayDay.dayNumber else { return [] }
        return (first..<todayDay.dayNumber).map { CivilDate(dayNumber: $0).iso8601 }
    }

    private func open(_ day: String, at: Instant, gap: String?, in plan: inout DigestPlan) {
        guard let date = CivilDate(iso8601: day) else { return }
        let from = zone.start(of: date)
        let to = zone.start(of: date.adding(days: 1))
        let before = plan.lastDay.flatMap { plan.files[DigestPlan.records($0)] }
        let stories = carried(at: at)
        let closedAfter = book.options.closedAfterSeconds
        plan.record("opened", day: day, at: zone.iso8601(gap == nil ? at : from), previous: before?.previousHash ?? "")
        {
            json in
            json.member("zone", zone.name)
            json.member("from", zone.iso8601(from))
            json.member("to", zone.iso8601(to))
            json.member("hours", Int((to.milliseconds - from.milliseconds + 1_800_000) / 3_600_000))
            json.member("version", 1)
            json.member("previous", before.map { $0.path })
            json.member("gap", gap)
            json.objects("carried", stories) {
                Desk.write($1, phase: $1.phase(at: at, closedAfter: closedAfter), zone: zone, to: &$0)
            }
        }
    }

    /// Stories that may go on today, newest first.
    private func carried(at: Instant) -> [Story] {
        let week = at.adding(seconds: -7 * 86_400)
        let open = book.allStories.filter { $0.last >= week && $0.opened < at }
        return Array(open.sorted { ($1.last, $0.id) < ($0.last, $1.id) }.prefix(200))
    }

    private static func write(_ story: Story, phase: Story.Status, zone: DigestZone, to json: inout JSONWriter) {
        json.member("story", story.id.value)
        json.member("headline", story.headline)
        json.member("status", phase.rawValue)
        json.member("opened", zone.iso8601(story.opened))
        json.member("last", zone.iso8601(story.last))
        json.member("articles", story.articles)
        json.member("sites", story.sites.count)
        json.member("sources", story.sources)
        json.member("watched", false)
        json.objects("tolls", story.currentTolls) { json, toll in
            json.member("id", toll.id)
            json.member("outcome", toll.outcome.rawValue)
            json.member("low", toll.low)
            if toll.high != .max { json.member("high", toll.high) }
            json.member("precision", toll.precision.rawValue)
            if let source = toll.source { json.object("source") { $0.member("name", source) } }
            json.member("time", toll.time)
            json.member("read", zone.iso8601(toll.read))
            json.member("article", toll.article.hex)
        }
    }

    private func close(_ day: String, at: Instant, today: String, in plan: inout DigestPlan) throws {
        guard let date = CivilDate(iso8601: day) else { return }
        let path = DigestPlan.records(day)
        guard let bytes = Paths.bytes(configuration.digests + "/" + path) else {
            throw StoreError.unavailable("cannot read \(path) to close it")
        }
        let end = zone.start(of: date.adding(days: 1))
        // The daemon was there at midnight, give or take the time that one long decision needs.
        let isLate = at > end.adding(seconds: 600)
        writeClosed(day, at: isLate ? at : max(at, end), isLate: isLate, records: bytes, in: &plan)
    }

    private func closeQuiet(_ day: String, at: Instant, in plan: inout DigestPlan) {
        writeClosed(day, at: at, isLate: true, records: plan.pending(DigestPlan.records(day)), in: &plan)
    }

    private func writeClosed(_ day: String, at: Instant, isLate: Bool, records: [UInt8], in plan: inout DigestPlan) {
        let counts = DigestCounts(of: records)
        let lines = plan.files[DigestPlan.records(day)].map { $0.sequence + 1 } ?? 1
        let failing = feedStates.values.count { !$0.status.isInOrder }
        plan.record("closed", day: day, at: zone.iso8601(at)) { json in
            json.object("counts") { counts.write(to: &$0) }
            json.object("feeds") { json in
                json.member("total", feedStates.count)
                json.member("failing", failing)
            }
            if isLate { json.member("late", true) }
            json.member("lines", lines)
            json.member("sha256", ContentHash(of: records).hex)
        }
        plan.close(day: day)
    }

    // MARK: Foreign edits

    /// Looks for files of the open day that somebody else cut or lengthened, and goes on in a way that loses nothing of
    /// ours: what is too long is copied aside and cut back, what is missing is filled with one line that says so.
    func healForeignEdits() throws {
        guard let day = plan.openDay else { return }
        for file in plan.files.values.sorted(by: { $0.path < $1.path }) where file.day == day {
            if let copy = try writer.heal(file.path, to: file.plannedLength) {
                logger.warning(
                    "digest file was changed by somebody else", metadata: ["path": "\(file.path)", "copy": "\(copy)"])
            }
        }
    }
}
