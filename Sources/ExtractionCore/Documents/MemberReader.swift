public struct ByteSourceError: Error, Equatable, Sendable {
    public let message: String
    public init(message: String) { self.message = message }
}
public protocol ByteSource: Sendable {
    var count: Int { get }
    func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8]
}
public struct BytesInMemory: ByteSource {
    let content: [UInt8]
    public var count: Int { content.count }
    public init(_ content: [UInt8]) { self.content = content }
    public func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
        Array(content[offset..<min(content.count, offset + count)])
    }
}
public struct ContainerLimits: Hashable, Sendable {
    public var members = 100_000
    public var unpacked = 1 << 30
    public init() {}
}
public struct MemberReader {
    var lines: [[UInt8]] = []
    var document: Document
    var index = 0
    public init?(source: any ByteSource, as document: Document, limits: ContainerLimits) {
        guard let bytes = try? source.bytes(at: 0, count: source.count) else { return nil }
        var whole = document
        whole.bytes = bytes
        guard DocumentKind(of: whole) == .jsonLines, JSONValue(parsing: bytes) == nil else { return nil }
        lines = JSONLines.lines(of: bytes).map { Array(bytes[$0.range]) }
        self.document = document
    }
    public mutating func skip(_ count: Int) { index += count }
    public mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        guard index < lines.count else { return nil }
        defer { index += 1 }
        guard let value = JSONValue(parsing: lines[index]) else {
            return (String(index + 1), .failure(.undecodable("line \(index + 1) is no JSON")))
        }
        var part = document
        part.bytes = Array((value["text"]?.string ?? "").utf8)
        part.mediaType = "text/plain"
        part.charset = "utf-8"
        part.title = value["title"]?.string
        part.origin = .file(name: "x", member: String(index + 1))
        return (value["id"]?.string ?? String(index + 1), .success(part))
    }
}
