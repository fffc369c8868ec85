/// A JSON value; an object keeps the order of its members.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public let name: String
        public let value: JSONValue
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The first member of that name; nil for anything but an object.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    public var string: String? { if case .string(let value) = self { value } else { nil } }
    public var number: Double? { if case .number(let value) = self { value } else { nil } }
    public var int: Int? { number.flatMap { Int(exactly: $0) } }
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// The elements, or none for anything but an array.
    public var array: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    public var members: [Member] { if case .object(let members) = self { members } else { [] } }
}

extension JSONValue {
    /// Reads one JSON value; nil when the bytes are anything else. Nesting is capped at 128.
    public init?(parsing bytes: [UInt8]) { self.init(parsing: bytes[...]) }

    public init?(parsing bytes: ArraySlice<UInt8>) {
        var reader = JSONReader(bytes: bytes)
        guard let value = reader.document() else { return nil }
        self = value
    }
}

extension JSONValue {
    /// As much of a value as there is: of an array all whole elements, and what is nested deeper than 128 as null.
    ///
    /// Nil when the bytes do not begin a value; `isWhole` is false when they break off or go wrong.
    static func mended(parsing bytes: [UInt8]) -> (value: JSONValue, isWhole: Bool)? {
        var reader = JSONReader(bytes: bytes[...], mends: true)
        return reader.mendedDocument()
    }
}

/// A strict reader (RFC 8259) that tolerates a byte order mark and replaces invalid UTF-8; on demand one that mends.
struct JSONReader {
    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var depth = 0
    private let mends: Bool
    /// Set where reading went wrong, when it mends: all that is open ends there.
    private var isBroken = false

    init(bytes: ArraySlice<UInt8>, mends: Bool = false) {
        self.bytes = bytes
        self.mends = mends
        index = bytes.startIndex
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index += 3 }
    }

    mutating func document() -> JSONValue? {
        guard let value = value() else { return nil }
        skipSpace()
        return index == bytes.endIndex ? value : nil
    }

    mutating func mendedDocument() -> (value: JSONValue, isWhole: Bool)? {
        value().map { ($0, !isBroken) }
    }

    /// What stands for a value that went wrong.
    private mutating func broken(_ value: JSONValue) -> JSONValue? {
        isBroken = true
        return mends ? value : nil
    }

    /// Passes over an array or object, whatever is in it.
    private mutating func skipped() -> JSONValue? {
        guard mends else { return nil }
        var open = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                guard string() != nil else { return broken(.null) }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): open -= 1
            default: break
            }
            index += 1
            if open == 0 { return .null }
        }
        return broken(.null)
    }

    private var current: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        let wanted = literal.description.utf8
        guard index + count <= bytes.endIndex, bytes[index..<index + count].elementsEqual(wanted) else { return false }
        index += count
        return true
    }

    private mutating func value() -> JSONValue? {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return object()
        case UInt8(ascii: "["): return array()
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object() -> JSONValue? {
        guard depth < 128 else { return skipped() }
        depth += 1
        defer { depth -= 1 }
        index += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\""), let name = string() else { return broken(.object(members)) }
            skipSpace()
            guard current == UInt8(ascii: ":") else { return broken(.object(members)) }
            index += 1
            guard let value = value() else { return broken(.object(members)) }
            members.append(.init(name, value))
            if isBroken { return .object(members) }
            skipSpace()
            switch current {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "}"):
                index += 1
                return .object(members)
            default: return broken(.object(members))
            }
        }
    }

    private mutating func array() -> JSONValue? {
        guard depth < 128 else { return skipped() }
        depth += 1
        defer { depth -= 1 }
        index += 1
        var values: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            index += 1
            return .array(values)
        }
        while true {
            guard let value = value() else { return broken(.array(values)) }
            // An element that broke off is no element.
            if isBroken { return .array(values) }
            values.append(value)
            skipSpace()
            switch current {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "]"):
                index += 1
                return .array(values)
            default: return broken(.array(values))
            }
        }
    }

    private mutating func number() -> JSONValue? {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte) {
            index += 1
        }
        guard index > start, let first = bytes[start..<index].first, first == 0x2D || (0x30...0x39).contains(first)
        else { return nil }
        return Double(String(decoding: bytes[start..<index], as: UTF8.self)).map(JSONValue.number)
    }

    private mutating func string() -> String? {
        index += 1
        var run = plainRun()
        guard let end = current else { return nil }
        if end == UInt8(ascii: "\"") {
            defer { index += 1 }
            return String(decoding: run, as: UTF8.self)
        }
        var out: [UInt8] = []
        while let byte = current {
            out += run
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: out, as: UTF8.self) }
            if !escape(into: &out) { return nil }
            run = plainRun()
        }
        return nil
    }

    /// Passes over what needs no thought: all up to a quotation mark, a backslash or the end.
    private mutating func plainRun() -> ArraySlice<UInt8> {
        let run = JSONReader.plain(bytes[index...])
        index = run.endIndex
        return run
    }

    private static func plain(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let raw = unsafe rest.span.bytes
        return rest.prefix(ByteScan.firstOf(UInt8(ascii: "\""), UInt8(ascii: "\\"), in: raw, from: 0))
    }

    private mutating func escape(into out: inout [UInt8]) -> Bool {
        guard let byte = current else { return false }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "u"):
            guard let unit = hexUnit() else { return false }
            out.append(contentsOf: Array(String(scalar(unit)).utf8))
        default: return false
        }
        return true
    }

    /// The scalar of an escape; a lone surrogate becomes U+FFFD.
    private mutating func scalar(_ unit: UInt32) -> Character {
        var value = unit
        if (0xD800..<0xDC00).contains(unit), index + 1 < bytes.endIndex, bytes[index] == UInt8(ascii: "\\"),
            bytes[index + 1] == UInt8(ascii: "u")
        {
            let mark = index
            index += 2
            if let low = hexUnit(), (0xDC00..<0xE000).contains(low) {
                value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            } else {
                index = mark
            }
        }
        return Character(Unicode.Scalar(value) ?? "\u{FFFD}")
    }

    private mutating func hexUnit() -> UInt32? {
        guard index + 4 <= bytes.endIndex else { return nil }
        var unit: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            switch byte {
            case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x61 + 10)
            default: return nil
            }
        }
        index += 4
        return unit
    }
}
