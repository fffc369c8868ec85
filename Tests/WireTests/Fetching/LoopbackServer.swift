import Glibc
import Synchronization

/// A scripted HTTP server on 127.0.0.1 for tests, with a log of what it was asked.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        var method: String
        var path: String
        /// Names in lower case.
        var headers: [String: String]
        /// Which connection it came on, from 1.
        var connection: Int
    }

    enum Reply: Sendable {
        /// Status, header lines, body; `Content-Length` is added.
        case answer(Int, [String], [UInt8])
        /// These bytes as they are, then the connection is closed.
        case raw([UInt8])
        /// Nothing, until the server is stopped or the client goes.
        case silence
        /// A header, then a byte now and then, for as long as the client stays.
        case trickle

        static func text(_ status: Int, _ headers: [String] = [], _ body: String = "") -> Reply {
            .answer(status, headers, Array(body.utf8))
        }
    }

    private struct Log {
        var requests: [Request] = []
        var connections = 0
        var inFlight = 0
        var mostInFlight = 0
        var inFlightAt: [String: Int] = [:]
        var mostAtOneHost = 0
        var isStopped = false
        var open: Set<Int32> = []
    }

    let port: Int
    private let listener: Int32
    private let log = Mutex(Log())
    private let script: @Sendable (Request) -> Reply

    init(_ script: @escaping @Sendable (Request) -> Reply) throws {
        self.script = script
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 128) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard status else { throw ServerError() }
        port = Int(UInt16(bigEndian: address.sin_port))
        startThread { [self] in accept() }
    }

    struct ServerError: Error {}

    var requests: [Request] { log.withLock { $0.requests } }
    var mostInFlight: Int { log.withLock { $0.mostInFlight } }
    /// The same for each `Host` apart.
    var mostAtOneHost: Int { log.withLock { $0.mostAtOneHost } }
    var connections: Int { log.withLock { $0.connections } }

    func url(_ path: String = "/", host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

    func stop() {
        // Within the lock, and once: a number that is closed meanwhile may by now be another server's connection.
        log.withLock {
            if $0.isStopped { return }
            $0.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for socket in $0.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    private func accept() {
        while true {
            let socket = Glibc.accept(listener, nil, nil)
            if socket < 0, errno == EINTR { continue }
            guard socket >= 0 else { break }
            let number = log.withLock { log -> Int? in
                if log.isStopped { return nil }
                log.connections += 1
                log.open.insert(socket)
                return log.connections
            }
            guard let number else {
                close(socket)
                break
            }
            startThread { [self] in
                serve(socket, number)
                log.withLock { _ = $0.open.remove(socket) }
                close(socket)
            }
        }
        close(listener)
    }

    private func serve(_ socket: Int32, _ number: Int) {
        var pending: [UInt8] = []
        while let request = readRequest(socket, &pending, number) {
            let host = request.headers["host"] ?? ""
            log.withLock {
                $0.requests.append(request)
                $0.inFlight += 1
                $0.mostInFlight = max($0.mostInFlight, $0.inFlight)
                $0.inFlightAt[host, default: 0] += 1
                $0.mostAtOneHost = max($0.mostAtOneHost, $0.inFlightAt[host] ?? 0)
            }
            let answer = script(request)
            // Time for a second request to come in, if anybody would send one.
            usleep(200)
            // Counted before the answer leaves: the client may be quicker than we are.
            log.withLock {
                $0.inFlight -= 1
                $0.inFlightAt[host, default: 1] -= 1
            }
            let goesOn = reply(answer, socket)
            if !goesOn { return }
        }
    }

    private func reply(_ reply: Reply, _ socket: Int32) -> Bool {
        switch reply {
        case .answer(let status, let headers, let body):
            let hasBody = status != 304 && status != 204
            let lines = headers + (hasBody ? ["Content-Length: \(body.count)"] : [])
            let head = "HTTP/1.1 \(status) X\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
            return write(Array(head.utf8) + (hasBody ? body : []), socket)
        case .raw(let bytes):
            _ = write(bytes, socket)
            return false
        case .silence:
            var byte: UInt8 = 0
            while recv(socket, &byte, 1, 0) > 0 {}
            return false
        case .trickle:
            _ = write(Array("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".utf8), socket)
            while write([0x2E], socket) { usleep(20_000) }
            return false
        }
    }

    private func write(_ bytes: [UInt8], _ socket: Int32) -> Bool {
        var offset = 0
        while offset < bytes.count {
            let sent = bytes[offset...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0, errno == EINTR { continue }
            if sent <= 0 { return false }
            offset += sent
        }
        return true
    }

    private func readRequest(_ socket: Int32, _ pending: inout [UInt8], _ number: Int) -> Request? {
        let end: [UInt8] = [13, 10, 13, 10]
        while true {
            if let index = (0..<max(0, pending.count - 3)).first(where: { pending[$0..<$0 + 4].elementsEqual(end) }) {
                let head = String(decoding: pending[..<index], as: UTF8.self)
                pending.removeFirst(index + 4)
                return parse(head, number)
            }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return nil }
            pending += chunk[..<count]
        }
    }

    private func parse(_ head: String, _ number: Int) -> Request? {
        let lines = head.split(separator: "\r\n").map { String($0) }
        let words = (lines.first ?? "").split(separator: " ").map { String($0) }
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { String($0) }
            if parts.count == 2 { headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
        }
        return Request(method: words[0], path: words[1], headers: headers, connection: number)
    }
}

/// Runs a closure on a thread of its own: blocking calls have no place on Swift's few.
private func startThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    if status == 0 { pthread_detach(thread) }
}

func writeFile(_ path: String, _ text: String) throws {
    guard let file = fopen(path, "w") else { throw LoopbackServer.ServerError() }
    fputs(text, file)
    fclose(file)
}

func removeFile(_ path: String) { unlink(path) }
