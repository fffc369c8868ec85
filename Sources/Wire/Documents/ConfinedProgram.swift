internal import CLinux
internal import Glibc

/// A program that reads bytes from strangers: it gets them on its standard input and nothing else.
///
/// It has no network, no environment, no open files and no right to write, and limits of time, memory and output. Calls
/// block until it ended.
struct ConfinedProgram: Sendable {
    let name: String
    let arguments: [String]
    /// Where the program is looked for, in this order.
    var folders = ["/usr/bin", "/usr/local/bin", "/bin"]
    /// Both on the clock and on the processor.
    var seconds = 20
    var memory = 512 << 20
    var outputLimit = 8 << 20

    enum Outcome: Equatable {
        case ended(status: Int32, output: [UInt8], errors: String)
        /// Ended by a signal.
        case killed(signal: Int32, errors: String)
        case missing
        case timedOut
        case tooMuchOutput
        /// The machine has no room for it; `code` is errno.
        case notStarted(code: Int32)
    }

    /// Where it is; nil when it is not installed.
    var path: String? { folders.map { $0 + "/" + name }.first { access($0, X_OK) == 0 } }

    func run(over bytes: [UInt8]) -> Outcome {
        guard let path else { return .missing }
        let input = bytes.withUnsafeBytes { copytaster_memory_file($0.baseAddress, $0.count) }
        guard input >= 0 else { return .notStarted(code: errno) }
        defer { close(input) }
        return run(path, input)
    }

    private func run(_ path: String, _ input: Int32) -> Outcome {
        var limits = copytaster_limits(cpu_seconds: UInt(max(1, seconds)), memory: UInt(memory))
        var arguments: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var output: Int32 = -1
        var errors: Int32 = -1
        let child = copytaster_start_confined(path, &arguments, &limits, input, &output, &errors)
        guard child > 0 else { return .notStarted(code: errno) }
        var pipes = Pipes(output: output, errors: errors, outputLimit: outputLimit)
        let end = pipes.drain(seconds: seconds)
        // Its own group, so that nothing it may have started outlives it.
        if end != .closed { kill(-child, SIGKILL) }
        pipes.close()
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        switch end {
        case .late: return .timedOut
        case .tooMuch: return .tooMuchOutput
        case .closed: return outcome(status, pipes)
        }
    }

    private func outcome(_ status: Int32, _ pipes: Pipes) -> Outcome {
        let errors = String(decoding: pipes.errorText, as: UTF8.self)
        let signal = status & 0x7F
        if signal == SIGXCPU || signal == SIGKILL { return .timedOut }
        if signal != 0 { return .killed(signal: signal, errors: errors) }
        let code = (status >> 8) & 0xFF
        return code == 127 ? .missing : .ended(status: code, output: pipes.text, errors: errors)
    }
}

/// What a child writes, read until it closes both ends, is late or says too much.
private struct Pipes {
    enum End { case closed, late, tooMuch }

    let output: Int32
    let errors: Int32
    let outputLimit: Int
    private(set) var text: [UInt8] = []
    private(set) var errorText: [UInt8] = []
    /// Complaints beyond this are read and dropped.
    private static let errorLimit = 4096

    init(output: Int32, errors: Int32, outputLimit: Int) {
        self.output = output
        self.errors = errors
        self.outputLimit = outputLimit
    }

    mutating func drain(seconds: Int) -> End {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var polled = [
            pollfd(fd: output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while polled.contains(where: { $0.fd >= 0 }) {
            let left = ContinuousClock.now.duration(to: deadline).components.seconds
            if left < 0 { return .late }
            if poll(&polled, 2, Int32(min(left, 3600)) * 1000 + 10) < 0 {
                if errno == EINTR { continue }
                return .late
            }
            for index in polled.indices where polled[index].revents != 0 {
                let count = read(polled[index].fd, &chunk, chunk.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { polled[index].fd = -1 }
                take(chunk[..<max(0, count)], isError: index == 1)
                if text.count > outputLimit { return .tooMuch }
            }
        }
        return .closed
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>, isError: Bool) {
        if isError {
            errorText += bytes.prefix(max(0, Pipes.errorLimit - errorText.count))
        } else {
            text += bytes
        }
    }

    func close() {
        Glibc.close(output)
        Glibc.close(errors)
    }
}
