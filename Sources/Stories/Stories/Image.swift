import ExtractionCore

// An image is what a book remembers, as it lies in memory: read back in a second where filing again takes minutes. It is
// only a cache of the stored filings. Whoever keeps it checks its sum before it is read, so that what is read here is what
// was written, and throws it away when `Image.version` is another one.

public enum Image {
    /// Another number whenever anything that is written changes.
    public static let version: UInt8 = 6
}

/// Writes an image piece by piece, so that it never lies in memory as a whole.
public struct ImageWriter {
    private var bytes: [UInt8] = []
    private let take: ([UInt8]) -> Void
    private static let piece = 1 << 18

    public init(_ take: @escaping ([UInt8]) -> Void) { self.take = take }

    public mutating func finish() {
        take(bytes)
        bytes = []
    }

    public mutating func value<Value: BitwiseCopyable>(_ value: Value) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
        if bytes.count >= ImageWriter.piece { finish() }
    }

    public mutating func values<Value: BitwiseCopyable>(_ values: [Value]) {
        value(UInt32(clamping: values.count))
        var start = 0
        while start < values.count {
            let end = min(values.count, start + ImageWriter.piece / MemoryLayout<Value>.stride)
            values[start..<end].withUnsafeBytes { bytes.append(contentsOf: $0) }
            if bytes.count >= ImageWriter.piece { finish() }
            start = end
        }
    }

    public mutating func string(_ value: String) { values(Array(value.utf8)) }

    mutating func list<Element>(_ elements: some Collection<Element>, _ write: (inout ImageWriter, Element) -> Void) {
        value(UInt32(clamping: elements.count))
        for element in elements { write(&self, element) }
    }

    mutating func optional<Value>(_ value: Value?, _ write: (inout ImageWriter, Value) -> Void) {
        self.value(UInt8(value == nil ? 0 : 1))
        if let value { write(&self, value) }
    }

    mutating func id(_ id: ArticleID) {
        value(id.high)
        value(id.low)
    }

    mutating func instant(_ instant: Instant) { value(instant.milliseconds) }

    /// As memories are written.
    mutating func memory(_ write: (inout MemoryWriter) -> Void) {
        var writer = MemoryWriter()
        write(&writer)
        values(writer.bytes)
    }
}

/// Reads an image piece by piece.
public struct ImageReader {
    private var bytes: [UInt8] = []
    private var index = 0
    private let next: () -> [UInt8]
    /// The image ended too early, or said what cannot be.
    public private(set) var isBroken = false

    /// `next` gives the following bytes, and none at the end.
    public init(_ next: @escaping () -> [UInt8]) { self.next = next }

    /// Whether so many bytes are at hand.
    private mutating func reach(_ count: Int) -> Bool {
        while bytes.count - index < count {
            let more = next()
            if more.isEmpty {
                isBroken = true
                return false
            }
            bytes = index == bytes.count ? more : Array(bytes[index...]) + more
            index = 0
        }
        return true
    }

    public mutating func value<Value: BitwiseCopyable & AdditiveArithmetic>(_ type: Value.Type = Value.self) -> Value {
        let size = MemoryLayout<Value>.size
        guard reach(size) else { return .zero }
        defer { index += size }
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index, as: Value.self) }
    }

    public mutating func values<Value: BitwiseCopyable>(_ type: Value.Type = Value.self) -> [Value] {
        let count = Int(value(UInt32.self))
        let stride = MemoryLayout<Value>.stride
        var values: [Value] = []
        values.reserveCapacity(min(count, 1 << 26))
        while values.count < count, reach(stride) {
            let some = min(count - values.count, (bytes.count - index) / stride)
            bytes.withUnsafeBytes { source in
                for place in 0..<some {
                    values.append(source.loadUnaligned(fromByteOffset: index + place * stride, as: Value.self))
                }
            }
            index += some * stride
        }
        return values
    }

    public mutating func string() -> String { String(decoding: values(UInt8.self), as: UTF8.self) }

    mutating func list<Element>(_ read: (inout ImageReader) -> Element) -> [Element] {
        let count = value(UInt32.self)
        var elements: [Element] = []
        for _ in 0..<count where !isBroken { elements.append(read(&self)) }
        return elements
    }

    mutating func optional<Value>(_ read: (inout ImageReader) -> Value) -> Value? {
        value(UInt8.self) == 0 ? nil : read(&self)
    }

    mutating func id() -> ArticleID {
        let high = value(UInt64.self)
        return ArticleID(high: high, low: value())
    }

    mutating func instant() -> Instant { Instant(milliseconds: value()) }

    mutating func memory<Value>(_ read: (inout MemoryReader) -> Value) -> Value {
        var reader = MemoryReader(bytes: values())
        defer { if !reader.isComplete { isBroken = true } }
        return read(&reader)
    }
}
