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

private let readers = [
    "text", "html", "feed", "jsonl", "charset", "dates", "eml", "mbox", "markdown", "any", "gzip", "zip", "warc",
    "docx", "gazetteer",
]

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
    case 9: read(bytes, type: nil, name: "file")
    case 10: unpack(bytes, name: "wire.gz")
    case 11: unpack(bytes, name: "wire.zip")
    case 12: unpack(bytes, name: "wire.warc")
    case 13: word(bytes)
    default: lookUp(bytes)
    }
}

/// A gazetteer whose head fits its length, so that what follows is read: the first two bytes say how much of it is what.
private func lookUp(_ bytes: [UInt8]) {
    _ = Gazetteer(image: bytes).entries(named: "A")
    guard bytes.count > 2 else { return }
    let slots = 1 << Int(bytes[0] & 7)
    let body = bytes.dropFirst(2)
    let places = min(Int(bytes[1]), max(0, body.count - slots * 4) / 24)
    let names = body.count - slots * 4 - places * 24
    guard names >= 0 else { return }
    var image: [UInt8] = []
    for value in [0x5A47_5443, 1, places, slots, names, places, 0] {
        for shift in stride(from: 0, to: 32, by: 8) { image.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    let gazetteer = Gazetteer(image: image + body)
    for start in stride(from: 0, to: body.count, by: 3) {
        let name = String(decoding: body.dropFirst(start).prefix(1 + start % 9), as: UTF8.self)
        for entry in gazetteer.entries(named: name) { _ = gazetteer.country(entry.country) }
        _ = gazetteer.contains(name)
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
    analysis.places.forEach { hold($0.range) }
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

/// Walks a container; what comes after a member must not depend on how one came there.
private func unpack(_ bytes: [UInt8], name: String) {
    let document = Document(bytes: [], origin: .file(name: name), receivedAt: now)
    var limits = ContainerLimits()
    limits.members = 1000
    limits.memberBytes = 1 << 20
    limits.unpacked = 8 << 20
    guard var all = MemberReader(source: BytesInMemory(bytes), as: document, limits: limits) else { return }
    var names: [String] = []
    while let (name, result) = all.next() {
        names.append(name)
        guard names.count <= 8, case .success(let part) = result else { continue }
        precondition(part.bytes.count <= limits.memberBytes, "a member over the limit")
        if part.bytes.count <= 4096, let article = try? reader.article(in: part) { check(article) }
    }
    precondition(names.count <= limits.members + 1, "more members than the limit")
    let place = names.count / 2
    guard var rest = MemberReader(source: BytesInMemory(bytes), as: document, limits: limits) else { return }
    rest.skip(place)
    precondition(rest.next()?.name == names.dropFirst(place).first, "another member after skipping")
}

/// A Word document, or the text of one.
private func word(_ bytes: [UInt8]) {
    let isArchive = bytes.starts(with: [0x50, 0x4B])
    let file = isArchive ? bytes : stored(bytes, as: Array("word/document.xml".utf8))
    let document = Document(bytes: file, origin: .file(name: "a.docx"), receivedAt: now)
    if let article = try? reader.article(in: document) { check(article) }
}

/// A zip file with one member.
private func stored(_ bytes: [UInt8], as name: [UInt8]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
    var checksum = ~UInt32(0)
    for byte in bytes {
        checksum ^= UInt32(byte)
        for _ in 0..<8 { checksum = checksum & 1 == 0 ? checksum >> 1 : checksum >> 1 ^ 0xEDB8_8320 }
    }
    let sizes = number(Int(~checksum), 4) + number(bytes.count, 4) + number(bytes.count, 4)
    return [0x50, 0x4B, 3, 4] + number(20, 2) + number(0, 8) + sizes + number(name.count, 2) + number(0, 2) + name
        + bytes
}
