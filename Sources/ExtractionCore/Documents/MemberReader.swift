/// How much is taken out of a container before it is thought to be a trap.
public struct ContainerLimits: Hashable, Sendable {
    public var members = 100_000
    /// Bytes of all members together.
    public var unpacked = 1 << 30
    public var memberBytes = 16 << 20
    /// How many bytes may come out of one.
    public var ratio = 200
    /// How often one thing may be packed in another.
    public var depth = 2
    public init() {}
}

/// The members of a container of one form, in order.
protocol MemberWalk {
    /// Whether its members may be containers themselves; lines and entries are texts.
    static var holdsDocuments: Bool { get }
    /// The next member, or why it cannot be read; nil at the end.
    mutating func next() -> (name: String, result: Result<Document, DocumentError>)?
}

extension MemberWalk {
    static var holdsDocuments: Bool { false }
}

/// Walks the members of a container one at a time, in memory that does not grow with the container.
///
/// What is packed in a member is walked too: a zip file of feeds has the entries as its members. A copy shares the
/// place in compressed data with its original, so only one of them can be used.
public struct MemberReader {
    private var levels: [Level]
    private let limits: ContainerLimits
    private let budget: UnpackBudget
    private var count = 0

    /// A container and where it stands in the one around it.
    private struct Level {
        var walk: any MemberWalk
        var prefix = ""
        /// How often it has been packed.
        var depth = 0
        /// The compressed data it is read from: why it ended is asked at its end.
        var stream: GzipSource?
    }

    /// Nil when the source is no container: then it is one document. `document` says what is known of it, without bytes.
    public init?(source: any ByteSource, as document: Document, limits: ContainerLimits = .init()) {
        self.limits = limits
        budget = UnpackBudget(limits, packed: source.count)
        levels = []
        guard let level = level(source, document, depth: 0) else { return nil }
        levels = [level]
    }

    private static let headBytes = 1 << 16

    /// The level of a container; nil when it is none.
    private func level(_ source: any ByteSource, _ document: Document, depth: Int) -> Level? {
        var head = document
        guard let start = try? source.bytes(at: 0, count: MemberReader.headBytes) else { return nil }
        head.bytes = start
        switch DocumentKind(of: head) {
        case .jsonLines where JSONValue(parsing: start) == nil || !source.piece(at: start.count, count: 1).isEmpty:
            return Level(
                walk: LineWalk(source: source, document: document, limit: limits.memberBytes), depth: depth)
        case .jsonLines, .feed, .jsonFeed, .unsupported("json"):
            guard let bytes = whole(source) else { return nil }
            head.bytes = bytes
            return ListedWalk(head).map { Level(walk: $0, depth: depth) }
        case .gzip: return unpacked(source, document, depth: depth)
        case .zip, .word, .openDocument:
            guard source.count != .max else {
                return whole(source).flatMap { level(BytesInMemory($0), document, depth: depth) }
            }
            guard ZipArchive.kind(of: source) == .zip else { return nil }
            guard depth < limits.depth else { return tooDeep }
            return Level(
                walk: ZipWalk(source, as: document, limits: limits, budget: budget), depth: depth + 1)
        case .mail:
            guard let bytes = whole(source), let mail = ListedMail(BytesInMemory(bytes), document, limits) else {
                return nil
            }
            return Level(walk: mail, depth: depth)
        case .mailbox:
            return Level(
                walk: MailboxWalk(source: source, document: document, limit: limits.memberBytes), depth: depth)
        case .warc:
            return Level(walk: WARCWalk(source, as: document, limits: limits, budget: budget), depth: depth)
        default: return nil
        }
    }

    /// What a gzip file holds: a container, or else one member.
    private func unpacked(_ source: any ByteSource, _ document: Document, depth: Int) -> Level? {
        guard depth < limits.depth else { return tooDeep }
        let stream = GzipSource(source, budget: budget)
        let content = document.unpacked
        guard var level = level(stream, content, depth: depth + 1) else {
            return Level(walk: StreamWalk(stream, as: content, limit: limits.memberBytes), depth: depth + 1)
        }
        level.stream = level.stream ?? stream
        return level
    }

    private var tooDeep: Level {
        let error = DocumentError.refused(code: "depth", message: "packed more than \(limits.depth) times over")
        return Level(walk: ListedWalk([("content", .failure(error))]))
    }

    /// Everything in a source, as long as it is no more than a member may have.
    private func whole(_ source: any ByteSource) -> [UInt8]? {
        let bytes = source.piece(at: 0, count: limits.memberBytes + 1)
        return bytes.count > limits.memberBytes ? nil : bytes
    }

    /// The next member as a document of its own, or why it cannot be read; nil at the end.
    public mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        guard count <= limits.members, let found = nextFound() else { return nil }
        count += 1
        guard count <= limits.members else {
            return (String(count), .failure(.tooLarge(bytes: count, limit: limits.members)))
        }
        return found
    }

    private mutating func nextFound() -> (name: String, result: Result<Document, DocumentError>)? {
        while let index = levels.indices.last {
            let prefix = levels[index].prefix
            guard let (name, result) = levels[index].walk.next() else {
                // What comes after the end of cut or damaged data is missing, which must be said.
                let fault = levels.removeLast().stream?.fault
                if let fault { return (prefix + "end", .failure(fault)) }
                continue
            }
            guard case .success(var document) = result else { return (prefix + name, result) }
            if case .file(let file, let member) = document.origin, !prefix.isEmpty {
                document.origin = .file(name: file, member: prefix + (member ?? name))
            }
            guard type(of: levels[index].walk).holdsDocuments,
                var inner = level(of: document, depth: levels[index].depth)
            else {
                return (prefix + name, .success(document))
            }
            inner.prefix = prefix + name + "/"
            levels.append(inner)
        }
        return nil
    }

    private func level(of member: Document, depth: Int) -> Level? {
        // A mail that was walked is its own first member.
        guard member.mediaType != "message/rfc822" else { return nil }
        var document = member
        document.bytes = []
        return level(BytesInMemory(member.bytes), document, depth: depth)
    }

    /// Passes over so many members.
    public mutating func skip(_ count: Int) { for _ in 0..<max(0, count) where next() == nil { return } }
}

/// JSON records of one line each.
private struct LineWalk: MemberWalk {
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
private struct ListedWalk: MemberWalk {
    private var members: [(name: String, result: Result<Document, DocumentError>)] = []
    private var index = 0

    init(_ members: [(name: String, result: Result<Document, DocumentError>)] = []) { self.members = members }

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
            var feed = json.flatMap({ JSONFeedReader.feed(in: $0, url: document.url) })
                ?? FeedReader.feed(in: text.utf8, url: document.url)
        else { return nil }
        for place in feed.misdated(at: document.receivedAt) {
            (feed.entries[place].published, feed.entries[place].updated) = (nil, nil)
        }
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
