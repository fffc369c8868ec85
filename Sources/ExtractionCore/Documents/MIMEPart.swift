// A mail is a tree of parts, written one after another with lines of boundaries between them. One pass over the lines
// finds all of it: a boundary of an outer part ends every inner one, so a boundary that is missing costs one part and
// not the mail.

/// A part of a mail.
struct MIMEPart: Sendable {
    let header: MailHeader
    let type: MailHeader.Parameters
    let disposition: MailHeader.Parameters
    /// Nil for the mail itself.
    let parent: Int?
    /// As it is written, before its encoding is undone.
    fileprivate(set) var body: Range<Int>
    /// Its parts are listed after it.
    fileprivate(set) var holdsParts = false
    /// In a digest every part is a mail, unless it says otherwise.
    fileprivate var isInDigest = false

    /// Such as `text/plain`, which is meant where nothing is said.
    var mediaType: String { !type.value.isEmpty ? type.value : isInDigest ? "message/rfc822" : "text/plain" }
    var isMail: Bool { mediaType == "message/rfc822" || mediaType == "message/global" }
    var encoding: TransferEncoding { TransferEncoding(header["content-transfer-encoding"]) }
    /// The name it is to be saved under.
    var fileName: String? {
        let name = disposition["filename"] ?? type["name"]
        // A path is only a name here.
        return name?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map { shortened(String($0), to: 200) }
    }
    var isAttachment: Bool { disposition.value == "attachment" }
}

/// Cuts a mail into its parts.
struct MIMEParts: Sendable {
    /// In the order of the mail; the first is the mail itself.
    private(set) var parts: [MIMEPart] = []
    private(set) var isCut = false

    static let partLimit = 1000
    static let depthLimit = 12

    private let bytes: [UInt8]
    private let transcode: Transcode
    private var open: [Open] = []

    /// A part that holds parts.
    private struct Open {
        let part: Int
        /// Empty for a mail inside the mail, which ends where the part around it ends.
        let boundary: [UInt8]
    }

    init(_ bytes: [UInt8], _ transcode: @escaping Transcode) {
        self.bytes = bytes
        self.transcode = transcode
        var index: Int? = 0
        while let start = index { index = read(at: start) }
    }

    /// Reads the part that begins at `start`; where the next one begins.
    private mutating func read(at start: Int) -> Int? {
        guard parts.count < MIMEParts.partLimit else {
            isCut = true
            return nil
        }
        let isPart = open.last.map { !$0.boundary.isEmpty } ?? false
        let header = MailHeader(bytes, at: start, to: headerLimit(start), isPart: isPart)
        let type = MailHeader.Parameters(header["content-type"], transcode)
        parts.append(
            MIMEPart(
                header: header, type: type,
                disposition: MailHeader.Parameters(header["content-disposition"], transcode),
                parent: open.last?.part, body: header.end..<bytes.count))
        let number = parts.count - 1
        parts[number].isInDigest = open.last.map { parts[$0.part].type.value == "multipart/digest" } ?? false
        if type.value.hasPrefix("multipart/"), let boundary = boundary(type["boundary"], from: header.end) {
            // What is nested deeper is left out; a part that holds parts is no text.
            parts[number].holdsParts = true
            guard open.count < MIMEParts.depthLimit else {
                isCut = true
                return next(from: header.end, ending: number)
            }
            open.append(Open(part: number, boundary: boundary))
        } else if parts[number].isMail, open.count < MIMEParts.depthLimit, case .none = parts[number].encoding {
            parts[number].holdsParts = true
            open.append(Open(part: number, boundary: []))
            return header.end < bytes.count ? header.end : nil
        }
        return next(from: header.end, ending: number)
    }

    /// A header without an end must not swallow the parts after it.
    private func headerLimit(_ start: Int) -> Int {
        guard !open.isEmpty else { return bytes.count }
        var index = start
        while index < bytes.count, index - start < 1 << 16 {
            let lineEnd = ByteScan.first(0x0A, in: bytes, from: index, to: bytes.count)
            if lineEnd - index <= 1 { return bytes.count }
            if bytes[index] == 0x2D, level(of: index..<lineEnd) != nil { return index }
            index = lineEnd + 1
        }
        return bytes.count
    }

    /// Passes over lines to the next boundary of an open part, which ends the part that is read.
    private mutating func next(from start: Int, ending part: Int) -> Int? {
        var index = start
        var ending: Int? = parts[part].holdsParts ? nil : part
        while index < bytes.count {
            let lineEnd = ByteScan.first(0x0A, in: bytes, from: index, to: bytes.count)
            if bytes[index] == 0x2D, let found = level(of: index..<lineEnd) {
                if let number = ending {
                    parts[number].body = parts[number].body.lowerBound..<beforeBreak(index, start)
                }
                ending = nil
                for closed in open[(found.level + 1)...] { close(closed.part, at: index, start) }
                open.removeSubrange((found.level + 1)...)
                if !found.isLast { return lineEnd + 1 < bytes.count ? lineEnd + 1 : nil }
                close(open[found.level].part, at: index, start)
                open.removeLast()
                if open.isEmpty { return nil }
            }
            index = lineEnd + 1
        }
        return nil
    }

    private mutating func close(_ part: Int, at index: Int, _ start: Int) {
        let from = parts[part].body.lowerBound
        parts[part].body = from..<max(from, beforeBreak(index, start))
    }

    /// The line break before a boundary belongs to it.
    private func beforeBreak(_ index: Int, _ start: Int) -> Int {
        var end = index
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }

    /// Which open part a line is a boundary of, innermost first.
    private func level(of line: Range<Int>) -> (level: Int, isLast: Bool)? {
        guard line.count >= 3, bytes[line.lowerBound + 1] == 0x2D else { return nil }
        for level in open.indices.reversed() where !open[level].boundary.isEmpty {
            let boundary = open[level].boundary
            let end = line.lowerBound + 2 + boundary.count
            guard end <= line.upperBound, bytes[line.lowerBound + 2..<end].elementsEqual(boundary) else { continue }
            let rest = ASCII.trimmed(bytes, end..<line.upperBound)
            if rest.isEmpty { return (level, false) }
            if rest.count == 2, bytes[rest].elementsEqual("--".utf8) { return (level, true) }
        }
        return nil
    }

    private static let boundaryLimit = 250

    /// The boundary as declared when it occurs soon; else the one that the lines show.
    private func boundary(_ declared: String?, from start: Int) -> [UInt8]? {
        let declared = declared.map { Array($0.utf8) }.flatMap { $0.isEmpty || $0.count > 250 ? nil : $0 }
        var index = start
        var guess: [UInt8]?
        while index < bytes.count, index - start < 1 << 16 {
            let lineEnd = ByteScan.first(0x0A, in: bytes, from: index, to: bytes.count)
            if lineEnd - index >= 3, bytes[index] == 0x2D, bytes[index + 1] == 0x2D {
                let words = ASCII.trimmed(bytes, index + 2..<lineEnd)
                if let declared, bytes[words].starts(with: declared) { return declared }
                if guess == nil, words.count <= MIMEParts.boundaryLimit, !words.isEmpty,
                    !bytes[words].contains(0x20), level(of: index..<lineEnd) == nil,
                    lineEnd + 8 < bytes.count, ASCII.matches("content-", in: bytes, lineEnd + 1..<lineEnd + 9)
                {
                    guess = Array(bytes[words])
                }
            }
            index = lineEnd + 1
        }
        return guess ?? (index < bytes.count ? declared : nil)
    }
}
