internal import CLibcurl
import Synchronization

/// What tasks leave for the engine's thread.
enum CurlCommand: Sendable {
    case add(id: UInt64, CurlRequest, CheckedContinuation<CurlResponse, Never>)
    case cancel(id: UInt64)
}

/// The one place where tasks and the engine's thread meet.
///
/// `isClosed` is read and set under the same lock as the commands: after it is set nothing can be added, so nothing is
/// left behind without an answer. The multi handle is only touched here for `curl_multi_wakeup`, which libcurl allows
/// from any thread, and under the lock, so never after the thread has destroyed it.
final class CurlMailbox: Sendable {
    private struct Contents {
        var commands: [CurlCommand] = []
        var lastID: UInt64 = 0
        var added: Set<UInt64> = []
        /// A task may be cancelled before its request is added.
        var cancelledEarly: Set<UInt64> = []
        var isClosed = false
    }

    /// Safe to share: only `curl_multi_wakeup` is called outside the engine's thread.
    struct Multi: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    let multi: Multi
    private let contents = Mutex(Contents())

    init(multi: Multi) { self.multi = multi }

    func nextID() -> UInt64 {
        contents.withLock {
            $0.lastID += 1
            return $0.lastID
        }
    }

    /// Nil when the request is on its way, else how it ended at once.
    func add(
        id: UInt64, _ request: CurlRequest, _ continuation: CheckedContinuation<CurlResponse, Never>
    ) -> CurlResponse? {
        contents.withLock {
            if $0.isClosed { return CurlResponse(ending: .closed) }
            if $0.cancelledEarly.contains(id) { return CurlResponse(ending: .cancelled) }
            $0.added.insert(id)
            post(.add(id: id, request, continuation), in: &$0)
            return nil
        }
    }

    func cancel(id: UInt64) {
        contents.withLock {
            if $0.isClosed { return }
            if $0.added.contains(id) { post(.cancel(id: id), in: &$0) } else { $0.cancelledEarly.insert(id) }
        }
    }

    /// The request has been answered.
    func forget(id: UInt64) {
        contents.withLock {
            $0.added.remove(id)
            $0.cancelledEarly.remove(id)
        }
    }

    func close() {
        contents.withLock {
            if $0.isClosed { return }
            $0.isClosed = true
            curl_multi_wakeup(multi.pointer)
        }
    }

    /// For the engine's thread: everything that came in, and whether it is the last.
    func take() -> (commands: [CurlCommand], isClosed: Bool) {
        contents.withLock {
            let commands = $0.commands
            $0.commands.removeAll(keepingCapacity: true)
            return (commands, $0.isClosed)
        }
    }

    private func post(_ command: CurlCommand, in contents: inout Contents) {
        contents.commands.append(command)
        if contents.commands.count == 1 { curl_multi_wakeup(multi.pointer) }
    }
}
