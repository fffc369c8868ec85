/// The pages of a web archive: what servers answered, and texts made from it. Requests, metadata, pictures and the like
/// are passed over.
struct WARCWalk: MemberWalk {
    static let holdsDocuments = true
    private var window: SourceWindow
    private let document: Document
    private let limits: ContainerLimits
    private let budget: UnpackBudget
    private var at = 0
    private var number = 0
    private var isOver = false
    private var isDamaged = false

    init(_ source: any ByteSource, as document: Document, limits: ContainerLimits, budget: UnpackBudget) {
        window = SourceWindow(source)
        self.document = document
        self.limits = limits
        self.budget = budget
    }

    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        while let found = nextRecord() {
            switch found {
            case .failure(let error): return (String(number), .failure(error))
            case .success(let record):
                guard record.isPage, let result = page(of: record) else { continue }
                return (String((record.url ?? String(number)).prefix(500)), result)
            }
        }
        return nil
    }

    // MARK: Records

    private struct Record {
        let headers: HeaderFields
        let start: Int
        let count: Int

        var kind: String { ASCII.lowered((headers["warc-type"] ?? "").utf8) }
        /// Old writers put it in angle brackets.
        var url: String? { headers["warc-target-uri"].map { String($0.filter { $0 != "<" && $0 != ">" }) } }
        var isPage: Bool { kind == "response" || kind == "resource" || kind == "conversion" }
    }

    /// Reads the headers of the next record and passes on to the one after it; nil at the end.
    private mutating func nextRecord() -> Result<Record, DocumentError>? {
        guard !isOver else { return nil }
        // A stream is only read forwards, so the last byte of the record before is looked at before what follows it.
        if at > 0, window.piece(at: at - 1, count: 1).isEmpty {
            isOver = true
            return .failure(.cutOff("record"))
        }
        while !isOver, skipBlank() {
            number += 1
            if let record = record() {
                at = record.start + record.count
                isDamaged = false
                return .success(record)
            }
            // However much of it there is, damage in one place is told once.
            if isDamaged { continue }
            isDamaged = true
            return .failure(.damaged("record"))
        }
        return nil
    }

    /// The record that begins here; without one, passes on to where the next may begin.
    private mutating func record() -> Record? {
        let isMarked = window.piece(at: at, count: 5).elementsEqual("WARC/".utf8)
        let headers =
            isMarked
            ? HeaderFields(Array(window.piece(at: at, count: 4096)))
                ?? HeaderFields(Array(window.piece(at: at, count: 1 << 16))) : nil
        if let headers, let count = headers["content-length"].flatMap({ Int($0) }), (0..<1 << 60).contains(count) {
            return Record(headers: headers, start: at + headers.count, count: count)
        }
        // What was read for headers is not looked at again, so that the time stays linear.
        resume(from: at + (headers?.count ?? (isMarked ? 1 << 16 : 1)) - 1)
        return nil
    }

    /// Passes over the line ends after a record; false at the end.
    private mutating func skipBlank() -> Bool {
        while true {
            let piece = window.piece(at: at, count: 64)
            guard !piece.isEmpty else { return false }
            let blank = piece.prefix { ASCII.isSpace($0) }.count
            at += blank
            if blank < piece.count { return true }
        }
    }

    /// Goes on at the next line that begins a record.
    private mutating func resume(from place: Int) {
        if let next = window.find(Array("\nWARC/1.".utf8), from: place) {
            at = next + 1
        } else {
            at = place
            isOver = true
        }
    }

    // MARK: Pages

    /// The page in a record; nil when it is none, such as a picture or a redirection.
    private mutating func page(of record: Record) -> Result<Document, DocumentError>? {
        let head = Array(window.piece(at: record.start, count: min(record.count, 1 << 16)))
        var type = record.headers.contentType
        var answer: HeaderFields?
        if record.kind == "response", type.name == nil || type.name == "application/http" {
            guard let headers = HeaderFields(head), WARCWalk.isFine(headers.start) else { return nil }
            answer = headers
            type = headers.contentType
        }
        guard WARCWalk.isText(type.name) else { return nil }
        guard record.count <= limits.memberBytes else {
            return .failure(.tooLarge(bytes: record.count, limit: limits.memberBytes))
        }
        let block = record.count <= head.count ? head : window.source.piece(at: record.start, count: record.count)
        guard block.count == record.count else {
            isOver = true
            return .failure(.cutOff("record"))
        }
        switch content(block, answer) {
        case .failure(let error): return .failure(error)
        case .success(let content):
            let part = part(content, of: record, type)
            return WARCWalk.isPage(part) ? .success(part) : nil
        }
    }

    private func part(_ content: [UInt8], of record: Record, _ type: (name: String?, charset: String?)) -> Document {
        var part = document
        part.bytes = content
        part.mediaType = type.name
        part.charset = type.charset
        part.url = record.url
        part.title = nil
        part.receivedAt = record.headers["warc-date"].flatMap(FeedDate.time)?.instant ?? document.receivedAt
        if case .file(let file, _) = document.origin { part.origin = .file(name: file, member: String(number)) }
        return part
    }

    private mutating func content(_ block: [UInt8], _ answer: HeaderFields?) -> Result<[UInt8], DocumentError> {
        guard let answer else { return .success(block) }
        let body = Array(block.dropFirst(answer.count))
        let content = HTTPBody.content(of: body, answer, limit: limits.memberBytes)
        guard case .success(let bytes) = content else { return content }
        let error = budget.take(bytes.count) ?? budget.tooTight(bytes.count, from: body.count)
        // Nothing more may come out of it, so the rest has the same reason.
        isOver = budget.used > budget.limit
        return error.map { .failure($0) } ?? content
    }

    private static func isFine(_ status: String) -> Bool {
        let words = status.split(separator: " ")
        return words.count >= 2 && words[0].hasPrefix("HTTP/") && words[1] == "200"
    }

    /// Whether an article or a feed may come under this media type.
    private static func isText(_ type: String?) -> Bool {
        switch type {
        case nil, "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/rss+xml",
            "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/xml", "text/xml":
            true
        default: false
        }
    }

    /// Servers call everything a page, so the bytes have the last word.
    private static func isPage(_ part: Document) -> Bool {
        switch DocumentKind(of: part) {
        case .html, .feed, .jsonFeed, .mail: true
        case .plainText, .markdown: part.mediaType?.hasPrefix("text/") == true && part.mediaType != "text/xml"
        default: false
        }
    }
}
