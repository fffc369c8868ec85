// Feeds say when in RFC 822, ISO 8601 and everything between. A date is cut into numbers, words and zone marks, and
// put together by what the pieces can be; what stays unclear gives no date.

/// Reads the dates of feeds and pages.
public enum FeedDate {
    /// The moment a string names; nil when it names none.
    public static func time(_ string: String) -> ZonedTime? {
        var bytes = Array(string.utf8.prefix(200))
        if bytes.contains(where: { $0 >= 0x80 }) { bytes = FeedDateWords.plain(bytes) }
        let range = ASCII.trimmed(bytes, 0..<bytes.count)
        guard !range.isEmpty else { return nil }
        let body = Array(bytes[range])
        return iso(body) ?? unix(body) ?? spoken(body)
    }

    // MARK: ISO 8601

    private static func iso(_ bytes: [UInt8]) -> ZonedTime? {
        var scanner = DateScanner(bytes)
        guard let (year, yearDigits) = scanner.number(), yearDigits == 4 || yearDigits == 8 else { return nil }
        if yearDigits == 8 {
            guard let date = CivilDate(year: year / 10_000, month: year / 100 % 100, day: year % 100) else {
                return nil
            }
            return scanner.clock(on: date)
        }
        guard (1000...9999).contains(year) else { return nil }
        if scanner.isAtEnd { return CivilDate(year: year, month: 1, day: 1).map { made($0) } }
        guard scanner.take(0x2D) || scanner.take(0x2F) || scanner.take(0x2E) || scanner.take(0x3A),
            let (month, digits) = scanner.number(), digits <= 3
        else {
            return nil
        }
        // The day of the year.
        if digits == 3 { return CivilDate(year: year, month: 1, day: 1).map { made($0.adding(days: month - 1)) } }
        var day = 1
        if scanner.take(0x2D) || scanner.take(0x2F) || scanner.take(0x2E) || scanner.take(0x3A) {
            guard let (number, _) = scanner.number() else { return nil }
            day = number
        }
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        scanner.skipSpace()
        // A word of another language stands before the clock.
        if let byte = scanner.current, byte >= 0x80 { return nil }
        return scanner.clock(on: date)
    }

    private static func made(_ date: CivilDate) -> ZonedTime {
        ZonedTime(Instant(seconds: Int64(date.dayNumber) * 86_400), hasTime: false)
    }

    /// Seconds or milliseconds since 1970.
    private static func unix(_ bytes: [UInt8]) -> ZonedTime? {
        guard (9...13).contains(bytes.count), bytes.allSatisfy(ASCII.isDigit) else { return nil }
        guard let number = Int64(String(decoding: bytes, as: UTF8.self)) else { return nil }
        return ZonedTime(bytes.count >= 12 ? Instant(milliseconds: number) : Instant(seconds: number))
    }

    // MARK: RFC 822 and what people make of it

    private static func spoken(_ bytes: [UInt8]) -> ZonedTime? {
        var pieces = DatePieces()
        var scanner = DateScanner(bytes)
        while !scanner.isAtEnd { pieces.read(&scanner) }
        guard let date = pieces.date else { return nil }
        guard let seconds = pieces.secondsOfDay else { return made(date) }
        let offset = pieces.offsetMinutes ?? 0
        let instant = Int64(date.dayNumber) * 86_400 + Int64(seconds) - Int64(offset) * 60
        return ZonedTime(Instant(seconds: instant), offsetMinutes: offset)
    }
}

/// Steps through a date's bytes.
struct DateScanner {
    let bytes: [UInt8]
    var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index >= bytes.count }
    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    /// A run of digits, at most nine of them counted.
    mutating func number() -> (value: Int, digits: Int)? {
        let start = index
        var value = 0
        while let byte = current, ASCII.isDigit(byte) {
            if index - start < 9 { value = value * 10 + Int(byte - 0x30) }
            index += 1
        }
        return index > start ? (value, index - start) : nil
    }

    mutating func word() -> String {
        let start = index
        while let byte = current, ASCII.isLetter(byte) || byte >= 0x80 { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    }

    mutating func skipSpace() { while let byte = current, ASCII.isSpace(byte) || byte == 0x2C { index += 1 } }

    /// Reads `hh:mm[:ss[.fraction]]`, also `hhmmss` after a `T`; nil and unmoved when there is none.
    mutating func clockSeconds() -> (seconds: Int, milliseconds: Int)? {
        let start = index
        guard let (hour, digits) = number() else { return nil }
        if digits == 6 || digits == 4, current != 0x3A {
            let padded = digits == 4 ? hour * 100 : hour
            return valid(padded / 10_000, padded / 100 % 100, padded % 100, 0) ?? rewind(to: start)
        }
        guard digits <= 2, take(0x3A), let (minute, _) = number() else { return rewind(to: start) }
        var second = 0
        var milliseconds = 0
        if take(0x3A), let (number, _) = number() {
            second = number
            if current == 0x2E || current == 0x2C {
                index += 1
                let from = index
                if let (_, digits) = self.number() {
                    for place in 0..<3 {
                        milliseconds = milliseconds * 10 + (place < digits ? Int(bytes[from + place] - 0x30) : 0)
                    }
                }
            }
        }
        return valid(hour, minute, second, milliseconds) ?? rewind(to: start)
    }

    private mutating func rewind(to start: Int) -> (seconds: Int, milliseconds: Int)? {
        index = start
        return nil
    }

    private func valid(_ hour: Int, _ minute: Int, _ second: Int, _ milliseconds: Int) -> (
        seconds: Int, milliseconds: Int
    )? {
        guard hour <= 24, minute < 60, second <= 60 else { return nil }
        return (hour * 3600 + minute * 60 + min(second, 59), milliseconds)
    }

    /// Minutes east of UTC from `Z`, `+hh:mm`, `-hhmm`, `+hh` or a zone's name; nil when there is none.
    mutating func offset() -> Int? {
        skipSpace()
        guard let sign = current else { return nil }
        if sign == 0x2B || sign == 0x2D {
            index += 1
            guard let (first, digits) = number() else { return nil }
            var minutes = digits >= 3 ? first / 100 * 60 + first % 100 : first * 60
            if digits <= 2, take(0x3A), let (second, _) = number() { minutes += second }
            guard minutes <= 18 * 60 else { return nil }
            return sign == 0x2D ? -minutes : minutes
        }
        guard ASCII.isLetter(sign) else { return nil }
        let start = index
        if let minutes = DateScanner.zones[word()] {
            if current == 0x2B || current == 0x2D, minutes == 0 { return offset() }
            return minutes
        }
        index = start
        return nil
    }

    /// The clock and zone that follow a date.
    mutating func clock(on date: CivilDate) -> ZonedTime? {
        skipSpace()
        if current == 0x54 || current == 0x74 { index += 1 }
        skipSpace()
        let midnight = Int64(date.dayNumber) * 86_400
        guard let (seconds, milliseconds) = clockSeconds() else {
            return ZonedTime(Instant(seconds: midnight), hasTime: false)
        }
        var seconds64 = Int64(seconds)
        skipSpace()
        let start = index
        let word = word()
        if word == "pm" || word == "am" { seconds64 = Int64(DatePieces.halfDay(seconds, word)) } else { index = start }
        let offset = offset() ?? 0
        let instant = midnight + seconds64 - Int64(offset) * 60
        return ZonedTime(Instant(milliseconds: instant * 1000 + Int64(milliseconds)), offsetMinutes: offset)
    }

    static let zones: [String: Int] = [
        "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "bst": 60, "ist": 330, "cet": 60, "cest": 120, "mez": 60,
        "mesz": 120,
        "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
        "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "et": -300,
        "ct": -360,
        "mt": -420, "pt": -480, "jst": 540, "kst": 540, "sgt": 480, "hkt": 480, "aest": 600, "aedt": 660, "acst": 570,
        "awst": 480, "nzst": 720, "nzdt": 780, "sast": 120, "eat": 180, "wat": 60, "pkt": 300, "gst": 240, "art": -180,
        "brt": -180,
    ]
}

/// The numbers and names of a date in no fixed order.
struct DatePieces {
    private var numbers: [(value: Int, digits: Int)] = []
    private var month: Int?
    /// How many numbers stood before the month's name.
    private var numbersBeforeMonth = 0
    private(set) var secondsOfDay: Int?
    private(set) var offsetMinutes: Int?
    /// "am" or "pm" where it stands before the clock.
    private var halfDay: String?
    private var separators: Set<UInt8> = []

    static func halfDay(_ seconds: Int, _ word: String) -> Int {
        if word == "pm", seconds < 43_200 { return seconds + 43_200 }
        if word == "am", seconds >= 43_200, seconds < 46_800 { return seconds - 43_200 }
        return seconds
    }

    mutating func read(_ scanner: inout DateScanner) {
        guard let byte = scanner.current else { return }
        if ASCII.isDigit(byte) {
            if secondsOfDay == nil, let clock = scanner.clockWithColon() {
                secondsOfDay = halfDay.map { DatePieces.halfDay(clock, $0) } ?? clock
            } else if let number = scanner.number() {
                numbers.append(number)
            }
        } else if ASCII.isLetter(byte) || byte >= 0x80 {
            readWord(&scanner)
        } else if (byte == 0x2B || byte == 0x2D), secondsOfDay != nil, offsetMinutes == nil,
            let offset = scanner.offset()
        {
            offsetMinutes = offset
        } else {
            if !ASCII.isSpace(byte) { separators.insert(byte) }
            scanner.index += 1
        }
    }

    private mutating func readWord(_ scanner: inout DateScanner) {
        let start = scanner.index
        let word = scanner.word()
        // "mar, 15 nov 2022": a word in front of the day is a weekday when a month follows.
        let mayBeWeekday = numbersBeforeMonth == 0 && !numbers.isEmpty
        if month == nil || mayBeWeekday, let number = FeedDateWords.month(word), word.utf8.count >= 3 {
            month = number
            numbersBeforeMonth = numbers.count
        } else if let half = FeedDateWords.halfDay(word) {
            if let seconds = secondsOfDay { secondsOfDay = DatePieces.halfDay(seconds, half) } else { halfDay = half }
        } else if secondsOfDay != nil, offsetMinutes == nil, DateScanner.zones[word] != nil {
            scanner.index = start
            offsetMinutes = scanner.offset()
        }
    }

    var date: CivilDate? {
        if let month { return spelt(month) }
        guard numbers.count >= 3 else { return nil }
        let (first, second, third) = (numbers[0], numbers[1], numbers[2])
        if first.digits == 4 { return CivilDate(year: first.value, month: second.value, day: third.value) }
        guard third.digits == 4 || third.digits == 2 else { return nil }
        let year = full(third)
        // Dots mean day first; with slashes only a number above 12 tells.
        if separators.contains(0x2E) || first.value > 12 {
            return CivilDate(year: year, month: second.value, day: first.value)
        }
        if second.value > 12 || first.value == second.value {
            return CivilDate(year: year, month: first.value, day: second.value)
        }
        return nil
    }

    private func spelt(_ month: Int) -> CivilDate? {
        guard !numbers.isEmpty else { return nil }
        if let year = numbers.first(where: { $0.digits == 4 && (1000...2999).contains($0.value) }) {
            let day = numbers.first { $0.digits <= 2 && $0.value >= 1 && $0.value <= 31 }
            return CivilDate(year: year.value, month: month, day: day?.value ?? 1)
        }
        guard numbers.count >= 2, numbers[0].digits <= 2, numbers[1].digits == 2 else { return nil }
        return CivilDate(year: full(numbers[1]), month: month, day: numbers[0].value)
    }

    /// Two digits are a year near ours.
    private func full(_ number: (value: Int, digits: Int)) -> Int {
        number.digits > 2 ? number.value : number.value < 70 ? 2000 + number.value : 1900 + number.value
    }
}

extension DateScanner {
    /// A clock only when a colon says so: bare numbers may be days and years.
    fileprivate mutating func clockWithColon() -> Int? {
        var at = index
        while at < bytes.count, at < index + 3, ASCII.isDigit(bytes[at]) { at += 1 }
        guard at < bytes.count, bytes[at] == 0x3A else { return nil }
        return clockSeconds()?.seconds
    }
}
