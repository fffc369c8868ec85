import Testing

@testable import Wire

@Suite struct ConfinedProgramTests {
    private func shell(_ script: String) -> ConfinedProgram {
        ConfinedProgram(name: "bash", arguments: ["-c", script])
    }

    @Test func `it reads its bytes and says something`() {
        let bytes = Array(repeating: UInt8(ascii: "x"), count: 300_000)
        let outcome = ConfinedProgram(name: "cat", arguments: []).run(over: bytes)
        #expect(outcome == .ended(status: 0, output: bytes, errors: ""))
    }

    @Test func `it has no environment and none of our files`() {
        #expect(ConfinedProgram(name: "env", arguments: []).run(over: []) == .ended(status: 0, output: [], errors: ""))
        #expect(shell("echo 1 >&3; echo 1 >&5").run(over: []) != shell("true").run(over: []))
    }

    @Test(arguments: ["echo x > /tmp/confined", "echo > /dev/tcp/127.0.0.1/1", "ulimit -v unlimited"])
    func `what it must not do it cannot do`(_ script: String) {
        guard case .ended(let status, _, _) = shell(script).run(over: []) else {
            Issue.record("not ended")
            return
        }
        #expect(status != 0)
    }

    @Test func `one that takes too long is ended`() {
        var program = shell("while :; do :; done")
        program.seconds = 0
        #expect(program.run(over: []) == .timedOut)
    }

    @Test func `one that says too much is ended`() {
        var program = shell("while :; do echo more; done")
        program.outputLimit = 1000
        #expect(program.run(over: []) == .tooMuchOutput)
    }

    @Test func `complaints are cut and do not stop it`() {
        guard case .ended(0, let output, let errors) = shell("printf '%0200000d' 1 >&2; echo done").run(over: []) else {
            Issue.record("not ended")
            return
        }
        #expect(output == Array("done\n".utf8))
        #expect(errors.utf8.count == 4096)
    }

    @Test func `one that is not there is missing`() {
        #expect(ConfinedProgram(name: "no-such-program", arguments: []).run(over: []) == .missing)
    }
}
