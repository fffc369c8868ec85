internal import ExtractionCore
internal import Logging
internal import Store
internal import Wire

/// Keeps polls: entries and the feed's new state in one decision, so that validators are never kept without the
/// entries they came with.
struct FeedDesk: FeedLedger {
    let desk: Desk
    let readers: Readers
    let firstRunSeconds: Int64

    func states() async throws -> [FeedState] { await Array(desk.feedStates.values) }

    func fingerprints(of keys: [String], in feed: String) async throws -> [String: String] {
        try await desk.hashes(of: keys, feed: feed)
    }

    func record(_ poll: FeedPoll) async throws {
        let isFirst = await desk.feedStates[poll.source.url]?.lastSuccess == nil
        let now = desk.now()
        let oldest = now.adding(seconds: -firstRunSeconds)
        var older = 0
        var articles: [(name: String, result: Result<Article, DocumentError>)] = []
        for polled in poll.entries {
            let date = polled.entry.published ?? polled.entry.updated
            if isFirst, let date, date.instant < oldest {
                older += 1
                continue
            }
            articles.append((name(of: polled), article(of: polled)))
        }
        let members = readers.read(articles)
        try await desk.record(poll, members, older: older)
    }

    /// What the digest calls the entry: its id as the feed has it.
    private func name(of polled: PolledEntry) -> String {
        if case .entry(_, let id) = polled.document.origin { return id }
        return polled.key
    }

    private func article(of polled: PolledEntry) -> Result<Article, DocumentError> {
        var (entry, document) = (polled.entry, polled.document)
        if polled.isMisdated { (entry.published, entry.updated, document.published) = (nil, nil, nil) }
        do {
            return .success(try readers.current.core.article(in: document, entry: entry))
        } catch {
            return .failure(error)
        }
    }
}

extension Desk {
    func hashes(of keys: [String], feed: String) throws -> [String: String] { try store.entries(of: feed, keys: keys) }

    /// Commits a poll; throws when it could not, and then nothing of it is kept.
    func record(_ poll: FeedPoll, _ members: [ReadMember], older: Int) throws {
        let url = poll.source.url
        try commit { filer, decision in
            try filer.add(Intake(source: .feed(url: url), members: members), to: &decision)
            for polled in poll.entries {
                decision.entries.append(
                    EntryRow(feed: url, key: polled.key, hash: fingerprint(of: polled.entry).hex, at: filer.at))
            }
            for (key, hash) in poll.settled {
                decision.entries.append(EntryRow(feed: url, key: key, hash: hash, at: filer.at))
            }
            for dropped in poll.dropped { filer.note(dropped: dropped, of: url) }
            if older > 0 {
                filer.notProcessed("feed", code: "older") { json in
                    json.member("feed", url)
                    json.member(
                        "message",
                        "first read: " + "\(older) older " + (older == 1 ? "entry" : "entries") + " not shown")
                }
            }
            if let news = poll.news { filer.note(news, of: poll.state, zone: zone) }
            filer.note(feedState: poll.state)
            filer.tally.polls += 1
            decision.feeds.append((url: url, state: poll.state.bytes))
            decision.values.append(poll.hostLimits.value)
        }
        // The entries are safe; a digest that cannot be written now is written with the next decision.
        do { try finish() } catch { trouble = Desk.words(error) }
    }
}

extension Filer {
    /// One line in the digest for a feed that does not work any more, or works again.
    mutating func note(_ news: FeedNews, of state: FeedState, zone: DigestZone) {
        var code = state.status.rawValue
        var message = state.reason ?? code
        if case .recovered(let before) = news {
            code = "recovered"
            message = before == .late ? "posts again" : "works again"
        }
        notProcessed("feed", code: code) { json in
            json.member("feed", state.url)
            json.member("message", message)
            json.member("since", zone.iso8601(state.since))
            if state.isPolled { json.member("next_try", zone.iso8601(state.nextTry)) }
            json.member("state", state.status.rawValue)
        }
    }

    /// One line for what a rule kept out.
    mutating func note(dropped: DroppedEntries, of feed: String) {
        notProcessed("feed", code: "rule") { json in
            json.member("feed", feed)
            let entries = "\(dropped.count) " + (dropped.count == 1 ? "entry" : "entries")
            json.member("message", entries + " left out: " + dropped.reason)
        }
    }
}
