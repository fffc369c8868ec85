import ExtractionCore

/// The three forms of a date that HTTP knows.
enum HTTPDate {
    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    static func instant(_ text: String) -> Instant? {
        var words = Array(text.utf8).split(whereSeparator: { [0x20, 0x2C, 0x2D, 0x09].contains($0) }).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard words.count >= 5 else { return nil }
        words.removeFirst()
        if months[words[0].lowercased()] != nil {
            words = [words[1], words[0], words[3], words[2]]
        }
        guard let day = Int(words[0]), let month = months[words[1].lowercased()], var year = Int(words[2]),
            let seconds = secondsOfDay(words[3])
        else { return nil }
        if words[2].utf8.count == 2 { year += year < 70 ? 2000 : 1900 }
        guard (1600...9999).contains(year), let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return Instant(seconds: Int64(date.dayNumber) * 86_400 + Int64(seconds))
    }

    private static let months: [String: Int] = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]

    private static func secondsOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":").map { Int($0) ?? -1 }
        guard parts.count == 3, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]), (0...60).contains(parts[2])
        else { return nil }
        return parts[0] * 3600 + parts[1] * 60 + parts[2]
    }
}
