// libFuzzer's way into the core: the first byte picks the reader, the rest is the input; `--reader=eml` gives all of
// the input to one. Whatever comes in, nothing may trap; and what comes out must hold: ranges inside the text, records
// that are JSON.

import ExtractionCore

public typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>,
    _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// SwiftPM renames the main function of an executable to `TARGET_main`, so this is the entry point.
@_cdecl("fuzz_main")
public func fuzzMain(_ count: CInt, _ arguments: Arguments) -> CInt {
    // libFuzzer passes over flags that begin with two dashes.
    for index in 0..<Int(count) {
        guard let argument = arguments[index] else { continue }
        let words = String(cString: argument).split(separator: "=")
        if words.count == 2, words[0] == "--reader" { only = readers.firstIndex(of: String(words[1])).map(UInt8.init) }
    }
    var count = count
    var arguments = arguments
    return runDriver(&count, &arguments) { start, length in
        let bytes = UnsafeBufferPointer(start: start, count: length)
        if let only {
            exercise(only, Array(bytes))
        } else if let target = bytes.first {
            exercise(target, Array(bytes.dropFirst()))
        }
        return 0
    }
}

/// Set once, before the fuzzer begins.
nonisolated(unsafe) private var only: UInt8?

private let readers = ["text", "html", "feed", "jsonl", "charset", "dates", "eml", "mbox", "markdown", "any"]

private let reader = NewsReader(lexicon: .embedded())
private let now = Instant(milliseconds: 1_496_700_000_000)

/// Hands the bytes to one reader.
private func exercise(_ target: UInt8, _ bytes: [UInt8]) {
    switch Int(target) % readers.count {
    case 0: if let article = try? reader.article(text: bytes) { check(article) }
    case 1: read(bytes, type: "text/html", name: "page.html")
    case 2: read(bytes, type: "text/xml", name: "feed.xml")
    case 3: read(bytes, type: nil, name: "lines.jsonl")
    case 4: decode(bytes)
    case 5: dates(bytes)
    case 6: read(bytes, type: "message/rfc822", name: "mail.eml")
    case 7: read(bytes, type: "application/mbox", name: "mail.mbox")
    case 8: read(bytes, type: "text/markdown", name: "page.md")
    default: read(bytes, type: nil, name: "file")
    }
}

private func read(_ bytes: [UInt8], type: String?, name: String) {
    let document = Document(bytes: bytes, origin: .file(name: name), mediaType: type, receivedAt: now)
    if let feed = try? reader.feed(in: document) {
        var json = JSONWriter()
        json.object { feed.write(to: &$0) }
        precondition(JSONValue(parsing: json.bytes) != nil, "the feed is no JSON")
    }
    switch try? reader.contents(of: document) {
    case .article(let article): check(article)
    case .members(let members):
        for member in members.prefix(20) { if case .success(let article) = member.result { check(article) } }
    case nil: break
    }
}

private func check(_ article: Article) {
    let analysis = reader.analysis(of: article)
    let end = article.text.count
    func hold(_ range: TextRange) { precondition(range.lower >= 0 && range.lower <= range.upper && range.upper <= end) }
    analysis.tokens.forEach { hold($0.range) }
    analysis.sentences.forEach { hold($0.range) }
    analysis.mentions.forEach { hold($0.range) }
    analysis.times.forEach { hold($0.range) }
    analysis.quantities.forEach { hold($0.range) }
    analysis.tolls.forEach { hold($0.range) }
    analysis.quotations.forEach { hold($0.range) }
    analysis.claims.forEach { hold($0.range) }
    analysis.events.forEach { hold($0.range) }
    var json = JSONWriter()
    writeRecord(of: article, analysis, id: nil, parts: .everything, to: &json)
    precondition(JSONValue(parsing: json.bytes) != nil, "the record is no JSON")
}

/// The first byte picks the label.
private func decode(_ bytes: [UInt8]) {
    let labels: [String?] = [
        nil, "utf-8", "utf-16", "utf-16le", "utf-16be", "utf-32", "windows-1252", "shift_jis", "gb18030", "big5",
        "euc-kr", "iso-2022-jp", "koi8-r", "x",
    ]
    let label = labels[Int(bytes.first ?? 0) % labels.count]
    guard let text = try? Charset.decode(Array(bytes.dropFirst()), mediaTypeCharset: label) else { return }
    precondition(Text(repairing: text.utf8).bytes == text.utf8, "the decoded text is no UTF-8")
}

private func dates(_ bytes: [UInt8]) {
    let string = String(decoding: bytes, as: UTF8.self)
    if let time = FeedDate.time(string) { precondition(FeedDate.time(time.iso8601) != nil, "no date: \(time.iso8601)") }
    _ = CivilDate(iso8601: string)
    _ = canonicalURL(string)
    _ = OPML.outlines(in: bytes)
    _ = JSONValue(parsing: bytes)
}
