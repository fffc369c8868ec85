public import ExtractionCore

/// Which filings deserve an alert.
public struct AlertPolicy: Hashable, Sendable {
    public let rules: [AlertRule]

    public init(rules: [AlertRule]) { self.rules = rules }

    /// The alerts for an article that was just filed; none for a duplicate. Rules are tried in their order.
    /// `story` is the story it was filed under, with the tolls of earlier articles.
    public func alerts(
        for filing: Filing, _ article: Article, _ analysis: Analysis, in story: Story?
    ) -> [Alert] {
        guard filing.kind != .duplicate else { return [] }
        return rules.flatMap { rule in
            switch rule {
            case .words(let words, _): wordAlerts(rule, words, filing, article)
            case .toll(let outcome, let count, _): tollAlerts(rule, outcome, count, filing, article, analysis)
            case .rivals(let ratio, let difference, _):
                rivalAlerts(rule, ratio, difference, filing, story, analysis, article)
            }
        }
    }

    // MARK: Words

    private func wordAlerts(_ rule: AlertRule, _ words: [String], _ filing: Filing, _ article: Article) -> [Alert] {
        for word in words {
            let inText = occurrence(of: word, in: article.text.bytes)
            let inHeadline = article.headline.map { occurrence(of: word, in: Array($0.utf8)) != nil } ?? false
            guard inText != nil || inHeadline else { continue }
            let place = inText == nil ? "headline" : "text"
            return [
                Alert(
                    rule: rule, story: filing.story, reason: "“\(word)” stands in the \(place)", article: article.id,
                    evidence: inText.map { [$0] } ?? [], key: "words:\(word.lowercased()):\(filing.story.value)")
            ]
        }
        return []
    }

    /// The first place where a word or phrase stands as whole words, whatever its case.
    func occurrence(of phrase: String, in bytes: [UInt8]) -> TextRange? {
        let wanted = Array(phrase.lowercased().utf8)
        guard let first = wanted.first, wanted.count <= bytes.count else { return nil }
        // Lower-casing may change the length of rare letters, so other scripts are compared as they are written.
        let exact = Array(phrase.utf8)
        for start in 0...(bytes.count - wanted.count) {
            guard folded(bytes[start]) == first || bytes[start] == exact.first else { continue }
            let end = start + wanted.count
            let isSame = zip(bytes[start..<end], wanted).allSatisfy { folded($0) == $1 }
            let isExact = exact.count == wanted.count && bytes[start..<end].elementsEqual(exact)
            guard isSame || isExact else { continue }
            let startsWord = start == 0 || !isWordByte(bytes[start - 1])
            let endsWord = end == bytes.count || !isWordByte(bytes[end])
            if startsWord, endsWord { return TextRange(start, end) }
        }
        return nil
    }

    private func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 32 : byte }

    private func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    // MARK: Tolls

    private func tollAlerts(
        _ rule: AlertRule, _ outcome: Toll.Outcome, _ count: Int, _ filing: Filing, _ article: Article,
        _ analysis: Analysis
    ) -> [Alert] {
        analysis.tolls.enumerated().compactMap { index, toll in
            guard toll.outcome == outcome, toll.low >= count else { return nil }
            let source = toll.attribution?.name
            return Alert(
                rule: rule, story: filing.story, reason: describe(toll, analysis), article: article.id,
                evidence: [toll.range],
                key: "toll:\(outcome.rawValue):\(source ?? ""):\(toll.low):\(filing.story.value)")
        }
    }

    private func describe(_ toll: Toll, _ analysis: Analysis) -> String {
        let figure =
            toll.high == .max
            ? "at least \(toll.low)" : toll.low == toll.high ? "\(toll.low)" : "\(toll.low)-\(toll.high)"
        let parts = [toll.cause, analysis.entity(toll.place)?.name, toll.time.map(timeInWords)].compactMap { $0 }
        let source = toll.attribution.map { ", \($0.name) \($0.stance.rawValue)" } ?? ", no source named"
        return "\(toll.outcome.rawValue): \(figure)" + source
            + (parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")")
    }

    // MARK: Rival tolls

    private func rivalAlerts(
        _ rule: AlertRule, _ ratio: Double, _ difference: Int, _ filing: Filing, _ story: Story?,
        _ analysis: Analysis, _ article: Article
    ) -> [Alert] {
        let known = filing.tolls + (story?.tolls ?? [])
        return filing.rivals.compactMap { ids in
            let tolls = ids.compactMap { id in known.first { $0.id == id } }.sorted { $0.low < $1.low }
            guard let least = tolls.first, let most = tolls.last, least.id != most.id else { return nil }
            let factor = Double(most.low) / Double(max(1, least.low))
            guard factor >= ratio, most.low - least.low >= difference else { return nil }
            let topic = [
                most.outcome.rawValue, most.cause ?? least.cause, most.place ?? least.place,
                (most.time ?? least.time).map(timeInWords),
            ]
            let sides =
                "\(least.shown) (\(least.source ?? "no source named")) against \(most.shown) (\(most.source ?? "no source named"))"
            let ranges = ids.compactMap { id -> TextRange? in
                guard let index = filing.tolls.firstIndex(where: { $0.id == id }), index < analysis.tolls.count else {
                    return nil
                }
                return analysis.tolls[index].range
            }
            let hundredths = Int((factor * 100).rounded())
            return Alert(
                rule: rule, story: filing.story,
                reason: topic.compactMap { $0 }.joined(separator: ", ") + ": " + sides
                    + ", ratio \(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)",
                article: article.id, evidence: ranges,
                key: "rival:\(most.outcome.rawValue):\(least.low):\(most.low):\(filing.story.value)")
        }
    }
}
