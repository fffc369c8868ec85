@testable import ExtractionCore

/// Writes archives whose members are stored as they are.
enum Packed {
    static func gzip(_ text: String) -> [UInt8] { gzip(Array(text.utf8)) }

    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        for start in stride(from: 0, to: bytes.count, by: 60_000) {
            let block = bytes[start..<min(start + 60_000, bytes.count)]
            out += [0] + number(block.count, 2) + number(~block.count, 2) + block
        }
        out += [1, 0, 0, 0xFF, 0xFF]
        return out + number(Int(Inflater.checksum(bytes)), 4) + number(bytes.count, 4)
    }

    static func zip(_ members: [(name: String, text: String)]) -> [UInt8] {
        var out: [UInt8] = []
        var list: [UInt8] = []
        for (name, text) in members {
            let bytes = Array(text.utf8)
            let common =
                number(20, 2) + number(0x800, 2) + number(0, 2) + number(0, 4)
                + number(Int(Inflater.checksum(bytes)), 4)
                + number(bytes.count, 4) + number(bytes.count, 4) + number(name.utf8.count, 2) + number(0, 2)
            list += [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 10) + number(out.count, 4) + name.utf8
            out += [0x50, 0x4B, 3, 4] + common + name.utf8 + bytes
        }
        let end = number(0, 4) + number(members.count, 2) + number(members.count, 2) + number(list.count, 4)
        return out + list + [0x50, 0x4B, 5, 6] + end + number(out.count, 4) + number(0, 2)
    }

    static func warc(_ url: String, _ page: String) -> [UInt8] {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\(page)"
        let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: \(url)\r\nContent-Type: application/http\r\n"
        return Array("\(head)Content-Length: \(answer.utf8.count)\r\n\r\n\(answer)\r\n\r\n".utf8)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
