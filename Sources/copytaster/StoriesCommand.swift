internal import ArgumentParser
internal import Desk
internal import ExtractionCore
internal import Foundation
internal import Stories

struct StoriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stories",
        abstract: "Tell repeats, updates and stories apart in a stream of articles.",
        discussion: """
            Standard input: JSON lines {id, title, text, published or date, url} in the order of arrival. Out: one line \
            each with duplicate_of or update_of, changes, and the story.

            With --state the verdicts are kept in DIR: killed at any moment and run again, it repeats the verdicts it \
            gave and goes on.
            """)

    @Flag(help: "JSON lines in and out; the only form there is.") var jsonl = false
    @Option(help: "A folder that remembers verdicts over restarts.") var state: String?

    @Option(help: "Days without news after which a story is closed.") var storyDays = 14
    @Option(help: "Days for which copies and updates of a text are recognised.") var textDays = 90

    func validate() throws {
        guard (1...10_000).contains(storyDays), (1...10_000).contains(textDays) else {
            throw ValidationError("days go from 1 to 10000")
        }
    }

    func run() async throws {
        ProcessMemory.settle()
        var windows = StoryStream.Windows()
        (windows.stories, windows.texts) = (storyDays, textDays)
        let reader = NewsReader(lexicon: .embedded())
        var stream = StoryStream(windows: windows) { reader.figureAnalysis(of: $0) }
        let journal = try state.map { folder in
            guard let journal = StoryJournal(folder: folder) else {
                Output.error("\(folder): cannot be written, or another copytaster uses it")
                throw ExitCode(75)
            }
            return journal
        }
        if let journal, !journal.restore(into: &stream) {
            Output.error("the state folder cannot be read")
            throw ExitCode(74)
        }
        if let journal {
            stream.storedText = { journal.text(of: $0) }
        } else if let spill = TextSpill(folder: ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp") {
            (stream.storedText, stream.storeText) = ({ spill.text(of: $0) }, { spill.add($1, of: $0) })
        }
        await Input.eachLines { lines in
            var answers: [UInt8] = []
            for line in lines { answers += (journal?.answer(to: line, &stream) ?? stream.line(Array(line))) + [0x0A] }
            // An answer that might be forgotten must not be given.
            if let journal, !journal.synchronise() {
                Output.error("the state folder cannot be written")
                StoriesCommand.exit(withError: ExitCode(74))
            }
            Output.write(answers)
            journal?.saveImage(of: stream)
        }
        journal?.saveImage(of: stream, atEnd: true)
    }
}
