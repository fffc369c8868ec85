/// Why the store could not do what it was asked.
public enum StoreError: Error, Equatable, Sendable {
    /// No room, no permission, an input-output fault: the caller waits and tries again.
    case unavailable(String)
    /// The file is no database of ours or is damaged; trying again is no use.
    case damaged(String)

    public var message: String {
        switch self {
        case .unavailable(let reason): "store unavailable: \(reason)"
        case .damaged(let reason): "store damaged: \(reason)"
        }
    }
}
