/// Guesses a text's language by its commonest words.
enum LanguageGuess {
    /// A BCP 47 tag; nil when the text is too short or too strange to tell.
    static func language(of bytes: [UInt8]) -> String? {
        var counts = [Int](repeating: 0, count: lists.count)
        var words = 0
        var cyrillic = 0
        var index = 0
        let end = min(bytes.count, 6000)
        while index < end {
            let start = index
            while index < end, ASCII.isLetter(bytes[index]) || bytes[index] >= 0x80 {
                if bytes[index] == 0xD0 || bytes[index] == 0xD1 { cyrillic += 1 }
                index += 1
            }
            guard index > start else {
                index += 1
                continue
            }
            words += 1
            guard index - start <= 6 else { continue }
            let word = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
            guard let mask = masks[word] else { continue }
            for language in lists.indices where mask & (1 << language) != 0 { counts[language] += 1 }
        }
        guard words > 0 else { return nil }
        if cyrillic * 3 > end { return "ru" }
        guard let best = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[best] >= 2 else { return nil }
        return counts[best] * 12 >= words ? lists[best].tag : nil
    }

    /// The languages that a word is common in, a bit each.
    private static let masks: [String: Int] = {
        var masks: [String: Int] = [:]
        for (language, list) in lists.enumerated() {
            for word in list.words { masks[word, default: 0] |= 1 << language }
        }
        return masks
    }()

    private static let lists: [(tag: String, words: Set<String>)] = [
        list("en", "the of and to in is that was for on with as at by from it said has were have be are this they"),
        list("de", "der die und das ist nicht ein eine den dem von mit sich auf für im zu es auch als nach wird"),
        list("fr", "le la les et des une est dans pour que qui sur pas avec du au par plus ce sont été"),
        list("es", "el la los las y en del que por una con para es se su como más fue lo sus"),
        list("it", "il di che la per una sono con non del della gli nel alla dei più anche come è ha"),
        list("pt", "o os do da que em não uma para com dos das por mais foi como ao se são na"),
        list("nl", "de het een van en dat niet is op te zijn voor met die aan er ook door bij naar"),
        list("pl", "i w na nie się z że do jest to jak po za od przez ale są o dla był"),
        list("sv", "och att det som en är av för på med den till har inte om ett var de från men"),
    ]

    private static func list(_ tag: String, _ words: String) -> (tag: String, words: Set<String>) {
        (tag, Set(words.split(separator: " ").map(String.init)))
    }
}
