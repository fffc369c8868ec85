public import ExtractionCore

/// A container's members in parts, each small enough to be read and decided at once.
public struct MemberParts {
    public typealias Found = (name: String, result: Result<Document, DocumentError>)

    public struct Part {
        public var members: [Found] = []
        /// How many members came before it.
        public let first: Int
        /// Nothing comes after it.
        public var isLast = false
    }

    private var reader: MemberReader
    private var pending: Found?
    private var index: Int

    /// Begins after so many members, which are passed over.
    public init(_ reader: MemberReader, from first: Int = 0) {
        self.reader = reader
        index = first
        if first > 0 { self.reader.skip(first) }
        pending = self.reader.next()
    }

    /// The next members: at most so many, and no more once they have so many bytes together.
    public mutating func next(members: Int, bytes: Int) -> Part {
        var part = Part(first: index)
        var size = 0
        while let found = pending, part.members.count < members, size < bytes {
            if case .success(let document) = found.result { size += document.bytes.count }
            part.members.append(found)
            pending = reader.next()
        }
        index += part.members.count
        part.isLast = pending == nil
        return part
    }
}
