/// The encoded words of RFC 2047: `=?utf-8?Q?Br=C3=BCcke?=`.
enum EncodedWords {
    /// The text of a header's value. Neighbours in one charset are joined before they are decoded, since a character may
    /// be cut in two between them.
    static func decoded(_ value: [UInt8], _ transcode: Transcode) -> String {
        var out: [UInt8] = []
        /// Bytes that stand outside encoded words, or inside neighbouring ones of one charset.
        var run: [UInt8] = []
        var charset: String?
        func close() {
            if !run.isEmpty { out += MailText.utf8(run, charset: charset, transcode) }
            run = []
        }
        var index = 0
        /// White space after an encoded word, which is none between two of them.
        var gap: Range<Int>?
        while index < value.count {
            if value[index] == 0x3D, let word = word(value, index) {
                if charset != word.charset {
                    close()
                    charset = word.charset
                }
                gap = nil
                run += word.bytes
                index = word.end
                let start = index
                while index < value.count, ASCII.isSpace(value[index]) { index += 1 }
                gap = start..<index
                continue
            }
            if charset != nil {
                close()
                charset = nil
                if let gap { run += value[gap] }
            }
            gap = nil
            run.append(value[index])
            index += 1
        }
        close()
        return String(decoding: out, as: UTF8.self)
    }

    private struct Word {
        let charset: String
        let bytes: [UInt8]
        let end: Int
    }

    /// Longer ones are written by programs that know no limit; what is longer than this is no word.
    private static let limit = 4000

    private static func word(_ value: [UInt8], _ start: Int) -> Word? {
        guard start + 8 <= value.count, value[start + 1] == 0x3F else { return nil }
        let nameEnd = ByteScan.first(0x3F, in: value, from: start + 2, to: min(value.count, start + 60))
        guard nameEnd + 2 < value.count, value[nameEnd] == 0x3F, nameEnd > start + 2, value[nameEnd + 2] == 0x3F else {
            return nil
        }
        // A language may follow the charset: `utf-8*en`.
        let name = ASCII.lowered(value[start + 2..<nameEnd].prefix { $0 != 0x2A })
        let first = nameEnd + 3
        var end = first
        let limit = min(value.count - 1, first + EncodedWords.limit)
        while end < limit, !(value[end] == 0x3F && value[end + 1] == 0x3D) {
            // Another word begins: this one was never closed. The padding of base64 is no beginning.
            if value[end] == 0x3D, value[end + 1] == 0x3F, end + 2 > limit || value[end + 2] != 0x3D { return nil }
            end += 1
        }
        guard end < limit else { return nil }
        switch value[nameEnd + 1] | 0x20 {
        case 0x62:
            return Word(charset: name, bytes: TransferEncoding.base64Decoded(value[first..<end]), end: end + 2)
        case 0x71:
            let words = value[first..<end].map { $0 == 0x5F ? 0x20 : $0 }
            return Word(charset: name, bytes: TransferEncoding.quotedPrintableDecoded(words[...]), end: end + 2)
        default: return nil
        }
    }
}
