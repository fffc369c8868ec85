// A zip file ends with a list of its members, the central directory. Where that end is missing or damaged, the headers
// in front of the members say most of it too, so a cut archive still gives what is left of it.

/// What a zip file says about one member.
struct ZipEntry: Hashable, Sendable {
    var name: [UInt8]
    var flags = 0
    var method = 0
    /// Nil where nothing says it.
    var checksum: Int?
    /// At most so many bytes; the compressed data knows its own end.
    var packed = 0
    /// As it is stated, which may be a lie; nil where nothing says it.
    var unpacked: Int?
    /// Where its own header begins.
    var header = 0

    var isLocked: Bool { flags & 1 != 0 || flags & 0x40 != 0 }

    /// The name for people: UTF-8, or the code page of the first PCs.
    var label: String {
        let isUTF8 = flags & 0x800 != 0 || Text(repairing: name).bytes == name
        let text = isUTF8 ? String(decoding: name, as: UTF8.self) : CodePage437.string(name)
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? "\u{FFFD}" : $0 }))
    }
}

/// Lists the members of a zip file.
struct ZipDirectory {
    private var window: SourceWindow
    private var at: Int
    /// Where the central directory ends; nil when the headers in front of the members are read instead.
    private let end: Int?
    /// Set when the list stops before its end.
    private(set) var isBroken = false
    private var isOver = false

    init(_ source: any ByteSource) {
        window = SourceWindow(source)
        if let directory = ZipDirectory.directory(of: source) {
            at = directory.lowerBound
            end = directory.upperBound
        } else {
            at = 0
            end = nil
        }
    }

    mutating func next() -> ZipEntry? {
        guard !isOver else { return nil }
        if let entry = end.map({ listed(before: $0) }) ?? local() { return entry }
        isOver = true
        return nil
    }

    /// Where the data of a member begins; nil when there is no header in front of it.
    mutating func data(of entry: ZipEntry) -> Int? {
        let head = window.source.piece(at: entry.header, count: 30)[...]
        guard head.starts(with: ZipMark.member), let name = head.number(at: 26, bytes: 2),
            let extra = head.number(at: 28, bytes: 2)
        else { return nil }
        return entry.header + 30 + name + extra
    }

    // MARK: The central directory

    private mutating func listed(before end: Int) -> ZipEntry? {
        guard at < end else {
            isBroken = at > end
            return nil
        }
        let head = window.piece(at: at, count: 46)
        guard head.starts(with: ZipMark.listed), let flags = head.number(at: 8, bytes: 2),
            let method = head.number(at: 10, bytes: 2), let checksum = head.number(at: 16, bytes: 4),
            let packed = head.number(at: 20, bytes: 4), let unpacked = head.number(at: 24, bytes: 4),
            let nameCount = head.number(at: 28, bytes: 2), let extraCount = head.number(at: 30, bytes: 2),
            let remark = head.number(at: 32, bytes: 2), let header = head.number(at: 42, bytes: 4)
        else {
            isBroken = true
            return nil
        }
        let rest = window.piece(at: at + 46, count: nameCount + extraCount)
        var entry = ZipEntry(
            name: Array(rest.prefix(nameCount)), flags: flags, method: method, checksum: checksum, packed: packed,
            unpacked: unpacked, header: header)
        entry.take(rest.dropFirst(nameCount))
        at += 46 + nameCount + extraCount + remark
        return entry
    }

    /// Where the central directory lies; nil when its end cannot be found or does not lead to it.
    private static func directory(of source: any ByteSource) -> Range<Int>? {
        guard source.count != .max else { return nil }
        let start = max(0, source.count - 65_557)
        let tail = source.piece(at: start, count: source.count - start)
        var tries = 0
        var index = tail.count - 22
        while index >= 0, tries < 16 {
            if tail[index] == 0x50, tail[index...].starts(with: ZipMark.end) {
                tries += 1
                if let found = directory(tail[index...], at: start + index, of: source) { return found }
            }
            index -= 1
        }
        return nil
    }

    private static func directory(_ end: ArraySlice<UInt8>, at offset: Int, of source: any ByteSource) -> Range<Int>? {
        guard var size = end.number(at: 12, bytes: 4), var first = end.number(at: 16, bytes: 4) else { return nil }
        if size == 0xFFFF_FFFF || first == 0xFFFF_FFFF || end.number(at: 10, bytes: 2) == 0xFFFF,
            offset >= 20, let large = largeDirectory(source.piece(at: offset - 20, count: 20)[...], of: source)
        {
            (size, first) = large
        }
        guard first <= offset, size <= offset - first else { return nil }
        let mark = source.piece(at: first, count: 4)
        return (size == 0 ? offset == 0 : mark == ZipMark.listed) ? first..<first + size : nil
    }

    /// The size and place in the form for large archives.
    private static func largeDirectory(_ locator: ArraySlice<UInt8>, of source: any ByteSource) -> (Int, Int)? {
        guard locator.starts(with: ZipMark.largeLocator), let place = locator.number(at: 8, bytes: 8) else {
            return nil
        }
        let end = source.piece(at: place, count: 56)[...]
        guard end.starts(with: ZipMark.largeEnd), let size = end.number(at: 40, bytes: 8),
            let first = end.number(at: 48, bytes: 8)
        else { return nil }
        return (size, first)
    }

    // MARK: The headers in front of the members

    private mutating func local() -> ZipEntry? {
        let head = window.piece(at: at, count: 30)
        guard head.starts(with: ZipMark.member), let flags = head.number(at: 6, bytes: 2),
            let method = head.number(at: 8, bytes: 2), let checksum = head.number(at: 14, bytes: 4),
            let packed = head.number(at: 18, bytes: 4), let unpacked = head.number(at: 22, bytes: 4),
            let nameCount = head.number(at: 26, bytes: 2), let extraCount = head.number(at: 28, bytes: 2)
        else {
            // Here the list begins, so all members were seen.
            isBroken = !head.starts(with: ZipMark.listed)
            return nil
        }
        let rest = window.piece(at: at + 30, count: nameCount + extraCount)
        var entry = ZipEntry(
            name: Array(rest.prefix(nameCount)), flags: flags, method: method, checksum: checksum, packed: packed,
            unpacked: unpacked, header: at)
        entry.take(rest.dropFirst(nameCount))
        let data = at + 30 + nameCount + extraCount
        if flags & 8 != 0, entry.packed == 0 {
            at = described(&entry, from: data)
        } else {
            at = data + min(entry.packed, Int.max / 2)
        }
        return entry
    }

    /// The sizes stand after the data: looks for them, or for the next header; gives where to go on.
    private mutating func described(_ entry: inout ZipEntry, from data: Int) -> Int {
        entry.checksum = nil
        entry.unpacked = nil
        var from = data
        while let found = window.find([0x50, 0x4B], from: from) {
            let mark = window.piece(at: found, count: 24)
            if mark.starts(with: ZipMark.descriptor) {
                for width in [4, 8] where mark.number(at: 8, bytes: width) == found - data {
                    entry.checksum = mark.number(at: 4, bytes: 4)
                    entry.packed = found - data
                    entry.unpacked = mark.number(at: 8 + width, bytes: width)
                    return found + 8 + 2 * width
                }
            } else if entry.method != 0, mark.starts(with: ZipMark.member) || mark.starts(with: ZipMark.listed) {
                entry.packed = found - data
                return found
            }
            from = found + 2
        }
        // Not found: as much as there is.
        entry.packed = Int.max / 2 - data
        return Int.max / 2
    }
}

private enum ZipMark {
    static let member: [UInt8] = [0x50, 0x4B, 3, 4]
    static let listed: [UInt8] = [0x50, 0x4B, 1, 2]
    static let end: [UInt8] = [0x50, 0x4B, 5, 6]
    static let largeEnd: [UInt8] = [0x50, 0x4B, 6, 6]
    static let largeLocator: [UInt8] = [0x50, 0x4B, 6, 7]
    static let descriptor: [UInt8] = [0x50, 0x4B, 7, 8]
}

extension ZipEntry {
    /// Takes the numbers of large archives from the extra fields: those that did not fit, in this order.
    fileprivate mutating func take(_ extra: ArraySlice<UInt8>) {
        var rest = extra
        while let id = rest.number(at: 0, bytes: 2), let count = rest.number(at: 2, bytes: 2) {
            var field = rest.dropFirst(4).prefix(count)
            if id == 1 {
                func large(_ value: Int) -> Int {
                    guard value == 0xFFFF_FFFF, let found = field.number(at: 0, bytes: 8) else { return value }
                    field = field.dropFirst(8)
                    return found
                }
                unpacked = unpacked.map(large)
                packed = large(packed)
                header = large(header)
                return
            }
            rest = rest.dropFirst(4 + count)
        }
    }
}

/// The upper half of code page 437.
private enum CodePage437 {
    private static let upper = Array(
        ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)

    static func string(_ bytes: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes {
            let index = Int(byte) - 128
            scalars.append(
                index < 0 ? Unicode.Scalar(byte) : index < upper.count ? upper[index] : "\u{FFFD}")
        }
        return String(scalars)
    }
}
