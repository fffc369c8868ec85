internal import CZlib

/// Undoes deflate piece by piece. A class, since it owns zlib's stream; the only file that touches it.
@safe final class Inflater {
    /// What stands around the deflated bytes, as zlib numbers it.
    enum Wrapping: Int32 { case none = -15, zlib = 15, gzip = 31 }
    enum State { case going, ended, damaged }

    private let stream: UnsafeMutablePointer<z_stream>?
    private var room = [UInt8](repeating: 0, count: 1 << 16)

    init(_ wrapping: Wrapping) { unsafe stream = copytaster_inflate_new(wrapping.rawValue) }

    deinit { unsafe copytaster_inflate_free(stream) }

    /// Begins again with a new stream.
    func restart() { if let stream = unsafe stream { unsafe inflateReset(stream) } }

    /// Inflates input from `start` on and appends at most 64 KiB; says how much of the input it used.
    ///
    /// Nothing used and nothing appended means that it needs more input.
    func inflate(_ input: [UInt8], from start: Int, to output: inout [UInt8]) -> (used: Int, state: State) {
        guard let stream = unsafe stream, start >= 0, start <= input.count else { return (0, .damaged) }
        let done = unsafe input.withUnsafeBufferPointer { source in
            unsafe room.withUnsafeMutableBufferPointer { target in
                let rest = unsafe UnsafeBufferPointer(rebasing: source[start...])
                return unsafe copytaster_inflate(stream, rest.baseAddress, rest.count, target.baseAddress, target.count)
            }
        }
        output += room[..<done.produced]
        switch done.status {
        case Z_OK, Z_BUF_ERROR: return (done.consumed, .going)
        case Z_STREAM_END: return (done.consumed, .ended)
        default: return (done.consumed, .damaged)
        }
    }

    /// The CRC-32 of some bytes, as zip files state it.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: unsafe crc32_z(0, $0.baseAddress, $0.count)) }
    }
}

extension Inflater {
    /// Everything that lies deflated in some bytes, from `start` on.
    ///
    /// Fails when it is damaged or cut off, or gives more than `limit` bytes.
    static func all(
        of bytes: [UInt8], from start: Int = 0, _ wrapping: Wrapping, limit: Int
    ) -> Result<[UInt8], DocumentError> {
        let inflater = Inflater(wrapping)
        var out: [UInt8] = []
        var index = start
        while true {
            let before = out.count
            let (used, state) = inflater.inflate(bytes, from: index, to: &out)
            index += used
            if out.count > limit { return .failure(.tooLarge(bytes: out.count, limit: limit)) }
            if state == .ended { return .success(out) }
            if state == .damaged { return .failure(.damaged("compressed data")) }
            if used == 0, out.count == before { return .failure(.cutOff("compressed data")) }
        }
    }
}
