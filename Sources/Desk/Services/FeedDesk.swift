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

    func unknown(_ entries: [Entry], of feed: String) async throws -> [Entry] {
        let known = try await desk.hashes(of: entries.map(key(of:)), feed: feed)
        return entries.filter { known[key(of: $0)] != fingerprint(of: $0).hex }
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
            articles.append((key(of: polled.entry), article(of: polled)))
        }
        let members = readers.read(articles)
        try await desk.record(poll, members, older: older)
    }

    private func article(of polled: PolledEntry) -> Result<Article, DocumentError> {
        do {
            return .success(try readers.current.core.article(in: polled.document, entry: polled.entry))
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
        let before = feedStates[url]
        try commit { filer, decision in
            try filer.add(Intake(source: .feed(url: url), members: members), to: &decision)
            for polled in poll.entries {
                decision.entries.append(
                    EntryRow(
                        feed: url, key: key(of: polled.entry), hash: fingerprint(of: polled.entry).hex, at: filer.at))
            }
            if older > 0 {
                filer.notProcessed("feed", code: "older") { json in
                    json.member("feed", url)
                    json.member(
                        "message",
                        "first read: " + "\(older) older " + (older == 1 ? "entry" : "entries") + " not shown")
                }
            }
            if before?.status != poll.state.status, !poll.state.status.isInOrder {
                filer.note(change: poll.state, zone: zone)
            }
            filer.note(feedState: poll.state)
            filer.tally.polls += 1
            decision.feeds.append((url: url, state: poll.state.bytes))
            decision.values.append((name: "host_limits", value: String(decoding: poll.hostLimits.bytes, as: UTF8.self)))
        }
        // The entries are safe; a digest that cannot be written now is written with the next decision.
        do { try finish() } catch { trouble = Desk.words(error) }
    }
}

extension Filer {
    /// One line in the digest for a feed that does not work any more.
    mutating func note(change state: FeedState, zone: DigestZone) {
        notProcessed("feed", code: state.status.rawValue) { json in
            json.member("feed", state.url)
            json.member("message", state.reason ?? state.status.rawValue)
            json.member("since", zone.iso8601(state.since))
            if state.isPolled { json.member("next_try", zone.iso8601(state.nextTry)) }
            json.member("state", state.status.rawValue)
        }
    }
}

extension FeedState.Status {
    /// Nothing a reader should worry about.
    var isInOrder: Bool {
        switch self {
        case .ok, .unchanged, .pending, .late: true
        case .throttled, .blocked, .broken, .gone, .muted: false
        }
    }
}

extension FeedState {
    /// As the store keeps it.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.object { write(to: &$0) }
        return json.bytes
    }

    func write(to json: inout JSONWriter) {
        json.member("url", url)
        json.member("address", address)
        json.member("title", title)
        json.member("etag", etag)
        json.member("last_modified", lastModified)
        json.member("validators_since", validatorsSince.map { Int($0.milliseconds) })
        json.member("body_hash", bodyHash)
        json.member("status", status.rawValue)
        json.member("reason", reason)
        json.member("since", Int(since.milliseconds))
        json.member("last_success", lastSuccess.map { Int($0.milliseconds) })
        json.member("last_check", lastCheck.map { Int($0.milliseconds) })
        json.member("next_try", Int(nextTry.milliseconds))
        json.member("failures", failures)
        json.member("entries_seen", entriesSeen)
        json.member("last_news", lastNews.map { Int($0.milliseconds) })
        json.member("usual_gap", usualGap)
        json.member("missing_since", missingSince.map { Int($0.milliseconds) })
        json.member("moved_to", movedTo)
        json.member("deferrals", deferrals)
    }

    init?(bytes: [UInt8]) {
        guard let json = JSONValue(parsing: bytes), let url = json["url"]?.string,
            let status = json["status"]?.string.flatMap(Status.init(rawValue:))
        else { return nil }
        func instant(_ name: String) -> Instant? { json[name]?.int.map { Instant(milliseconds: Int64($0)) } }
        let epoch = Instant(milliseconds: 0)
        self.init(
            url: url, address: json["address"]?.string ?? url, title: json["title"]?.string,
            etag: json["etag"]?.string, lastModified: json["last_modified"]?.string,
            validatorsSince: instant("validators_since"), bodyHash: json["body_hash"]?.string, status: status,
            reason: json["reason"]?.string, since: instant("since") ?? epoch, lastSuccess: instant("last_success"),
            lastCheck: instant("last_check"), nextTry: instant("next_try") ?? epoch,
            failures: json["failures"]?.int ?? 0, entriesSeen: json["entries_seen"]?.int ?? 0,
            lastNews: instant("last_news"), usualGap: json["usual_gap"]?.int, missingSince: instant("missing_since"),
            movedTo: json["moved_to"]?.string, deferrals: json["deferrals"]?.int ?? 0)
    }
}

extension HostLimits {
    /// As the store keeps it.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.array { json in
            for (host, limit) in limits.sorted(by: { $0.key < $1.key }) {
                json.object { json in
                    json.member("host", host)
                    json.member("not_before", Int(limit.notBefore.milliseconds))
                    json.member("strikes", limit.strikes)
                }
            }
        }
        return json.bytes
    }

    init(bytes: [UInt8]) {
        var limits: [String: Limit] = [:]
        for value in JSONValue(parsing: bytes)?.array ?? [] {
            guard let host = value["host"]?.string, let end = value["not_before"]?.int else { continue }
            limits[host] = Limit(notBefore: Instant(milliseconds: Int64(end)), strikes: value["strikes"]?.int ?? 1)
        }
        self.init(limits)
    }
}
