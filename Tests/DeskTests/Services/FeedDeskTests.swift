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
                entry: entry,
                document: Document(
                    bytes: [], origin: .entry(feed: url, id: key(of: entry)), receivedAt: scratch.clock.now()))
        }
        return FeedPoll(source: FeedSource(url: url), state: state, entries: polled)
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
        #expect(try await feeds.unknown(entries, of: url).count == 50)
        try await feeds.record(poll(scratch, entries))
        let lines = scratch.records(day).filter { $0["type"]?.string != "alert" }
        #expect(lines.count == 51)
        #expect(try await feeds.unknown(entries, of: url).isEmpty)

        let edited = entry(7, dead: "nine")
        #expect(try await feeds.unknown([entry(3), edited], of: url) == [edited])
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
        #expect(try await feeds.unknown([entry(1)], of: url).isEmpty)
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
        #expect(try await feeds.unknown([old], of: url).isEmpty)
    }

    @Test func `a feed that breaks is named once`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        let feeds = FeedDesk(desk: desk, readers: Scratch.readers, firstRunSeconds: 86_400)
        var broken = poll(scratch, [])
        broken.state.status = .broken
        broken.state.reason = "HTTP 500"
        try await feeds.record(broken)
        try await feeds.record(broken)
        #expect(scratch.types(day) == ["opened", "not_processed"])
        #expect(scratch.digest(day + ".md").contains("HTTP 500"))
    }

    @Test func `a feed state survives its own form`() {
        var state = FeedState(url: url, at: Instant(milliseconds: 5))
        state.etag = "\"x\\\"y\""
        state.status = .throttled
        state.failures = 3
        #expect(FeedState(bytes: state.bytes) == state)
    }
}
