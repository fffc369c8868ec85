/// How many bytes may come out of a container, all its levels together. A class, since the levels share it.
final class UnpackBudget {
    let limit: Int
    let ratio: Int
    private(set) var used = 0

    /// `packed` is the size of the container.
    init(_ limits: ContainerLimits, packed: Int) {
        ratio = limits.ratio
        let (most, isHuge) = packed.multipliedReportingOverflow(by: limits.ratio)
        limit = min(limits.unpacked, isHuge ? .max : max(most, UnpackBudget.harmless * 16))
    }

    /// So little that its ratio does not matter.
    static let harmless = 1 << 20

    /// Books so many bytes; why not, when they are too many.
    func take(_ count: Int) -> DocumentError? {
        used += count
        return used > limit ? .tooLarge(bytes: used, limit: limit) : nil
    }

    /// They are unpacked once more and must not count twice.
    func giveBack(_ count: Int) { used = max(0, used - count) }

    /// Why something packed so tightly is not unpacked; nil when it is not tight.
    func tooTight(_ unpacked: Int, from packed: Int) -> DocumentError? {
        guard unpacked > UnpackBudget.harmless, unpacked / ratio > packed else { return nil }
        return .refused(code: "ratio", message: "unpacks to more than \(ratio) times its size")
    }
}
