/// The scripts that news is written in.
enum Script: UInt8, CaseIterable {
    case latin, cyrillic, arabic, devanagari, ethiopic, greek, hebrew, bengali, gurmukhi, gujarati, odia, tamil, telugu
    case kannada, malayalam, sinhala, thai, lao, tibetan, burmese, khmer, georgian, armenian, hangul, kana, han

    /// The language, where a script writes but one that news is common in.
    var onlyLanguage: String? {
        switch self {
        case .latin, .cyrillic, .arabic, .devanagari, .ethiopic: nil
        case .greek: "el"
        case .hebrew: "he"
        case .bengali: "bn"
        case .gurmukhi: "pa"
        case .gujarati: "gu"
        case .odia: "or"
        case .tamil: "ta"
        case .telugu: "te"
        case .kannada: "kn"
        case .malayalam: "ml"
        case .sinhala: "si"
        case .thai: "th"
        case .lao: "lo"
        case .tibetan: "bo"
        case .burmese: "my"
        case .khmer: "km"
        case .georgian: "ka"
        case .armenian: "hy"
        case .hangul: "ko"
        case .kana: "ja"
        case .han: "zh"
        }
    }

    /// How many letters of an alphabet say as much.
    var weight: Int { self == .han || self == .hangul || self == .kana ? 2 : 1 }

    /// The script of a letter; nil for all that is none, digits and marks of a script included.
    init?(of scalar: UInt32) {
        if scalar < 0x80 {
            guard (0x61...0x7A).contains(scalar | 0x20) else { return nil }
            self = .latin
            return
        }
        switch scalar {
        case 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F: self = .cyrillic
        case 0x531...0x587: self = .armenian
        case 0x5D0...0x5F2: self = .hebrew
        case 0x620...0x63F, 0x641...0x64A, 0x66E...0x66F, 0x671...0x6D3, 0x6D5, 0x6EE...0x6EF, 0x6FA...0x6FF,
            0x750...0x77F, 0xFB50...0xFDFB, 0xFE70...0xFEFC:
            self = .arabic
        case 0x900...0x963, 0x971...0x97F: self = .devanagari
        case 0x980...0x9E3, 0x9F0...0x9F1: self = .bengali
        case 0xA00...0xA65, 0xA70...0xA7F: self = .gurmukhi
        case 0xA80...0xAE3: self = .gujarati
        case 0xB00...0xB63: self = .odia
        case 0xB80...0xBD7: self = .tamil
        case 0xC00...0xC63: self = .telugu
        case 0xC80...0xCE3: self = .kannada
        case 0xD00...0xD63: self = .malayalam
        case 0xD80...0xDF3: self = .sinhala
        case 0xE01...0xE3A, 0xE40...0xE4E: self = .thai
        case 0xE81...0xECD: self = .lao
        case 0xF40...0xFBC: self = .tibetan
        case 0x1000...0x103F: self = .burmese
        case 0x10A0...0x10FF, 0x1C90...0x1CBF: self = .georgian
        case 0x1100...0x11FF, 0x3131...0x318E, 0xAC00...0xD7A3: self = .hangul
        case 0x1200...0x135A: self = .ethiopic
        case 0x1780...0x17D3: self = .khmer
        case 0x3041...0x3096, 0x30A1...0x30FA, 0xFF66...0xFF9D: self = .kana
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x20000...0x2FFFF: self = .han
        default: return nil
        }
    }
}
