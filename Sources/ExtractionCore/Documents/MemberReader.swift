/// How much is taken out of a container before it is thought to be a trap.
public struct ContainerLimits: Hashable, Sendable {
    public var members = 100_000
    /// Bytes of all members together.
    public var unpacked = 1 << 30
    public var memberBytes = 16 << 20
    public init() {}
}

/// Walks the members of a container one at a time, in memory that does not grow with the container.
public struct MemberReader: Sendable {
    private var walk: Walk
    private let limits: ContainerLimits
    private var count = 0

    private enum Walk {
        case lines(LineWalk)
        case listed(ListedWalk)
        case mail(ListedMail)
        case mailbox(MailboxWalk)
    }

    /// Nil when the source is no container: then it is one document. `document` says what is known of it, without bytes.
    public init?(source: any ByteSource, as document: Document, limits: ContainerLimits = .init()) {
        self.limits = limits
        var head = document
        guard let start = try? source.bytes(at: 0, count: MemberReader.headBytes) else { return nil }
        head.bytes = start
        let kind = DocumentKind(of: head)
        let isWhole = start.count == source.count
        switch kind {
        case .jsonLines where !isWhole || JSONValue(parsing: start) == nil:
            walk = .lines(LineWalk(source: source, document: document, limit: limits.memberBytes))
        case .jsonLines, .feed, .jsonFeed, .unsupported("json"):
            guard source.count <= limits.memberBytes else { return nil }
            head.bytes = (try? source.bytes(at: 0, count: source.count)) ?? []
            guard let listed = ListedWalk(head) else { return nil }
            walk = .listed(listed)
        case .mail:
            guard let mail = ListedMail(source, document, limits) else { return nil }
            walk = .mail(mail)
        case .mailbox: walk = .mailbox(MailboxWalk(source: source, document: document, limit: limits.memberBytes))
        default: return nil
        }
    }

    private static let headBytes = 1 << 16

    /// The next member as a document of its own, or why it cannot be read; nil at the end.
    public mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        guard count <= limits.members else { return nil }
        count += 1
        if count > limits.members {
            return (String(count), .failure(.tooLarge(bytes: count, limit: limits.members)))
        }
        switch walk {
        case .lines(var lines):
            walk = .listed(ListedWalk())
            defer { walk = .lines(lines) }
            return lines.next()
        case .listed(var listed):
            defer { walk = .listed(listed) }
            return listed.next()
        case .mail(var mail):
            walk = .listed(ListedWalk())
            defer { walk = .mail(mail) }
            return mail.next()
        case .mailbox(var box):
            walk = .listed(ListedWalk())
            defer { walk = .mailbox(box) }
            return box.next()
        }
    }

    /// Passes over so many members.
    public mutating func skip(_ count: Int) { for _ in 0..<max(0, count) where next() == nil { return } }
}

/// JSON records of one line each.
private struct LineWalk {
    private let source: any ByteSource
    private let document: Document
    private let limit: Int
    private var offset = 0
    private var number = 0
    private var chunk: [UInt8] = []
    private var position = 0

    init(source: any ByteSource, document: Document, limit: Int) {
        self.source = source
        self.document = document
        self.limit = limit
    }

    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        while let (line, length) = nextLine() {
            number += 1
            let range = ASCII.trimmed(line, 0..<line.count)
            if length > limit {
                return (String(number), .failure(.tooLarge(bytes: length, limit: limit)))
            }
            if range.isEmpty { continue }
            guard let value = JSONValue(parsing: line[range]) else {
                return (String(number), .failure(.undecodable("line \(number) is no JSON")))
            }
            return document.member(value, number: number)
        }
        return nil
    }

    /// A line without its end, and its length; what is longer than the limit is passed over.
    private mutating func nextLine() -> (line: [UInt8], length: Int)? {
        var line: [UInt8] = []
        var length = 0
        while true {
            if position == chunk.count {
                chunk = (try? source.bytes(at: offset, count: 1 << 20)) ?? []
                offset += chunk.count
                position = 0
                if chunk.isEmpty { return length == 0 ? nil : (line, length) }
            }
            let end = chunk[position...].firstIndex(of: 0x0A) ?? chunk.count
            length += end - position
            if length <= limit { line += chunk[position..<end] } else { line = [] }
            position = min(end + 1, chunk.count)
            if end < chunk.count { return (line, length) }
        }
    }
}

/// What must be read whole before its members are known: a feed, or one JSON value over many lines.
private struct ListedWalk {
    private var members: [(name: String, result: Result<Document, DocumentError>)] = []
    private var index = 0

    init() {}

    init?(_ document: Document) {
        if let value = JSONValue(parsing: document.bytes) {
            let records = value.array.isEmpty ? [value] : value.array
            if records.contains(where: JSONLines.isRecord) {
                members = records.enumerated().map { document.member($0.element, number: $0.offset + 1) }
                return
            }
        }
        guard let text = try? Charset.decode(document.bytes, mediaTypeCharset: document.charset) else { return nil }
        let json = JSONValue(parsing: text.utf8)
        guard
            let feed = json.flatMap({ JSONFeedReader.feed(in: $0, url: document.url) })
                ?? FeedReader.feed(in: text.utf8, url: document.url)
        else { return nil }
        members = feed.entries.enumerated().map { document.member($0.element, number: $0.offset + 1) }
    }

    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        guard index < members.count else { return nil }
        index += 1
        return members[index - 1]
    }
}

extension Document {
    fileprivate func member(_ record: JSONValue, number: Int) -> (name: String, result: Result<Document, DocumentError>)
    {
        let name = record["id"]?.string ?? String(number)
        let html = record["html"]?.string
        guard let body = record["text"]?.string ?? html ?? record["body"]?.string else {
            return (name, .failure(.empty))
        }
        var part = self
        part.bytes = Array(body.utf8)
        part.mediaType = html != nil && record["text"] == nil ? "text/html" : "text/plain"
        part.charset = "utf-8"
        part.url = record["url"]?.string ?? url
        part.title = record["title"]?.string
        part.published = (record["published"] ?? record["date"])?.string.flatMap(FeedDate.time) ?? published
        return part.named(name, number)
    }

    fileprivate func member(_ entry: Entry, number: Int) -> (name: String, result: Result<Document, DocumentError>) {
        var part = self
        let html = [entry.contentHTML, entry.summaryHTML].compactMap { $0 }.first { !$0.isEmpty }
        part.bytes = Array((html ?? entry.title ?? "").utf8)
        part.mediaType = html == nil ? "text/plain" : "text/html"
        part.charset = "utf-8"
        part.url = entry.link ?? url
        part.title = entry.title
        part.published = entry.published ?? entry.updated ?? published
        return part.named(entry.id ?? entry.link ?? String(number), number)
    }

    private func named(_ name: String, _ number: Int) -> (name: String, result: Result<Document, DocumentError>) {
        var part = self
        if case .file(let file, _) = origin { part.origin = .file(name: file, member: String(number)) }
        return (String(name.prefix(500)), .success(part))
    }
}
