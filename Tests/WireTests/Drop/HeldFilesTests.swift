import ExtractionCore
import Testing
import Wire

@Suite struct HeldFilesTests {
    private let name = DropName("r.txt")
    private let start = Instant(seconds: 1000)

    @Test func `waits grow and end`() {
        let held = HeldFiles(patienceSeconds: 600)
        #expect(!held.isHeld(name, at: start))
        var now = start
        var waits: [Int64] = []
        while held.hold(name, at: now) {
            let before = now
            while held.isHeld(name, at: now) { now = now.adding(seconds: 1) }
            waits.append(now.seconds - before.seconds)
        }
        #expect(waits.prefix(4) == [1, 2, 4, 8])
        #expect(waits.max() == 60)
        #expect(now.seconds - start.seconds >= 600)
    }

    @Test func `a file that was read starts anew`() {
        let held = HeldFiles(patienceSeconds: 600)
        #expect(held.hold(name, at: start))
        held.release(name)
        #expect(!held.isHeld(name, at: start))
    }

    @Test func `a clock set back frees the file`() {
        let held = HeldFiles(patienceSeconds: 600)
        #expect(held.hold(name, at: start))
        #expect(!held.isHeld(name, at: start.adding(seconds: -500)))
    }
}
