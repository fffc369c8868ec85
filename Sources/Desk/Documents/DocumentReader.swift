public import ExtractionCore
internal import Glibc
internal import Wire

/// Documents of every kind to articles. What the core cannot do by itself is added here: PDF is read by a program in a
/// process of its own, and files of any size are read where they lie.
public struct DocumentReader: Sendable {
    public let core: NewsReader
    private let pdf: PDFReader

    public init(core: NewsReader) { self.init(core: core, pdf: PDFReader()) }

    init(core: NewsReader, pdf: PDFReader) {
        self.core = core
        self.pdf = pdf
    }

    /// The bytes of a regular file; nil for anything else.
    public static func source(path: String) -> (any ByteSource)? {
        OpenFile(path: path == "-" ? "/dev/stdin" : path)
    }

    /// Walks what a source holds; nil when it is one document and no container.
    ///
    /// The limits grow with the container, so that a large honest one passes and a small one cannot unpack for ever.
    public func members(of source: any ByteSource, as document: Document) -> MemberReader? {
        var limits = ContainerLimits()
        limits.members = max(limits.members, source.count / 256)
        limits.unpacked = max(limits.unpacked, source.count &* 16)
        return MemberReader(source: source, as: document, limits: limits)
    }

    /// The article of a source that holds exactly one.
    public func article(of source: any ByteSource, as document: Document) throws(DocumentError) -> Article {
        if var members = members(of: source, as: document) {
            guard let only = members.next() else { throw .empty }
            guard members.next() == nil else {
                throw .refused(code: "several", message: "it holds several articles: give it to extract as a FILE")
            }
            return try article(in: only.result.get())
        }
        return try article(in: whole(source, as: document))
    }

    /// A document with its bytes.
    public func whole(_ source: any ByteSource, as document: Document) throws(DocumentError) -> Document {
        guard source.count <= DocumentReader.limit else {
            throw .tooLarge(bytes: source.count, limit: DocumentReader.limit)
        }
        var document = document
        do {
            document.bytes = try source.bytes(at: 0, count: source.count)
        } catch {
            throw .refused(code: "unreadable", message: error.message)
        }
        return document
    }

    /// Larger documents are not read.
    private static let limit = 64 << 20

    /// The article of a document that is no container.
    public func article(in document: Document) throws(DocumentError) -> Article {
        let document = document.inUTF8
        switch DocumentKind(of: document) {
        case .unsupported("pdf"): return try core.article(in: text(ofPDF: document))
        case .mail: return try core.article(inMail: document, transcode: Transcoder.utf8)
        default: return try core.article(in: document)
        }
    }

    /// A PDF as a plain text with its pages.
    private func text(ofPDF document: Document) throws(DocumentError) -> Document {
        let reading = try pdf.read(document.bytes)
        var text = document
        text.bytes = reading.text
        text.mediaType = "text/plain"
        text.charset = "utf-8"
        text.title = document.title ?? reading.title
        text.published = document.published ?? reading.created
        return text
    }
}
