/// What a robots.txt says to one program (RFC 9309).
///
/// The group that names the program counts, all of its copies together; without one, the group for everybody. Among its
/// rules the one with the longest path wins, `allow` before `disallow`. Whatever else stands in the file is passed over:
/// these are a stranger's bytes.
struct RobotsRules: Hashable, Sendable {
    private struct Rule: Hashable, Sendable {
        let path: [UInt8]
        let allows: Bool
    }

    private var rules: [Rule] = []
    /// Bytes of rules with stars: a file made of nothing else could keep us busy for long.
    private var costly = 0
    /// Seconds between two requests, if the site asks for it.
    private(set) var crawlDelay: Int?

    /// Everything is allowed.
    static let open = RobotsRules()

    private init() {}

    /// Reads at most the first 500 KiB, as the RFC has it. `agent` is our name in lower case.
    init(_ bytes: [UInt8], agent: String) {
        var own = RobotsRules()
        var general = RobotsRules()
        var isNamed = false
        var appliesToUs = false
        var appliesToAll = false
        var isInAgents = false
        for line in bytes.prefix(500 * 1024).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let (name, value) = RobotsRules.field(in: line) else { continue }
            if name == "user-agent" {
                if !isInAgents { (appliesToUs, appliesToAll) = (false, false) }
                isInAgents = true
                let product = value.prefix { RobotsRules.isTokenByte($0) }
                if RobotsRules.lowercase(product).elementsEqual(agent.utf8) { (appliesToUs, isNamed) = (true, true) }
                if value.elementsEqual("*".utf8) { appliesToAll = true }
                continue
            }
            guard ["allow", "disallow", "crawl-delay"].contains(name) else { continue }
            isInAgents = false
            if appliesToUs { own.add(name, value) }
            if appliesToAll { general.add(name, value) }
        }
        self = isNamed ? own : general
        rules.sort { ($0.path.count, $0.allows ? 1 : 0) > ($1.path.count, $1.allows ? 1 : 0) }
    }

    /// Whether a path, with its query, may be read.
    func allows(_ path: String) -> Bool {
        let path = RobotsRules.normal(Array(path.utf8.prefix(2048))[...])
        if path.elementsEqual("/robots.txt".utf8) { return true }
        return rules.first { RobotsRules.matches($0.path, path) }?.allows ?? true
    }

    private mutating func add(_ name: String, _ value: ArraySlice<UInt8>) {
        if name == "crawl-delay" {
            guard let seconds = Double(String(decoding: value, as: UTF8.self)), seconds > 0 else { return }
            crawlDelay = max(crawlDelay ?? 0, Int(min(seconds, 3600).rounded(.up)))
        } else if !value.isEmpty, value.count <= 2048 {
            let path = RobotsRules.normal(value)
            if path.contains(UInt8(ascii: "*")) { costly += path.count }
            if costly < 32_768 || !path.contains(UInt8(ascii: "*")) {
                rules.append(Rule(path: path, allows: name == "allow"))
            }
        }
    }

    /// `Name: value # comment`
    private static func field(in line: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>)? {
        let text = line.prefix { $0 != UInt8(ascii: "#") }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        // A byte order mark before the first name is no part of it.
        let name = lowercase(trimmed(text[..<colon]).drop { $0 >= 0x80 })
        return (String(decoding: name, as: UTF8.self), trimmed(text[(colon + 1)...]))
    }

    /// Percent signs with capitals, and none before letters, digits and the like; other bytes written as theirs.
    private static func normal(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                append(high << 4 | low, to: &out, isWritten: true)
                index += 3
            } else {
                append(byte, to: &out, isWritten: false)
                index += 1
            }
        }
        return out
    }

    private static func append(_ byte: UInt8, to out: inout [UInt8], isWritten: Bool) {
        let isPlain = isTokenByte(byte) || (0x30...0x39).contains(byte) || [0x2E, 0x7E].contains(byte)
        if isPlain || (!isWritten && (0x21...0x7E).contains(byte)) {
            out.append(byte)
        } else {
            let digits = Array("0123456789ABCDEF".utf8)
            out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// `*` stands for anything, `$` at the end for the end. Linear but for the stars, and those never go back further
    /// than the last one.
    private static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
        let isAnchored = pattern.last == UInt8(ascii: "$")
        let pattern = isAnchored ? pattern.dropLast() : pattern[...]
        var (at, inPath) = (0, 0)
        var star: (pattern: Int, path: Int)?
        while true {
            if at == pattern.count, !isAnchored || inPath == path.count { return true }
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, inPath)
                at += 1
            } else if at < pattern.count, inPath < path.count, pattern[at] == path[inPath] {
                at += 1
                inPath += 1
            } else if let last = star, last.path < path.count {
                star = (last.pattern, last.path + 1)
                at = last.pattern + 1
                inPath = last.path + 1
            } else {
                return false
            }
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes.drop { $0 <= 0x20 }
        while let last = rest.last, last <= 0x20 { rest.removeLast() }
        return rest
    }

    private static func lowercase(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }
    }
}
