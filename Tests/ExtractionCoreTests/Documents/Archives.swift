import CZlib

@testable import ExtractionCore

// Small writers of what the readers read, so that no archive lies in the repository.

/// A deflated stream, wrapped as zlib's window bits say: 31 is gzip, -15 nothing.
func deflated(_ bytes: [UInt8], windowBits: Int32 = 31) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
        &stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 100 + 1000)
    let count = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(target.count)
            deflate(&stream, Z_FINISH)
            return target.count - Int(stream.avail_out)
        }
    }
    return Array(output[..<count])
}

func gzipped(_ text: String) -> [UInt8] { deflated(Array(text.utf8)) }

/// A member of a zip file to be written, with what may be said wrongly about it.
struct ZipMember {
    var name: [UInt8]
    var content: [UInt8]
    var isStored = false
    var flags = 0
    var method: Int?
    /// What the headers state in place of the truth.
    var checksum: Int?
    var unpacked: Int?
    var packed: Int?
    /// The sizes stand after the data.
    var isDescribed = false
    /// Sizes and place stand in the extra field of large archives.
    var isLarge = false

    init(_ name: String, _ content: String) {
        self.name = Array(name.utf8)
        self.content = Array(content.utf8)
    }

    init(_ name: String, bytes: [UInt8]) {
        self.name = Array(name.utf8)
        content = bytes
    }
}

/// Writes zip files.
struct ZipWriter {
    private(set) var bytes: [UInt8] = []
    private var list: [UInt8] = []
    private var count = 0

    static func archive(_ members: [ZipMember], isLarge: Bool = false) -> [UInt8] {
        var writer = ZipWriter()
        for member in members { writer.add(member) }
        return writer.finished(isLarge: isLarge)
    }

    static func archive(_ members: KeyValuePairs<String, String>) -> [UInt8] {
        archive(members.map { ZipMember($0.key, $0.value) })
    }

    mutating func add(_ member: ZipMember) {
        let data = member.isStored ? member.content : deflated(member.content, windowBits: -15)
        let checksum = member.checksum ?? Int(Inflater.checksum(member.content))
        let unpacked = member.unpacked ?? member.content.count
        let packed = member.packed ?? data.count
        let flags = member.flags | (member.isDescribed ? 8 : 0)
        let start = bytes.count
        let method = member.method ?? (member.isStored ? 0 : 8)
        func sizes(_ isUnknown: Bool) -> [UInt8] {
            if isUnknown { return number(0, 4) + number(0, 4) + number(0, 4) }
            let sizes = member.isLarge ? [0xFFFF_FFFF, 0xFFFF_FFFF] : [packed, unpacked]
            return number(checksum, 4) + number(sizes[0], 4) + number(sizes[1], 4)
        }
        let large = number(1, 2) + number(24, 2) + number(unpacked, 8) + number(packed, 8) + number(start, 8)
        let extra = member.isLarge ? large : []
        let common = number(20, 2) + number(flags, 2) + number(method, 2) + number(0, 4)
        let lengths = number(member.name.count, 2) + number(extra.count, 2)
        bytes += [0x50, 0x4B, 3, 4] + common + sizes(member.isDescribed) + lengths + member.name + extra + data
        if member.isDescribed {
            bytes += [0x50, 0x4B, 7, 8] + number(checksum, 4) + number(packed, 4) + number(unpacked, 4)
        }
        list += [0x50, 0x4B, 1, 2] + number(20, 2) + common + sizes(false) + lengths + number(0, 10)
        list += number(member.isLarge ? 0xFFFF_FFFF : start, 4) + member.name + extra
        count += 1
    }

    mutating func finished(isLarge: Bool = false) -> [UInt8] {
        let first = bytes.count
        bytes += list
        if isLarge {
            let end = bytes.count
            bytes += [0x50, 0x4B, 6, 6] + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8)
            bytes += number(count, 8) + number(count, 8) + number(list.count, 8) + number(first, 8)
            bytes += [0x50, 0x4B, 6, 7] + number(0, 4) + number(end, 8) + number(1, 4)
        }
        bytes += [0x50, 0x4B, 5, 6] + number(0, 4)
        bytes += number(isLarge ? 0xFFFF : count, 2) + number(isLarge ? 0xFFFF : count, 2)
        bytes += number(isLarge ? 0xFFFF_FFFF : list.count, 4) + number(isLarge ? 0xFFFF_FFFF : first, 4) + number(0, 2)
        return bytes
    }
}

/// The lowest byte first.
func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> ($0 * 8) : 0) }
}

/// Writes records of web archives.
enum WARC {
    static func record(_ kind: String, _ fields: KeyValuePairs<String, String>, _ block: [UInt8]) -> [UInt8] {
        var head = "WARC/1.0\r\nWARC-Type: \(kind)\r\nWARC-Date: 2017-06-06T09:12:00Z\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        return Array((head + "Content-Length: \(block.count)\r\n\r\n").utf8) + block + Array("\r\n\r\n".utf8)
    }

    static func response(
        _ url: String, _ body: [UInt8], status: String = "200 OK", type: String = "text/html",
        fields: KeyValuePairs<String, String> = [:]
    ) -> [UInt8] {
        var head = "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        return record(
            "response",
            ["WARC-Target-URI": url, "Content-Type": "application/http; msgtype=response"],
            Array((head + "\r\n").utf8) + body)
    }

    static func page(_ words: String) -> [UInt8] {
        Array(
            "<!DOCTYPE html><html><head><title>Bridge</title></head><body><article><p>\(words)</p></article></body></html>"
                .utf8)
    }
}

/// Writes Word documents.
enum Word {
    static func document(
        _ body: String, styles: String = "", properties: String = "", extra: [ZipMember] = []
    ) -> [UInt8] {
        let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        var text = ZipMember(
            "word/document.xml",
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"\(space)\"><w:body>\(body)</w:body></w:document>")
        text.isStored = true
        var members = [ZipMember("[Content_Types].xml", "<Types/>"), text]
        if !styles.isEmpty { members.append(ZipMember("word/styles.xml", "<w:styles>\(styles)</w:styles>")) }
        if !properties.isEmpty {
            members.append(ZipMember("docProps/core.xml", "<cp:coreProperties>\(properties)</cp:coreProperties>"))
        }
        return ZipWriter.archive(members + extra)
    }

    static func paragraph(_ text: String, style: String? = nil, properties: String = "") -> String {
        let style = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? ""
        return "<w:p><w:pPr>\(style)\(properties)</w:pPr>\(run(text))</w:p>"
    }

    static func run(_ text: String) -> String { "<w:r><w:t xml:space=\"preserve\">\(text)</w:t></w:r>" }
}

/// A source that counts how many bytes were read, and may break.
final class WatchedSource: ByteSource {
    private let content: [UInt8]
    private(set) var read = 0
    private(set) var largest = 0
    var breaksAt = Int.max

    init(_ content: [UInt8]) { self.content = content }

    var count: Int { content.count }

    func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
        guard offset < breaksAt else { throw ByteSourceError(message: "disk on fire") }
        let bytes = BytesInMemory(content).piece(at: offset, count: count)
        read += bytes.count
        largest = max(largest, bytes.count)
        return bytes
    }
}
