/// An article's text: valid UTF-8 bytes that are never altered after they were made.
public struct Text: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Takes bytes as they are when they are valid UTF-8, else with every fault replaced by U+FFFD.
    public init(repairing bytes: [UInt8]) {
        let isASCII = ByteScan.firstHigh(in: bytes, from: 0, to: bytes.count) == bytes.count
        if isASCII || String(validating: bytes, as: UTF8.self) != nil {
            self.bytes = bytes
        } else {
            self.bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
        }
    }

    public init(_ string: String) { bytes = Array(string.utf8) }

    public static let empty = Text("")

    public var count: Int { bytes.count }
    public var isEmpty: Bool { bytes.isEmpty }
    public var range: TextRange { TextRange(0, bytes.count) }
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The words at a range; a range outside the text is cut to it.
    public func string(_ range: TextRange) -> String {
        let start = min(max(0, range.lower), bytes.count)
        let end = min(max(start, range.upper), bytes.count)
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The last place at or before an offset where a scalar begins.
    public func boundary(before offset: Int) -> Int {
        guard offset < bytes.count else { return bytes.count }
        var offset = max(0, offset)
        while offset > 0, ASCII.isContinuation(bytes[offset]) { offset -= 1 }
        return offset
    }

    public subscript(offset: Int) -> UInt8 { bytes[offset] }
}
