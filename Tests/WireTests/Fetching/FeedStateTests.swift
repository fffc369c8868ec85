import ExtractionCore
import Testing

@testable import Wire

private let start = Instant(seconds: 1_700_000_000)
private let hour = 3600
private let day = 86_400

private func wait(_ state: FeedState, since now: Instant) -> Int { Int(state.nextTry.seconds - now.seconds) }

/// Up to a tenth more, as jitter allows.
private func near(_ seconds: Int) -> ClosedRange<Int> { seconds...(seconds + seconds / 10) }

@Suite struct FeedStateTests {
    private let fresh = FeedState(url: "https://news.example/feed", at: start)

    private func good(_ reading: FeedReading = .init(etag: "e", bodyHash: "h", entries: 3, newEntries: 3)) -> FeedState
    {
        fresh.after(.read(reading), at: start, interval: hour)
    }

    @Test func `a new feed is due at once`() {
        #expect(fresh.status == .pending)
        #expect(fresh.isDue(at: start))
        #expect(fresh.validators(at: start) == (nil, nil))
    }

    @Test func `each outcome has its state, reason and wait`() {
        let table: [(FeedOutcome, FeedState.Status, Int)] = [
            (.read(.init(entries: 0)), .ok, hour),
            (.unchanged(.init()), .unchanged, hour),
            (.failed(.timedOut(after: 1000)), .broken, hour),
            (.failed(.dns(host: "news.example")), .broken, hour),
            (.failed(.tls("x")), .broken, hour),
            (.failed(.refused(status: 500, retryAfter: nil)), .broken, hour),
            (.failed(.refused(status: 503, retryAfter: 5 * hour)), .broken, 5 * hour),
            (.failed(.refused(status: 502, retryAfter: 1)), .broken, hour),
            (.failed(.refused(status: 429, retryAfter: 0)), .throttled, hour),
            (.failed(.refused(status: 429, retryAfter: 7 * hour)), .throttled, 7 * hour),
            (.failed(.refused(status: 429, retryAfter: 1000 * day)), .throttled, 7 * day),
            (.failed(.refused(status: 403, retryAfter: nil)), .blocked, hour),
            (.failed(.refused(status: 401, retryAfter: nil)), .blocked, hour),
            (.failed(.botWall(status: 403)), .blocked, hour),
            (.failed(.blockedAddress(host: "x")), .blocked, hour),
            (.failed(.notFound), .broken, hour),
            (.failed(.tooLarge(limit: 9)), .broken, hour),
            (.unreadable("not a feed but html"), .broken, hour),
        ]
        for (outcome, status, seconds) in table {
            let state = fresh.after(outcome, at: start, interval: hour)
            #expect(state.status == status, "\(outcome)")
            #expect(near(seconds).contains(wait(state, since: start)), "\(outcome): \(wait(state, since: start))")
            #expect(state.lastCheck == start && state.since == start)
            let isGood = status == .ok || status == .unchanged
            #expect((state.reason == nil) == isGood, "\(outcome)")
            #expect((state.lastSuccess == start) == isGood, "\(outcome)")
            #expect(state.failures == (isGood ? 0 : 1), "\(outcome)")
        }
    }

    @Test func `a valid feed without entries is well`() {
        #expect(fresh.after(.read(.init(title: "Quiet", entries: 0)), at: start, interval: hour).status == .ok)
    }

    @Test func `what the server calls fresh is not asked for, for a day at most`() {
        for (maxAge, ttl, seconds) in [
            (nil, nil, hour), (60, nil, hour), (3 * hour, nil, 3 * hour), (nil, 2 * hour, 2 * hour),
            (3 * hour, 5 * hour, 5 * hour), (400 * day, nil, day),
        ] as [(Int?, Int?, Int)] {
            let state = good(.init(maxAge: maxAge, ttl: ttl, entries: 1))
            #expect(near(seconds).contains(wait(state, since: start)), "\(String(describing: maxAge))")
        }
        let weekly = fresh.after(.read(.init(maxAge: 1)), at: start, interval: 7 * day)
        #expect(near(7 * day).contains(wait(weekly, since: start)))
    }

    @Test func `each fault in a row doubles the wait up to a day, and one success forgives`() {
        var state = fresh
        var now = start
        for hours in [1, 2, 4, 8, 16, 24, 24, 24] {
            state = state.after(.failed(.connect("no")), at: now, interval: hour)
            #expect(near(hours * hour).contains(wait(state, since: now)), "\(hours)")
            now = state.nextTry
        }
        #expect(state.failures == 8)
        #expect(state.since == start)
        state = state.after(.unchanged(.init()), at: now, interval: hour)
        #expect(state.failures == 0 && state.status == .unchanged && state.since == now && state.reason == nil)
        for interval in [Int.min, -1, 0, 1, Int.max] {
            let odd = fresh.after(.failed(.connect("no")), at: start, interval: interval)
            #expect(odd.nextTry > start)
        }
    }

    @Test func `jitter is stable and differs between feeds`() {
        let waits = (0..<50).map { number in
            let state = FeedState(url: "https://news.example/\(number)", at: start)
            let first = state.after(.unchanged(.init()), at: start, interval: hour)
            #expect(first == state.after(.unchanged(.init()), at: start, interval: hour))
            return wait(first, since: start)
        }
        #expect(Set(waits).count > 25)
    }

    @Test func `a resting host is no fault of the feed`() {
        let before = good()
        let end = start.adding(seconds: 500)
        let state = before.after(
            .failed(.throttled(host: "news.example", until: end)), at: start.adding(seconds: 9), interval: hour)
        #expect(state.status == .throttled)
        #expect(state.nextTry == end)
        #expect(state.failures == 0 && state.lastCheck == start && state.etag == "e")
        #expect(good().after(.failed(.cancelled), at: end, interval: hour) == good())
    }

    @Test func `gone is gone, and missing for two weeks is muted`() {
        let gone = fresh.after(.failed(.gone), at: start, interval: hour)
        #expect(gone.status == .gone && !gone.isPolled && !gone.isDue(at: start.adding(seconds: 1000 * 86_400)))
        var state = fresh.after(.failed(.notFound), at: start, interval: hour)
        state = state.after(.failed(.notFound), at: start.adding(seconds: 13 * 86_400), interval: hour)
        #expect(state.status == .broken)
        let other = state.after(.failed(.connect("x")), at: start.adding(seconds: 14 * 86_400), interval: hour)
        #expect(other.status == .broken && other.missingSince == nil)
        state = state.after(.failed(.notFound), at: start.adding(seconds: 14 * 86_400), interval: hour)
        #expect(state.status == .muted && !state.isPolled)
        #expect(state.reason?.contains("404") == true)
    }

    @Test func `the user mutes and unmutes`() {
        let muted = good().muted(true, at: start)
        #expect(muted.status == .muted && !muted.isDue(at: start.adding(seconds: 86_400)))
        let back = muted.muted(false, at: start.adding(seconds: 5))
        #expect(back.status == .pending && back.isDue(at: start.adding(seconds: 5)) && back.etag == "e")
        #expect(good().muted(false, at: start) == good())
    }

    @Test func `validators live for eight days, whatever the server keeps saying`() {
        var state = good()
        #expect(state.validators(at: start) == ("e", nil))
        for days in 1...7 {
            state = state.after(.unchanged(.init()), at: start.adding(seconds: Int64(days * day)), interval: hour)
        }
        #expect(state.validators(at: start.adding(seconds: Int64(8 * day - 1))) == ("e", nil))
        #expect(state.validators(at: start.adding(seconds: Int64(8 * day))) == (nil, nil))
        #expect(state.validators(at: start.adding(seconds: -1)) == (nil, nil))
        let body = start.adding(seconds: Int64(8 * day))
        state = state.after(.unchanged(.init(etag: "f", bodyHash: "h")), at: body, interval: hour)
        #expect(state.validators(at: body) == ("f", nil))
        state = state.after(.read(.init(bodyHash: "i")), at: body, interval: hour)
        #expect(state.validators(at: body) == (nil, nil))
    }

    @Test func `a 304 may renew a validator and drops none`() {
        let state = good().after(.unchanged(.init(lastModified: "Tue")), at: start, interval: hour)
        #expect(state.validators(at: start) == ("e", "Tue"))
        #expect(state.bodyHash == "h")
    }

    @Test func `a permanent redirect is believed the second time`() {
        let moved = FeedReading(movedTo: "https://new.example/feed")
        let once = good(moved)
        #expect(once.address == fresh.url && once.url == fresh.url)
        let twice = once.after(.unchanged(moved), at: start, interval: hour)
        #expect(twice.address == "https://new.example/feed" && twice.url == fresh.url && twice.movedTo == nil)
        let stayed = once.after(.read(.init()), at: start, interval: hour)
        #expect(stayed.after(.read(moved), at: start, interval: hour).address == fresh.url)
        let elsewhere = once.after(.read(.init(movedTo: "https://c.example/")), at: start, interval: hour)
        #expect(elsewhere.address == fresh.url)
        let failed = once.after(.unreadable("html"), at: start, interval: hour)
        #expect(failed.after(.read(moved), at: start, interval: hour).address == fresh.url)
        var dead = twice
        for _ in 0..<3 { dead = dead.after(.failed(.notFound), at: start, interval: hour) }
        #expect(dead.address == fresh.url)
    }

    @Test func `a feed that is silent beyond its habit is late`() {
        var state = good(.init(entries: 20, newEntries: 20))
        var now = start
        for _ in 0..<5 {
            now = now.adding(seconds: Int64(day))
            state = state.after(.read(.init(entries: 20, newEntries: 1)), at: now, interval: hour)
        }
        #expect(state.status == .ok && state.usualGap == day && state.entriesSeen == 25)
        let patient = state.after(.unchanged(.init()), at: now.adding(seconds: Int64(6 * day)), interval: hour)
        #expect(patient.status == .unchanged)
        let late = state.after(.unchanged(.init()), at: now.adding(seconds: Int64(6 * day + 1)), interval: hour)
        #expect(late.status == .late && late.isPolled && late.failures == 0)
        #expect(late.reason == "no news for 6 days, usually every 1 day")
        #expect(late.after(.read(.init(newEntries: 1)), at: late.nextTry, interval: hour).status == .ok)
    }

    @Test func `a clock that was set back does not silence a feed`() {
        let state = good()
        #expect(!state.isDue(at: start.adding(seconds: 60)))
        #expect(state.isDue(at: start.adding(seconds: Int64(-400 * day))))
    }
}

@Suite struct HostLimitsTests {
    @Test func `a rest lasts as long as the host asked`() {
        var limits = HostLimits()
        #expect(limits.close("a.example", retryAfter: 0, at: start) == start)
        #expect(limits.notBefore("a.example", at: start) == nil)
        #expect(limits.close("a.example", retryAfter: 90, at: start) == start.adding(seconds: 90))
        #expect(limits.notBefore("a.example", at: start.adding(seconds: 89)) == start.adding(seconds: 90))
        #expect(limits.notBefore("a.example", at: start.adding(seconds: 90)) == nil)
        #expect(limits.notBefore("b.example", at: start) == nil)
        limits.open("a.example")
        #expect(limits == HostLimits())
    }

    @Test func `without a time the rest grows from a minute to an hour`() {
        var limits = HostLimits()
        let waits = (0..<9).map { _ in limits.close("a.example", retryAfter: nil, at: start).seconds - start.seconds }
        #expect(waits == [61, 122, 244, 488, 976, 1952, 3600, 3600, 3600])
    }

    @Test func `no rest is longer than a week, nor survives a clock that was set back`() {
        var limits = HostLimits()
        let end = limits.close("a.example", retryAfter: .max, at: start)
        #expect(end == start.adding(seconds: Int64(7 * day)))
        #expect(limits.notBefore("a.example", at: start.adding(seconds: Int64(-30 * day))) == nil)
        #expect(limits.close("b.example", retryAfter: -5, at: start) == start)
    }
}

@Suite struct HeaderFieldsTests {
    private func fields(_ lines: String...) -> HeaderFields {
        HeaderFields(block: Array(("HTTP/1.1 200 OK\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n").utf8))
    }

    @Test func `a time to wait is a number or a date, and zero is a value`() {
        #expect(fields("Retry-After: 120").retryAfter(now: start) == 120)
        #expect(fields("retry-after:0").retryAfter(now: start) == 0)
        #expect(fields("X: 1").retryAfter(now: start) == nil)
        #expect(fields("Retry-After: soon").retryAfter(now: start) == nil)
        #expect(fields("Retry-After: -5").retryAfter(now: start) == nil)
        #expect(fields("Retry-After: 99999999999999999999").retryAfter(now: start) == 3650 * day)
        // 1 700 000 000 is 14 November 2023, 22:13:20 UTC.
        #expect(fields("Retry-After: Tue, 14 Nov 2023 22:14:20 GMT").retryAfter(now: start) == 60)
        #expect(fields("Retry-After: Tue, 14 Nov 2023 22:00:00 GMT").retryAfter(now: start) == 0)
        // The server's own clock counts where it shows it.
        let skewed = fields("Date: Tue, 14 Nov 2023 22:14:00 GMT", "Retry-After: Tue, 14 Nov 2023 22:14:20 GMT")
        #expect(skewed.retryAfter(now: start) == 20)
    }

    @Test func `freshness comes from max-age, else from Expires`() {
        #expect(fields("Cache-Control: public, Max-Age=600", "Age: 100").freshness(now: start) == 500)
        #expect(fields("Cache-Control: max-age=\"60\"").freshness(now: start) == 60)
        #expect(fields("Cache-Control: s-maxage=9, no-cache, max-age=60").freshness(now: start) == 0)
        #expect(fields("Expires: Tuesday, 14-Nov-23 22:14:20 GMT").freshness(now: start) == 60)
        #expect(fields("Expires: 0").freshness(now: start) == nil)
        #expect(fields("Server: x").freshness(now: start) == nil)
    }

    @Test func `all three forms of a date are read, and nonsense is none`() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ] {
            #expect(HTTPDate.instant(text) == Instant(seconds: 784_111_777), "\(text)")
        }
        for text in [
            "", "now", "Sun, 06 Nov", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "a b c d e f",
            "Sun Nov x y z", "Sun, 06 Nov 99999999999 08:49:37 GMT",
        ] {
            #expect(HTTPDate.instant(text) == nil, "\(text)")
        }
    }

    @Test func `a media type and its charset are told apart`() {
        let odd = fields("Content-Type: Application/RSS+XML ; x=y; CharSet = 'UTF-8'")
        #expect(odd.mediaType == "application/rss+xml")
        #expect(odd.charset == "utf-8")
        #expect(fields("Content-Type: ;charset=x").mediaType == nil)
        #expect(fields("Content-Type: nonsense").mediaType == nil)
        #expect(fields("Content-Type: text/html").charset == nil)
        #expect(fields("A: 1", "  2").self["a"] == "1 2")
    }
}
