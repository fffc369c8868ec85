internal import ExtractionCore
internal import Stories

/// An article and its facts for a person.
struct ArticlePage {
    let article: Article
    let analysis: Analysis

    var markdown: String { ArticleMarkdown.page(of: article, analysis) }

    /// The headline, the summary and every fact with its source, each on a line.
    var text: String {
        var lines: [String] = []
        if let headline = article.headline { lines += [headline, ""] }
        lines += analysis.summary.map(article.shown)
        section("People and organisations", names, into: &lines)
        section("Places", places, into: &lines)
        section("Figures by source", tolls + quantities, into: &lines)
        section("Said", quotations, into: &lines)
        section("Claimed", claims, into: &lines)
        return lines.joined(separator: "\n")
    }

    private func section(_ title: String, _ items: [String], into lines: inout [String]) {
        guard !items.isEmpty else { return }
        lines += ["", title] + items.map { "  " + $0 }
    }

    private var names: [String] {
        analysis.entities.filter { $0.kind != .place }.sorted { ($1.mentions, $0.id) < ($0.mentions, $1.id) }.prefix(20)
            .map { entity in
                let aliases = entity.aliases.isEmpty ? "" : " (" + entity.aliases.joined(separator: ", ") + ")"
                return entity.name + aliases + (entity.role.map { ", " + $0 } ?? "")
                    + ", \(entity.kind.rawValue), \(entity.mentions)×"
            }
    }

    private var places: [String] {
        analysis.entities.filter { $0.kind == .place }.prefix(20).map { entity in
            entity.name + (entity.place?.countryName.map { $0 == entity.name ? "" : ", " + $0 } ?? "")
        }
    }

    private var tolls: [String] {
        analysis.tolls.map { toll in
            let figure =
                toll.high == .max
                ? "at least \(toll.low)" : toll.low == toll.high ? "\(toll.low)" : "\(toll.low)-\(toll.high)"
            let parts = [toll.victims, toll.cause, analysis.entity(toll.place)?.name, toll.time].compactMap { $0 }
            return "\(toll.outcome.rawValue) \(figure): " + source(toll.attribution)
                + (parts.isEmpty ? "" : " [" + parts.joined(separator: "; ") + "]")
        }
    }

    private var quantities: [String] {
        analysis.quantities.filter { $0.attribution != nil }.map {
            article.shown($0.range) + ": " + source($0.attribution)
        }
    }

    private var quotations: [String] {
        analysis.quotations.map { quotation in
            let speaker = quotation.speaker.map { $0.name + ($0.role.map { ", " + $0 } ?? "") } ?? "speaker not named"
            return "“" + article.shown(quotation.range) + "” (" + speaker + ")"
        }
    }

    private var claims: [String] { analysis.claims.map { source($0.attribution) + ": " + article.shown($0.range) } }

    private func source(_ attribution: Attribution?) -> String {
        guard let attribution else { return "no source named" }
        return attribution.name + " " + attribution.stance.rawValue
    }
}
