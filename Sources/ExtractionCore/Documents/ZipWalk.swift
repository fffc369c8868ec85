/// The members of a zip file, in the order of its list.
struct ZipWalk: MemberWalk {
    static let holdsDocuments = true
    private var archive: ZipArchive
    private let document: Document
    private let budget: UnpackBudget
    private var isOver = false

    init(_ source: any ByteSource, as document: Document, limits: ContainerLimits, budget: UnpackBudget) {
        archive = ZipArchive(source, limits: limits, budget: budget)
        self.document = document
        self.budget = budget
    }

    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        while !isOver, let entry = archive.next() {
            let name = entry.label
            if ZipWalk.isPassedOver(name) { continue }
            let label = String(name.prefix(500))
            do {
                var part = document
                part.bytes = try archive.content(of: entry)
                if ZipWalk.isMedia(part.bytes) { continue }
                part.mediaType = nil
                part.charset = nil
                part.url = nil
                part.title = nil
                if case .file(let file, _) = document.origin { part.origin = .file(name: file, member: label) }
                return (label, .success(part))
            } catch {
                // Nothing more may come out of it, so the rest has the same reason.
                isOver = budget.used > budget.limit
                return (isOver ? "\(label) and all after it" : label, .failure(error))
            }
        }
        guard !isOver, archive.isBroken else { return nil }
        isOver = true
        return ("end", .failure(.undecodable("archive cut off or its list of members damaged")))
    }

    /// Pictures, sound and film beside the texts: a line for each of five hundred photographs would bury what is missing.
    private static func isMedia(_ bytes: [UInt8]) -> Bool {
        let name = DocumentKind.binaryName(bytes) ?? ""
        return name.hasSuffix(" image") || name.hasSuffix(" audio") || name.hasSuffix(" video")
    }

    /// Folders, and what systems leave behind; names are only labels, so `..` in them does no harm. Some Windows programs
    /// write backslashes.
    private static func isPassedOver(_ name: String) -> Bool {
        if name.hasSuffix("/") || name.hasSuffix("\\") { return true }
        return name.split { $0 == "/" || $0 == "\\" }.contains { part in
            part == "__MACOSX" || part == "Thumbs.db" || part == "desktop.ini" || part.hasPrefix("~$")
                || part.hasPrefix(".") && part != "." && part != ".."
        }
    }
}
