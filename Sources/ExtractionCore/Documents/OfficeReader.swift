/// Reads the parts of an office document, which is a zip file of XML.
enum OfficeReader {
    /// Fails when the part with the text cannot be read.
    static func text(of document: Document) throws(DocumentError) -> OfficeText {
        var parts = Parts(document.bytes)
        var text = OfficeText()
        if DocumentKind(of: document) == .openDocument {
            text.paragraphs = OpenDocumentText.paragraphs(in: try parts.xml(["content.xml"]))
            if let properties = try? parts.xml(["meta.xml"]) { text.takeProperties(properties) }
        } else {
            let body = try parts.xml(OfficeReader.wordBodies)
            let styles = (try? parts.xml(["word/styles.xml"])) ?? []
            text.paragraphs = WordText.paragraphs(in: body, styles: WordStyles(styles))
            if let properties = try? parts.xml(["docProps/core.xml"]) { text.takeProperties(properties) }
        }
        return text
    }

    /// Some writers number it.
    static let wordBodies = ["word/document.xml", "word/document2.xml"]

    private struct Parts {
        private var archive: ZipArchive
        private var entries: [String: ZipEntry] = [:]
        private let isBroken: Bool

        init(_ bytes: [UInt8]) {
            let limits = ContainerLimits()
            let source = BytesInMemory(bytes)
            archive = ZipArchive(source, limits: limits, budget: UnpackBudget(limits, packed: bytes.count))
            var count = 0
            while count < 10_000, let entry = archive.next() {
                count += 1
                let name = String(decoding: entry.name.prefix(100), as: UTF8.self)
                if name.hasSuffix(".xml"), entries[name] == nil { entries[name] = entry }
            }
            isBroken = archive.isBroken
        }

        /// A part in UTF-8, by one of its names.
        mutating func xml(_ names: [String]) throws(DocumentError) -> [UInt8] {
            guard let entry = names.compactMap({ entries[$0] }).first else {
                throw isBroken ? .cutOff("document") : .damaged("document")
            }
            let content = try archive.content(of: entry)
            do { return try Charset.decode(content).utf8 } catch { throw .undecodable(error.message) }
        }
    }
}
