internal import ExtractionCore
internal import Glibc
internal import Stories

/// A file that holds what a log leaves behind up to a place in it, so that a start need not apply all of it.
///
/// Only a cache. It is written beside and moved into place, and counts for nothing unless its sum is right and the log is
/// the one that it was made from.
struct StoryImage: Sendable {
    let path: String
    private var fresh: String { path + ".new" }

    init(path: String) { self.path = path }

    private static let mark = Array("copytaster image".utf8) + [Image.version]
    private static let sumSize = 32

    /// Takes away what a killed writer left.
    func clear() { unlink(fresh) }

    /// Reads the image through `body`, which is told how far into the log it reaches; false when there is none that holds.
    ///
    /// `sum` gives what tells the log at that place from any other.
    func read(_ sum: (Int64) -> [UInt8]?, _ body: (Int64, inout ImageReader) -> Bool) -> Bool {
        // A pipe of that name must not hold up the start.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let size = Int64(lseek(descriptor, 0, SEEK_END))
        guard size > Int64(StoryImage.sumSize), isWhole(descriptor, size) else { return false }
        var offset: Int64 = 0
        var image = ImageReader {
            let piece = FilePiece.read(descriptor, at: offset, count: Int(min(1 << 20, size - offset))) ?? []
            offset += Int64(piece.count)
            return piece
        }
        guard image.values(UInt8.self) == StoryImage.mark else { return false }
        let place = image.value(Int64.self)
        guard let sum = sum(place), image.values(UInt8.self) == sum else { return false }
        return body(place, &image)
    }

    private func isWhole(_ descriptor: Int32, _ size: Int64) -> Bool {
        var hasher = ContentHasher()
        let end = size - Int64(StoryImage.sumSize)
        var offset: Int64 = 0
        while offset < end {
            guard let piece = FilePiece.read(descriptor, at: offset, count: Int(min(1 << 20, end - offset))),
                !piece.isEmpty
            else { return false }
            hasher.add(piece)
            offset += Int64(piece.count)
        }
        return FilePiece.read(descriptor, at: end, count: StoryImage.sumSize) == hasher.finish().bytes
    }

    /// Writes an image beside the old one; nil when that failed, which does no harm.
    func write(place: Int64, sum: [UInt8], _ body: (inout ImageWriter) -> Void) -> Draft? {
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { return nil }
        let file = SummedFile(descriptor)
        var image = ImageWriter { file.append($0) }
        image.values(StoryImage.mark)
        image.value(place)
        image.values(sum)
        body(&image)
        image.finish()
        guard file.finish() else {
            close(descriptor)
            unlink(fresh)
            return nil
        }
        return Draft(descriptor: descriptor, fresh: fresh, path: path, size: file.size)
    }

    /// An image that is written but not yet durable; it must be settled.
    struct Draft: Sendable {
        fileprivate let descriptor: Int32
        fileprivate let fresh: String
        fileprivate let path: String
        let size: Int64

        /// Makes it durable and moves it into place, which may take as long as the disk does; false when that failed,
        /// which does no harm.
        func settle() -> Bool {
            let isDurable = fsync(descriptor) == 0
            guard close(descriptor) == 0, isDurable, rename(fresh, path) == 0 else {
                unlink(fresh)
                return false
            }
            _ = Paths.synchroniseFolder(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".")
            return true
        }
    }
}

/// A file that ends with the sum of what was written to it.
private final class SummedFile {
    private let descriptor: Int32
    private var hasher: ContentHasher? = ContentHasher()
    private(set) var size: Int64 = 0
    private var isFine = true

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func append(_ bytes: [UInt8]) {
        guard isFine else { return }
        hasher?.add(bytes)
        isFine = FilePiece.write(descriptor, bytes, at: size)
        size += Int64(bytes.count)
    }

    /// Appends the sum; false when not all was written.
    func finish() -> Bool {
        if let hasher = hasher.take() { append(hasher.finish().bytes) }
        return isFine
    }
}

/// Reads and writes at a place, however often the system wants to be asked.
enum FilePiece {
    /// Less at the end of the file; nil when it cannot be read.
    static func read(_ descriptor: Int32, at offset: Int64, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: done), count - done, off_t(offset) + off_t(done))
            }
            if read < 0, errno == EINTR { continue }
            if read < 0 { return nil }
            if read == 0 { break }
            done += read
        }
        return done == count ? bytes : Array(bytes[..<done])
    }

    static func write(_ descriptor: Int32, _ bytes: [UInt8], at offset: Int64) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { rest in
                pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
