/// The one document in a compressed file.
struct StreamWalk: MemberWalk {
    private let stream: GzipSource
    private let document: Document
    private let limit: Int
    private var isRead = false

    init(_ stream: GzipSource, as document: Document, limit: Int) {
        self.stream = stream
        self.document = document
        self.limit = limit
    }

    /// Part of a text may say the opposite of the whole, so a damaged one is not given.
    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        guard !isRead else { return nil }
        isRead = true
        var part = document
        part.bytes = stream.piece(at: 0, count: limit + 1)
        let name = document.name ?? "1"
        if let fault = stream.fault { return (name, .failure(fault)) }
        if part.bytes.count > limit { return (name, .failure(.tooLarge(bytes: part.bytes.count, limit: limit))) }
        return (name, .success(part))
    }
}

extension Document {
    /// What is known of the content of a compressed document.
    var unpacked: Document {
        var content = self
        content.mediaType = nil
        content.charset = nil
        guard case .file(let file, let member) = origin else { return content }
        let name = (member ?? file).split(separator: "/").last.map(String.init) ?? "1"
        let isNamed = ASCII.lowered(name.utf8).hasSuffix(".gz") && name.utf8.count > 3
        content.origin = .file(name: file, member: isNamed ? String(name.dropLast(3)) : name)
        return content
    }
}
