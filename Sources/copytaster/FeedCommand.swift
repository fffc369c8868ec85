internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Foundation
internal import Glibc

struct FeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "Read a feed document and print its entries as JSON.",
        discussion: """
            RSS, RDF, Atom, CDF, JSON Feed, RSS in JSON and sitemaps. With --jsonl, standard input holds one object a \
            line: id, url, content_type, body_b64; one feed a line comes out, in the same order. Exit status 1 when a \
            document was no feed.
            """)

    @Argument(help: "The feed; standard input without it.") var file: String?
    @Option(help: "The feed's address, for relative links.") var url: String?
    @Option(help: "What the server said it is.") var contentType: String?
    @Flag(help: "Read JSON lines from standard input.") var jsonl = false
    @Option(help: .init("Read a folder of feeds so many times and print the speed.", visibility: .hidden))
    var measure: Int?

    func run() throws {
        let reader = NewsReader(lexicon: Lexicon())
        if let measure, let file {
            FeedMeasure(reader: reader, folder: file, times: measure).run()
            return
        }
        var isComplete = true
        if jsonl {
            for line in (Input.bytes("-") ?? []).split(separator: 0x0A) {
                isComplete = answer(line, reader) && isComplete
            }
        } else {
            guard let bytes = Input.bytes(file ?? "-") else {
                Output.error("\(file ?? "-"): not readable")
                throw ExitCode(1)
            }
            isComplete = printFeed(bytes, id: nil, url: url, contentType: contentType, reader)
        }
        if !isComplete { throw ExitCode(1) }
    }

    private func answer(_ line: ArraySlice<UInt8>, _ reader: NewsReader) -> Bool {
        let value = JSONValue(parsing: line)
        let body = value?["body_b64"]?.string.flatMap { Data(base64Encoded: $0) } ?? Data()
        return printFeed(
            [UInt8](body), id: value?["id"], url: value?["url"]?.string, contentType: value?["content_type"]?.string,
            reader)
    }

    private func printFeed(_ bytes: [UInt8], id: JSONValue?, url: String?, contentType: String?, _ reader: NewsReader)
        -> Bool
    {
        let type = MediaTypeField(contentType)
        let document = Document(
            bytes: bytes, origin: .standardInput, mediaType: type.name, charset: type.charset,
            receivedAt: Instant(milliseconds: 0), url: url)
        var json = JSONWriter()
        var isFeed = true
        json.object { json in
            json.member("id", id)
            do throws(FeedError) {
                try reader.feed(in: document.inUTF8).write(to: &json)
            } catch {
                isFeed = false
                json.object("error") { json in
                    switch error {
                    case .empty: json.member("code", "empty")
                    case .notAFeed(let found):
                        json.member("code", "not_a_feed")
                        json.member("message", "this is " + found)
                    }
                }
            }
        }
        Output.write(json.bytes)
        Output.write([0x0A])
        return isFeed
    }
}

/// Reads a folder of feeds over and over: the processor time of the quickest round, of reading alone and with sanitised
/// output, and the memory.
private struct FeedMeasure {
    /// Processor seconds, and what was read in them.
    private struct Round {
        var bytes = 0
        var entries = 0
        var reading = 0.0
        var sanitising = 0.0
    }

    let reader: NewsReader
    let folder: String
    let times: Int

    func run() {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        var rounds: [Round] = []
        for _ in 0..<max(1, times) {
            var round = Round()
            for name in names { read(folder + "/" + name, &round) }
            rounds.append(round)
        }
        guard let reading = rounds.map(\.reading).min(), let both = rounds.map({ $0.reading + $0.sanitising }).min()
        else { return }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let megabytes = Double(rounds[0].bytes) / 1e6
        var json = JSONWriter()
        json.object { json in
            json.member("files", names.count)
            json.member("megabytes", megabytes)
            json.member("entries", rounds[0].entries)
            json.member("read_mb_per_s", megabytes / reading)
            json.member("sanitised_mb_per_s", megabytes / both)
            json.member("peak_mb", Double(usage.ru_maxrss) / 1e3)
        }
        Output.line(json.string)
    }

    private func read(_ path: String, _ round: inout Round) {
        guard let source = Input.bytes(path) else { return }
        let document = Document(bytes: source, origin: .standardInput, receivedAt: Instant(milliseconds: 0))
        round.bytes += source.count
        let start = processorSeconds()
        let feed = try? reader.feed(in: document.inUTF8)
        let middle = processorSeconds()
        for entry in feed?.entries ?? [] {
            round.entries += 1
            // Asked for, that they are made.
            if entry.contentHTML == entry.summaryHTML { continue }
        }
        round.reading += middle - start
        round.sanitising += processorSeconds() - middle
    }

    private func processorSeconds() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }
}
