/// How a part's bytes are written in seven bits. Faults stay as they are; nothing is refused.
enum TransferEncoding: Sendable {
    case none, quotedPrintable, base64

    init(_ field: [UInt8]?) {
        switch field.map({ ASCII.lowered($0.prefix { $0 != 0x3B && !ASCII.isSpace($0) }) }) {
        case "quoted-printable": self = .quotedPrintable
        case "base64": self = .base64
        default: self = .none
        }
    }

    func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .none: Array(bytes)
        case .quotedPrintable: TransferEncoding.quotedPrintableDecoded(bytes)
        case .base64: TransferEncoding.base64Decoded(bytes)
        }
    }

    static func quotedPrintableDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        let end = bytes.endIndex
        while index < end {
            let byte = bytes[index]
            guard byte == 0x3D else {
                out.append(byte)
                index += 1
                continue
            }
            if index + 2 < end, let high = ASCII.hexValue(bytes[index + 1]),
                let low = ASCII.hexValue(bytes[index + 2])
            {
                out.append(high << 4 | low)
                index += 3
            } else if let next = softBreakEnd(bytes, index + 1) {
                index = next
            } else {
                out.append(byte)
                index += 1
            }
        }
        return out
    }

    /// The start of the next line when nothing but blanks stands before it.
    private static func softBreakEnd(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
        var next = start
        while next < bytes.endIndex, next - start < 100 {
            switch bytes[next] {
            case 0x20, 0x09, 0x0D: next += 1
            case 0x0A: return next + 1
            default: return nil
            }
        }
        return next == bytes.endIndex ? next : nil
    }

    static func base64Decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            guard let value = Base64.value(of: byte) else {
                // Padding ends one run; another may follow.
                if byte == 0x3D { (bits, count) = (0, 0) }
                continue
            }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return out
    }
}
