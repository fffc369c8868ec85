public import ExtractionCore

/// Why a fetch gave no bytes.
public enum FetchError: Error, Hashable, Sendable {
    /// In milliseconds; a trickle below the lowest speed counts as well.
    case timedOut(after: Int)
    /// An answer outside 2xx; `retryAfter` in seconds, as the server asked.
    case refused(status: Int, retryAfter: Int?)
    /// The host asked for a rest earlier, so nothing was sent.
    case throttled(host: String, until: Instant)
    /// Nobody answered at the host several times in a row, so nothing was sent.
    case hostDown(host: String, until: Instant)
    /// The site's robots.txt does not want this page to be read by programs.
    case disallowed(String)
    /// The site's robots.txt could not be read, which forbids everything for a while.
    case rulesUnknown(host: String)
    case notFound
    case gone
    /// The server wants a browser that solves a challenge.
    case botWall(status: Int)
    /// In bytes, after decompression.
    case tooLarge(limit: Int)
    /// The host is, or resolves to, a machine that is not on the public internet.
    case blockedAddress(host: String)
    case dns(host: String)
    case connect(String)
    case tls(String)
    case badURL(String)
    /// A redirect to something other than the web, or from `https` to `http`.
    case badRedirect(to: String)
    case redirectLoop(String)
    case cancelled
    case other(String)

    /// What the caller does next.
    public enum Remedy: Hashable, Sendable {
        /// The fault may pass; `after` in seconds where the server named it.
        case retry(after: Int?)
        /// The same request would fail the same way soon.
        case skip
        /// Ask no more.
        case mute
    }

    public var remedy: Remedy {
        switch self {
        case .refused(429, let delay), .refused(503, let delay): .retry(after: delay)
        case .refused(let status, _): status >= 500 || status == 408 || status == 425 ? .retry(after: nil) : .skip
        case .timedOut, .throttled, .hostDown, .rulesUnknown, .dns, .connect, .tls, .cancelled, .other:
            .retry(after: nil)
        case .notFound, .disallowed, .botWall, .tooLarge, .blockedAddress, .badURL, .badRedirect, .redirectLoop: .skip
        case .gone: .mute
        }
    }

    /// Whether there was no connection, which other addresses of the host will find as well.
    var isOfTheHost: Bool {
        switch self {
        case .timedOut, .dns, .connect, .tls: true
        default: false
        }
    }

    /// One word for programs.
    public var code: String {
        switch self {
        case .timedOut: "timed_out"
        case .refused: "refused"
        case .throttled: "throttled"
        case .hostDown: "host_down"
        case .disallowed: "disallowed"
        case .rulesUnknown: "rules_unknown"
        case .notFound: "not_found"
        case .gone: "gone"
        case .botWall: "bot_wall"
        case .tooLarge: "too_large"
        case .blockedAddress: "blocked_address"
        case .dns: "dns"
        case .connect: "connect"
        case .tls: "tls"
        case .badURL: "bad_url"
        case .badRedirect: "bad_redirect"
        case .redirectLoop: "redirect_loop"
        case .cancelled: "cancelled"
        case .other: "other"
        }
    }

    /// One line for people.
    public var message: String {
        switch self {
        case .timedOut(let limit): "no complete answer within \(limit / 1000) s"
        case .refused(429, _): "the server says we ask too often (status 429)"
        case .refused(let status, _): "the server answered with status \(status)"
        case .throttled(let host, _): "\(host) asked for a rest"
        case .hostDown(let host, _): "\(host) cannot be reached"
        case .disallowed: "the site's robots.txt does not want this page to be read by programs"
        case .rulesUnknown(let host): "the robots.txt of \(host) could not be read, so its pages are left alone for now"
        case .notFound: "there is nothing at this address (status 404)"
        case .gone: "the server says it is gone for good (status 410)"
        case .botWall(let status): "the server wants a browser to solve a challenge (status \(status))"
        case .tooLarge(let limit): "more than the limit of \(limit) bytes"
        case .blockedAddress(let host): "\(host) is not on the public internet; allow it in the configuration if meant"
        case .dns(let host): "\(host) has no address"
        case .connect(let reason): "no connection: \(reason)"
        case .tls(let reason): "no secure connection: \(reason)"
        case .badURL(let url): "not an address of the web: \(url)"
        case .badRedirect(let url): "redirected to a place we do not follow to: \(url)"
        case .redirectLoop(let url): "too many redirects, the last to \(url)"
        case .cancelled: "cancelled"
        case .other(let reason): reason
        }
    }
}
