public import ExtractionCore
internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import Wire

/// Answers the command line over a Unix socket: one line of JSON in, one line out.
///
/// The database has one owner, so `copytaster status` asks the daemon rather than open the live file.
struct ControlSocket: Service {
    let path: String
    let logger: Logger
    /// The answer to a command such as `status`.
    let answer: @Sendable (JSONValue) async -> [UInt8]

    private struct Question: Sendable {
        let connection: Int32
        let request: JSONValue
    }

    static func path(state: String) -> String { state + "/control.sock" }

    func run() async throws {
        guard let listener = listen() else {
            logger.warning("no control socket: the command line cannot ask this daemon", metadata: ["path": "\(path)"])
            try await gracefulShutdown()
            return
        }
        // The thread waits for slow askers, so that none of them holds up the cooperative pool.
        let (questions, source) = AsyncStream<Question>.makeStream(bufferingPolicy: .bufferingOldest(64))
        let accepting = Thread.start(named: "control-socket") {
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 {
                    switch errno {
                    case EINTR, ECONNABORTED: continue
                    case EMFILE, ENFILE, ENOMEM, ENOBUFS:
                        usleep(100_000)
                        continue
                    default: break
                    }
                    break
                }
                let line = ControlConnection.line(from: connection, limit: 4 << 20) ?? []
                guard let request = JSONValue(parsing: line),
                    case .enqueued = source.yield(Question(connection: connection, request: request))
                else {
                    close(connection)
                    continue
                }
            }
            source.finish()
        }
        guard accepting else {
            try await gracefulShutdown()
            return
        }
        await withGracefulShutdownHandler {
            for await question in questions {
                ControlConnection.send(await answer(question.request) + [0x0A], to: question.connection)
                close(question.connection)
            }
        } onGracefulShutdown: {
            shutdown(listener, Int32(SHUT_RDWR))
        }
        close(listener)
        unlink(path)
    }

    private func listen() -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, var address = UnixAddress(path) else { return nil }
        // The state folder is ours alone by its lock, so a socket that is there belongs to a dead process.
        unlink(path)
        let bound = address.withPointer { bind(descriptor, $0, $1) }
        guard bound == 0, chmod(path, 0o660) == 0, Glibc.listen(descriptor, 16) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}

/// One side of a control connection; slow or silent peers are given up after two seconds.
public enum ControlConnection {
    /// Asks a running daemon; nil when none answers.
    public static func ask(
        _ command: String, state: String, _ arguments: (inout JSONWriter) -> Void = { _ in }
    ) -> JSONValue? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard var address = UnixAddress(ControlSocket.path(state: state)),
            address.withPointer({ connect(descriptor, $0, $1) }) == 0
        else { return nil }
        var json = JSONWriter()
        json.object { json in
            json.member("command", command)
            arguments(&json)
        }
        send(json.bytes + [0x0A], to: descriptor)
        return line(from: descriptor, seconds: 60).flatMap { JSONValue(parsing: $0) }
    }

    static func line(from descriptor: Int32, seconds: Int = 2, limit: Int = 64 << 20) -> [UInt8]? {
        var wait = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        // One byte at a time must not stretch the wait.
        let end = ContinuousClock.now + .seconds(seconds)
        while line.count < limit, ContinuousClock.now < end {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return nil }
            line.append(contentsOf: chunk[..<count])
            if line.last == 0x0A { return line }
        }
        return nil
    }

    static func send(_ bytes: [UInt8], to descriptor: Int32) {
        var limit = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { rest in
                Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            offset += count
        }
    }
}
