/// A mail and the documents attached to it, as members; what is attached to an attached mail comes after it.
struct ListedMail: MemberWalk {
    static var holdsDocuments: Bool { true }

    private let mail: MailMessage
    private let document: Document
    private let bytes: [UInt8]
    private let limit: Int
    private let name: String
    /// Before the names of attachments.
    private let prefix: String
    private let depth: Int
    private let attachments: [Int]
    private let hasText: Bool
    private var index = -1
    /// The attached mail that is walked; one at most.
    private var inner: [ListedMail] = []

    private static let depthLimit = 3

    init(_ bytes: [UInt8], _ document: Document, named name: String, prefix: String, limit: Int, depth: Int = 0) {
        self.bytes = bytes
        self.document = document
        self.limit = limit
        self.name = name
        self.prefix = prefix
        self.depth = depth
        mail = MailMessage(bytes)
        attachments = mail.attachments
        hasText = attachments.isEmpty || mail.hasText
    }

    /// A mail with documents attached; nil when it is one document.
    init?(_ source: any ByteSource, _ document: Document, _ limits: ContainerLimits) {
        guard source.count <= MailMessage.sizeLimit, let bytes = try? source.bytes(at: 0, count: source.count) else {
            return nil
        }
        self.init(bytes, document, named: "mail", prefix: "", limit: limits.memberBytes)
        if attachments.isEmpty { return nil }
    }

    mutating func next() -> (name: String, result: Result<Document, DocumentError>)? {
        if let found = nextInner() { return found }
        index += 1
        if index == 0 {
            // A mail that only carries something has nothing to say itself.
            if hasText { return (name, .success(own)) }
            index += 1
        }
        guard index <= attachments.count else { return nil }
        let part = attachments[index - 1]
        let member = prefix + (mail.parts[part].fileName ?? "part \(index)")
        let attached = mail.document(of: part, in: document, named: member)
        guard attached.bytes.count <= limit else {
            return (member, .failure(.tooLarge(bytes: attached.bytes.count, limit: limit)))
        }
        guard mail.parts[part].isMail, depth < ListedMail.depthLimit else { return (member, .success(attached)) }
        inner = [
            ListedMail(
                attached.bytes, document, named: member, prefix: member + "/", limit: limit, depth: depth + 1)
        ]
        return nextInner()
    }

    private mutating func nextInner() -> (name: String, result: Result<Document, DocumentError>)? {
        guard !inner.isEmpty else { return nil }
        let found = inner[0].next()
        if found == nil { inner = [] }
        return found
    }

    private var own: Document {
        var document = document
        document.bytes = bytes
        document.mediaType = "message/rfc822"
        document.charset = nil
        if case .file(let file, _) = document.origin { document.origin = .file(name: file, member: name) }
        return document
    }
}
