/// Random access to the bytes of a document, however large; the outer layer gives one over an open file.
public protocol ByteSource {
    /// How many there are; `Int.max` where only reading to the end would tell.
    var count: Int { get }
    /// Up to `count` bytes from `offset` on; fewer only at the end.
    func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8]
}

/// The bytes could not be read, which says nothing about the document.
public struct ByteSourceError: Error, Equatable, Sendable {
    public let message: String
    public init(message: String) { self.message = message }
}

/// A document that is in memory already.
public struct BytesInMemory: ByteSource, Sendable {
    private let content: [UInt8]
    public init(_ content: [UInt8]) { self.content = content }

    public var count: Int { content.count }

    public func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
        guard offset >= 0, offset < content.count, count > 0 else { return [] }
        return Array(content[offset..<min(content.count - offset, count) + offset])
    }
}

extension ByteSource {
    /// The same without an error: what cannot be read is missing, and the source knows why.
    func piece(at offset: Int, count: Int) -> [UInt8] { (try? bytes(at: offset, count: count)) ?? [] }
}
