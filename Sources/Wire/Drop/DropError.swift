/// Why a step on a dropped file did not happen.
public enum DropError: Error, Equatable, Sendable {
    /// The file is gone, or somebody else has it: nothing to do.
    case vanished
    /// Still being written: look again later.
    case unstable
    /// Something may pass: no permission, busy, no room. `code` is errno.
    case retry(code: Int32, message: String)
    /// It will never work: no regular file, too large, empty.
    case refused(code: String, message: String)

    public var message: String {
        switch self {
        case .vanished: "the file is gone"
        case .unstable: "still being written"
        case .retry(_, let message), .refused(_, let message): message
        }
    }
}
