import ExtractionCore

extension JSONWriter {
    /// Writes the members of a change.
    mutating func change(_ change: Change) {
        member("kind", change.kind.rawValue)
        member("outcome", change.outcome?.rawValue)
        figure("from", change.from)
        figure("to", change.to)
        if let source = change.source { object("source") { $0.member("name", source) } }
        member("supersedes", change.supersedes)
        member("summary", change.summary)
    }

    /// A number, or a range when the ends differ.
    private mutating func figure(_ name: StaticString, _ figure: FigureRange?) {
        guard let figure else { return }
        if figure.low == figure.high { return member(name, figure.low) }
        object(name) { writer in
            writer.member("low", figure.low)
            writer.member("high", figure.high)
        }
    }
}
