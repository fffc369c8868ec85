internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Foundation

struct FeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "Read a feed document and print its entries as JSON.",
        discussion: """
            RSS, Atom, RDF and JSON Feed. With --jsonl, standard input holds one object a line: id, url, content_type, \
            body_b64; one feed a line comes out, in the same order. Exit status 1 when a document was no feed.
            """)

    @Argument(help: "The feed; standard input without it.") var file: String?
    @Option(help: "The feed's address, for relative links.") var url: String?
    @Option(help: "What the server said it is.") var contentType: String?
    @Flag(help: "Read JSON lines from standard input.") var jsonl = false

    func run() throws {
        let reader = NewsReader(lexicon: Lexicon())
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
        Output.write(json.bytes + [0x0A])
        return isFeed
    }
}
