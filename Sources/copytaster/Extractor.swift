internal import Desk
internal import ExtractionCore
internal import Foundation

/// Documents and JSON lines to records.
struct Extractor: Sendable {
    let documents: DocumentReader
    let parts: RecordParts
    let now: Instant

    var reader: NewsReader { documents.core }

    static func time(_ text: String) -> ZonedTime? { FeedDate.time(text) }

    /// The record of one JSON line, and whether it was read.
    func record(line: ArraySlice<UInt8>) -> (record: [UInt8], wasRead: Bool) {
        guard let value = JSONValue(parsing: line), case .object = value else {
            return (Extractor.record(of: .undecodable("the line is no JSON object"), id: nil), false)
        }
        let id = value["id"]?.string ?? value["id"]?.int.map(String.init)
        do {
            let article = try article(of: value)
            let words = value["max_words"]?.int
            let sentences = value["max_sentences"]?.int
            return (record(of: article, id: id, sentences: sentences, words: words), true)
        } catch {
            return (Extractor.record(of: error, id: id), false)
        }
    }

    private func article(of line: JSONValue) throws(DocumentError) -> Article {
        let url = line["url"]?.string
        let published = (line["published"] ?? line["date"])?.string.flatMap(Extractor.time)
        if let text = line["text"]?.string {
            return try reader.article(
                text: Array(text.utf8), url: url, title: line["title"]?.string, published: published)
        }
        let type = MediaTypeField(line["content_type"]?.string)
        var document = Document(
            bytes: [], origin: .standardInput, mediaType: type.name, charset: type.charset, receivedAt: now, url: url,
            published: published, title: line["title"]?.string)
        if let html = line["html"]?.string {
            document.bytes = Array(html.utf8)
            document.mediaType = document.mediaType ?? "text/html"
            document.charset = "utf-8"
        } else if let path = line["path"]?.string {
            guard let source = Input.source(path) else { throw .undecodable("\(path): not readable") }
            document.origin = .file(name: path)
            return try documents.article(of: source, as: document)
        } else if let base64 = line["body_b64"]?.string, let data = Data(base64Encoded: base64) {
            return try documents.article(of: BytesInMemory([UInt8](data)), as: document)
        }
        return try documents.article(in: document)
    }

    func record(of article: Article, id: String?, sentences: Int? = nil, words: Int? = nil) -> [UInt8] {
        var json = JSONWriter()
        if parts == .summary {
            let text = tokenize(article, lexicon: reader.lexicon)
            let summary = summarise(text, maxSentences: sentences ?? (words == nil ? 3 : 40), maxWords: words ?? 0)
            json.object { json in
                json.member("id", id ?? article.id.hex)
                json.strings("summary", summary.map(article.shown))
            }
            return json.bytes
        }
        let analysis = parts == .article ? Analysis() : reader.analysis(of: article)
        writeRecord(of: article, analysis, id: id, parts: parts, to: &json)
        return json.bytes
    }

    static func record(of error: DocumentError, id: String?, file: String? = nil, member: String? = nil) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("id", id)
            json.member("file", file)
            json.member("member", member)
            json.object("error") { json in
                json.member("code", error.code)
                json.member("message", error.message)
            }
        }
        return json.bytes
    }
}
