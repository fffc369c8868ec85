internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Foundation

struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Read documents and print what they say: one record an input.",
        discussion: """
            Reads FILE … or standard input: plain text, HTML, JSON lines, feeds. Needs no daemon, database or network. \
            Prints JSON, one object a line, or a summary for people on a terminal.

            With --jsonl, standard input holds one object a line with an id and one of text, html, path or body_b64, \
            and maybe title, url, published and content_type; one record a line comes out, in the same order.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, markdown }
    enum Part: String, ExpressibleByArgument, CaseIterable { case article, analysis, summary }

    @Argument(help: "Documents; standard input without any.") var files: [String] = []
    @Option(help: "The address the document came from.") var url: String?
    @Option(help: "When it was published, such as 2017-06-06.") var published: String?
    @Option(help: "What the document is, such as text/html.") var contentType: String?
    @Option(help: "text, json or markdown.") var format: Format?
    @Flag(help: "Read JSON lines from standard input.") var jsonl = false
    @Option(help: "Print only the article, the analysis or the summary.") var only: Part?
    @Option(help: "Threads; one a core without it.") var jobs: Int?

    func run() async throws {
        let extractor = Extractor(
            reader: NewsReader(lexicon: .embedded()),
            parts: only.flatMap { RecordParts(rawValue: $0.rawValue) } ?? .everything,
            now: Instant(milliseconds: millisecondsNow()))
        let isComplete = jsonl ? await readLines(extractor) : readDocuments(extractor)
        if !isComplete { throw ExitCode(1) }
    }

    /// True when every line gave a record.
    private func readLines(_ extractor: Extractor) async -> Bool {
        let width = max(1, jobs ?? ProcessInfo.processInfo.activeProcessorCount)
        var isComplete = true
        await Input.eachLines { lines in
            let size = max(1, (lines.count + width - 1) / width)
            let pieces = stride(from: 0, to: lines.count, by: size).map { lines[$0..<min($0 + size, lines.count)] }
            let results = await withTaskGroup(of: (Int, [UInt8], Bool).self) { group in
                for (index, piece) in pieces.enumerated() {
                    group.addTask {
                        var out: [UInt8] = []
                        var isFine = true
                        for line in piece {
                            let (record, wasRead) = extractor.record(line: line)
                            out += record
                            out.append(0x0A)
                            isFine = isFine && wasRead
                        }
                        return (index, out, isFine)
                    }
                }
                var all = [[UInt8]](repeating: [], count: pieces.count)
                for await (index, out, isFine) in group {
                    all[index] = out
                    isComplete = isComplete && isFine
                }
                return all
            }
            for result in results { Output.write(result) }
        }
        return isComplete
    }

    private func readDocuments(_ extractor: Extractor) -> Bool {
        var isComplete = true
        for file in files.isEmpty ? ["-"] : files {
            guard let bytes = Input.bytes(file) else {
                Output.error("\(file): not readable")
                isComplete = false
                continue
            }
            let type = MediaTypeField(contentType)
            let document = Document(
                bytes: bytes, origin: file == "-" ? .standardInput : .file(name: file), mediaType: type.name,
                charset: type.charset, receivedAt: extractor.now, url: url, published: published.flatMap(Extractor.time)
            )
            for (name, result) in extractor.articles(in: document) {
                isComplete = print(result, id: name ?? file, extractor) && isComplete
            }
        }
        return isComplete
    }

    private func print(_ result: Result<Article, DocumentError>, id: String, _ extractor: Extractor) -> Bool {
        let format = self.format ?? (Output.isTerminal ? .text : .json)
        switch (result, format) {
        case (.success(let article), .json):
            Output.write(extractor.record(of: article, id: id == "-" ? nil : id) + [0x0A])
        case (.success(let article), _):
            let page = ArticlePage(article: article, analysis: extractor.reader.analysis(of: article))
            Output.line(format == .text ? page.text : page.markdown)
        case (.failure(let error), .json): Output.write(Extractor.record(of: error, id: id) + [0x0A])
        case (.failure(let error), _): Output.error("\(id): \(error.message)")
        }
        if case .failure = result { return false }
        return true
    }
}

/// `text/html; charset=utf-8`, taken apart.
struct MediaTypeField {
    let name: String?
    let charset: String?

    init(_ field: String?) {
        let parts = (field ?? "").lowercased().split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        name = parts.first.flatMap { $0.isEmpty ? nil : $0 }
        charset = parts.dropFirst().first { $0.hasPrefix("charset=") }
            .map { $0.dropFirst(8).trimmingCharacters(in: CharacterSet(charactersIn: "\"' ")) }
    }
}
