import ExtractionCore

/// The header fields of one HTTP response.
struct HeaderFields: Sendable {
    private let fields: [(name: String, value: String)]

    /// Reads a block of lines; the status line and lines without a colon are passed over, folded lines joined.
    init(block: [UInt8]) {
        var fields: [(name: String, value: String)] = []
        for line in block.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            if let first = line.first, first == 0x20 || first == 0x09, !fields.isEmpty {
                fields[fields.count - 1].value += " " + trimmed(line)
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), !line.starts(with: "HTTP/".utf8) {
                fields.append((trimmed(line[..<colon]).lowercased(), trimmed(line[(colon + 1)...])))
            }
        }
        self.fields = fields
    }

    /// The first field of that name (lower case) that is not empty.
    subscript(name: String) -> String? { fields.first { $0.name == name && !$0.value.isEmpty }?.value }

    var mediaType: String? {
        guard let type = self["content-type"]?.split(separator: ";", omittingEmptySubsequences: false).first else {
            return nil
        }
        let word = trimmed(Array(type.utf8)[...]).lowercased()
        return word.contains("/") ? word : nil
    }

    var charset: String? {
        for parameter in (self["content-type"] ?? "").split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, trimmed(Array(parts[0].utf8)[...]).lowercased() == "charset" else { continue }
            let value = trimmed(Array(parts[1].utf8)[...]).filter { $0 != "\"" && $0 != "'" }
            return value.isEmpty ? nil : value.lowercased()
        }
        return nil
    }

    /// Seconds to wait, from a number or a date; 0 is a value and differs from absent.
    func retryAfter(now: Instant) -> Int? {
        guard let value = self["retry-after"] else { return nil }
        if let seconds = wholeNumber(value) { return seconds }
        return HTTPDate.instant(value).map { seconds(from: now, to: $0) }
    }

    /// Seconds until the host serves us again, where it says that this was the last request it would serve.
    func exhausted(now: Instant) -> Int? {
        for prefix in ["x-ratelimit-", "ratelimit-"] {
            guard let left = self[prefix + "remaining"].flatMap({ Double($0) }), left < 1,
                let reset = self[prefix + "reset"].flatMap({ Double($0) }), reset.isFinite, reset > 0
            else { continue }
            // Some count from now, some from 1970.
            let seconds = reset > 1e9 ? reset - Double(now.seconds) : reset
            return Int(max(0, min(seconds.rounded(.up), 1e6)))
        }
        return nil
    }

    /// Seconds for which the answer need not be asked for again; nil when the server does not say.
    func freshness(now: Instant) -> Int? {
        for directive in (self["cache-control"] ?? "").lowercased().split(separator: ",") {
            let word = trimmed(Array(directive.utf8)[...])
            if word == "no-cache" || word == "no-store" { return 0 }
            if word.hasPrefix("max-age="), let age = wholeNumber(String(word.dropFirst(8).filter { $0 != "\"" })) {
                return max(0, age - (self["age"].flatMap(wholeNumber) ?? 0))
            }
        }
        return self["expires"].flatMap(HTTPDate.instant).map { seconds(from: now, to: $0) }
    }

    /// Counted on the server's clock where it shows it: ours may be wrong.
    private func seconds(from now: Instant, to then: Instant) -> Int {
        let start = self["date"].flatMap(HTTPDate.instant) ?? now
        return max(0, Int(clamping: then.seconds - start.seconds))
    }
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var rest = bytes.drop { $0 <= 0x20 }
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
}

/// Digits only; a number too large to hold is the largest that is useful.
private func wholeNumber(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return min(Int(text) ?? .max, 10 * 365 * 86_400)
}
