// Addresses as text: taken apart, resolved against a base, and brought into the one form by which two of them can be
// compared. Nothing is looked up; an unknown query parameter is content and stays.

/// The five parts of an address.
struct WebAddress: Hashable, Sendable {
    var scheme: String?
    var authority: String?
    var path: String
    var query: String?
    var fragment: String?

    init(_ string: String) {
        let bytes = Array(string.utf8)
        var rest = bytes[ASCII.trimmed(bytes, 0..<bytes.count)]
        func text(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
        if let hash = rest.firstIndex(of: 0x23) {
            fragment = text(rest[(hash + 1)...])
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: 0x3F) {
            query = text(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        if let colon = rest.firstIndex(of: 0x3A), WebAddress.isScheme(rest[..<colon]) {
            scheme = ASCII.lowered(rest[..<colon])
            rest = rest[(colon + 1)...]
        }
        if rest.starts(with: [0x2F, 0x2F]) {
            rest = rest.dropFirst(2)
            let slash = rest.firstIndex(of: 0x2F) ?? rest.endIndex
            authority = text(rest[..<slash])
            rest = rest[slash...]
        }
        path = text(rest)
    }

    private static func isScheme(_ name: ArraySlice<UInt8>) -> Bool {
        guard let first = name.first, ASCII.isLetter(first), name.count <= 20 else { return false }
        return name.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E }
    }

    var string: String {
        (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path + (query.map { "?" + $0 } ?? "")
            + (fragment.map { "#" + $0 } ?? "")
    }

    /// The host in lower case, without user and port.
    var host: String? {
        guard let authority else { return nil }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        return ASCII.lowered(
            host.split(separator: ":", omittingEmptySubsequences: false).first.map { Array($0.utf8) } ?? [])
    }

    /// `.` and `..` taken out.
    static func withoutDots(_ path: String) -> String {
        guard path.contains("./") || path.hasSuffix("/.") || path.hasSuffix("/..") else { return path }
        var kept: [Substring] = []
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isLast = index + 1 == parts.count
            switch part {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 || (kept.count == 1 && kept[0] != "") { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(part)
            }
        }
        return kept.joined(separator: "/")
    }
}

/// An address as seen from a base address (RFC 3986, 5.2); as it is when the base has no scheme.
func resolvedURL(_ reference: String, against base: String?) -> String {
    let reference = ASCII.trimmed(reference)
    guard let base, !base.isEmpty else { return reference }
    var target = WebAddress(reference)
    let from = WebAddress(base)
    guard target.scheme == nil, let scheme = from.scheme else { return reference }
    target.scheme = scheme
    guard target.authority == nil else { return target.string }
    target.authority = from.authority
    if target.path.isEmpty {
        target.path = from.path
        if target.query == nil { target.query = from.query }
        return target.string
    }
    if !target.path.hasPrefix("/") {
        let slash = from.path.lastIndex(of: "/")
        let folder = slash.map { String(from.path[...$0]) } ?? (from.authority == nil ? "" : "/")
        target.path = folder + target.path
    }
    target.path = WebAddress.withoutDots(target.path)
    return target.string
}

/// The form of an address by which copies are found; the original is what people are shown.
///
/// Scheme and host are folded, tracking parameters, fragments and AMP marks are dropped, parameters sorted. A path keeps
/// its case and an unknown parameter stays.
public func canonicalURL(_ url: String) -> String { canonicalURL(url, redirects: 3) }

private func canonicalURL(_ url: String, redirects: Int) -> String {
    var address = WebAddress(url)
    guard let scheme = address.scheme, scheme == "http" || scheme == "https", let host = address.host else {
        return ASCII.trimmed(url)
    }
    if redirects > 0, let target = wrappedTarget(address, host) {
        return canonicalURL(target, redirects: redirects - 1)
    }
    address.scheme = "https"
    var name = host
    for prefix in ["www.", "m.", "mobile.", "amp."]
    where name.hasPrefix(prefix) && name.utf8.filter({ $0 == 0x2E }).count >= 2 {
        name = String(name.dropFirst(prefix.utf8.count))
    }
    if name.hasSuffix(".") { name.removeLast() }
    let port = address.authority.flatMap {
        $0.split(separator: ":", omittingEmptySubsequences: false).dropFirst().last.map(String.init)
    }
    address.authority = port == nil || port == "80" || port == "443" || port == "" ? name : name + ":" + (port ?? "")
    address.path = canonicalPath(address.path)
    address.query = canonicalQuery(address.query, host: name)
    if let fragment = address.fragment, !(fragment.hasPrefix("!") || fragment.hasPrefix("/")) { address.fragment = nil }
    if address.fragment?.isEmpty == true { address.fragment = nil }
    return address.string
}

/// The address inside a redirect or AMP cache address.
private func wrappedTarget(_ address: WebAddress, _ host: String) -> String? {
    let isGoogle =
        host == "google.com" || host.hasPrefix("www.google.") || host.hasPrefix("google.") || host == "news.google.com"
    if isGoogle, address.path == "/url", let query = address.query {
        for part in query.split(separator: "&") where part.hasPrefix("url=") || part.hasPrefix("q=") {
            let value = percentDecoded(String(part.drop { $0 != "=" }.dropFirst()))
            if value.hasPrefix("http") { return value }
        }
    }
    for (isHere, prefix) in [
        (isGoogle, "/amp/s/"), (host.hasSuffix("cdn.ampproject.org"), "/c/s/"),
        (host.hasSuffix("cdn.ampproject.org"), "/v/s/"),
    ]
    where isHere && address.path.hasPrefix(prefix) {
        return "https://" + address.path.dropFirst(prefix.utf8.count) + (address.query.map { "?" + $0 } ?? "")
    }
    return nil
}

private func percentDecoded(_ string: String) -> String {
    String(decoding: percentDecoded(Array(string.utf8)[...]), as: UTF8.self)
}

/// Bytes with every `%` and two hexadecimal digits read; what is none stays as it is.
func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
        if bytes[index] == 0x25, index + 2 < bytes.endIndex, let high = ASCII.hexValue(bytes[index + 1]),
            let low = ASCII.hexValue(bytes[index + 2])
        {
            out.append(high << 4 | low)
            index += 3
        } else {
            out.append(bytes[index])
            index += 1
        }
    }
    return out
}

/// One way to write each byte: letters, digits and `-._~` plain, everything outside ASCII escaped in capitals.
private func canonicalEscapes(_ string: String) -> String {
    let bytes = Array(string.utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    func escape(_ byte: UInt8) { out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    var index = 0
    while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x25, index + 2 < bytes.count, let high = ASCII.hexValue(bytes[index + 1]),
            let low = ASCII.hexValue(bytes[index + 2])
        {
            let value = high << 4 | low
            let isPlain = ASCII.isAlphanumeric(value) || [0x2D, 0x2E, 0x5F, 0x7E].contains(value)
            if isPlain { out.append(value) } else { escape(value) }
            index += 3
        } else {
            if byte >= 0x80 || byte <= 0x20 { escape(byte) } else { out.append(byte) }
            index += 1
        }
    }
    return String(decoding: out, as: UTF8.self)
}

private func canonicalPath(_ path: String) -> String {
    var path = WebAddress.withoutDots(canonicalEscapes(path))
    if let semicolon = path.firstIndex(of: ";"), path[semicolon...].lowercased().hasPrefix(";jsessionid=") {
        path = String(path[..<semicolon])
    }
    path = path.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "amp" }.map(String.init).joined(
        separator: "/")
    for index in ["index.html", "index.htm", "index.php", "index.asp", "default.aspx"]
    where path == index || path.hasSuffix("/" + index) {
        path = String(path.dropLast(index.utf8.count))
    }
    if path.hasSuffix(".amp.html") { path = String(path.dropLast(9)) + ".html" }
    if path.hasSuffix(".amp") { path = String(path.dropLast(4)) }
    while path.hasSuffix("/") { path.removeLast() }
    return path.isEmpty ? "" : "/" + path
}

private func canonicalQuery(_ query: String?, host: String) -> String? {
    guard let query else { return nil }
    let kept = query.split(separator: "&").map { canonicalEscapes(String($0)) }.filter { part in
        let key = ASCII.lowered((part.split(separator: "=", omittingEmptySubsequences: false).first ?? "").utf8)
        let value = ASCII.lowered(part.drop { $0 != "=" }.dropFirst().utf8)
        if key == "ref" { return value != host && value != "www." + host }
        if key == "output" { return value != "amp" }
        if key == "amp" { return !(value.isEmpty || value == "1" || value == "true") }
        return !key.isEmpty && !TrackingParameters.contains(key)
    }
    return kept.isEmpty ? nil : kept.sorted().joined(separator: "&")
}

/// Query parameters that say who clicked, not what is shown. The larger part is Miniflux's list (Apache-2.0).
private enum TrackingParameters {
    static func contains(_ key: String) -> Bool { prefixes.contains(where: key.hasPrefix) || names.contains(key) }

    private static let prefixes = ["utm_", "mtm_", "hmb_", "itm_"]
    private static let names: Set<String> = [
        "fbclid", "_openstat", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fb_comment_id", "gclid",
        "dclid", "gbraid",
        "wbraid", "gclsrc", "srsltid", "campaign_id", "campaign_medium", "campaign_name", "campaign_source",
        "campaign_term",
        "campaign_content", "yclid", "ysclid", "twclid", "msclkid", "mc_cid", "mc_eid", "mc_tc", "wickedid", "hsa_cam",
        "_hsenc",
        "__hssc", "__hstc", "__hsfp", "_hsmi", "hsctatracking", "rb_clickid", "oly_anon_id", "oly_enc_id", "vero_id",
        "vero_conv",
        "mkt_tok", "sc_cid", "_bhlid", "_branch_match_id", "_branch_referrer", "at_medium", "at_campaign",
        "ns_mchannel", "ns_source",
        "ocid", "cmp", "smid", "igshid", "cid", "jsessionid", "phpsessid",
    ]
}
