internal import ArgumentParser
internal import ExtractionCore

struct TrainNamesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "names",
        abstract: "Learn the weights of the name tagger from articles with marked names.",
        discussion: """
            A file holds one object a line: id, text, and entities, each with a type (PER, ORG or LOC; others are left \
            out) and start and end in Unicode scalars. Texts named with --news are those whose conventions count; the \
            others teach words and contexts. The weights are written to standard output. The same files in the same order give the same bytes. Use the result with \
            `copytaster extract --name-weights FILE`; Documentation/names.md says what the program's own weights were \
            made of.
            """)

    @Option(help: "A file of news; may be given again.") var news: [String] = []
    @Argument(help: "Files of other texts.") var files: [String] = []
    @Option(help: "Passes over all sentences.") var passes = 12
    @Option(help: "How many times to learn, each in another order; the mean is kept.") var runs = 1
    @Option(help: "How many features are kept.") var limit = 300_000
    @Option(help: "How much an article of news teaches beside one of the others.") var newsWeight: Float = 1
    @Option(help: "The templates of features, as the bits of a number; all without it.") var templates: UInt64?
    @Option(help: "Parts that the second pass over an article learns by; no second pass below 2.") var parts = 4
    @Option(help: "Taken off the score of being no name, in thousandths of the largest weight.") var eagerness = 0
    @Option(help: "How much of what is peculiar to the other texts goes into the weights.") var blend: Float = 0

    func run() throws {
        let lexicon = Lexicon.embedded()
        let reader = NewsReader(lexicon: lexicon)
        var options = NameTrainer.Options()
        options.passes = passes
        options.limit = limit
        options.runs = runs
        options.parts = parts
        options.templates = templates ?? .max
        options.eagerness = eagerness
        options.blend = blend
        var trainer = NameTrainer(lexicon: lexicon, options: options)
        for file in news { try add(file, isNews: true, reader, &trainer) }
        for file in files { try add(file, isNews: false, reader, &trainer) }
        Output.write(trainer.weights())
    }

    private func add(_ file: String, isNews: Bool, _ reader: NewsReader, _ trainer: inout NameTrainer) throws {
        guard let bytes = Input.bytes(file) else {
            Output.error("\(file): not readable")
            throw ExitCode(1)
        }
        for line in bytes.split(separator: 0x0A) {
            guard let value = JSONValue(parsing: line), let string = value["text"]?.string,
                let article = try? reader.article(
                    text: Array(string.utf8), url: nil, title: value["title"]?.string, published: nil),
                article.text.string == string
            else {
                Output.error("\(file): a line that is no article, or whose text is not kept as it is, was left out")
                continue
            }
            let offsets = Offsets(article.text)
            let names = (value["entities"]?.array ?? []).compactMap { offsets.name($0) }
            trainer.add(article, names: names, isNews: isNews, weight: isNews ? newsWeight : 1)
        }
    }

    /// Unicode scalars to UTF-8 offsets.
    private struct Offsets {
        private var starts: [Int] = []

        init(_ text: Text) {
            for (offset, byte) in text.bytes.enumerated() where byte & 0xC0 != 0x80 { starts.append(offset) }
            starts.append(text.count)
        }

        func name(_ entity: JSONValue) -> NameTrainer.MarkedName? {
            let kinds: [String: Entity.Kind] = ["PER": .person, "ORG": .organisation, "LOC": .place]
            guard let kind = entity["type"]?.string.flatMap({ kinds[$0] }), let start = entity["start"]?.int,
                let end = entity["end"]?.int, start >= 0, start < end, end < starts.count
            else { return nil }
            return NameTrainer.MarkedName(range: TextRange(starts[start], starts[end]), kind: kind)
        }
    }
}
