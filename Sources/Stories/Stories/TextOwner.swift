import ExtractionCore

// Independent sources are counted by who owns a text: the agency that a dateline, a byline or a credit line names, else
// the text it descends from, else the publication. Ten copies of one wire text are one source, and so are two reports
// that one agency is credited with.

/// Whom an article credits with its text.
enum AgencyCredit {
    /// The agency's name in one spelling; nil when nothing credits one.
    static func agency(of article: Article) -> String? {
        if let agency = article.dateline?.agency, let name = name(agency) { return name }
        for byline in article.bylines {
            if let agency = known(in: byline) { return agency }
        }
        let bytes = article.text.bytes
        return dateline(bytes) ?? credit(bytes)
    }

    /// "PLACE (Agency) -" within the first letters.
    private static func dateline(_ bytes: [UInt8]) -> String? {
        let end = min(bytes.count, 120)
        var start = 0
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x0A { start += 1 }
        guard let open = bytes[start..<end].firstIndex(of: 0x28), let close = bytes[open..<end].firstIndex(of: 0x29),
            close - open <= 41, isPlace(bytes[start..<open]), dashFollows(bytes, close + 1)
        else { return nil }
        return name(String(decoding: bytes[open + 1..<close], as: UTF8.self))
    }

    /// What stands before the bracket of a dateline: nothing, or a place in capitals, perhaps with more behind a comma.
    private static func isPlace(_ head: ArraySlice<UInt8>) -> Bool {
        let first = head.prefix { $0 != 0x2C }
        let hasSmall = first.contains { $0 &- 0x61 < 26 }
        let ends = head.contains { $0 == 0x2E || $0 == 0x22 || $0 == 0x3A }
        return !hasSmall && (!ends || head.count < 24)
    }

    private static func dashFollows(_ bytes: [UInt8], _ index: Int) -> Bool {
        var index = index
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard index < bytes.count else { return false }
        if bytes[index] == 0x2D || bytes[index] == 0x3A { return true }
        return bytes[index...].prefix(3).elementsEqual([0xE2, 0x80, 0x93])
            || bytes[index...].prefix(3).elementsEqual([0xE2, 0x80, 0x94])
    }

    /// A short first or last line that credits an agency we know: "Source: Agency", "(Agency)", "By Name, Agency".
    private static func credit(_ bytes: [UInt8]) -> String? {
        for line in [firstLine(bytes), lastLine(bytes)] where !line.isEmpty && line.count <= 70 {
            // A sentence about an agency is no credit.
            let words = String(decoding: bytes[line], as: UTF8.self)
            if words.split(separator: " ").count <= 8, let agency = known(in: words), isCredit(words) { return agency }
        }
        return nil
    }

    private static func firstLine(_ bytes: [UInt8]) -> Range<Int> {
        0..<(bytes.prefix(80).firstIndex(of: 0x0A) ?? 0)
    }

    private static func lastLine(_ bytes: [UInt8]) -> Range<Int> {
        var end = bytes.count
        while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x20 { end -= 1 }
        let start = bytes[max(0, end - 80)..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? end
        return start..<end
    }

    private static func isCredit(_ line: String) -> Bool {
        let folded = line.lowercased()
        if folded.hasPrefix("by ") || folded.hasPrefix("source") || folded.hasPrefix("©")
            || folded.hasPrefix("copyright")
            || line.hasPrefix("(") || line.hasPrefix("—") || line.hasPrefix("- ")
        {
            return true
        }
        return agencies[squeezed(line)] != nil
    }

    /// An agency that is named as a whole word in a line.
    private static func known(in line: String) -> String? {
        let words = line.split { !$0.isLetter && $0 != "-" }
        for length in stride(from: min(4, words.count), through: 1, by: -1) {
            for start in 0...(words.count - length) {
                let some = words[start..<start + length]
                // "AP" is an agency, "ap" is not.
                guard let agency = agencies[some.map { squeezed($0) }.joined()] else { continue }
                if length > 1 || isAcronym(some) || unmistakable.contains(agency) { return agency }
            }
        }
        return nil
    }

    /// "SANA" is an agency, "Sana" may be a person.
    private static func isAcronym(_ words: ArraySlice<Substring>) -> Bool {
        words.allSatisfy { $0.allSatisfy(\.isUppercase) }
    }

    /// One spelling for an agency's names; a name not known is its own.
    private static func name(_ shown: String) -> String? {
        let key = squeezed(shown)
        guard (2...32).contains(key.utf8.count) else { return nil }
        return agencies[key] ?? shown
    }

    private static func squeezed(_ name: some StringProtocol) -> String {
        String(decoding: name.lowercased().utf8.filter { $0 &- 0x61 < 26 || $0 >= 0x80 }, as: UTF8.self)
    }

    /// "AP", "Reuters".
    private static func written(_ key: String) -> String {
        key.utf8.count <= 4 ? key.uppercased() : key.prefix(1).uppercased() + key.dropFirst()
    }

    private static let unmistakable: Set<String> = [
        "Reuters", "Xinhua", "Interfax", "Anadolu", "Kyodo", "Yonhap", "Bernama", "Ukrinform", "Ritzau",
    ]

    /// Agencies by their names' letters. Others are known by their datelines.
    private static let agencies: [String: String] = {
        let names = """
            ap associatedpress theassociatedpress|afp agencefrancepresse|reuters thomsonreuters|upi unitedpressinternational|
            dpa deutschepresseagentur|efe agenciaefe|ansa agenziaansa|xinhua xinhuanewsagency|tass itartass|interfax|
            anadolu anadoluagency anadoluajansi|pressassociation pamedia|aap australianassociatedpress|canadianpress thecanadianpress|
            pti presstrustofindia|ians|ani asiannewsinternational|kyodo kyodonews|yonhap yonhapnewsagency|bernama|antara|
            apa austriapresseagentur|belga|lusa|ntb|ritzau|stt|pap|mti|ukrinform|sana|wafa|irna|petra
            """
        var found: [String: String] = [:]
        for group in names.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
            let spellings = group.split(separator: " ").map(String.init)
            for spelling in spellings { found[spelling] = written(spellings[0]) }
        }
        return found
    }()
}

/// Names of owners by numbers, so that an article costs two bytes.
struct OwnerTable: Sendable {
    /// By name without case and blanks.
    private var numbers: [String: UInt16] = [:]
    private var names: [String] = []
    /// The owner of each lineage's first text, by the lineage's number less one; 0 for unknown.
    private var lineages: [UInt16] = []

    /// The number of an owner, from 1; nil for nobody, and when there are too many.
    mutating func number(of name: String?) -> UInt16? {
        guard let name else { return nil }
        let key = String(decoding: name.lowercased().utf8.filter { $0 != 0x20 && $0 != 0x2D }, as: UTF8.self)
        if let known = numbers[key] { return known }
        guard names.count < Int(UInt16.max) else { return nil }
        names.append(name)
        numbers[key] = UInt16(names.count)
        return UInt16(names.count)
    }

    func owner(of lineage: UInt32) -> UInt16? {
        guard lineage > 0, Int(lineage) <= lineages.count, lineages[Int(lineage) - 1] > 0 else { return nil }
        return lineages[Int(lineage) - 1]
    }

    mutating func set(_ owner: UInt16?, of lineage: UInt32) {
        guard lineage > 0, let owner else { return }
        while lineages.count < Int(lineage) { lineages.append(0) }
        if lineages[Int(lineage) - 1] == 0 { lineages[Int(lineage) - 1] = owner }
    }

    func name(of number: UInt16) -> String? { names[safe: Int(number) - 1] }
}

extension OwnerTable {
    func write(to image: inout ImageWriter) {
        image.list(names) { $0.string($1) }
        image.values(lineages)
    }

    init(_ image: inout ImageReader) {
        for name in image.list({ $0.string() }) { _ = number(of: name) }
        lineages = image.values()
    }
}
