// Nearly all dates of feeds are "Tue, 06 Jun 2017 09:12:00 GMT" or "2017-06-06T09:12:00Z", with or without an offset.
// These are read where they stand; everything else goes the long way.

/// A date in one of the two standard forms.
struct UsualDate {
    private let bytes: [UInt8]
    private let end: Int
    private var index: Int

    /// The moment in a range, without white space at its ends; nil when it is written in another way.
    static func time(_ bytes: [UInt8], _ range: Range<Int>) -> ZonedTime? {
        guard range.count >= 19, range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        var date = UsualDate(bytes: bytes, end: range.upperBound, index: range.lowerBound)
        return ASCII.isDigit(bytes[range.lowerBound + 2]) ? date.iso() : date.mail()
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard index < end, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func number(_ digits: Int) -> Int? {
        guard index + digits <= end else { return nil }
        var value = 0
        for place in index..<index + digits {
            guard ASCII.isDigit(bytes[place]) else { return nil }
            value = value * 10 + Int(bytes[place] - 0x30)
        }
        index += digits
        return value
    }

    private mutating func iso() -> ZonedTime? {
        guard let year = number(4), take(0x2D), let month = number(2), take(0x2D), let day = number(2),
            take(0x54) || take(0x20), let date = CivilDate(year: year, month: month, day: day), year >= 1000,
            let seconds = clock()
        else { return nil }
        var milliseconds = 0
        if take(0x2E) {
            var digits = 0
            while let digit = number(1) {
                if digits < 3 { milliseconds = milliseconds * 10 + digit }
                digits += 1
            }
            guard digits > 0 else { return nil }
            for _ in min(digits, 3)..<3 { milliseconds *= 10 }
        }
        return moment(date, seconds, milliseconds)
    }

    private mutating func mail() -> ZonedTime? {
        let comma = index + 3
        guard comma + 2 < end, bytes[comma] == 0x2C, bytes[comma + 1] == 0x20 else { return nil }
        index = comma + 2
        guard let day = number(2) ?? number(1), take(0x20), let month = month(), take(0x20), let year = number(4),
            take(0x20), year >= 1000, let date = CivilDate(year: year, month: month, day: day), let seconds = clock(),
            take(0x20)
        else { return nil }
        return moment(date, seconds, 0)
    }

    private mutating func clock() -> Int? {
        guard let hour = number(2), take(0x3A), let minute = number(2), take(0x3A), let second = number(2), hour < 24,
            minute < 60, second < 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private mutating func month() -> Int? {
        guard index + 3 <= end else { return nil }
        defer { index += 3 }
        return switch NameKey.of(bytes, index..<index + 3) {
        case 0x6A616E: 1
        case 0x666562: 2
        case 0x6D6172: 3
        case 0x617072: 4
        case 0x6D6179: 5
        case 0x6A756E: 6
        case 0x6A756C: 7
        case 0x617567: 8
        case 0x736570: 9
        case 0x6F6374: 10
        case 0x6E6F76: 11
        case 0x646563: 12
        default: nil
        }
    }

    private mutating func moment(_ date: CivilDate, _ seconds: Int, _ milliseconds: Int) -> ZonedTime? {
        guard let offset = offset(), index == end else { return nil }
        let instant = Int64(date.dayNumber) * 86_400 + Int64(seconds) - Int64(offset) * 60
        return ZonedTime(Instant(milliseconds: instant * 1000 + Int64(milliseconds)), offsetMinutes: offset)
    }

    private mutating func offset() -> Int? {
        if take(0x5A) { return 0 }
        if index < end, ASCII.isLetter(bytes[index]) {
            guard end - index <= 5, let minutes = DateScanner.zones[ASCII.lowered(bytes[index..<end])] else {
                return nil
            }
            index = end
            return minutes
        }
        let isWest = index < end && bytes[index] == 0x2D
        guard take(0x2B) || take(0x2D), let hours = number(2) else { return nil }
        _ = take(0x3A)
        guard let minutes = number(2), hours < 18, minutes < 60 else { return nil }
        return isWest ? -(hours * 60 + minutes) : hours * 60 + minutes
    }
}

extension FeedDate {
    /// The moment a field of a feed names.
    static func time(_ value: FeedValue, _ bytes: [UInt8]) -> ZonedTime? {
        if value.form == .text || value.form == .literal,
            let time = UsualDate.time(bytes, ASCII.trimmed(bytes, value.range))
        {
            return time
        }
        return time(value.string(in: bytes))
    }
}
