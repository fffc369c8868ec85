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
        while let entry = Entry(bytes[offset...]) {
            read.insert(entry.id, at: Int64(offset))
            offset = entry.end
            if let memory = entry.memory {
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
            let entry = Entry.bytes(id, answer, text, memory)
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
        guard let bytes, let entry = Entry(bytes[...], readsMemory: false), entry.id == id else { return nil }
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
            if count < size || Entry(bytes[...], readsMemory: false) != nil { return Array(bytes[..<count]) }
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

    /// Id, text, memory and answer with their lengths, then the first eight bytes of their hash. The memory is what the
    /// text and the id do not tell, and no answer is kept that the memory tells.
    private struct Entry {
        let id: String
        let answer: [UInt8]
        let text: [UInt8]
        let memory: StoryBook.Memory?
        let end: Int

        /// Entries of the first form begin with the length of an id, in four bytes.
        private static let mark: UInt8 = 0xFF
        private static let checkSize = 8

        static func bytes(_ id: String, _ answer: [UInt8], _ text: [UInt8], _ memory: StoryBook.Memory) -> [UInt8] {
            var out = [mark]
            let kept = plainAnswer(id, memory) == answer ? [] : answer
            for field in [Array(id.utf8), text, memory.bytes(beside: source(id, text)), kept] {
                var rest = field.count
                while rest >= 0x80 {
                    out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                    rest >>= 7
                }
                out.append(UInt8(rest))
                out += field
            }
            return out + ContentHash(of: out).bytes.prefix(checkSize)
        }

        /// `readsMemory` is false when the answer alone is wanted.
        init?(_ bytes: ArraySlice<UInt8>, readsMemory: Bool = true) {
            guard let read = Fields(bytes, marked: true) ?? Fields(bytes, marked: false) else { return nil }
            id = String(decoding: bytes[read.id], as: UTF8.self)
            text = Array(bytes[read.text])
            end = read.end
            // The first form has an answer always.
            guard readsMemory || read.answer.isEmpty else {
                (memory, answer) = (nil, Array(bytes[read.answer]))
                return
            }
            memory = StoryBook.Memory(bytes: Array(bytes[read.memory]), beside: Entry.source(id, text))
            let plain = memory.map { [id] in Entry.plainAnswer(id, $0) } ?? []
            answer = read.answer.isEmpty ? plain : Array(bytes[read.answer])
        }

        private static func source(_ id: String, _ text: [UInt8]) -> StoryBook.Memory.Source {
            StoryBook.Memory.Source(article: ArticleID(of: Array(id.utf8)), text: Text(repairing: text))
        }

        /// What is said of an article that opens a story.
        private static func plainAnswer(_ id: String, _ memory: StoryBook.Memory) -> [UInt8] {
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("id", id)
                writer.member("story", memory.story.value)
            }
            return writer.bytes
        }

        /// Where the fields of a whole entry lie.
        private struct Fields {
            private(set) var (id, answer, text, memory) = (0..<0, 0..<0, 0..<0, 0..<0)
            let end: Int

            init?(_ bytes: ArraySlice<UInt8>, marked: Bool) {
                var offset = bytes.startIndex
                if marked {
                    guard bytes.first == mark else { return nil }
                    offset += 1
                }
                var found: [Range<Int>] = []
                for _ in 0..<4 {
                    guard let length = marked ? Fields.count(bytes, &offset) : Fields.word(bytes, &offset),
                        length <= bytes.endIndex - offset
                    else { return nil }
                    found.append(offset..<offset + length)
                    offset += length
                }
                guard checkSize <= bytes.endIndex - offset,
                    ContentHash(of: Array(bytes[bytes.startIndex..<offset])).bytes.prefix(checkSize)
                        .elementsEqual(bytes[offset..<offset + checkSize])
                else { return nil }
                end = offset + checkSize
                (id, text, memory, answer) =
                    marked ? (found[0], found[1], found[2], found[3]) : (found[0], found[2], found[3], found[1])
            }

            private static func count(_ bytes: ArraySlice<UInt8>, _ offset: inout Int) -> Int? {
                var value = 0
                for shift in stride(from: 0, to: 35, by: 7) {
                    guard offset < bytes.endIndex else { return nil }
                    let byte = bytes[offset]
                    offset += 1
                    value |= Int(byte & 0x7F) << shift
                    if byte < 0x80 { return value }
                }
                return nil
            }

            private static func word(_ bytes: ArraySlice<UInt8>, _ offset: inout Int) -> Int? {
                guard offset + 4 <= bytes.endIndex else { return nil }
                defer { offset += 4 }
                return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
            }
        }
    }
}
