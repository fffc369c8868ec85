import ExtractionCore
import Synchronization
import Testing

@testable import Wire

@Suite(.timeLimit(.minutes(1))) struct HostGateTests {
    private func gate(_ capacity: Int, _ clock: ManualClock = ManualClock()) -> HostGate {
        HostGate(capacity: capacity, limits: HostLimits(), now: { clock.now })
    }

    /// Lets tasks run until they wait.
    private func settle() async { for _ in 0..<200 { await Task.yield() } }

    @Test func `those who wait for a host enter in their order`() async {
        let gate = gate(9)
        final class Order: Sendable { let value = Mutex<[Int]>([]) }
        let order = Order()
        #expect(await gate.enter("a") == .granted)
        var tasks: [Task<Void, Never>] = []
        for number in 0..<8 {
            tasks.append(
                Task {
                    _ = await gate.enter("a")
                    order.value.withLock { $0.append(number) }
                    gate.leave("a")
                })
            await settle()
        }
        #expect(await gate.enter("b") == .granted)
        gate.leave("a")
        for task in tasks { await task.value }
        #expect(order.value.withLock { $0 } == Array(0..<8))
    }

    @Test func `the total is kept over all hosts`() async {
        let gate = gate(2)
        #expect(await gate.enter("a") == .granted)
        #expect(await gate.enter("b") == .granted)
        let third = Task { await gate.enter("c") }
        let fourth = Task { await gate.enter("d") }
        await settle()
        fourth.cancel()
        #expect(await fourth.value == .cancelled)
        gate.leave("b")
        #expect(await third.value == .granted)
        gate.leave("a")
        #expect(await gate.enter("d") == .granted)
    }

    @Test func `a host that begins to rest turns away those who wait`() async {
        let clock = ManualClock()
        let gate = gate(2, clock)
        #expect(await gate.enter("a") == .granted)
        let waiting = Task { await gate.enter("a") }
        await settle()
        gate.note { $0.close("a", retryAfter: 60, at: $1) }
        gate.leave("a")
        let end = clock.now.adding(seconds: 60)
        #expect(await waiting.value == .resting(until: end, isDown: false))
        #expect(await gate.enter("a") == .resting(until: end, isDown: false))
        #expect(await gate.enter("b") == .granted)
        clock.advance(60)
        #expect(await gate.enter("a") == .granted)
    }

    @Test func `a burst passes at once, then one request a second`() async {
        let clock = ManualClock()
        let gate = gate(9, clock)
        for _ in 0..<20 {
            #expect(await gate.enter("a") == .granted)
            gate.leave("a")
        }
        #expect(await gate.enter("a") == .early(until: clock.now.adding(seconds: 1)))
        #expect(await gate.enter("b") == .granted)
        clock.advance(1)
        #expect(await gate.enter("a") == .granted)
        gate.leave("a")
        #expect(await gate.enter("a") == .early(until: clock.now.adding(seconds: 1)))
        clock.advance(-1000)
        #expect(await gate.enter("a") == .granted)
    }

    @Test func `a host with a spacing is left in peace between two requests`() async {
        let clock = ManualClock()
        let gate = gate(9, clock)
        gate.note { $0.setCrawlDelay(10, of: "a", at: $1) }
        #expect(await gate.enter("a") == .early(until: clock.now.adding(seconds: 10)))
        clock.advance(10)
        #expect(await gate.enter("a") == .granted)
        gate.leave("a")
        #expect(await gate.enter("a") == .early(until: clock.now.adding(seconds: 10)))
        gate.note { $0.setCrawlDelay(nil, of: "a", at: $1) }
        #expect(await gate.enter("a") == .granted)
    }
}
