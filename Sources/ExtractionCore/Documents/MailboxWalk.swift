// A mail box is one text file: each mail begins after a line "From SENDER DATE". Lines of a mail that would look like
// one were given a ">" when it was written, at least they should have been: so a line counts only after an empty line and
// with a date in it, or with a header below. `Content-Length` is wrong too often to be asked.

/// Walks the mails of a mail box, each followed by the documents attached to it.
struct MailboxWalk: MemberWalk {
    static var holdsDocuments: Bool { true }

    private let source: any ByteSource
    private let document: Document
    private let limit: Int
    private var chunk: [UInt8] = []
    private var position = 0
    private var offset = 0
    private var isAtEnd = false
    private var number = 0
    private var attached: ListedMail?

    private static let chunkBytes = 1 << 20
    /// So much of the lines after a "From " line is looked at.
    private static let lookahead = 4096

    init(source: any ByteSource, document: Document, limit: Int) {
        self.source = source
        self.document = document
        self.limit = limit
    }

    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        if let found = attached?.next() { return found }
        attached = nil
        while let (mail, length) = nextMail() {
            if length > limit {
                number += 1
                return (String(number), .failure(.tooLarge(bytes: length, limit: limit)))
            }
            guard !mail.allSatisfy(ASCII.isSpace) else { continue }
            number += 1
            var listed = ListedMail(mail, document, named: String(number), prefix: "\(number)/", limit: limit)
            let first = listed.next()
            attached = listed
            if let first { return first }
        }
        return nil
    }

    /// The bytes of a mail without its separator, and their number; what is longer than the limit is passed over.
    private mutating func nextMail() -> (mail: [UInt8], length: Int)? {
        var mail: [UInt8] = []
        var length = 0
        var isAfterBlank = true
        var hasBegun = false
        while fill() {
            let end = lineEnd()
            let isFrom = chunk[position..<end].starts(with: "From ".utf8)
            if isFrom, !hasBegun || isSeparator(position..<end, isAfterBlank: isAfterBlank) {
                if hasBegun { return (mail, length) }
                hasBegun = true
                position = end
                continue
            }
            hasBegun = true
            var line = position..<end
            if chunk[line.lowerBound] == 0x3E, isEscaped(line) { line = line.lowerBound + 1..<end }
            length += line.count
            if length <= limit { mail += chunk[line] } else { mail = [] }
            isAfterBlank = line.count <= 2 && chunk[line].allSatisfy { $0 == 0x0A || $0 == 0x0D }
            position = end
            passOverLongLine(&mail, &length)
        }
        return hasBegun ? (mail, length) : nil
    }

    /// The rest of a line that did not fit.
    private mutating func passOverLongLine(_ mail: inout [UInt8], _ length: inout Int) {
        while position > 0, chunk[position - 1] != 0x0A, fill() {
            let end = lineEnd()
            length += end - position
            if length <= limit { mail += chunk[position..<end] } else { mail = [] }
            position = end
        }
    }

    /// After the line's end, or where the bytes at hand end.
    private func lineEnd() -> Int {
        min(chunk.count, ByteScan.first(0x0A, in: chunk, from: position, to: chunk.count) + 1)
    }

    /// False at the end of the file; before, the lines that must be looked at are at hand.
    private mutating func fill() -> Bool {
        if chunk.count - position < MailboxWalk.lookahead, !isAtEnd {
            let more = (try? source.bytes(at: offset, count: MailboxWalk.chunkBytes)) ?? []
            // The byte before says whether a line was cut.
            let from = max(0, position - 1)
            chunk = Array(chunk[from...]) + more
            position -= from
            offset += more.count
            isAtEnd = more.isEmpty
        }
        return position < chunk.count
    }

    /// ">From ", ">>From ": one mark was put before it.
    private func isEscaped(_ line: Range<Int>) -> Bool {
        var index = line.lowerBound
        while index < line.upperBound, chunk[index] == 0x3E { index += 1 }
        return chunk[index..<line.upperBound].starts(with: "From ".utf8)
    }

    private func isSeparator(_ line: Range<Int>, isAfterBlank: Bool) -> Bool {
        let next = line.upperBound..<min(chunk.count, line.upperBound + 200)
        let nextEnd = ByteScan.first(0x0A, in: chunk, from: next.lowerBound, to: next.upperBound)
        let hasHeader = MailForm.beginsWithKnownField(chunk, next.lowerBound..<nextEnd)
        let isDated = MailboxWalk.isDated(chunk, line)
        return isAfterBlank ? isDated || hasHeader && line.count <= 200 : isDated && hasHeader
    }

    /// "Tue Jun  6 09:12:00 2017": a month, a clock and a year.
    private static func isDated(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        guard line.count <= 300 else { return false }
        guard namesMonth(bytes, line) else { return false }
        var hasClock = false
        var hasYear = false
        var digits = 0
        for index in line {
            if ASCII.isDigit(bytes[index]) {
                digits += 1
                continue
            }
            if digits == 4 { hasYear = true }
            if bytes[index] == 0x3A, digits == 2 || digits == 1 { hasClock = true }
            digits = 0
        }
        return hasClock && (hasYear || digits == 4)
    }

    private static func namesMonth(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        var start = line.lowerBound
        for index in line where bytes[index] == 0x20 || bytes[index] == 0x0A {
            if index - start == 3, months.contains(Array(bytes[start..<index])) { return true }
            start = index + 1
        }
        return false
    }

    private static let months = Set(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map { Array($0.utf8) })
}
