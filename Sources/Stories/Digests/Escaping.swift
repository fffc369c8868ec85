internal import ExtractionCore

// The words of others are hostile: what they hold must show as text, in Markdown as in HTML.

/// Markdown text on one line: markup characters escaped, controls and direction marks out.
func inMarkdown(_ string: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in plain(string).unicodeScalars {
        switch scalar {
        case "\\", "`", "*", "_", "[", "]", "<", "|": out.append("\\")
        case "#", ">", "-", "+", "=", "~": if out.isEmpty { out.append("\\") }
        case ".", ")": if !out.isEmpty, out.allSatisfy({ ("0"..."9").contains($0) }) { out.append("\\") }
        default: break
        }
        out.append(scalar)
    }
    return String(out)
}

/// HTML text or attribute value.
func inHTML(_ string: String) -> String { escapedMarkup(plain(string)) }

/// White space folded to single blanks; control characters and bidirectional marks left out.
func plain(_ string: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2028, 0x2029, 0x85:
            if out.last != " ", !out.isEmpty { out.append(" ") }
        case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
        default: out.append(scalar)
        }
    }
    if out.last == " " { out.removeLast() }
    return String(out)
}

/// An address as link target: only http and https; nil for anything else.
func linkTarget(_ url: String?) -> String? {
    guard let url, url.utf8.count < 4096 else { return nil }
    let lower = url.prefix(8).lowercased()
    guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else { return nil }
    var out = ""
    for byte in url.utf8 {
        switch byte {
        case 0x21, 0x23...0x26, 0x2A...0x3B, 0x3D, 0x3F...0x5A, 0x5F, 0x61...0x7A, 0x7E:
            out.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = Array("0123456789ABCDEF".unicodeScalars)
            out += "%"
            out.unicodeScalars.append(digits[Int(byte >> 4)])
            out.unicodeScalars.append(digits[Int(byte & 15)])
        }
    }
    return out
}
