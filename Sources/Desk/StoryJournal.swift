public import ExtractionCore
internal import Glibc
public import Stories
internal import Synchronization

/// The verdicts of `copytaster stories --state`: an append-only file of checked entries.
///
/// An entry holds the input's id, the answer, the text and what the story book remembers. A torn last entry is cut off
/// at the next start: its answer was never printed, so it is given again. An image of the book, written now and then,
/// leaves few entries to apply at a start; without it all of them are applied, to the same end.
public final class StoryJournal: Sendable {
    private struct State {
        var offsets = OffsetTable()
        var length: Int64 = 0
        var unwritten: [UInt8] = []
        /// How long the journal was at the last image, and how long that image was.
        var imaged: Int64 = 0
        var imageSize: Int64 = 0
    }

    private let descriptor: Int32
    private let lock: OwnerLock
    private let image: StoryImage
    private let state = Mutex(State())
    /// An image is made when so many bytes of the journal are in none.
    private let imageEvery: Int64

    /// Nil when the folder cannot be written or another process uses it.
    public init?(folder: String, imageEvery: Int64 = 32 << 20) {
        guard let lock = OwnerLock(state: folder) else { return nil }
        self.lock = lock
        self.imageEvery = imageEvery
        image = StoryImage(path: folder + "/stories.image")
        descriptor = open(folder + "/stories.journal", O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0, Paths.synchroniseFolder(folder) else { return nil }
    }

    deinit { close(descriptor) }

    /// Applies the image and every whole entry that it does not know, in order; false when the journal cannot be read.
    public func restore(into stream: inout StoryStream) -> Bool {
        image.clear()
        var read = State()
        var restored = stream
        let isImaged = image.read(sum(ofJournal:)) { length, image in
            guard restored.restore(&image) else { return false }
            read.offsets = OffsetTable(&image)
            (read.length, read.imaged) = (length, length)
            return !image.isBroken
        }
        if isImaged { stream = restored } else { read = State() }
        guard apply(&read, to: &stream) else { return false }
        let length = read.length
        state.withLock { [read] state in state = read }
        return ftruncate(descriptor, off_t(length)) == 0
    }

    /// Applies the entries from where the state ends. What cannot be read must not be cut off: then false.
    private func apply(_ read: inout State, to stream: inout StoryStream) -> Bool {
        var window: [UInt8] = []
        var (start, size) = (0, 1 << 20)
        while true {
            guard let more = FilePiece.read(descriptor, at: read.length + Int64(window.count - start), count: size)
            else {
                return false
            }
            window = Array(window[start...]) + more
            start = 0
            while let entry = Entry(window[start...]) {
                guard read.offsets.insert(entry.id, at: read.length) else { return false }
                read.length += Int64(entry.end - start)
                start = entry.end
                if let memory = entry.memory {
                    stream.restore(memory, id: entry.id, text: Text(repairing: entry.text))
                }
            }
            if more.count < size { return true }
            // An entry that is longer than the window needs a larger one.
            size = start == 0 ? size * 4 : 1 << 20
        }
    }

    /// The sum of the journal's last bytes at a length; nil when it is not as long.
    private func sum(ofJournal length: Int64) -> [UInt8]? {
        let count = Int(min(4096, max(0, length)))
        guard let end = FilePiece.read(descriptor, at: length - Int64(count), count: count), end.count == count else {
            return nil
        }
        return ContentHash(of: end).bytes
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
                _ = state.offsets.insert(id, at: state.length + Int64(state.unwritten.count))
                state.unwritten += entry
            }
        }
        return answer
    }

    /// The text of an earlier input.
    public func text(of id: String) -> Text? { entry(of: id).map { Text(repairing: $0.text) } }

    private func entry(of id: String) -> Entry? {
        for offset in state.withLock({ $0.offsets.offsets(of: id) }) {
            let unwritten: [UInt8]? = state.withLock { state in
                offset >= state.length ? Array(state.unwritten[Int(offset - state.length)...]) : nil
            }
            guard let bytes = unwritten ?? read(at: offset) else { continue }
            if let entry = Entry(bytes[...], readsMemory: false), entry.id == id { return entry }
        }
        return nil
    }

    /// The bytes of the entry at an offset, and perhaps some more.
    private func read(at offset: Int64) -> [UInt8]? {
        var size = 1 << 12
        while true {
            guard let bytes = FilePiece.read(descriptor, at: offset, count: size) else { return nil }
            if bytes.count < size || Entry(bytes[...], readsMemory: false) != nil { return bytes }
            size *= 8
        }
    }

    /// Makes the answers so far durable; they may be printed afterwards.
    public func synchronise() -> Bool {
        state.withLock { state in
            guard FilePiece.write(descriptor, state.unwritten, at: state.length), fdatasync(descriptor) == 0 else {
                return false
            }
            state.length += Int64(state.unwritten.count)
            state.unwritten = []
            return true
        }
    }

    /// Writes an image of a stream to which nothing but this journal's entries was applied, when one is due. A failure
    /// does no harm.
    ///
    /// At the end one is made unless next to nothing would be gained.
    public func saveImage(of stream: StoryStream, atEnd: Bool = false) {
        let (length, imaged, size) = state.withLock { state in
            (state.unwritten.isEmpty ? state.length : 0, state.imaged, state.imageSize)
        }
        guard length - imaged >= (atEnd ? imageEvery / 16 : max(imageEvery, size / 4)), let sum = sum(ofJournal: length)
        else { return }
        let offsets = state.withLock { $0.offsets }
        let draft = image.write(place: length, sum: sum) { image in
            stream.write(to: &image)
            offsets.write(to: &image)
        }
        let isSettled = draft?.settle() ?? false
        // What fails is tried again when as much has come once more.
        state.withLock { state in
            state.imaged = length
            if let draft, isSettled { state.imageSize = draft.size }
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
