/// The way from the address that was asked for to the one that answers.
struct RedirectTrail: Sendable {
    let start: WebAddress
    private(set) var address: WebAddress
    /// Where the leading run of permanent redirects ended.
    private(set) var movedTo: String?
    private let limit: Int
    private var visited: Set<String>
    private var isPermanentSoFar = true
    private var hasLeftOrigin = false

    init(start: WebAddress, limit: Int) {
        self.start = start
        self.limit = limit
        address = start
        visited = [start.url]
    }

    /// Whether credentials may be sent; once another host was in between they may not.
    var isAtFirstOrigin: Bool { !hasLeftOrigin }

    /// Takes one step; a step out of the web, back to plain HTTP, in a circle or too many are refused.
    mutating func follow(_ target: String, status: Int) throws(FetchError) {
        guard let next = WebAddress(target), next.isSecure || !address.isSecure else { throw .badRedirect(to: target) }
        guard visited.count <= limit, visited.insert(next.url).inserted else { throw .redirectLoop(next.url) }
        if !next.keepsCredentials(of: start) { hasLeftOrigin = true }
        isPermanentSoFar = isPermanentSoFar && (status == 301 || status == 308)
        if isPermanentSoFar { movedTo = next.url }
        address = next
    }
}
