internal import CLinux
internal import Glibc

/// Thin, typed calls of the C library on byte paths.
enum FileSystem {
    struct Status: Hashable {
        let mode: mode_t
        let owner: uid_t
        let links: UInt
        let inode: UInt
        let bytes: Int
        let modified: Int64
        let changed: Int64

        init(_ status: stat) {
            mode = status.st_mode
            owner = status.st_uid
            links = UInt(status.st_nlink)
            inode = UInt(status.st_ino)
            bytes = Int(status.st_size)
            modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
            changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
        }

        var isFolder: Bool { mode & S_IFMT == S_IFDIR }
        var isRegular: Bool { mode & S_IFMT == S_IFREG }

        /// Unchanged content: the claim's own rename moves only `changed`.
        func hasSameContent(as other: Status) -> Bool {
            inode == other.inode && bytes == other.bytes && modified == other.modified
        }
    }

    /// NUL-terminated, for C.
    static func path(_ folder: String, _ name: some Sequence<UInt8>) -> [CChar] {
        var path = folder.utf8.map { CChar(bitPattern: $0) }
        path.append(CChar(bitPattern: UInt8(ascii: "/")))
        for byte in name { path.append(CChar(bitPattern: byte)) }
        path.append(0)
        return path
    }

    static func status(_ path: [CChar]) -> Status? {
        var result = stat()
        return lstat(path, &result) == 0 ? Status(result) : nil
    }

    /// The names in a folder, without `.` and `..`; nil when it cannot be read.
    static func names(in path: [CChar]) -> [[UInt8]]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [[UInt8]] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
                    Array(
                        UnsafeBufferPointer(
                            start: bytes,
                            count: strnlen(UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self), 255)))
                }
            }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        return names
    }

    static func rename(_ from: [CChar], _ to: [CChar]) throws(DropError) {
        if copytaster_rename_noreplace(from, to) == 0 { return }
        let code = errno
        if code == ENOENT { throw .vanished }
        throw failure(code)
    }

    /// Makes a folder and its parents; fine when it is there.
    static func makeFolder(_ path: String) throws(DropError) {
        if mkdir(path, 0o770) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(errno)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o770) == 0 || errno == EEXIST else { throw failure(errno) }
    }

    /// Makes a folder and those below it, whose names need not be UTF-8.
    static func makeFolder(_ path: String, _ below: ArraySlice<UInt8>) throws(DropError) {
        try makeFolder(path)
        for end in below.indices.dropFirst() + [below.endIndex]
        where !below.isEmpty && (end == below.endIndex || below[end] == UInt8(ascii: "/")) {
            if mkdir(FileSystem.path(path, below[..<end]), 0o770) == 0 || errno == EEXIST { continue }
            throw failure(errno)
        }
    }

    /// Makes a folder's names durable.
    static func synchroniseFolder(_ path: String) throws(DropError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        if fsync(descriptor) != 0 { throw failure(errno) }
    }

    static func failure(_ code: Int32) -> DropError {
        .retry(code: code, message: String(cString: strerror(code)))
    }
}
