public import ExtractionCore
internal import Glibc

/// The drop folder: level-triggered, so a scan tells the truth and events only say when to look.
///
/// A file is taken by renaming it to `.work/SEQUENCE-NAME`; from then on no other process and no second daemon can
/// get at it under its old name. What lies in `.work/` at start was claimed by an earlier run and comes first. Calls
/// block; one thread at a time.
public struct DropFolder: Sendable {
    public let path: String
    public let options: Options

    public struct Options: Hashable, Sendable {
        /// A file must not have changed for so long. Files moved in are complete at once.
        public var stableMilliseconds: Int64 = 1000
        /// A file that cannot be read is tried again for so long.
        public var retrySeconds: Int64 = 600
        public var depthLimit = 8
        public init() {}
    }

    /// A file that could be claimed.
    public struct Candidate: Hashable, Sendable {
        public let name: DropName
        public let modified: Int64
        public let bytes: Int
        let inode: UInt
    }

    public struct Scan: Sendable {
        /// Stable files, oldest first.
        public var ready: [Candidate] = []
        /// Files that may still grow.
        public var waiting = 0
        /// Milliseconds until the first of them may be ready.
        public var wait: Int64?
        /// Files left alone for their names.
        public var skipped: [DropName] = []
        public var folders: [String] = []
    }

    var workPath: String { path + "/.work" }

    /// Makes the folder and its `.work/` where they are missing.
    public init(path: String, options: Options = .init()) throws(DropError) {
        self.path = path
        self.options = options
        try FileSystem.makeFolder(path)
        try FileSystem.makeFolder(path + "/.work")
    }

    // MARK: Scan

    /// Looks at every file. `movedIn` holds names that were renamed into place, which are complete.
    public func scan(now: Instant, movedIn: Set<DropName> = []) throws(DropError) -> Scan {
        // Somebody may have made the drop folder anew.
        try FileSystem.makeFolder(workPath)
        var scan = Scan()
        var folders: [(name: [UInt8], depth: Int)] = [([], 0)]
        while let (prefix, depth) = folders.popLast() {
            scan.folders.append(prefix.isEmpty ? path : path + "/" + String(decoding: prefix, as: UTF8.self))
            guard let names = FileSystem.names(in: FileSystem.path(path, prefix)) else {
                if depth == 0 { throw FileSystem.failure(errno) }
                continue
            }
            for name in names {
                let whole = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
                if DropName.isSkipped(name[...]) {
                    if name.first != UInt8(ascii: ".") { scan.skipped.append(DropName(whole)) }
                    continue
                }
                guard let status = FileSystem.status(FileSystem.path(path, whole)) else { continue }
                if status.isFolder {
                    // A file that was dropped under one of these names must go, or nothing could be settled.
                    let isOurs = depth == 0 && (name.elementsEqual("done".utf8) || name.elementsEqual("failed".utf8))
                    if isOurs { continue }
                    if depth < options.depthLimit { folders.append((whole, depth + 1)) }
                } else {
                    consider(DropName(whole), status, now: now, movedIn: movedIn, in: &scan)
                }
            }
        }
        scan.ready.sort { ($0.modified, $0.name) < ($1.modified, $1.name) }
        return scan
    }

    private func consider(
        _ name: DropName, _ status: FileSystem.Status, now: Instant, movedIn: Set<DropName>, in scan: inout Scan
    ) {
        // An empty file is often one whose writer has only just begun.
        let windows: Int64 = status.isRegular && status.bytes == 0 ? 5 : 1
        let age = now.milliseconds - max(status.modified, status.changed) / 1_000_000
        let wait = options.stableMilliseconds * windows - age
        // A time far in the future says nothing about stability, so it must not hold a file back for ever.
        let isComplete = !status.isRegular || (movedIn.contains(name) && status.bytes > 0)
        if isComplete || wait <= 0 || age < -3_600_000 {
            scan.ready.append(
                Candidate(name: name, modified: status.modified, bytes: status.bytes, inode: status.inode))
        } else {
            scan.waiting += 1
            scan.wait = min(scan.wait ?? .max, max(1, wait))
        }
    }

    // MARK: Claim and open

    /// Files that an earlier run claimed and did not settle, oldest first.
    public func leftovers() -> [ClaimedFile] {
        let names = FileSystem.names(in: FileSystem.path(path, ".work".utf8)) ?? []
        return names.compactMap { name in
            let status = FileSystem.status(FileSystem.path(workPath, name))
            return ClaimedFile(workName: name, bytes: status?.bytes ?? 0)
        }.sorted()
    }

    /// Takes a file over that can be read. The name is the claim's own from here on.
    public func claim(_ candidate: Candidate, sequence: Int64) throws(DropError) -> ClaimedFile {
        let from = FileSystem.path(path, candidate.name.bytes)
        if access(from, R_OK) != 0, errno == EACCES, let status = FileSystem.status(from), status.isRegular {
            throw DropFolder.unreadable
        }
        return try take(candidate, sequence: sequence)
    }

    /// Takes a file over, readable or not. One that changed since the scan is put back.
    public func take(_ candidate: Candidate, sequence: Int64) throws(DropError) -> ClaimedFile {
        let claim = ClaimedFile(sequence: sequence, name: candidate.name, bytes: candidate.bytes)
        let from = FileSystem.path(path, candidate.name.bytes)
        let work = FileSystem.path(workPath, claim.workName)
        try FileSystem.rename(from, work)
        if let found = FileSystem.status(work), found.isRegular,
            found.inode != candidate.inode || found.modified != candidate.modified || found.bytes != candidate.bytes
        {
            try putBack(claim)
            throw .unstable
        }
        return claim
    }

    /// The commonest real failure, in words that say what to do.
    static let unreadable = DropError.retry(
        code: EACCES, message: "not readable by copytaster: chmod g+r and chgrp copytaster")

    /// Makes the claims so far survive a power cut: without it a claimed file could be found under its old name again.
    public func synchroniseClaims() throws(DropError) { try FileSystem.synchroniseFolder(workPath) }

    /// Opens a claimed file. Symbolic links, pipes and devices are never followed or opened.
    public func open(_ claim: ClaimedFile) throws(DropError) -> OpenFile {
        let work = FileSystem.path(workPath, claim.workName)
        guard let found = FileSystem.status(work) else { throw .vanished }
        guard found.isRegular else {
            throw .refused(code: "not_a_file", message: "\(FileSystem.kind(found.mode)): only regular files are read")
        }
        if found.links > 1, found.owner != geteuid() {
            throw .refused(code: "linked", message: "a hard link to another owner's file is not read")
        }
        let descriptor = Glibc.open(work, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == EACCES ? DropFolder.unreadable : FileSystem.failure(errno) }
        guard let file = OpenFile(descriptor: descriptor) else { throw .vanished }
        guard file.hasSameContent(as: found) else { throw .unstable }
        return file
    }
}

extension FileSystem {
    static func kind(_ mode: mode_t) -> String {
        switch mode & S_IFMT {
        case S_IFLNK: "symbolic link"
        case S_IFIFO: "named pipe"
        case S_IFSOCK: "socket"
        case S_IFCHR, S_IFBLK: "device"
        default: "no regular file"
        }
    }

    /// Everything a descriptor gives, up to a limit.
    static func bytes(of descriptor: Int32, expected: Int, limit: Int) throws(DropError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(expected + 1)
        var chunk = [UInt8](repeating: 0, count: min(max(expected + 1, 4096), 1 << 20))
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(errno)
            }
            bytes.append(contentsOf: chunk[..<count])
            if bytes.count > limit { throw .unstable }
        }
    }
}
