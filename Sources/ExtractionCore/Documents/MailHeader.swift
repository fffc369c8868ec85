// A mail's header is older than every encoding it is written in: lines are folded, words are encoded, parameters come in
// pieces. Everything here takes what is there and gives less where it is broken.

/// Turns bytes of an encoding that the core leaves to the system into UTF-8; nil when the system does not know it either.
public typealias Transcode = @Sendable (_ bytes: [UInt8], _ encoding: String) -> [UInt8]?

/// The fields at the head of a mail or of one of its parts.
struct MailHeader: Sendable {
    /// Unfolded, in their order, names in lower case.
    private(set) var fields: [(name: String, value: [UInt8])] = []
    /// Where the body begins.
    private(set) var end: Int

    private static let fieldLimit = 2000
    private static let byteLimit = 1 << 20

    /// Reads the fields that begin at `start`; a line that can be none ends them, as an empty line does.
    ///
    /// Above the first field of a mail, but not of a part, empty lines are an accident.
    init(_ bytes: [UInt8], at start: Int, to limit: Int, isPart: Bool = false) {
        end = start
        while end < limit {
            // What is beyond the limits is passed over: it is no text.
            let isFull = fields.count >= MailHeader.fieldLimit || end - start >= MailHeader.byteLimit
            let lineEnd = ByteScan.first(0x0A, in: bytes, from: end, to: limit)
            let line = MailHeader.withoutReturn(bytes, end..<lineEnd)
            let next = min(limit, lineEnd + 1)
            if line.isEmpty {
                // A mail box's separator or stray lines may stand above the first field.
                end = next
                if fields.isEmpty, !isPart, next < limit { continue }
                return
            }
            if bytes[line.lowerBound] == 0x20 || bytes[line.lowerBound] == 0x09 {
                let words = ASCII.trimmed(bytes, line)
                // A line of blanks ends the header as well.
                if words.isEmpty || fields.isEmpty {
                    end = next
                    if fields.isEmpty { continue }
                    return
                }
                if !isFull {
                    fields[fields.count - 1].value.append(0x20)
                    fields[fields.count - 1].value += bytes[words]
                }
            } else if let colon = MailHeader.colon(bytes, line) {
                if !isFull {
                    let name = ASCII.lowered(bytes[ASCII.trimmed(bytes, line.lowerBound..<colon)])
                    fields.append((name, Array(bytes[ASCII.trimmed(bytes, colon + 1..<line.upperBound)])))
                }
            } else if !(fields.isEmpty && MailHeader.isSeparator(bytes, line)) {
                return
            }
            end = next
        }
    }

    private static func withoutReturn(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int> {
        guard let last = line.last, bytes[last] == 0x0D else { return line }
        return line.lowerBound..<last
    }

    /// The colon after a field's name; nil when the line begins with no name.
    static func colon(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
        var index = line.lowerBound
        while index < line.upperBound, index - line.lowerBound < 100, (0x21...0x7E).contains(bytes[index]),
            bytes[index] != 0x3A
        {
            index += 1
        }
        let nameEnd = index
        while index < line.upperBound, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard nameEnd > line.lowerBound, index < line.upperBound, bytes[index] == 0x3A else { return nil }
        return index
    }

    private static func isSeparator(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        bytes[line].starts(with: "From ".utf8) || bytes[line].starts(with: ">From ".utf8)
    }

    subscript(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

    /// A field's words, encoded ones decoded.
    func text(_ name: String, _ transcode: Transcode) -> String? {
        guard let value = self[name] else { return nil }
        let words = ASCII.folded(EncodedWords.decoded(value, transcode))
        return words.isEmpty ? nil : words
    }

    /// The address in angle brackets, or the whole value when it is one.
    func address(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        var range = 0..<value.count
        if let open = value.firstIndex(of: 0x3C), let close = value[open...].firstIndex(of: 0x3E) {
            range = open + 1..<close
        }
        range = ASCII.trimmed(value, range)
        guard !range.isEmpty, !value[range].contains(where: { $0 <= 0x20 }) else { return nil }
        return String(decoding: value[range], as: UTF8.self)
    }
}

extension MailHeader {
    /// A value such as `text/plain; charset=utf-8`, taken apart.
    struct Parameters: Sendable {
        /// In lower case.
        var value = ""
        private(set) var all: [String: String] = [:]

        subscript(_ name: String) -> String? { all[name] }

        private static let limit = 64

        init(_ field: [UInt8]?, _ transcode: Transcode) {
            guard let field else { return }
            let valueEnd = field.firstIndex(of: 0x3B) ?? field.count
            value = ASCII.lowered(field[ASCII.trimmed(field, 0..<valueEnd)])
            var pieces: [String: [(number: Int, isEncoded: Bool, value: [UInt8])]] = [:]
            var index = valueEnd
            var count = 0
            while index < field.count, count < Parameters.limit {
                count += 1
                guard let (name, value) = Parameters.next(field, &index) else { continue }
                // RFC 2231: `name*0*`, `name*1`, `name*`.
                var parts = name.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
                let isEncoded = parts.count > 1 && parts.last == ""
                if isEncoded { parts.removeLast() }
                if parts.count == 1, !isEncoded {
                    if all[name] == nil { all[name] = EncodedWords.decoded(value, transcode) }
                } else if let base = parts.first {
                    pieces[base, default: []].append((parts.count > 1 ? Int(parts[1]) ?? 0 : 0, isEncoded, value))
                }
            }
            for (name, parts) in pieces {
                all[name] = Parameters.joined(parts.sorted { $0.number < $1.number }, transcode)
            }
        }

        /// The parameter after the semicolon at `index`.
        private static func next(_ field: [UInt8], _ index: inout Int) -> (name: String, value: [UInt8])? {
            index += 1
            let start = index
            while index < field.count, field[index] != 0x3D, field[index] != 0x3B { index += 1 }
            let name = ASCII.lowered(field[ASCII.trimmed(field, start..<index)])
            guard index < field.count, field[index] == 0x3D, !name.isEmpty else { return nil }
            index += 1
            while index < field.count, ASCII.isSpace(field[index]) { index += 1 }
            guard index < field.count, field[index] == 0x22 else {
                let from = index
                index = field[from...].firstIndex(of: 0x3B) ?? field.count
                return (name, Array(field[ASCII.trimmed(field, from..<index)]))
            }
            index += 1
            var value: [UInt8] = []
            while index < field.count, field[index] != 0x22 {
                if field[index] == 0x5C, index + 1 < field.count { index += 1 }
                value.append(field[index])
                index += 1
            }
            index = field[min(index, field.count)...].firstIndex(of: 0x3B) ?? field.count
            return (name, value)
        }

        private static func joined(
            _ parts: [(number: Int, isEncoded: Bool, value: [UInt8])], _ transcode: Transcode
        ) -> String {
            var bytes: [UInt8] = []
            var charset: String?
            for (index, part) in parts.enumerated() {
                guard part.isEncoded else {
                    bytes += part.value
                    continue
                }
                var value = part.value[...]
                if index == 0 {
                    let marks = value.indices.filter { value[$0] == 0x27 }
                    if marks.count >= 2 {
                        charset = ASCII.lowered(value[..<marks[0]])
                        value = value[(marks[1] + 1)...]
                    }
                }
                bytes += percentDecoded(value)
            }
            return String(decoding: MailText.utf8(bytes, charset: charset, transcode), as: UTF8.self)
        }
    }
}
