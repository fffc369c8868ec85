internal import Glibc

/// Tells systemd how the daemon is: one datagram to `$NOTIFY_SOCKET`, nothing when there is none.
public struct ServiceManager: Sendable {
    private let address: String?
    /// Half of what systemd waits before it takes the daemon for hung; nil without a watchdog.
    public let watchdogMilliseconds: Int64?

    public init(environment: [String: String]) {
        address = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        watchdogMilliseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init).map { $0 / 2000 }
    }

    public func ready(_ status: String) { send("READY=1\nSTATUS=" + status) }
    public func status(_ status: String) { send("STATUS=" + status) }
    public func stopping() { send("STOPPING=1\nSTATUS=stopping") }
    public func alive() { send("WATCHDOG=1") }

    /// systemd 253 and later wants the moment; earlier ones ignore it.
    public func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        send("RELOADING=1\nMONOTONIC_USEC=\(Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000)")
    }

    private func send(_ message: String) {
        guard let address else { return }
        Datagram.send(Array(message.utf8), to: address)
    }
}

/// One datagram to a Unix socket; a leading `@` means the abstract name space. Nobody listening is no error.
enum Datagram {
    @discardableResult
    static func send(_ bytes: [UInt8], to address: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard var target = UnixAddress(address) else { return false }
        return bytes.withUnsafeBytes { bytes in
            target.withPointer { pointer, length in
                sendto(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), pointer, length)
                    == bytes.count
            }
        }
    }
}

/// `sockaddr_un` for a path or, with a leading `@`, an abstract name.
struct UnixAddress {
    private var address = sockaddr_un()
    private let length: socklen_t

    /// Nil when the name is longer than a socket address holds (107 bytes).
    init?(_ name: String) {
        var bytes = Array(name.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        let isAbstract = bytes[0] == UInt8(ascii: "@")
        if isAbstract { bytes[0] = 0 }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (isAbstract ? 0 : 1))
    }

    mutating func withPointer<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        let length = length
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}
