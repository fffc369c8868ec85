internal import ArgumentParser
internal import Desk
internal import ExtractionCore

struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch", abstract: "Fetch pages of the web and print what they say: one record a page.",
        discussion: """
            As the daemon does it: robots.txt is obeyed, a host is asked at its pace, private networks are not asked. \
            Prints JSON, or a summary for people on a terminal. Exit status 1 when a page gave no article.
            """)

    @Argument(help: "Addresses of articles.") var urls: [String]
    @Option(help: "text, json or markdown.") var format: ExtractCommand.Format?
    @OptionGroup var daemon: DaemonOptions

    func run() async throws {
        let configuration = try daemon.configuration()
        let extractor = Extractor(
            documents: DocumentReader(core: NewsReader(lexicon: .embedded())), parts: .everything,
            now: Instant(milliseconds: millisecondsNow()))
        var isComplete = true
        for url in urls {
            let trial = await PageTrial(url, configuration)
            guard let document = trial.document else {
                Output.error("\(url): \(trial.fault ?? "no answer")")
                isComplete = false
                continue
            }
            do {
                print(try extractor.documents.article(in: document), of: url, extractor)
            } catch {
                Output.error("\(url): \(error.message)")
                isComplete = false
            }
        }
        if !isComplete { throw ExitCode(1) }
    }

    private func print(_ article: Article, of url: String, _ extractor: Extractor) {
        let format = self.format ?? (Output.isTerminal ? .text : .json)
        if format == .json { return Output.write(extractor.record(of: article, id: url) + [0x0A]) }
        let page = ArticlePage(article: article, analysis: extractor.reader.analysis(of: article))
        Output.line(format == .text ? page.text : page.markdown)
    }
}
