import Foundation
import Logging
import Testing

@testable import Desk

private let ferry =
    "Four people died when fire broke out aboard a ferry near Port Alder on Monday, the coastguard said."

@Suite struct PublicationTests {
    @Test func `the page and both feeds follow the records`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        var publication = Publication(
            folder: scratch.configuration.digests, host: "desk.example", logger: Logger(label: "test"))
        let isDone1 = publication.publish(pages: ["2017-06-06"])
        #expect(isDone1)
        #expect(!scratch.digest("feed.atom").contains("coastguard"))
        #expect(scratch.digest("alerts.atom").contains("<title>Alerts</title>"))

        try await scratch.file([("ferry.txt", ferry)], from: 1, on: desk)
        let isDone2 = publication.publish(pages: ["2017-06-06"])
        #expect(isDone2)
        #expect(scratch.digest("2017-06-06.html").contains("coastguard"))
        #expect(scratch.digest("feed.atom").contains("tag:desk.example,2017-06-06:digest"))
        #expect(scratch.digest("feed.atom").contains("coastguard"))
    }

    @Test func `only what changed or is missing is written`() async throws {
        let scratch = try Scratch()
        let desk = try await scratch.desk()
        try await scratch.file([("ferry.txt", ferry)], from: 1, on: desk)
        var publication = Publication(
            folder: scratch.configuration.digests, host: "desk.example", logger: Logger(label: "test"))
        let files = ["2017-06-06.html", "feed.atom", "alerts.atom"]
        let isDone3 = publication.publish(pages: ["2017-06-06"])
        #expect(isDone3)
        let first = try files.map { try inode(scratch.configuration.digests + "/" + $0) }
        let isDone4 = publication.publish(pages: ["2017-06-06"])
        #expect(isDone4)
        #expect(try files.map { try inode(scratch.configuration.digests + "/" + $0) } == first)

        for file in files { try scratch.remove("digests/" + file) }
        let isDone5 = publication.publish(pages: ["2017-06-06"])
        #expect(isDone5)
        for file in files { #expect(scratch.exists("digests/" + file)) }
    }

    private func inode(_ path: String) throws -> UInt64? {
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64
    }
}
