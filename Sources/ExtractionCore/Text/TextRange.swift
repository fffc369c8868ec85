/// A half-open range of UTF-8 offsets into an article's text.
///
/// Every fact points into the text by such a range and never copies it.
public struct TextRange: Hashable, Sendable, Comparable {
    public let start: Int32
    public let end: Int32

    public init(_ start: Int, _ end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: max(start, end))
    }

    public var count: Int { Int(end - start) }
    public var isEmpty: Bool { start == end }
    public var lower: Int { Int(start) }
    public var upper: Int { Int(end) }

    public func contains(_ other: TextRange) -> Bool { start <= other.start && other.end <= end }
    public func contains(_ offset: Int) -> Bool { Int(start) <= offset && offset < Int(end) }
    public func overlaps(_ other: TextRange) -> Bool { start < other.end && other.start < end }

    public static func < (left: TextRange, right: TextRange) -> Bool {
        left.start == right.start ? left.end < right.end : left.start < right.start
    }
}
