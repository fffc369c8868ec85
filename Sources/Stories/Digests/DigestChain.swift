public import ExtractionCore

/// The record files' rule: `seq` rises by one, `prev` is the hash of the line before, `check` proves the line itself.
public struct DigestChain: Hashable, Sendable {
    public let day: String
    public private(set) var sequence: Int
    public private(set) var previousHash: String

    /// Continues after a line; for a new day with the hash of the last line of the day before, or "".
    public init(day: String, sequence: Int = 0, previousHash: String = "") {
        self.day = day
        self.sequence = sequence
        self.previousHash = previousHash
    }

    /// The next line, newline included. `at` is ISO 8601 with offset.
    public mutating func line(_ type: String, at: String, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        sequence += 1
        var json = JSONWriter()
        json.object { json in
            json.member("seq", sequence)
            json.member("at", at)
            json.member("type", type)
            json.member("day", day)
            json.member("prev", previousHash)
            body(&json)
        }
        let content = Array(json.bytes.dropLast())
        let line = content + DigestChain.check(content) + [0x7D, 0x0A]
        previousHash = ContentHash(of: line).hex
        return line
    }
}

extension DigestChain {
    /// The last member of a line: the first digits of the hash of everything before it. Without it the newest line,
    /// which no later line vouches for, could change unseen.
    static func check(_ content: [UInt8]) -> [UInt8] {
        Array(",\"check\":\"".utf8) + Array(ContentHash(of: content).hex.utf8.prefix(16)) + [UInt8(ascii: "\"")]
    }

    /// Length of `,"check":"…"}` and the newline.
    static let tailLength = 10 + 16 + 1 + 2
}

/// Proves that no line of a record file is lost, doubled, torn or changed.
public struct DigestVerification: Hashable, Sendable {
    public let lines: Int
    public let isClosed: Bool
    /// The first fault, with its line; nil when there is none.
    public let fault: String?
    /// The hash of the last line, for the file of the next day.
    public let lastHash: String

    public init(of bytes: [UInt8]) {
        var lines = 0
        var previous: String?
        var isClosed = false
        var fault: String?
        var start = 0
        while start < bytes.count, fault == nil {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            lines += 1
            let line = bytes[start..<min(end + 1, bytes.count)]
            fault = DigestVerification.fault(
                in: line, number: lines, previous: previous, isAfterClose: isClosed, before: bytes[..<start])
            if fault == nil { isClosed = JSONValue(parsing: line.dropLast())?["type"]?.string == "closed" }
            previous = ContentHash(of: Array(line)).hex
            start = end + 1
        }
        self.lines = lines
        self.isClosed = isClosed
        self.fault = fault
        lastHash = previous ?? ""
    }

    private static func fault(
        in line: ArraySlice<UInt8>, number: Int, previous: String?, isAfterClose: Bool, before: ArraySlice<UInt8>
    ) -> String? {
        guard line.last == 0x0A else { return "line \(number) is not finished" }
        guard let record = JSONValue(parsing: line.dropLast()) else { return "line \(number) is not JSON" }
        let content = Array(line.dropLast(DigestChain.tailLength))
        guard line.elementsEqual(content + DigestChain.check(content) + [0x7D, 0x0A]) else {
            return "line \(number) was changed"
        }
        if isAfterClose { return "line \(number) stands after the closing line" }
        guard record["seq"]?.int == number else { return "line \(number) has another seq" }
        if let previous, record["prev"]?.string != previous { return "line \(number - 1) or \(number) was changed" }
        if record["type"]?.string == "closed" {
            guard record["lines"]?.int == number else { return "line \(number) counts other lines" }
            guard record["sha256"]?.string == ContentHash(of: Array(before)).hex else {
                return "line \(number) has the hash of other lines"
            }
        }
        return nil
    }
}

/// How many records of each kind a day has: what its closing line says.
public struct DigestCounts: Hashable, Sendable {
    private var types: [String: Int] = [:]

    public init(of records: [UInt8]) {
        for line in records.split(separator: 0x0A) {
            guard let type = JSONValue(parsing: line)?["type"]?.string else { continue }
            types[type, default: 0] += 1
        }
    }

    public subscript(type: String) -> Int { types[type] ?? 0 }

    public func write(to json: inout JSONWriter) {
        json.member("read", self["story"] + self["update"] + self["article"] + self["duplicate_count"])
        json.member("stories", self["story"])
        json.member("updates", self["update"])
        json.member("articles", self["article"])
        json.member("duplicates", self["duplicate_count"])
        json.member("alerts", self["alert"])
        json.member("not_processed", self["not_processed"])
    }
}
