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
            (.read(.init(etag: "e", entries: 0)), .ok, hour),
            (.unchanged(.init(etag: "e", bodyHash: "h")), .unchanged, hour),
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
            (.failed(.botWall(maker: "Cloudflare", status: 403)), .blocked, hour),
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
            let pace = PublishingPace(timeToLive: ttl)
            let state = good(.init(etag: "e", maxAge: maxAge, pace: pace, entries: 1))
            #expect(state.pace == pace)
            #expect(near(seconds).contains(wait(state, since: start)), "\(String(describing: maxAge))")
        }
        let weekly = fresh.after(.read(.init(maxAge: 1)), at: start, interval: 7 * day)
        #expect(near(7 * day).contains(wait(weekly, since: start)))
    }

    @Test func `each fault in a row doubles the wait up to a day, and one success forgives`() {
        var state = fresh
        var now = start
        for hours in [1, 2, 4, 8, 16, 24, 24, 24] {
            state = state.after(.failed(.tls("no")), at: now, interval: hour)
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

    @Test func `an outage of a day costs two hours at most, one that lasts is asked about once a day`() {
        var state = fresh
        var now = start
        for hours in [1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2] {
            state = state.after(.failed(.dns(host: "news.example")), at: now, interval: hour)
            #expect(near(hours * hour).contains(wait(state, since: now)), "\(hours)")
            now = state.nextTry
        }
        state = state.after(.failed(.connect("no")), at: start.adding(seconds: Int64(day)), interval: hour)
        #expect(near(day).contains(wait(state, since: start.adding(seconds: Int64(day)))))
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

    @Test func `a permanent redirect is believed when it was seen three times over a day`() {
        let moved = FeedReading(etag: "e", movedTo: "https://new.example/feed")
        func seen(_ state: FeedState, _ hours: Int, _ outcome: FeedOutcome) -> FeedState {
            state.after(outcome, at: start.adding(seconds: Int64(hours * hour)), interval: hour)
        }
        let once = good(moved)
        let twice = seen(once, 12, .unchanged(moved))
        #expect(twice.address == fresh.url && twice.moveSightings == 2)
        let early = seen(twice, 23, .unchanged(moved))
        #expect(early.address == fresh.url)
        let thrice = seen(early, 24, .unchanged(moved))
        #expect(thrice.address == "https://new.example/feed" && thrice.url == fresh.url && thrice.movedTo == nil)
        let seldom = seen(once, 48, .unchanged(moved))
        #expect(seldom.address == fresh.url)
        let stayed = seen(seen(twice, 13, .read(.init(etag: "e"))), 30, .unchanged(moved))
        #expect(stayed.address == fresh.url && stayed.moveSightings == 1)
        let elsewhere = seen(twice, 30, .read(.init(etag: "e", movedTo: "https://c.example/")))
        #expect(elsewhere.address == fresh.url)
        // A hotel's login page is no feed.
        let portal = seen(twice, 30, .unreadable("not a feed but html"))
        #expect(seen(portal, 31, .read(moved)).address == fresh.url)
        let throttled = seen(twice, 20, .failed(.refused(status: 429, retryAfter: 5)))
        #expect(seen(throttled, 25, .read(moved)).address == "https://new.example/feed")
        var dead = thrice
        for _ in 0..<3 { dead = dead.after(.failed(.notFound), at: start, interval: hour) }
        #expect(dead.address == fresh.url)
    }

    @Test func `without validators the date of the answer is one, and without that a feed is asked for once a day`() {
        let dated = good(.init(servedAt: "Tue, 14 Nov 2023 22:13:20 GMT", isWhole: true))
        #expect(dated.validators(at: start) == (nil, "Tue, 14 Nov 2023 22:13:20 GMT"))
        #expect(near(hour).contains(wait(dated, since: start)))
        let tagged = good(.init(etag: "e", servedAt: "Tue, 14 Nov 2023 22:13:20 GMT", isWhole: true))
        #expect(tagged.validators(at: start) == ("e", nil))
        let bare = good(.init(isWhole: true, bodyHash: "h"))
        #expect(bare.validators(at: start) == (nil, nil))
        #expect((day...day + day / 10).contains(wait(bare, since: start)))
    }

    @Test func `entries left for later keep the validators of before`() {
        let state = good().after(
            .read(.init(etag: "f", keepsValidators: true, bodyHash: "i")), at: start.adding(seconds: 60),
            interval: hour)
        #expect(state.validators(at: start.adding(seconds: 60)) == ("e", nil))
        #expect(state.bodyHash == nil && state.validatorsSince == start)
    }

    @Test func `hours and days that a feed skips are skipped, faults or not`() {
        // 1 700 000 000 is Tuesday 14 November 2023, 22:13:20 UTC.
        var pace = PublishingPace(skippedHours: 1 << 23 | 1 << 0 | 1 << 1)
        let reading = FeedReading(etag: "e", pace: pace)
        let state = good(reading)
        let two = Int64(1_700_013_600)
        #expect((two...two + 600).contains(state.nextTry.seconds))
        let failed = state.after(.failed(.connect("x")), at: start, interval: hour)
        #expect((two...two + 600).contains(failed.nextTry.seconds))
        // What became due earlier is not asked in a skipped hour.
        var late = state
        late.nextTry = start
        #expect(late.isDue(at: start))
        #expect(!late.isDue(at: start.adding(seconds: 3000)))
        #expect(late.dueTime(at: start.adding(seconds: 3000)).seconds == two)
        pace.skippedDays = 1 << 3 | 1 << 4
        let friday = Int64(1_700_179_200)
        let weekly = good(.init(etag: "e", pace: pace))
        #expect((friday + 2 * 3600...friday + 2 * 3600 + 600).contains(weekly.nextTry.seconds))
        let never = good(.init(etag: "e", pace: .init(skippedHours: .max, skippedDays: .max)))
        #expect(near(hour).contains(wait(never, since: start)))
    }

    @Test func `a feed that seldom posts is asked less often, and as often as wanted when it may post`() {
        var state = good()
        var now = start
        // For two weeks a story at eight in the morning of each workday, looked for every half hour.
        for step in 0..<(14 * 48) {
            now = start.adding(seconds: Int64(step * 1800))
            let time = CivilDate(now, offsetMinutes: 0)
            let second = Int(now.seconds % 86_400)
            let isNews = time.weekday <= 5 && second / 1800 == 16
            state = state.after(
                isNews
                    ? .read(.init(etag: "e", entries: 9, newEntries: 1, newsTimes: [now])) : .unchanged(.init()),
                at: now, interval: 1800, slowest: 4 * hour)
        }
        func waitFrom(_ dayOfMonth: Int64, _ hourOfDay: Int64) -> Int {
            // 27 November 2023 was a Monday.
            let time = Instant(seconds: 1_701_043_200 + (dayOfMonth - 27) * 86_400 + hourOfDay * 3600)
            return wait(state.after(.unchanged(.init()), at: time, interval: 1800, slowest: 4 * hour), since: time)
        }
        #expect(near(4 * hour).contains(waitFrom(28, 12)))
        #expect((1800...hour).contains(waitFrom(28, 8)))
        #expect(waitFrom(28, 6) <= 3 * hour)
        #expect(near(4 * hour).contains(waitFrom(26, 6)))
        let eager = state.after(.unchanged(.init()), at: now, interval: 1800)
        #expect(near(1800).contains(wait(eager, since: now)))
    }

    @Test func `trouble is told after a while, once, and so is its end`() {
        let grace: Int64 = 7200
        func at(_ hours: Int) -> Instant { start.adding(seconds: Int64(hours * hour)) }
        var state = good()
        #expect(state.news(at: at(0), graceSeconds: grace) == nil)
        state = state.after(.failed(.connect("x")), at: at(1), interval: hour)
        #expect(state.news(at: at(1), graceSeconds: grace) == nil)
        // A trouble that changes its kind is still the same trouble.
        state = state.after(.failed(.refused(status: 403, retryAfter: nil)), at: at(3), interval: hour)
        #expect(state.news(at: at(3), graceSeconds: grace) == .trouble)
        #expect(state.told == .blocked)
        #expect(state.news(at: at(4), graceSeconds: grace) == nil)
        state = state.after(.failed(.connect("x")), at: at(5), interval: hour)
        #expect(state.news(at: at(6), graceSeconds: grace) == nil)
        #expect(state.news(at: at(7), graceSeconds: grace) == .trouble)
        state = state.after(.unchanged(.init()), at: at(9), interval: hour)
        #expect(state.news(at: at(9), graceSeconds: grace) == .recovered(from: .broken))
        #expect(state.news(at: at(9), graceSeconds: grace) == nil)
        var brief = state.after(.failed(.connect("x")), at: at(10), interval: hour)
        #expect(brief.news(at: at(10), graceSeconds: grace) == nil)
        brief = brief.after(.unchanged(.init()), at: at(11), interval: hour)
        #expect(brief.news(at: at(11), graceSeconds: grace) == nil)
        // What is late has proved itself, and a fault after that has not.
        var late = state
        late.status = .late
        #expect(late.news(at: at(10), graceSeconds: grace) == .trouble)
        #expect(late.news(at: at(11), graceSeconds: grace) == nil)
        var worse = late.after(.failed(.connect("x")), at: at(12), interval: hour)
        #expect(worse.news(at: at(12), graceSeconds: grace) == nil)
        #expect(worse.news(at: at(14), graceSeconds: grace) == .trouble)
        var posting = late.after(.read(.init(etag: "e", newEntries: 1)), at: at(12), interval: hour)
        #expect(posting.news(at: at(12), graceSeconds: grace) == .recovered(from: .late))
        var gone = state.after(.failed(.gone), at: at(10), interval: hour)
        #expect(gone.news(at: at(10), graceSeconds: grace) == .trouble)
        var muted = state.muted(true, at: at(10))
        #expect(muted.news(at: at(30), graceSeconds: grace) == nil)
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
        limits.open("a.example", at: start)
        #expect(limits == HostLimits())
    }

    @Test func `without a time the rest grows from a minute to an hour`() {
        var limits = HostLimits()
        let waits = (0..<9).map { _ in limits.close("a.example", retryAfter: nil, at: start).seconds - start.seconds }
        #expect(waits == [61, 122, 244, 488, 976, 1952, 3600, 3600, 3600])
    }

    @Test func `a host that named no time keeps its requests apart from then on, for a week`() {
        var limits = HostLimits()
        limits.close("a.example", retryAfter: nil, at: start)
        let later = start.adding(seconds: 61)
        limits.open("a.example", at: later)
        #expect(limits.notBefore("a.example", at: later) == nil)
        #expect(limits.spacing("a.example", at: later) == 61)
        limits.take("a.example", at: later)
        #expect(limits.nextFree("a.example", at: later) == later.adding(seconds: 61))
        // Once more, although they were that far apart: twice as far.
        #expect(limits.close("a.example", retryAfter: nil, at: later) == later.adding(seconds: 122))
        limits.open("a.example", at: later.adding(seconds: 122))
        #expect(limits.spacing("a.example", at: later.adding(seconds: 130)) == 122)
        let week = later.adding(seconds: Int64(7 * day))
        #expect(limits.spacing("a.example", at: week) == nil)
        limits.open("a.example", at: week)
        #expect(limits == HostLimits())
    }

    @Test func `a host that cannot be reached is left alone, longer each time`() {
        var limits = HostLimits()
        for _ in 0..<4 { limits.fail("a.example", at: start) }
        #expect(limits.notBefore("a.example", at: start) == nil && !limits.isDown("a.example"))
        let waits = (0..<9).map { _ in
            limits.fail("a.example", at: start)
            return (limits.notBefore("a.example", at: start) ?? start).seconds - start.seconds
        }
        #expect(waits == [300, 600, 1200, 2400, 4800, 9600, 19_200, 21_600, 21_600])
        #expect(limits.isDown("a.example"))
        limits.reach("a.example", at: start)
        #expect(limits.notBefore("a.example", at: start) == nil && !limits.isDown("a.example"))
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

    @Test func `a host that says how many requests are left is not asked for one more`() {
        #expect(fields("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 90").exhausted(now: start) == 90)
        #expect(fields("x-ratelimit-remaining: 0.0", "x-ratelimit-reset: 1700000030").exhausted(now: start) == 30)
        #expect(fields("RateLimit-Remaining: 0", "RateLimit-Reset: 7").exhausted(now: start) == 7)
        #expect(fields("X-RateLimit-Remaining: 1", "X-RateLimit-Reset: 90").exhausted(now: start) == nil)
        #expect(fields("X-RateLimit-Remaining: 0").exhausted(now: start) == nil)
        #expect(fields("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: inf").exhausted(now: start) == nil)
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
