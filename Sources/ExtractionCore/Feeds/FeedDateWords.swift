/// The words of dates as feeds of other languages write them.
enum FeedDateWords {
    /// The number of a month's name, lower case.
    static func month(_ word: String) -> Int? { WrittenDate.month(word) ?? months[word] }

    /// "am" or "pm" for the word of a half of the day.
    static func halfDay(_ word: String) -> String? {
        switch word {
        case "am", "오전", "上午", "午前", "صباحا": "am"
        case "pm", "오후", "下午", "午後", "مساء": "pm"
        default: nil
        }
    }

    /// Arabic and Persian figures as ASCII, blanks of other widths as blanks, marks of direction left out.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x660...0x669: out.append(UInt8(0x30 + scalar.value - 0x660))
            case 0x6F0...0x6F9: out.append(UInt8(0x30 + scalar.value - 0x6F0))
            case 0xA0, 0x2000...0x200A, 0x202F, 0x3000, 0x60C: out.append(0x20)
            case 0x200E, 0x200F, 0x202A...0x202E, 0xFEFF: break
            case 0x2212: out.append(0x2D)
            default: out += String(scalar).utf8
            }
        }
        return out
    }

    /// Greek and Hungarian names cut short, and the Arabic ones.
    private static let months: [String: Int] = {
        let names = [
            "ιαν ιανουάριος يناير", "φεβ φεβρουάριος febr فبراير شباط", "μάρ μαρ μάρτιος márc مارس آذار",
            "απρ απρίλιος ápr أبريل ابريل نيسان", "μάι μαΐ μαϊ μάιος máj مايو أيار",
            "ιούν ιουν ιούνιος jún يونيو حزيران",
            "ιούλ ιουλ ιούλιος júl يوليو تموز", "αύγ αυγ αύγουστος أغسطس اغسطس",
            "σεπ σεπτ σεπτέμβριος szept سبتمبر أيلول",
            "οκτ οκτώβριος أكتوبر اكتوبر", "νοέ νοε νοέμβριος نوفمبر", "δεκ δεκέμβριος ديسمبر",
        ]
        var months: [String: Int] = [:]
        for (index, list) in names.enumerated() {
            for name in list.split(separator: " ") { months[String(name)] = index + 1 }
        }
        return months
    }()
}
