/// Why a document gave no article.
public enum DocumentError: Error, Equatable, Sendable {
    /// Nothing reads this type yet; the name says what it looks like, such as `pdf`.
    case unsupported(String)
    case empty
    case undecodable(String)
    case tooLarge(bytes: Int, limit: Int)
    /// The file itself is none that is read, such as a symbolic link.
    case refused(code: String, message: String)

    /// One word for programs.
    public var code: String {
        switch self {
        case .unsupported: "unsupported"
        case .empty: "empty"
        case .undecodable: "undecodable"
        case .tooLarge: "too_large"
        case .refused(let code, _): code
        }
    }

    /// One line for people.
    public var message: String {
        switch self {
        case .unsupported(let type): "no reader for \(type)"
        case .empty: "no text in it"
        case .undecodable(let reason): reason
        case .tooLarge(let bytes, let limit): "\(bytes) bytes, more than the limit of \(limit)"
        case .refused(_, let message): message
        }
    }
}

extension DocumentError {
    /// What is there cannot be right.
    static func damaged(_ what: String) -> DocumentError { .undecodable("\(what) damaged") }
    /// The end is missing.
    static func cutOff(_ what: String) -> DocumentError { .undecodable("\(what) cut off") }
}
