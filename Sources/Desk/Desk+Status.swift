internal import ExtractionCore
internal import Logging
internal import Store
internal import Stories
internal import Wire

// What the command line asks.

extension Desk {
    /// Day changes and what an earlier try left undone.
    func tick() {
        do {
            try rollOver()
            linkToday()
            if trouble != nil || hasUnsettledFiles {
                try finish()
                trouble = nil
            }
        } catch {
            if trouble == nil {
                logger.error("cannot write, trying again", metadata: ["error": "\(Desk.words(error))"])
            }
            trouble = Desk.words(error)
        }
    }

    func recordCount() -> Int { tally.records }

    /// Days whose page may be out of date: today, and the day before until the next.
    func pageDays() -> [String] {
        let days = Set(plan.files.values.map(\.day)).sorted()
        return Array(days.suffix(2))
    }

    func statusLine() -> String {
        if let trouble { return "waiting: " + trouble }
        return "\(tally.articles) articles, \(tally.duplicates) repeats, \(tally.failures) not processed"
    }

    func status(started: Instant, feeds sources: [FeedSource]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("state", trouble == nil ? "running" : "degraded")
            json.member("trouble", trouble)
            json.member("since", zone.iso8601(started))
            json.member("day", plan.openDay)
            json.member("zone", zone.name)
            json.member("drop", configuration.drop)
            json.member("digests", configuration.digests)
            json.object("counts") { json in
                json.member("files", tally.files)
                json.member("articles", tally.articles)
                json.member("duplicates", tally.duplicates)
                json.member("not_processed", tally.failures)
                json.member("alerts", tally.alerts)
                json.member("polls", tally.polls)
            }
            json.member("stories", book.allStories.count)
            json.member("addresses_waiting", (try? store.waitingAddressCount()) ?? 0)
            let states = subscribed(sources)
            json.object("feeds") { json in
                json.member("total", states.count)
                json.member("failing", states.count { !$0.status.isInOrder })
            }
        }
        return json.bytes
    }

    func feeds(_ sources: [FeedSource]) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.array("feeds") { json in
                for state in subscribed(sources) { json.object { write(state, to: &$0) } }
            }
        }
        return json.bytes
    }

    /// The states of those feeds that somebody wants now; one that was never asked is pending.
    private func subscribed(_ sources: [FeedSource]) -> [FeedState] {
        sources.map { source in
            var state = feedStates[source.url] ?? FeedState(url: source.url, at: now())
            state.title = state.title ?? source.title
            return state
        }.sorted { $0.url < $1.url }
    }

    private func write(_ state: FeedState, to json: inout JSONWriter) {
        json.member("url", state.url)
        json.member("title", state.title)
        json.member("state", state.status.rawValue)
        json.member("reason", state.reason)
        json.member("since", zone.iso8601(state.since))
        json.member("last_success", state.lastSuccess.map(zone.iso8601))
        if state.isPolled { json.member("next_try", zone.iso8601(state.nextTry)) }
        json.member("failures", state.failures)
        json.member("entries", state.entriesSeen)
    }

    func audit() -> [UInt8] {
        do {
            return try Audit(store: store, drop: drop, digests: configuration.digests).json
        } catch {
            var json = JSONWriter()
            json.object { $0.member("error", Desk.words(error)) }
            return json.bytes
        }
    }
}
