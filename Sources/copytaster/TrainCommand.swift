internal import ArgumentParser
internal import Desk
internal import ExtractionCore

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Learn the weights of the learnt parts anew.",
        subcommands: [TrainBlocksCommand.self, TrainNamesCommand.self])
}

struct TrainBlocksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blocks",
        abstract: "Print the blocks of pages with their features, as JSON lines.",
        discussion: """
            Standard input holds one object a line: id, path, url. One line a page comes out, in the same order: id and \
            blocks, each with its text, the words that have weights, its features, its score and whether it is kept. \
            Benchmarks/main-text/train.py learns from it. Exit status 1 when a page could not be read.
            """)

    @Option(help: "A file like Config/lexicon/main-text.tsv, in place of the weights in the program.")
    var weights: String?

    func run() throws {
        let reader = NewsReader(lexicon: Lexicon())
        let own = try weights.map { path in
            guard let bytes = Input.bytes(path) else {
                Output.error("\(path): not readable")
                throw ExitCode(1)
            }
            return bytes
        }
        var isComplete = true
        for line in (Input.bytes("-") ?? []).split(separator: 0x0A) {
            isComplete = answer(line, reader, own) && isComplete
        }
        if !isComplete { throw ExitCode(1) }
    }

    private func answer(_ line: ArraySlice<UInt8>, _ reader: NewsReader, _ weights: [UInt8]?) -> Bool {
        let value = JSONValue(parsing: line)
        var study: [UInt8]?
        if let path = value?["path"]?.string, let bytes = Input.bytes(path) {
            let document = Document(
                bytes: bytes, origin: .file(name: path), receivedAt: Instant(milliseconds: 0),
                url: value?["url"]?.string)
            study = try? reader.blockStudy(of: document.inUTF8, weights: weights)
        }
        var json = JSONWriter()
        json.object { json in
            json.member("id", value?["id"])
            json.member("blocks", study.flatMap { JSONValue(parsing: $0)?["blocks"] })
        }
        Output.write(json.bytes + [0x0A])
        return study != nil
    }
}
