/// What a gzip file holds, as one source: all its members one after the other.
///
/// It is read from the start to the end; going back means inflating again. A class, since it owns the inflater.
final class GzipSource: ByteSource {
    private let source: any ByteSource
    private let budget: UnpackBudget
    private let inflater = Inflater(.gzip)
    private var packed: [UInt8] = []
    private var packedIndex = 0
    /// How much of the source has been read.
    private var read = 0
    private var window: [UInt8] = []
    private var windowStart = 0
    private var isAtEnd = false
    private var isBetweenMembers = false
    private var ownFault: DocumentError?
    /// Why it ends before its end, once that is known.
    var fault: DocumentError? { (source as? GzipSource)?.fault ?? ownFault }

    init(_ source: any ByteSource, budget: UnpackBudget) {
        self.source = source
        self.budget = budget
    }

    var count: Int { .max }

    func bytes(at offset: Int, count: Int) throws(ByteSourceError) -> [UInt8] {
        guard offset >= 0, count > 0 else { return [] }
        if offset < windowStart { rewind() }
        let end = offset.addingReportingOverflow(count)
        fill(from: offset, to: end.overflow ? .max : end.partialValue)
        let first = min(offset - windowStart, window.count)
        return Array(window[first..<first + min(count, window.count - first)])
    }

    private func rewind() {
        budget.giveBack(windowStart + window.count)
        inflater.restart()
        (packed, packedIndex, read) = ([], 0, 0)
        (window, windowStart) = ([], 0)
        (isAtEnd, isBetweenMembers, ownFault) = (false, false, nil)
    }

    /// Inflates until the window reaches `end`; what lies before `start` is let go.
    private func fill(from start: Int, to end: Int) {
        drop(before: start)
        while !isAtEnd, windowStart + window.count < end {
            step()
            if windowStart + window.count <= start { drop(before: start) }
        }
    }

    private func drop(before start: Int) {
        let count = min(window.count, start - windowStart)
        guard count > 0 else { return }
        window.removeFirst(count)
        windowStart += count
    }

    private func step() {
        if packedIndex == packed.count, !readPacked() { return }
        if isBetweenMembers, packed[packedIndex] != 0x1F {
            // A few bytes after the last member are no part of it, as gzip itself sees it; many were a member once.
            return end(packed.count < GzipSource.chunk ? nil : .damaged("gzip data"))
        }
        isBetweenMembers = false
        let before = window.count
        let (used, state) = inflater.inflate(packed, from: packedIndex, to: &window)
        packedIndex += used
        let produced = window.count - before
        if let error = budget.take(produced)
            ?? budget.tooTight(windowStart + window.count, from: read - packed.count + packedIndex)
        {
            budget.giveBack(produced)
            window.removeLast(produced)
            return end(error)
        }
        switch state {
        case .going where used > 0 || produced > 0 || packedIndex == packed.count: break
        case .going, .damaged: end(.damaged("gzip data"))
        case .ended:
            inflater.restart()
            isBetweenMembers = true
        }
    }

    /// False at the end.
    private func readPacked() -> Bool {
        do {
            packed = try source.bytes(at: read, count: GzipSource.chunk)
        } catch {
            end(.refused(code: "unreadable", message: error.message))
            return false
        }
        read += packed.count
        packedIndex = 0
        if packed.isEmpty { end(isBetweenMembers ? nil : .cutOff("gzip data")) }
        return !packed.isEmpty
    }

    private static let chunk = 1 << 16

    private func end(_ error: DocumentError?) {
        isAtEnd = true
        ownFault = error
    }
}
