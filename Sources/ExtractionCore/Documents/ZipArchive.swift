/// Reads the members of a zip file.
struct ZipArchive {
    private let source: any ByteSource
    private var directory: ZipDirectory
    private let limits: ContainerLimits
    private let budget: UnpackBudget
    /// Where members began: honest ones share nothing.
    private var begun: Set<Int> = []

    init(_ source: any ByteSource, limits: ContainerLimits, budget: UnpackBudget) {
        self.source = source
        self.limits = limits
        self.budget = budget
        directory = ZipDirectory(source)
    }

    /// Whether the list of members stops before its end.
    var isBroken: Bool { directory.isBroken }

    mutating func next() -> ZipEntry? { directory.next() }

    /// What a member holds.
    mutating func content(of entry: ZipEntry) throws(DocumentError) -> [UInt8] {
        if entry.isLocked { throw .refused(code: "encrypted", message: "locked with a password") }
        guard begun.insert(entry.header).inserted else {
            throw .refused(code: "overlap", message: "the same data as another member")
        }
        guard entry.method == 0 || entry.method == 8 else { throw .unsupported("zip method \(entry.method)") }
        if let unpacked = entry.unpacked {
            guard unpacked <= limits.memberBytes else { throw .tooLarge(bytes: unpacked, limit: limits.memberBytes) }
            if let error = budget.tooTight(unpacked, from: entry.packed) { throw error }
        }
        guard let start = directory.data(of: entry) else { throw .damaged("member") }
        let content = entry.method == 0 ? try stored(entry, start) : try inflated(entry, start)
        if let checksum = entry.checksum, Int(Inflater.checksum(content)) != checksum { throw .damaged("member") }
        return content
    }

    private func stored(_ entry: ZipEntry, _ start: Int) throws(DocumentError) -> [UInt8] {
        guard entry.packed <= source.count - start else { throw .cutOff("member") }
        guard entry.packed <= limits.memberBytes else {
            throw .tooLarge(bytes: entry.packed, limit: limits.memberBytes)
        }
        let content = source.piece(at: start, count: entry.packed)
        if let error = budget.take(content.count) { throw error }
        return content
    }

    private func inflated(_ entry: ZipEntry, _ start: Int) throws(DocumentError) -> [UInt8] {
        let inflater = Inflater(.none)
        var content: [UInt8] = []
        var packed: [UInt8] = []
        var index = 0
        var read = 0
        while true {
            if index == packed.count {
                packed = source.piece(at: start + read, count: min(1 << 16, entry.packed - read))
                read += packed.count
                index = 0
                if packed.isEmpty { throw .cutOff("member") }
            }
            let before = content.count
            let (used, state) = inflater.inflate(packed, from: index, to: &content)
            index += used
            if let error = budget.take(content.count - before)
                ?? budget.tooTight(content.count, from: read - packed.count + index)
            {
                throw error
            }
            if content.count > limits.memberBytes {
                throw .tooLarge(bytes: max(content.count, entry.unpacked ?? 0), limit: limits.memberBytes)
            }
            if state == .ended { return content }
            let isStuck = used == 0 && content.count == before && index < packed.count
            if state == .damaged || isStuck { throw .damaged("member") }
        }
    }
}

extension ZipArchive {
    /// What a zip file is by the names of its members: office documents are zip files too.
    static func kind(of source: any ByteSource) -> DocumentKind {
        var directory = ZipDirectory(source)
        var tries = 0
        while tries < 2000, let entry = directory.next() {
            tries += 1
            let name = String(decoding: entry.name.prefix(64), as: UTF8.self)
            if OfficeReader.wordBodies.contains(name) { return .word }
            if name == "xl/workbook.xml" { return .unsupported("xlsx") }
            if name == "ppt/presentation.xml" { return .unsupported("pptx") }
            if name == "mimetype", entry.method == 0, entry.packed < 100, let start = directory.data(of: entry),
                let kind = kind(named: source.piece(at: start, count: entry.packed))
            {
                return kind
            }
        }
        return .zip
    }

    private static func kind(named type: [UInt8]) -> DocumentKind? {
        switch String(decoding: type, as: UTF8.self) {
        case "application/epub+zip": .unsupported("epub")
        case "application/vnd.oasis.opendocument.text": .openDocument
        case "application/vnd.oasis.opendocument.spreadsheet": .unsupported("ods")
        case "application/vnd.oasis.opendocument.presentation": .unsupported("odp")
        default: nil
        }
    }
}
