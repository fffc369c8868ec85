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
            let descriptor = try open[row.path] ?? self.open(row.path)
            open[row.path] = descriptor
            try DigestWriter.write(row.bytes, to: descriptor, at: row.offset, path: row.path)
        }
        for (path, descriptor) in open where fsync(descriptor) != 0 { throw Failure(path) }
    }

    private func open(_ path: String) throws -> Int32 {
        let whole = folder + "/" + path
        let existing = Glibc.open(whole, O_WRONLY | O_CLOEXEC)
        if existing >= 0 { return existing }
        let parent = String(whole[..<(whole.lastIndex(of: "/") ?? whole.endIndex)])
        guard Paths.makeFolder(parent) else { throw Failure(parent) }
        let created = Glibc.open(whole, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard created >= 0 else { throw Failure(path) }
        // A new file's name must be durable too, else a power cut takes the file away with what was written.
        guard Paths.synchroniseFolder(parent) else {
            let failure = Failure(parent)
            close(created)
            throw failure
        }
        return created
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
