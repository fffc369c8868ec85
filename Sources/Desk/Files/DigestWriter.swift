internal import Glibc
internal import Store

/// Writes outbox rows where they belong, and whole pages.
///
/// `pwrite` at the recorded offset, never O_APPEND: after a crash the same bytes go to the same place, so a torn tail
/// heals and nothing is doubled. A file never shrinks under its readers.
struct DigestWriter {
    let folder: String

    /// Why a file could not be written; always worth another try.
    struct Failure: Error {
        let message: String

        init(_ path: String) { message = path + ": " + String(cString: strerror(errno)) }
    }

    /// Writes rows and makes them durable.
    func redo(_ rows: [OutboxRow]) throws {
        var open: [String: Int32] = [:]
        defer { for descriptor in open.values { close(descriptor) } }
        for row in rows {
            if open[row.path] == nil {
                if row.offset == 0 { try setForeignAside(row) }
                open[row.path] = try self.open(row.path, isNew: row.offset == 0)
            }
            guard let descriptor = open[row.path] else { continue }
            // Somebody cut the file: without a filler the hole would read as zero bytes.
            try fill(descriptor, upTo: row.offset, path: row.path)
            try DigestWriter.write(row.bytes, to: descriptor, at: row.offset, path: row.path)
        }
        for (path, descriptor) in open where fsync(descriptor) != 0 { throw Failure(path) }
    }

    private func open(_ path: String, isNew: Bool) throws -> Int32 {
        let whole = folder + "/" + path
        let parent = String(whole[..<(whole.lastIndex(of: "/") ?? whole.endIndex)])
        var descriptor = Glibc.open(whole, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        let isCreated = descriptor < 0
        if isCreated {
            guard Paths.makeFolder(parent) else { throw Failure(parent) }
            descriptor = Glibc.open(whole, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else { throw Failure(path) }
        }
        // A new file's name must be durable too, else a power cut takes the file away with what was written. An
        // earlier try may have made it and got no further.
        if isCreated || isNew, !Paths.synchroniseFolder(parent) {
            let failure = Failure(parent)
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    // MARK: What others did to the files

    /// Moves a file aside that is there before our first byte, unless it is what an earlier try wrote.
    private func setForeignAside(_ row: OutboxRow) throws {
        let whole = folder + "/" + row.path
        guard let size = Paths.size(whole), size > 0 else { return }
        guard let bytes = Paths.bytes(whole) else { throw Failure(row.path) }
        let shared = min(bytes.count, row.bytes.count)
        if bytes.prefix(shared).elementsEqual(row.bytes.prefix(shared)) { return }
        guard rename(whole, freeCopy(of: whole)) == 0 else { throw Failure(row.path) }
    }

    /// Brings a file to its planned length; nil when it has it, else what was done.
    func heal(_ path: String, to planned: Int64) throws -> String? {
        let whole = folder + "/" + path
        let size = Paths.size(whole) ?? 0
        if size == planned { return nil }
        if size > planned {
            guard let bytes = Paths.bytes(whole) else { throw Failure(path) }
            let copy = freeCopy(of: whole)
            try replace(String(copy.dropFirst(folder.count + 1)), with: bytes)
            try replace(path, with: Array(bytes.prefix(Int(planned))))
            return copy
        }
        let descriptor = try open(path, isNew: size == 0)
        defer { close(descriptor) }
        try fill(descriptor, upTo: planned, path: path)
        guard fsync(descriptor) == 0 else { throw Failure(path) }
        return "filled from byte \(size)"
    }

    private func freeCopy(of whole: String) -> String {
        var number = 1
        while Paths.size(whole + ".conflict-\(number)") != nil { number += 1 }
        return whole + ".conflict-\(number)"
    }

    /// Fills what is missing before an offset with one line of the file's own kind.
    private func fill(_ descriptor: Int32, upTo offset: Int64, path: String) throws {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(path) }
        let missing = Int(offset) - Int(status.st_size)
        guard missing > 0 else { return }
        let (start, end) =
            path.hasSuffix(".jsonl")
            ? ("{\"type\":\"lost\"", "}\n") : ("<!-- lost: the file was cut by somebody else ", "-->\n")
        let room = missing - start.utf8.count - end.utf8.count
        let line =
            room >= 0
            ? start + String(repeating: " ", count: room) + end : String(repeating: " ", count: missing - 1) + "\n"
        try DigestWriter.write(Array(line.utf8), to: descriptor, at: Int64(status.st_size), path: path)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, at offset: Int64, path: String) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { rest in
                pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(path) }
            done += count
        }
    }

    /// Replaces a whole file: readers see the old one or the new one, never a part.
    func replace(_ path: String, with bytes: [UInt8]) throws {
        let whole = folder + "/" + path
        let temporary = folder + "/." + path.split(separator: "/").joined(separator: "-") + ".new"
        let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(temporary) }
        do {
            try DigestWriter.write(bytes, to: descriptor, at: 0, path: temporary)
            guard fsync(descriptor) == 0 else { throw Failure(temporary) }
        } catch {
            close(descriptor)
            throw error
        }
        close(descriptor)
        guard rename(temporary, whole) == 0 else { throw Failure(path) }
        guard Paths.synchroniseFolder(folder) else { throw Failure(folder) }
    }

    /// Points `today.md` and its siblings at a day's files.
    func link(today day: String) throws {
        for ending in ["md", "jsonl", "html"] {
            let target = day + "." + ending
            let name = folder + "/today." + ending
            var current = [CChar](repeating: 0, count: 256)
            let length = readlink(name, &current, 255)
            if length > 0, String(decoding: current[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) == target {
                continue
            }
            let temporary = folder + "/.today." + ending
            unlink(temporary)
            guard symlink(target, temporary) == 0, rename(temporary, name) == 0 else { throw Failure(name) }
        }
    }
}
