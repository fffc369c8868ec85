internal import ExtractionCore
internal import Glibc
public import Stories
internal import Synchronization

/// The verdicts of `copytaster stories --state`: an append-only file of checked entries.
///
/// An entry holds the input's id, the answer, the text and what the story book remembers. A torn last entry is cut off
/// at the next start: its answer was never printed, so it is given again.
public final class StoryJournal: Sendable {
    private struct State {
        var answers: [String: [UInt8]] = [:]
        var length: Int64 = 0
        var unwritten: [UInt8] = []
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
        var answers: [String: [UInt8]] = [:]
        while let entry = Entry(bytes, at: offset) {
            offset = entry.end
            answers[entry.id] = entry.answer
            if let memory = StoryBook.Memory(bytes: entry.memory) {
                stream.restore(memory, id: entry.id, text: Text(repairing: entry.text))
            }
        }
        state.withLock { state in
            state.answers = answers
            state.length = Int64(offset)
        }
        return ftruncate(descriptor, off_t(offset)) == 0
    }

    /// The answer to a line: the old one when its id was answered before.
    public func answer(to line: ArraySlice<UInt8>, _ stream: inout StoryStream) -> [UInt8] {
        let value = JSONValue(parsing: line)
        let id = value?["id"]?.string ?? value?["id"]?.int.map { String($0) }
        if let id, let known = state.withLock({ $0.answers[id] }) { return known }
        let answer = stream.line(Array(line))
        if let id, let memory = stream.memory {
            let text = memory.kind == .duplicate ? [] : Array((value?["text"]?.string ?? "").utf8)
            let entry = Entry.bytes([Array(id.utf8), answer, text, memory.bytes()])
            state.withLock { state in
                state.answers[id] = answer
                state.unwritten += entry
            }
        }
        return answer
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
