internal import CLibcurl
import Glibc

/// An `http` or `https` address, read by libcurl's own parser so that what is checked is what is fetched.
public struct WebAddress: Hashable, Sendable {
    /// Normalised, without credentials and fragment.
    public let url: String
    public let isSecure: Bool
    /// Lower case, without a last dot; literal IPv4 addresses in dotted form, IPv6 ones in brackets.
    public let host: String
    public let port: Int
    public let user: String?
    public let password: String?

    /// Nil for anything that is no address of the web.
    public init?(_ text: String) {
        let trimmed = text.utf8.drop { $0 <= 0x20 }
        guard trimmed.count <= 8192, !trimmed.contains(0), let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        let encode = UInt32(CURLU_URLENCODE)
        var end = trimmed.endIndex
        while end > trimmed.startIndex, trimmed[trimmed.index(before: end)] <= 0x20 { end = trimmed.index(before: end) }
        let clean = String(decoding: trimmed[..<end], as: UTF8.self)
        guard curl_url_set(handle, CURLUPART_URL, clean, encode) == CURLUE_OK else { return nil }
        func part(_ what: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, what, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        guard let scheme = part(CURLUPART_SCHEME)?.lowercased(), scheme == "http" || scheme == "https",
            var host = part(CURLUPART_HOST)?.lowercased(),
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap(Int.init)
        else { return nil }
        while host.hasSuffix(".") { host.removeLast() }
        guard !host.isEmpty else { return nil }
        user = part(CURLUPART_USER, CURLU_URLDECODE)
        password = part(CURLUPART_PASSWORD, CURLU_URLDECODE)
        for what in [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT] {
            curl_url_set(handle, what, nil, 0)
        }
        guard let url = part(CURLUPART_URL) else { return nil }
        self.url = url
        self.host = host
        self.port = port
        isSecure = scheme == "https"
    }

    /// Scheme, host and port: what a robots.txt speaks for.
    var site: String { (isSecure ? "https://" : "http://") + "\(host):\(port)" }

    /// The path with its query.
    var path: String {
        guard let start = url.firstRange(of: "://")?.upperBound, let slash = url[start...].firstIndex(of: "/") else {
            return "/"
        }
        return String(url[slash...])
    }

    /// Whether credentials meant for `start` may be sent here: the same place, or the same host now over TLS.
    func keepsCredentials(of start: WebAddress) -> Bool {
        guard host == start.host else { return false }
        if isSecure == start.isSecure { return port == start.port }
        return isSecure && port == 443 && start.port == 80
    }
}
