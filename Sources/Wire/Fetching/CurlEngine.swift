// libcurl's multi interface belongs to one thread: it takes requests from a mailbox, drives all transfers, sleeps in
// `curl_multi_poll` while there is nothing to do, and answers each request exactly once through its continuation.

internal import CLibcurl
internal import CLinux
import Glibc

/// Runs HTTP exchanges, any number at a time.
final class CurlEngine: Sendable {
    private let mailbox: CurlMailbox

    /// `maxConnections` are kept warm, but at most half of the files this process may open.
    init(maxConnections: Int = 1024) throws(FetchError) {
        guard libcurlIsReady, let multi = curl_multi_init() else { throw .other("libcurl does not start") }
        var limit = rlimit()
        let files =
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Int(clamping: limit.rlim_cur) : 1024
        copytaster_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(8, min(maxConnections, files / 2)))
        copytaster_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        mailbox = CurlMailbox(multi: .init(pointer: multi))
        guard CurlLoop.start(mailbox) else {
            curl_multi_cleanup(multi)
            throw .other("no thread for libcurl")
        }
    }

    deinit { mailbox.close() }

    /// Always answers: with what came, with `cancelled` when the task is cancelled, or with `closed`.
    func perform(_ request: CurlRequest) async -> CurlResponse {
        let id = mailbox.nextID()
        let response = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let refusal = mailbox.add(id: id, request, continuation) { continuation.resume(returning: refusal) }
            }
        } onCancel: {
            mailbox.cancel(id: id)
        }
        mailbox.forget(id: id)
        return response
    }

    /// Ends the thread; what still runs is answered with `closed`, as is everything asked for later.
    func close() { mailbox.close() }
}

/// `curl_global_init` wants to be called once, before any other thread uses libcurl.
private let libcurlIsReady = copytaster_global_init() == CURLE_OK

/// The engine's thread. A class, because a pthread takes one pointer; nothing but that thread ever uses it.
private final class CurlLoop {
    private typealias Running = (transfer: CurlTransfer, continuation: CheckedContinuation<CurlResponse, Never>)

    private let mailbox: CurlMailbox
    private let multi: UnsafeMutableRawPointer
    private var running: [UInt64: Running] = [:]
    private var idle: [CurlTransfer] = []

    private init(_ mailbox: CurlMailbox) {
        self.mailbox = mailbox
        multi = mailbox.multi.pointer
    }

    static func start(_ mailbox: CurlMailbox) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let loop = Unmanaged.passRetained(CurlLoop(mailbox))
        let status = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, loop.toOpaque())
        if status != 0 { loop.release() }
        return status == 0
    }

    private func run() {
        copytaster_name_thread("wire")
        // Signals belong to the daemon's main loop; a broken pipe inside OpenSSL must not end the process.
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        while true {
            let (commands, isClosed) = mailbox.take()
            for command in commands { obey(command) }
            if isClosed { break }
            var count: Int32 = 0
            let status = curl_multi_perform(multi, &count)
            answerFinished()
            let polled = curl_multi_poll(multi, nil, 0, 60_000, nil)
            if status != CURLM_OK || polled != CURLM_OK { usleep(100_000) }
        }
        for id in running.keys { finish(id, .closed) }
        for transfer in idle { transfer.destroy() }
        curl_multi_cleanup(multi)
    }

    private func obey(_ command: CurlCommand) {
        switch command {
        case .add(let id, let request, let continuation): begin(id, request, continuation)
        case .cancel(let id): finish(id, .cancelled)
        }
    }

    private func begin(
        _ id: UInt64, _ request: CurlRequest, _ continuation: CheckedContinuation<CurlResponse, Never>
    ) {
        guard var transfer = idle.popLast() ?? CurlTransfer() else {
            continuation.resume(returning: CurlResponse(ending: .finished(code: CURLE_OUT_OF_MEMORY.rawValue)))
            return
        }
        let isReady = transfer.prepare(request, id: id)
        running[id] = (transfer, continuation)
        guard isReady, curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
            finish(id, .finished(code: CURLE_FAILED_INIT.rawValue))
            return
        }
    }

    private func answerFinished() {
        var result = CURLE_OK
        while let easy = copytaster_multi_next_finished(multi, &result) {
            guard let buffers = copytaster_easy_transfer(easy) else { continue }
            finish(buffers.pointee.id, .finished(code: result.rawValue))
        }
    }

    /// Does nothing for a request that has already been answered.
    private func finish(_ id: UInt64, _ ending: CurlResponse.Ending) {
        guard let (finished, continuation) = running.removeValue(forKey: id) else { return }
        var transfer = finished
        curl_multi_remove_handle(multi, transfer.easy)
        let response = transfer.response(ending)
        transfer.reset()
        // A host that libcurl cannot read leaves its buffer behind, and then the handle takes no options any more.
        var isClean = false
        if case .finished(code: 0) = ending { isClean = !transfer.isSpent }
        if isClean, idle.count < 64 { idle.append(transfer) } else { transfer.destroy() }
        continuation.resume(returning: response)
    }
}
