/// What kind of document some bytes are, whatever their name or `Content-Type` says.
public enum DocumentKind: Hashable, Sendable {
    case plainText, html, feed, jsonFeed, jsonLines, markdown
    /// They say where articles are: a list of feeds, a list of addresses, a link of a desktop.
    case opml, addressList, shortcut
    /// One mail, or a file of many.
    case mail, mailbox
    /// Packed or holding many.
    case gzip, zip, warc
    /// A document of Word or of an office that writes OpenDocument.
    case word, openDocument
    /// Recognised, but nothing reads it; the name is for people, such as `pdf`.
    case unsupported(String)

    /// Looks at the first bytes, then at the first tag or object, and only then at what the transport says.
    public init(of document: Document) {
        let bytes = document.bytes
        if let kind = DocumentKind.archiveKind(bytes) {
            self = kind
        } else if let name = DocumentKind.binaryName(bytes) {
            self = .unsupported(name)
        } else {
            self = DocumentKind.textKind(bytes, mediaType: document.mediaType, name: document.name)
        }
    }

    /// The kind of a text whose encoding does not matter: everything asked about is ASCII.
    static func textKind(_ bytes: [UInt8], mediaType: String?, name: String?) -> DocumentKind {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start < bytes.count, ASCII.isSpace(bytes[start]) { start += 1 }
        guard start < bytes.count else { return .plainText }
        let name = name.map { ASCII.lowered($0.utf8) } ?? ""
        if bytes[start] == 0x7B || bytes[start] == 0x5B, let kind = jsonKind(bytes, start, mediaType, name) {
            return kind
        }
        if mediaType.map({ ["application/jsonl", "application/x-ndjson", "application/jsonlines"].contains($0) })
            == true
            || name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson")
        {
            return .jsonLines
        }
        if Shortcut.isShortcut(bytes, start, name) { return .shortcut }
        if AddressLines.isNamed(mediaType, name) { return .addressList }
        if let kind = MailForm.kind(bytes, start, mediaType, name) { return kind }
        if MarkdownForm.isNamed(mediaType, name), !MarkdownForm.isPage(bytes, start) { return .markdown }
        if let kind = markupKind(bytes, start, mediaType, name) { return kind }
        return MarkdownForm(bytes, from: start).isMarkdown ? .markdown : .plainText
    }

    private static func jsonKind(_ bytes: [UInt8], _ start: Int, _ mediaType: String?, _ name: String) -> DocumentKind?
    {
        let head = start..<min(bytes.count, start + 4096)
        if ASCII.find("jsonfeed.org/version", in: bytes, head) != nil || mediaType == "application/feed+json" {
            return .jsonFeed
        }
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") { return .jsonLines }
        if bytes[start] == 0x7B, JSONLines.hasRecord(in: bytes) { return .jsonLines }
        guard let value = JSONValue(parsing: bytes) else { return nil }
        if value["items"] != nil { return .jsonFeed }
        if JSONLines.isRecord(value) || value.array.contains(where: JSONLines.isRecord) { return .jsonLines }
        return .unsupported("json")
    }

    /// Decided by the first tag; text before it is junk only in front of a feed.
    private static func markupKind(_ bytes: [UInt8], _ start: Int, _ mediaType: String?, _ name: String)
        -> DocumentKind?
    {
        let isDeclared = mediaType.map { $0.hasSuffix("html") || $0.hasSuffix("html+xml") } ?? false
        let isNamed = name.hasSuffix(".html") || name.hasSuffix(".htm") || name.hasSuffix(".xhtml")
        let beginsWithTag = bytes[start] == 0x3C
        var tokens = MarkupTokenizer(bytes, isXML: true, from: start)
        var steps = 0
        while steps < 64, tokens.next(), tokens.range.lowerBound < start + 16_384 {
            steps += 1
            if tokens.kind == .doctype {
                if ASCII.find(
                    "html", in: bytes,
                    tokens.content.lowerBound..<min(tokens.content.upperBound, tokens.content.lowerBound + 64)) != nil
                {
                    return .html
                }
            }
            guard tokens.kind == .startTag else { continue }
            let root = tokens.lowerName
            switch root.split(separator: ":").last.map(String.init) ?? root {
            case "rss", "feed", "rdf", "channel": return .feed
            case "entry" where beginsWithTag: return .feed
            case "opml": return .opml
            case "urlset", "sitemapindex": return .unsupported("sitemap")
            case "svg" where beginsWithTag: return .unsupported("svg image")
            case "html", "head", "body": return .html
            case "nitf": return .unsupported("nitf")
            case "newsitem" where beginsWithTag: return .unsupported("newsml")
            default:
                if isDeclared || isNamed { return .html }
                guard beginsWithTag else { return nil }
                if HTMLTag(name: Array(root.utf8)) != .unknown { return .html }
                return ASCII.find("<?xml", in: bytes, start..<min(bytes.count, start + 8)) != nil
                    ? .unsupported("xml") : nil
            }
        }
        return isDeclared || isNamed ? .html : nil
    }
}

extension DocumentKind {
    /// The name of a binary format by its first bytes.
    static func binaryName(_ bytes: [UInt8]) -> String? {
        func begins(_ ascii: StaticString) -> Bool { bytes.starts(with: ascii.description.utf8) }
        for (mark, name) in marks where bytes.starts(with: mark) { return name }
        if bytes.count >= 262, bytes[257..<262].elementsEqual("ustar".utf8) { return "tar" }
        if begins("{\\rtf") { return "rtf" }
        if let pdf = ASCII.find("%pdf-", in: bytes, 0..<min(bytes.count, 64)), pdf < 32, !begins("<") { return "pdf" }
        if begins("RIFF"), bytes.count >= 12 {
            switch String(decoding: bytes[8..<12], as: UTF8.self) {
            case "WEBP": return "webp image"
            case "WAVE": return "wav audio"
            default: return "avi video"
            }
        }
        if bytes.count >= 12, bytes[4..<8].elementsEqual("ftyp".utf8) { return "mp4 video" }
        return nil
    }

    private static let marks: [([UInt8], String)] = [
        ([0x42, 0x5A, 0x68], "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd"), ([0x37, 0x7A, 0xBC, 0xAF], "7z"), ([0x52, 0x61, 0x72, 0x21], "rar"),
        ([0xFF, 0xD8, 0xFF], "jpeg image"), ([0x89, 0x50, 0x4E, 0x47], "png image"),
        ([0x47, 0x49, 0x46, 0x38], "gif image"), ([0x49, 0x49, 0x2A, 0x00], "tiff image"),
        ([0x4D, 0x4D, 0x00, 0x2A], "tiff image"), ([0x00, 0x00, 0x01, 0x00], "icon image"),
        ([0x49, 0x44, 0x33], "mp3 audio"), ([0xFF, 0xFB, 0x90], "mp3 audio"), ([0x4F, 0x67, 0x67, 0x53], "ogg audio"),
        ([0x66, 0x4C, 0x61, 0x43], "flac audio"), ([0x1A, 0x45, 0xDF, 0xA3], "matroska video"),
        ([0xD0, 0xCF, 0x11, 0xE0], "doc"), ([0x7F, 0x45, 0x4C, 0x46], "program"),
        ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20], "sqlite"),
    ]

    /// What is unpacked before it is read.
    private static func archiveKind(_ bytes: [UInt8]) -> DocumentKind? {
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6]) {
            return ZipArchive.kind(of: BytesInMemory(bytes))
        }
        return bytes.starts(with: "WARC/".utf8) ? .warc : nil
    }

    /// Whether its bytes are no text of one encoding: each part of a mail has its own.
    public var isBinary: Bool {
        switch self {
        case .gzip, .zip, .warc, .word, .openDocument, .mail, .mailbox, .unsupported: true
        case .plainText, .html, .markdown, .feed, .jsonFeed, .jsonLines, .opml, .addressList, .shortcut: false
        }
    }
}

extension Document {
    /// The name it was dropped under or has in its container, or its address.
    var name: String? {
        switch origin {
        case .file(let name, let member): member ?? name
        case .entry, .page, .standardInput: url
        }
    }
}
