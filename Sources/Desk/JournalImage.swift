internal import ExtractionCore
internal import Glibc
internal import Stories

/// The file `stories.image`: what the first so many bytes of the journal leave behind.
///
/// Only a cache. It is written beside and moved into place, and counts for nothing unless its sum is right and the journal
/// is the one that it was made from.
struct JournalImage {
    let path: String

    private static let mark = Array("copytaster image".utf8) + [Image.version]
    private static let sumSize = 32

    /// Reads the image through `body`, which is told how long the journal was; false when there is none that holds.
    ///
    /// `journalSum` gives the sum of the journal's end at a length.
    func read(_ journalSum: (Int64) -> [UInt8]?, _ body: (Int64, inout ImageReader) -> Bool) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let size = Int64(lseek(descriptor, 0, SEEK_END))
        guard size > Int64(JournalImage.sumSize), isWhole(descriptor, size) else { return false }
        var offset: Int64 = 0
        var image = ImageReader {
            let piece = FilePiece.read(descriptor, at: offset, count: Int(min(1 << 20, size - offset))) ?? []
            offset += Int64(piece.count)
            return piece
        }
        guard image.values(UInt8.self) == JournalImage.mark else { return false }
        let length = image.value(Int64.self)
        guard let sum = journalSum(length), image.values(UInt8.self) == sum else { return false }
        return body(length, &image)
    }

    private func isWhole(_ descriptor: Int32, _ size: Int64) -> Bool {
        var hasher = ContentHasher()
        let end = size - Int64(JournalImage.sumSize)
        var offset: Int64 = 0
        while offset < end {
            guard let piece = FilePiece.read(descriptor, at: offset, count: Int(min(1 << 20, end - offset))),
                !piece.isEmpty
            else { return false }
            hasher.add(piece)
            offset += Int64(piece.count)
        }
        return FilePiece.read(descriptor, at: end, count: JournalImage.sumSize) == hasher.finish().bytes
    }

    /// Writes an image; gives its size, or nil when that failed, which does no harm.
    func write(journal length: Int64, sum: [UInt8], _ body: (inout ImageWriter) -> Void) -> Int64? {
        let fresh = path + ".new"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { return nil }
        let file = SummedFile(descriptor)
        var image = ImageWriter { file.append($0) }
        image.values(JournalImage.mark)
        image.value(length)
        image.values(sum)
        body(&image)
        image.finish()
        let size = file.close()
        guard let size, rename(fresh, path) == 0 else {
            unlink(fresh)
            return nil
        }
        return size
    }
}

/// A file that ends with the sum of what was written to it.
private final class SummedFile {
    private let descriptor: Int32
    private var hasher: ContentHasher? = ContentHasher()
    private var size: Int64 = 0
    private var isFine = true

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func append(_ bytes: [UInt8]) {
        hasher?.add(bytes)
        write(bytes)
    }

    private func write(_ bytes: [UInt8]) {
        guard isFine else { return }
        isFine = FilePiece.write(descriptor, bytes, at: size)
        size += Int64(bytes.count)
    }

    /// The file's size; nil when not all of it was written.
    func close() -> Int64? {
        if let hasher = hasher.take() { write(hasher.finish().bytes) }
        isFine = isFine && fsync(descriptor) == 0
        isFine = Glibc.close(descriptor) == 0 && isFine
        return isFine ? size : nil
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
