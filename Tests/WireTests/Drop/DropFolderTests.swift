import ExtractionCore
import Foundation
import Glibc
import Testing

@testable import Wire

/// A folder that goes away with the test.
private final class Scratch {
    let path: String

    init() {
        var template = Array("/tmp/copytaster-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp/copytaster-test"
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: [UInt8], _ content: String = "some words") {
        let descriptor = open(FileSystem.path(path, name), O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        _ = content.withCString { Glibc.write(descriptor, $0, strlen($0)) }
        close(descriptor)
    }

    func write(_ name: String, _ content: String = "some words") { write(Array(name.utf8), content) }
    func content(_ name: String) -> String { (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? "" }
    func has(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }
}

@Suite struct DropFolderTests {
    /// Far enough from now that every file is stable.
    private let later = Instant(milliseconds: Int64(time(nil)) * 1000 + 60_000)
    private let now = Instant(milliseconds: Int64(time(nil)) * 1000)

    @Test func `a stable file is claimed, read and settled`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("report.txt", "hello")
        let candidate = try #require(try folder.scan(now: later).ready.first)
        let file = try folder.claim(candidate, sequence: 5)
        #expect(!scratch.has("report.txt"))
        #expect(folder.leftovers() == [file])
        #expect(try folder.open(file).content() == Array("hello".utf8))
        #expect(try folder.settle(file, day: "2017-06-06") == .moved("done/2017-06-06/report.txt"))
        #expect(scratch.has("done/2017-06-06/report.txt"))
        #expect(folder.leftovers().isEmpty)
        #expect(try folder.settle(file, day: "2017-06-06") == .gone)
    }

    @Test func `a young file waits and a file moved in does not`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("young.txt")
        scratch.write("moved.txt")
        scratch.write("empty.txt", "")
        let scan = try folder.scan(now: now, movedIn: [DropName("moved.txt")])
        #expect(scan.ready.map(\.name.string) == ["moved.txt"])
        #expect(scan.waiting == 2)
        #expect(try #require(scan.wait) > 0)
    }

    @Test(arguments: [
        ".hidden", "x.part", "x.tmp", "x.crdownload", "~$doc.txt", "draft~", "Thumbs.db", "lost+found", "._x",
    ])
    func `files in the making and clutter are left alone`(_ name: String) throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write(name)
        #expect(try folder.scan(now: later).ready.isEmpty)
        #expect(scratch.has(name))
    }

    @Test func `names are bytes`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        let names: [[UInt8]] = [
            Array("two\nlines.txt".utf8), [0xFF, 0xFE, 0x2E, 0x74], Array("...".utf8), Array("a%2Fb%25.txt".utf8),
            Array(repeating: UInt8(ascii: "n"), count: 255), Array(" ".utf8), Array("-rf".utf8),
        ]
        for name in names where name.first != UInt8(ascii: ".") { scratch.write(name) }
        let ready = try folder.scan(now: later).ready
        #expect(ready.count == 6)
        for (index, candidate) in ready.enumerated() {
            let file = try folder.claim(candidate, sequence: Int64(index + 1))
            let found = try #require(folder.leftovers().first { $0.sequence == file.sequence })
            if candidate.name.bytes.count < 200 { #expect(found.name == candidate.name) }
            #expect(try folder.settle(found, day: "2017-06-06") != .gone)
        }
        #expect(folder.settledFiles(in: "done").count == 6)
    }

    @Test func `a file in a subfolder keeps its way`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        mkdir(scratch.path + "/agency", 0o755)
        mkdir(scratch.path + "/agency/east", 0o755)
        scratch.write("agency/east/r.txt")
        let candidate = try #require(try folder.scan(now: later).ready.first)
        #expect(candidate.name.label == "agency")
        let file = try folder.claim(candidate, sequence: 1)
        #expect(try folder.settle(file, day: "2017-06-06") == .moved("done/2017-06-06/agency/east/r.txt"))
    }

    @Test func `a taken name gains the claim's number`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        for sequence in 1...2 {
            scratch.write("r.txt", "words \(sequence)")
            let candidate = try #require(try folder.scan(now: later).ready.first)
            let file = try folder.claim(candidate, sequence: Int64(sequence))
            _ = try folder.settle(file, day: "2017-06-06")
        }
        #expect(folder.settledFiles(in: "done").sorted() == ["done/2017-06-06/r.txt", "done/2017-06-06/r~2.txt"])
        #expect(folder.settledPath(2, name: "r.txt", asFailed: false, day: "2017-06-06") == "done/2017-06-06/r~2.txt")
    }

    @Test func `a name that cannot be had falls back to one that fits`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("reuters")
        _ = try folder.settle(
            try folder.claim(try #require(try folder.scan(now: later).ready.first), sequence: 1), day: "d")
        mkdir(scratch.path + "/reuters", 0o755)
        scratch.write("reuters/x.txt")
        let file = try folder.claim(try #require(try folder.scan(now: later).ready.first), sequence: 2)
        #expect(try folder.settle(file, day: "d") == .moved("done/d/2-x.txt"))
    }

    @Test func `a file written to after it was read comes back as a new one`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("r.txt", "12 killed")
        let file = try folder.claim(try #require(try folder.scan(now: later).ready.first), sequence: 1)
        let reading = try folder.open(file)
        scratch.write(".work/1-r.txt", "12 killed, later 21")
        #expect(try folder.settle(file, day: "d", as: reading.state) == .returned)
        #expect(scratch.has("r.txt"))
    }

    @Test func `a file that changed since the scan is not taken`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("r.txt", "half")
        let candidate = try #require(try folder.scan(now: later).ready.first)
        scratch.write("r.txt", "half and more")
        #expect(throws: DropError.unstable) { try folder.claim(candidate, sequence: 1) }
        #expect(scratch.has("r.txt"))
    }

    @Test func `a reason never replaces a file or follows a link`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("victim", "precious")
        try FileSystem.makeFolder(scratch.path + "/failed/d")
        symlink(scratch.path + "/victim", scratch.path + "/failed/d/k.bin.reason.part")
        scratch.write("failed/d/k.bin.reason.json", "a file of somebody's")
        scratch.write("k.bin")
        let candidate = try #require(try folder.scan(now: later).ready.first { $0.name.string == "k.bin" })
        let file = try folder.claim(candidate, sequence: 5)
        #expect(try folder.settle(file, day: "d", reason: [0x7B, 0x7D]) == .moved("failed/d/k~5.bin"))
        #expect(scratch.content("victim") == "precious")
        #expect(scratch.content("failed/d/k.bin.reason.json") == "a file of somebody's")
    }

    @Test func `a work name with an absurd number is none of ours`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write(".work/9223372036854775807-x")
        #expect(folder.leftovers().isEmpty)
    }

    @Test func `a folder made anew is used again`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        try FileManager.default.removeItem(atPath: scratch.path)
        mkdir(scratch.path, 0o755)
        scratch.write("r.txt")
        let file = try folder.claim(try #require(try folder.scan(now: later).ready.first), sequence: 1)
        #expect(folder.leftovers() == [file])
    }

    @Test func `a failed file lies beside its reason`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("bad.bin")
        let candidate = try #require(try folder.scan(now: later).ready.first)
        let file = try folder.claim(candidate, sequence: 1)
        #expect(
            try folder.settle(file, day: "2017-06-06", reason: [0x7B, 0x7D]) == .moved("failed/2017-06-06/bad.bin"))
        #expect(scratch.has("failed/2017-06-06/bad.bin.reason.json"))
        #expect(folder.settledFiles(in: "failed") == ["failed/2017-06-06/bad.bin"])
    }

    @Test func `links, pipes and folders are never read`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        symlink("/etc/passwd", scratch.path + "/link.txt")
        mkfifo(scratch.path + "/pipe.txt", 0o644)
        let ready = try folder.scan(now: later).ready
        #expect(ready.count == 2)
        for (index, candidate) in ready.enumerated() {
            let file = try folder.claim(candidate, sequence: Int64(index + 1))
            #expect {
                _ = try folder.open(file)
            } throws: { error in
                guard case DropError.refused(let code, _)? = error as? DropError else { return false }
                return code == "not_a_file"
            }
        }
    }

    @Test func `a file that is written to while it is read says so`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("r.txt", "12 killed")
        let claim = try folder.claim(try #require(try folder.scan(now: later).ready.first), sequence: 1)
        let file = try folder.open(claim)
        #expect(try file.bytes(at: 3, count: 100) == Array("killed".utf8))
        #expect(try file.bytes(at: 50, count: 100) == [])
        #expect(try file.hash {} == ContentHash(of: Array("12 killed".utf8)))
        scratch.write(".work/1-r.txt", "12 killed, later 21")
        #expect(!file.isUnchanged)
        #expect(throws: DropError.unstable) { try file.content() }
    }

    @Test func `two claims never get one file`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("r.txt")
        let candidate = try #require(try folder.scan(now: later).ready.first)
        _ = try folder.claim(candidate, sequence: 1)
        #expect(throws: DropError.vanished) { try folder.claim(candidate, sequence: 2) }
    }

    @Test func `what is put back is found again`() throws {
        let scratch = Scratch()
        let folder = try DropFolder(path: scratch.path)
        scratch.write("r.txt")
        let file = try folder.claim(try #require(try folder.scan(now: later).ready.first), sequence: 1)
        try folder.putBack(file)
        #expect(try folder.scan(now: later).ready.map(\.name.string) == ["r.txt"])
    }

    @Test func `moves wake the watcher with their names`() async throws {
        let scratch = Scratch()
        _ = try DropFolder(path: scratch.path)
        let (names, source) = AsyncStream<[DropName]>.makeStream()
        let watcher = try #require(DropWatcher(folder: scratch.path) { source.yield($0) })
        scratch.write(".r.tmp")
        rename(scratch.path + "/.r.tmp", scratch.path + "/r.txt")
        for await moved in names where moved.contains(DropName("r.txt")) { break }
        watcher.stop()
    }
}

@Suite struct DropNameTests {
    /// Drops a file, claims and settles it.
    @discardableResult
    private func settle(_ name: [UInt8], sequence: Int64, in scratch: Scratch, asFailed: Bool = true) throws -> String?
    {
        let later = Instant(milliseconds: Int64(time(nil)) * 1000 + 60_000)
        let folder = try DropFolder(path: scratch.path)
        scratch.write(name)
        let candidate = try #require(try folder.scan(now: later).ready.first { $0.name.bytes == name })
        let file = try folder.claim(candidate, sequence: sequence)
        let settled = try folder.settle(file, day: "2017-06-06", reason: asFailed ? [0x7B, 0x7D] : nil)
        #expect(folder.leftovers().isEmpty)
        guard case .moved(let path) = settled else { return nil }
        return path
    }

    private func files(in folder: String) throws -> [[UInt8]] {
        try #require(FileSystem.names(in: FileSystem.path(folder, ".".utf8)))
    }

    @Test func `a file called like our own folders blocks nothing`() throws {
        let scratch = Scratch()
        #expect(try settle(Array("failed".utf8), sequence: 1, in: scratch) == "failed/2017-06-06/failed")
        #expect(try settle(Array("done".utf8), sequence: 2, in: scratch, asFailed: false) == "done/2017-06-06/done")
    }

    @Test func `a folder's name need not be text`() throws {
        let scratch = Scratch()
        mkdir(FileSystem.path(scratch.path, [0x61, 0xFF]), 0o755)
        let name: [UInt8] = [0x61, 0xFF, 0x2F, 0xFE]
        #expect(try settle(name, sequence: 1, in: scratch) == "failed/2017-06-06/a\u{FFFD}/\u{FFFD}")
        #expect(try settle(name, sequence: 2, in: scratch, asFailed: false) == "done/2017-06-06/a\u{FFFD}/\u{FFFD}")
        let folder = try DropFolder(path: scratch.path)
        #expect(folder.settledFiles(in: "failed").count == 1)
        // The ledger knows the name only as text.
        let found = folder.settledPath(2, name: DropName(name).string, asFailed: false, day: "2017-06-06")
        #expect(found == "done/2017-06-06/a\u{FFFD}/\u{FFFD}")
    }

    @Test func `a reason never takes a file's place`() throws {
        for names in [["a", "a.reason.json"], ["a.reason.json", "a"]] {
            let scratch = Scratch()
            for (index, name) in names.enumerated() {
                try settle(Array(name.utf8), sequence: Int64(index + 1), in: scratch)
            }
            #expect(try DropFolder(path: scratch.path).settledFiles(in: "failed").count == 2)
            #expect(try files(in: scratch.path + "/failed/2017-06-06").count == 4)
        }
    }

    @Test func `names of the greatest length have reasons of their own`() throws {
        let scratch = Scratch()
        let stem = [UInt8](repeating: UInt8(ascii: "n"), count: 254)
        for (index, end) in "112".utf8.enumerated() {
            try settle(stem + [end], sequence: Int64(index + 1), in: scratch)
        }
        #expect(try DropFolder(path: scratch.path).settledFiles(in: "failed").count == 3)
        #expect(try files(in: scratch.path + "/failed/2017-06-06").count == 6)
    }

    @Test func `a folder called like a settled file gets another name`() throws {
        let scratch = Scratch()
        try settle(Array("wire".utf8), sequence: 1, in: scratch)
        mkdir(scratch.path + "/wire", 0o755)
        #expect(try settle(Array("wire/r.txt".utf8), sequence: 2, in: scratch) == "failed/2017-06-06/2-r.txt")
    }
}
