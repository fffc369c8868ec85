import ExtractionCore
import Foundation
import Stories
import Testing

@testable import Desk

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

    @Test func `broken YAML is one fault`() { #expect(faults("drop: [").count == 1) }
    @Test func `an empty file means the defaults`() throws {
        #expect(try Configuration(yaml: "", file: "c") == Configuration())
    }
}
