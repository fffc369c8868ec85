internal import CLinux
internal import Glibc
internal import Synchronization

/// Says when to look at the drop folder: inotify on a thread of its own, always drained.
///
/// Events are only a hint. A lost one costs time, never a file, since the timer scans as well.
public final class DropWatcher: Sendable {
    private let descriptor: Int32
    private let stopPipe: (read: Int32, write: Int32)
    private let watched = Mutex<[Int32: String]>([:])
    private let root: String

    /// How many times the kernel's queue overflowed.
    private let overflows = Atomic<Int>(0)
    public var overflowCount: Int { overflows.load(ordering: .relaxed) }

    /// Starts watching; nil where inotify cannot be had (the timer then does all). `wake` gets the names of files
    /// that were renamed into place.
    public init?(folder: String, wake: @escaping @Sendable ([DropName]) -> Void) {
        var ends: [Int32] = [0, 0]
        descriptor = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard descriptor >= 0 else { return nil }
        guard pipe(&ends) == 0 else {
            close(descriptor)
            return nil
        }
        stopPipe = (ends[0], ends[1])
        root = folder
        watch([folder])
        let started = Thread.start(named: "drop-watcher") { [self] in run(wake) }
        if !started { return nil }
    }

    /// Ends the thread; the watcher is of no use afterwards.
    public func stop() {
        var byte: UInt8 = 0
        _ = write(stopPipe.write, &byte, 1)
    }

    /// Adds folders to the watch; known ones are left as they are.
    public func watch(_ folders: [String]) {
        let mask =
            UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_CREATE) | UInt32(IN_DELETE_SELF)
            | UInt32(IN_MOVE_SELF) | UInt32(IN_ONLYDIR)
        watched.withLock { watched in
            let known = Set(watched.values)
            for folder in folders where !known.contains(folder) {
                let id = inotify_add_watch(descriptor, folder, mask)
                if id >= 0 { watched[id] = folder }
            }
        }
    }

    private func run(_ wake: @Sendable ([DropName]) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var descriptors = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stopPipe.read, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&descriptors, 2, -1) > 0 || errno == EINTR else { return }
            if descriptors[1].revents != 0 {
                close(descriptor)
                close(stopPipe.read)
                close(stopPipe.write)
                return
            }
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 { wake(movedIn(buffer[..<count])) }
        }
    }

    /// The names of files that a batch of events reports as renamed into place.
    private func movedIn(_ events: ArraySlice<UInt8>) -> [DropName] {
        var names: [DropName] = []
        events.withUnsafeBytes { raw in
            var offset = 0
            while offset + 16 <= raw.count {
                let id = raw.loadUnaligned(fromByteOffset: offset, as: Int32.self)
                let mask = raw.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                let length = Int(raw.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                let end = min(offset + 16 + length, raw.count)
                let name = Array(raw[(offset + 16)..<end].prefix { $0 != 0 })
                if mask & UInt32(IN_Q_OVERFLOW) != 0 { overflows.wrappingAdd(1, ordering: .relaxed) }
                if mask & UInt32(IN_IGNORED) != 0 { watched.withLock { _ = $0.removeValue(forKey: id) } }
                if mask & UInt32(IN_MOVED_TO) != 0, mask & UInt32(IN_ISDIR) == 0, !name.isEmpty,
                    let folder = watched.withLock({ $0[id] })
                {
                    let prefix = folder.utf8.dropFirst(root.utf8.count + 1)
                    names.append(DropName(prefix.isEmpty ? name : Array(prefix) + [UInt8(ascii: "/")] + name))
                }
                offset += 16 + length
            }
        }
        return names
    }
}

/// A named thread for code that blocks.
public enum Thread {
    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void
        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// False when the system has no room for another thread.
    public static func start(named name: String, _ run: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let body = Unmanaged.passRetained(Body(name: name, run: run))
        let failure = pthread_create(
            &thread, &attributes,
            { pointer in
                guard let pointer else { return nil }
                let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
                copytaster_name_thread(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        if failure != 0 { body.release() }
        return failure == 0
    }
}
