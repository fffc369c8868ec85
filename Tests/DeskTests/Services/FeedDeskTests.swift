import ExtractionCore
import Testing

@testable import Desk
@testable import Wire

@Suite struct FeedDeskTests {
    private let url = "https://wire.example/feed"
    private let day = "2017-06-06"

    private func poll(_ scratch: Scratch, _ entries: [Entry], etag: String = "a") -> FeedPoll {
        var state = FeedState(url: url, at: scratch.clock.now())
        state.status = .ok
        state.etag = etag
        state.lastSuccess = scratch.clock.now()
        let polled = entries.map { entry in
            PolledEntry(
                key: key(of: entry), entry: entry,
                document: Document(
                    bytes: [], origin: .entry(feed: url, id: key(of: entry)), receivedAt: scratch.clock.now()))
        }
        return FeedPoll(source: FeedSource(url: url), state: state, entries: polled)
    }

    private func unknown(_ entries: [Entry], _ feeds: FeedDesk) async throws -> [Entry] {
        let known = try await feeds.fingerprints(of: entries.map { key(of: $0) }, in: url)
        return entries.filter { known[key(of: $0)] != fingerprint(of: $0).hex }
    }

    private func entry(_ number: Int, dead: String = "three") -> Entry {
        let villages = ["Ostrava", "Lindholm", "Carrow", "Mebane", "Tarvos", "Quillan", "Ruthven"]
        let village = villages[number % villages.count] + " \(number)"
        return Entry(
            id: "e\(number)", link: "https://wire.example/\(number)",
            title: "Flood at \(village) bridge no \(number * 31)",
            contentHTML: """
                <p>A flood at \(village) killed \(dead) people on Monday, mayor number \(number * 17) said.</p>
                <p>Water stood \(number + 2) metres high in street \(number * 7919), and \(number * 13 + 100) houses were lost.</p>
                """)
    }

    @Test func `entries arrive once and an edited one is an update`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        let entries = (0..<50).map { entry($0) }
        #expect(try await unknown(entries, feeds).count == 50)
        try await feeds.record(poll(scratch, entries))
        let lines = scratch.records(day).filter { $0["type"]?.string != "alert" }
        #expect(lines.count == 51)
        #expect(try await unknown(entries, feeds).isEmpty)

        let edited = entry(7, dead: "nine")
        #expect(try await unknown([entry(3), edited], feeds) == [edited])
        try await feeds.record(poll(scratch, [edited], etag: "b"))
        let last = try #require(scratch.records(day).last { $0["type"]?.string != "alert" })
        #expect(last["type"]?.string == "update")
        #expect(last["article"]?["entry"]?.string == "e7")
    }

    @Test func `validators are kept with their entries and survive a restart`() async throws {
        let scratch = try Scratch()
        do {
            let desk = try await scratch.desk()
            let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
            try await feeds.record(poll(scratch, [entry(1)], etag: "v1"))
        }
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        #expect(try await feeds.states().map(\.etag) == ["v1"])
        #expect(try await unknown([entry(1)], feeds).isEmpty)
    }

    @Test func `a date that lies ahead is not shown, and the entry is known by it all the same`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        var ahead = entry(1)
        ahead.published = ZonedTime(scratch.clock.now().adding(seconds: 30 * 86_400))
        var poll = poll(scratch, [ahead])
        poll.entries[0].isMisdated = true
        try await feeds.record(poll)
        let story = try #require(scratch.records(day).first { $0["type"]?.string == "story" })
        #expect(story["article"]?["published"] == nil)
        #expect(try await unknown([ahead], feeds).isEmpty)
    }

    @Test func `old entries of a first run are counted and not shown`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        var old = entry(1)
        old.published = ZonedTime(scratch.clock.now().adding(seconds: -30 * 86_400))
        try await feeds.record(poll(scratch, [old, entry(2)]))
        #expect(scratch.types(day) == ["opened", "story", "not_processed"])
        #expect(scratch.digest(day + ".md").contains("1 older entry not shown"))
        #expect(try await unknown([old], feeds).isEmpty)
    }

    @Test func `trouble and its end are told as the poll says`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        var broken = poll(scratch, [])
        broken.state.status = .broken
        broken.state.reason = "HTTP 500"
        try await feeds.record(broken)
        #expect(scratch.types(day) == ["opened"])
        broken.news = .trouble
        try await feeds.record(broken)
        var well = poll(scratch, [])
        well.news = .recovered(from: .broken)
        try await feeds.record(well)
        #expect(scratch.types(day) == ["opened", "not_processed", "not_processed"])
        #expect(scratch.digest(day + ".md").contains("HTTP 500"))
        #expect(scratch.digest(day + ".md").contains("works again"))
    }

    @Test func `dropped entries are counted, said and not asked about again`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        var dropping = poll(scratch, [])
        dropping.dropped = [DroppedEntries(reason: "drop title: horoscope", count: 2)]
        dropping.settled = ["x": "aa"]
        try await feeds.record(dropping)
        #expect(scratch.digest(day + ".md").contains("2 entries left out: drop title: horoscope"))
        #expect(try await feeds.fingerprints(of: ["x", "y"], in: url) == ["x": "aa"])
    }

    @Test func `what is known of a feed and of hosts survives its own form`() {
        let time = Instant(milliseconds: 5)
        var state = FeedState(url: url, at: time)
        state.etag = "\"x\\\"y\""
        state.status = .throttled
        state.failures = 3
        state.movedTo = "https://b.example/"
        state.movedSince = time
        state.moveSightings = 2
        state.servedAt = "Tue, 14 Nov 2023 22:13:20 GMT"
        state.lastWhole = time
        state.pace = PublishingPace(timeToLive: 60, updateInterval: 70, skippedHours: 5, skippedDays: 0xFE)
        state.rhythm.note([], at: time)
        state.rhythm.note([time], at: time)
        state.identity = .wholeGuid
        state.isDiscovered = true
        state.troubledSince = time
        state.told = .broken
        #expect(FeedState(bytes: state.bytes) == state)
        var limits = HostLimits()
        limits.close("a.example", retryAfter: nil, at: time)
        limits.setCrawlDelay(9, of: "a.example", at: time)
        for _ in 0..<5 { limits.fail("b.example", at: time) }
        #expect(HostLimits(bytes: limits.bytes) == limits)
        limits.fail("c.example", at: time)
        #expect(HostLimits(bytes: limits.bytes).limits["c.example"] == nil)
    }

    @Test func `a state written by an older version is read`() throws {
        let old = #"{"url":"https://a.example/","status":"ok","since":1,"next_try":2,"etag":"e","failures":0}"#
        let state = try #require(FeedState(bytes: Array(old.utf8)))
        #expect(state.etag == "e" && state.pace == PublishingPace() && state.rhythm == PostingRhythm())
        let absurd = #"{"url":"u","status":"ok","since":9223372036854775807,"validators_since":9223372036854775807}"#
        #expect(FeedState(bytes: Array(absurd.utf8))?.validators(at: Instant(seconds: 1)).etag == nil)
        let limits = HostLimits(bytes: Array(#"[{"host":"a.example","not_before":9000,"strikes":2}]"#.utf8))
        #expect(limits.limits["a.example"] == .init(notBefore: Instant(milliseconds: 9000), strikes: 2))
    }
}
