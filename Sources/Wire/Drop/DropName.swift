/// The name of a dropped file, relative to the drop folder: bytes, since names need not be UTF-8.
public struct DropName: Hashable, Sendable, Comparable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    public init(_ string: String) { bytes = Array(string.utf8) }

    /// For people and records; faulty UTF-8 is replaced.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The part after the last slash.
    public var last: ArraySlice<UInt8> {
        bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[($0 + 1)...] } ?? bytes[...]
    }

    /// The first folder, which labels the source; nil for a file at the top.
    public var label: String? {
        bytes.firstIndex(of: UInt8(ascii: "/")).map { String(decoding: bytes[..<$0], as: UTF8.self) }
    }

    public static func < (left: DropName, right: DropName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension DropName {
    /// Names of files in the making and of system clutter; they are left alone.
    public static func isSkipped(_ name: ArraySlice<UInt8>) -> Bool {
        if name.first == UInt8(ascii: ".") || name.last == UInt8(ascii: "~") || name.starts(with: "~$".utf8) {
            return true
        }
        let endings = [".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp"]
        if endings.contains(where: { name.count > $0.utf8.count && name.suffix($0.utf8.count).elementsEqual($0.utf8) })
        {
            return true
        }
        let clutter = ["Thumbs.db", "desktop.ini", "@eaDir", "__MACOSX", "lost+found"]
        return clutter.contains { name.elementsEqual($0.utf8) }
    }
}

extension DropName {
    private static let reasonEnding = Array(".reason.json".utf8)
    /// The longest name that a folder takes.
    private static let nameLimit = 255

    /// Whether it is called like the reason beside a failed file.
    var isReason: Bool { last.suffix(DropName.reasonEnding.count).elementsEqual(DropName.reasonEnding) }

    /// `report.txt` → `report~17.txt`.
    func numbered(_ number: Int64) -> DropName {
        let mark = Array("~\(number)".utf8)
        let start = bytes.count - last.count
        var dot = bytes[start...].dropFirst().lastIndex(of: UInt8(ascii: ".")) ?? bytes.endIndex
        // What comes after the dot of a very long name need not be an ending.
        if bytes.endIndex - dot > 32 { dot = bytes.endIndex }
        let stem = bytes[start..<dot].prefix(DropName.nameLimit - mark.count - (bytes.endIndex - dot))
        return DropName(bytes[..<start] + stem + mark + bytes[dot...])
    }

    /// The folders before the last part; empty at the top.
    var folder: ArraySlice<UInt8> { bytes.prefix(max(0, bytes.count - last.count - 1)) }
}

/// A file taken over for processing: `.work/SEQUENCE-NAME`, the name percent-encoded where it needs it.
public struct ClaimedFile: Hashable, Sendable, Comparable {
    public let sequence: Int64
    public let name: DropName
    /// Its size when it was found.
    public let bytes: Int
    /// The last part of its path, in `.work/`.
    let workName: [UInt8]

    /// Larger numbers are none of ours, whoever made them.
    private static let limit: Int64 = 1 << 53

    /// A work name has room for 255 bytes; a longer name loses its end.
    init(sequence: Int64, name: DropName, bytes: Int) {
        self.sequence = sequence
        self.bytes = bytes
        var out = Array("\(sequence)-".utf8)
        for byte in name.bytes {
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "%") {
                out.append(UInt8(ascii: "%"))
                out.append(contentsOf: byte == UInt8(ascii: "/") ? "2F".utf8 : "25".utf8)
            } else {
                out.append(byte)
            }
            if out.count >= 252 { break }
        }
        workName = out
        self.name = name
    }

    /// Reads a work name back; nil for anything else.
    init?(workName: [UInt8], bytes: Int) {
        guard let dash = workName.firstIndex(of: UInt8(ascii: "-")), dash < workName.count - 1,
            let sequence = Int64(String(decoding: workName[..<dash], as: UTF8.self)), sequence > 0,
            sequence < ClaimedFile.limit
        else { return nil }
        var name: [UInt8] = []
        var index = dash + 1
        while index < workName.count {
            if workName[index...].starts(with: "%2F".utf8) {
                name.append(UInt8(ascii: "/"))
                index += 3
            } else if workName[index...].starts(with: "%25".utf8) {
                name.append(UInt8(ascii: "%"))
                index += 3
            } else {
                name.append(workName[index])
                index += 1
            }
        }
        self.sequence = sequence
        self.name = DropName(name)
        self.bytes = bytes
        self.workName = workName
    }

    public static func < (left: ClaimedFile, right: ClaimedFile) -> Bool { left.sequence < right.sequence }
}
