public import ExtractionCore
internal import Glibc
internal import Stories
internal import Synchronization

/// Texts that do not fit in memory, in a temporary file without a name: it is gone with the process.
public final class TextSpill: Sendable {
    private struct State {
        var offsets = OffsetTable()
        var length: Int64 = 0
        /// The last texts, that are not written yet.
        var open: [UInt8] = []
        /// A write failed: what is open is all that can be added, and found, no more.
        var isFull = false
    }

    private let descriptor: Int32
    private let state = Mutex(State())
    private static let piece = 1 << 18
    private static let lengthSize = 4

    /// Nil when no file can be made in the folder.
    public init?(folder: String) {
        var name = Array((folder + "/copytaster.XXXXXX").utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        unlink(name)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(descriptor) }

    /// Keeps an input's text; on a full disk it is left out.
    public func add(_ text: Text, of id: String) {
        let name = Array(id.utf8)
        state.withLock { state in
            guard !state.isFull, state.offsets.insert(id, at: state.length + Int64(state.open.count)) else { return }
            for field in [name, text.bytes] {
                for shift in stride(from: 0, to: TextSpill.lengthSize * 8, by: 8) {
                    state.open.append(UInt8(truncatingIfNeeded: field.count >> shift))
                }
                state.open += field
            }
            guard state.open.count >= TextSpill.piece else { return }
            guard FilePiece.write(descriptor, state.open, at: state.length) else {
                state.isFull = true
                return
            }
            state.length += Int64(state.open.count)
            state.open.removeAll(keepingCapacity: true)
        }
    }

    /// The text of an input; nil for one that is not kept.
    public func text(of id: String) -> Text? {
        let name = Array(id.utf8)
        return state.withLock { state in
            for offset in state.offsets.offsets(of: id) {
                guard let found = field(at: offset, state), found == name,
                    let text = field(at: offset + Int64(TextSpill.lengthSize + name.count), state)
                else { continue }
                return Text(repairing: text)
            }
            return nil
        }
    }

    private func field(at offset: Int64, _ state: State) -> [UInt8]? {
        guard let length = bytes(at: offset, TextSpill.lengthSize, state) else { return nil }
        let count = length.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        return bytes(at: offset + Int64(TextSpill.lengthSize), count, state)
    }

    private func bytes(at offset: Int64, _ count: Int, _ state: State) -> [UInt8]? {
        if offset >= state.length {
            let start = Int(offset - state.length)
            return start + count <= state.open.count ? Array(state.open[start..<start + count]) : nil
        }
        let read = FilePiece.read(descriptor, at: offset, count: count)
        return read?.count == count ? read : nil
    }
}
