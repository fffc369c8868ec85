internal import CLibcurl

/// One HTTP exchange, without redirects, as libcurl is asked for it.
struct CurlRequest: Sendable {
    var url: String
    /// Whole lines, `Name: value`.
    var headers: [String] = []
    var userAgent = ""
    var user: String?
    var password: String?
    /// In bytes, after decompression.
    var bodyLimit = 16 << 20
    var connectTimeoutMilliseconds = 10_000
    var timeoutMilliseconds = 60_000
    /// Slower than this many bytes a second …
    var lowestSpeed = 64
    /// … for this many seconds ends the transfer.
    var lowestSpeedSeconds = 20
    var allowsAnyAddress = false
    var allowedNetworks: [copytaster_network] = []
    /// Empty for none; the environment is never asked.
    var proxy = ""
    /// A file of trusted certificates; nil for the system's.
    var certificates: String?
    var http1Only = false
    /// In Netscape's format; nil for no cookies at all.
    var cookieFile: String?
    /// `name:port:address`, asked before any name server.
    var pinnedNames: [String] = []
}

/// How one HTTP exchange ended, and what it brought.
struct CurlResponse: Sendable {
    enum Ending: Sendable {
        /// A libcurl result, 0 for success.
        case finished(code: UInt32)
        case cancelled
        /// The engine was closed before or while it ran.
        case closed
    }

    var ending: Ending
    var status = 0
    var headerBlock: [UInt8] = []
    var body: [UInt8] = []
    var redirectURL: String?
    var bodyTooLarge = false
    var headersTooLarge = false
    var blockedAddress = false
    var message = ""
}

/// A pair of an easy handle and its buffers, for one transfer after another.
///
/// Belongs to the engine's thread; nobody else sees it.
struct CurlTransfer {
    let easy: UnsafeMutableRawPointer
    let buffers: UnsafeMutablePointer<copytaster_transfer>
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var names: UnsafeMutablePointer<curl_slist>?
    /// Cookies outlive a reset of the handle, so it serves no other request.
    private(set) var isSpent = false
    private var allowed: UnsafeMutablePointer<copytaster_network>?

    init?() {
        guard let easy = curl_easy_init() else { return nil }
        guard let buffers = copytaster_transfer_create() else {
            curl_easy_cleanup(easy)
            return nil
        }
        self.easy = easy
        self.buffers = buffers
    }

    func destroy() {
        curl_easy_cleanup(easy)
        copytaster_transfer_destroy(buffers)
    }

    /// Sets everything a request needs; false when libcurl refuses an option, so that none is silently left out.
    mutating func prepare(_ request: CurlRequest, id: UInt64) -> Bool {
        buffers.pointee.id = id
        buffers.pointee.body_limit = max(0, request.bodyLimit)
        buffers.pointee.allows_any_address = request.allowsAnyAddress
        setAllowed(request.allowedNetworks)
        guard copytaster_easy_prepare(easy, buffers) == CURLE_OK else { return false }
        var results = [
            copytaster_set_string(easy, CURLOPT_URL, request.url),
            copytaster_set_string(easy, CURLOPT_USERAGENT, request.userAgent),
            copytaster_set_string(easy, CURLOPT_PROXY, request.proxy),
            copytaster_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeoutMilliseconds),
            copytaster_set_long(easy, CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds),
            copytaster_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, request.lowestSpeed),
            copytaster_set_long(easy, CURLOPT_LOW_SPEED_TIME, request.lowestSpeedSeconds),
            copytaster_set_offset(easy, CURLOPT_MAXFILESIZE_LARGE, Int64(request.bodyLimit)),
            copytaster_set_long(
                easy, CURLOPT_HTTP_VERSION, request.http1Only ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS),
        ]
        if let certificates = request.certificates {
            // libcurl keeps the read certificates only for a file without a directory beside it; else every new
            // connection reads the whole bundle again (37 ms).
            results.append(copytaster_set_string(easy, CURLOPT_CAINFO, certificates))
            results.append(copytaster_set_string(easy, CURLOPT_CAPATH, nil))
            results.append(copytaster_set_long(easy, CURLOPT_CA_CACHE_TIMEOUT, 86_400))
        }
        if let user = request.user {
            results.append(copytaster_set_string(easy, CURLOPT_USERNAME, user))
            results.append(copytaster_set_string(easy, CURLOPT_PASSWORD, request.password ?? ""))
        }
        if let file = request.cookieFile {
            isSpent = true
            results.append(copytaster_set_string(easy, CURLOPT_COOKIEFILE, file))
        }
        for line in request.headers {
            guard let longer = curl_slist_append(headers, line) else { return false }
            headers = longer
        }
        results.append(copytaster_set_list(easy, CURLOPT_HTTPHEADER, headers))
        for line in request.pinnedNames {
            guard let longer = curl_slist_append(names, line) else { return false }
            names = longer
        }
        if names != nil { results.append(copytaster_set_list(easy, CURLOPT_RESOLVE, names)) }
        return results.allSatisfy { $0 == CURLE_OK }
    }

    private mutating func setAllowed(_ networks: [copytaster_network]) {
        guard !networks.isEmpty else { return }
        let copy = UnsafeMutablePointer<copytaster_network>.allocate(capacity: networks.count)
        copy.initialize(from: networks, count: networks.count)
        allowed = copy
        buffers.pointee.allowed = UnsafePointer(copy)
        buffers.pointee.allowed_count = networks.count
    }

    /// Copies out what came; the handle must have left the multi handle.
    func response(_ ending: CurlResponse.Ending) -> CurlResponse {
        let got = buffers.pointee
        var response = CurlResponse(ending: ending)
        response.status = copytaster_get_long(easy, CURLINFO_RESPONSE_CODE)
        response.redirectURL = copytaster_get_string(easy, CURLINFO_REDIRECT_URL).map { String(cString: $0) }
        response.bodyTooLarge = got.body_too_large
        response.headersTooLarge = got.headers_too_large
        response.blockedAddress = got.blocked
        response.message = String(cString: copytaster_transfer_error(buffers))
        response.body = Array(UnsafeBufferPointer(start: got.body, count: got.body_count))
        response.headerBlock = Array(UnsafeRawBufferPointer(start: got.headers, count: got.headers_count))
        return response
    }

    /// Makes it ready for the next request.
    mutating func reset() {
        curl_easy_reset(easy)
        curl_slist_free_all(headers)
        headers = nil
        curl_slist_free_all(names)
        names = nil
        allowed?.deallocate()
        allowed = nil
        copytaster_transfer_reset(buffers)
    }
}
