/// What of a record is wanted.
public enum RecordParts: String, Sendable, CaseIterable {
    case everything, article, analysis, summary
}

/// Writes the record of `copytaster extract` for one article: one JSON object on one line.
///
/// Offsets are Unicode scalars; what is unknown is left out. `id` is the caller's, where it has one.
public func writeRecord(
    of article: Article, _ analysis: Analysis, id: String? = nil, parts: RecordParts = .everything,
    to json: inout JSONWriter
) {
    let writer = RecordWriter(
        article: article, analysis: analysis, facts: FactWriter(article: article, analysis: analysis))
    json.object { json in
        json.member("id", id ?? article.id.hex)
        if parts != .summary { writer.head(to: &json) }
        if parts == .everything || parts == .article { writer.body(to: &json) }
        if parts != .article { writer.summary(to: &json) }
        if parts == .everything || parts == .analysis { writer.facts(to: &json) }
    }
}

private struct RecordWriter {
    let article: Article
    let analysis: Analysis
    let facts: FactWriter

    func head(to json: inout JSONWriter) {
        if case .file(let name, let member) = article.origin {
            json.member("file", name)
            json.member("member", member)
        }
        json.member("url", article.url)
        json.member("canonical_url", article.canonicalURL)
        json.member("site", article.site)
        json.member("title", article.headline)
        json.member("standfirst", article.standfirst)
        json.strings("authors", article.bylines)
        json.member("published", article.published?.iso8601)
        json.member("modified", article.details.modified?.iso8601)
        json.member("content_date", article.contentDate?.iso8601)
        json.member("content_date_basis", article.contentDateBasis)
        if let dateline = article.dateline {
            json.object("dateline") {
                $0.member("place", dateline.place)
                $0.member("date", dateline.date?.iso8601)
                $0.member("agency", dateline.agency)
            }
        }
        json.member("language", article.language)
        json.member("section", article.details.section)
        json.member("paywalled", article.details.isPaywalled)
        json.member("confidence", article.details.confidence.map { ($0 * 100).rounded() / 100 })
        if !article.details.sources.isEmpty {
            let sources = article.details.sources.map { JSONValue.Member($0.field, .string($0.source.rawValue)) }
            json.member("sources", JSONValue.object(sources))
        }
    }

    func body(to json: inout JSONWriter) {
        json.member("text", article.text.string)
        json.objects("blocks", article.blocks) { json, block in
            facts.offsetMembers(block.range, to: &json)
            json.member("kind", block.kind.rawValue)
        }
        json.strings("captions", article.captions)
        json.objects("live_entries", article.details.liveEntries) { json, entry in
            json.member("time", entry.time)
            json.member("heading", entry.heading)
            facts.offsetMembers(entry.range, to: &json)
        }
        json.objects("repairs", article.repairs) { json, repair in
            facts.offsetMembers(repair.range, to: &json)
            json.member("by", repair.replacement)
        }
    }

    func summary(to json: inout JSONWriter) {
        json.strings("summary", analysis.summary.map(article.shown))
        json.objects("summary_ranges", analysis.summary) { facts.offsetMembers($1, to: &$0) }
    }

    func facts(to json: inout JSONWriter) {
        names(to: &json)
        json.objects("times", analysis.times) { json, time in
            facts.span(time.range, to: &json)
            json.member("value", time.value)
            json.member("type", time.kind.rawValue)
        }
        json.objects("quantities", analysis.quantities) { json, quantity in
            facts.span(quantity.range, to: &json)
            facts.quantityMembers(quantity, to: &json)
        }
        json.objects("tolls", analysis.tolls) { json, toll in
            facts.span(toll.range, to: &json)
            facts.tollMembers(toll, to: &json)
            json.member("place", toll.place)
        }
        json.objects("quotations", analysis.quotations) { json, quotation in
            facts.span(quotation.range, to: &json)
            facts.quotationMembers(quotation, to: &json)
        }
        json.objects("claims", analysis.claims) { json, claim in
            facts.span(claim.range, to: &json)
            facts.claimMembers(claim, to: &json)
        }
        places(to: &json)
        answers(to: &json)
        json.objects("events", analysis.events) { json, event in
            facts.span(event.range, to: &json)
            facts.eventMembers(event, to: &json)
        }
        json.objects("background", analysis.background) { facts.span($1, to: &$0) }
        fingerprint(to: &json)
        notes(to: &json)
    }

    private func names(to json: inout JSONWriter) {
        json.objects("entities", analysis.entities) { json, entity in
            json.member("id", entity.id)
            json.member("kind", entity.kind.rawValue)
            json.member("name", entity.name)
            json.strings("aliases", entity.aliases)
            json.member("mentions", entity.mentions)
            json.member("role", entity.role)
            json.member("latitude", entity.place?.latitude)
            json.member("longitude", entity.place?.longitude)
            json.member("country", entity.place?.country)
            json.member("gazetteer", entity.place?.id)
        }
        json.objects("mentions", analysis.mentions) { json, mention in
            facts.offsetMembers(mention.range, to: &json)
            // A pronoun names nobody: whom it means is the entity's business.
            let isPronoun = mention.form == .pronoun
            json.member("kind", isPronoun ? "pronoun" : analysis.entity(mention.entity)?.kind.rawValue)
            json.member("entity", mention.entity)
            json.member("text", article.shown(mention.range))
            json.member("form", mention.form.rawValue)
        }
    }

    private func places(to json: inout JSONWriter) {
        var mention = 0
        json.objects("places", analysis.places) { json, found in
            while mention < analysis.mentions.count, analysis.mentions[mention].range.end < found.range.end {
                mention += 1
            }
            let holds =
                mention < analysis.mentions.count && analysis.mentions[mention].range.start <= found.range.start
            if holds, analysis.mentions[mention].range == found.range {
                json.member("mention", mention)
            } else {
                facts.offsetMembers(found.range, to: &json)
                if holds { json.member("within", mention) }
            }
            json.member("latitude", found.place.latitude)
            json.member("longitude", found.place.longitude)
            json.member("country", found.place.country)
            json.member("id", found.place.id)
        }
    }

    private func answers(to json: inout JSONWriter) {
        guard analysis.w5 != W5() else { return }
        json.object("w5") {
            $0.member("who", analysis.w5.who)
            $0.member("what", analysis.w5.what)
            $0.member("where", analysis.w5.place)
            $0.member("when", analysis.w5.when)
        }
    }

    private func fingerprint(to json: inout JSONWriter) {
        let fingerprint = analysis.fingerprint
        guard fingerprint.exact != nil || !fingerprint.sketch.isEmpty else { return }
        json.object("fingerprint") {
            $0.member("text", fingerprint.exact?.hex)
            $0.strings("sketch", fingerprint.sketch.map { String($0, radix: 16) })
        }
    }

    private func notes(to json: inout JSONWriter) {
        json.objects("notes", analysis.notes) { json, note in
            if let range = note.range { facts.offsetMembers(range, to: &json) }
            json.member("note", note.text)
        }
    }
}
