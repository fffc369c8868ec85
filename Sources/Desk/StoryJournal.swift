public import ExtractionCore
internal import Glibc
public import Stories
internal import Synchronization

/// The verdicts of `copytaster stories --state`: an append-only file of checked entries.
///
/// An entry holds the input's id, the answer, the text and what the story book remembers. A torn last entry is cut off
/// at the next start: its answer was never printed, so it is given again.
public final class StoryJournal: Sendable {
    private struct State {
        /// Where the entry of an id starts, by the id's hash; the entry itself says whose it is.
        var entries: [UInt64: Int64] = [:]
        /// Ids whose hash another id has.
        var collided: [String: Int64] = [:]
        var length: Int64 = 0
        var unwritten: [UInt8] = []

        mutating func insert(_ id: String, at offset: Int64) {
            let key = NormalWord.hash(id.utf8)
            if entries[key] == nil { entries[key] = offset } else { collided[id] = offset }
        }

        func offset(of id: String) -> Int64? { collided[id] ?? entries[NormalWord.hash(id.utf8)] }
    }

    private let descriptor: Int32
    private let lock: OwnerLock
    private let path: String
    private let state = Mutex(State())

    /// Nil when the folder cannot be written or another process uses it.
    public init?(folder: String) {
        guard let lock = OwnerLock(state: folder) else { return nil }
        self.lock = lock
        path = folder + "/stories.journal"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Applies every whole entry, in order; false when the journal cannot be read.
    public func restore(into stream: inout StoryStream) -> Bool {
        // What cannot be read must not be cut off.
        guard let bytes = Paths.bytes(path) else { return false }
        var offset = 0
        var read = State()
        while let entry = Entry(bytes, at: offset) {
            read.insert(entry.id, at: Int64(offset))
            offset = entry.end
            if let memory = StoryBook.Memory(bytes: entry.memory) {
                stream.restore(memory, id: entry.id, text: Text(repairing: entry.text))
            }
        }
        read.length = Int64(offset)
        state.withLock { [read] state in state = read }
        return ftruncate(descriptor, off_t(offset)) == 0
    }

    /// The answer to a line: the old one when its id was answered before.
    public func answer(to line: ArraySlice<UInt8>, _ stream: inout StoryStream) -> [UInt8] {
        let value = JSONValue(parsing: line)
        let id = value?["id"]?.string ?? value?["id"]?.int.map { String($0) }
        if let id, let known = entry(of: id) { return known.answer }
        let answer = stream.line(Array(line))
        if let id, let memory = stream.memory {
            let text = memory.kind == .duplicate ? [] : Array((value?["text"]?.string ?? "").utf8)
            let entry = Entry.bytes([Array(id.utf8), answer, text, memory.bytes()])
            state.withLock { state in
                state.insert(id, at: state.length + Int64(state.unwritten.count))
                state.unwritten += entry
            }
        }
        return answer
    }

    /// The text of an earlier input.
    public func text(of id: String) -> Text? { entry(of: id).map { Text(repairing: $0.text) } }

    private func entry(of id: String) -> Entry? {
        let bytes: [UInt8]? = state.withLock { state in
            guard let offset = state.offset(of: id) else { return nil }
            if offset >= state.length { return Array(state.unwritten[Int(offset - state.length)...]) }
            return read(at: offset)
        }
        guard let bytes, let entry = Entry(bytes, at: 0), entry.id == id else { return nil }
        return entry
    }

    /// The bytes of the entry at an offset, and perhaps some more.
    private func read(at offset: Int64) -> [UInt8]? {
        var size = 1 << 14
        while true {
            var bytes = [UInt8](repeating: 0, count: size)
            let count = pread(descriptor, &bytes, size, off_t(offset))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            if count < size || Entry(bytes, at: 0) != nil { return Array(bytes[..<count]) }
            size *= 8
        }
    }

    /// Makes the answers so far durable; they may be printed afterwards.
    public func synchronise() -> Bool {
        state.withLock { state in
            var done = 0
            while done < state.unwritten.count {
                let count = state.unwritten[done...].withUnsafeBytes { rest in
                    pwrite(descriptor, rest.baseAddress, rest.count, off_t(state.length) + off_t(done))
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                done += count
            }
            guard done == state.unwritten.count, fdatasync(descriptor) == 0 else { return false }
            state.length += Int64(done)
            state.unwritten = []
            return true
        }
    }

    /// Four fields with their lengths, then the first eight bytes of their hash.
    private struct Entry {
        let id: String
        let answer: [UInt8]
        let text: [UInt8]
        let memory: [UInt8]
        let end: Int

        static func bytes(_ fields: [[UInt8]]) -> [UInt8] {
            var out: [UInt8] = []
            for field in fields {
                for shift in [0, 8, 16, 24] { out.append(UInt8(truncatingIfNeeded: field.count >> shift)) }
                out += field
            }
            return out + ContentHash(of: out).bytes.prefix(8)
        }

        init?(_ bytes: [UInt8], at start: Int) {
            var fields: [[UInt8]] = []
            var offset = start
            for _ in 0..<4 {
                guard offset + 4 <= bytes.count else { return nil }
                let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
                guard offset + 4 + length <= bytes.count else { return nil }
                fields.append(Array(bytes[(offset + 4)..<(offset + 4 + length)]))
                offset += 4 + length
            }
            guard offset + 8 <= bytes.count,
                ContentHash(of: Array(bytes[start..<offset])).bytes.prefix(8).elementsEqual(bytes[offset..<offset + 8])
            else { return nil }
            id = String(decoding: fields[0], as: UTF8.self)
            (answer, text, memory) = (fields[1], fields[2], fields[3])
            end = offset + 8
        }
    }
}
