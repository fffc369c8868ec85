public import ExtractionCore
internal import Glibc
internal import Synchronization

/// The bytes of an open regular file, read where they are asked for, so that its size does not matter.
///
/// A class, since it owns the descriptor. What it says while somebody writes to the file may be of either state:
/// ask `isUnchanged` afterwards.
public final class OpenFile: ByteSource, Sendable {
    private let descriptor: Int32
    private let status: FileSystem.Status
    private let lastFault = Atomic<Int32>(0)

    public var count: Int { status.bytes }
    /// When the content was last written: the article's time of receipt, the same however often it is read.
    public var modified: Instant { Instant(milliseconds: status.modified / 1_000_000) }
    public var state: FileState { FileState(status) }

    /// Opens a file of any kind but a folder; nil with errno when it cannot be read or is none.
    public convenience init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        self.init(descriptor: descriptor)
    }

    /// Takes a descriptor over; nil when there is no regular file behind it.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, FileSystem.Status(status).isRegular else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        self.status = FileSystem.Status(status)
    }

    deinit { close(descriptor) }

    /// The first fault of the disk, if any: what was read after it says nothing about the file.
    public var fault: DropError? {
        let code = lastFault.load(ordering: .acquiring)
        return code == 0 ? nil : FileSystem.failure(code)
    }

    /// Whether nobody wrote to it since it was opened.
    public var isUnchanged: Bool {
        var now = stat()
        return fstat(descriptor, &now) == 0 && FileSystem.Status(now).hasSameContent(as: status)
    }

    func hasSameContent(as other: FileSystem.Status) -> Bool { status.hasSameContent(as: other) }

    public func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
        do { return try piece(at: offset, count: count) } catch { throw ByteSourceError(message: error.message) }
    }

    private func piece(at offset: Int, count: Int) throws(DropError) -> [UInt8] {
        let wanted = max(0, min(count, self.count - max(0, offset)))
        guard offset >= 0, wanted > 0 else { return [] }
        var done = 0
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while done < wanted {
                let read = pread(descriptor, buffer.baseAddress.map { $0 + done }, wanted - done, off_t(offset + done))
                if read < 0, errno == EINTR { continue }
                if read < 0 { code = errno }
                if read <= 0 { break }
                done += read
            }
            filled = done
        }
        guard code == 0 else {
            lastFault.store(code, ordering: .releasing)
            throw FileSystem.failure(code)
        }
        return bytes
    }

    /// Everything, as long as nobody writes to it.
    public func content() throws(DropError) -> [UInt8] {
        let content = try piece(at: 0, count: count)
        guard content.count == count, isUnchanged else { throw .unstable }
        return content
    }

    /// SHA-256 of everything; `beat` is called after each piece, since a large file takes seconds.
    public func hash(beat: () -> Void) throws(DropError) -> ContentHash {
        var hasher = ContentHasher()
        var offset = 0
        while offset < count {
            let piece = try piece(at: offset, count: 1 << 20)
            if piece.isEmpty { break }
            hasher.add(piece)
            offset += piece.count
            beat()
        }
        return hasher.finish()
    }
}
