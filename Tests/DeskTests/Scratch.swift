import ExtractionCore
import Foundation
import Logging
import Synchronization

@testable import Desk
@testable import Store
@testable import Wire

/// A desk on folders of its own, with a clock that the test turns.
final class Scratch {
    let root: String
    let clock: ManualClock
    var configuration: Configuration

    init(at start: Instant = Instant(seconds: 1_496_743_200), zone: String = "Europe/London") throws {
        root = NSTemporaryDirectory() + "copytaster-" + UUID().uuidString
        clock = ManualClock(start)
        configuration = Configuration()
        configuration.drop = root + "/drop"
        configuration.digests = root + "/digests"
        configuration.state = root + "/state"
        configuration.zone = zone
        configuration.stableMilliseconds = 0
        for folder in ["digests/alerts", "state"] {
            try FileManager.default.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// A desk as it is after a start; the last one must be gone.
    func desk() async throws -> Desk {
        let desk = Desk(
            configuration: configuration, store: try Store(path: root + "/state/copytaster.sqlite"),
            drop: try DropFolder(path: configuration.drop),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: clock.now)
        try await desk.recover()
        return desk
    }

    static let readers = readers()

    static func readers(limits: Readers.Limits = .init(), drain: Drain = Drain()) -> Readers {
        Readers(
            reader: DocumentReader(core: NewsReader(lexicon: .embedded())), width: 2, limits: limits,
            held: HeldFiles(patienceSeconds: 600), pulse: Pulse(), drain: drain,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Instant(seconds: 1_496_743_200) })
    }

    /// Drops a file and claims it, as the drop service does.
    func claim(_ name: String, _ content: String, sequence: Int64) throws -> ClaimedFile {
        try claim(name, Array(content.utf8), sequence: sequence)
    }

    func claim(_ name: String, _ content: [UInt8], sequence: Int64) throws -> ClaimedFile {
        try write("drop/" + name, content)
        let drop = try DropFolder(path: configuration.drop)
        let scan = try drop.scan(now: Instant(seconds: 4_000_000_000))
        guard let candidate = scan.ready.first(where: { $0.name.string == name }) else { throw DropError.vanished }
        return try drop.claim(candidate, sequence: sequence)
    }

    func file(_ files: [(name: String, content: String)], from sequence: Int64, on desk: Desk) async throws {
        var claims: [ClaimedFile] = []
        for (index, file) in files.enumerated() {
            claims.append(try claim(file.name, file.content, sequence: sequence + Int64(index)))
        }
        let drop = try DropFolder(path: configuration.drop)
        _ = await desk.file(await Scratch.readers.read(claims[...], from: drop, desk: desk))
    }

    func write(_ path: String, _ content: [UInt8]) throws {
        try Data(content).write(to: URL(fileURLWithPath: root + "/" + path))
    }

    func digest(_ name: String) -> String { String(decoding: bytes("digests/" + name), as: UTF8.self) }
    func bytes(_ path: String) -> [UInt8] { Paths.bytes(root + "/" + path) ?? [] }
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: root + "/" + path) }

    func records(_ day: String) -> [JSONValue] {
        bytes("digests/" + day + ".jsonl").split(separator: 0x0A).compactMap { JSONValue(parsing: $0) }
    }

    func types(_ day: String) -> [String] { records(day).compactMap { $0["type"]?.string } }
}

/// Says what the test wants it to say.
final class ManualClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ start: Instant) { instant = Mutex(start) }

    var now: @Sendable () -> Instant { { self.instant.withLock { $0 } } }
    func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
