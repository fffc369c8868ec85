/// The content of a stored HTTP answer without what the transport did to it.
///
/// Crawlers often store the content plain and keep the headers that say otherwise, so the bytes decide.
enum HTTPBody {
    static func content(
        of body: [UInt8], _ headers: HeaderFields, limit: Int
    ) -> Result<[UInt8], DocumentError> {
        var bytes = body
        if let transfer = headers["transfer-encoding"], ASCII.lowered(transfer.utf8).contains("chunked") {
            bytes = joined(bytes) ?? bytes
        }
        switch ASCII.lowered((headers["content-encoding"] ?? "").utf8) {
        case "gzip", "x-gzip":
            guard bytes.starts(with: [0x1F, 0x8B]) else { return .success(bytes) }
            return Inflater.all(of: bytes, .gzip, limit: limit)
        case "deflate":
            // Some servers leave zlib's wrapping out.
            for wrapping in [Inflater.Wrapping.zlib, .none] {
                let inflated = Inflater.all(of: bytes, wrapping, limit: limit)
                if case .success(let content) = inflated { return .success(content) }
                if case .failure(.tooLarge) = inflated { return inflated }
            }
            return .success(bytes)
        case let other where (other == "br" || other == "zstd") && !looksLikeText(bytes):
            return .failure(.unsupported("\(other) encoding"))
        default: return .success(bytes)
        }
    }

    /// The chunks put together; nil when the first is none. A body that ends early gives what there is.
    private static func joined(_ bytes: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var at = 0
        while let (size, start) = chunk(bytes, at) {
            if size == 0 { return out }
            let end = min(bytes.count - start, size) + start
            out += bytes[start..<end]
            at = end
            if at < bytes.count, bytes[at] == 0x0D { at += 1 }
            if at < bytes.count, bytes[at] == 0x0A { at += 1 }
        }
        return at == 0 ? nil : out
    }

    /// The size of a chunk and where its bytes begin.
    private static func chunk(_ bytes: [UInt8], _ first: Int) -> (size: Int, start: Int)? {
        var at = first
        var size = 0
        while at < bytes.count, let digit = ASCII.hexValue(bytes[at]) {
            guard at - first < 15 else { return nil }
            size = size << 4 | Int(digit)
            at += 1
        }
        guard at > first else { return nil }
        let end = ByteScan.first(0x0A, in: bytes, from: at, to: min(bytes.count, at + 4096))
        guard end < bytes.count, bytes[end] == 0x0A else { return nil }
        // After the size come blanks or an extension, never a word.
        let rest = ASCII.trimmed(bytes, at..<end)
        return rest.isEmpty || bytes[rest.lowerBound] == 0x3B ? (size, end + 1) : nil
    }

    private static func looksLikeText(_ bytes: [UInt8]) -> Bool {
        !bytes.prefix(512).contains { $0 < 0x20 && !ASCII.isSpace($0) }
    }
}
