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
        /// Larger files are refused unread.
        public var byteLimit = 64 << 20
        /// A file that cannot be read is tried again for so long.
        public var retrySeconds: Int64 = 600
        public var depthLimit = 8
        public init() {}
    }

    /// A file that could be claimed.
    public struct Candidate: Hashable, Sendable {
        public let name: DropName
        public let modified: Int64
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

    /// What was read from a claimed file.
    public struct Reading: Sendable {
        public let claim: ClaimedFile
        public let bytes: [UInt8]
        /// When the content was last written: the article's time of receipt, the same however often it is read.
        public let modified: Instant
    }

    private var workPath: String { path + "/.work" }

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
            scan.ready.append(Candidate(name: name, modified: status.modified, inode: status.inode))
        } else {
            scan.waiting += 1
            scan.wait = min(scan.wait ?? .max, max(1, wait))
        }
    }

    // MARK: ClaimedFile, read, settle

    /// Files that an earlier run claimed and did not settle, oldest first.
    public func leftovers() -> [ClaimedFile] {
        (FileSystem.names(in: FileSystem.path(path, ".work".utf8)) ?? []).compactMap(ClaimedFile.init(workName:))
            .sorted()
    }

    /// Takes a file over that can be read. The name is the claim's own from here on.
    public func claim(_ candidate: Candidate, sequence: Int64) throws(DropError) -> ClaimedFile {
        let from = FileSystem.path(path, candidate.name.bytes)
        if access(from, R_OK) != 0, errno == EACCES, let status = FileSystem.status(from), status.isRegular {
            throw DropFolder.unreadable
        }
        return try take(candidate, sequence: sequence)
    }

    /// Takes a file over, readable or not.
    public func take(_ candidate: Candidate, sequence: Int64) throws(DropError) -> ClaimedFile {
        let claim = ClaimedFile(sequence: sequence, name: candidate.name)
        try FileSystem.rename(FileSystem.path(path, candidate.name.bytes), FileSystem.path(workPath, claim.workName))
        return claim
    }

    /// The commonest real failure, in words that say what to do.
    static let unreadable = DropError.retry(
        code: EACCES, message: "not readable by copytaster: chmod g+r and chgrp copytaster")

    /// Makes the claims so far survive a power cut: without it a claimed file could be found under its old name again.
    public func synchroniseClaims() throws(DropError) { try FileSystem.synchroniseFolder(workPath) }

    /// How much a claimed file holds, as far as it can be told.
    public func size(of claim: ClaimedFile) -> Int {
        let status = FileSystem.status(FileSystem.path(workPath, claim.workName))
        return status?.isRegular == true ? min(status?.bytes ?? 0, options.byteLimit) : 0
    }

    /// Reads a claimed file. Symbolic links, pipes and devices are never followed or opened.
    public func read(_ claim: ClaimedFile) throws(DropError) -> Reading {
        let work = FileSystem.path(workPath, claim.workName)
        guard let found = FileSystem.status(work) else { throw .vanished }
        guard found.isRegular else {
            throw .refused(code: "not_a_file", message: "\(FileSystem.kind(found.mode)): only regular files are read")
        }
        if found.links > 1, found.owner != geteuid() {
            throw .refused(code: "linked", message: "a hard link to another owner's file is not read")
        }
        if found.bytes > options.byteLimit {
            let error = DocumentError.tooLarge(bytes: found.bytes, limit: options.byteLimit)
            throw .refused(code: error.code, message: error.message)
        }
        let descriptor = open(work, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == EACCES ? DropFolder.unreadable : FileSystem.failure(errno) }
        defer { close(descriptor) }
        let bytes = try FileSystem.bytes(of: descriptor, expected: found.bytes, limit: options.byteLimit)
        var after = stat()
        guard fstat(descriptor, &after) == 0 else { throw FileSystem.failure(errno) }
        guard FileSystem.Status(after).hasSameContent(as: found) else { throw .unstable }
        return Reading(claim: claim, bytes: bytes, modified: Instant(milliseconds: found.modified / 1_000_000))
    }

    /// Puts a file back that turned out to be unfinished; under another name when its own is taken again.
    public func putBack(_ claim: ClaimedFile) throws(DropError) {
        try move(claim, to: path, name: claim.name)
    }

    /// Moves a settled file to `done/DAY/`, or with a reason to `failed/DAY/`; the path, relative to the drop folder,
    /// is the answer. A file that is not there was settled by an earlier run: nil.
    ///
    /// The reason is written first: after a crash in between, the same file goes to the same place.
    public func settle(_ claim: ClaimedFile, day: String, reason: [UInt8]? = nil) throws(DropError) -> String? {
        guard FileSystem.status(FileSystem.path(workPath, claim.workName)) != nil else { return nil }
        let folder = (reason == nil ? "done/" : "failed/") + day
        let name = freeName(for: claim, in: path + "/" + folder, asFailed: reason != nil)
        if let reason {
            try FileSystem.makeFolder(path + "/" + folder, name.folder)
            try FileSystem.write(reason, to: path + "/" + folder, name.reason(claim.sequence))
        }
        do {
            return folder + "/" + (try move(claim, to: path + "/" + folder, name: name))
        } catch .vanished {
            return nil
        }
    }

    /// The name that a settled file gets: its own, unless something else has it or would be hidden by it.
    private func freeName(for claim: ClaimedFile, in folder: String, asFailed: Bool) -> DropName {
        var name = claim.name
        // A settled file may be called like this one's folder.
        for slash in name.bytes.indices where name.bytes[slash] == UInt8(ascii: "/") {
            guard let status = FileSystem.status(FileSystem.path(folder, name.bytes[..<slash])) else { break }
            if !status.isFolder {
                let aside = DropName(Array(name.bytes[..<slash])).numbered(claim.sequence)
                name = DropName(aside.bytes + name.bytes[slash...])
                break
            }
        }
        let isTaken = FileSystem.status(FileSystem.path(folder, name.bytes)) != nil
        // Beside a failed file, such a name belongs to a reason.
        return isTaken || (asFailed && name.isReason) ? name.numbered(claim.sequence) : name
    }

    /// Where an earlier run put a settled file; nil when it is not there.
    public func settledPath(_ sequence: Int64, name: String, asFailed: Bool, day: String) -> String? {
        let folder = (asFailed ? "failed/" : "done/") + day
        let names = [DropName(name).numbered(sequence), DropName(name)]
        for candidate in names where FileSystem.status(FileSystem.path(path + "/" + folder, candidate.bytes)) != nil {
            return folder + "/" + candidate.string
        }
        // A name that is no UTF-8 stands in the ledger with its faults replaced.
        guard name.unicodeScalars.contains("\u{FFFD}") else { return nil }
        let wanted = Set(names.map { folder + "/" + $0.string })
        return settledFiles(in: folder).first(where: wanted.contains)
    }

    /// Every file below `done` or `failed`, relative to the drop folder, without the reasons beside failed files.
    public func settledFiles(in folder: String) -> [String] {
        var files: [String] = []
        var folders: [[UInt8]] = [Array(folder.utf8)]
        while let prefix = folders.popLast() {
            for name in FileSystem.names(in: FileSystem.path(path, prefix)) ?? [] {
                let whole = prefix + [UInt8(ascii: "/")] + name
                if FileSystem.status(FileSystem.path(path, whole))?.isFolder == true {
                    folders.append(whole)
                } else if !folder.hasPrefix("failed") || !DropName(name).isReason {
                    files.append(DropName(whole).string)
                }
            }
        }
        return files
    }

    @discardableResult
    private func move(_ claim: ClaimedFile, to folder: String, name: DropName) throws(DropError) -> String {
        let work = FileSystem.path(workPath, claim.workName)
        for attempt in 0..<3 {
            // Another file of that name is there already: ours keeps its name and gains its number.
            let wanted = attempt == 0 ? name : name.numbered(attempt == 1 ? claim.sequence : claim.sequence &* 1000)
            do {
                try FileSystem.rename(work, FileSystem.path(folder, wanted.bytes))
                return wanted.string
            } catch .vanished {
                if FileSystem.status(work) == nil { throw .vanished }
                try FileSystem.makeFolder(folder, wanted.folder)
                do {
                    try FileSystem.rename(work, FileSystem.path(folder, wanted.bytes))
                    return wanted.string
                } catch .retry(EEXIST, _) { continue }
            } catch .retry(EEXIST, _) { continue }
        }
        throw .retry(code: EEXIST, message: "no free name in \(folder)")
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

    /// Writes a file whole or not at all: temporary name, fsync, rename.
    static func write(_ bytes: [UInt8], to folder: String, _ name: DropName) throws(DropError) {
        let path = FileSystem.path(folder, name.bytes)
        let temporary = FileSystem.path(folder, name.bytes.dropLast(4) + Array("part".utf8))
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure(errno) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                let code = errno
                close(descriptor)
                throw failure(code)
            }
            offset += count
        }
        let synchronised = fsync(descriptor)
        let code = errno
        close(descriptor)
        if synchronised != 0 { throw failure(code) }
        guard Glibc.rename(temporary, path) == 0 else { throw failure(errno) }
    }
}
