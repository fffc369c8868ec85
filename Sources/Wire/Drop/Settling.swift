internal import Glibc

// Where a file goes once it is decided. `done/` and `failed/` lie in a folder that others may write to, so nothing there is
// followed, replaced or trusted.

/// The content of a file as far as its status tells.
public struct FileState: Hashable, Sendable {
    let inode: UInt
    let bytes: Int
    let modified: Int64

    init(_ status: FileSystem.Status) {
        inode = status.inode
        bytes = status.bytes
        modified = status.modified
    }
}

/// What became of a file that was to be moved.
public enum Settled: Hashable, Sendable {
    /// Relative to the drop folder.
    case moved(String)
    /// An earlier run moved it.
    case gone
    /// It was written to after it was read: it lies in the drop folder again, as a new file.
    case returned
}

extension DropFolder {
    /// Puts a file back that turned out to be unfinished; under another name when its own is taken again.
    public func putBack(_ claim: ClaimedFile) throws(DropError) { _ = try move(claim, to: path, names(for: claim)) }

    /// Moves a settled file to `done/DAY/`, or with a reason to `failed/DAY/`.
    ///
    /// The reason is written first: after a crash in between, the same file goes to the same place.
    public func settle(
        _ claim: ClaimedFile, day: String, reason: [UInt8]? = nil, as state: FileState? = nil
    ) throws(DropError) -> Settled {
        guard let found = FileSystem.status(FileSystem.path(workPath, claim.workName)) else { return .gone }
        if let state, FileState(found) != state {
            try putBack(claim)
            return .returned
        }
        let folder = (reason == nil ? "done/" : "failed/") + day
        let root = path + "/" + folder
        do {
            guard let reason else { return .moved(folder + "/" + (try move(claim, to: root, names(for: claim)))) }
            // A failed file never has the name of a reason.
            for name in names(for: claim)
            where !name.isReason && FileSystem.status(FileSystem.path(root, name.bytes)) == nil {
                do {
                    try FileSystem.makeFolder(root, name.folder)
                    if try !FileSystem.write(reason, beside: root, name) { continue }
                } catch .retry(let code, _) where DropFolder.isFault(ofName: code) {
                    continue
                }
                return .moved(folder + "/" + (try move(claim, to: root, [name])))
            }
        } catch .vanished {
            return .gone
        }
        throw .retry(code: EEXIST, message: "no free name in \(folder)")
    }

    /// Makes the moves so far survive a power cut.
    public func synchroniseSettled(day: String) {
        for folder in ["/done/" + day, "/failed/" + day, "/.work"] { try? FileSystem.synchroniseFolder(path + folder) }
    }

    /// Where an earlier run put a settled file; nil when it is not there.
    public func settledPath(_ sequence: Int64, name: String, asFailed: Bool, day: String) -> String? {
        let folder = (asFailed ? "failed/" : "done/") + day
        let claim = ClaimedFile(sequence: sequence, name: DropName(name), bytes: 0)
        for candidate in names(for: claim).reversed() where exists(folder + "/" + candidate.string) {
            return folder + "/" + candidate.string
        }
        // A name that is no UTF-8 stands in the ledger with its faults replaced.
        guard name.unicodeScalars.contains("\u{FFFD}") else { return nil }
        let wanted = Set(names(for: claim).map { folder + "/" + $0.string })
        return settledFiles(in: folder).first(where: wanted.contains)
    }

    public func exists(_ relative: String) -> Bool {
        FileSystem.status(FileSystem.path(path, Array(relative.utf8))) != nil
    }

    /// Every file below `done` or `failed`, relative to the drop folder, without the reasons beside failed files.
    public func settledFiles(in folder: String) -> [String] {
        var files: [String] = []
        var folders: [[UInt8]] = [Array(folder.utf8)]
        while let prefix = folders.popLast() {
            for name in FileSystem.names(in: FileSystem.path(path, prefix)) ?? [] {
                let whole = prefix + [UInt8(ascii: "/")] + name
                let isReason = folder.hasPrefix("failed") && DropName(name).isReason
                if FileSystem.status(FileSystem.path(path, whole))?.isFolder == true {
                    folders.append(whole)
                } else if !isReason, !name.suffix(12).elementsEqual(".reason.part".utf8) {
                    files.append(DropName(whole).string)
                }
            }
        }
        return files
    }

    /// The names a file may get, best first: its own, with its number, and one that always fits.
    private func names(for claim: ClaimedFile) -> [DropName] {
        let flat = Array("\(claim.sequence)-".utf8) + claim.name.last.prefix(200)
        return [claim.name, claim.name.numbered(claim.sequence), DropName(flat)]
    }

    /// A taken name, a file where a folder is needed, a name too long: the next one may do.
    private static func isFault(ofName code: Int32) -> Bool { [EEXIST, ENOTDIR, ENAMETOOLONG, EISDIR].contains(code) }

    private func move(_ claim: ClaimedFile, to folder: String, _ names: [DropName]) throws(DropError) -> String {
        let work = FileSystem.path(workPath, claim.workName)
        var last = DropError.retry(code: EEXIST, message: "no free name in \(folder)")
        for name in names {
            do {
                try FileSystem.makeFolder(folder, name.folder)
                try FileSystem.rename(work, FileSystem.path(folder, name.bytes))
                return name.string
            } catch .vanished {
                throw .vanished
            } catch .retry(let code, let message) {
                last = .retry(code: code, message: message)
                guard DropFolder.isFault(ofName: code) else { throw last }
            }
        }
        throw last
    }
}

extension FileSystem {
    /// Writes `NAME.reason.json` into a folder: temporary name, fsync, rename. False when another file has that name.
    static func write(_ bytes: [UInt8], beside folder: String, _ name: DropName) throws(DropError) -> Bool {
        // A name that leaves no room for the ending loses its own end.
        let start = name.bytes.count - name.last.count
        let stem = name.bytes[..<start] + name.last.prefix(230)
        let path = FileSystem.path(folder, stem + Array(".reason.json".utf8))
        if let found = status(path) { return found.isRegular && content(path, limit: 1 << 16) == bytes }
        let temporary = FileSystem.path(folder, stem + Array(".reason.part".utf8))
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure(errno) }
        let written = write(bytes, to: descriptor)
        let code = errno
        close(descriptor)
        guard written else { throw failure(code) }
        do {
            try rename(temporary, path)
            return true
        } catch .retry(EEXIST, _) {
            unlink(temporary)
            return false
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            offset += count
        }
        return fsync(descriptor) == 0
    }

    private static func content(_ path: [CChar], limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return try? bytes(of: descriptor, expected: 4096, limit: limit)
    }
}
