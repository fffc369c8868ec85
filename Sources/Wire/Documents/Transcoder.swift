internal import Glibc

/// Turns bytes of the system's encodings into UTF-8.
public enum Transcoder {
    /// Every fault becomes U+FFFD; nil when the system does not know the encoding.
    public static func utf8(_ bytes: [UInt8], from encoding: String) -> [UInt8]? {
        guard let converter = iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var source = bytes
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        var chunk = [CChar](repeating: 0, count: 1 << 16)
        source.withUnsafeMutableBytes { source in
            var input = source.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = source.count
            while left > 0 {
                let before = left
                let isFull = chunk.withUnsafeMutableBufferPointer { chunk in
                    var output = chunk.baseAddress
                    var room = chunk.count
                    let status = iconv(converter, &input, &left, &output, &room)
                    let isFull = status == -1 && errno == E2BIG
                    out.append(contentsOf: chunk.prefix(chunk.count - room).map { UInt8(bitPattern: $0) })
                    return isFull
                }
                // Stopped at a fault, or it would stand still: one byte is passed over.
                if left > 0, !isFull || left == before {
                    out += [0xEF, 0xBF, 0xBD]
                    input = input.map { $0 + 1 }
                    left -= 1
                }
            }
        }
        return out
    }
}
