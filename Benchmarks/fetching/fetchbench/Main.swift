import ExtractionCore
import Glibc
import Synchronization
import Wire

/// Measures the fetcher as the daemon uses it: gate, redirects, header parsing and all. `run.py` says how.
@main
struct FetchBench {
    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        guard let mode = words.first else { return print("fetchbench warm|cold|idle|one …") }
        let rest = words.dropFirst().map { String($0) }
        switch mode {
        case "warm": await warm(port: rest[0], hosts: Int(rest[1]) ?? 1000, rounds: Int(rest[2]) ?? 10)
        case "idle": await idle(port: rest[0], hosts: Int(rest[1]) ?? 1000, seconds: UInt32(rest[2]) ?? 10)
        case "cold": await cold(port: rest[0], hosts: Int(rest[1]) ?? 1000, certificates: rest[2])
        default: await one(url: rest[0])
        }
    }

    /// Conditional requests over warm connections, one to each of many hosts.
    static func warm(port: String, hosts: Int, rounds: Int) async {
        let fetcher = makeFetcher(port: port, hosts: hosts)
        let tags = await round(fetcher, urls(port, hosts, "http"), tags: [])
        let start = Usage()
        var count = 0
        for _ in 0..<rounds { count += await round(fetcher, urls(port, hosts, "http"), tags: tags).count }
        report("warm 304s", count: count, since: start)
    }

    /// What the warm connections cost while nobody asks for anything.
    static func idle(port: String, hosts: Int, seconds: UInt32) async {
        let fetcher = makeFetcher(port: port, hosts: hosts)
        let count = await round(fetcher, urls(port, hosts, "http"), tags: []).count
        let start = Usage()
        sleep(seconds)
        let end = Usage()
        let share = (end.seconds - start.seconds) / Double(seconds) * 100
        print("idle: \(count) warm connections, \(share) % of a core, resident \(end.resident / 1024) MB")
        withExtendedLifetime(fetcher) {}
    }

    /// A new connection to each host, its certificate verified.
    static func cold(port: String, hosts: Int, certificates: String) async {
        let fetcher = makeFetcher(port: port, hosts: hosts, certificates: certificates)
        let start = Usage()
        let count = await round(fetcher, urls(port, hosts, "https"), tags: []).count
        report("cold TLS", count: count, since: start)
    }

    /// One request with the limits that feeds have.
    static func one(url: String) async {
        let fetcher = makeFetcher(port: "0", hosts: 0)
        let start = Usage()
        let clock = ContinuousClock.now
        var outcome: String
        do throws(FetchError) {
            outcome = "\(try await fetcher.fetch(FetchRequest(url: url, bodyLimit: 16 << 20)).body.count) bytes"
        } catch {
            outcome = "\(error.code): \(error.message)"
        }
        let end = Usage()
        print(
            "\(end.seconds - start.seconds) s CPU, \((ContinuousClock.now - clock).components.seconds) s, at most "
                + "\(end.most / 1024) MB: \(outcome)")
    }

    private static func urls(_ port: String, _ hosts: Int, _ scheme: String) -> [String] {
        (0..<hosts).map { "\(scheme)://h\($0).bench.example:\(port)/feed.xml" }
    }

    private static func makeFetcher(port: String, hosts: Int, certificates: String? = nil) -> Fetcher {
        var options = Fetcher.Options()
        options.allowPrivateHosts = ["127.0.0.0/8"]
        options.pinnedNames = (0..<hosts).map { "h\($0).bench.example:\(port):127.0.0.1" }
        options.certificates = certificates
        // A thousand times faster than ours, so that no host's pace holds the measurement up.
        let now: @Sendable () -> Instant = {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Instant(
                milliseconds: 1_700_000_000_000 + Int64(time.tv_sec % 1_000_000) * 1_000_000 + Int64(time.tv_nsec)
                    / 1000)
        }
        do {
            return try Fetcher(options: options, now: now, sleep: { try await Task.sleep(for: $0 / 1000) })
        } catch {
            fatalError("\(error)")
        }
    }

    /// Asks every host once, 32 at a time; gives the validators.
    private static func round(_ fetcher: Fetcher, _ urls: [String], tags: [String?]) async -> [String?] {
        let tally = Tally(count: urls.count)
        await withDiscardingTaskGroup { group in
            for _ in 0..<32 {
                group.addTask {
                    while let index = tally.next() {
                        let request = FetchRequest(url: urls[index], etag: tags.isEmpty ? nil : tags[index])
                        do throws(FetchError) {
                            let response = try await fetcher.fetch(request)
                            tally.note(index, response.etag, isWanted: tags.isEmpty != response.notModified)
                        } catch {
                            tally.note(index, error.message, isWanted: false)
                        }
                    }
                }
            }
        }
        return tally.result
    }

    private static func report(_ name: String, count: Int, since start: Usage) {
        let end = Usage()
        let rate = Int(Double(count) / (end.seconds - start.seconds))
        print(
            "\(name): \(count) in \(end.seconds - start.seconds) s CPU, \(rate) a CPU-second, resident \(end.resident / 1024) MB"
        )
    }
}

/// Hands out the numbers of a round and takes what came of them.
private final class Tally: Sendable {
    private let contents: Mutex<(next: Int, found: [String?], faults: Int)>

    init(count: Int) { contents = Mutex((0, [String?](repeating: nil, count: count), 0)) }

    var result: [String?] {
        contents.withLock {
            if $0.faults > 0 { print("\($0.faults) faults, such as \($0.found.compactMap { $0 }.first ?? "none")") }
            return $0.found
        }
    }

    func next() -> Int? {
        contents.withLock {
            guard $0.next < $0.found.count else { return nil }
            $0.next += 1
            return $0.next - 1
        }
    }

    func note(_ index: Int, _ text: String?, isWanted: Bool) {
        contents.withLock {
            $0.found[index] = text
            if !isWanted { $0.faults += 1 }
        }
    }
}

/// What this process has used so far.
struct Usage {
    var seconds = 0.0
    /// In KB.
    var resident = 0
    var most = 0

    init() {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        for time in [usage.ru_utime, usage.ru_stime] {
            seconds += Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
        }
        most = Int(usage.ru_maxrss)
        guard let file = fopen("/proc/self/statm", "r") else { return }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return }
        let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: " ")
        if fields.count > 1 { resident = (Int(fields[1]) ?? 0) * 4 }
    }
}
