import ExtractionCore
import Foundation
import Stories
import Testing

@testable import Desk
@testable import Wire

@Suite struct ConfigurationTests {
    private func faults(_ yaml: String) -> [String] {
        do {
            _ = try Configuration(yaml: yaml, file: "c.yaml")
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test func `the sample says the defaults`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let sample = try String(contentsOf: root.appendingPathComponent("Config/copytaster.yaml"), encoding: .utf8)
        #expect(try Configuration(yaml: sample, file: "sample") == Configuration())
    }

    @Test func `what is printed can be read again`() throws {
        var configuration = Configuration()
        configuration.alerts = [.words(["cholera", "cease \"fire\""], .high), .toll(.killed, atLeast: 50, .critical)]
        configuration.feeds = [Configuration.FeedSetting(url: "https://a.example/rss")]
        configuration.zone = "Asia/Tokyo"
        let printed = String(decoding: configuration.yaml, as: UTF8.self)
        #expect(try Configuration(yaml: printed, file: "printed") == configuration)
    }

    @Test func `JSON is accepted`() throws {
        let configuration = try Configuration(yaml: #"{"drop": "/a", "stable": "0.1s"}"#, file: "c")
        #expect(configuration.drop == "/a")
        #expect(configuration.stableMilliseconds == 100)
    }

    @Test func `every fault is named with its line and the nearest key`() {
        let found = faults(
            """
            drop: in
            digest: out
            stable: soon
            zone: Mars/Olympus
            feeds:
              - title: no address
              - ftp://a.example/x
            alerts:
              - severity: high
              - toll: sneezing
            """)
        #expect(found.count == 7)
        #expect(found.contains("c.yaml:2: the configuration has no key 'digest'; the nearest is 'digests'"))
        #expect(found.contains { $0.hasPrefix("c.yaml:3: stable must be a time") })
        #expect(found.contains { $0.hasPrefix("c.yaml:4: zone") })
        #expect(found.contains("c.yaml:6: feed has no url"))
        #expect(found.contains { $0.hasPrefix("c.yaml:7: feed url") })
    }

    @Test func `a feed's own settings are read, and printed so that they can be read again`() throws {
        let yaml = """
            fetch: {slowest: 6h, grace: 10m}
            feeds:
              - url: https://a.example/rss
                user_agent: me
                cookies: c.txt
                credentials: wire
                proxy: ""
                encoding: windows-1251
                identity: link
                muted: true
                http1: true
                keep: [{any: [flood, "dam breach"]}]
                drop:
                  - title: horoscope
                  - url: {matches: "/sport/[0-9]+"}
            """
        let configuration = try Configuration(yaml: yaml, file: "c")
        let feed = try #require(configuration.feeds.first)
        #expect(
            feed.userAgent == "me" && feed.cookies == "c.txt" && feed.credentials == "wire"
                && feed.proxy?.isEmpty == true)
        #expect(feed.encoding == "windows-1251" && feed.identity == .link && feed.isMuted && feed.http1)
        #expect(feed.keep == [EntryRule(.any, .words(["flood", "dam breach"]))])
        #expect(
            feed.drop == [EntryRule(.title, .words(["horoscope"])), EntryRule(.url, .expression("/sport/[0-9]+"))])
        #expect(configuration.fetch.slowestSeconds == 21_600 && configuration.fetch.graceSeconds == 600)
        let printed = String(decoding: configuration.yaml, as: UTF8.self)
        #expect(try Configuration(yaml: printed, file: "printed") == configuration)
        let source = try #require(FeedList(configuration, environment: [:]).sources.first)
        #expect(source.slowestSeconds == 21_600 && source.isMuted && source.http1Only && source.drop == feed.drop)
        #expect(FeedList(configuration, environment: [:]).faults.count == 2)
    }

    @Test func `a rule or setting that could not work is a fault with its line`() {
        let found = faults(
            """
            feeds:
              - url: https://a.example/
                encoding: martian
                identity: name
                credentials: ../shadow
                headers: {"X Y": z}
                drop:
                  - title: {matches: "("}
                  - colour: red
                  - title: []
                  - {title: a, url: b}
            """)
        let lines = found.compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } }
        #expect(lines.sorted() == [3, 4, 5, 6, 8, 9, 9, 10, 11])
    }

    @Test func `credentials are read from the folder that systemd gives`() throws {
        let folder = NSTemporaryDirectory() + "copytaster-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "me:x:y\n".write(toFile: folder + "/wire", atomically: true, encoding: .utf8)
        try "token\n".write(toFile: folder + "/key", atomically: true, encoding: .utf8)
        var configuration = Configuration()
        for (number, name) in ["wire", "key", "none"].enumerated() {
            var feed = Configuration.FeedSetting(url: "https://a.example/\(number)")
            feed.credentials = name
            configuration.feeds.append(feed)
        }
        let list = FeedList(configuration, environment: ["CREDENTIALS_DIRECTORY": folder])
        #expect(
            list.sources.map(\.access.credentials) == [.password(user: "me", password: "x:y"), .bearer("token"), nil])
        #expect(list.faults == ["https://a.example/2: no credentials 'none'"])
    }

    @Test func `broken YAML is one fault`() { #expect(faults("drop: [").count == 1) }
    @Test func `an empty file means the defaults`() throws {
        #expect(try Configuration(yaml: "", file: "c") == Configuration())
    }
}
