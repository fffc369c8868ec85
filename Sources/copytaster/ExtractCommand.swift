internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Foundation

struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Read documents and print what they say: one record an input.",
        discussion: """
            Reads FILE … or standard input: plain text, Markdown, HTML, PDF, Word, mail, and what holds many articles: \
            zip, gz, mbox, WARC, JSON lines, feeds. Needs no daemon, database or network. Prints JSON, one object a \
            line and article, or a summary for people on a terminal.

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
    @Option(help: "Weights of the name tagger, as `copytaster train names` writes them.") var nameWeights: String?

    func run() async throws {
        var lexicon = Lexicon.embedded()
        if let nameWeights, !(Input.bytes(nameWeights).map { lexicon.setNameWeights($0) } ?? false) {
            Output.error("\(nameWeights): no weights of names")
            throw ExitCode(1)
        }
        let extractor = Extractor(
            documents: DocumentReader(core: NewsReader(lexicon: lexicon)),
            parts: only.flatMap { RecordParts(rawValue: $0.rawValue) } ?? .everything,
            now: Instant(milliseconds: millisecondsNow()))
        let isComplete = jsonl ? await readLines(extractor) : await readDocuments(extractor)
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

    /// True when everything gave a record.
    private func readDocuments(_ extractor: Extractor) async -> Bool {
        var isComplete = true
        for file in files.isEmpty ? ["-"] : files {
            guard let source = Input.source(file) else {
                Output.error("\(file): not readable")
                isComplete = false
                continue
            }
            let type = MediaTypeField(contentType)
            let document = Document(
                bytes: [], origin: file == "-" ? .standardInput : .file(name: file), mediaType: type.name,
                charset: type.charset, receivedAt: extractor.now, url: url, published: published.flatMap(Extractor.time)
            )
            if let members = extractor.documents.members(of: source, as: document) {
                isComplete = await printMembers(MemberParts(members), of: file, extractor) && isComplete
            } else {
                isComplete = print(page(of: source, document, file, extractor)) && isComplete
            }
        }
        return isComplete
    }

    /// What is printed for one article.
    private struct Page: Sendable {
        var output: [UInt8] = []
        var complaint: String?
        var wasRead = true
    }

    private func printMembers(_ parts: MemberParts, of file: String, _ extractor: Extractor) async -> Bool {
        let width = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        var parts = parts
        var isComplete = true
        var isLast = false
        while !isLast {
            let part = parts.next(members: 256, bytes: 4 << 20)
            isLast = part.isLast
            if isLast, part.first == 0, part.members.isEmpty {
                return print(page(.failure(.empty), file: file, member: nil, extractor))
            }
            let pages = await onAllCores(part.members, width: width) { member in
                let result = Result { () throws(DocumentError) in
                    try extractor.documents.article(in: try member.result.get())
                }
                return self.page(result, file: file, member: member.name, extractor)
            }
            for page in pages { isComplete = page.map(print) == true && isComplete }
        }
        return isComplete
    }

    private func page(
        of source: any ByteSource, _ document: Document, _ file: String, _ extractor: Extractor
    ) -> Page {
        let result = Result { () throws(DocumentError) in
            try extractor.documents.article(in: try extractor.documents.whole(source, as: document))
        }
        return page(result, file: file, member: nil, extractor)
    }

    private func page(
        _ result: Result<Article, DocumentError>, file: String, member: String?, _ extractor: Extractor
    ) -> Page {
        let format = self.format ?? (Output.isTerminal ? .text : .json)
        let name = file == "-" ? nil : file
        switch (result, format) {
        case (.success(let article), .json):
            return Page(output: extractor.record(of: article, id: member ?? name) + [0x0A])
        case (.success(let article), _):
            let page = ArticlePage(article: article, analysis: extractor.reader.analysis(of: article))
            return Page(output: Array(((format == .text ? page.text : page.markdown) + "\n").utf8))
        case (.failure(let error), .json):
            let record = Extractor.record(of: error, id: member ?? file, file: name, member: member)
            return Page(output: record + [0x0A], wasRead: false)
        case (.failure(let error), _):
            let place = file + (member.map { " (\($0))" } ?? "")
            return Page(complaint: "\(place): \(error.message)", wasRead: false)
        }
    }

    private func print(_ page: Page) -> Bool {
        if !page.output.isEmpty { Output.write(page.output) }
        if let complaint = page.complaint { Output.error(complaint) }
        return page.wasRead
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
