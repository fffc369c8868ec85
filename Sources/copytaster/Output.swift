internal import Desk
internal import ExtractionCore
internal import Glibc

/// Standard input, output and error, as bytes.
enum Output {
    static func write(_ bytes: [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // Nobody reads any more, such as `head`: there is no sense in going on.
            if count <= 0 { exit(0) }
            offset += count
        }
    }

    static func line(_ text: String) { write(Array((text + "\n").utf8)) }

    static func error(_ text: String) { _ = (text + "\n").withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) } }

    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

enum Input {
    /// A regular file where it lies; a pipe read to its end. Nil when it cannot be read.
    static func source(_ path: String) -> (any ByteSource)? {
        DocumentReader.source(path: path) ?? bytes(path).map { BytesInMemory($0) }
    }

    /// Everything in a file, or in standard input when the path is `-`; nil when it cannot be read.
    static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Calls `body` with pieces of standard input that end at line ends, so that lines can be read by many at once.
    static func eachLines(_ body: ([ArraySlice<UInt8>]) async -> Void) async {
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            rest.append(contentsOf: chunk[..<count])
            guard let end = rest.lastIndex(of: 0x0A) else { continue }
            await body(lines(of: rest[...end]))
            rest.removeSubrange(...end)
        }
        if !rest.isEmpty { await body([rest[...]]) }
    }
}

/// The lines that are not empty.
private func lines(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
        let end = bytes[start...].withUnsafeBytes { rest in
            rest.baseAddress.flatMap { base in
                memchr(base, 0x0A, rest.count).map { start + (UnsafeRawPointer($0) - base) }
            }
        }
        let line = bytes[start..<(end ?? bytes.endIndex)]
        if !line.isEmpty { lines.append(line) }
        start = line.endIndex + 1
    }
    return lines
}

/// The present, in milliseconds since 1970.
func millisecondsNow() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}
