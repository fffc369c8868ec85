internal import ExtractionCore
internal import Wire

// How the store keeps what is known of feeds and hosts: JSON, so that a new member needs no migration.

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
        json.member("discovered", isDiscovered)
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
        json.member("moved_since", movedSince.map { Int($0.milliseconds) })
        json.member("move_sightings", moveSightings)
        json.member("deferrals", deferrals)
        json.member("served_at", servedAt)
        json.member("last_whole", lastWhole.map { Int($0.milliseconds) })
        json.member("ttl", pace.timeToLive)
        json.member("update_interval", pace.updateInterval)
        json.member("skipped_hours", Int(pace.skippedHours))
        json.member("skipped_days", Int(pace.skippedDays))
        json.member("rhythm_since", rhythm.since.map { Int($0.milliseconds) })
        json.array("rhythm") { json in for count in rhythm.counts { json.value(count) } }
        json.member("identity", identity?.rawValue)
        json.member("troubled_since", troubledSince.map { Int($0.milliseconds) })
        json.member("told", told?.rawValue)
    }

    /// What an older version did not write keeps its first value.

    init?(bytes: [UInt8]) {
        guard let json = JSONValue(parsing: bytes), let url = json["url"]?.string,
            let status = json["status"]?.string.flatMap(Status.init(rawValue:))
        else { return nil }
        func instant(_ name: String) -> Instant? { json[name]?.int.flatMap(Instant.init(kept:)) }
        let epoch = Instant(milliseconds: 0)
        self.init(url: url, at: epoch)
        address = json["address"]?.string ?? url
        isDiscovered = json["discovered"]?.bool ?? false
        title = json["title"]?.string
        etag = json["etag"]?.string
        lastModified = json["last_modified"]?.string
        validatorsSince = instant("validators_since")
        bodyHash = json["body_hash"]?.string
        self.status = status
        reason = json["reason"]?.string
        since = instant("since") ?? epoch
        lastSuccess = instant("last_success")
        lastCheck = instant("last_check")
        nextTry = instant("next_try") ?? epoch
        failures = json["failures"]?.int ?? 0
        entriesSeen = json["entries_seen"]?.int ?? 0
        lastNews = instant("last_news")
        usualGap = json["usual_gap"]?.int
        missingSince = instant("missing_since")
        movedTo = json["moved_to"]?.string
        movedSince = instant("moved_since")
        moveSightings = json["move_sightings"]?.int ?? 0
        deferrals = json["deferrals"]?.int ?? 0
        servedAt = json["served_at"]?.string
        lastWhole = instant("last_whole")
        pace = PublishingPace(
            timeToLive: json["ttl"]?.int, updateInterval: json["update_interval"]?.int,
            skippedHours: UInt32(clamping: json["skipped_hours"]?.int ?? 0),
            skippedDays: UInt8(clamping: json["skipped_days"]?.int ?? 0))
        rhythm = PostingRhythm(
            counts: (json["rhythm"]?.array ?? []).map { $0.int ?? 0 }, since: instant("rhythm_since"))
        identity = json["identity"]?.string.flatMap(EntryIdentity.init(rawValue:))
        troubledSince = instant("troubled_since")
        told = json["told"]?.string.flatMap(Status.init(rawValue:))
    }
}

extension HostLimits {
    /// As a decision keeps it.
    var value: (name: String, value: String) { ("host_limits", String(decoding: bytes, as: UTF8.self)) }

    /// As the store keeps it.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.array { json in
            for (host, limit) in limits.sorted(by: { $0.key < $1.key }) where limit.isWorthKeeping {
                json.object { json in
                    json.member("host", host)
                    json.member("not_before", Int(limit.notBefore.milliseconds))
                    json.member("strikes", limit.strikes)
                    json.member("faults", limit.faults)
                    json.member("learnt_spacing", limit.learntSpacing)
                    json.member("learnt_at", limit.learntAt.map { Int($0.milliseconds) })
                    json.member("crawl_delay", limit.crawlDelay)
                    json.member("next_free", limit.nextFree.map { Int($0.milliseconds) })
                }
            }
        }
        return json.bytes
    }

    init(bytes: [UInt8]) {
        var limits: [String: Limit] = [:]
        for value in JSONValue(parsing: bytes)?.array ?? [] {
            guard let host = value["host"]?.string, let end = value["not_before"]?.int.flatMap(Instant.init(kept:))
            else { continue }
            func instant(_ name: String) -> Instant? { value[name]?.int.flatMap(Instant.init(kept:)) }
            limits[host] = Limit(
                notBefore: end, strikes: value["strikes"]?.int ?? 1,
                faults: value["faults"]?.int ?? 0, learntSpacing: value["learnt_spacing"]?.int,
                learntAt: instant("learnt_at"), crawlDelay: value["crawl_delay"]?.int, nextFree: instant("next_free"))
        }
        self.init(limits)
    }
}

extension Instant {
    /// Milliseconds as they were kept; nil for a moment so far away that counting from it would overflow.
    fileprivate init?(kept milliseconds: Int) {
        guard abs(Double(milliseconds)) < 1e15 else { return nil }
        self.init(milliseconds: Int64(milliseconds))
    }
}
