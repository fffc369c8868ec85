// Encodings of several bytes a character and the rarer ones of one byte need tables of a size that belongs to the
// system: the core says which is meant, and the outer layer has the document turned into UTF-8.

extension Charset {
    /// The encoding, as iconv names it, that bytes must be turned from before they can be read here; nil when `decode`
    /// reads them as they are.
    public static func foreignEncoding(of bytes: [UInt8], mediaTypeCharset: String? = nil) -> String? {
        guard !isUnicode(bytes) else { return nil }
        for name in [mediaTypeCharset.map(label), declaredCharset(bytes)].compactMap({ $0 }) {
            if CharsetTable.scalars(for: name) != nil || name == "utf-8" || name == "utf8" { return nil }
            if let encoding = encodings[name] { return encoding }
        }
        return MultiByteGuess(bytes).encoding
    }

    private static func isUnicode(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFF, 0xFE])
            || bytes.starts(with: [0xFE, 0xFF])
        {
            return true
        }
        // Seven-bit encodings switch their tables by escape sequences.
        if ByteScan.first(0x1B, in: bytes, from: 0, to: min(bytes.count, 1 << 16)) < min(bytes.count, 1 << 16) {
            return false
        }
        // Of another encoding, what follows the first byte that is no ASCII is full of faults.
        let first = ByteScan.firstHigh(in: bytes, from: 0, to: bytes.count)
        var end = min(bytes.count, first + 4096)
        while end < bytes.count, bytes[end] >= 0x80 { end += 1 }
        return UTF8Faults(Array(bytes[first..<end])).count == 0
    }

    private static let encodings: [String: String] = {
        let names = [
            "GB18030": "gb2312 gbk gb18030 x-gbk gb_2312-80 csgb2312 cp936 ms936 euc-cn hz-gb-2312",
            "BIG5-HKSCS": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950",
            "CP932": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j csshiftjis cp932 ms932",
            "EUC-JP": "euc-jp eucjp x-euc-jp cseucpkdfmtjapanese", "ISO-2022-JP-2": "iso-2022-jp csiso2022jp jis",
            "CP949": "euc-kr euckr ks_c_5601-1987 ksc5601 korean cp949 windows-949 uhc", "ISO-2022-KR": "iso-2022-kr",
            "CP1255": "windows-1255 cp1255", "CP1256": "windows-1256 cp1256", "CP1257": "windows-1257 cp1257",
            "CP1258": "windows-1258 cp1258", "CP874": "windows-874 tis-620 iso-8859-11 cp874",
            "ISO-8859-3": "iso-8859-3 latin3", "ISO-8859-4": "iso-8859-4 latin4",
            "ISO-8859-6": "iso-8859-6 arabic asmo-708", "ISO-8859-8": "iso-8859-8 iso-8859-8-i hebrew visual",
            "ISO-8859-10": "iso-8859-10 latin6", "ISO-8859-13": "iso-8859-13", "ISO-8859-14": "iso-8859-14 latin8",
            "ISO-8859-16": "iso-8859-16 latin10", "CP866": "ibm866 cp866 866", "CP437": "ibm437 cp437",
            "CP850": "ibm850 cp850", "CP852": "ibm852 cp852", "MACINTOSH": "macintosh mac x-mac-roman macroman",
            "MAC-CYRILLIC": "x-mac-cyrillic x-mac-ukrainian", "UTF-7": "utf-7", "UTF-32": "utf-32 ucs-4",
            "VISCII": "viscii", "TCVN": "tcvn", "ARMSCII-8": "armscii-8", "GEORGIAN-PS": "georgian-ps",
        ]
        var encodings: [String: String] = [:]
        for (encoding, labels) in names {
            for label in labels.split(separator: " ") { encodings[String(label)] = encoding }
        }
        return encodings
    }()
}

/// Tells East Asian encodings of two bytes a character by which pairs of bytes occur.
struct MultiByteGuess {
    private(set) var encoding: String?

    private static let leastPairs = 8

    init(_ bytes: [UInt8]) {
        let end = min(bytes.count, 1 << 18)
        guard ByteScan.firstHigh(in: bytes, from: 0, to: end) < end else { return }
        let japanese = Pairs(bytes, end, lead: { (0x81...0x9F).contains($0) || (0xE0...0xFC).contains($0) }) {
            $0 == 0x82 || $0 == 0x83
        }
        let plain = Pairs(bytes, end, lead: { $0 >= 0xA1 }) { $0 == 0xA4 || $0 == 0xA5 }
        let hangul = Pairs(bytes, end, lead: { $0 >= 0xA1 }) { (0xB0...0xC8).contains($0) }
        if hangul.isSound, hangul.lowTrails * 10 < hangul.count, hangul.common * 10 >= hangul.count * 9 {
            encoding = "CP949"
        } else if japanese.isSpaced || plain.isSpaced {
            return
        } else if plain.isSound, plain.lowTrails * 10 < plain.count {
            if plain.common * 5 > plain.count {
                encoding = "EUC-JP"
            } else {
                encoding = "GB18030"
            }
        } else if japanese.isSound, japanese.common * 5 > japanese.count {
            encoding = "CP932"
        } else if plain.isSound, plain.joined * 2 > plain.count {
            // Accented letters of Latin text look like pairs as well, but one seldom follows another at once.
            let traditional = Pairs(bytes, end, lead: { $0 >= 0xA1 }) { (0xA4...0xC6).contains($0) }
            if traditional.common * 2 > traditional.count { encoding = "BIG5-HKSCS" }
        }
    }

    /// Pairs of bytes under one reading of which bytes begin one.
    private struct Pairs {
        private(set) var count = 0
        /// Those with a first byte that is common in the encoding.
        private(set) var common = 0
        /// Those with a second byte in the range of ASCII.
        private(set) var lowTrails = 0
        /// Those that follow another at once.
        private(set) var joined = 0
        private var faults = 0
        private var blanks = 0

        /// Words are parted by blanks, as in alphabets and in Korean.
        var isSpaced: Bool { blanks * 6 > count }
        var isSound: Bool { count >= leastPairs && faults * 50 <= count }

        init(_ bytes: [UInt8], _ end: Int, lead: (UInt8) -> Bool, isCommon: (UInt8) -> Bool) {
            var index = 0
            var last = -1
            while index < end {
                if bytes[index] < 0x80 {
                    index = ByteScan.firstHigh(in: bytes, from: index, to: end)
                    continue
                }
                guard lead(bytes[index]), index + 1 < end, bytes[index + 1] >= 0x40, bytes[index + 1] != 0x7F else {
                    faults += 1
                    index += 1
                    continue
                }
                count += 1
                if isCommon(bytes[index]) { common += 1 }
                if bytes[index + 1] < 0x80 { lowTrails += 1 }
                if index + 2 < end, bytes[index + 2] == 0x20 { blanks += 1 }
                if index == last { joined += 1 }
                index += 2
                last = index
            }
        }
    }
}
